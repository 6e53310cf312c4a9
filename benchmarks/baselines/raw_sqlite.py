"""Reservations through sqlite3 alone.

One thread, the statements of the bot's own code.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.sql_recorder import Recorded


def connect(path: Path) -> sqlite3.Connection:
    """Open a file as the bot does.

    WAL, each commit synced to disk.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def replay(path: Path, works: Sequence[Sequence[Recorded]]) -> float:
    """Commit each transaction in order, and return the seconds that took."""
    with closing(connect(path)) as connection:
        start = time.perf_counter()
        for statements in works:
            connection.execute("BEGIN IMMEDIATE")
            for sql, params in statements:
                connection.execute(sql, params).fetchall()
            connection.execute("COMMIT")
        return time.perf_counter() - start
