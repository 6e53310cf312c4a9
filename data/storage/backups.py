"""Verified backups of the database, taken while the bot runs.

A copy is written under a temporary name beside its target, verified and then renamed, so a file with a backup's name is
always complete. It is one plain file without a -wal. Copied pages are verified by SQLite's integrity_check, and later
by the checksum of what it found sound; the balances by the reconciliation. Times are UTC epoch milliseconds.
data/storage/restore.py restores them.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.core.errors import StorageError
from data import erased_members, reconciliation
from data.engine.migration_files import newest_migration
from data.engine.rows import Progress, Step, no_progress
from data.engine.sqlite import open_file, reading
from data.storage import checksum, disk

_PAGES_A_STEP: Final = 1000
"""4 MB. The snapshot is pinned, so small steps never restart the copy. Progress is reported between them."""

FOLDER: Final = "backups"
"""The folder for backups, beside the database."""

_PART: Final = r"\.[0-9a-f]{8}\.part"
_SIDE_FILE: Final = "(-journal|-wal|-shm)"

_UNFINISHED: Final = rf"(?P<unfinished>{_PART}{_SIDE_FILE}?)?"

_NAME: Final = re.compile(rf"movies-(?P<timestamp>\d{{8}}-\d{{6}})\.db{_UNFINISHED}")
"""Names of backups, and of their unfinished files."""

_COPIES: Final = (r"before-\d{4}", "before-restore", "before-move")
"""Names of the copies that are made beside a database, one for each occasion: an upgrade's has a migration's number."""

_LEFT: Final = rf"(\.moving(-[0-9a-f]{{8}})?|(\.before-(restore|move)-\d{{8}}-\d{{6}})?{_PART})({_PART})?{_SIDE_FILE}?"
"""Names of what a move or a restore works on beside a database, which one that was killed leaves.

An upgrade's copy is not among them: another process may be making it.
"""

POSTGRESQL: Final = "postgresql"
"""The name that the copies of a PostgreSQL database begin with, in the folder for backups."""

_STAMP: Final = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified backup; `taken_at` is the time that it shows."""

    path: Path
    bytes: int
    jobs: int
    taken_at: int


def create_backup(source: Path, target: Path, *, progress: Progress = no_progress) -> Backup:
    """Back up the database `source`, which may be in use, to the new file `target`.

    Blocks: call it in a thread. The copy shows one point in time, and writers are not blocked. Only the owner can read
    the copy (mode 0600). Nobody can tell from it who erased their data.

    Raises:
        StorageError: the source can't be read or is damaged, the target exists or can't be written, the disk is full.
            Nothing is left of the copy.
    """
    if not source.is_file():
        raise StorageError(f"No database at {source}.")
    return write_backup(str(source), target, lambda part: copy_file(source, part, progress), progress)


def write_backup(called: str, target: Path, write: Callable[[Path], None], progress: Progress) -> Backup:
    """Reconcile the sound file that `write` writes, and make it the backup `target`.

    `called` is the name of its database.

    Raises:
        StorageError: as `create_backup`.
    """
    if target.exists():
        raise StorageError(f"{target} already exists. No backup was made.")
    try:
        with disk.unfinished(target) as part:
            taken_at = time.time_ns() // 1_000_000
            write(part)
            forget_keys(part)
            jobs = reconcile(part, called, progress)
            checksum.write(part)
            disk.atomic_install(part, target, overwrite=False)
            return Backup(target, target.stat().st_size, jobs, taken_at)
    except (OSError, sqlite3.Error) as exc:
        raise StorageError(f"Can't back up {called} to {target}: {disk.error_text(exc)}") from exc


def new_backup_path(folder: Path, now: int) -> Path:
    """Return an unused name for a backup.

    Its time is this second or a later one.
    """
    return _free_path(folder / "movies-", now, ".db")


def sibling_path(database: Path, why: str, now: int) -> Path:
    """Return a free name beside a database, such as movies.db.before-restore-20261110-120000."""
    return _free_path(database.with_name(f"{database.name}.{why}-"), now)


def is_backup_name(name: str) -> bool:
    """Return whether a file is a backup, or an unfinished one."""
    return _NAME.fullmatch(name) is not None


def next_backup_at(folder: Path, every_hours: float, now: int) -> int:
    """Return when the next scheduled backup is due.

    It is due now if there is none.
    """
    newest = newest_backup_at(folder, now)
    return now if newest is None else newest + int(every_hours * 3_600_000)


