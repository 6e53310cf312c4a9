"""Submit queued jobs to the API, each at most once.

SUBMITTING is committed before the request is sent. A request that was provably not sent goes back to the queue. A
rejected one releases the hold. One whose outcome is unknown makes the job UNKNOWN and is never sent again: POST
/create_movie is not idempotent. The pictures of a movie are given to the API before the request, which may be repeated.

Failures that concern every job open the circuit breaker, in the transaction that settles the job (see
bot/domain/breaker.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Concatenate, Final, ParamSpec, TypeVar

import structlog

from bot.core.clock import Clock
from bot.core.errors import (
    AuthenticationFailed,
    ConnectFailed,
    ConstraintViolation,
    InvalidRequest,
    InvalidResponse,
    ModelRefused,
    OutcomeUnknown,
    RequestNotFound,
    SamsarError,
    StorageError,
)
from bot.domain.catalogue import ModelKind
from bot.domain.jobs import EndReason, Job
from bot.domain.operations import Operation
from bot.domain.polling import PollingSchedule
from bot.domain.upstream import Created, believable_charge
from bot.services.movie_api import MovieApi
from bot.services.orders import DurationHistory
from bot.tracing import traced
from bot.worker.breaker import log_breaker_change, log_fields, outage_of, retry_after_ms_of
from bot.worker.interfaces import MessagePublisher
from bot.worker.poll_loop import ERROR_BACKOFF_MS
from data import breakers, pictures, submissions
from data.availability import RefusedModel
from data.database import Database, Transaction
from data.submissions import Claim

T = TypeVar("T")
P = ParamSpec("P")

_log = structlog.stdlib.get_logger(__name__)

_ABOUT_KEYS: Final = ("key", "authori", "bearer")


@dataclass(frozen=True, slots=True)
class ConcurrencyLimits:
    """Limits on jobs at the API, in all and per member."""

    total: int
    per_member: int

    @property
    def of_member(self) -> int | None:
        """The limit per member, None where the total is as low."""
        return self.per_member if self.per_member < self.total else None


class Submitter:
    """Submits jobs from the queue to the API.

    `callback_url` is the URL that a job's callback token is appended to; None where the API can't reach the bot.
    `heartbeat` gets the id of a job whose outcome waits for the database: it must not count as stuck.
    """

    def __init__(
        self,
        database: Database,
        api: MovieApi,
        publisher: MessagePublisher,
        clock: Clock,
        *,
        concurrency_limits: ConcurrencyLimits,
        schedule: PollingSchedule,
        history: DurationHistory,
        callback_url: str | None,
        heartbeat: Callable[[str], None],
    ) -> None:
        self._database = database
        self._api = api
        self._publisher = publisher
        self._clock = clock
        self._concurrency_limits = concurrency_limits
        self._schedule = schedule
        self._history = history
        self._callback_url = callback_url
        self._heartbeat = heartbeat

    async def fetch(self, limit: int, exclude: Sequence[str]) -> Sequence[Claim]:
        """Claim jobs for submission, as many as the circuit breaker lets through.

        Those in `exclude` may be in the queue again although this process still repeats a write about them. What is
        made of a movie that is gone ends here.
        """
        most = self._concurrency_limits
        claimed = await self._database.write(submissions.claim, limit, most.total, most.per_member, exclude)
        for gone in [each.job for each in claimed if each.is_sourceless]:
            if await self._database.write(submissions.end_sourceless, gone.id) is not None:
                _log.info("job_source_gone", job_id=gone.id)
        return [each for each in claimed if not each.is_sourceless]

    async def next_due_at(self, now: int) -> int | None:
        """Return when the next job is due.

        The end of an outage is signaled.
        """
        return await self._database.read(submissions.next_claimable_at, now)

    def key(self, claimed: Claim) -> str:
        """Return the job's id."""
        return claimed.job.id

    @traced("submit")
    async def process(self, claimed: Claim) -> None:
        """Submit one job that is SUBMITTING, and record the outcome."""
        job, failure = claimed.job, None
        webhook_url = None if self._callback_url is None else f"{self._callback_url}{claimed.token.value}"
        try:
            sources = claimed.sources or await self._give_pictures(claimed)
            created = await self._api.create_movie(job.request, webhook_url, sources)
        except asyncio.CancelledError as exc:
            if isinstance(exc.__cause__, ConnectFailed):
                await self.release((claimed,))
            raise
        except SamsarError as exc:
            failure = exc
            await self._record_failure(claimed, exc)
        except Exception:
            await self._record_unknown(job)  # an unexpected error: the request may have been sent
            await log_breaker_change(self._database)
            raise
        else:
            await self._record_accepted(job, created)
        await log_breaker_change(self._database, failure)

    async def _give_pictures(self, claimed: Claim) -> tuple[str, ...]:
        """Give the API a job's pictures, one at a time, and return their addresses there. Other jobs have none.

        Raises:
            ConnectFailed: Nothing was ordered, and it is to be tried again. Also the cause of a cancellation.
            SamsarError: The API refuses a picture, or everything now.
        """
        job, addresses = claimed.job, list[str]()
        if job.request.operation is not Operation.PICTURES:
            return ()
        try:
            for picture_id in job.request.sources:
                picture = await self._write(job, pictures.read, picture_id)
                if picture is None:
                    raise InvalidRequest("its pictures are gone")
                addresses.append(await self._api.upload_picture(picture.content, picture.type.media_type))
                self._heartbeat(job.id)
        except asyncio.CancelledError as exc:
            raise exc from ConnectFailed("cancelled before it was ordered")
        except (OutcomeUnknown, InvalidResponse, RequestNotFound) as exc:
            raise ConnectFailed(exc.message, status=exc.status) from exc
        if not await self._write(job, pictures.begin_sending, job, claimed.token.hash):
            raise ConnectFailed("it took too long, and the job was queued again")
        return tuple(addresses)

    async def release(self, unsent: Sequence[Claim]) -> None:
        """Return jobs to the queue that were SUBMITTING but provably not sent.

        Raises:
            StorageError: They stay SUBMITTING, and become UNKNOWN later.
        """
        for job, token, _ in unsent:
            _log.info("job_submission_released", job_id=job.id)
            await self._database.write(submissions.requeue, job.id, token.hash, job.submit_attempts)

    async def _record_accepted(self, job: Job, created: Created) -> None:
        # logged first, so that the request id is known even if the write fails
        _log.info("job_submitted", job_id=job.id, request_id=created.request_id)
        estimate = self._history.estimate(job.request)
        now = self._clock.now()
        due_at = now + int(1000 * self._schedule.next_delay(0, estimate))
        charged = believable_charge(created.charged, job.price)
        updated = await self._write(job, submissions.mark_rendering, job.id, created.request_id, due_at, charged)
        if updated is not None:
            await self._publisher.update_card(updated)

    async def _record_failure(self, claimed: Claim, exc: SamsarError) -> None:
        match exc:
            case ConnectFailed():
                await self._requeue(claimed, exc)
            case OutcomeUnknown() | InvalidResponse() | RequestNotFound():
                _log.error("job_outcome_unknown", job_id=claimed.job.id, **log_fields(exc))
                await self._record_unknown(claimed.job)
            case AuthenticationFailed():
                await self._record_key_error(claimed, exc)
            case _:
                await self._record_rejection(claimed.job, exc)

    async def _record_unknown(self, job: Job) -> None:
        unknown_job = await self._write(job, submissions.mark_unknown, job.id)
        if unknown_job is not None:
            await self._publisher.update_card(unknown_job)

    async def _requeue(self, claimed: Claim, exc: SamsarError) -> None:
        """Return an unsent job to the queue, and open the breaker."""
        job, token, _ = claimed
        attempts = job.submit_attempts + isinstance(exc, ConnectFailed)
        await self._write(job, submissions.requeue, job.id, token.hash, attempts, outage_of(exc))

    async def _record_key_error(self, claimed: Claim, exc: AuthenticationFailed) -> None:
        """Requeue the job until the key works.

        The trial fails, because the probe just passed with the same key. So does a job whose prompt the error may
        repeat.
        """
        job = claimed.job
        if _may_repeat_prompt(job, exc):
            await self._record_rejection(job, InvalidRequest(exc.message, status=exc.status))
            return
        breaker = await self._write(job, breakers.read)
        if breaker is not None and breaker.trial_job_id == job.id:
            await self._record_rejection(job, exc)
        else:
            await self._requeue(claimed, exc)

    async def _record_rejection(self, job: Job, exc: SamsarError) -> None:
        outage = None if isinstance(exc, InvalidRequest) else outage_of(exc)
        reason = EndReason.REQUEST_REJECTED if outage is None else outage.end_reason
        refused_model = None
        if isinstance(exc, ModelRefused):
            reason, kind = EndReason.MODEL_REFUSED, ModelKind(exc.kind)
            model = job.request.video_model if kind is ModelKind.VIDEO else job.request.image_model
            refused_model = RefusedModel(kind, model, self._clock.now(), exc.message)
        _log.error("job_rejected", job_id=job.id, reason=reason, **log_fields(exc))
        wait_ms = retry_after_ms_of(exc)
        await self._write(
            job, submissions.refuse, job.id, reason, exc.message, outage, wait_ms, refused_model=refused_model
        )
        if refused_model is not None:
            _log.error(
                "model_refused",
                kind=refused_model.kind,
                model=refused_model.model,
                advice=f"Members can't order it until you run: catalogue allow {refused_model.model}",
            )

    async def _write(
        self, job: Job, function: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Record a request's outcome, retrying until the database works.

        The API reports it only once. None: the database rejects the write for good. The job becomes UNKNOWN at a later
        check, and the log has the outcome for the operator.
        """
        while True:
            try:
                return await self._database.write(function, *args, **kwargs)
            except ConstraintViolation:
                _log.critical("job_update_rejected", job_id=job.id, exc_info=True)
                return None
            except StorageError:
                _log.exception("job_update_failed", job_id=job.id)
                self._heartbeat(job.id)
                await self._clock.wait(asyncio.Event(), self._clock.now() + ERROR_BACKOFF_MS)


def _may_repeat_prompt(job: Job, exc: AuthenticationFailed) -> bool:
    """Return whether an error about keys may repeat the prompt.

    A 400 is told by its words, and the API may repeat a prompt that speaks of keys. That must stop no other order.
    """
    prompt = job.request.prompt.casefold()
    return exc.status == HTTPStatus.BAD_REQUEST and any(word in prompt for word in _ABOUT_KEYS)
