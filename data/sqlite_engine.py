"""A SQLite file by its URL, for data/connect.py."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractContextManager
from pathlib import Path

from bot.clock import SYSTEM_CLOCK, Clock
from data import backups, exclusive, migrations_runner, restore
from data.backups import Backup
from data.database import OnWake, ignore_wake
from data.database_url import sqlite_path
from data.exclusive import ExclusiveFile
from data.instance_lock import FileInstanceLock
from data.progress import Progress, no_progress
from data.restore import Restored
from data.sqlite import SqliteDatabase


class SqliteEngine:
    """A SQLite file."""

    def __init__(self, url: str) -> None:
        self._path = sqlite_path(url)
        self.file: Path | None = self._path.resolve()
        self.place = str(self.file)

    def migrate(self) -> tuple[str, ...]:
        """Apply missing migrations, and return their names."""
        return migrations_runner.migrate(self._path)

    def pending_migrations(self) -> tuple[str, ...]:
        """Return the names of missing migrations."""
        return migrations_runner.pending_migrations(self._path)

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
