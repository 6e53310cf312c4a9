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

PRAGMAS = ("PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", "PRAGMA temp_store = MEMORY")
"""Each connection's, as the bot's: a commit is synced to disk. The file is in WAL mode."""


async def replay(path: Path, works: Sequence[Sequence[Recorded]], _: int) -> float:
    """Commit each transaction in order, and return the seconds that took. There is one caller, whatever is wanted."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute(pragma)
        start = time.perf_counter()
        for statements in works:
            connection.execute("BEGIN IMMEDIATE")
            for sql, params in statements:
                connection.execute(sql, params).fetchall()
            connection.execute("COMMIT")
        return time.perf_counter() - start
