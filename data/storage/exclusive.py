"""Exclusive use of a database: no bot runs on it, and no other process writes to it.

This is a SQLite file's; data/storage/postgresql_exclusive.py is PostgreSQL's.
"""

from __future__ import annotations

import contextlib
import functools
import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final

from bot.core.errors import StorageError
from data.database import T, Transaction
from data.engine import move_record, sqlite, table_copy
from data.engine.instance_lock import FileInstanceLock
from data.engine.rows import Progress, Step
from data.engine.sqlite import SqliteTransaction
from data.storage import backups, disk
from data.storage.sqlite_migrations import migrate, pending_migrations

_BUSY_SECONDS: Final = 1.0
"""How long to wait for a process that only reads, such as the command line."""

_CACHE_KIB: Final = 65_536
"""The rollback journal is synced each time that the cache is full: 60 times for 1,000,000 movies, else 1,600 times."""

_IN_USE: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
"""What SQLite says while another process uses the file."""

UNUSABLE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""What SQLite says of a damaged file."""


class ExclusiveDatabase(ABC):
    """A database on which no bot runs and none can start. There may be none yet."""

    place: str
    """The database, without a password."""

    @abstractmethod
    def migrate(self) -> None:
        """Bring it to this version's schema.

        Raises:
            StorageError: There is no database, or it can't be changed.
        """

    @abstractmethod
    def freeze(self) -> None:
        """Begin a transaction beside which nothing else writes, not even the command line.

        Where it fails, none has begun.

        Raises:
            StorageError: There is no database, PostgreSQL's is not of this version, or it can't be locked.
        """

    @abstractmethod
    def read(self, function: Callable[[Transaction], T]) -> T | None:
        """Run a function that reads; None where there are no tables."""

    @abstractmethod
    def write(self, function: Callable[[Transaction], T], now: int | None = None) -> T:
        """Run a function in the frozen database, and commit it, which ends the transaction that `freeze` began."""

    @abstractmethod
    def back_up(self, file: Path, progress: Progress) -> None:
        """Write all rows of the frozen database to a new file, in this version's schema.

        Raises:
            StorageError: The file can't be written.
        """

    def filled_table(self) -> str | None:
        """Return a table whose rows `replace_by` would lose, or None."""
        return self.read(table_copy.filled_table)

    @abstractmethod
    def replace_by(
        self, file: Path, now: int, /, progress: Progress, before_commit: Callable[[], object]
    ) -> Path | None:
        """Replace what is there by a verified file, in one transaction.

        Return where the file that was there is kept. `before_commit` is called when only the commit is left to do, or,
        where there is a file, its pages are left to replace.
        """


class ExclusiveFile(ExclusiveDatabase):
    """A SQLite file, as `hold` yields it."""

    def __init__(self, path: Path, stack: contextlib.ExitStack) -> None:
        self._path = path.resolve()
        self._is_new = not self._path.exists()  # and so not held
        self.place = str(self._path)
        self._stack = stack

    def migrate(self) -> None:
        """Bring it to this version's schema."""
        self._require_file()
        migrate(self._path)

    def freeze(self) -> None:
        """Begin a transaction beside which nothing else writes."""
        self._require_file()
        with sqlite.storage_errors():
            self._connection.execute("BEGIN IMMEDIATE")

    def read(self, function: Callable[[Transaction], T]) -> T | None:
        """Run a function that reads; None where there are no tables."""
        if not self._path.exists():
            return None
        with sqlite.reading(self._path) as tx:
            found = tx.fetch_one("SELECT 1 FROM sqlite_master WHERE name = 'key_value'")
            return function(tx) if found else None

    def write(self, function: Callable[[Transaction], T], now: int | None = None) -> T:
        """Run a function in the frozen file, and commit it."""
        with sqlite.storage_errors():
            result = function(SqliteTransaction(self._connection, now))
            self._connection.commit()  # nothing is left to commit where `freeze` failed
        return result

    def back_up(self, file: Path, progress: Progress) -> None:
        """Write a sound copy, and migrate it. The file itself keeps its version."""
        backups.copy_file(self._path, file, progress)
        migrate(file, backup=False)

    def filled_table(self) -> str | None:
        """Return a table with rows, unless they were moved away: the file is kept."""
        moved = self.read(move_record.departure)
        return None if moved is not None and moved.complete else super().filled_table()

    def replace_by(
        self, file: Path, now: int, /, progress: Progress, before_commit: Callable[[], object]
    ) -> Path | None:
        """Replace the file, and keep the one before it. Where there was none, none that appeared since is replaced."""
        if self._is_new:
            return _install(self._path, file, "before-move", now, before_commit)
        return replace(self._path, file, "before-move", now, progress, before_commit)

    @functools.cached_property
    def _connection(self) -> sqlite3.Connection:
        connection = self._stack.enter_context(contextlib.closing(sqlite.open_file(self._path)))
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _require_file(self) -> None:
        if not self._path.is_file():
            raise StorageError(f"No database at {self.place}.")


