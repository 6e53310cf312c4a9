"""Connections to a PostgreSQL server: how they are made, whether the bot can run on it, and a process's session.

The session tells presence, leadership and signals. Advisory locks say which processes are alive: the server frees the
locks of a process that dies. They belong to a session, so they don't work through PgBouncer in transaction mode. A lost
session is opened anew. Until then, this process counts as dead for the others.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import statistics
import time
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, LiteralString, Self

import psycopg
import structlog
from psycopg.abc import ConnDict
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Conninfo

from bot.core.errors import ConstraintViolation, StorageError
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS, Shard
from data.engine.instance_lock import InstanceLock
from data.engine.postgresql_transaction import NOTICE_LOST_CLIENT, Connection, PostgresRow, configure

_log = structlog.stdlib.get_logger(__name__)

CONNECT_SECONDS: Final = 10

SERVER_TIME: Final = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint AS now"
"""The server's clock, as UTC epoch milliseconds."""

_PERMANENT_ERRORS: Final = (psycopg.IntegrityError, psycopg.DataError, psycopg.ProgrammingError)
"""Errors that a retry repeats. All others (a lock, a lost connection, a full disk) may be transient."""


_PINGS: Final = 5

_MISSING: Final = """
SELECT 'CREATE on the schema ' || current_schema() AS missing
WHERE NOT has_schema_privilege(current_schema(), 'CREATE')
UNION ALL
SELECT privilege || ' on ' || tablename FROM pg_tables
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS privilege
WHERE schemaname = current_schema()
    AND NOT has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), privilege)
ORDER BY missing
"""

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


def connect(url: str) -> Connection:
    """Open a connection outside the pool, in autocommit mode.

    Raises:
        StorageError: The server can't be reached, or rejects the connection.
    """
    with storage_errors():
        connection = psycopg.Connection[PostgresRow].connect(conninfo(url))
        try:
            configure(connection)
        except BaseException:  # whatever ends it, also Ctrl-C: nobody else knows the connection
            connection.close()
            raise
    return connection


def conninfo(url: str) -> str:
    """Complete the URL with the options of each connection.

    Raises:
        StorageError: It is not valid.
    """
    _parse(url)
    return make_conninfo(
        url,
        application_name="matinee",
        client_encoding="utf8",
        connect_timeout=CONNECT_SECONDS,
        # a server that is gone is noticed within a minute: by keepalives on an idle connection, by the timeout where
        # a statement is not acknowledged, because no keepalives are sent then
        keepalives=1,
        keepalives_idle=30,
        keepalives_interval=10,
        keepalives_count=3,
        tcp_user_timeout=30_000,
    )


def place_of(url: str) -> str:
    """Name a database without user and password.

    Raises:
        StorageError: The URL is not valid.
    """
    parts = _parse(url)
    return f"{parts.get('dbname')} on {parts.get('host') or 'this machine'}, port {parts.get('port') or 5432}"


def is_exposed(url: str) -> bool:
    """Return whether others could read or change what goes to the server.

    That is so where it is another machine, and TLS doesn't prove which one. libpq's environment counts.

    Raises:
        StorageError: The URL is not valid.
    """
    defaults = {option.keyword.decode(): (option.val or b"").decode() for option in Conninfo.get_defaults()}
    parts = defaults | _parse(url)
    hosts = str(parts["hostaddr"] or parts["host"]).split(",")
    return parts["sslmode"] != "verify-full" and not all(map(_is_here, hosts))


def _is_here(host: str) -> bool:
    """Return whether a host is this machine: a socket's folder, localhost, or a loopback address."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _parse(url: str) -> ConnDict:
    try:
        return conninfo_to_dict(url)
    except psycopg.Error:  # it may quote the password
        raise StorageError(
            "DATABASE_URL is not a valid URL. Write characters such as % and @ in a password as %25 and %40."
        ) from None


def storage_error(cause: psycopg.Error) -> StorageError:
    """Return the StorageError for an error of PostgreSQL's.

    Only its first sentence: the details can hold a whole row, with a member's prompt. So it must not be raised from
    `cause`, either.
    """
    kind = ConstraintViolation if isinstance(cause, _PERMANENT_ERRORS) else StorageError
    text = cause.diag.message_primary or " ".join(str(cause).split())
    return kind(f"Can't use the database: {text}")


@contextlib.contextmanager
def storage_errors() -> Generator[None]:
    """Raise StorageError in place of PostgreSQL's errors."""
    try:
        yield
    except psycopg.Error as exc:
        raise storage_error(exc) from None


