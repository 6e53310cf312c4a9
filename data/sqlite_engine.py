"""SQLite for data/connect.py."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import TypeVar

from bot.clock import Clock
from data import backups, exclusive, migrations_runner
from data import restore as file_restore
from data.backups import Backup
from data.database import OnWake, Transaction
from data.database_url import sqlite_path
from data.instance_lock import FileInstanceLock
from data.progress import Progress
from data.restore import Restored
from data.sqlite import SqliteDatabase
from data.sqlite_move import SqliteSource, SqliteTarget

T = TypeVar("T")


def migrate(url: str) -> tuple[str, ...]:
    """Apply missing migrations, and return their names."""
    return migrations_runner.migrate(sqlite_path(url))


def pending_migrations(url: str) -> tuple[str, ...]:
    """Return the names of missing migrations."""
    return migrations_runner.pending_migrations(sqlite_path(url))


def has_tables(_pending: tuple[str, ...]) -> bool:
    """Return True: a file is made with its schema."""
    return True


def describe_server(_url: str, _now: Callable[[], int]) -> str | None:
    """Return None: there is no server."""
    return None


def is_exposed(_url: str) -> bool:
    """Return False: nothing is sent."""
    return False


async def open_database(url: str, clock: Clock, on_wake: OnWake) -> SqliteDatabase:
    """Open a migrated file."""
    return await SqliteDatabase.open(sqlite_path(url), clock, on_wake)


def create_backup(url: str, target: Path, progress: Progress) -> Backup:
    """Back up a file."""
    return backups.create_backup(sqlite_path(url), target, progress=progress)


def restore(backup: Path, url: str, folder: Path, now: int, progress: Progress) -> Restored:
    """Replace a file by a backup."""
    return file_restore.restore(backup, sqlite_path(url), now, folder=folder, progress=progress)


def write_alone(url: str, now: int, function: Callable[[Transaction], T]) -> T:
    """Run a function in a transaction of an unused file."""
    return exclusive.write_alone(sqlite_path(url), now, function)


def place_of(url: str) -> str:
    """Return the path of a file."""
    return str(sqlite_path(url).resolve())


def move_source(url: str) -> SqliteSource:
    """Return a file that rows are moved from."""
    return SqliteSource(sqlite_path(url))


def move_target(url: str, now: Callable[[], int]) -> SqliteTarget:
    """Return a file that rows are moved to."""
    return SqliteTarget(sqlite_path(url), now)


@contextlib.asynccontextmanager
async def open_instance_lock(url: str, _on_signal: Callable[[str | None], None]) -> AsyncGenerator[FileInstanceLock]:
    """Open the locks beside a file."""
    with FileInstanceLock(sqlite_path(url)) as lock:
        yield lock
