"""Copies of the database that can be trusted: taken while the bot runs, and verified before they count.

A copy is written under a temporary name beside its target, checked (SQLite's own integrity_check, and our audit), and
only then given its name; so whatever bears a backup's name is whole, whenever the process was killed. It is one plain
file, with no -wal beside it. Times are UTC epoch milliseconds. See data/restore.py for the way back.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.errors import StorageError
from data import reconciliation
from data.database import Transaction

Progress = Callable[[int, int, int], object]
"""Called between the steps of a copy: SQLite's status, pages that remain, pages in all."""

_BUSY_SECONDS: Final = 5.0
"""How long another process may have the file locked before we give up."""

_PAGES_A_STEP: Final = 1000
"""4 MB at a time. The snapshot is pinned, so steps cost no restart; between them `progress` is called."""

_NAME: Final = re.compile(r"movies-(\d{8}-\d{6})\.db(\.[0-9a-f]{8}\.part(-journal|-wal|-shm)?)?")
"""Our own names: a backup's, and what a killed one may have left unfinished."""

_STAMP: Final = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy: where it is, its size in bytes, how many jobs it holds, and the moment it shows."""

    path: Path
    bytes: int
    jobs: int
    taken_at: int


def create_backup(source: Path, target: Path, *, overwrite: bool = False, progress: Progress | None = None) -> Backup:
    """Copy the database `source`, which may be in use, to `target`. Blocks: call it in a thread.

    The copy shows one moment; those who write meanwhile are not kept waiting. A file that stands at `target` is
    replaced only with `overwrite`. The copy can be read by its owner alone (mode 0600).

    Raises:
        StorageError: The source cannot be read or is not sound, the target exists or cannot be written, the disk is
            full. Nothing of the copy is left.
    """
    if not source.is_file():
        raise StorageError(f"there is no database at {source}")
    if target.exists() and not overwrite:
        raise StorageError(f"{target} exists: it was left alone, and no backup was made")
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        taken_at = time.time_ns() // 1_000_000
        _copy(source, part, progress)
        jobs = verify(part, str(source))
        fsync_path(part)
        atomic_install(part, target, overwrite=overwrite)
        size = target.stat().st_size
    except (OSError, sqlite3.Error) as exc:
        raise StorageError(f"{source} could not be backed up to {target}: {error_text(exc)}") from exc
    finally:
        remove_with_sidecars(part)
    return Backup(target, size, jobs, taken_at)


def new_backup_path(folder: Path, now: int) -> Path:
    """The name of a backup made now. It is free: where one of this second stands, the next second's is taken."""
    return _free(now, lambda moment: folder / f"movies-{moment}.db")


def sibling_path(database: Path, why: str, now: int) -> Path:
    """A free name beside a database for a copy of it, such as movies.db.before-restore-20261110-120000."""
    return _free(now, lambda moment: database.with_name(f"{database.name}.{why}-{moment}"))


def next_backup_at(folder: Path, every_hours: float, now: int) -> int:
    """When the next automatic backup is due: now, where there is none yet.

    The newest file's name decides. Files from the future (a clock was set back) count only where there are no others,
    as made now.
    """
    moments = [_moment(path) for path in _ours(folder, unfinished=False)]
    if not moments:
        return now
    newest = max((moment for moment in moments if moment <= now), default=now)
    return newest + int(every_hours * 3_600_000)


def prune(folder: Path, keep: int, *, newest: Path | None = None) -> tuple[Path, ...]:
    """Remove all but the newest `keep` backups that bear our own names, and return what was removed.

    What a killed backup left unfinished goes too, once a newer one is whole. Nothing else is ever touched. `newest` was
    just made: backups of a later moment are from before the clock was set back, and count as the oldest.

    Raises:
        StorageError: A file could not be removed.
    """
    whole = sorted(_ours(folder, unfinished=False))
    if newest is not None:
        whole.sort(key=lambda path: _moment(path) <= _moment(newest))  # keeps the order within both halves
    old = whole[:-keep] if keep > 0 else whole
    if whole:
        old += [path for path in _ours(folder, unfinished=True) if _moment(path) < _moment(whole[-1])]
    try:
        for path in old:
            path.unlink(missing_ok=True)
    except OSError as exc:
        raise StorageError(f"old backups in {folder} could not be removed: {error_text(exc)}") from exc
    return tuple(old)


