"""Two concurrent transactions, the first of which stops at a chosen statement: no sleep decides their order."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from data.database import Database, Params, Row, Transaction

T = TypeVar("T")
U = TypeVar("U")

_PATIENCE_SECONDS = 30


def _pause_after(tx: Transaction, text: str, pause: Callable[[], None]) -> None:
    """Pause after the first statement that contains `text`, or before its first row if the rows are iterated."""
    run, iterate, left = tx._run, tx.iterate, [pause]

    def after(sql: str) -> None:
        if left and text in sql:
            left.pop()()

    def run_then_pause(sql: str, params: Params | None) -> Any:
        cursor = run(sql, params)
        after(sql)
        return cursor

    def pause_then_iterate(sql: str, params: Params | None = None) -> Generator[Row]:
        after(sql)
        return iterate(sql, params)

    tx._run, tx.iterate = run_then_pause, pause_then_iterate
    tx.execute = functools.partial(Transaction.execute, tx)  # an engine may send some statements later


async def side_by_side(
    database: Database, first: Callable[[Transaction], T], second: Callable[[Transaction], U], *, after: str = ""
) -> tuple[T, U]:
    """`first` stops after the statement that contains `after`, else before its commit, until `second` ends or waits."""
    stopped, go_on = threading.Event(), threading.Event()

    def pause() -> None:
        stopped.set()
        assert go_on.wait(_PATIENCE_SECONDS)

    def run(tx: Transaction) -> T:
        if after:
            _pause_after(tx, after, pause)
            result = first(tx)
            assert stopped.is_set(), f"no statement contains {after!r}"
            return result
        result = first(tx)
        pause()
        return result

    one = asyncio.create_task(database.write(run))
    assert await asyncio.to_thread(stopped.wait, _PATIENCE_SECONDS)
    two = asyncio.create_task(database.write(second))
    try:
        while not two.done() and not await database.read(_is_waiting):
            await asyncio.wait({two}, timeout=0.001)
    finally:
        go_on.set()
    return await one, await two


def _is_waiting(tx: Transaction) -> bool:
    """Whether a transaction of this database waits for a lock; other workers share the server."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1"
    return tx.fetch_one(waiting) is not None
