"""Backs up a PostgreSQL database into a SQLite file, and restores one.

A backup shows one snapshot, taken while the bot runs, and is verified like a file's own
(data/storage/backups.py). So each engine restores what the other one backed up. A restore is one transaction, made
while no bot runs.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import psycopg

from bot.core.errors import StorageError
from data import restore_review
from data.database import Transaction
from data.engine import table_copy
from data.engine.migration_files import reject_pending
from data.engine.postgresql_connection import connect, place_of, storage_errors
from data.engine.postgresql_transaction import PostgresTransaction
from data.engine.rows import Progress, no_progress
from data.storage import backups, disk, erasure_copies, sqlite_file
from data.storage.backups import Backup
from data.storage.postgresql_exclusive import ExclusiveServer, hold
from data.storage.postgresql_migrations import pending_migrations
from data.storage.restore import Restored, prepare


def create_backup(url: str, target: Path, *, progress: Progress = no_progress) -> Backup:
    """Back up the database to the new file `target`. Blocks the calling thread.

    Only the owner can read the copy (mode 0600).

    Raises:
        StorageError: The database can't be read, is an older version's, or has wrong sums; or the file can't be
            written. Nothing is left of the copy.
    """
    reject_pending(pending_migrations(url))

    def write(part: Path) -> None:
        with contextlib.closing(connect(url)) as connection:
            connection.execute("SET idle_in_transaction_session_timeout = 0")  # a slow disk is no lost machine
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            sqlite_file.write_rows(PostgresTransaction(connection), part, progress)

    with storage_errors():
        return backups.write_backup(place_of(url), target, write, progress)


def restore(url: str, backup: Path, folder: Path, now: int, *, progress: Progress = no_progress) -> Restored:
    """Replace all rows by a backup's, with open jobs on hold.

    Blocks the calling thread. `now` is UTC epoch milliseconds. The backup is only read. A copy of the rows before it is
    kept in `folder`, which also needs room for a copy of the backup.

    Raises:
        StorageError: The backup is damaged, a bot runs, or the disk is full. The database is unchanged, unless the
            connection was lost at the commit.
        SchemaTooNew: The backup was made by a newer version.
    """
    if not backup.is_file():
        raise StorageError(f"No backup at {backup}.")
    try:
        with disk.unfinished(folder / backups.POSTGRESQL) as prepared, hold(url) as database:
            database.migrate()
            return _restore(database, backup, prepared, folder, now, progress)
    except (OSError, sqlite3.Error) as exc:
        raise StorageError(f"Can't restore {backup} to {place_of(url)}: {disk.error_text(exc)}") from exc


def _restore(
    database: ExclusiveServer, backup: Path, prepared: Path, folder: Path, now: int, progress: Progress
) -> Restored:
    listed = erasure_copies.read_list(folder, backup.resolve().parent)
    tx = PostgresTransaction(database.connection, now=now)
    is_filled = False
    try:
        with database.changing():
            migrated, held = prepare(backup, prepared, lambda: restore_review.read_outliving(tx, listed), now, progress)
            kept = _keep(tx, folder, progress) if table_copy.filled_table(tx) is not None else None
            try:
                database.empty()
                database.fill(prepared, progress)
            except BaseException:  # whatever ends it, also Ctrl-C
                if kept is not None:
                    kept.unlink()  # nothing was replaced
                raise
            is_filled = True
    except psycopg.OperationalError as exc:
        if not (is_filled and database.connection.broken):
            raise
        raise StorageError(
            "The connection was lost at the end, so it's unclear whether the backup was restored. Restore it again."
        ) from exc
    return Restored(database.place, kept, migrated, held)


def _keep(tx: Transaction, folder: Path, progress: Progress) -> Path:
    """Copy the rows that are replaced, right or wrong."""
    kept = backups.sibling_path(folder / backups.POSTGRESQL, "before-restore", tx.now)
    with disk.unfinished(kept) as part:
        sqlite_file.write_rows(tx, part, progress)
        backups.forget_keys(part)
        disk.atomic_install(part, kept, overwrite=False)
    return kept