def newest_backup_at(folder: Path, now: int) -> int | None:
    """Return when the newest backup was made, None without any.

    Its name says when. Files from the future (a clock that was set back) count only if there are no others, as made
    now.
    """
    timestamps = [each.timestamp for each in _dated_files(folder, _NAME) if not each.unfinished]
    past = (timestamp for timestamp in timestamps if timestamp <= now)
    return max(past, default=now) if timestamps else None


def prune(folder: Path, keep: int, newest: Path) -> tuple[Path, ...]:
    """Remove all but the newest `keep` backups and return what was removed.

    `newest` was just made: later ones are from before the clock was set back, and count as the oldest.

    Raises:
        StorageError: a file could not be removed.
    """
    made = _NAME.fullmatch(newest.name)
    assert made is not None, newest
    return _prune(folder, _NAME, keep, _parse_timestamp(made["timestamp"]))


def prune_copies(database: Path, keep: int, now: int, *, before: int = 0) -> tuple[Path, ...]:
    """Remove old copies beside a database and return what was removed.

    The newest `keep` copies before upgrades stay, and as many before restores and moves, but for those from before the
    time `before`. Those of the future count as the oldest, as the clock was set back. What a killed move or restore
    left goes at once: where a bot runs, none is under way.

    Raises:
        StorageError: a file could not be removed.
    """
    place = database.resolve()
    removed = [*remove_unfinished(place)]
    for name in _copy_names(place):
        removed += _prune(place.parent, name, keep, now, before)
    return tuple(removed)


def _copy_names(database: Path) -> list[re.Pattern[str]]:
    """Return the names of the copies beside a database, and of their unfinished files, for each occasion."""
    stamped = rf"-(?P<timestamp>\d{{8}}-\d{{6}}){_UNFINISHED}"
    return [re.compile(rf"{re.escape(database.name)}\.{why}{stamped}") for why in _COPIES]


def remove_unfinished(database: Path) -> tuple[Path, ...]:
    """Remove what killed moves and restores left beside a database, and return what was removed.

    Raises:
        StorageError: a file could not be removed.
    """
    folder, name = database.parent, re.compile(rf"{re.escape(database.name)}{_LEFT}")
    left = [path for path in folder.iterdir() if name.fullmatch(path.name)] if folder.is_dir() else []
    _remove(folder, left)
    return tuple(left)


def _prune(folder: Path, name: re.Pattern[str], keep: int, now: int, before: int = 0) -> tuple[Path, ...]:
    """Remove all but the newest `keep` files, at least one, and those from before a time.

    Only files of this name are removed. Unfinished files are removed once a newer one is complete.
    """
    found = sorted(_dated_files(folder, name), key=lambda each: (each.timestamp <= now, each.timestamp, each.path))
    whole = [each for each in found if not each.unfinished]
    excess, kept = whole[: -max(1, keep)], whole[-max(1, keep) :]
    old = [*excess, *(each for each in kept if each.timestamp < before)]
    complete_until = max(before, whole[-1].timestamp if whole else 0)
    old += [each for each in found if each.unfinished and each.timestamp < complete_until]
    for each in old:
        _remove(folder, (each.path, *disk.sidecar_files(each.path)))  # a database that could not be used has such files
    return tuple(each.path for each in old)


def _remove(folder: Path, files: Iterable[Path]) -> None:
    try:
        for file in files:
            file.unlink(missing_ok=True)
    except OSError as exc:
        raise StorageError(f"Can't remove old backups in {folder}: {disk.error_text(exc)}") from exc


def copy_file(source: Path, copy: Path, progress: Progress, *, must_match: bool = False) -> None:
    """Copy a database, which may be in use, to a new file, and check its pages. It is not synced.

    `must_match`: it has a checksum, and nothing has written to it since.

    Raises:
        StorageError: the database is damaged, or not this bot's.
        OSError: the copy exists, or can't be made.
        sqlite3.Error: the database can't be read, or the copy can't be written.
    """
    disk.create_file(copy)
    try:
        copy_pages(source, copy, progress)
        progress(Step.CHECK_FILE, 0, 0)
        if checksum.matches(copy):
            return
        if must_match:
            raise StorageError(f"{source} is damaged: its checksum is wrong.")
        check_file(copy, str(source))
    except sqlite3.DatabaseError as exc:
        match exc.sqlite_errorcode & 0xFF:
            case sqlite3.SQLITE_NOTADB:
                raise StorageError(f"{source} isn't a Matinee database.") from exc
            case sqlite3.SQLITE_CORRUPT:
                raise StorageError(f"{source} is damaged: {exc}") from exc
            case _:
                raise


