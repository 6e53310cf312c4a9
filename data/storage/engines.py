"""The database that DATABASE_URL names: a SQLite file, or PostgreSQL.

psycopg is imported only for PostgreSQL.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from pathlib import Path
from typing import Protocol

from bot.core.clock import SYSTEM_CLOCK, Clock
from data import restore_review
from data.database import SQLITE, Database, OnWake, Transaction, ignore_wake, sqlite_path
from data.engine.instance_lock import FileInstanceLock, InstanceLock
from data.engine.rows import Progress, no_progress
from data.engine.sqlite import SqliteDatabase
from data.restore_review import HeldForReview
from data.storage import backups, erasure_copies, exclusive, restore, sqlite_migrations
from data.storage.backups import Backup
from data.storage.exclusive import ExclusiveDatabase, ExclusiveFile
from data.storage.restore import Restored


class Engine(Protocol):
    """A database by its URL. Nothing is open."""

    place: str
    """The database, without user and password."""

    file: Path | None
    """The file of SQLite."""

    def migrate(self) -> tuple[str, ...]:
        """Apply missing migrations, and return their names.

        Raises:
            StorageError: The database can't be used.
            SchemaTooNew: A newer version has migrated it.
            SchemaTooOld: It is from before the schema of this version.
            SchemaUnknown: It is another program's.
        """
        ...

    def pending_migrations(self) -> tuple[str, ...]:
        """Return the names of missing migrations; reads only.

        Raises:
            StorageError: The database can't be read.
            SchemaTooNew: A newer version has migrated it.
            SchemaTooOld: It is from before the schema of this version.
            SchemaUnknown: It is another program's.
        """
        ...

    def has_tables(self, pending: tuple[str, ...], /) -> bool:
        """Return whether a database with these pending migrations has any table."""
        ...

    def describe_server(self, now: Callable[[], int], /) -> str | None:
        """Describe the server of a database; None for a file.

        Raises:
            StorageError: The bot can't run on it; the message says why.
        """
        ...

    def is_exposed(self) -> bool:
        """Return whether others could read or change what goes to the database's server."""
        ...

    async def open(self, clock: Clock = SYSTEM_CLOCK, on_wake: OnWake = ignore_wake) -> Database:
        """Open a migrated database.

        Raises:
            StorageError: It can't be opened.
        """
        ...

    def open_instance_lock(
        self, on_signal: Callable[[str | None], None], /
    ) -> AbstractAsyncContextManager[InstanceLock]:
        """Open the locks that tell which processes use the database.

        `on_signal` gets each topic that another process publishes; None: some may have been lost.

        Raises:
            StorageError: They can't be opened.
        """
        ...

    def hold(self) -> AbstractContextManager[ExclusiveDatabase]:
        """Use the database exclusively.

        Raises:
            StorageError: A bot runs, or the database can't be used.
        """
        ...

    def create_backup(self, target: Path, *, progress: Progress = no_progress) -> Backup:
        """Back up the database to a new SQLite file.

        Blocks the calling thread. A bot may run.

        Raises:
            StorageError: It failed; nothing is left of the copy.
        """
        ...

    def restore(self, backup: Path, folder: Path, now: int, *, progress: Progress = no_progress) -> Restored:
        """Replace the database by a backup, with its open jobs on hold.

        Blocks the calling thread. The rows that a PostgreSQL database had are kept in `folder`, a file beside itself.

        Raises:
            StorageError: It failed; the database is unchanged.
        """
        ...


def engine(url: str) -> Engine:
    """Return the database at a URL.

    Raises:
        StorageError: The URL is not valid.
    """
    if url.startswith(SQLITE):
        return SqliteEngine(url)
    from data.storage.postgresql_engine import PostgresEngine

    return PostgresEngine(url)


def hold_open_work(url: str, folder: Path, now: int) -> HeldForReview:
    """Put open jobs on hold in a database that shows the past.

    Blocks the calling thread. The erasures that are listed in `folder` are repeated.

    Raises:
        StorageError: A bot runs, or the database fails.
    """
    listed = erasure_copies.read_list(folder)

    def hold(tx: Transaction) -> HeldForReview:
        erasure_copies.apply(tx, listed)
        return restore_review.hold_open_work(tx)

    with engine(url).hold() as database:
        database.migrate()
        database.freeze()
        return database.write(hold, now)


class SqliteEngine:
    """A SQLite file."""

    def __init__(self, url: str) -> None:
        self._path = sqlite_path(url)
        self.file: Path | None = self._path.resolve()
        self.place = str(self.file)

    def migrate(self) -> tuple[str, ...]:
        """Apply missing migrations, and return their names."""
        return sqlite_migrations.migrate(self._path)

    def pending_migrations(self) -> tuple[str, ...]:
        """Return the names of missing migrations."""
        return sqlite_migrations.pending_migrations(self._path)

    def has_tables(self, _pending: tuple[str, ...]) -> bool:
        """Return True: a file is made with its schema."""
        return True

    def describe_server(self, _now: Callable[[], int]) -> str | None:
        """Return None: there is no server."""
        return None

    def is_exposed(self) -> bool:
        """Return False: nothing is sent."""
        return False

    async def open(self, clock: Clock = SYSTEM_CLOCK, on_wake: OnWake = ignore_wake) -> SqliteDatabase:
        """Open a migrated file."""
        return await SqliteDatabase.open(self._path, clock, on_wake)

    @contextlib.asynccontextmanager
    async def open_instance_lock(self, _on_signal: Callable[[str | None], None]) -> AsyncGenerator[FileInstanceLock]:
        """Open the locks beside a file."""
        with FileInstanceLock(self._path) as lock:
            yield lock

    def hold(self) -> AbstractContextManager[ExclusiveFile]:
        """Use the file exclusively."""
        return exclusive.hold(self._path)

    def create_backup(self, target: Path, *, progress: Progress = no_progress) -> Backup:
        """Back up a file."""
        return backups.create_backup(self._path, target, progress=progress)

    def restore(self, backup: Path, folder: Path, now: int, *, progress: Progress = no_progress) -> Restored:
        """Replace a file by a backup."""
        return restore.restore(backup, self._path, now, folder=folder, progress=progress)
