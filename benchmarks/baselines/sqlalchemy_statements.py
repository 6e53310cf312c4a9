"""Reservations through SQLAlchemy's asyncio engine over aiosqlite.

Its Core with the bot's own SQL, which costs less than its ORM. All callers share one connection of its pool: several
would wait for the file's write lock by polling it. The pool rolls nothing back, because every transaction is committed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import TextClause, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.baselines.raw_sqlite import PRAGMAS
from benchmarks.sql_recorder import Recorded

_WAIT_SECONDS = 600


async def replay(path: Path, works: Sequence[Sequence[Recorded]], callers: int) -> float:
    """Commit the transactions through concurrent callers, and return the seconds that took."""
    clauses: dict[str, TextClause] = {sql: text(sql) for statements in works for sql, _ in statements}
    waiting, engine = iter(works), _engine(path)

    async def caller() -> None:
        for statements in waiting:
            async with engine.begin() as connection:
                for sql, params in statements:
                    result = await connection.execute(clauses[sql], params)
                    if result.returns_rows:
                        result.fetchall()

    async with engine.connect() as connection:  # the first one asks for the version and more
        await connection.rollback()
    start = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(callers)))
    took = time.perf_counter() - start
    await engine.dispose()
    return took


def _engine(path: Path) -> AsyncEngine:
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{path}",
        pool_size=1,
        max_overflow=0,
        pool_timeout=_WAIT_SECONDS,
        pool_reset_on_return=None,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _: object) -> None:  # noqa: ANN401 (SQLAlchemy's adapter, untyped)
        connection.isolation_level = None  # so that BEGIN is ours
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:  # noqa: ANN401 (as above)
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
