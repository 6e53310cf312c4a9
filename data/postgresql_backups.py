"""Backs up a PostgreSQL database into a SQLite file, and restores one.

A backup shows one snapshot, taken while the bot runs, and is verified like a file's own (data/backups.py). So each
engine restores what the other one backed up. A restore is one transaction, made while no bot runs.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path

import psycopg

from bot.errors import StorageError
from data import backups, erasure_copies, holding, reconciliation, table_copy
from data.backups import Backup
from data.database import Transaction
from data.postgresql import connect, place_of, storage_error
from data.postgresql_exclusive import analyze_tables, empty_tables, excluding_bots, lock_tables
from data.postgresql_migrations import migrate, pending_migrations, reject_pending
from data.postgresql_transaction import Connection, PostgresTransaction
from data.progress import Progress, no_progress
from data.restore import Restored, prepare
from data.sqlite import SqliteTransaction
from data.sqlite_file import begin_file, end_file


def create_backup(url: str, target: Path, *, overwrite: bool = False, progress: Progress = no_progress) -> Backup:
    """Back up the database to the file `target`. Blocks the calling thread.

    An existing `target` is replaced only with `overwrite`. Only the owner can read the copy (mode 0600).

    Raises:
        StorageError: The database can't be read, is an older version's, or has wrong sums; or the file can't be
            written. Nothing is left of the copy.
    """
    reject_pending(pending_migrations(url))
    if target.exists() and not overwrite:
        raise StorageError(f"{target} already exists. No backup was made.")
    part = backups.part_path(target)
    taken_at = time.time_ns() // 1_000_000
    try:
        with contextlib.closing(connect(url)) as connection:
            connection.execute("SET idle_in_transaction_session_timeout = 0")  # a slow disk is no lost machine
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            _write_file(PostgresTransaction(connection), part, progress)
        jobs = backups.verify(part, place_of(url), progress)
        backups.fsync_path(part)
        backups.atomic_install(part, target, overwrite=overwrite)
        size = target.stat().st_size
    except psycopg.Error as exc:
        raise storage_error(exc) from None
    except (OSError, sqlite3.Error) as exc:
        raise StorageError(f"Can't back up {place_of(url)} to {target}: {backups.error_text(exc)}") from exc
    finally:
        backups.remove_with_sidecars(part)
    return Backup(target, size, jobs, taken_at)


def restore(backup: Path, url: str, folder: Path, now: int, *, progress: Progress = no_progress) -> Restored:
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
    prepared = backups.part_path(backups.new_backup_path(folder, now))
    try:
        with excluding_bots(url) as connection:
            migrate(url)
            connection.execute("BEGIN")
            lock_tables(connection, "ACCESS EXCLUSIVE")
            tx = PostgresTransaction(connection, now=now)
            listed = erasure_copies.read_list(folder, backup.resolve().parent)
            migrated, held = prepare(backup, prepared, lambda: holding.read_outliving(tx, listed), now, progress)
            kept = _keep(tx, folder, progress) if table_copy.filled_table(tx) is not None else None
            try:
                _replace_rows(connection, prepared, place_of(url), progress)
            except BaseException:  # whatever ends it, also Ctrl-C
                if kept is not None:
                    kept.unlink()  # nothing was replaced
                raise
            _commit(connection)
    except (OSError, sqlite3.Error) as exc:
        raise StorageError(f"Can't restore {backup} to {place_of(url)}: {backups.error_text(exc)}") from exc
    finally:
        backups.remove_with_sidecars(prepared)
    return Restored(place_of(url), kept, migrated, held)


def _write_file(tx: Transaction, part: Path, progress: Progress) -> None:
    """Copy all rows into a new file, which is not synced yet."""
    connection = begin_file(part)
    try:
        table_copy.copy_tables(tx, SqliteTransaction(connection), progress)
        backups.forget_keys(connection)
        end_file(connection)
    finally:
        connection.close()


def _keep(tx: Transaction, folder: Path, progress: Progress) -> Path:
    """Copy the rows that are replaced, right or wrong."""
    kept = backups.sibling_path(folder / backups.POSTGRESQL, "before-restore", tx.now)
    part = backups.part_path(kept)
    try:
        _write_file(tx, part, progress)
        backups.fsync_path(part)
        backups.atomic_install(part, kept, overwrite=False)
    finally:
        backups.remove_with_sidecars(part)
    return kept


def _replace_rows(connection: Connection, prepared: Path, place: str, progress: Progress) -> None:
    """Replace all rows by those of a file, and audit them."""
    empty_tables(connection)
    tx = PostgresTransaction(connection)
    with contextlib.closing(backups.connect(prepared, mode="ro")) as source:
        source.execute("BEGIN")
        table_copy.copy_tables(SqliteTransaction(source), tx, progress)
    analyze_tables(connection)
    reconciliation.reject_discrepancies(tx, place, progress)


def _commit(connection: Connection) -> None:
    try:
        connection.execute("COMMIT")
    except psycopg.OperationalError as exc:
        if not connection.broken:
            raise
        raise StorageError(
            "The connection was lost at the end, so it's unclear whether the backup was restored. Restore it again."
        ) from exc
