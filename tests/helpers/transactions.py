"""Functions to run in transactions, and readers of their results."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from typing import TypeVar

from data.database import Transaction
from data.engine import postgresql_connection
from data.engine.postgresql_transaction import PostgresTransaction
from data.engine.sqlite import SqliteDatabase, reading
from tests.helpers.ledger_checks import Place, query

T = TypeVar("T")


def read(place: Place, function: Callable[[Transaction], T]) -> T:
    if isinstance(place, str):
        with closing(postgresql_connection.connect(place)) as connection:
            return function(PostgresTransaction(connection))
    with reading(place) as tx:
        return function(tx)


def put(name: str, value: str = "x") -> Callable[[Transaction], str]:
    def work(tx: Transaction) -> str:
        tx.execute("INSERT INTO key_value (key, value) VALUES (:name, :value)", {"name": name, "value": value})
        return name

    return work


def put_and_raise(name: str, error: BaseException) -> Callable[[Transaction], None]:
    def work(tx: Transaction) -> None:
        put(name)(tx)
        raise error

    return work


def seen(place: Place) -> list[str]:
    """Return the facts that any other process reads now."""
    return [row["key"] for row in query(place, "SELECT key FROM key_value ORDER BY key")]


class Gate:
    """A transaction's function that stops after its work, until it may go on."""

    def __init__(self, work: Callable[[Transaction], object] = lambda _: None) -> None:
        self._work = work
        self._entered = threading.Event()
        self._may_leave = threading.Event()

    def __call__(self, tx: Transaction) -> object:
        result = self._work(tx)
        self._entered.set()
        assert self._may_leave.wait(30)
        return result

    async def reached(self) -> None:
        await asyncio.to_thread(self._entered.wait, 30)

    def open(self) -> None:
        self._may_leave.set()


@asynccontextmanager
async def writer_busy(database: SqliteDatabase) -> AsyncIterator[None]:
    """Block the database's thread, so that later calls form one group."""
    gate = Gate()
    first = asyncio.ensure_future(database.write(gate))
    await gate.reached()
    yield
    await asyncio.sleep(0)  # lets the callers that were started within get as far as the queue
    gate.open()
    await first
