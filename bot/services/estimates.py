"""A job's position in the queue and its usual duration, for cards."""

from __future__ import annotations

from typing import Final

from bot.core.clock import Clock
from bot.domain.estimates import Estimate
from bot.domain.job import Job, JobState
from bot.domain.order import OrderPlaced
from bot.services.durations import DurationHistory
from data import audit_log, breakers, jobs
from data.database import Database

_WAITING: Final = (JobState.RESERVED, JobState.QUEUED)
_ESTIMATED: Final = (*_WAITING, JobState.SUBMITTING, JobState.RENDERING)


class Estimator:
    """Estimates how long a job waits and renders.

    `per_member` movies of one member render at once; None: as many as of all members together.
    """

    def __init__(self, database: Database, history: DurationHistory, clock: Clock, *, per_member: int | None) -> None:
        self._database = database
        self._history = history
        self._clock = clock
        self._per_member = per_member

    async def for_job(self, job: Job) -> Estimate:
        """Estimate a job as it is now."""
        if job.awaits_approval:
            informed = await self._database.read(audit_log.has_open_channel, job.guild_id)
            return Estimate(staff_informed=informed)
        if job.state not in _ESTIMATED:
            return Estimate()
        age = 0.0 if job.submitted_at is None else (self._clock.now() - job.submitted_at) / 1000
        duration = self._history.estimate(job.request.video_model, job.request.duration_seconds)
        if job.state not in _WAITING:
            return Estimate(None, duration, age)
        outage = await self._database.read(breakers.outage)
        position = await self._database.read(jobs.queue_position, job.id)
        ahead = await self._database.read(jobs.own_ahead, job)
        return Estimate(position, duration, age, outage, self._own_movies(ahead))

    def for_order(self, placed: OrderPlaced) -> Estimate:
        """Estimate a job from its queue position when it was placed."""
        if placed.job.awaits_approval:
            return Estimate(staff_informed=placed.staff_informed)
        request = placed.job.request
        duration = self._history.estimate(request.video_model, request.duration_seconds)
        own_movies = self._own_movies(placed.own_ahead)
        return Estimate(placed.queue_position, duration, outage=placed.outage, own_movies=own_movies)

    def _own_movies(self, ahead: int) -> int:
        return 0 if self._per_member is None or ahead < self._per_member else self._per_member
