"""Exclusive use of a SQLite file.

No bot runs on it, and no other process writes to it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final, TypeVar

from bot.errors import StorageError
from data import backups
from data.database import Transaction
from data.group_commit import storage_error
from data.instance_lock import FileInstanceLock
from data.migrations_runner import migrate
from data.sqlite import SqliteTransaction

T = TypeVar("T")

_BUSY_SECONDS: Final = 1.0
"""How long to wait for a process that only reads, such as the command line."""

IN_USE: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
"""What SQLite says while another process uses the file."""


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
            open_exclusive(database).close()  # where locks are not supported, too
        except sqlite3.DatabaseError as exc:
            if exc.sqlite_errorcode & 0xFF in IN_USE:
                raise in_use from exc
            raise StorageError(f"Can't use the database {database}: {exc}") from exc
        yield


def write_alone(database: Path, now: int, function: Callable[[Transaction], T]) -> T:
    """Run a function in a transaction of the migrated, unused file.

    Raises:
        StorageError: There is no file, it can't be used, or a bot runs.
    """
    if not database.is_file():
        raise StorageError(f"No database at {database}.")
    with excluding_bots(database):
        migrate(database)
        try:
            with contextlib.closing(backups.connect(database)) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("BEGIN IMMEDIATE")
                result = function(SqliteTransaction(connection, now))
                connection.execute("COMMIT")
        except sqlite3.Error as exc:
            raise storage_error(exc) from exc
    return result


def open_exclusive(database: Path) -> sqlite3.Connection:
    """Open the database exclusively, with its -wal checkpointed.

    Raises:
        sqlite3.DatabaseError: SQLITE_BUSY where another process has it open; or it is damaged.
    """
    connection = backups.connect(database, busy_seconds=_BUSY_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")  # refused while any other connection is open in WAL mode
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")  # keeps the exclusive lock
    except sqlite3.Error:
        connection.close()
        raise
    return connection
