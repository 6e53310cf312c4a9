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
"""Takes a data (see `drawing_of` in bot/ui/chart.py) and returns the PNG; raises ChartError."""

_TIMEOUT_SECONDS: Final = 20.0
_PROJECT_ROOT: Final = Path(__file__).parent.parent.parent

_one_at_a_time = asyncio.Semaphore(1)


class ChartError(MatineeError):
    """A picture could not be drawn; what it would have shown stands in the words and the sheet beside it."""


@contextlib.asynccontextmanager
async def chart_renderer(timeout: float = _TIMEOUT_SECONDS) -> AsyncGenerator[RenderChart]:
    """A process that draws one chart (see bot/ui/chart.py), and has so many seconds for it.

    It is started at once: the plotting library takes a second to load, in which the figures can be looked up.
    """
    async with _one_at_a_time:
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.ui.chart_drawing",
                cwd=_PROJECT_ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
        except OSError as exc:  # no memory, no file handles: the figures come without a picture
            yield functools.partial(_fail, str(exc))
            return
        try:
            yield functools.partial(_render, process, timeout)
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()


async def _fail(reason: str, _data: bytes) -> bytes:
    raise ChartError(reason)


async def _render(process: asyncio.subprocess.Process, timeout: float, data: bytes) -> bytes:
    """Have a data drawn, and return the PNG.

    Raises:
        ChartError: It could not be drawn, or not in time.
    """
    try:
        async with asyncio.timeout(timeout):
            png, stderr = await process.communicate(data)
    except TimeoutError as exc:
        raise ChartError("the chart was not drawn in time") from exc
    if process.returncode != 0:
        lines = stderr.decode(errors="replace").strip().splitlines()
        raise ChartError(lines[-1] if lines else f"the drawing process ended with {process.returncode}")
    return png
