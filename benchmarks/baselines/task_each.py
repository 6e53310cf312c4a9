"""One asyncio task for each job: it sleeps, looks, and writes down when it looks again, so that a restart can go on.

The leanest we could make: no object for a job but its id, and a write for each look by the bot's own database, which
commits together what waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.domain.upstream import UpstreamState
from bot.engine.ports import Clock, MovieApi
from data.database import Database

_UPDATE = "UPDATE jobs SET due_at = :due_at WHERE request_id = :request_id AND state = 'rendering'"


async def sleeping(count: int) -> list[asyncio.Task[None]]:
    """Tasks that wait for their first look, and do nothing else."""
    tasks = [asyncio.create_task(_sleep()) for _ in range(count)]
    await asyncio.sleep(0)
    return tasks


async def _sleep() -> None:
    await asyncio.sleep(3600)


class TaskEach:
    """Watches jobs at a steady pace, in seconds."""

    def __init__(self, database: Database, api: MovieApi, clock: Clock, pace: float) -> None:
        self._database = database
        self._api = api
        self._clock = clock
        self._pace = pace

    def watch(self, request_ids: Sequence[str]) -> list[asyncio.Task[None]]:
        """Begin, the first looks spread over one interval."""
        step = self._pace / len(request_ids)
        return [
            asyncio.create_task(self._watch(request_id, number * step)) for number, request_id in enumerate(request_ids)
        ]

    async def _watch(self, request_id: str, first: float) -> None:
        await asyncio.sleep(first)
        while (await self._api.status(request_id)).state is UpstreamState.PENDING:
            due = {"due_at": self._clock.now() + int(1000 * self._pace), "request_id": request_id}
            await self._database.run(lambda tx, due=due: tx.execute(_UPDATE, due))
            await asyncio.sleep(self._pace)
