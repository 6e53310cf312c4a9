"""Polls rendering jobs until the API reports how they ended.

Slow is not failed: a job that takes long is polled ever more slowly, and its hold stays. Only COMPLETED with a URL,
FAILED, CANCELLED, or a request id that the API persistently does not know ends it.

A job whose member asked to cancel it is cancelled at the API right after a status that says that it is not finished.
What the API answers to that does not matter: the next status tells how it ended, also after a crash.

A storyboard waits at the API. What its member decided is in its row: the API is told to go on until it answers, or the
job is cancelled there as any other, and ends once what it was charged is certain.

The newest still of a movie that is made is asked for when a stage begins, until all are drawn. Without it, the movie is
made all the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

import structlog

from bot.core.clock import Clock
from bot.core.errors import InvalidRequest, InvalidResponse, RateLimited, RequestNotFound, SamsarError
from bot.domain.durations import DurationEstimate
from bot.domain.jobs import LATE_CHARGE_MS, MAX_LATE_CHARGE_MS, EndReason, Job, JobState, Step, Still
from bot.domain.operations import Operation
from bot.domain.polling import PollingSchedule
from bot.domain.upstream import DRAWING_STAGE, MovieState, StageState, Status, believable_charge, parse_progress
from bot.services.movie_api import MovieApi
from bot.services.orders import DurationHistory
from bot.services.reports import ChargeTotals
from bot.tracing import traced
from bot.worker.breaker import log_breaker_change
from bot.worker.interfaces import MessagePublisher
from data import outbox, rate_limits, renders, storyboards
from data.database import Database
from data.leases import Lease

T = TypeVar("T")

_log = structlog.stdlib.get_logger(__name__)

NOT_FOUND_THRESHOLD: Final = 20
"""Polls in a row with a 404 before the API has lost the movie: a 404 can be a temporary fault."""

NOT_FOUND_GRACE_SECONDS: Final = 6 * 3600.0
"""How old a job must also be: at first, a wrong path or a deploy upstream is likelier than a lost movie."""

_POLL_FAILED: Final = "status_poll_failed"

_ERROR_RETRY_SECONDS = 15.0

LEASE_MS: Final = 90_000
"""How long a poll is this process's. After a crash, another process polls the job when the lease ends."""

POLL_SECONDS: Final = 75.0
"""How long a poll may take: its lease without a margin for what the database takes."""

CANCEL_SECONDS: Final = 10.0
"""How long a cancellation and the poll after it may take: with the poll before them, they end within the lease."""

STILLS_SECONDS: Final = 10.0
"""How long a look for stills may take, which no job is cancelled after: with the poll before it, within the lease."""

_MAX_UNVERIFIED_SECONDS: Final = 300.0
"""The longest delay between two polls of an unverified id: NOT_FOUND_THRESHOLD polls take half an hour or more."""

_FOUND_LATE_SHARE: Final = 0.25
_FOUND_LATE_SECONDS: Final = 30.0
"""How late a movie may be found for its duration to be recorded: by a quarter of the duration, or by half a minute (one
or two temporary faults) more than the polling schedule allows."""

_FIRST_CANCEL_PAUSE_MS: Final = 15_000
_LONGEST_CANCEL_PAUSE_MS: Final = 3_600_000


