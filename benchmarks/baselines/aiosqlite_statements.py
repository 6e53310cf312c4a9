"""Reservations through aiosqlite, with an `await` for each statement.

One connection for all callers, and a lock around each transaction: two tasks on one connection would share it, and
connections of their own would wait for the file's write lock by polling it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

import aiosqlite

from benchmarks.baselines.raw_sqlite import PRAGMAS
from benchmarks.sql_recorder import Recorded


async def replay(path: Path, works: Sequence[Sequence[Recorded]], callers: int) -> float:
    """Commit the transactions through concurrent callers, and return the seconds that took."""
    waiting, lock = iter(works), asyncio.Lock()
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        for pragma in PRAGMAS:
            await connection.execute(pragma)

        async def caller() -> None:
            for statements in waiting:
                async with lock:
                    await connection.execute("BEGIN IMMEDIATE")
                    for sql, params in statements:
                        await connection.execute_fetchall(sql, params)
                    await connection.execute("COMMIT")

        start = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(callers)))
        return time.perf_counter() - start
