"""The write-ahead log beside the database: how long it may stay, and how it is cut.

SQLite writes into the log first, and copies it into the database now and then (a checkpoint). It can't copy what a
reader still relies on, so that a long backup or report makes the log grow; and by itself it never makes the file
shorter, it only writes from its start again.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Final

from bot.errors import StorageError

KEPT_BYTES: Final = 8 * 1024 * 1024
"""A log up to this size is left as it is: twice what SQLite fills between two checkpoints of its own."""


def shorten(path: Path) -> bool:
    """Copy a log that has grown into the database, and empty it. Blocks, but waits for nobody.

    False: it is short, or somebody reads or writes at this moment. Those who write meanwhile wait for what was added
    during the copy, no longer.

    Raises:
        StorageError: SQLite could not do it.
    """
    try:
        if _size(path) <= KEPT_BYTES:
            return False
        uri = f"{path.absolute().as_uri()}?mode=rw"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)) as connection:
            _, pages, copied = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()  # locks nobody out
            if copied < pages:
                return False
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
    except (OSError, sqlite3.Error) as exc:
        raise StorageError(f"the log of the database {path} could not be shortened: {exc}") from exc


def _size(path: Path) -> int:
    log = path.resolve()  # SQLite keeps the log where a link leads to
    try:
        return log.with_name(f"{log.name}-wal").stat().st_size
    except FileNotFoundError:
        return 0
