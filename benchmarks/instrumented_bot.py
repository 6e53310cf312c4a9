"""`python -m bot` with a timer.

At SIGUSR1 it prints the event loop's longest pause.
"""

from __future__ import annotations

import asyncio
import itertools
import runpy
import signal

import bot.lifecycle
from benchmarks.harness import LoopPause, measured_loop
from bot.domain.process import ProcessInfo
from bot.settings import Settings

_run = bot.lifecycle.run


async def run_with_timer(settings: Settings, process: ProcessInfo) -> None:
    """Run the bot and the timer."""
    loop_pause = LoopPause()
    numbers = itertools.count(1)

    def print_pause() -> None:
        print(f"longest pause {next(numbers)} {loop_pause.longest:.6f}", flush=True)
        loop_pause.longest = 0.0

    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, print_pause)
    async with measured_loop(loop_pause):
        await _run(settings, process)


if __name__ == "__main__":
    bot.lifecycle.run = run_with_timer
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
