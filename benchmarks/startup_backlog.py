"""From the start of the process to the first status poll.

With 100,000 open jobs and 1,000,000 past ones. All open jobs are overdue, as after a long downtime. The rate limit must
hold anyway.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import seed_database
from benchmarks.bot_processes import OURS, running
from benchmarks.harness import Row, Size, Spread, check, interleaved, ratios

_MEASURED_SECONDS = 3.0
_BURST, _RATE = 10, 10.0
"""The rate limit of bot/samsar/client.py: requests at once, and requests a second."""

_TIMEOUT = 60.0
_SOON = {"POLL_FASTEST_SECONDS": "0.05", "POLL_SLOWEST_SECONDS": "0.05"}
"""So that the only open job is due again at the next start."""


async def measure(size: Size) -> list[Row]:
    """Start both bots alternately, each on its last start's database."""
    counts = size.of(1_000_000, 1_000), size.of(100_000, 100)
    many, few = seed_database.database(size.folder, *counts), seed_database.database(size.folder, 0, 1)
    requests: list[int] = []
    pauses: list[float] = []
    with TemporaryDirectory(dir=size.folder) as folder:
        large = seed_database.copy(many, Path(folder) / "many.db")
        small = seed_database.copy(few, Path(folder) / "few.db")
        if size.whole:
            await _first_poll(size, large, [], pauses)  # warms the machine's disk cache
        ours, theirs = await interleaved(
            size.rounds, lambda: _first_poll(size, large, requests, pauses), lambda: _first_poll(size, small, [], [])
        )
    ratio = ratios(ours, theirs)
    allowed = _BURST + _RATE * _MEASURED_SECONDS
    return [
        Row(
            f"start to the first status poll, {counts[1]:,} open jobs and {counts[0]:,} past ones",
            "with one open job",
            f"{1000 * Spread.over(ours).median:.0f} ms",
            f"{1000 * Spread.over(theirs).median:.0f} ms",
            ratio,
            "≤ 1.5x",
            ratio.median <= 1.5,
            max(pauses),
        ),
        Row(
            f"requests in the first {_MEASURED_SECONDS:.0f} s after it",
            "the agreed rate",
            f"{max(requests)}",
            f"{allowed:.0f}",
            Spread.over([each / allowed for each in requests]),
            "≤ 1.05x",
            max(requests) <= 1.05 * allowed,
        ),
    ]


async def _first_poll(size: Size, path: Path, requests: list[int], pauses: list[float]) -> float:
    async with running(OURS, size.folder, path, ready=False, env=_SOON) as bot:
        async with asyncio.timeout(_TIMEOUT):
            while not bot.api.polls:  # noqa: ASYNC110 (the fake API has no event for a poll of any movie)
                await asyncio.sleep(0.001)
        took = time.perf_counter() - bot.started
        await asyncio.sleep(_MEASURED_SECONDS * min(1.0, 10 * size.share))
        requests.append(sum(bot.api.polls.values()))
        pauses.append(await bot.pause())
        check("polls of jobs that are not there", [each for each in bot.api.polls if not each.startswith("open-")], [])
    return took
