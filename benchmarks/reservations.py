"""Reservations a second on SQLite: hold, job and ledger entry.

Each is on disk before it is acknowledged.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, cast

from benchmarks.baselines import aiosqlite_statements, raw_sqlite, sqlalchemy_statements
from benchmarks.harness import LoopPause, Row, Size, Spread, check, interleaved, measured_loop, ratios
from benchmarks.reservation_jobs import LIMITS, MEMBERS, PRICE, jobs
from benchmarks.sql_recorder import Recorded, RecordingDatabase
from bot.domain.jobs import Job
from bot.domain.orders import OrderPlaced
from data.database import Database
from data.engine.sqlite import SqliteDatabase
from data.storage.sqlite_migrations import migrate
from tests.helpers.reserving import create_job, reserve

Replay = Callable[[Path, Sequence[Sequence[Recorded]], int], Awaitable[float]]
"""Commits transactions through a number of concurrent callers, and returns the seconds that took."""

_BASELINES: Final[dict[str, tuple[Replay, dict[int, float]]]] = {
    "raw sqlite3": (raw_sqlite.replay, {1: 0.7, 10: 3.0, 100: 7.0}),
    "aiosqlite, an await for each statement": (aiosqlite_statements.replay, {1: 2.0, 10: 5.0, 100: 10.0}),
    "SQLAlchemy async over aiosqlite": (sqlalchemy_statements.replay, {1: 5.0, 10: 20.0, 100: 30.0}),
}
"""The ways to commit the same statements, and the least ratios by the number of callers."""

_CALLERS: Final = (1, 10, 100)


async def measure(size: Size) -> list[Row]:
    """Measure with one, ten and a hundred concurrent callers."""
    return [row for callers in _CALLERS for row in await _rows(size, callers)]


async def _rows(size: Size, callers: int) -> list[Row]:
    count = max(callers, size.of(600 if callers == 1 else 2000))
    loop_pause = LoopPause()
    baselines = [lambda replay=replay: _theirs(size, count, callers, replay) for replay, _ in _BASELINES.values()]
    ours, *others = await interleaved(size.rounds, lambda: _ours(size, count, callers, loop_pause), *baselines)
    rows: list[Row] = []
    for (name, (_, minimums)), theirs in zip(_BASELINES.items(), others, strict=True):
        ratio, minimum = ratios(ours, theirs), minimums[callers]
        rows.append(
            Row(
                f"reservations a second, {callers} at once",
                name,
                f"{Spread.over(ours).median:,.0f}",
                f"{Spread.over(theirs).median:,.0f}",
                ratio,
                f"≥ {minimum:g}x",
                ratio.median >= minimum,
                loop_pause.longest,
            )
        )
    return rows


async def _ours(size: Size, count: int, callers: int, loop_pause: LoopPause) -> float:
    with TemporaryDirectory(dir=size.folder) as folder:
        path = Path(folder) / "movies.db"
        ordered = await _after_the_first(path, 2 * count)
        waiting, more = iter(ordered[:count]), ordered[count:]
        database = await SqliteDatabase.open(path)
        acknowledged = 0

        async def caller() -> None:
            nonlocal acknowledged
            for job in waiting:
                placed = await database.write(create_job, job, (), LIMITS)
                acknowledged += placed == OrderPlaced(job, 0)

        start = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(callers)))
        took = time.perf_counter() - start
        waiting = iter(more)
        async with measured_loop(loop_pause):  # afterwards, because raw sqlite3 is measured without the timer
            await asyncio.gather(*(caller() for _ in range(callers)))
        await database.close()
        check("acknowledged", acknowledged, count + len(more))
        _check(path, count + len(more))
    return count / took


async def _theirs(size: Size, count: int, callers: int, replay: Replay) -> float:
    with TemporaryDirectory(dir=size.folder) as folder:
        path = Path(folder) / "movies.db"
        waiting = await _after_the_first(path, count)
        recording = RecordingDatabase(path)
        await reserve(cast("Database", recording), waiting[0], (), LIMITS)
        works = [_for(job, waiting[0], recording.statements) for job in waiting]
        took = await replay(path, works, callers)
        _check(path, count)
    return count / took


async def _after_the_first(path: Path, count: int) -> list[Job]:
    """Create a file with an order of each member; return more jobs."""
    migrate(path)
    database = await SqliteDatabase.open(path)
    await asyncio.gather(*(reserve(database, job, (), LIMITS) for job in jobs(MEMBERS)))
    await database.close()
    return list(jobs(count, first=MEMBERS))


def _for(job: Job, pattern: Job, statements: Sequence[Recorded]) -> list[Recorded]:
    """Adapt the statements that reserved `pattern` to another job."""
    other: dict[Any, Any] = {
        pattern.id: job.id,
        pattern.interaction_id: job.interaction_id,
        pattern.guild_id: job.guild_id,
        pattern.member_id: job.member_id,
    }
    made: list[Recorded] = []
    for sql, params in statements:
        changed = {name: other.get(value, value) for name, value in params.items()}
        if sql.lstrip().startswith("INSERT INTO ledger_entries"):
            changed["id"] = f"ledger-{job.id}"
        made.append((sql, changed))
    return made


def _check(path: Path, count: int) -> None:
    """Check the numbers of rows and the totals."""
    count += MEMBERS
    with closing(sqlite3.connect(path)) as connection:
        for table in ("jobs", "ledger_entries"):
            check(f"rows of {table}", connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0], count)
        for scope in ("member", "plan"):
            sql = "SELECT SUM(held) FROM balances WHERE scope = ?"
            check(f"held by {scope}", connection.execute(sql, (scope,)).fetchone()[0], PRICE * count)
