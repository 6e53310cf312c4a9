"""Truncates the write-ahead log beside the database.

SQLite copies the log into the database at a checkpoint, but not what a reader still needs, so a long backup or report
makes the log grow. SQLite never truncates the file itself; it only reuses it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Final

from bot.errors import StorageError

KEPT_BYTES: Final = 8 * 1024 * 1024
"""A log up to this size is kept: twice what SQLite fills between two checkpoints."""


def truncate(path: Path, *, kept_bytes: int = KEPT_BYTES) -> bool:
    """Copy a grown log into the database and truncate it.

    One of up to `kept_bytes` has not grown. Return False where that is not possible now. Blocks the calling thread, but
    waits for no lock. Writers wait only while the pages added during the copy are checkpointed.

    Raises:
        StorageError: SQLite failed.
    """
    try:
        if _size(path) <= kept_bytes:
            return False
        uri = f"{path.absolute().as_uri()}?mode=rw"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)) as connection:
            _, pages, copied = connection.execute(
                "PRAGMA wal_checkpoint(PASSIVE)"
            ).fetchone()  # needs no exclusive lock
            if copied < pages:
                return False
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
    except (OSError, sqlite3.Error) as exc:
        raise StorageError(f"Can't truncate the log of the database {path}: {exc}") from exc


def _size(path: Path) -> int:
    log = path.resolve()  # SQLite keeps the log where a link leads to
    try:
        return log.with_name(f"{log.name}-wal").stat().st_size
    except FileNotFoundError:
        return 0
