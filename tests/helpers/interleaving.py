"""Two concurrent transactions, the first of which stops at a chosen statement: no sleep decides their order."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from data.database import Database, Params, Row, Savepoint, Transaction

T = TypeVar("T")
U = TypeVar("U")

_PATIENCE_SECONDS = 30


class PausedTransaction(Transaction):
    """It pauses after the first statement that contains `text`, or before its first row if the rows are iterated."""

    def __init__(self, tx: Transaction, text: str, pause: Callable[[], None]) -> None:
        super().__init__(tx.now, tx.policy)
        self._tx = tx
        self._text = text
        self._pause: Callable[[], None] | None = pause
        self.for_update = tx.for_update  # of the engine that is wrapped
        self.skip_locked = tx.skip_locked
        self.woken, self.logged = tx.woken, tx.logged

    def lock(self, name: str) -> None:
        self._tx.lock(name)

    def _run(self, sql: str, params: Params | None) -> Any:
        cursor = self._tx._run(sql, params)
        self._after(sql)
        return cursor

    def iterate(self, sql: str, params: Params | None = None) -> Generator[Row]:
        self._after(sql)  # nothing is read yet
        return self._tx.iterate(sql, params)

    def insert_rows(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        self._tx.insert_rows(table, columns, rows)

    def savepoint(self) -> AbstractContextManager[Savepoint]:
        return self._tx.savepoint()

    def _after(self, sql: str) -> None:
        if self._pause is not None and self._text in sql:
            pause, self._pause = self._pause, None
            pause()


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
            result = first(PausedTransaction(tx, after, pause))
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
