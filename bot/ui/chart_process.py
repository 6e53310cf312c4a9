"""Draws charts in a subprocess.

It keeps matplotlib out of the bot's process.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Final

from bot.core.errors import MatineeError

RenderChart = Callable[[bytes], Awaitable[bytes]]
"""Takes the JSON from `chart.chart_data` and returns the PNG; raises ChartError."""

_TIMEOUT_SECONDS: Final = 60.0
"""It takes two seconds, but a host with a share of a processor may need twenty. Discord waits for 15 minutes."""

_SCRIPT: Final = Path(__file__).resolve().with_name("chart_child.py")

_PASSED_ON: Final = (
    "HOME",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "MPLCONFIGDIR",  # matplotlib's font cache is in one of the four
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "LANG",
    "LC_ALL",
)
"""All of the environment that the drawing process gets: the bot's own has its token and its API key."""


class ChartError(MatineeError):
    """A chart that could not be drawn.

    The report is sent without it.
    """


@contextlib.asynccontextmanager
async def chart_renderer(timeout: float = _TIMEOUT_SECONDS) -> AsyncGenerator[RenderChart]:
    """Start the drawing process and yield the function that draws one chart.

    The process starts at once, so that matplotlib loads while the caller reads the data. `timeout` is in seconds. The
    caller bounds how many run at the same time.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",  # no modules from PYTHONPATH, the working folder or the user's own packages
            _SCRIPT,
            cwd=_SCRIPT.anchor,  # the bot's folder has .env and the database
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            start_new_session=True,  # Ctrl+C in a terminal is for the bot, which ends this process itself
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as exc:  # out of memory or file handles: the report is sent without a chart
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
    """Send the data to the drawing process and return the PNG.

    Raises:
        ChartError: it could not be drawn, or not in time.
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
