"""Exclusive use of a PostgreSQL database.

No bot runs on it, and no other session writes to it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from typing import Final, TypeVar

import psycopg

from bot.errors import StorageError
from data.database import Transaction
from data.postgresql import connect, place_of, storage_error
from data.postgresql_check import reject_pooler
from data.postgresql_migrations import migrate
from data.postgresql_session import exclude_others
from data.postgresql_transaction import Connection, PostgresTransaction
from data.table_copy import NOT_COPIED, TABLES

T = TypeVar("T")

_OUR_TABLES: Final = ", ".join((*TABLES, *sorted(NOT_COPIED - {"schema_migrations"})))


@contextlib.contextmanager
def excluding_bots(url: str) -> Generator[Connection]:
    """Open a connection that keeps bots from starting. One that starts waits.

    Raises:
        StorageError: The server can't be reached, a bot runs, or it is in place of an error of PostgreSQL's.
    """
    with contextlib.closing(connect(url)) as connection:
        try:
            with contextlib.closing(connect(url)) as other:
                reject_pooler(connection, other)
            if not exclude_others(connection):
                raise StorageError(f"{place_of(url)} is in use. Stop the bot first.")
            # the file at the other end may take longer than a lost machine's locks may last
            connection.execute("SET idle_in_transaction_session_timeout = 0")
            yield connection
        except psycopg.Error as exc:
            raise storage_error(exc) from None


def write_alone(url: str, now: int, function: Callable[[Transaction], T]) -> T:
    """Run a function in a transaction of the migrated, unused database.

    Raises:
        StorageError: The database can't be used, or a bot runs.
    """
    with excluding_bots(url) as connection:
        migrate(url)
        connection.execute("BEGIN")
        result = function(PostgresTransaction(connection, now=now))
        connection.execute("COMMIT")
    return result


def lock_tables(connection: Connection, mode: str) -> None:
    """Lock all tables until the transaction ends. Waits for the command line.

    In the mode SHARE, others can only read; in ACCESS EXCLUSIVE, nothing.
    """
    connection.execute(f"LOCK TABLE {_OUR_TABLES} IN {mode} MODE".encode())


def empty_tables(connection: Connection) -> None:
    """Empty all tables, the ledger too, after they were copied."""
    connection.execute("ALTER TABLE ledger_entries DISABLE TRIGGER ledger_is_never_deleted")
    connection.execute(f"TRUNCATE {_OUR_TABLES}".encode())
    connection.execute("ALTER TABLE ledger_entries ENABLE TRIGGER ledger_is_never_deleted")


def analyze_tables(connection: Connection) -> None:
    """Tell the planner about many new rows."""
    connection.execute(f"ANALYZE {_OUR_TABLES}".encode())
