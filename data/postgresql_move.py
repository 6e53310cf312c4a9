"""A PostgreSQL database as the source or the target of a move.

One connection holds the lock that excludes bots, and makes the transactions: where it is lost, nothing is committed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from bot.errors import StorageError
from data import move_record, reconciliation, table_copy
from data.database import Transaction
from data.move import CommitUnknown, MoveSource, MoveTarget
from data.move_record import Departure
from data.postgresql import place_of, storage_error
from data.postgresql_check import examine
from data.postgresql_exclusive import analyze_tables, excluding_bots, lock_tables
from data.postgresql_migrations import has_tables, migrate, pending_migrations, reject_pending
from data.postgresql_transaction import PostgresTransaction
from data.progress import Progress


class PostgresSource(MoveSource):
    """A database that keeps its rows, and is marked at the end."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.place = place_of(url)
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Hold the database, and lock its tables against changes.

        Raises:
            StorageError: It can't be reached, is not of this version, or a bot runs on it.
        """
        pending = pending_migrations(self._url)
        if not has_tables(pending):
            raise StorageError(f"{self.place} isn't a Matinee database. Check DATABASE_URL.")
        reject_pending(pending)
        with self._stack:
            self._connection = self._stack.enter_context(excluding_bots(self._url))
            self._begin()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the database go.

        Raises:
            StorageError: In place of an error of PostgreSQL's.
        """
        self._stack.__exit__(kind, error, trace)

    def departure(self) -> Departure | None:
        """Return the move away from it, if there was one."""
        return move_record.departure(PostgresTransaction(self._connection))

    def set_departure(self, moved: Departure | None) -> None:
        """Commit where the rows go, and go on holding the database."""
        move_record.set_departure(PostgresTransaction(self._connection), moved)
        self._connection.execute("COMMIT")
        self._begin()

    @contextlib.contextmanager
    def verified_rows(self, progress: Progress) -> Generator[Transaction]:
        """Read the rows in the transaction that records where they go."""
        tx = PostgresTransaction(self._connection)
        reconciliation.reject_discrepancies(tx, self.place, progress)
        yield tx

    def _begin(self) -> None:
        self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        lock_tables(self._connection, "SHARE")  # the command line waits, too: its changes would stay behind


class PostgresTarget(MoveTarget):
    """A database without rows."""

    def __init__(self, url: str, now: Callable[[], int]) -> None:
        self._url = url
        self.place = place_of(url)
        self._now = now
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Hold the database.

        Raises:
            StorageError: It can't be reached, its user may not make tables, or a bot runs on it.
        """
        examine(self._url, self._now)
        self._has_tables = has_tables(pending_migrations(self._url))
        self._connection = self._stack.enter_context(excluding_bots(self._url))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the database go. What was not committed is rolled back.

        Raises:
            StorageError: In place of an error of PostgreSQL's.
        """
        self._stack.__exit__(kind, error, trace)

    def arrival(self) -> str | None:
        """Return the id of the move that brought its rows."""
        return move_record.arrival(PostgresTransaction(self._connection)) if self._has_tables else None

    def filled_table(self) -> str | None:
        """Return a table that has rows."""
        return table_copy.filled_table(PostgresTransaction(self._connection)) if self._has_tables else None

    def begin(self) -> Transaction:
        """Make the tables, and begin a transaction."""
        migrate(self._url)
        self._connection.execute("BEGIN")
        lock_tables(self._connection, "SHARE ROW EXCLUSIVE")  # nothing else may write to it before the commit
        return PostgresTransaction(self._connection)

    def check(self, progress: Progress) -> None:
        """Audit what was written."""
        analyze_tables(self._connection)  # the audit's joins need a plan for many rows
        reconciliation.reject_discrepancies(PostgresTransaction(self._connection), self.place, progress)

    def commit(self) -> Path | None:
        """Commit what was written."""
        try:
            self._connection.execute("COMMIT")
        except psycopg.OperationalError as exc:
            if self._connection.broken:
                raise CommitUnknown("The connection was lost at the end") from None
            raise storage_error(exc) from None
        return None
