"""Makes a SQLite file of rows from elsewhere, and changes a file that is no database yet.

Such a file counts only once it is complete and has its name, so it is synced once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from data.database import T, Transaction
from data.engine import sqlite, table_copy
from data.engine.rows import Progress
from data.engine.sqlite import SqliteTransaction
from data.storage import disk
from data.storage.sqlite_migrations import migrate


def write_rows(tx: Transaction, file: Path, progress: Progress) -> None:
    """Copy all rows into a new file with this version's schema, which is not synced yet.

    Only its owner can read it.

    Raises:
        OSError: It exists, or can't be made.
        StorageError: It can't be made.
    """
    disk.create_file(file)
    migrate(file)
    change(file, lambda copy: table_copy.copy_tables(tx, copy, progress), journal="OFF")


def change(
    file: Path,
    function: Callable[[Transaction], T],
    now: int | None = None,
    *,
    journal: str = "DELETE",
    vacuum: bool = False,
) -> T:
    """Run a function in a transaction that leaves a single plain file, which is not synced yet.

    With `vacuum`, nothing that was deleted is left in free pages of the file.
    """
    with contextlib.closing(sqlite.open_file(file)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("PRAGMA synchronous = OFF")
        if journal != "OFF":  # rows that are only copied were checked where they are from
            connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
        result = function(SqliteTransaction(connection, now))
        connection.execute("COMMIT")
        if vacuum:
            connection.execute("VACUUM")
        connection.execute("PRAGMA journal_mode = DELETE")
    return result