@dataclass(frozen=True, slots=True)
class ServerReport:
    """A server that the bot can run on. Times are in milliseconds."""

    version: str
    latency_ms: float
    clock_difference_ms: int
    """This machine's clock minus the server's."""
    is_exposed: bool
    """Whether others could read or change what goes to the server."""


def examine(url: str, now: Callable[[], int]) -> ServerReport:
    """Examine the server and this user's privileges; changes nothing.

    `now` returns this machine's time in UTC epoch milliseconds.

    Raises:
        StorageError: The bot can't run on it; the message says why, and what to do.
    """
    with contextlib.closing(connect(url)) as connection, contextlib.closing(connect(url)) as other, storage_errors():
        reject_pooler(connection, other)
        [row] = connection.execute("SELECT current_schema() IS NULL AS is_missing")
        if row["is_missing"]:
            raise StorageError("The database has no schema that its user can use. Set the user's search_path.")
        if missing := [str(each["missing"]) for each in connection.execute(_MISSING)]:
            raise StorageError(
                f"The database's user lacks {', '.join(missing)}. Grant it, or make the user own the tables."
            )
        latency_ms, difference = _measure(connection, now)
        version = connection.info.parameter_status("server_version") or "?"
    if abs(difference) > MAX_CLOCK_DIFFERENCE_MS:
        raise StorageError(
            f"This machine's clock differs from the database server's by {difference / 1000:+.1f} s."
            " Sync both with NTP."
        )
    return ServerReport(version.split()[0], latency_ms, difference, is_exposed(url))


def reject_pooler(connection: Connection, other: Connection) -> None:
    """Reject a pooler that shares one server process between connections.

    Raises:
        StorageError: They share one.
    """
    if _backend(connection) == _backend(other):
        raise StorageError(
            "DATABASE_URL leads to a pooler in transaction mode, such as PgBouncer's, but the bot's locks need a"
            " session. Connect to the server itself, or to a pool in session mode."
        )


def _backend(connection: Connection) -> int:
    """Return the id of the server's process for a connection."""
    [row] = connection.execute("SELECT pg_backend_pid() AS pid")
    return row["pid"]


def _measure(connection: Connection, now: Callable[[], int]) -> tuple[float, int]:
    """Return a round trip's median time and the clocks' difference."""
    times: list[float] = []
    differences: list[int] = []
    for _ in range(_PINGS):
        started = time.perf_counter()
        [row] = connection.execute(SERVER_TIME)
        times.append(1000 * (time.perf_counter() - started))
        differences.append(now() - row["now"])
    return statistics.median(times), min(differences, key=abs)


def exclude_others(connection: Connection) -> bool:
    """Hold the lock of presence exclusively on a connection.

    False while a process is registered. A process that starts meanwhile waits until the connection ends.
    """
    sql = "SELECT pg_try_advisory_lock(%s::int, %s::int) AS locked"
    [row] = connection.execute(sql, (_NAMESPACE, _PRESENT))
    return row["locked"]


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
        with storage_errors():
            self._connection = await self._connect()
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
                    self._shared.discard(lock)
                    await self._fetch("SELECT pg_advisory_unlock_shared(%s, %s)::int", (_NAMESPACE, lock))
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
                async for notification in self._connection.notifies(timeout=0):
                    if notification.pid != self._connection.info.backend_pid:
                        self._on_signal(notification.payload)
                await self._wait_readable()
            except psycopg.OperationalError as exc:
                _log.warning("session_lost", error=exc.diag.message_primary or " ".join(str(exc).split()))
                async with self._lock:
                    await self._reconnect()
                self._on_signal(None)
                self._showing_again = asyncio.create_task(self._show(), name="session-show")  # it may have failed

    async def _wait_readable(self) -> None:
        """Return when the server has sent something; psycopg's own wait wakes the process ten times a second."""
        loop, readable, descriptor = asyncio.get_running_loop(), asyncio.Event(), self._connection.fileno()
        loop.add_reader(descriptor, readable.set)
        try:
            await readable.wait()
        finally:
            loop.remove_reader(descriptor)

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