def check_file(path: Path, called: str) -> None:
    """Check that a file is sound.

    No other process may have it open. `called` is its name in error messages.

    Raises:
        StorageError: it is damaged, or not this bot's.
        sqlite3.Error: it can't be read.
    """
    with contextlib.closing(open_file(path)) as connection:
        finding = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        if finding != "ok":
            raise StorageError(f"{called} is damaged: {' '.join(finding.split())}")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables >= {"schema_migrations", "jobs"}:
            raise StorageError(f"{called} isn't a Matinee database.")


def reconcile(path: Path, called: str, progress: Progress = no_progress) -> int:
    """Compare a sound file's balances with its ledger, and return its number of jobs.

    `called` is its name in error messages. A file of an earlier version is reconciled after its migration, by a restore
    or at the start of the bot.

    Raises:
        StorageError: it has discrepancies.
        sqlite3.Error: it can't be read.
    """
    with reading(path) as tx:
        version: int = tx.fetch_value("SELECT COALESCE(MAX(number), 0) FROM schema_migrations")
        if version >= newest_migration():
            reconciliation.reject_discrepancies(tx, called, progress)
        return tx.fetch_value("SELECT COUNT(*) FROM jobs")


def forget_keys(copy: Path) -> None:
    """Delete the months' keys of data/erased_members.py from a copy.

    They go with the month, and a copy stays longer. The key without an end stays: a block holds after a restore, too.
    """
    with contextlib.closing(open_file(copy)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # as in `copy_pages`
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'erasure_keys'").fetchone():
            connection.execute(f"DELETE FROM erasure_keys WHERE {erased_members.OF_MONTHS}")


def copies(folder: Path, database: Path) -> tuple[Path, ...]:
    """Return the backups in a folder, and the copies beside a database.

    On PostgreSQL, that is the name that its copies begin with.
    """
    place = database.resolve()
    named = [(folder, _NAME), *((place.parent, name) for name in _copy_names(place))]
    return tuple(sorted(each.path for at in named for each in _dated_files(*at) if not each.unfinished))


def copy_pages(source: Path, part: Path, progress: Progress) -> None:
    """Copy one snapshot of `source` into a plain file."""
    with (
        contextlib.closing(open_file(source, mode="ro")) as origin,
        contextlib.closing(open_file(part)) as writing,
    ):
        writing.execute("PRAGMA synchronous = OFF")  # the whole file is synced once, before it gets its name
        origin.execute("BEGIN")
        origin.execute(
            "SELECT COUNT(*) FROM sqlite_master"
        ).fetchone()  # pins the snapshot, so that writers don't restart the copy
        overwrite_pages(origin, writing, Step.COPY, progress)
        origin.execute("ROLLBACK")
        writing.execute("PRAGMA journal_mode = DELETE")  # the copy says WAL, as its source does


def overwrite_pages(source: sqlite3.Connection, target: sqlite3.Connection, step: Step, progress: Progress) -> None:
    """Overwrite all pages of a database with those of another one."""

    def report(_status: int, remaining: int, total: int) -> None:
        progress(step, total - remaining, total)

    source.backup(target, pages=_PAGES_A_STEP, progress=report)


def _free_path(start: Path, now: int, end: str = "") -> Path:
    """Return a path whose name begins and ends so, with the first second from now on that is free."""
    moments = (datetime.fromtimestamp(seconds, UTC) for seconds in itertools.count(now // 1000))
    paths = (start.with_name(f"{start.name}{at.strftime(_STAMP)}{end}") for at in moments)
    return next(path for path in paths if not path.exists())


@dataclass(frozen=True, slots=True)
class _DatedFile:
    path: Path
    timestamp: int
    unfinished: bool


def _dated_files(folder: Path, name: re.Pattern[str]) -> Iterator[_DatedFile]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        match = name.fullmatch(path.name)
        timestamp = _parse_timestamp(match["timestamp"]) if match else -1
        if match and timestamp >= 0 and path.is_file():
            yield _DatedFile(path, timestamp, bool(match["unfinished"]))


def _parse_timestamp(text: str) -> int:
    """Return the time in a backup's name, -1 for an invalid one."""
    try:
        timestamp = datetime.strptime(f"{text}+0000", f"{_STAMP}%z")
    except ValueError:
        return -1
    return int(timestamp.timestamp() * 1000)
