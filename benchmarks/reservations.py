"""Reservations a second: hold, job and ledger entry.

Each is on disk before it is acknowledged.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from benchmarks.baselines.raw_sqlite import replay
from benchmarks.harness import LoopPause, Row, Size, Spread, check, interleaved, measured_loop
from benchmarks.sql_recorder import Recorded, RecordingDatabase
from bot.domain.credits import Limits
from bot.domain.job import Job, JobState
from bot.domain.order import OrderPlaced
from data.database import Database
from data.migrations_runner import migrate
from data.sqlite import SqliteDatabase
from tests.helpers.reserving import create_job, reserve
from tests.helpers.worker_harness import checked

_LIMITS = Limits(10**9, 10**9)
_MEMBERS = 50
_MOMENT = 1_795_000_000_000
_MIN_RATIOS = {1: 0.7, 10: 3.0, 100: 7.0}


async def measure(size: Size) -> list[Row]:
    """Measure with one, ten and a hundred concurrent callers."""
    return [await _row(size, callers, minimum) for callers, minimum in _MIN_RATIOS.items()]


async def _row(size: Size, callers: int, minimum: float) -> Row:
    count = max(callers, size.of(600 if callers == 1 else 3000))
    loop_pause = LoopPause()
    ours, theirs = await interleaved(
        size.rounds, lambda: _ours(size, count, callers, loop_pause), lambda: _theirs(size, count)
    )
    ratio = Spread.over([mine / other for mine, other in zip(ours, theirs, strict=True)])
    return Row(
        f"reservations a second, {callers} at once",
        "raw sqlite3",
        f"{Spread.over(ours).median:,.0f}",
        f"{Spread.over(theirs).median:,.0f}",
        ratio,
        f"≥ {minimum:g}x",
        ratio.median >= minimum,
        loop_pause.longest,
    )


async def _ours(size: Size, count: int, callers: int, loop_pause: LoopPause) -> float:
    with TemporaryDirectory(dir=size.folder) as folder:
        path = Path(folder) / "movies.db"
        ordered = await _after_the_first(path, 2 * count)
        jobs, more = iter(ordered[:count]), ordered[count:]
        database = await SqliteDatabase.open(path)
        acknowledged = 0

        async def caller() -> None:
            nonlocal acknowledged
            for job in jobs:
                placed = await database.write(create_job, job, (), _LIMITS)
                acknowledged += placed == OrderPlaced(job, 0)

        start = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(callers)))
        took = time.perf_counter() - start
        jobs = iter(more)
        async with measured_loop(loop_pause):  # afterwards, because raw sqlite3 is measured without the timer
            await asyncio.gather(*(caller() for _ in range(callers)))
        await database.close()
        check("acknowledged", acknowledged, count + len(more))
        _check(path, count + len(more))
    return count / took


async def _theirs(size: Size, count: int) -> float:
    with TemporaryDirectory(dir=size.folder) as folder:
        path = Path(folder) / "movies.db"
        jobs = await _after_the_first(path, count)
        recording = RecordingDatabase(path)
        await reserve(cast("Database", recording), jobs[0], (), _LIMITS)
        took = replay(path, [_for(job, jobs[0], recording.statements) for job in jobs])
        _check(path, count)
    return count / took


async def _after_the_first(path: Path, count: int) -> list[Job]:
    """Create a file with an order of each member; return more jobs."""
    migrate(path)
    jobs = list(_jobs(_MEMBERS + count))
    database = await SqliteDatabase.open(path)
    for job in jobs[:_MEMBERS]:
        await reserve(database, job, (), _LIMITS)
    await database.close()
    return jobs[_MEMBERS:]


def _for(job: Job, pattern: Job, statements: Sequence[Recorded]) -> list[Recorded]:
    """Adapt the statements that reserved `pattern` to another job."""
    other: dict[Any, Any] = {
        pattern.id: job.id,
        pattern.interaction_id: job.interaction_id,
        pattern.member_id: job.member_id,
    }
    made: list[Recorded] = []
    for sql, params in statements:
        changed = {name: other.get(value, value) for name, value in params.items()}
        if sql.lstrip().startswith("INSERT INTO ledger_entries"):
            changed["id"] = f"ledger-{job.id}"
        made.append((sql, changed))
    return made


def _jobs(count: int) -> Iterator[Job]:
    request = checked(10).request
    first = Job("", 0, 1, 2, 0, request, 100, JobState.RESERVED, _MOMENT, member_name="a member")
    for number in range(count):
        member = 1_000_000 + number % _MEMBERS
        yield replace(first, id=f"{number:013}", interaction_id=10_000_000 + number, member_id=member)


def _check(path: Path, count: int) -> None:
    """Check the numbers of rows and the totals."""
    count += _MEMBERS
    with closing(sqlite3.connect(path)) as connection:
        for table in ("jobs", "ledger_entries"):
            check(f"rows of {table}", connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0], count)
        for scope in ("member", "plan"):
            sql = "SELECT SUM(held) FROM balances WHERE scope = ?"
            check(f"held by {scope}", connection.execute(sql, (scope,)).fetchone()[0], 100 * count)
