"""The start of `python -m bot` until Discord's READY and servers."""

from __future__ import annotations

import time

from benchmarks.bot_processes import BARE, DEPLOYED, running
from benchmarks.harness import Row, Size, Spread, check, interleaved, ratios


async def measure(size: Size) -> list[Row]:
    """Start both bots alternately; this project's creates a new database each time."""
    ours, theirs = await interleaved(size.rounds, lambda: _ready(DEPLOYED, size), lambda: _ready(BARE, size))
    ratio = ratios(ours, theirs)
    return [
        Row(
            "python -m bot to READY",
            "bare bot",
            f"{1000 * Spread.over(ours).median:.0f} ms",
            f"{1000 * Spread.over(theirs).median:.0f} ms",
            ratio,
            "≤ 2.5x",
            ratio.median <= 2.5,
        )
    ]


async def _ready(module: str, size: Size) -> float:
    async with running(module, size.folder) as bot:
        took = time.perf_counter() - bot.started
        commands = await bot.discord.until(bot.discord.commands, what="commands")  # registered beside the gateway
        check("commands that were registered", "movie" in {each["name"] for each in commands}, wanted=True)
    return took
