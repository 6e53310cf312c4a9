"""A day's writes on a SQLite file, as fast as they go, and how large its write-ahead log gets.

Each movie is ordered, queued, submitted, polled ten times, completed and posted. In the middle, a backup reads the
whole file beside a peak of orders, and afterwards the log is truncated, as the bot does.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from benchmarks.reservation_jobs import LIMITS, jobs
from bot.domain.delivery import NotificationType, PostedMessage
from bot.domain.jobs import Job, JobState
from bot.domain.message import Delivery, SentMessage
from data import jobs as job_rows
from data import orders, outbox, renders, submissions
from data.database import Transaction
from data.engine import sqlite
from data.engine.sqlite import SqliteDatabase
from data.storage.backups import create_backup
from tests.helpers.at_time import at_time
from tests.helpers.reserving import create_job

_POLLS: Final = 10
_CALLERS: Final = 100
_PEAK_SECONDS: Final = 0.1
"""Between two orders while the backup runs."""


async def largest_log(path: Path, movies: int) -> int:
    """Make so many movies, and return the log's greatest size in bytes."""
    database = await SqliteDatabase.open(path)
    log, largest = path.with_name(f"{path.name}-wal"), 0
    waiting = jobs(3 * movies, first=10**9)

    async def make(count: int) -> None:
        nonlocal largest
        for _ in range(count):
            await _make(database, next(waiting))
            largest = max(largest, log.stat().st_size)

    async def half() -> None:
        each = max(1, movies // 2 // _CALLERS)
        await asyncio.gather(*(make(each) for _ in range(min(_CALLERS, movies))))

    await half()
    backup = path.with_name("days-load.db")
    backing_up = asyncio.create_task(asyncio.to_thread(create_backup, path, backup))
    while not backing_up.done():
        await make(1)
        await asyncio.sleep(_PEAK_SECONDS)
    await backing_up
    await asyncio.to_thread(sqlite.truncate_log, path)
    await half()
    await database.close()
    backup.unlink()
    return largest


async def _make(database: SqliteDatabase, job: Job) -> None:
    now = job.created_at
    await database.write(create_job, job, (), LIMITS)
    await database.write(at_time(now, orders.enqueue), job.id, job.interaction_id)
    await database.write(_submit, job, now)
    rendering = await database.read(job_rows.get, job.id)
    for _ in range(_POLLS):
        await database.write(renders.reschedule_poll, rendering, now + 20_000, pending_at=now)
    url = f"https://movies.example/{job.id}.mp4"
    await database.write(at_time(now, renders.complete), job.id, url, 200_000)
    sent = SentMessage(PostedMessage(job.channel_id, job.interaction_id))
    await database.write(at_time(now, outbox.mark_sent), Delivery(job, NotificationType.COMPLETED, 0), sent)


def _submit(tx: Transaction, job: Job, now: int) -> None:
    job_rows.transition(tx, job.id, JobState.SUBMITTING, {"submitted_at": now})
    at_time(now, submissions.mark_rendering)(tx, job.id, f"load-{job.id}", now + 20_000)
