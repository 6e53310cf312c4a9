"""Reservations a second on PostgreSQL, by concurrent callers and by processes.

Each is on disk before it is acknowledged, and each changes the plan's balance.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, closing

import asyncpg
import psycopg

from benchmarks.baselines import asyncpg_hold
from benchmarks.harness import LoopPause, Row, Size, Spread, check, interleaved, measured_loop, ratios
from benchmarks.postgresql import benchmark_server
from benchmarks.reservation_jobs import LIMITS, MEMBERS, PRICE, jobs
from benchmarks.subprocesses import StartedModule, run_together
from bot.domain.jobs import Job
from bot.domain.orders import OrderPlaced
from data.engine.postgresql import PostgresDatabase
from tests.helpers.postgres_server import create_migrated_database
from tests.helpers.reserving import create_job, reserve

_CALLERS = (1, 10, 100)
_MIN_RATIO = 0.5
_ASYNCPG_CONNECTIONS = 10
"""asyncpg's default."""

_PROCESSES = (1, 2, 4)
_PROCESS_CALLERS = 10
_NOT_LESS = 0.9
"""Of one process's figure: a tenth is what two runs of the same differ by."""

_CHILD = "benchmarks.reservation_child"
_PLAN_ROW = "UPDATE balances SET held = held + 1 WHERE scope = 'plan'"


async def measure(size: Size) -> list[Row]:
    """Measure callers of one process, then processes."""
    with benchmark_server() as server:
        rows = [await _callers_row(size, server, callers) for callers in _CALLERS]
        return [*rows, *await _process_rows(size, server)]


async def _callers_row(size: Size, server: str, callers: int) -> Row:
    count = max(callers, size.of(600 if callers == 1 else 2000))
    loop_pause = LoopPause()
    ours, theirs = await interleaved(
        size.rounds, lambda: _ours(server, count, callers, loop_pause), lambda: _theirs(server, count, callers)
    )
    ratio = ratios(ours, theirs)
    return Row(
        f"reservations a second on PostgreSQL, {callers} at once",
        "asyncpg, one statement",
        f"{Spread.over(ours).median:,.0f}",
        f"{Spread.over(theirs).median:,.0f}",
        ratio,
        f"≥ {_MIN_RATIO:g}x",
        ratio.median >= _MIN_RATIO,
        loop_pause.longest,
    )


async def _ours(server: str, count: int, callers: int, loop_pause: LoopPause) -> float:
    async with _with_members(server) as (url, database):
        acknowledged = 0

        async def caller(waiting: Iterable[Job]) -> None:
            nonlocal acknowledged
            for job in waiting:
                placed = await database.write(create_job, job, (), LIMITS)
                acknowledged += placed == OrderPlaced(job, 0)

        async def run(first: int, number: int) -> float:
            waiting = jobs(number, first)
            start = time.perf_counter()
            await asyncio.gather(*(caller(waiting) for _ in range(callers)))
            return time.perf_counter() - start

        warm = 10 * callers  # each connection prepares its statements
        await run(MEMBERS, warm)
        took = await run(MEMBERS + warm, count)
        async with measured_loop(loop_pause):
            await run(MEMBERS + warm + count, warm)
        check("acknowledged", acknowledged, count + 2 * warm)
        _check(url, MEMBERS + count + 2 * warm)
    return count / took


async def _theirs(server: str, count: int, callers: int) -> float:
    async with _with_members(server) as (url, database):
        await database.close()
        pool = await asyncpg_hold.open_pool(url, min(callers, _ASYNCPG_CONNECTIONS))

        async def caller(waiting: Iterable[Job]) -> None:
            for job in waiting:
                check("position", await asyncpg_hold.place(pool, job, LIMITS.plan), 0)

        async def run(first: int, number: int) -> float:
            waiting = jobs(number, first)
            start = time.perf_counter()
            await asyncio.gather(*(caller(waiting) for _ in range(callers)))
            return time.perf_counter() - start

        warm = 10 * callers
        await run(MEMBERS, warm)
        took = await run(MEMBERS + warm, count)
        await pool.close()
        _check(url, MEMBERS + count + warm)
    return count / took


async def _process_rows(size: Size, server: str) -> list[Row]:
    """Compare processes with one, and one's figure with what the plan's row allows."""
    count = size.of(2000, 40)
    *figures, plan_row = await interleaved(
        min(3, size.rounds),
        *(lambda number=number: _processes(server, number, count) for number in _PROCESSES),
        lambda: _plan_row_only(server, count),
    )
    one = figures[0]
    rows: list[Row] = []
    for number, found in zip(_PROCESSES[1:], figures[1:], strict=True):
        ratio = ratios(found, one)
        rows.append(
            Row(
                f"reservations a second on PostgreSQL, {number} processes with {_PROCESS_CALLERS} callers each",
                "one process",
                f"{Spread.over(found).median:,.0f}",
                f"{Spread.over(one).median:,.0f}",
                ratio,
                f"does not fall: ≥ {_NOT_LESS:g}x",
                ratio.median >= _NOT_LESS,
            )
        )
    most = [max(each) for each in zip(*figures, strict=True)]
    rows.append(
        Row(
            "the most of these, where each commit locks the plan's row",
            "transactions that change only this row",
            f"{Spread.over(most).median:,.0f}",
            f"{Spread.over(plan_row).median:,.0f}",
            ratios(most, plan_row),
            "1x is the limit",
            met=True,
        )
    )
    return rows


async def _processes(server: str, number: int, count: int) -> float:
    async with _with_members(server) as (url, database), AsyncExitStack() as stack:
        await database.close()
        each = count // number
        children = [
            await stack.enter_async_context(
                StartedModule(_CHILD, url, str(MEMBERS + place * 2 * count), str(each), str(_PROCESS_CALLERS))
            )
            for place in range(number)
        ]
        ended = await run_together(children)
        _check(url, MEMBERS + sum(int(child["placed"]) for child in ended))
    took = max(child["end"] for child in ended) - min(child["start"] for child in ended)
    return number * each / took


async def _plan_row_only(server: str, count: int) -> float:
    """Return how many transactions a second change the plan's row and nothing else."""
    async with _with_members(server) as (url, database):
        await database.close()
        pool = await asyncpg.create_pool(url, min_size=_PROCESS_CALLERS, max_size=_PROCESS_CALLERS)
        turns = iter(range(count))

        async def caller() -> None:
            for _ in turns:
                await pool.execute(_PLAN_ROW)

        start = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(_PROCESS_CALLERS)))
        took = time.perf_counter() - start
        await pool.close()
    return count / took


_names = itertools.count()


@asynccontextmanager
async def _with_members(server: str) -> AsyncIterator[tuple[str, PostgresDatabase]]:
    """Create a database with an order of each member."""
    url = await asyncio.to_thread(create_migrated_database, server, f"reservations_{next(_names)}")
    database = await PostgresDatabase.open(url)
    try:
        await asyncio.gather(*(reserve(database, job, (), LIMITS) for job in jobs(MEMBERS)))
        yield url, database
    finally:
        await database.close()


def _check(url: str, count: int) -> None:
    """Check the numbers of rows and the totals."""
    with closing(psycopg.connect(url)) as connection:
        for table in ("jobs", "ledger_entries"):
            found = connection.execute(f"SELECT COUNT(*) FROM {table}".encode()).fetchone()
            check(f"rows of {table}", found, (count,))
        for scope in ("member", "server", "plan"):
            found = connection.execute("SELECT SUM(held)::bigint FROM balances WHERE scope = %s", (scope,)).fetchone()
            check(f"held by {scope}", found, (PRICE * count,))
