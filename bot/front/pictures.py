"""Have pictures drawn by a process of their own, so that the event loop is never held up and the memory comes back."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Final

from bot.errors import MatineeError

_SECONDS_MOST: Final = 20.0
_HOUSE: Final = Path(__file__).parent.parent.parent

_one_at_a_time = asyncio.Semaphore(1)


class PictureError(MatineeError):
    """A picture could not be drawn; what it would have shown stands in the words and the sheet beside it."""


async def chart(drawing: bytes) -> bytes:
    """Draw a month's chart (see bot/texts/chart.py) and return the PNG.

    Raises:
        PictureError: It could not be drawn, or not in time.
    """
    async with _one_at_a_time:
        drawer = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.texts.chart",
            cwd=_HOUSE,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(_SECONDS_MOST):
                picture, trouble = await drawer.communicate(drawing)
        except TimeoutError as exc:
            drawer.kill()
            await drawer.wait()
            raise PictureError("the chart was not drawn in time") from exc
        if drawer.returncode != 0:
            lines = trouble.decode(errors="replace").strip().splitlines()
            raise PictureError(lines[-1] if lines else f"the drawing process ended with {drawer.returncode}")
        return picture
