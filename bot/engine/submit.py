"""Submit queued jobs to the API, each at most once.

SUBMITTING is committed before the request leaves. What provably never left goes back to the queue; what the API refused
gives the credits back; what may have been carried out is UNKNOWN and never sent again, for POST /create_movie is not
idempotent and nothing upstream makes it so.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.callback import CallbackSecret
from bot.domain.job import EndReason, Job, JobState
from bot.domain.pace import Pace
from bot.engine.history import History
from bot.engine.lane import REST_MS
from bot.engine.ports import Clock, MovieApi, Queue, Screen
from bot.errors import (
    Ambiguous,
    Broken,
    Busy,
    KeyRejected,
    OutOfCredits,
    RequestRejected,
    SamsarError,
    StorageError,
    UnknownRequest,
    Unreachable,
    WriteForbidden,
)

T = TypeVar("T")

_log = logging.getLogger(__name__)

_PATIENCE_MS = 3600 * 1000
"""How long a job waits for an API that can't be reached before its credits go back."""

_FIRST_PAUSE_MS = 2_000
_LONGEST_PAUSE_MS = 120_000
_BUSY_PAUSE_SECONDS = 30.0

_REFUSALS: tuple[tuple[type[SamsarError], EndReason], ...] = (
    (RequestRejected, EndReason.REQUEST_REJECTED),
    (KeyRejected, EndReason.KEY_REJECTED),
    (OutOfCredits, EndReason.PLAN_EMPTY),
    (Busy, EndReason.BUSY),
)
"""Answers that say for certain that nothing was made."""


Claimed = tuple[Job, CallbackSecret]
"""A job that is SUBMITTING, and the secret of its callback address."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many jobs may be at the API at once, in all and for one member."""

    rendering: int
    per_member: int


class Submitter:
    """Takes jobs from the queue to the API.

    `callbacks` is the address that a job's secret is appended to; None where the API can't call us. `accepted` is told
    of a job that is to be watched from now on, `ended` of any other outcome. `moved` is told of a job whose outcome
    waits for the database, so that it does not count as stuck.
    """

    def __init__(
        self,
        queue: Queue,
        api: MovieApi,
        screen: Screen,
        clock: Clock,
        *,
        bounds: Bounds,
        pace: Pace,
        history: History,
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
        self._closed_until = 0

    async def take(self, now: int, most: int, _without: Sequence[str]) -> Sequence[Claimed]:
        """Claim jobs for submission, unless the API asked us to wait."""
        if now < self._closed_until:
            return ()
        return await self._queue.claim(now, most, self._bounds.rendering, self._bounds.per_member)

    async def next_due(self, now: int) -> int | None:
        """When to try again."""
        if now < self._closed_until:
            return self._closed_until
        return await self._queue.next_submission(now)

    def key(self, claimed: Claimed) -> str:
        """A claimed job is known by its id."""
        return claimed[0].id

    async def submit(self, claimed: Claimed) -> None:
        """Send one job that is SUBMITTING, and write down what came of it."""
        job, secret = claimed
        webhook_url = None if self._callbacks is None else f"{self._callbacks}{secret.plain}"
        try:
            request_id = await self._api.create_movie(job.request, webhook_url)
        except asyncio.CancelledError as exc:
            if isinstance(exc.__cause__, Unreachable):
                await self.give_back((claimed,))
            raise
        except Unreachable as exc:
            await self._put_back(job, exc)
        except (Ambiguous, Broken, UnknownRequest) as exc:
            _log.error("submission_unknown", extra={"job": job.id, **_told(exc)})
            await self._lost(job)
        except SamsarError as exc:
            await self._refused(job, exc)
        except Exception:
            await self._lost(job)  # nobody foresaw this, so the request may have left
            raise
        else:
            if await self._accepted(job, request_id):
                self._on_accepted()
                return
        self._on_ended()

    async def give_back(self, unsent: Sequence[Claimed]) -> None:
        """Put jobs that are SUBMITTING, but were provably not sent, back in their places in the queue.

        Raises:
            StorageError: They are still SUBMITTING, and so will be UNKNOWN.
        """
        for job, _ in unsent:
            _log.info("submission_withdrawn", extra={"job": job.id})
            await self._queue.requeue(job.id, self._clock.now(), job.attempts)

    async def _accepted(self, job: Job, request_id: str) -> bool:
        """Write down that the API took it. False: it is not to be watched, for the id that came is another job's."""
        _log.info("submitted", extra={"job": job.id, "request_id": request_id})  # first: the log has it in any case
        usual = self._history.usual(job.request.video_model, job.request.seconds)
        now = self._clock.now()
        due_at = now + int(1000 * self._pace.wait_after(0, usual))
        moved = await self._written(job, lambda: self._queue.accepted(job.id, request_id, due_at, now))
        if moved is not None:
            await self._screen.show(moved)
        return moved is not None and moved.state is JobState.RENDERING

    async def _lost(self, job: Job) -> None:
        lost = await self._written(job, lambda: self._queue.lose(job.id, self._clock.now()))
        if lost is not None:
            await self._screen.show(lost)

    async def _put_back(self, job: Job, exc: Unreachable) -> None:
        now = self._clock.now()
        if now - (job.answered_at or job.created_at) > _PATIENCE_MS:
            await self._give_back(job, EndReason.UNREACHABLE, exc)
            return
        pause = min(_LONGEST_PAUSE_MS, _FIRST_PAUSE_MS * 2 ** min(job.attempts, 10))
        _log.warning("api_unreachable", extra={"job": job.id, "reason": str(exc), "again_in_ms": pause})
        await self._written(job, lambda: self._queue.requeue(job.id, now + pause, job.attempts + 1))

    async def _refused(self, job: Job, exc: SamsarError) -> None:
        if isinstance(exc, Busy):
            pause = _BUSY_PAUSE_SECONDS if exc.retry_after is None else exc.retry_after
            self._closed_until = max(self._closed_until, self._clock.now() + int(1000 * pause))
        reason = next(reason for kind, reason in _REFUSALS if isinstance(exc, kind))
        await self._give_back(job, reason, exc)

    async def _give_back(self, job: Job, reason: EndReason, exc: SamsarError) -> None:
        _log.error("submission_refused", extra={"job": job.id, "why": reason, **_told(exc)})
        now = self._clock.now()
        await self._written(job, lambda: self._queue.fail(job.id, reason, exc.message, now, lost=False))

    async def _written(self, job: Job, write: Callable[[], Awaitable[T]]) -> T | None:
        """Write down what came of a request, as soon as the database can be written: the API says it only once.

        What the database will never take is left to the operator: the sweep makes the job UNKNOWN, and the log says
        what came of it.
        """
        while True:
            try:
                return await write()
            except WriteForbidden:
                _log.critical("outcome_refused_by_database", extra={"job": job.id}, exc_info=True)
                return None
            except StorageError:
                _log.exception("outcome_not_written", extra={"job": job.id})
                self._moved(job.id)
                await self._clock.wait(asyncio.Event(), self._clock.now() + REST_MS)


def _told(exc: SamsarError) -> dict[str, object]:
    """Why, for the log, and never in an answer's own words: they may echo the prompt. `jobs show` has a refusal's."""
    told: dict[str, object] = {"kind": type(exc).__name__, "status": exc.status}
    return told if exc.status is not None else told | {"reason": str(exc)}
