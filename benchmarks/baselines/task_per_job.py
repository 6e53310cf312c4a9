"""One asyncio task per job, which sleeps and polls.

It records its next poll, so that a restart can continue. As lean as possible: a job is only its two ids, and the write
changes its row by its id alone, through the bot's database, which commits waiting writes together. With
`batch_seconds`, the tasks wake together, as the worker gathers its polls; with 0, each wakes at its own time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.core.clock import Clock
from bot.domain.upstream import MovieState
from bot.services.movie_api import MovieApi
from data.database import Database, Transaction

_RESCHEDULE = "UPDATE jobs SET next_run_at = :due_at, last_pending_at = :now WHERE id = :id"


def _reschedule(tx: Transaction, job_id: str, due_at: int, now: int) -> None:
    tx.execute(_RESCHEDULE, {"id": job_id, "due_at": due_at, "now": now})


async def sleeping(count: int) -> list[asyncio.Task[None]]:
    """Start tasks that only wait for their first poll."""
    tasks = [asyncio.create_task(_sleep()) for _ in range(count)]
    await asyncio.sleep(0)
    return tasks


async def _sleep() -> None:
    await asyncio.sleep(3600)


class TaskEach:
    """Polls jobs at a fixed interval. `interval` and `batch_seconds` are in seconds."""

    def __init__(self, database: Database, api: MovieApi, clock: Clock, interval: float, batch_seconds: float) -> None:
        self._database = database
        self._api = api
        self._clock = clock
        self._interval = interval
        self._batch_seconds = batch_seconds

    def start(self, jobs: Sequence[tuple[str, str]]) -> list[asyncio.Task[None]]:
        """Start polling jobs, spread over one interval.

        A job is its id and its request id.
        """
        start, step = asyncio.get_running_loop().time(), self._interval / len(jobs)
        return [asyncio.create_task(self._poll(*job, start + self._in_step(n * step))) for n, job in enumerate(jobs)]

    def _in_step(self, seconds: float) -> float:
        return seconds // self._batch_seconds * self._batch_seconds if self._batch_seconds else seconds

    async def _poll(self, job_id: str, request_id: str, at: float) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(at - loop.time())
        while (await self._api.get_status(request_id)).state is MovieState.PENDING:
            at += self._interval
            now = self._clock.now()
            await self._database.write(_reschedule, job_id, now + int(1000 * self._interval), now)
            await asyncio.sleep(at - loop.time())
