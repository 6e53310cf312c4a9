"""Opens the database that DATABASE_URL names: a SQLite file, or PostgreSQL.

psycopg is imported only for PostgreSQL.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Final

from data import backups, copy_erasure, erasure_list, exclusive, holding, migrations_runner
from data.backups import Backup
from data.database import Database, Transaction
from data.holding import HeldForReview
from data.instance_lock import FileInstanceLock, InstanceLock
from data.move import Moved, MoveSource, MoveTarget
from data.move import move as run_move
from data.progress import Progress, no_progress
from data.restore import Restored
from data.restore import restore as restore_file
from data.sqlite import SqliteDatabase
from data.sqlite_move import SqliteSource, SqliteTarget

_SQLITE: Final = "sqlite:///"


def migrate(url: str) -> tuple[str, ...]:
    """Apply missing migrations, and return their names.

    Raises:
        StorageError: The database can't be used.
        SchemaTooNew: A newer version has migrated it.
    """
    if url.startswith(_SQLITE):
        return migrations_runner.migrate(sqlite_path(url))
    from data import postgresql_migrations

    return postgresql_migrations.migrate(url)


def pending_migrations(url: str) -> tuple[str, ...]:
    """Return the names of missing migrations; reads only.

    Raises:
        StorageError: The database can't be read.
        SchemaTooNew: A newer version has migrated it.
    """
    if url.startswith(_SQLITE):
        return migrations_runner.pending_migrations(sqlite_path(url))
    from data import postgresql_migrations

    return postgresql_migrations.pending_migrations(url)


def has_schema(url: str, pending: tuple[str, ...]) -> bool:
    """Return whether a database with these pending migrations has any table."""
    if url.startswith(_SQLITE):
        return True  # a file is made with its schema
    from data import postgresql_migrations

    return postgresql_migrations.has_tables(pending)


def describe_server(url: str, now: Callable[[], int]) -> str | None:
    """Describe the server of a database; None for a file.

    Raises:
        StorageError: The bot can't run on it; the message says why.
    """
    if url.startswith(_SQLITE):
        return None
    from data import postgresql_check

    report = postgresql_check.examine(url, now)
    clocks = f"clocks {abs(report.clock_difference_ms)} ms apart"
    return f"PostgreSQL {report.version}, {report.latency_ms:.1f} ms away, {clocks}"


async def open_database(url: str) -> Database:
    """Open a migrated database.

    Raises:
        StorageError: It can't be opened.
    """
    if url.startswith(_SQLITE):
        return await SqliteDatabase.open(sqlite_path(url))
    from data.postgresql import PostgresDatabase

    return await PostgresDatabase.open(url)


def create_backup(url: str, target: Path, *, progress: Progress = no_progress) -> Backup:
    """Back up a database to a new SQLite file.

    Blocks the calling thread. A bot may run.

    Raises:
        StorageError: It failed; nothing is left of the copy.
    """
    if url.startswith(_SQLITE):
        return backups.create_backup(sqlite_path(url), target, progress=progress)
    from data import postgresql_backups

    return postgresql_backups.create_backup(url, target, progress=progress)


def restore(backup: Path, url: str, folder: Path, now: int, *, progress: Progress = no_progress) -> Restored:
    """Replace a database by a backup, with its open jobs on hold.

    Blocks the calling thread. The rows that a PostgreSQL database had are kept in `folder`, a file beside itself.

    Raises:
        StorageError: It failed; the database is unchanged.
    """
    if url.startswith(_SQLITE):
        return restore_file(backup, sqlite_path(url), now, folder=folder, progress=progress)
    from data import postgresql_backups

    return postgresql_backups.restore(backup, url, folder, now, progress=progress)


def hold_open_work(url: str, folder: Path, now: int) -> HeldForReview:
    """Put open jobs on hold in a database that shows the past.

    Blocks the calling thread. The erasures that are listed in `folder` are repeated.

    Raises:
        StorageError: A bot runs, or the database fails.
    """
    listed = erasure_list.read(folder)

    def hold(tx: Transaction) -> HeldForReview:
        copy_erasure.apply(tx, listed, now)
        return holding.hold_open_work(tx, now)

    if url.startswith(_SQLITE):
        return exclusive.write_alone(sqlite_path(url), hold)
    from data import postgresql_exclusive

    return postgresql_exclusive.write_alone(url, hold)


def move(source: str, target: str, now: Callable[[], int], progress: Progress = no_progress) -> Moved:
    """Move all rows from one database to another.

    Blocks the calling thread.

    Raises:
        StorageError: Nothing was moved, or it is unknown; the message says which.
    """
    return run_move(_source(source), _target(target, now), now(), progress)


def place_of(url: str) -> str:
    """Name a database without user and password."""
    if url.startswith(_SQLITE):
        return str(sqlite_path(url).resolve())
    from data import postgresql

    return postgresql.place_of(url)


def _source(url: str) -> MoveSource:
    if url.startswith(_SQLITE):
        return SqliteSource(sqlite_path(url))
    from data.postgresql_move import PostgresSource

    return PostgresSource(url)


def _target(url: str, now: Callable[[], int]) -> MoveTarget:
    if url.startswith(_SQLITE):
        return SqliteTarget(sqlite_path(url), now)
    from data.postgresql_move import PostgresTarget

    return PostgresTarget(url, now)


@contextlib.asynccontextmanager
async def open_instance_lock(url: str, on_signal: Callable[[str | None], None]) -> AsyncGenerator[InstanceLock]:
    """Open the locks that tell which processes use the database.

    `on_signal` gets each topic that another process publishes; None: some may have been lost.

    Raises:
        StorageError: They can't be opened.
    """
    if url.startswith(_SQLITE):
        with FileInstanceLock(sqlite_path(url)) as lock:
            yield lock
        return
    from data.postgresql_session import PostgresSession

    async with PostgresSession(url, on_signal) as session:
        yield session


def sqlite_path(url: str) -> Path:
    """Return the file that a URL of SQLite names."""
    return Path(url.removeprefix(_SQLITE))
