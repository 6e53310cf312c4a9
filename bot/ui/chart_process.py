"""Have pictures drawn by a process of their own, so that the event loop is never held up and the memory comes back."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Final

from bot.errors import MatineeError

RenderChart = Callable[[bytes], Awaitable[bytes]]
"""Takes a drawing (see `drawing_of` in bot/ui/chart.py) and returns the PNG; raises ChartError."""

_SECONDS_MOST: Final = 20.0
_HOUSE: Final = Path(__file__).parent.parent.parent

_one_at_a_time = asyncio.Semaphore(1)


class ChartError(MatineeError):
    """A picture could not be drawn; what it would have shown stands in the words and the sheet beside it."""


@contextlib.asynccontextmanager
async def chart_renderer(timeout: float = _SECONDS_MOST) -> AsyncGenerator[RenderChart]:
    """A process that draws one chart (see bot/ui/chart.py), and has so many seconds for it.

    It is started at once: the plotting library takes a second to load, in which the figures can be looked up.
    """
    async with _one_at_a_time:
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.ui.chart",
                cwd=_HOUSE,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
        except OSError as exc:  # no memory, no file handles: the figures come without a picture
            yield functools.partial(_not_drawn, str(exc))
            return
        try:
            yield functools.partial(_drawn, process, timeout)
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()


async def _not_drawn(reason: str, _drawing: bytes) -> bytes:
    raise ChartError(reason)


async def _drawn(process: asyncio.subprocess.Process, timeout: float, drawing: bytes) -> bytes:
    """Have a drawing drawn, and return the PNG.

    Raises:
        ChartError: It could not be drawn, or not in time.
    """
    try:
        async with asyncio.timeout(timeout):
            picture, trouble = await process.communicate(drawing)
    except TimeoutError as exc:
        raise ChartError("the chart was not drawn in time") from exc
    if process.returncode != 0:
        lines = trouble.decode(errors="replace").strip().splitlines()
        raise ChartError(lines[-1] if lines else f"the drawing process ended with {process.returncode}")
    return picture
