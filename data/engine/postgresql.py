"""A PostgreSQL database: a pool of connections, and a thread for each.

A write runs at READ COMMITTED, a read over one snapshot. Deadlocks, serialization failures and changes of the schema
are retried, so a function may run more than once and must change nothing but the database.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import secrets
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import psycopg
from psycopg.errors import DeadlockDetected, FeatureNotSupported, SerializationFailure
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolTimeout

from bot.core.clock import SYSTEM_CLOCK, Clock
from bot.core.errors import StorageError
from bot.core.threads import run_in_daemon_thread
from data.database import Database, OnWake, T, Topic, Transaction, ignore_wake
from data.engine.postgresql_connection import CONNECT_SECONDS, connect, conninfo, storage_error
from data.engine.postgresql_transaction import Connection, PostgresRow, PostgresTransaction, configure
from data.policy import Policy

_CONNECTIONS: Final = 4
"""As many works run at once. More would wait for the same rows: every order changes the plan's balance."""

_ATTEMPTS: Final = 5
"""More than the pool has connections: each of them can have an outdated statement."""

_WRITE: Final = b"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
_READ: Final = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

_SOUND: Final = (TransactionStatus.INTRANS, TransactionStatus.IDLE)
"""The states of a connection after a function: it may have sent no statement."""

_random: Final = secrets.SystemRandom()

_TRANSIENT_ERRORS: Final = (DeadlockDetected, SerializationFailure, FeatureNotSupported)
"""Errors after which the same transaction succeeds. The last one is PostgreSQL's answer to a prepared `SELECT *` of a
table to which a newer version has added a column; psycopg forgets what it has prepared at the ROLLBACK.
"""


