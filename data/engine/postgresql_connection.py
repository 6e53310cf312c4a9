"""Connections to a PostgreSQL server: how they are made, and whether the bot can run on it."""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

import psycopg
from psycopg.abc import ConnDict
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Conninfo

from bot.core.errors import ConstraintViolation, StorageError
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from data.engine.postgresql_transaction import Connection, PostgresRow, configure

CONNECT_SECONDS: Final = 10

SERVER_TIME: Final = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint AS now"
"""The server's clock, as UTC epoch milliseconds."""

_PERMANENT_ERRORS: Final = (psycopg.IntegrityError, psycopg.DataError, psycopg.ProgrammingError)
"""Errors that a retry repeats. All others (a lock, a lost connection, a full disk) may be transient."""


def connect(url: str) -> Connection:
    """Open a connection outside the pool, in autocommit mode.

    Raises:
        StorageError: The server can't be reached, or rejects the connection.
    """
    try:
        connection = psycopg.Connection[PostgresRow].connect(conninfo(url))
        try:
            configure(connection)
        except BaseException:  # whatever ends it, also Ctrl-C: nobody else knows the connection
            connection.close()
            raise
    except psycopg.Error as exc:
        raise storage_error(exc) from None
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


@dataclass(frozen=True, slots=True)
class ServerReport:
    """A server that the bot can run on. Times are in milliseconds."""

    version: str
    latency_ms: float
    clock_difference_ms: int
    """This machine's clock minus the server's."""


def examine(url: str, now: Callable[[], int]) -> ServerReport:
    """Examine the server and this user's privileges; changes nothing.

    `now` returns this machine's time in UTC epoch milliseconds.

    Raises:
        StorageError: The bot can't run on it; the message says why, and what to do.
    """
    with contextlib.closing(connect(url)) as connection, contextlib.closing(connect(url)) as other:
        try:
            reject_pooler(connection, other)
            return _examine(connection, now)
        except psycopg.Error as exc:
            raise storage_error(exc) from None


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


def _examine(connection: Connection, now: Callable[[], int]) -> ServerReport:
    row = connection.execute("SELECT current_schema() IS NULL AS is_missing").fetchone()
    if row is not None and row["is_missing"]:
        raise StorageError("The database has no schema that its user can use. Set the user's search_path.")
    if missing := [str(each["missing"]) for each in connection.execute(_MISSING)]:
        raise StorageError(
            f"The database's user lacks {', '.join(missing)}. Grant it, or make the user own the tables."
        )
    latency_ms, difference = _measure(connection, now)
    if abs(difference) > MAX_CLOCK_DIFFERENCE_MS:
        raise StorageError(
            f"This machine's clock differs from the database server's by {difference / 1000:+.1f} s."
            " Sync both with NTP."
        )
    version = connection.info.parameter_status("server_version") or "?"
    return ServerReport(version.split()[0], latency_ms, difference)


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
