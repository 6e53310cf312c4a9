"""Opens the database that DATABASE_URL names: a SQLite file, or PostgreSQL.

psycopg is imported only for PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol, TypeVar

from bot.clock import SYSTEM_CLOCK, Clock
from data import erasure_copies, holding, sqlite_engine
from data.backups import Backup
from data.database import Database, OnWake, Transaction, ignore_wake
from data.database_url import SQLITE
from data.holding import HeldForReview
from data.instance_lock import InstanceLock
from data.move import Moved, MoveSource, MoveTarget
from data.move import move as run_move
from data.progress import Progress, no_progress
from data.restore import Restored

T = TypeVar("T")


class _Engine(Protocol):
    """What data/sqlite_engine.py and data/postgresql_engine.py have in common."""

    def migrate(self, url: str, /) -> tuple[str, ...]: ...
    def pending_migrations(self, url: str, /) -> tuple[str, ...]: ...
    def has_tables(self, pending: tuple[str, ...], /) -> bool: ...
    def describe_server(self, url: str, now: Callable[[], int], /) -> str | None: ...
    def is_exposed(self, url: str, /) -> bool: ...
    async def open_database(self, url: str, clock: Clock, on_wake: OnWake, /) -> Database: ...
    def create_backup(self, url: str, target: Path, progress: Progress, /) -> Backup: ...
    def restore(self, backup: Path, url: str, folder: Path, now: int, progress: Progress, /) -> Restored: ...
    def write_alone(self, url: str, now: int, function: Callable[[Transaction], T], /) -> T: ...
    def place_of(self, url: str, /) -> str: ...
    def move_source(self, url: str, /) -> MoveSource: ...
    def move_target(self, url: str, now: Callable[[], int], /) -> MoveTarget: ...
    def open_instance_lock(
        self, url: str, on_signal: Callable[[str | None], None], /
    ) -> AbstractAsyncContextManager[InstanceLock]: ...


def _engine(url: str) -> _Engine:
    if url.startswith(SQLITE):
        return sqlite_engine
    from data import postgresql_engine

    return postgresql_engine


def migrate(url: str) -> tuple[str, ...]:
    """Apply missing migrations, and return their names.

    Raises:
        StorageError: The database can't be used.
        SchemaTooNew: A newer version has migrated it.
        SchemaUnknown: It is another program's.
    """
    return _engine(url).migrate(url)


def pending_migrations(url: str) -> tuple[str, ...]:
    """Return the names of missing migrations; reads only.

    Raises:
        StorageError: The database can't be read.
        SchemaTooNew: A newer version has migrated it.
        SchemaUnknown: It is another program's.
    """
    return _engine(url).pending_migrations(url)


def has_schema(url: str, pending: tuple[str, ...]) -> bool:
    """Return whether a database with these pending migrations has any table."""
    return _engine(url).has_tables(pending)


def describe_server(url: str, now: Callable[[], int]) -> str | None:
    """Describe the server of a database; None for a file.

    Raises:
        StorageError: The bot can't run on it; the message says why.
    """
    return _engine(url).describe_server(url, now)


def is_exposed(url: str) -> bool:
    """Return whether others could read or change what goes to the database's server.

    Raises:
        StorageError: The URL is not valid.
    """
    return _engine(url).is_exposed(url)


async def open_database(url: str, clock: Clock = SYSTEM_CLOCK, on_wake: OnWake = ignore_wake) -> Database:
    """Open a migrated database.

    Raises:
        StorageError: It can't be opened.
    """
    return await _engine(url).open_database(url, clock, on_wake)


def create_backup(url: str, target: Path, *, progress: Progress = no_progress) -> Backup:
    """Back up a database to a new SQLite file.

    Blocks the calling thread. A bot may run.

    Raises:
        StorageError: It failed; nothing is left of the copy.
    """
    return _engine(url).create_backup(url, target, progress)


def restore(backup: Path, url: str, folder: Path, now: int, *, progress: Progress = no_progress) -> Restored:
    """Replace a database by a backup, with its open jobs on hold.

    Blocks the calling thread. The rows that a PostgreSQL database had are kept in `folder`, a file beside itself.

    Raises:
        StorageError: It failed; the database is unchanged.
    """
    return _engine(url).restore(backup, url, folder, now, progress)


def hold_open_work(url: str, folder: Path, now: int) -> HeldForReview:
    """Put open jobs on hold in a database that shows the past.

    Blocks the calling thread. The erasures that are listed in `folder` are repeated.

    Raises:
        StorageError: A bot runs, or the database fails.
    """
    listed = erasure_copies.read_list(folder)

    def hold(tx: Transaction) -> HeldForReview:
        erasure_copies.apply(tx, listed)
        return holding.hold_open_work(tx)

    return _engine(url).write_alone(url, now, hold)


def move(source: str, target: str, now: Callable[[], int], progress: Progress = no_progress) -> Moved:
    """Move all rows from one database to another.

    Blocks the calling thread.

    Raises:
        StorageError: Nothing was moved, or it is unknown; the message says which.
    """
    moved_from = _engine(source).move_source(source)
    return run_move(moved_from, _engine(target).move_target(target, now), now(), progress)


def place_of(url: str) -> str:
    """Name a database without user and password."""
    return _engine(url).place_of(url)


def open_instance_lock(url: str, on_signal: Callable[[str | None], None]) -> AbstractAsyncContextManager[InstanceLock]:
    """Open the locks that tell which processes use the database.

    `on_signal` gets each topic that another process publishes; None: some may have been lost.

    Raises:
        StorageError: They can't be opened.
    """
    return _engine(url).open_instance_lock(url, on_signal)
