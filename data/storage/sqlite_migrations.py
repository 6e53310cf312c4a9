"""Migrates a database file to this version's schema.

The first is data/schema.sql, which makes a new file; the others are in data/migrations. Each runs in one transaction
with its own record, so a crash leaves it done or not at all. The write lock is taken before reading what is missing, so
two processes that start together apply each migration once. A file that a newer version has migrated is rejected.

Before the first change to a file with data, a verified copy is put beside it while the write lock is held; other
processes wait.
"""

from __future__ import annotations

import glob
import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import structlog

from bot.core.errors import SchemaUnknown, StorageError
from data.database import Transaction
from data.engine.migration_files import Migration, apply_next, load_migrations, missing
from data.engine.sqlite import SqliteTransaction, reading
from data.storage import backups, disk
from data.storage.file_modes import restrict_to_owner

_log = structlog.stdlib.get_logger(__name__)

_BUSY_SECONDS = 30.0
"""How long to wait for another process's lock: it may be copying a large file."""

_UNKNOWN = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table')
    AND NOT EXISTS (SELECT 1 FROM pragma_table_info('schema_migrations') WHERE name = 'number')
"""
"""One statement, because another process may commit the first migration at any time."""


def migrate(
    path: Path,
    migrations: tuple[Migration, ...] | None = None,
    *,
    backup: bool = True,
    busy_seconds: float = _BUSY_SECONDS,
) -> tuple[str, ...]:
    """Create the file if needed, apply missing migrations and return their names.

    Only the owner can read the file afterwards. With `backup`, a file with data is first copied to
    movies.db.before-<number>-<time>.

    Raises:
        StorageError: the folder or file can't be written, is no database, or could not be backed up.
        SchemaTooNew: a newer version has migrated it.
        SchemaTooOld: it is from before the schema of this version.
        SchemaUnknown: it is another program's.
    """
    wanted = load_migrations("sqlite") if migrations is None else migrations
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
    except (OSError, sqlite3.Error) as exc:
        reason = disk.error_text(exc, "a file is in the way of its folder")
        raise StorageError(f"DATABASE_URL: can't create {path}: {reason}") from exc
    try:
        _reject_unknown(SqliteTransaction(connection), path)
        connection.execute("PRAGMA synchronous = FULL")
        _use_wal(connection, busy_seconds)
        restrict_to_owner(path)
        place = path.resolve()  # a copy lies beside the file, not beside a link to it
        applied: list[str] = []
        while (name := _apply_next(connection, wanted, place if backup and not applied else None)) is not None:
            applied.append(name)
        return tuple(applied)
    except sqlite3.Error as exc:
        raise StorageError(f"DATABASE_URL: can't use {path}: {exc}") from exc
    finally:
        connection.close()


def pending_migrations(path: Path) -> tuple[str, ...]:
    """Return the names of missing migrations; reads only.

    Raises:
        StorageError: it can't be read.
        SchemaTooNew: a newer version has migrated it.
        SchemaTooOld: it is from before the schema of this version.
        SchemaUnknown: it is another program's.
    """
    try:
        with reading(path) as tx:
            _reject_unknown(tx, path)
            pending = missing(tx, load_migrations("sqlite"))
    except sqlite3.Error as exc:
        raise StorageError(f"DATABASE_URL: can't read {path}: {exc}") from exc
    return tuple(migration.name for migration in pending)


def _use_wal(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Switch to write-ahead logging, with retries.

    SQLite does not wait for the lock here.
    """
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _apply_next(
    connection: sqlite3.Connection, wanted: tuple[Migration, ...], backup_source: Path | None
) -> str | None:
    """Apply the first missing migration, and return its name.

    None if none is missing. `backup_source` is the file to back up first, if any.
    """

    def run(migration: Migration) -> None:
        if backup_source is not None and _holds_anything(connection):
            _back_up(backup_source, migration)
        for statement in _statements(migration.script):
            connection.execute(statement)

    connection.execute("BEGIN IMMEDIATE")
    try:
        applied = apply_next(SqliteTransaction(connection), wanted, "TEXT", run)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return applied


def _reject_unknown(tx: Transaction, path: Path) -> None:
    """Reject a file that has tables, but no record of this bot's migrations.

    Raises:
        SchemaUnknown: It is such a file.
    """
    if tx.fetch_one(_UNKNOWN) is not None:
        raise SchemaUnknown(str(path))


def _holds_anything(connection: sqlite3.Connection) -> bool:
    """Return whether any table has a row, except those that migrations fill."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT IN ('schema_migrations', 'breakers')"
    ).fetchall()
    return any(connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() for (name,) in tables)


def _back_up(path: Path, migration: Migration) -> None:
    """Back up the file before a migration.

    Unfinished copies of killed starts are removed first; the write lock excludes running ones.
    """
    why = f"before-{migration.number:04}"
    for unfinished in path.parent.glob(f"{glob.escape(path.name)}.{why}-*.part"):
        disk.remove_with_sidecars(unfinished)
    copy = backups.sibling_path(path, why, time.time_ns() // 1_000_000)
    _log.info("database_upgrading", migration=migration.name, copy=copy.name)  # a large one takes a minute
    try:
        backups.create_backup(path, copy)
    except StorageError as exc:
        raise StorageError(f"DATABASE_URL: {path} was not upgraded, because the backup failed: {exc}") from exc


def _statements(script: str) -> Iterator[str]:
    """Split a script into statements, because `executescript` commits the open transaction."""
    statement = ""
    for piece in re.split(r"(?<=;)", script):
        statement += piece
        if sqlite3.complete_statement(statement):  # handles quotes, comments, and semicolons in triggers
            yield statement
            statement = ""
    yield statement
