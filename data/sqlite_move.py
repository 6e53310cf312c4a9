"""A SQLite file as the source or the target of a move.

The rows of a source are read from a verified, migrated copy of the file. A target is made under another name, verified,
and renamed.
"""

from __future__ import annotations

import contextlib
import glob
import sqlite3
from collections.abc import Callable, Generator
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from bot.errors import StorageError
from data import backups, move_record, table_copy
from data.database import Transaction
from data.exclusive import excluding_bots, open_exclusive
from data.migrations_runner import migrate, pending_migrations
from data.move import CommitUnknown, MoveSource, MoveTarget
from data.move_record import Departure
from data.progress import Progress
from data.sqlite import SqliteTransaction
from data.sqlite_file import begin_file, end_file

T = TypeVar("T")

UNFINISHED: Final = "moving"
"""The suffix of a file that a move makes. One that was killed leaves it; the next one removes it."""


class SqliteSource(MoveSource):
    """A file that keeps its rows, and is marked at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()
        self.place = str(self._path)
        self._copy = _unfinished(self._path)
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Hold the file.

        Raises:
            StorageError: It is missing, is not the bot's, or a process has it open.
        """
        if not self._path.is_file():
            raise StorageError(f"No database at {self.place}.")
        pending_migrations(self._path)
        with self._stack, _map_errors(f"Can't move {self.place}"):
            self._stack.enter_context(excluding_bots(self._path))
            _remove_unfinished(self._path)
            self._connection = self._stack.enter_context(contextlib.closing(backups.connect(self._path)))
            self._connection.execute("PRAGMA synchronous = FULL")
            self._begin()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the file go.

        Raises:
            StorageError: In place of an error of SQLite's.
        """
        self._stack.close()
        _map_error(error, f"Can't move {self.place}")

    def departure(self) -> Departure | None:
        """Return the move away from it, if there was one."""
        return move_record.departure(SqliteTransaction(self._connection))

    def set_departure(self, moved: Departure | None) -> None:
        """Commit where the rows go, and go on holding the file."""
        move_record.set_departure(SqliteTransaction(self._connection), moved)
        self._connection.execute("COMMIT")
        self._begin()

    @contextlib.contextmanager
    def verified_rows(self, progress: Progress) -> Generator[Transaction]:
        """Open a verified, migrated copy. It is removed at the end."""
        try:
            backups.create_backup(self._path, self._copy, overwrite=True, keep_keys=True, progress=progress)
            migrate(self._copy, backup=False)
            with contextlib.closing(backups.connect(self._copy, mode="ro")) as connection:
                connection.execute("BEGIN")
                yield SqliteTransaction(connection)
        finally:
            backups.remove_with_sidecars(self._copy)

    def _begin(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")  # the command line waits, too: its changes would stay behind


class SqliteTarget(MoveTarget):
    """A new file, or one whose own rows were moved away.

    Such a file is kept under another name.
    """

    def __init__(self, path: Path, now: Callable[[], int]) -> None:
        self._path = path.resolve()
        self.place = str(self._path)
        self._part = _unfinished(self._path)
        self._now = now
        self._stack = contextlib.ExitStack()
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        """Hold the file, if there is one.

        Raises:
            StorageError: A process has it open, or nothing can be made there.
        """
        if self._path.exists() and not self._path.is_file():
            raise StorageError(f"{self.place} isn't a file. Give the path of a file.")
        self._replaces = self._path.exists()
        with self._stack, _map_errors(f"Can't create {self.place}"):
            if self._replaces:
                pending_migrations(self._path)
                self._stack.enter_context(excluding_bots(self._path))
            _remove_unfinished(self._path)
            self._stack = self._stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the file go, and remove what is unfinished.

        Raises:
            StorageError: In place of an error of SQLite's.
        """
        if self._connection is not None:
            self._connection.close()
        _remove_unfinished(self._path)
        self._stack.close()
        _map_error(error, f"Can't create {self.place}")

    def arrival(self) -> str | None:
        """Return the id of the move that brought its rows."""
        return self._read(move_record.arrival)

    def filled_table(self) -> str | None:
        """Return a table that has rows which were not moved away."""
        moved = self._read(move_record.departure)
        return None if moved is not None and moved.complete else self._read(table_copy.filled_table)

    def begin(self) -> Transaction:
        """Begin to write to a new file beside."""
        self._connection = begin_file(self._part)
        return SqliteTransaction(self._connection)

    def check(self, progress: Progress) -> None:
        """Verify the new file, and sync it to disk."""
        assert self._connection is not None, "the move has begun to write"
        end_file(self._connection)
        backups.verify(self._part, self.place, progress)
        backups.fsync_path(self._part)

    def commit(self) -> Path | None:
        """Rename the new file, and keep the one before it."""
        kept = backups.sibling_path(self._path, "before-move", self._now())
        if not self._replaces:
            # the -wal of a deleted database must not be applied to this one
            backups.move_aside(backups.sidecar_files(self._path), kept)
            self._install()
            return None
        open_exclusive(self._path).close()  # a bot that starts waits, but has opened the file
        self._path.rename(kept)
        try:
            backups.atomic_install(self._part, self._path, overwrite=False)
        except BaseException:  # whatever ends it, also Ctrl-C: the file is back where it was
            kept.rename(self._path)
            raise
        return kept

    def _install(self) -> None:
        """Give the new file its name.

        Raises:
            CommitUnknown: It has its name, but a crash may take it back.
            FileExistsError: Another process has made a file of this name.
        """
        try:
            backups.atomic_install(self._part, self._path, overwrite=False)
        except FileExistsError:
            raise
        except OSError as exc:
            if self._path.exists():
                raise CommitUnknown(f"Can't sync {self.place} to the disk") from exc
            raise

    def _read(self, read: Callable[[Transaction], T]) -> T | None:
        if not self._path.exists():
            return None
        with contextlib.closing(backups.connect(self._path, mode="ro")) as connection:
            return read(SqliteTransaction(connection))


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}.{UNFINISHED}")


def _remove_unfinished(path: Path) -> None:
    """Remove what a killed move left."""
    for file in path.parent.glob(f"{glob.escape(path.name)}.{UNFINISHED}*"):
        file.unlink(missing_ok=True)


@contextlib.contextmanager
def _map_errors(what: str) -> Generator[None]:
    """Raise a StorageError in place of SQLite's and the system's errors."""
    try:
        yield
    except (OSError, sqlite3.Error) as exc:
        _map_error(exc, what)


def _map_error(error: BaseException | None, what: str) -> None:
    if isinstance(error, OSError | sqlite3.Error):
        raise StorageError(f"{what}: {backups.error_text(error)}") from error
