"""A process that dies while a pitch is funded: `python -m tests.helpers.dying_pitch FILE HOW PITCH STATEMENT`.

HOW is `press` (a member presses *the rest*) or `retry` (a worker tries again). It kills itself before the statement of
this number (COMMIT is one), and prints how many there were where it lives through all of them.
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

from data import pledging
from data.engine.sqlite import SqliteDatabase
from data.policy import Policy
from tests.helpers.clock import ManualClock
from tests.helpers.pitching import pressing
from tests.helpers.store_harness import CAROL, CATALOGUE, LIMITS


class _Connection(sqlite3.Connection):
    armed = False
    passed = 0
    dies_at = 0

    def execute(self, sql: str, *params: Any) -> sqlite3.Cursor:
        if not _Connection.armed:
            return super().execute(sql, *params)
        _Connection.reach()
        cursor = super().execute(sql, *params)
        if sql == "COMMIT":
            _Connection.reach()
        return cursor

    @classmethod
    def reach(cls) -> None:
        cls.passed += 1
        if cls.passed == cls.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)


async def main(path: Path, how: str, pitch_id: str, statement: int) -> None:
    _Connection.dies_at = statement
    sqlite3.connect = functools.partial(sqlite3.connect, factory=_Connection)
    database = await SqliteDatabase.open(path, ManualClock())
    database.policy = Policy(CATALOGUE, LIMITS)
    _Connection.armed = True
    if how == "press":
        await database.write(pledging.chip_in, pressing(CAROL), pitch_id, None)
    else:
        await database.write(pledging.run_due, pitch_id)
    print(_Connection.passed, flush=True)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))
