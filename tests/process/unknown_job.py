"""An unknown job in a file, before a process opens it."""

from __future__ import annotations

import time
from pathlib import Path

from data import submissions
from data.engine.sqlite import SqliteDatabase
from data.storage.sqlite_migrations import migrate
from tests.helpers.ledger_checks import execute
from tests.helpers.store_harness import StoreHarness, a_job

_JOB = a_job(1, 4711)


async def add_unknown_job(path: Path, *, days: int) -> None:
    migrate(path)
    database = await SqliteDatabase.open(path)
    await StoreHarness(database).submitting(_JOB)
    assert await database.write(submissions.mark_unknown, _JOB.id) is not None
    await database.close()
    since = time.time_ns() // 1_000_000 - days * 86_400_000
    execute(path, f"UPDATE outbox SET created_at = {since}")
