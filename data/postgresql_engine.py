"""PostgreSQL for data/connect.py, which imports this module only when needed."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

from bot.clock import Clock
from data import postgresql_backups, postgresql_check
from data.backups import Backup
from data.database import OnWake
from data.postgresql import PostgresDatabase, is_exposed, place_of
from data.postgresql_exclusive import write_alone
from data.postgresql_migrations import has_tables, migrate, pending_migrations
from data.postgresql_move import PostgresSource, PostgresTarget
from data.postgresql_session import PostgresSession
from data.progress import Progress
from data.restore import Restored

__all__ = ["has_tables", "is_exposed", "migrate", "pending_migrations", "place_of", "write_alone"]


def describe_server(url: str, now: Callable[[], int]) -> str | None:
    """Describe the server."""
    report = postgresql_check.examine(url, now)
    clocks = f"clocks {abs(report.clock_difference_ms)} ms apart"
    return f"PostgreSQL {report.version}, {report.latency_ms:.1f} ms away, {clocks}"


async def open_database(url: str, clock: Clock, on_wake: OnWake) -> PostgresDatabase:
    """Open a migrated database."""
    return await PostgresDatabase.open(url, clock, on_wake)


def create_backup(url: str, target: Path, progress: Progress) -> Backup:
    """Back up a database."""
    return postgresql_backups.create_backup(url, target, progress=progress)


def restore(backup: Path, url: str, folder: Path, now: int, progress: Progress) -> Restored:
    """Replace a database's rows by a backup's."""
    return postgresql_backups.restore(backup, url, folder, now, progress=progress)


def move_source(url: str) -> PostgresSource:
    """Return a database that rows are moved from."""
    return PostgresSource(url)


def move_target(url: str, now: Callable[[], int]) -> PostgresTarget:
    """Return a database that rows are moved to."""
    return PostgresTarget(url, now)


@contextlib.asynccontextmanager
async def open_instance_lock(url: str, on_signal: Callable[[str | None], None]) -> AsyncGenerator[PostgresSession]:
    """Open the session of a process."""
    async with PostgresSession(url, on_signal) as session:
        yield session