class StatusPoller:
    """Polls the status of jobs and records it."""

    def __init__(
        self,
        database: Database,
        api: MovieApi,
        publisher: MessagePublisher,
        clock: Clock,
        *,
        schedule: PollingSchedule,
        history: DurationHistory,
        charges: ChargeTotals,
        has_stills: bool,
        process_id: str,
    ) -> None:
        self._database = database
        self._api = api
        self._publisher = publisher
        self._clock = clock
        self._schedule = schedule
        self._history = history
        self._charges = charges
        self._has_stills = has_stills
        self._process_id = process_id
        self._late: set[str] = set()
        self._cancels = CancelAttempts(clock)

    async def fetch(self, limit: int, exclude: Sequence[str]) -> Sequence[Job]:
        """Lease the jobs whose poll is due."""
        lease = Lease(self._process_id, self._clock.now() + LEASE_MS)
        return await self._database.write(renders.take_due_polls, limit, exclude, lease)

    async def next_due_at(self, now: int) -> int | None:
        """Return when the next poll is due, or when their pause ends."""
        paused_until = await self._database.read(rate_limits.paused_until, now)
        if paused_until is None:
            return await self._database.read(renders.next_poll_at, now)
        # what was leased before still waits for its turn
        self._api.pause_status((paused_until - self._clock.now()) / 1000)
        return paused_until

    def key(self, job: Job) -> str:
        """Return the job's id."""
        return job.id

    @traced("poll")
    async def process(self, job: Job) -> None:
        """Poll one job; of an UNKNOWN job, poll its unverified request id."""
        if job.state is JobState.CANCELLED:
            await self._look_for_late_charge(job)
            return
        not_found = (RequestNotFound, InvalidRequest) if job.state is JobState.UNKNOWN else RequestNotFound
        try:
            status = await self._get_status(job)
        except not_found as exc:
            await self._record_not_found(job, exc)
        except SamsarError as exc:
            await self._retry(job, exc)
        else:
            await self._act_on(job, status)

    async def _act_on(self, job: Job, status: Status) -> None:
        """Adopt an id, cancel a movie or decide about a storyboard as its member wants, else record the status."""
        is_wanted = job.cancel_requested_at is not None and self._cancels.seconds_left(job.id) <= 0
        if job.state is JobState.UNKNOWN:
            await self._confirm(job, status)
        elif is_wanted and status.is_certainly_unfinished:
            await self._cancel(job, status)
        elif status.waits and job.cancel_requested_at is None:
            await self._wait_for_decision(job, status)
        else:
            await self._record_status(job, status)

    async def _wait_for_decision(self, job: Job, status: Status) -> None:
        """Record that a storyboard waits, do what is due then, or let the API go on as its member wants."""
        match job.step:
            case Step.DRAWING:
                if await self._database.write(renders.record_drawn, job.id, status.stills) is not None:
                    _log.info("storyboard_drawn", job_id=job.id, seconds=self._age(job))
            case Step.REVIEW | Step.STORYBOARD:
                ended = await self._database.write(renders.keep_waiting, job.id, status.stills)
                if ended is not None:
                    _log.info("storyboard_lapsed", job_id=job.id, reason=ended)
            case Step.RESUMING | None:  # None: an answer was lost, and the API has forgotten it
                await self._resume(job)

    async def _resume(self, job: Job) -> None:
        """Let the API make the video of a storyboard."""
        try:
            await _within(CANCEL_SECONDS, self._api.process_next(_request_id(job)))
        except SamsarError as exc:
            await self._retry(job, exc, "resume_retried")
        else:
            await self._record_resumed(job)

    async def _record_resumed(self, job: Job) -> None:
        if job.step is None:
            await self._poll_again(job)
            return
        due_at = self._due_at(self._schedule.next_delay(0.0))
        if await self._database.write(storyboards.resume, job.id, due_at) is not None:
            _log.info("storyboard_resumed", job_id=job.id)

    async def _cancel(self, job: Job, before: Status) -> None:
        """Cancel a job at the API, and record its status after that."""
        self._cancels.count(job.id)
        try:
            after = await _within(CANCEL_SECONDS, self._status_after_cancel(job))
        except SamsarError as exc:
            await self._retry(job, exc, "cancel_retried")
        else:
            # what is finished stays charged: a lower number after it is one that was not counted yet
            found = [_believed_charge(job, status) for status in (before, after)]
            charged = max((each for each in found if each is not None), default=None)
            await self._record_status(job, replace(after, charged=charged))

    async def _status_after_cancel(self, job: Job) -> Status:
        await self._api.cancel_movie(_request_id(job))
        _log.info("cancel_accepted", job_id=job.id)
        return await self._request_status(job)

    async def _look_for_late_charge(self, job: Job) -> None:
        """Ask what the API charged for a movie since it was cancelled.

        It charges for the stage that was at work once that is done.
        """
        charged = None
        if job.request_id is not None:  # else the erasure of its member was repeated in a restored database
            try:
                charged = _believed_charge(job, await self._get_status(job))
            except SamsarError as exc:
                if self._clock.now() - (job.finished_at or 0) < MAX_LATE_CHARGE_MS:
                    await self._retry(job, exc)
                    return
                await self._record_failure(job, exc)
        late = await self._database.write(renders.record_late_charge, job.id, charged)
        if late:
            _log.info("cancelled_movie_charged", job_id=job.id, credits=late)

    async def _request_status(self, job: Job) -> Status:
        return await (self._api.get_step_status if job.has_steps else self._api.get_status)(_request_id(job))

    async def _get_status(self, job: Job) -> Status:
        """Request a job's status from the API, within the lease."""
        return await _within(POLL_SECONDS, self._request_status(job))

    async def _confirm(self, job: Job, status: Status) -> None:
        """Adopt an UNKNOWN job's unverified id, which the API knows."""
        request_id = _request_id(job)
        found = await self._database.write(renders.attach_request_id, job.id, request_id, self._clock.now())
        if found is None:
            await self._database.write(renders.reject_unverified_id, job.id, request_id)
            return
        _log.info("job_request_id_verified", job_id=job.id, request_id=request_id)
        await self._record_status(found, status, show=True)

    async def _record_status(self, job: Job, status: Status, *, show: bool = False) -> None:
        """Record a status. `show` updates the card even without progress."""
        if status.state is MovieState.PENDING:
            if job.step is Step.RESUMING and not status.waits and job.cancel_requested_at is None:
                await self._record_resumed(job)  # the answer was lost
            else:
                await self._record_progress(job, status, show=show)
            return
        self._late.discard(job.id)
        status = replace(status, charged=_believed_charge(job, status))
        if status.url is not None:
            await self._complete(job, status.url, status.charged)
        elif (
            status.state is MovieState.CANCELLED
            and job.stop_credits is not None
            and await self._database.write(renders.await_charge, job.id, status.charged)
        ):
            return
        elif status.state is MovieState.FAILED or not await self._end_cancelled(job, status):
            await self._fail(job, status)
        await self._show_end(job)

    async def _complete(self, job: Job, url: str, charged: int | None) -> None:
        now = self._clock.now()
        completed = await self._database.write(renders.complete, job.id, url, self._took_ms(job, now), charged)
        if completed is not None:
            self._history.add(completed)
            self._charges.add(completed)
            if self._charges.warns_of(completed, now):
                model = completed.request.video_model
                _log.warning("model_dearer", model=model, price=completed.price, charged=charged, job_id=job.id)
        _log.info("job_completed", job_id=job.id, seconds=self._age(job))
        if job.cancel_requested_at is not None:
            _log.info("cancel_too_late", job_id=job.id)

    async def _show_end(self, job: Job) -> None:
        """Announce a job's end: on its card where nothing is posted."""
        self._cancels.forget(job.id)
        found = await self._database.read(outbox.card_without_message, job.id)
        if found is not None:
            await self._publisher.update_card(*found)

    async def _end_cancelled(self, job: Job, status: Status) -> bool:
        """End a job that was cancelled at the API.

        Return False unless its member asked for that.
        """
        cancelled = await self._database.write(renders.end_cancelled, job.id, status.charged)
        if cancelled is None:
            return False
        _log.info("job_cancelled", job_id=job.id, spent=cancelled.spent, refunded=cancelled.refunded)
        if status.stages and all(stage.state is StageState.COMPLETED for stage in status.stages):
            _log.warning("finished_movie_cancelled", job_id=job.id)  # between the status and the cancellation
        return True

    async def _fail(self, job: Job, status: Status) -> None:
        """Fail a job as the API has said."""
        shortage = status.shortage
        reason = EndReason.UPSTREAM_FAILED if shortage is None else EndReason.CREDITS_RAN_OUT
        await self._database.write(renders.fail_charged, job.id, reason, status.message, status.charged, shortage)
        # without the API's message, which may quote the prompt: `jobs show` has it
        _log.warning("job_failed", job_id=job.id)
        if shortage is not None:
            _log.error("credits_ran_out", job_id=job.id, outage=shortage)
            await log_breaker_change(self._database)

    async def _record_progress(self, job: Job, status: Status, *, show: bool) -> None:
        now, progress = self._clock.now(), parse_progress(status)
        shown_progress = progress if progress.total else job.progress
        show = self._became_overdue(job) or show or shown_progress != job.progress
        due_at = self._due_at(self._poll_delay(job))
        if not show and not job.not_found_count:
            await self._database.write(renders.reschedule_poll, job, due_at, pending_at=now)
            return
        still = await self._newest_still(job, status)
        updated = await self._database.write(
            renders.record_poll, job, due_at, shown_progress, pending_at=now, still=still
        )
        if updated is not None and show:
            await self._publisher.update_card(updated)

    async def _newest_still(self, job: Job, status: Status) -> Still | None:
        """Ask for a movie's newest still where a stage has begun, and there may be one that its card does not show."""
        has_begun = parse_progress(status).stage != job.progress.stage
        if not (self._has_stills and job.shows_still and has_begun and status.may_have_stills):
            return None
        was_drawn = job.progress.stage != DRAWING_STAGE
        if was_drawn and await self._database.read(storyboards.stills, job.id):
            return None
        try:
            stills = await _within(STILLS_SECONDS, self._api.get_stills(_request_id(job)))
        except SamsarError as exc:
            await self._record_failure(job, exc, "still_not_found")
            return None
        return stills[-1] if stills else None

    async def _record_not_found(self, job: Job, exc: SamsarError) -> None:
        """Count a 404, and believe it once it persists, of a movie also only where it is not new."""
        count, is_unknown = job.not_found_count + 1, job.state is JobState.UNKNOWN
        event = "unverified_request_id_not_found" if is_unknown else "status_not_found"
        _log.warning(event, job_id=job.id, request_id=_request_id(job), not_found_count=count)
        if count < NOT_FOUND_THRESHOLD or not (is_unknown or self._age(job) > NOT_FOUND_GRACE_SECONDS):
            await self._poll_again(job, not_found_count=count)
        elif is_unknown:
            await self._database.write(renders.reject_unverified_id, job.id, _request_id(job))
        else:
            await self._database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_LOST_JOB, exc.message)
            await self._show_end(job)

    async def _poll_again(self, job: Job, wait: float = 0.0, *, not_found_count: int | None = None) -> None:
        """Poll a job later, about which nothing new is known, unless the API does not know it."""
        least = wait or (0.0 if job.called_back_at is not None else _ERROR_RETRY_SECONDS)
        due_at = self._due_at(max(least, self._poll_delay(job)))
        await self._database.write(renders.reschedule_poll, job, due_at, not_found_count=not_found_count)

    async def _retry(self, job: Job, exc: SamsarError, event: str = _POLL_FAILED) -> None:
        """Log a failed request, and poll the job later."""
        await self._record_failure(job, exc, event)
        await self._poll_again(job, _seconds_to_wait(exc))

    async def _record_failure(self, job: Job, exc: SamsarError, event: str = _POLL_FAILED) -> None:
        """Log a failed request; a 429 pauses the polls of all processes."""
        _log.warning(event, job_id=job.id, error_type=type(exc).__name__, status=exc.status)
        seconds = _seconds_to_wait(exc)
        if seconds:
            self._api.pause_status(seconds)
            if await self._database.write(rate_limits.pause, self._due_at(seconds)):
                _log.warning("status_polls_paused", seconds=seconds)

    def _became_overdue(self, job: Job) -> bool:
        """Return True once, when the job first takes longer than usual."""
        estimate = self._estimate(job)
        if estimate is None or self._age(job) <= estimate.high or job.id in self._late:
            return False
        self._late.add(job.id)
        return True

    def _estimate(self, job: Job) -> DurationEstimate | None:
        """Estimate how long a job takes. How long a storyboard does is not known."""
        if job.step is not None:
            return None
        return self._history.estimate(job.request)

    def _age(self, job: Job) -> float:
        """Return the seconds since the job was submitted, or its video."""
        return (self._clock.now() - (job.submitted_at or job.created_at)) / 1000

    def _poll_delay(self, job: Job) -> float:
        """Return the seconds until the next poll.

        It comes soon where the member waits for a cancellation, and ever later where that does not help.
        """
        if job.is_waiting:
            return storyboards.LOOK_MS / 1000
        if job.state is JobState.CANCELLED:
            return LATE_CHARGE_MS / 1000
        age, estimate = self._age(job), self._estimate(job)
        since_callback = None if job.called_back_at is None else (self._clock.now() - job.called_back_at) / 1000
        if job.state is JobState.UNKNOWN:
            assert since_callback is not None
            return min(_MAX_UNVERIFIED_SECONDS, self._schedule.after_callback(since_callback, age))
        if job.step is Step.RESUMING:
            delay = _ERROR_RETRY_SECONDS
        elif job.step is not None:  # the API calls back at no checkpoint
            delay = self._schedule.without_callback(age)
        elif since_callback is None:
            delay = self._schedule.next_delay(age, estimate)
        else:
            delay = self._schedule.after_callback(since_callback, age, estimate)
        if job.cancel_requested_at is None:
            return delay
        return min(delay, max(_ERROR_RETRY_SECONDS, self._cancels.seconds_left(job.id)))

    def _took_ms(self, job: Job, now: int) -> int | None:
        """Return the rendering time.

        None where the movie may have been finished long before, as after downtime, began with a storyboard, or is made
        from others.
        """
        if job.request.operation is not Operation.MOVIE:
            return None
        assert job.submitted_at is not None
        took, polled_at = now - job.submitted_at, max(job.submitted_at, job.last_pending_at or 0)
        estimate = self._history.estimate(job.request)
        delay = self._schedule.next_delay((polled_at - job.submitted_at) / 1000, estimate)
        allowed = max(_FOUND_LATE_SHARE * took, 1000 * (delay + _FOUND_LATE_SECONDS))
        found_late = now - max(polled_at, job.called_back_at or 0)
        return took if 0 <= found_late <= allowed else None  # below 0: the clock was set back

    def _due_at(self, seconds: float) -> int:
        return self._clock.now() + int(1000 * seconds)


