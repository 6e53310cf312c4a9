"""Submit queued jobs to the API, each at most once.

SUBMITTING is committed before the request leaves. What provably never left goes back to the queue; what the API refused
gives the credits back; what may have been carried out is UNKNOWN and never sent again, for POST /create_movie is not
idempotent and nothing upstream makes it so.

What concerns every job opens the circuit breaker, in the transaction that settles the job (see bot/domain/breaker.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import structlog

from bot.domain.callback_token import CallbackToken
from bot.domain.job import EndReason, Job, JobState
from bot.domain.polling import PollingSchedule
from bot.errors import (
    AuthenticationFailed,
    ConnectFailed,
    ConstraintViolation,
    InvalidRequest,
    InvalidResponse,
    OutcomeUnknown,
    RateLimited,
    RequestNotFound,
    SamsarError,
    StorageError,
    UpstreamCreditsExhausted,
)
from bot.services.durations import DurationHistory
from bot.worker.breaker import BreakerLog, outage_of, retry_after_ms_of, told
from bot.worker.interfaces import Clock, MessagePublisher, MovieApi, SubmissionStore
from bot.worker.poll_loop import ERROR_BACKOFF_MS

T = TypeVar("T")

_log = structlog.stdlib.get_logger(__name__)

_REFUSALS: tuple[tuple[type[SamsarError], EndReason], ...] = (
    (InvalidRequest, EndReason.REQUEST_REJECTED),
    (AuthenticationFailed, EndReason.AUTHENTICATION_FAILED),
    (UpstreamCreditsExhausted, EndReason.PLAN_EXHAUSTED),
    (RateLimited, EndReason.RATE_LIMITED),
)
"""Answers that say for certain that nothing was made."""


ClaimedJob = tuple[Job, CallbackToken]
"""A job that is SUBMITTING, and the secret of its callback address."""


@dataclass(frozen=True, slots=True)
class ConcurrencyLimits:
    """How many jobs may be at the API at once, in all and for one member."""

    total: int
    per_member: int


class Submitter:
    """Takes jobs from the queue to the API.

    `callbacks` is the address that a job's secret is appended to; None where the API can't call us. `accepted` is told
    of a job that is to be watched from now on, `ended` of any other outcome. `moved` is told of a job whose outcome
    waits for the database, so that it does not count as stuck.
    """

    def __init__(
        self,
        queue: SubmissionStore,
        api: MovieApi,
        screen: MessagePublisher,
        clock: Clock,
        *,
        bounds: ConcurrencyLimits,
        pace: PollingSchedule,
        history: DurationHistory,
        breaker_log: BreakerLog,
        callbacks: str | None,
        accepted: Callable[[], None],
        ended: Callable[[], None],
        moved: Callable[[str], None],
    ) -> None:
        self._queue = queue
        self._api = api
        self._screen = screen
        self._clock = clock
        self._bounds = bounds
        self._pace = pace
        self._history = history
        self._callbacks = callbacks
        self._on_accepted = accepted
        self._on_ended = ended
        self._moved = moved
        self._breaker_log = breaker_log

    async def fetch(self, now: int, limit: int, _without: Sequence[str]) -> Sequence[ClaimedJob]:
        """Claim jobs for submission, as many as the circuit breaker lets through."""
        return await self._queue.claim(now, limit, self._bounds.total, self._bounds.per_member)

    async def next_due_at(self, now: int) -> int | None:
        """When to try again. The end of an outage wakes the worker by itself."""
        return await self._queue.next_claimable_at(now)

    def key(self, claimed: ClaimedJob) -> str:
        """A claimed job is known by its id."""
        return claimed[0].id

    async def process(self, claimed: ClaimedJob) -> None:
        """Send one job that is SUBMITTING, and write down what came of it."""
        job, secret = claimed
        webhook_url = None if self._callbacks is None else f"{self._callbacks}{secret.value}"
        try:
            request_id = await self._api.create_movie(job.request, webhook_url)
        except asyncio.CancelledError as exc:
            if isinstance(exc.__cause__, ConnectFailed):
                await self.release((claimed,))
            raise
        except ConnectFailed as exc:
            await self._requeue(job, exc)
        except (OutcomeUnknown, InvalidResponse, RequestNotFound) as exc:
            _log.error("job_outcome_unknown", job_id=job.id, **told(exc))
            await self._lost(job)
            await self._breaker_log.report(exc)
        except AuthenticationFailed as exc:
            await self._key_rejected(job, exc)
        except SamsarError as exc:
            await self._refused(job, exc)
        except Exception:
            await self._lost(job)  # nobody foresaw this, so the request may have left
            await self._breaker_log.report()
            raise
        else:
            accepted = await self._accepted(job, request_id)
            await self._breaker_log.report()
            if accepted:
                self._on_accepted()
                return
        self._on_ended()

    async def release(self, unsent: Sequence[ClaimedJob]) -> None:
        """Put jobs that are SUBMITTING, but were provably not sent, back in their places in the queue.

        Raises:
            StorageError: They are still SUBMITTING, and so will be UNKNOWN.
        """
        for job, _ in unsent:
            _log.info("job_submission_released", job_id=job.id)
            await self._queue.requeue(job.id, self._clock.now(), job.submit_attempts)

    async def _accepted(self, job: Job, request_id: str) -> bool:
        """Write down that the API took it. False: it is not to be watched, for the id that came is another job's."""
        _log.info("job_submitted", job_id=job.id, request_id=request_id)  # first: the log has it in any case
        usual = self._history.estimate(job.request.video_model, job.request.duration_seconds)
        now = self._clock.now()
        due_at = now + int(1000 * self._pace.next_delay(0, usual))
        moved = await self._written(job, lambda: self._queue.mark_rendering(job.id, request_id, due_at, now))
        if moved is not None:
            await self._screen.update_card(moved)
        return moved is not None and moved.state is JobState.RENDERING

    async def _lost(self, job: Job) -> None:
        lost = await self._written(job, lambda: self._queue.mark_unknown(job.id, self._clock.now()))
        if lost is not None:
            await self._screen.update_card(lost)

    async def _requeue(self, job: Job, exc: SamsarError) -> None:
        """Put a job back of which certainly nothing was made; the circuit breaker keeps it there."""
        attempts = job.submit_attempts + isinstance(exc, ConnectFailed)
        now = self._clock.now()
        await self._written(job, lambda: self._queue.requeue(job.id, now, attempts, outage_of(exc)))
        await self._breaker_log.report(exc)

    async def _key_rejected(self, job: Job, exc: AuthenticationFailed) -> None:
        """Keep the job for a key that works. The trial is refused, for the same key was just good for the probe."""
        breaker = await self._written(job, self._queue.breaker)
        if breaker is not None and breaker.trial_job_id == job.id:
            await self._refused(job, exc)
        else:
            await self._requeue(job, exc)

    async def _refused(self, job: Job, exc: SamsarError) -> None:
        reason = next(reason for kind, reason in _REFUSALS if isinstance(exc, kind))
        _log.error("job_rejected", job_id=job.id, why=reason, **told(exc))
        outage = None if isinstance(exc, InvalidRequest) else outage_of(exc)
        now, wait_ms = self._clock.now(), retry_after_ms_of(exc)
        await self._written(job, lambda: self._queue.refuse(job.id, reason, exc.message, now, outage, wait_ms))
        await self._breaker_log.report(exc)

    async def _written(self, job: Job, write: Callable[[], Awaitable[T]]) -> T | None:
        """Write down what came of a request, as soon as the database can be written: the API says it only once.

        What the database will never take is left to the operator: the sweep makes the job UNKNOWN, and the log says
        what came of it.
        """
        while True:
            try:
                return await write()
            except ConstraintViolation:
                _log.critical("job_update_rejected", job_id=job.id, exc_info=True)
                return None
            except StorageError:
                _log.exception("job_update_failed", job_id=job.id)
                self._moved(job.id)
                await self._clock.wait(asyncio.Event(), self._clock.now() + ERROR_BACKOFF_MS)
