"""Status polls a second on PostgreSQL by two workers and by one.

More polls are due than either makes, so each polls as fast as it can.
"""

from __future__ import annotations

import asyncio
import itertools
import os
from collections import Counter
from contextlib import AsyncExitStack, closing

from benchmarks import seed_database
from benchmarks.harness import CheckFailed, Row, Size, Spread, check, interleaved, ratios
from benchmarks.postgresql import benchmark_server, copy_from_sqlite
from benchmarks.subprocesses import StartedModule, run_together
from data.engine.postgresql_connection import connect
from tests.helpers.postgres_server import create_migrated_database

_INTERVAL = 60.0
"""Seconds between two polls of a job. A measurement is shorter, so no job may be polled twice in it."""

_JOBS = 100_000
_SECONDS = 10.0
_CORES_FOR_TWO = 4
_MIN_RATIO = 1.7
_NOT_LESS = 0.9
_CHILD = "benchmarks.postgresql_polling_child"


async def measure(size: Size) -> list[Row]:
    """Poll by turns with one worker and with two."""
    jobs, seconds = size.of(_JOBS, 200), max(1.0, _SECONDS * min(1.0, 10 * size.share))
    original = seed_database.database(size.folder, 0, jobs)
    numbers = itertools.count()
    with benchmark_server() as server:
        url = await asyncio.to_thread(create_migrated_database, server, "polls")
        await asyncio.to_thread(copy_from_sqlite, original, url)

        async def polls(workers: int) -> float:
            return await _polls(size, url, next(numbers), workers, jobs, seconds)

        two, one = await interleaved(min(3, size.rounds), lambda: polls(2), lambda: polls(1))
    ratio = ratios(two, one)
    shares = (os.cpu_count() or 1) < _CORES_FOR_TWO
    minimum = _NOT_LESS if shares else _MIN_RATIO
    where = f"the share of {os.cpu_count()} cores, which one worker and the server fill: " if shares else ""
    return [
        Row(
            f"polls a second on PostgreSQL, 2 workers on {jobs:,} open jobs",
            "one worker",
            f"{Spread.over(two).median:,.0f}, none twice within its interval",
            f"{Spread.over(one).median:,.0f}",
            ratio,
            f"{where}≥ {minimum:g}x",
            ratio.median >= minimum,
        )
    ]


async def _polls(size: Size, url: str, number: int, workers: int, jobs: int, seconds: float) -> float:
    """Make all jobs due, and return how many are polled in a second."""
    await asyncio.to_thread(_make_due, url)
    async with AsyncExitStack() as stack:
        children = [
            await stack.enter_async_context(
                StartedModule(_CHILD, url, f"worker-{number}-{each}", str(_INTERVAL), str(seconds))
            )
            for each in range(workers)
        ]
        polls = Counter[str]()
        for found in await run_together(children):
            polls.update({job: int(count) for job, count in found.items()})
    if not polls:
        raise CheckFailed("nothing was polled")
    check("polls of one job in less than an interval", max(polls.values()), 1)
    if size.whole and len(polls) == jobs:
        raise CheckFailed(f"all of {jobs} jobs were polled, so this is no rate")
    return len(polls) / seconds


def _make_due(url: str) -> None:
    """Make every job due, and let the server clean up what the round before left."""
    with closing(connect(url)) as connection:
        connection.execute(b"UPDATE jobs SET next_run_at = 1, leased_by = NULL, leased_until = NULL")
        connection.execute(b"VACUUM ANALYZE jobs")
        connection.execute(b"CHECKPOINT")
