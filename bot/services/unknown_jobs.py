"""Jobs that stay unknown: the operator is reminded of them, and the oldest end."""

from __future__ import annotations

from typing import Final

import structlog

from bot.core.clock import Clock
from data import job_queries, renders
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

_DAY_MS: Final = 24 * 3_600_000


class UnknownJobs:
    """Ends jobs that were unknown for `days` (0: never), and logs the others."""

    def __init__(self, database: Database, clock: Clock, days: int) -> None:
        self._database = database
        self._clock = clock
        self._days = days

    async def run_once(self) -> None:
        """End what is due, each job in a transaction of its own.

        Raises:
            StorageError: The database fails. What has ended stays so, and the next run goes on.
        """
        if self._days:
            await self._end_before(self._clock.now() - self._days * _DAY_MS)
        left = await self._database.read(job_queries.unknown_jobs)
        if left.count:
            _log.warning("jobs_unknown", jobs=left.count, oldest_days=int(left.oldest_seconds // 86_400))

    async def _end_before(self, before: int) -> None:
        for job_id in await self._database.read(renders.unknown_before, before):
            if await self._database.write(renders.give_up, job_id) is not None:
                _log.warning("job_given_up", job_id=job_id, days=self._days)
