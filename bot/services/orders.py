"""Orders, from a member's command to the queue.

    place ──► Discord accepts the response ──► enqueue    the job is queued
          └─► Discord rejects it, or is silent ──► void   the hold is released

Nothing is submitted before the member got a response: the hold is committed, the response is sent, and only an accepted
response queues the job. A job whose process died in between is voided by `void_unacknowledged`.

Beside that, what a process knows of orders in memory: the operator's balance at the API, the usual rendering times with
which it estimates a job's wait, and how long members waited.
"""

from __future__ import annotations

import asyncio
import bisect
import math
import sys
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.core.clock import Clock
from bot.core.errors import AuthenticationFailed, ConstraintViolation, StorageError
from bot.domain.durations import DurationEstimate, Estimate, RenderSample, estimate_duration
from bot.domain.jobs import Approval, Job, JobState
from bot.domain.operations import Source
from bot.domain.orders import OrderPlaced
from bot.domain.request import MovieRequest
from data import orders, reports
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

ACK_TIMEOUT_MS = 60_000
"""Discord's limit for a first response is 3 seconds, so after a minute no process still tries."""

_ENQUEUE_RETRY_MS = 1_000
"""The delay between two attempts. Each attempt also waits some seconds for a locked database."""


REFRESH_MS = 300_000
"""How often the balance is asked for."""

_WAITING: Final = (JobState.RESERVED, JobState.QUEUED)

BUCKETS: Final = (30.0, 60.0, 120.0, 180.0, 300.0, 450.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, math.inf)
"""Upper bounds in seconds."""

MAX_SAMPLES = 300
"""Samples that are kept of each video model: enough of every common length, and recent."""

_STALE_SHARE = 16
"""An estimate is cached until the model has a sixteenth more samples: a single one hardly changes it."""


