"""Exclusive use of a PostgreSQL database.

One connection holds the lock that excludes bots, and makes the transactions: where it is lost, nothing is committed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final

from bot.core.errors import StorageError
from data import reconciliation
from data.database import T, Transaction
from data.engine import sqlite, table_copy
from data.engine.migration_files import has_tables, reject_pending
from data.engine.postgresql_connection import connect, exclude_others, place_of, reject_pooler, storage_errors
from data.engine.postgresql_transaction import Connection, PostgresTransaction
from data.engine.rows import Progress
from data.engine.table_copy import NOT_COPIED, TABLES
from data.storage import sqlite_file
from data.storage.exclusive import ExclusiveDatabase
from data.storage.postgresql_migrations import migrate, pending_migrations

_OUR_TABLES: Final = ", ".join((*TABLES, *sorted(NOT_COPIED - {"schema_migrations"})))


class ExclusiveServer(ExclusiveDatabase):
    """A PostgreSQL database, as `hold` yields it."""

    def __init__(self, url: str, connection: Connection) -> None:
        self._url = url
        self.place = place_of(url)
        self.connection = connection
        self._has_tables = has_tables(pending_migrations(url))

    def migrate(self) -> None:
        """Bring it to this version's schema."""
        migrate(self._url)
        self._has_tables = True

    def freeze(self) -> None:
        """Begin a transaction beside which nothing else writes."""
        if not self._has_tables:
            raise StorageError(f"{self.place} isn't a Matinee database. Check DATABASE_URL.")
        reject_pending(pending_migrations(self._url))
        self.connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        try:
            self._lock_tables("SHARE")
        except BaseException:  # also Ctrl-C: what is written next, such as the end of a failed move, is not aborted
            self.connection.rollback()
            raise

    def read(self, function: Callable[[Transaction], T]) -> T | None:
        """Run a function that reads; None where there are no tables."""
        return function(PostgresTransaction(self.connection)) if self._has_tables else None

    def write(self, function: Callable[[Transaction], T], now: int | None = None) -> T:
        """Run a function in the frozen database, and commit it."""
        with storage_errors():
            result = function(PostgresTransaction(self.connection, now=now))
            self.connection.execute("COMMIT")
        return result

    def back_up(self, file: Path, progress: Progress) -> None:
        """Write all rows of the frozen database to a new file."""
        sqlite_file.write_rows(PostgresTransaction(self.connection), file, progress)

    def replace_by(
        self, file: Path, _now: int, /, progress: Progress, before_commit: Callable[[], object]
    ) -> Path | None:
        """Fill the empty database; nothing is kept."""
        self.migrate()
        with self.changing():
            self.fill(file, progress)
            before_commit()

    @contextlib.contextmanager
    def changing(self) -> Generator[None]:
        """Begin a transaction beside which nothing else reads or writes, and commit it at the end."""
        with self.connection.transaction():
            self._lock_tables("ACCESS EXCLUSIVE")
            yield

    def empty(self) -> None:
        """Delete all rows, those of the ledger too, after they were copied."""
        self.connection.execute("ALTER TABLE ledger_entries DISABLE TRIGGER ledger_is_never_deleted")
        self.connection.execute(f"TRUNCATE {_OUR_TABLES}".encode())
        self.connection.execute("ALTER TABLE ledger_entries ENABLE TRIGGER ledger_is_never_deleted")

    def fill(self, file: Path, progress: Progress) -> None:
        """Copy all rows of a file into the empty tables, and audit them."""
        tx = PostgresTransaction(self.connection)
        with sqlite.reading(file) as source:
            table_copy.copy_tables(source, tx, progress)
        self.connection.execute(f"ANALYZE {_OUR_TABLES}".encode())  # the audit's joins need a plan for many new rows
        reconciliation.reject_discrepancies(tx, self.place, progress)

    def _lock_tables(self, mode: str) -> None:
        """Lock all tables until the transaction ends. Waits for the command line."""
        self.connection.execute(f"LOCK TABLE {_OUR_TABLES} IN {mode} MODE".encode())


@contextlib.contextmanager
def hold(url: str) -> Generator[ExclusiveServer]:
    """Use a database exclusively. A bot that starts waits.

    Raises:
        StorageError: The server can't be reached, a bot runs, or it is in place of an error of PostgreSQL's.
    """
    with contextlib.closing(connect(url)) as connection, storage_errors():
        with contextlib.closing(connect(url)) as other:
            reject_pooler(connection, other)
        if not exclude_others(connection):
            raise StorageError(f"{place_of(url)} is in use. Stop the bot first.")
        # the file at the other end may take longer than a lost machine's locks may last
        connection.execute("SET idle_in_transaction_session_timeout = 0")
        yield ExclusiveServer(url, connection)