@contextlib.contextmanager
def hold(path: Path) -> Generator[ExclusiveFile]:
    """Use a file exclusively, or a path at which there is none yet.

    Raises:
        StorageError: A process has it open, or it is not the bot's.
    """
    if path.exists() and not path.is_file():
        raise StorageError(f"{path} isn't a file. Give the path of a file.")
    with contextlib.ExitStack() as stack:
        if path.exists():
            pending_migrations(path)  # rejects another program's file
            stack.enter_context(excluding_bots(path))
        yield ExclusiveFile(path, stack)


@contextlib.contextmanager
def excluding_bots(database: Path) -> Generator[None]:
    """Keep bots from starting on an existing file. One that starts waits.

    Raises:
        StorageError: A process has the file open.
    """
    in_use = StorageError(f"{database} is in use. Stop the bot first.")
    with FileInstanceLock(database) as lock:
        if not lock.exclude_others():
            raise in_use
        try:
            _open_exclusive(database).close()  # where locks are not supported, too
        except sqlite3.DatabaseError as exc:
            if exc.sqlite_errorcode & 0xFF in _IN_USE:
                raise in_use from exc
            raise StorageError(f"Can't use the database {database}: {exc}") from exc
        yield


def replace(
    database: Path,
    prepared: Path,
    why: str,
    now: int,
    progress: Progress,
    before_commit: Callable[[], object] = lambda: None,
) -> Path | None:
    """Replace a file by a verified one, and return where the previous one is kept.

    It is replaced by one SQLite transaction under an exclusive lock: a bot that starts meanwhile waits and then reads
    the new one, and a crash rolls back. A running bot is detected because it keeps the file open in WAL mode, which
    SQLite then refuses to leave. A file too damaged to be locked is moved aside instead; a bot running on it can't be
    detected.

    Raises:
        StorageError: A process has the file open.
        OSError: Nothing was replaced, or it is not synced to the disk.
        sqlite3.Error: Nothing was replaced.
    """
    if not database.exists():
        return _install(database, prepared, why, now, before_commit)
    kept = backups.sibling_path(database, why, now)
    with disk.unfinished(kept) as part:
        try:
            with (
                contextlib.closing(_open_exclusive(database)) as connection,
                _discard_unless_replaced(connection, kept),
                contextlib.closing(sqlite.open_file(prepared, mode="ro")) as source,
            ):
                _keep(connection, part, kept, progress)
                before_commit()
                backups.overwrite_pages(source, connection, Step.REPLACE, progress)
        except sqlite3.DatabaseError as exc:
            code = exc.sqlite_errorcode & 0xFF
            if code in _IN_USE:
                raise StorageError(f"{database} is in use. Stop the bot first.") from exc
            if code not in UNUSABLE:
                raise
            before_commit()
            _replace_broken(database, prepared, part, kept)
    return kept


def _install(database: Path, prepared: Path, why: str, now: int, before_commit: Callable[[], object]) -> None:
    """Install a verified file where there is none."""
    # the -wal of a deleted database must not be applied to this one
    disk.move_aside(disk.sidecar_files(database), backups.sibling_path(database, why, now))
    before_commit()
    disk.atomic_install(prepared, database, overwrite=False)


def _open_exclusive(database: Path) -> sqlite3.Connection:
    """Open the database exclusively, with its -wal checkpointed.

    Raises:
        sqlite3.DatabaseError: SQLITE_BUSY where another process has it open; or it is damaged.
    """
    connection = sqlite.open_file(database, busy_seconds=_BUSY_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")  # refused while any other connection is open in WAL mode
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")  # keeps the exclusive lock
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def _discard_unless_replaced(connection: sqlite3.Connection, kept: Path) -> Generator[None]:
    """Remove the copy where an error, or Ctrl-C, comes before the file was replaced."""
    before = _schema_version(connection)
    try:
        yield
    except BaseException:  # whatever ends it: a copy of what is still there is of no use
        if _schema_version(connection) == before:
            kept.unlink(missing_ok=True)
        raise


def _schema_version(connection: sqlite3.Connection) -> int | None:
    """Return what SQLite's backup counts up in the transaction that replaces all pages; None: it can't be read."""
    try:
        return connection.execute("PRAGMA schema_version").fetchone()[0]
    except sqlite3.Error:
        return None


def _keep(connection: sqlite3.Connection, part: Path, kept: Path, progress: Progress) -> None:
    """Copy the pages of the database that is replaced, damaged or not."""
    disk.create_file(part)
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # the whole file is synced once, before it gets its name
        backups.overwrite_pages(connection, copy, Step.KEEP_PREVIOUS, progress)
    disk.atomic_install(part, kept, overwrite=False)


def _replace_broken(database: Path, prepared: Path, part: Path, kept: Path) -> None:
    """Replace a file that SQLite can't use.

    It is kept byte for byte with its side files.
    """
    disk.create_file(part)
    shutil.copyfile(database, part)
    disk.atomic_install(part, kept, overwrite=True)
    disk.move_aside(disk.sidecar_files(database), kept)
    disk.atomic_install(prepared, database, overwrite=True)
