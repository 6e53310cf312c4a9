"""Cancellations of movies that render, and the end of those whose state stays unknown.

A member sees first what the API has charged. What they then ask for is recorded: the status poller
(bot/worker/status_poller.py) cancels the movie at the API, once its status says that it is not finished, and a later
poll tells how it ended. The operator is reminded of jobs that stay unknown, and the oldest end.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import structlog

from bot.core.clock import Clock
from bot.domain.credits import DAY_MS
from bot.domain.jobs import Job, JobState
from bot.domain.refusal import Refused
from bot.domain.upstream import MovieState, believable_charge
from bot.services.movie_api import MovieApi, in_time
from bot.services.request_limits import LimitFactory
from data import job_actions, renders
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

_PER_MINUTE: Final = 6
"""How often a member may ask in a minute: each time, the API is asked for a status."""


class CancellationService:
    """Says what cancellations of movies that render would cost.

    `supported`: this version of the API cancels movies that render.
    """

    def __init__(self, database: Database, api: MovieApi, limits: LimitFactory, *, supported: bool) -> None:
        self.supported = supported
        self._database = database
        self._api = api
        self._limit = limits.limit("cancel", _PER_MINUTE, _PER_MINUTE, "buttons-too-many-cancels")

    async def preview(self, job: Job) -> Job | Refused:
        """Ask the API how far a job is, and what it charged. Return the job as it would be if it were cancelled now."""
        if (refused := await self._limit.try_acquire(job.member_id)) is not None:
            return refused
        assert job.request_id is not None
        status = await in_time(self._api.get_status(job.request_id), "cancel_not_offered", job)
        if status is None:
            return Refused("buttons-no-answer")
        if status.is_certainly_unfinished:
            charged, most = believable_charge(status.charged, job.price), job.most_if_stopped
            # what is drawn now may be charged, too
            return replace(job, state=JobState.CANCELLED, charged=charged if most is None else most)
        if status.state is not MovieState.PENDING:  # the worker may not know yet
            await self._database.write(renders.poll_now, job.id)
        match status.state:
            case MovieState.COMPLETED:
                return Refused("buttons-just-finished")
            case MovieState.FAILED | MovieState.CANCELLED:
                return Refused("buttons-just-ended")
            case MovieState.PENDING:
                return Refused("buttons-nearly-finished")


async def end_unknown_jobs(database: Database, clock: Clock, days: int) -> None:
    """End jobs that were unknown for `days` (0: never), each in a transaction of its own, and log the others.

    Raises:
        StorageError: The database fails. What has ended stays so, and the next run goes on.
    """
    before = clock.now() - days * DAY_MS
    for job_id in await database.read(renders.unknown_before, before) if days else ():
        if await database.write(renders.give_up, job_id) is not None:
            _log.warning("job_given_up", job_id=job_id, days=days)
    left = await database.read(job_actions.unknown_jobs)
    if left.count:
        _log.warning("jobs_unknown", jobs=left.count, oldest_days=int(left.oldest_seconds // 86_400))
