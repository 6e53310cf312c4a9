"""What the cards say of the time to come: the place in the queue, and what is usual."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.domain.breaker import Outage
from bot.domain.durations import DurationEstimate
from bot.domain.estimates import Estimate
from bot.domain.job import Job, JobState
from bot.domain.order import OrderPlaced

_ESTIMATED = (JobState.RESERVED, JobState.QUEUED, JobState.SUBMITTING, JobState.RENDERING)


class Estimator:
    """Puts together what is known: `ahead_of` counts the queue, `usual(video_model, seconds)` knows the past.

    `outage` says why the queue waits. `now` returns UTC epoch milliseconds.
    """

    def __init__(
        self,
        ahead_of: Callable[[Job], Awaitable[int | None]],
        outage: Callable[[], Awaitable[Outage | None]],
        usual: Callable[[str, int], DurationEstimate | None],
        now: Callable[[], int],
    ) -> None:
        self._ahead_of = ahead_of
        self._outage = outage
        self._usual = usual
        self._now = now

    async def for_job(self, job: Job) -> Estimate:
        """What may be expected of a job now."""
        if job.state not in _ESTIMATED:
            return Estimate()
        age = 0.0 if job.submitted_at is None else (self._now() - job.submitted_at) / 1000
        outage = await self._outage() if job.state in (JobState.RESERVED, JobState.QUEUED) else None
        usual = self._usual(job.request.video_model, job.request.duration_seconds)
        return Estimate(await self._ahead_of(job), usual, age, outage)

    def for_order(self, placed: OrderPlaced) -> Estimate:
        """What may be expected of a job that was placed in this moment: its place in the queue came with it."""
        request = placed.job.request
        return Estimate(
            placed.queue_position, self._usual(request.video_model, request.duration_seconds), outage=placed.outage
        )