class OrderService:
    """Queues orders, or voids them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def enqueue(self, job: Job, card_message_id: int) -> bool:
        """Queue a job whose card Discord accepted, retrying within ACK_TIMEOUT_MS.

        Returns False if the job was voided, or will be by `void_unacknowledged`.

        Raises:
            ConstraintViolation: retrying is of no use.
        """
        while True:
            try:
                return await self._database.write(orders.enqueue, job.id, card_message_id)
            except ConstraintViolation:
                raise
            except StorageError as exc:
                retry_at = self._clock.now() + _ENQUEUE_RETRY_MS
                if retry_at > job.created_at + ACK_TIMEOUT_MS:
                    _log.error("confirmation_given_up", job_id=job.id, error=str(exc))
                    return False
                await self._clock.wait(asyncio.Event(), retry_at)
                _log.warning("confirmation_retried", job_id=job.id, error=str(exc))

    async def void(self, job: Job, *, notify: bool) -> None:
        """Release a job's hold because Discord did not accept the response.

        `notify`: tell the member, who may have seen the response anyway.
        """
        await self._database.write(orders.void, job.id, notify=notify)
        _log.warning("response_failed", job_id=job.id)

    async def void_unacknowledged(self, *, only_instance: bool = False) -> None:
        """Void the jobs whose response was not confirmed within ACK_TIMEOUT_MS.

        `only_instance`: no other process runs, and this one accepts no orders yet, so all of them are voided.
        """
        before = None if only_instance else self._clock.now() - ACK_TIMEOUT_MS
        for job_id in await self._database.read(orders.unacknowledged, before):
            if await self._database.write(orders.void, job_id, notify=True):
                _log.warning("order_voided", job_id=job_id)


class BalanceWatch:
    """The last known balance at the API.

    `credits` is None while it is unknown.
    """

    def __init__(self, get_credits: Callable[[], Awaitable[int | None]]) -> None:
        self._get_credits = get_credits
        self.credits: int | None = None

    async def refresh(self) -> None:
        """Ask the API for the balance."""
        try:
            self.credits = await self._get_credits()
        except AuthenticationFailed:
            self.credits = None

    def missing(self, waiting: int) -> int:
        """Return how many credits lack to pay for what waits.

        0 where the balance is unknown.
        """
        return 0 if self.credits is None else max(0, waiting - self.credits)


class Estimator:
    """Estimates how long a job waits and renders.

    `per_member` movies of one member render at once; None: as many as of all members together.
    """

    def __init__(self, database: Database, history: DurationHistory, clock: Clock, *, per_member: int | None) -> None:
        self._database = database
        self._history = history
        self._clock = clock
        self._per_member = sys.maxsize if per_member is None else per_member

    async def for_job(self, job: Job) -> Estimate:
        """Estimate a job as it is now."""
        if job.awaits_approval or job.state in _WAITING:
            return self.for_order(await self._database.read(orders.waiting, job))
        if job.state not in (JobState.SUBMITTING, JobState.RENDERING):
            return Estimate()
        age = 0.0 if job.submitted_at is None else (self._clock.now() - job.submitted_at) / 1000
        if job.state is JobState.RENDERING and job.step is not None:  # how long it takes to draw is not known
            return Estimate(None, None, age)
        return Estimate(None, self._history.estimate(job.request), age)

    def for_order(self, placed: OrderPlaced) -> Estimate:
        """Estimate a job that waits, by what it waits for."""
        if placed.job.awaits_approval:
            return Estimate(staff_informed=placed.staff_informed)
        duration = self._history.estimate(placed.job.request)
        own_movies = self._per_member if placed.own_ahead >= self._per_member else 0
        return Estimate(placed.queue_position, duration, outage=placed.outage, own_movies=own_movies)


class DeliveryTimes:
    """The times of the movies that this process posted, in buckets.

    Movies that a server's staff had to approve, or that began with a storyboard, are left out: most of their time is
    a person's.
    """

    def __init__(self) -> None:
        self.counts = [0] * len(BUCKETS)
        self.seconds = 0.0

    def add(self, job: Job, now: int) -> None:
        """Count a movie that Discord accepted `now`."""
        if job.approval is not Approval.REQUIRED and not job.has_steps:
            seconds = max(0, now - job.created_at) / 1000
            self.counts[bisect.bisect_left(BUCKETS, seconds)] += 1
            self.seconds += seconds


class _Model:
    """The samples of one video model, newest first.

    Estimates are cached by movie length.
    """

    def __init__(self) -> None:
        self.samples: deque[RenderSample] = deque(maxlen=MAX_SAMPLES)
        self.seen = 0
        self.cached: dict[int, tuple[DurationEstimate | None, int]] = {}
        """Estimates by length, and how many samples make each stale."""

    def add(self, sample: RenderSample) -> None:
        self.samples.appendleft(sample)
        self.seen += 1

    def estimate(self, length: int) -> DurationEstimate | None:
        estimate, stale_at = self.cached.get(length, (None, 0))
        if self.seen >= stale_at:
            estimate = estimate_duration(tuple(self.samples), length)
            self.cached[length] = estimate, self.seen + 1 + len(self.samples) // _STALE_SHARE
        return estimate


class DurationHistory:
    """Rendering times of movies, by video model."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._models = defaultdict[str, _Model](_Model)

    async def load(self) -> None:
        """Read the samples of all processes."""
        loaded = await self._database.read_long(reports.render_samples, MAX_SAMPLES)
        self._models.clear()
        for video_model, samples in loaded.items():
            for sample in reversed(samples):
                self._models[video_model].add(sample)

    def add(self, job: Job) -> None:
        """Add a completed movie, if its rendering time is known."""
        if job.took_ms is not None:
            sample = RenderSample(job.request.duration_seconds, job.took_ms / 1000)
            self._models[job.request.video_model].add(sample)

    def estimate(self, request: MovieRequest) -> DurationEstimate | None:
        """Estimate the rendering time of a movie.

        None without enough samples, and for what is not made of words alone.
        """
        known = self._models.get(request.video_model)
        if known is None or request.operation.declared.source is not Source.WORDS:
            return None
        return known.estimate(request.duration_seconds)
