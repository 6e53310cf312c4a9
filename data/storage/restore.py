"""Restores a backup so that nothing is ordered or sent twice.

A backup shows the past: its queued jobs may have been submitted since, and its pending notifications sent. So the copy
is verified, migrated, and its open jobs are put on hold (data/restore_review.py), before it replaces the database.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.errors import SchemaTooNew, SchemaTooOld, SchemaUnknown, StorageError, one_line
from data import restore_review
from data.database import Transaction
from data.engine import sqlite
from data.engine.rows import Progress, Step, no_progress
from data.erasure import ErasureRecord
from data.restore_review import HeldForReview, Outliving
from data.storage import backups, checksum, disk, erasure_copies, exclusive, sqlite_file
from data.storage.sqlite_migrations import migrate, pending_migrations


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored database; `replaced` is where the previous one is kept."""

    place: str
    replaced: Path | None
    migrated: tuple[str, ...]
    held: HeldForReview


def restore(database: Path, backup: Path, folder: Path, now: int, *, progress: Progress = no_progress) -> Restored:
    """Replace `database` by `backup`, with its open jobs on hold.

    Blocks the calling thread. `now` is UTC epoch milliseconds. The backup is only read. Erasures that are listed beside
    it, or in `folder`, are repeated.

    Raises:
        StorageError: the backup is damaged, a process has the database open, or the disk is full. The database is
            unchanged.
        SchemaTooNew: the backup was made by a newer version.
        SchemaTooOld: it, or the database, is from before the schema of this version.
    """
    database = database.resolve()  # SQLite keeps the files beside a database where a link leads to
    if database.exists() and not database.is_file():
        raise StorageError(f"{database} isn't a file. Check DATABASE_URL.")
    if database.exists() and backup.exists() and backup.samefile(database):
        raise StorageError(f"{backup} is the database itself. Give the path of a backup.")
    try:
        with disk.unfinished(database) as prepared:
            listed = erasure_copies.read_list(folder, backup.resolve().parent)
            migrated, held = prepare(backup, prepared, lambda: _read_outliving(database, listed), now, progress)
            replaced = exclusive.replace(database, prepared, "before-restore", now, progress)
    except (OSError, sqlite3.Error) as exc:
        raise StorageError(f"Can't restore {backup} to {database}: {disk.error_text(exc)}") from exc
    return Restored(str(database), replaced, migrated, held)


def prepare(
    backup: Path, prepared: Path, outliving: Callable[[], Outliving], now: int, progress: Progress
) -> tuple[tuple[str, ...], HeldForReview]:
    """Make a copy of a backup, with open jobs on hold. It is verified, and not synced.

    It has this version's schema. `outliving` reads what outlives the restore. Return the migrations, and what is on
    hold.

    Raises:
        StorageError: the backup is damaged, or the disk is full.
        SchemaTooNew: it was made by a newer version.
        SchemaTooOld: it is from before the schema of this version.
    """
    if not backup.is_file():
        raise StorageError(f"No backup at {backup}.")
    backups.copy_file(backup, prepared, progress, must_match=checksum.is_last_write(backup))
    backups.forget_keys(prepared)
    progress(Step.MIGRATE, 0, 0)
    # where it changes nothing, it would sync the whole file
    migrated = migrate(prepared, backup=False) if pending_migrations(prepared) else ()
    progress(Step.HOLD_JOBS, 0, 0)
    kept = outliving()

    def hold(tx: Transaction) -> HeldForReview:
        erasure_copies.apply(tx, kept.erasures)
        held = restore_review.hold_open_work(tx)
        restore_review.write_outliving(tx, kept)
        return held

    held = sqlite_file.change(prepared, hold, now, vacuum=bool(kept.erasures))
    backups.reconcile(prepared, f"{backup}, put on hold,", progress)
    return migrated, held


def _read_outliving(database: Path, listed: Sequence[ErasureRecord]) -> Outliving:
    """Read what outlives the restore. A database of an older version is copied, and the copy migrated.

    Its sums are not checked: wrong ones are a reason for a restore. Of a database that is damaged, or another
    program's, nothing outlives, and the backup's decisions hold.

    Raises:
        StorageError: It can't be read now, such as one in use or on a full disk, or can't be migrated.
    """
    if not database.exists():
        return Outliving(listed)
    try:
        with disk.unfinished(database) as copy:
            is_older = False
            with contextlib.suppress(SchemaTooNew):  # restored to the version before an upgrade
                is_older = bool(pending_migrations(database))
            if is_older:
                disk.create_file(copy)
                backups.copy_pages(database, copy, no_progress)
                migrate(copy, backup=False)
            with sqlite.reading(copy if is_older else database) as tx:
                return restore_review.read_outliving(tx, listed)
    except SchemaTooOld:  # it can be read: by the version that upgrades it
        raise
    except (sqlite3.Error, StorageError) as exc:
        failed = exc.__cause__ or exc
        if isinstance(exc, SchemaUnknown) or getattr(failed, "sqlite_errorcode", 0) & 0xFF in exclusive.UNUSABLE:
            return Outliving(listed)
        raise StorageError(
            f"Can't read what was decided in {database}: {one_line(failed)}. Try again, or move it away to restore the"
            " backup without that."
        ) from exc