def verify(path: Path, called: str) -> int:
    """Make sure that a file which nobody else has open is sound, and return how many jobs it holds.

    `called` is what the operator knows the file as.

    Raises:
        StorageError: It is damaged, is no database of ours, or its books don't balance.
        sqlite3.Error: It cannot be read at all.
    """
    with contextlib.closing(connect(path)) as connection:
        finding = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        if finding != "ok":
            raise StorageError(f"{called} is damaged: {' '.join(finding.split())}")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "schema_migrations" not in tables:
            raise StorageError(f"{called} is no database of this bot")
        if not tables >= {"jobs", "balances", "ledger_entries"}:
            return 0
        found = reconciliation.find_discrepancies(Transaction(connection))
        if found:
            first, *others = found
            more = f" (and {len(others)} more)" if others else ""
            raise StorageError(f"the books in {called} don't balance: {first}{more}")
        jobs: int = connection.execute("SELECT COUNT(*) FROM jobs").fetchone()[0]
        return jobs


def connect(path: Path, *, mode: str = "rw", busy_seconds: float = _BUSY_SECONDS) -> sqlite3.Connection:
    """Open a file that exists, in autocommit mode."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


def atomic_install(part: Path, target: Path, *, overwrite: bool) -> None:
    """Give a finished file its name, at once and for good.

    Raises:
        FileExistsError: Something stands there, and is not to be overwritten.
        OSError: It can't be done.
    """
    if overwrite:
        part.replace(target)
    else:
        try:
            os.link(part, target)  # unlike a rename, it never takes the place of a file
        except FileExistsError:
            raise
        except OSError as exc:  # a file system without hard links
            if target.exists():
                raise FileExistsError(str(target)) from exc
            part.rename(target)
    fsync_path(target.parent)


def fsync_path(path: Path) -> None:
    """Have a file, or a folder's entries, on the disk before going on. Windows has no word for a folder's."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_with_sidecars(path: Path) -> None:
    """Remove a temporary file and whatever SQLite put beside it."""
    for each in (path, *sidecar_files(path)):
        with contextlib.suppress(OSError):  # what stays is unfinished by its name, and a later backup prunes it
            each.unlink(missing_ok=True)


def sidecar_files(path: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside a database."""
    return tuple(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal"))


def error_text(exc: Exception) -> str:
    """Why it could not be done, in a few words."""
    if isinstance(exc, FileExistsError | NotADirectoryError):
        return "a file stands in the way"
    return exc.strerror or str(exc) if isinstance(exc, OSError) else str(exc)


def _copy(source: Path, part: Path, progress: Progress | None) -> None:
    """Copy one snapshot of `source`, page by page, into a plain file."""
    with (
        contextlib.closing(connect(source, mode="ro")) as reading,
        contextlib.closing(connect(part)) as writing,
    ):
        writing.execute("PRAGMA synchronous = OFF")  # the whole file is synced once, before it gets its name
        reading.execute("BEGIN")
        reading.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # pins it: a busy writer can't restart us
        reading.backup(writing, pages=_PAGES_A_STEP, progress=progress)
        reading.execute("ROLLBACK")
        writing.execute("PRAGMA journal_mode = DELETE")  # the copy says WAL, as its source does


def _free(now: int, named: Callable[[str], Path]) -> Path:
    seconds = now // 1000
    while True:
        path = named(datetime.fromtimestamp(seconds, UTC).strftime(_STAMP))
        if not path.exists():
            return path
        seconds += 1


def _ours(folder: Path, *, unfinished: bool) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        match = _NAME.fullmatch(path.name)
        if match and bool(match[2]) == unfinished and _moment(path) >= 0 and path.is_file():
            yield path


def _moment(path: Path) -> int:
    """The moment in the name of one of our files; -1 where there is no such day or hour."""
    try:
        moment = datetime.strptime(path.name[7:22], _STAMP)  # noqa: DTZ007 (made UTC in the next line)
    except ValueError:
        return -1
    return int(moment.replace(tzinfo=UTC).timestamp() * 1000)
