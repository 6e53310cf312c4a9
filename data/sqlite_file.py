"""Makes a SQLite file of rows from elsewhere.

The file counts only once it is complete and has its name, so it is written without a journal and synced once.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from data import backups
from data.file_modes import FOLDER_MODE
from data.migrations_runner import migrate


def begin_file(part: Path) -> sqlite3.Connection:
    """Make a file with this version's schema, and begin to write.

    Only its owner can read it.

    Raises:
        OSError: It exists, or can't be made.
        StorageError: It can't be made.
    """
    part.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    migrate(part)
    connection = backups.connect(part)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    return connection


def end_file(connection: sqlite3.Connection) -> None:
    """Commit, and leave one plain file, which is not synced yet."""
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
