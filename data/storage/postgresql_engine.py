"""A PostgreSQL database by its URL, for data/storage/engines.py, which imports this module only when needed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from bot.core.clock import SYSTEM_CLOCK, Clock
from data.database import OnWake, ignore_wake
from data.engine import postgresql_connection
from data.engine.postgresql import PostgresDatabase
from data.engine.postgresql_connection import PostgresSession
from data.engine.rows import Progress, no_progress
from data.storage import postgresql_backups, postgresql_exclusive, postgresql_migrations
from data.storage.backups import Backup
from data.storage.postgresql_exclusive import ExclusiveServer
from data.storage.restore import Restored


class PostgresEngine:
    """A PostgreSQL database."""

    file: Path | None = None

    def __init__(self, url: str) -> None:
        self._url = url
        self.place = postgresql_connection.place_of(url)

    def migrate(self) -> tuple[str, ...]:
        """Apply missing migrations, and return their names."""
        return postgresql_migrations.migrate(self._url)

    def pending_migrations(self) -> tuple[str, ...]:
        """Return the names of missing migrations."""
        return postgresql_migrations.pending_migrations(self._url)

    def has_tables(self, pending: tuple[str, ...]) -> bool:
        """Return whether a database with these pending migrations has any table."""
        return postgresql_migrations.has_tables(pending)

    def describe_server(self, now: Callable[[], int]) -> str | None:
        """Describe the server."""
        report = postgresql_connection.examine(self._url, now)
        clocks = f"clocks {abs(report.clock_difference_ms)} ms apart"
        return f"PostgreSQL {report.version}, {report.latency_ms:.1f} ms away, {clocks}"

    def is_exposed(self) -> bool:
        """Return whether others could read or change what goes to the server."""
        return postgresql_connection.is_exposed(self._url)

    async def open(self, clock: Clock = SYSTEM_CLOCK, on_wake: OnWake = ignore_wake) -> PostgresDatabase:
        """Open a migrated database."""
        return await PostgresDatabase.open(self._url, clock, on_wake)

    def open_instance_lock(self, on_signal: Callable[[str | None], None]) -> PostgresSession:
        """Open the session of a process."""
        return PostgresSession(self._url, on_signal)

    def hold(self) -> AbstractContextManager[ExclusiveServer]:
        """Use the database exclusively."""
        return postgresql_exclusive.hold(self._url)

    def create_backup(self, target: Path, *, progress: Progress = no_progress) -> Backup:
        """Back up a database."""
        return postgresql_backups.create_backup(self._url, target, progress=progress)

    def restore(self, backup: Path, folder: Path, now: int, *, progress: Progress = no_progress) -> Restored:
        """Replace a database's rows by a backup's."""
        return postgresql_backups.restore(backup, self._url, folder, now, progress=progress)
