"""One asyncio task for each job: it sleeps, looks, and writes down when it looks again, so that a restart can go on.

The leanest we could make: no object for a job but its two ids, and the very write that the worker makes of such a look,
by the bot's own database, which commits together what waits. `together` makes the tasks wake in step, as the worker
gathers its looks, so that there is more to commit together; 0 lets each wake in its own moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.clock import Clock
from bot.domain.upstream import MovieState
from bot.services.movie_api import MovieApi
from data import renders
from data.database import Database


async def sleeping(count: int) -> list[asyncio.Task[None]]:
    """Tasks that wait for their first look, and do nothing else."""
    tasks = [asyncio.create_task(_sleep()) for _ in range(count)]
    await asyncio.sleep(0)
    return tasks


async def _sleep() -> None:
    await asyncio.sleep(3600)


class TaskEach:
    """Watches jobs at a steady pace. `pace` and `together` are in seconds."""

    def __init__(self, database: Database, api: MovieApi, clock: Clock, pace: float, together: float) -> None:
        self._database = database
        self._api = api
        self._clock = clock
        self._pace = pace
        self._together = together

    def watch(self, jobs: Sequence[tuple[str, str]]) -> list[asyncio.Task[None]]:
        """Begin with these (their id, and the API's), the first looks spread over one interval."""
        start, step = asyncio.get_running_loop().time(), self._pace / len(jobs)
        return [asyncio.create_task(self._watch(*job, start + self._in_step(n * step))) for n, job in enumerate(jobs)]

    def _in_step(self, seconds: float) -> float:
        return seconds // self._together * self._together if self._together else seconds

    async def _watch(self, job_id: str, request_id: str, at: float) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(at - loop.time())
        while (await self._api.get_status(request_id)).state is MovieState.PENDING:
            at += self._pace
            await self._database.write(
                renders.reschedule_poll, job_id, self._clock.now() + int(1000 * self._pace), None, self._clock.now()
            )
            await asyncio.sleep(at - loop.time())
