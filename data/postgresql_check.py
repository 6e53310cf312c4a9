"""What `check` says about a PostgreSQL server."""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import psycopg

from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from bot.errors import StorageError
from data.postgresql import SERVER_TIME, connect, storage_error
from data.postgresql_transaction import Connection

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
    row = connection.execute("SELECT pg_backend_pid() AS pid").fetchone()
    return row["pid"] if row else 0


def _measure(connection: Connection, now: Callable[[], int]) -> tuple[float, int]:
    """Return a round trip's median time and the clocks' difference."""
    times: list[float] = []
    differences: list[int] = []
    for _ in range(_PINGS):
        started = time.perf_counter()
        row = connection.execute(SERVER_TIME).fetchone()
        times.append(1000 * (time.perf_counter() - started))
        differences.append(now() - (row["now"] if row else 0))
    return statistics.median(times), min(differences, key=abs)