def _request_id(job: Job) -> str:
    """Return the API's id of a job; of an UNKNOWN one the id that a callback gave, unverified."""
    found = job.unverified_request_id if job.state is JobState.UNKNOWN else job.request_id
    assert found is not None, job.id
    return found


def _believed_charge(job: Job, status: Status) -> int | None:
    """Return what the API charged for a job as its status has it, None where that can't be true."""
    if job.request.operation.declared.is_copy:  # which the API charged before it answered, and not in its status
        return job.charged
    charged = believable_charge(status.charged, job.price)
    if charged != status.charged:
        _log.error("charge_not_believed", job_id=job.id, price=job.price, charged=status.charged)
    return charged


async def _within(seconds: float, request: Awaitable[T]) -> T:
    """Await a request to the API for so long.

    Raises:
        SamsarError: The API does not answer, or not as it should.
    """
    try:
        async with asyncio.timeout(seconds):
            return await request
    except TimeoutError as exc:
        raise InvalidResponse(f"no answer within {seconds:.0f} s") from exc


def _seconds_to_wait(exc: SamsarError) -> float:
    """Return how long the API asks to wait, in seconds."""
    if not isinstance(exc, RateLimited):
        return 0.0
    return _ERROR_RETRY_SECONDS if exc.retry_after is None else exc.retry_after


class CancelAttempts:
    """Counts each job's cancellations, whose pauses double up to an hour.

    In memory: a new process begins with the shortest pause, as its requests are the first that the API gets of it.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tried: dict[str, tuple[int, int]] = {}
        """The number of attempts and when the next is due, by job."""

    def seconds_left(self, job_id: str) -> float:
        """Return how long a job's next attempt has to wait, 0 where it may be made."""
        attempts, due_at = self._tried.get(job_id, (0, 0))
        left = due_at - self._clock.now()
        return left / 1000 if left <= _pause_ms(attempts) else 0.0  # more: the clock was set back

    def count(self, job_id: str) -> None:
        """Count an attempt."""
        attempts = self._tried.get(job_id, (0, 0))[0] + 1
        self._tried[job_id] = attempts, self._clock.now() + _pause_ms(attempts)

    def forget(self, job_id: str) -> None:
        """Forget a job that has ended."""
        self._tried.pop(job_id, None)


def _pause_ms(attempts: int) -> int:
    return min(_LONGEST_CANCEL_PAUSE_MS, _FIRST_CANCEL_PAUSE_MS * 2 ** max(0, min(attempts, 20) - 1))