class PostgresDatabase(Database):
    """An open pool of connections; see `PostgresDatabase.open`."""

    def __init__(
        self, url: str, pool: ConnectionPool[Connection], connections: int, clock: Clock, on_wake: OnWake
    ) -> None:
        super().__init__(clock)
        self.url = url
        self._on_wake = on_wake
        self._loop = asyncio.get_running_loop()
        self._pool = pool
        self._executor = ThreadPoolExecutor(connections, thread_name_prefix="database")
        self._running: set[asyncio.Future[Any]] = set()

    @classmethod
    async def open(
        cls,
        url: str,
        clock: Clock = SYSTEM_CLOCK,
        on_wake: OnWake = ignore_wake,
        *,
        connections: int = _CONNECTIONS,
    ) -> PostgresDatabase:
        """Connect to the database at `url`, which must be migrated (see data.storage.postgresql_migrations).

        Raises:
            StorageError: The server can't be reached, rejects the connection, or gives too few connections.
        """

        def open_pool() -> ConnectionPool[Connection]:
            connect(url).close()  # the pool would not say why it can't connect
            pool = ConnectionPool(
                conninfo(url),
                connection_class=psycopg.Connection[PostgresRow],
                min_size=connections,
                configure=configure,
                timeout=CONNECT_SECONDS,
                open=False,
            )
            try:
                pool.open(wait=True, timeout=CONNECT_SECONDS)
            except PoolTimeout:
                pool.close()
                raise StorageError(f"The PostgreSQL server allows fewer than {connections} connections.") from None
            return pool

        return cls(url, await run_in_daemon_thread(open_pool), connections, clock, on_wake)

    async def _run(self, function: Callable[[Transaction], T], *, writes: bool) -> T:
        """Run a function in a transaction on a thread, to the end if the caller is cancelled.

        It runs again after a deadlock, or after the connection was lost before the commit.

        Raises:
            StorageError: The database fails. Nothing is kept, unless the answer to the COMMIT was lost: then it is
                unknown whether the changes were kept.
        """
        begin = _WRITE if writes else _READ
        attempt = functools.partial(self._attempt, begin, self.clock.now(), self.policy, function)
        future = self._loop.run_in_executor(self._executor, self._repeat, attempt)
        self._running.add(future)
        future.add_done_callback(self._running.discard)
        return await asyncio.shield(future)

    def _read_alone(self, function: Callable[[Transaction], T], now: int, policy: Policy) -> T:
        with contextlib.closing(connect(self.url)) as connection:
            transaction = PostgresTransaction(connection, _READ, now, policy)
            try:
                return _in_transaction(connection, transaction, function)
            except _ConnectionLost as exc:
                raise storage_error(exc.error) from None
            except psycopg.Error as exc:
                raise storage_error(exc) from None

    async def _finish(self) -> None:
        await asyncio.gather(*self._running, return_exceptions=True)
        self._executor.shutdown(wait=False)
        await run_in_daemon_thread(self._pool.close)

    def _repeat(self, attempt: Callable[[], T]) -> T:
        """Run a transaction, again where that is safe and of use."""
        is_reconnected = False
        for number in itertools.count(1):
            try:
                return attempt()
            except _TRANSIENT_ERRORS as exc:
                if number >= _ATTEMPTS:
                    raise storage_error(exc) from None
                time.sleep(_random.uniform(0, 0.005 * 2**number))  # those that collided go apart
            except _ConnectionLost as exc:
                if is_reconnected:
                    raise storage_error(exc.error) from None
                is_reconnected = True
                self._pool.check()  # the others may be lost, too
            except psycopg.Error as exc:
                raise storage_error(exc) from None
            except StopIteration as exc:
                raise RuntimeError("the function raised StopIteration, which no future can carry") from exc
        raise AssertionError

    def _attempt(self, begin: bytes, now: int, policy: Policy, function: Callable[[Transaction], T]) -> T:
        try:
            connection = self._pool.getconn()
        except PoolTimeout as exc:
            raise StorageError("Can't use the database: no connection to the server") from exc
        try:
            transaction = PostgresTransaction(connection, begin, now, policy)
            return _in_transaction(connection, transaction, function, self._wake if begin == _WRITE else None)
        finally:
            self._pool.putconn(connection)

    def _wake(self, topics: Collection[Topic]) -> None:
        """Pass on what a commit has made due, from the database's thread."""
        if topics:
            self._loop.call_soon_threadsafe(self._on_wake, topics)


class _ConnectionLost(Exception):
    """A connection was lost before its COMMIT: nothing is kept."""

    def __init__(self, error: psycopg.Error) -> None:
        super().__init__()
        self.error = error


def _in_transaction(
    connection: Connection,
    transaction: PostgresTransaction,
    function: Callable[[Transaction], T],
    on_wake: OnWake | None = None,
) -> T:
    """Run a function in a transaction of its own; one without `on_wake` only reads.

    Raises:
        StorageError: The answer to the COMMIT was lost, or the function hid an error of the database.
    """
    try:
        result = function(transaction)
    except BaseException as exc:  # whatever ends it, also a cancellation: the connection goes back to the pool
        _roll_back(connection)
        if connection.broken and isinstance(exc, psycopg.Error):
            raise _ConnectionLost(exc) from None
        raise
    if connection.info.transaction_status not in _SOUND:  # COMMIT would roll back without a word
        _roll_back(connection)
        raise StorageError("Can't use the database: the transaction was rolled back for an unknown reason")
    try:
        transaction.commit()
    except psycopg.OperationalError as exc:
        if connection.broken and on_wake is not None:
            on_wake(transaction.woken)  # it may be kept, and a repeated write would find nothing to change
            raise StorageError("The connection was lost at the commit, so its outcome is unknown.") from None
        raise storage_error(exc) from None
    if on_wake is not None:
        on_wake(transaction.woken)
    return result


def _roll_back(connection: Connection) -> None:
    if not connection.broken:
        with contextlib.suppress(psycopg.Error):  # the pool discards a connection that can't
            connection.execute(b"ROLLBACK")
