"""The session connection of a process: presence, leadership and signals.

Advisory locks say which processes are alive: the server frees the locks of a process that dies. They belong to a
session, so they don't work through PgBouncer in transaction mode.

The connection is opened anew when it is lost. Until then, this process counts as dead for the others.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Final, LiteralString, Self

import psycopg
import structlog

from bot.core.errors import StorageError
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from bot.domain.shards import Shard
from data.engine.instance_lock import InstanceLock
from data.engine.postgresql_connection import SERVER_TIME, conninfo, storage_error
from data.engine.postgresql_transaction import NOTICE_LOST_CLIENT, Connection

_log = structlog.stdlib.get_logger(__name__)

CHANNEL: Final = "matinee"
"""The channel of NOTIFY. Its payload is a `Topic` of data/database.py."""

_NAMESPACE: Final = 0x4D61_7469
"""The first key of each advisory lock here. Locks of transactions have one key, so they never collide with these."""

_PRESENT: Final = 1
_LEADER: Final = 3

_READY: Final = 1 << 30
"""The second key of the first shard's lock. The others follow; see `_ready_lock`."""

_COMMAND_SECONDS: Final = 5.0
_RECONNECT_SECONDS: Final = 1.0

_HOLDERS: Final = """
SELECT COUNT(DISTINCT pid) FROM pg_locks
WHERE locktype = 'advisory' AND granted AND classid = %s AND objid = %s AND objsubid = 2
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def exclude_others(connection: Connection) -> bool:
    """Hold the lock of presence exclusively on a connection.

    False while a process is registered. A process that starts meanwhile waits until the connection ends.
    """
    sql = "SELECT pg_try_advisory_lock(%s::int, %s::int) AS locked"
    row = connection.execute(sql, (_NAMESPACE, _PRESENT)).fetchone()
    return bool(row and row["locked"])


class PostgresSession(InstanceLock):
    """One process among those on a database, as an async context manager.

    `on_signal` gets each topic that another process publishes. After a reconnection it gets None: some may be lost.
    """

    def __init__(self, url: str, on_signal: Callable[[str | None], None]) -> None:
        self._url = url
        self._on_signal = on_signal
        self._shared: set[int] = set()
        self._is_leader = False
        self._ready: frozenset[int] = frozenset()
        self._showing = asyncio.Lock()
        self._showing_again: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> Self:
        """Connect.

        Raises:
            StorageError: The server can't be reached, or rejects the connection.
        """
        try:
            self._connection = await self._connect()
        except psycopg.Error as exc:
            raise storage_error(exc) from None
        self._context = contextvars.copy_context()
        self._listener = self._start_listening()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Disconnect, which frees every lock."""
        if self._showing_again is not None:
            self._showing_again.cancel()
            await asyncio.gather(self._showing_again, return_exceptions=True)
        self._listener.cancel()
        await asyncio.gather(self._listener, return_exceptions=True)
        await self._connection.close()

    @contextlib.asynccontextmanager
    async def register(self) -> AsyncGenerator[bool]:
        """Register this process; yields whether it is the only one.

        While it is, no other process can register before the end of the block.
        """
        is_first = _PRESENT not in self._shared
        is_only_one = is_first and await self._try_lock(_PRESENT)
        try:
            yield is_only_one
        finally:
            await self._share(_PRESENT)
            if is_only_one:
                await self._fetch("SELECT pg_advisory_unlock(%s, %s)::int", (_NAMESPACE, _PRESENT))

    async def publish_ready(self, ready: frozenset[Shard]) -> None:
        """Publish the shards whose members this process can answer."""
        self._ready = frozenset(_ready_lock(shard) for shard in ready)
        await self._show()

    async def _show(self) -> None:
        """Hold the locks of the shards that are ready."""
        async with self._showing:  # of concurrent calls, the last one decides
            try:
                for lock in sorted(each for each in self._shared if each >= _READY and each not in self._ready):
                    await self._unshare(lock)
                for lock in sorted(self._ready):
                    await self._share(lock)
            except StorageError as exc:
                _log.warning("readiness_not_published", error=str(exc))

    async def another_ready(self, shard: Shard, /) -> bool:
        """Return whether another process can answer a shard's members; False where unknown."""
        try:
            return await self._fetch(f"{_HOLDERS} AND pid <> pg_backend_pid()", (_NAMESPACE, _ready_lock(shard))) > 0
        except StorageError:
            return False

    async def is_leader(self) -> bool:
        """Become the leader if there is none; return whether this process leads.

        A leader stays so until its connection ends.
        """
        if not self._is_leader:
            self._is_leader = await self._try_lock(_LEADER)
        return self._is_leader

    async def publish(self, topics: Sequence[str]) -> None:
        """Signal topics to the other processes.

        Not in the transaction whose work it is about: there, NOTIFY holds a lock of the whole server until the commit.
        """
        for topic in topics:
            await self._fetch("SELECT 1 FROM pg_notify(%s, %s)", (CHANNEL, topic))

    async def _try_lock(self, lock: int) -> bool:
        return bool(await self._fetch("SELECT pg_try_advisory_lock(%s, %s)::int", (_NAMESPACE, lock)))

    async def _share(self, lock: int) -> None:
        """Hold a lock shared, after any exclusive holder."""
        if lock not in self._shared:
            await self._fetch("SELECT 1 FROM pg_advisory_lock_shared(%s, %s)", (_NAMESPACE, lock), seconds=None)
            self._shared.add(lock)

    async def _unshare(self, lock: int) -> None:
        if lock in self._shared:
            self._shared.discard(lock)
            await self._fetch("SELECT pg_advisory_unlock_shared(%s, %s)::int", (_NAMESPACE, lock))

    async def _fetch(
        self, sql: LiteralString, params: Sequence[int | str], *, seconds: float | None = _COMMAND_SECONDS
    ) -> int:
        """Run a statement and return its number. Listening pauses meanwhile.

        Raises:
            StorageError: The connection is lost.
        """
        try:
            async with asyncio.timeout(seconds), self._lock:
                self._listener.cancel()
                await asyncio.gather(self._listener, return_exceptions=True)
                try:
                    cursor = await self._connection.execute(sql, params)
                    row = await cursor.fetchone()
                finally:
                    self._listener = self._start_listening()
        except psycopg.Error as exc:
            raise storage_error(exc) from None
        except TimeoutError:
            raise StorageError("Can't use the database: no connection to the server") from None
        return row[0] if row else 0

    def _start_listening(self) -> asyncio.Task[None]:
        # in its own context: it outlives the order or press that runs a statement here, and is no part of its trace
        return self._context.run(asyncio.create_task, self._listen(), name="session")

    async def _listen(self) -> None:
        """Pass on signals, and reconnect where the connection is lost."""
        while True:
            try:
                async for notification in self._connection.notifies():
                    if notification.pid != self._connection.info.backend_pid:
                        self._on_signal(notification.payload)
            except psycopg.OperationalError as exc:
                _log.warning("session_lost", error=exc.diag.message_primary or " ".join(str(exc).split()))
                async with self._lock:
                    await self._reconnect()
                self._on_signal(None)
                self._showing_again = asyncio.create_task(self._show(), name="session-show")  # it may have failed

    async def _reconnect(self) -> None:
        self._is_leader = False
        while True:
            await self._connection.close()
            try:
                self._connection = await self._connect()
                for lock in tuple(self._shared):  # `show` may change it meanwhile
                    await self._connection.execute("SELECT pg_advisory_lock_shared(%s, %s)", (_NAMESPACE, lock))
            except psycopg.Error:
                await asyncio.sleep(_RECONNECT_SECONDS)
            else:
                _log.info("session_restored")
                return

    async def _connect(self) -> psycopg.AsyncConnection[tuple[int]]:
        connection = await psycopg.AsyncConnection.connect(conninfo(self._url), autocommit=True)
        try:
            await connection.execute(NOTICE_LOST_CLIENT)
            await connection.execute(f"LISTEN {CHANNEL}")
            cursor = await connection.execute(SERVER_TIME)
            row = await cursor.fetchone()
        except BaseException:  # whatever ends it, also a stop: nobody else knows the connection
            await connection.close()
            raise
        difference = time.time_ns() // 1_000_000 - (row[0] if row else 0)
        if abs(difference) > MAX_CLOCK_DIFFERENCE_MS:
            _log.error("clock_differs_from_server", by_ms=difference)
        return connection


def _ready_lock(shard: Shard) -> int:
    """Return the second key of a shard's readiness lock.

    With another number of shards, the same id serves other servers.
    """
    return _READY + (shard.count << 14) + shard.id
