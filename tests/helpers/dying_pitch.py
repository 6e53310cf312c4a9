"""A process that dies while a pitch is funded.

Run `python -m tests.helpers.dying_pitch FILE HOW PITCH STATEMENT`. HOW is `press` (a member presses *the rest*) or
`retry` (a worker tries again). It kills itself before the transaction's statement of this number, and prints how many
there were where it lives through all of them. COMMIT is one of them, and the last of all is after it.
"""

from __future__ import annotations

import asyncio
import functools
import os
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

from data import pitch_funding, pledging
from data.sqlite import SqliteDatabase
from tests.helpers.approving import CATALOGUE
from tests.helpers.pitching import FILTERS, pressing
from tests.helpers.store_harness import CAROL, LIMITS, NOW


class _Connection(sqlite3.Connection):
    """A connection that counts statements once it is armed."""

    armed = False
    passed = 0
    dies_at = 0

    def execute(self, sql: str, *params: Any) -> sqlite3.Cursor:
        """Run a statement, unless it is the one at which to die."""
        if not _Connection.armed:
            return super().execute(sql, *params)
        _Connection.reach()
        cursor = super().execute(sql, *params)
        if sql == "COMMIT":
            _Connection.reach()
        return cursor

    @classmethod
    def reach(cls) -> None:
        """Count a statement, and die at the chosen one."""
        cls.passed += 1
        if cls.passed == cls.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)


async def main(path: Path, how: str, pitch_id: str, statement: int) -> None:
    _Connection.dies_at = statement
    sqlite3.connect = functools.partial(sqlite3.connect, factory=_Connection)
    database = await SqliteDatabase.open(path)
    _Connection.armed = True
    if how == "press":
        await database.write(pledging.chip_in, FILTERS, pressing(CAROL), pitch_id, None, CATALOGUE, LIMITS, NOW)
    else:
        await database.write(pitch_funding.run_due, FILTERS, pitch_id, CATALOGUE, LIMITS, NOW)
    print(_Connection.passed, flush=True)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))
