"""Reservations by sqlite3 itself: one thread, the very statements that the bot's own code runs, nothing around them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.sql_recorder import Recorded


def connect(path: Path) -> sqlite3.Connection:
    """Open a file as the bot does: WAL, and every commit on the disk before it is acknowledged."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def replay(path: Path, works: Sequence[Sequence[Recorded]]) -> float:
    """Commit each of the works, one after the other, and return the seconds that took."""
    with closing(connect(path)) as connection:
        start = time.perf_counter()
        for statements in works:
            connection.execute("BEGIN IMMEDIATE")
            for sql, params in statements:
                connection.execute(sql, params).fetchall()
            connection.execute("COMMIT")
        return time.perf_counter() - start
