"""Recovers the work of dead processes, does what is due rarely, and detects work that is stuck.

Unacknowledged orders and pitches are voided, those that wait too long end, and pitches lapse or are funded.

A process whose work is stuck can be restarted. All work states how long it is expected to take. After ten times as long
it is stuck, for example behind a lock that is never released, which most likely blocks all other work too. After twenty
times as long, only a restart helps.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Final

import structlog

from bot.core.clock import Clock
from bot.domain.breaker import Outage
from bot.domain.jobs import JobState
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from bot.services.orders import ACK_TIMEOUT_MS, OrderService
from bot.services.signals import Signals
from bot.worker.breaker import log_breaker_change
from data import approvals, leases, pitch_ends, pitches, pledging, restore_review, submissions
from data.database import TOPICS, Database

_log = structlog.stdlib.get_logger(__name__)

_MAX_DELAY_MS: Final = 3_600_000
"""The longest delay of any work, except status polls where POLL_SLOWEST_SECONDS is longer. A due time further away was
written before the clock was set back."""

STUCK_AFTER_TIMES: Final = 10
"""How many times as long as expected work takes before it counts as stuck. Slow work is not stuck."""

_PITCHES: Final = 200
"""Pitches of one run. The next one goes on with the others."""


class Recovery:
    """Recovers stalled work, at the start and from time to time.

    `submission_ms` is how long a submission can take, `longest_poll_delay` the seconds between two polls at most, and
    `longest_lease_ms` what a lease lasts at most.
    `submissions_in_progress` returns the ids of the jobs that this process is submitting.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        signals: Signals,
        orders: OrderService,
        *,
        submission_ms: int,
        longest_poll_delay: float,
        longest_lease_ms: int,
        submissions_in_progress: Callable[[], Sequence[str]],
    ) -> None:
        self._database = database
        self._clock = clock
        self._signals = signals
        self._orders = orders
        self._submission_ms = submission_ms
        self._max_delay_ms = max(_MAX_DELAY_MS, int(1000 * longest_poll_delay))
        self._longest_lease_ms = longest_lease_ms + MAX_CLOCK_DIFFERENCE_MS
        self._submissions_in_progress = submissions_in_progress
        self._checked_at = 0

    async def start(self, *, only_instance: bool) -> None:
        """Recover the work of earlier processes.

        All of it if no other process runs.
        """
        self._checked_at = await self._database.read(restore_review.last_write_at)
        if only_instance:
            await self._database.write(leases.release_all)
        else:
            self._checked_at -= MAX_CLOCK_DIFFERENCE_MS  # it may be the time of another machine
        await self.run(only_instance=only_instance)

    async def run(self, *, only_instance: bool = False) -> None:
        """Recover the work of dead processes.

        Jobs that are SUBMITTING become UNKNOWN at once if no other process runs. Otherwise they are left for as long as
        a submission can take, because another process may still record its outcome.
        """
        now = self._clock.now()
        await self._handle_clock_change(now)
        before = None if only_instance else now - self._submission_ms
        in_progress = self._submissions_in_progress()
        for job_id in await self._database.read(submissions.stalled, before=before, exclude=in_progress):
            job = await self._database.write(submissions.recover_stalled, job_id, before=before)
            if job is not None and job.state is JobState.UNKNOWN:
                _log.error("job_outcome_unknown", job_id=job_id, error="the process ended while submitting")
        await self._database.write(submissions.fail_abandoned_trial)
        await self._end_waiting()
        for job_id in await self._database.read(approvals.overdue):
            if await self._database.write(approvals.lapse, job_id):
                _log.info("approval_lapsed", job_id=job_id)
        await log_breaker_change(self._database)
        await self._orders.void_unacknowledged(only_instance=only_instance)
        await self._withdraw_unposted(only_instance=only_instance)
        await self._run_due_pitches()

    async def _handle_clock_change(self, now: int) -> None:
        """Make work due that was scheduled before the clock was set back.

        If this process saw the clock go back, all waiting work is due: its remaining delay is not known, and most
        delays are short. Otherwise only work is due that waits longer than any delay can be.

        A lease ends only if it lasts longer than any lease can: its holder may be at work.
        """
        set_back = now < self._checked_at
        after = now if set_back else now + self._max_delay_ms
        made_due = await self._database.write(restore_review.make_due, after)
        made_due += await self._database.write(leases.end_longer, max(after, now + self._longest_lease_ms))
        if set_back or made_due:
            by_ms = self._checked_at - now if set_back else None
            _log.warning("clock_set_back", by_ms=by_ms, made_due=made_due)
            self._signals.notify(TOPICS)
        self._checked_at = now

    async def _end_waiting(self) -> None:
        """Fail jobs that waited too long, and release their credits."""
        outages: dict[str, Outage] = {}
        for job_id in await self._database.read(submissions.overdue):
            outage = await self._database.write(submissions.end_waiting, job_id)
            if outage is not None:
                outages[job_id] = outage
        if outages:
            _log.error("waiting_jobs_ended", outage=next(iter(outages.values())), jobs=[*outages])

    async def _withdraw_unposted(self, *, only_instance: bool) -> None:
        """Withdraw pitches whose process died before it posted them.

        Nobody has seen them, and they count as their member's open ones. `only_instance`: no other process runs, and
        this one makes no pitches yet, so none is still being posted.
        """
        before = None if only_instance else self._clock.now() - ACK_TIMEOUT_MS
        for pitch_id in await self._database.read(pitches.unposted, before, _PITCHES):
            await self._database.write(pitch_ends.withdraw_unposted, pitch_id)

    async def _run_due_pitches(self) -> None:
        """End pitches, lapse what is pledged to them, or try again to fund them. One that fails holds no other up."""
        for pitch_id in await self._database.read(pitches.due, _PITCHES):
            try:
                await self._database.write(pledging.run_due, pitch_id)
            except Exception:  # noqa: BLE001 (the next run tries this one again)
                _log.exception("pitch_failed", pitch_id=pitch_id)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A work item that is stuck, and the seconds since it started."""

    work: str
    key: str
    seconds: float


@dataclass(eq=False, slots=True)
class _WatchedWork:
    work: str
    key: str
    expected_seconds: float
    since: float
    reported: bool = False


class Watchdog:
    """Tracks work in progress and reports what is stuck.

    `now` is in seconds. It must not be the wall clock: a host that was asleep would make all work look stuck.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._watched: set[_WatchedWork] = set()

    @contextlib.contextmanager
    def watch(self, work: str, key: str, expected_seconds: float) -> Generator[None]:
        """Track a work item for the length of the block."""
        item = _WatchedWork(work, key, expected_seconds, self._now())
        self._watched.add(item)
        try:
            yield
        finally:
            self._watched.discard(item)
            if item.reported:
                _log.warning("work_recovered", work=work, item=key)

    def heartbeat(self, key: str) -> None:
        """Restart the timer of an item that waits for its retry."""
        for item in self._watched:
            if item.key == key:
                item.since = self._now()

    def stuck(self) -> tuple[Stuck, ...]:
        """Return the stuck work items."""
        return tuple(self._describe(item) for item in self._watched if self._overrun(item) >= STUCK_AFTER_TIMES)

    def check(self) -> Stuck | None:
        """Log each stuck item once, and return one that needs a restart.

        An item is returned only if an earlier check found it stuck: in a container that was paused, time has passed
        but no work could run.
        """
        known = [item for item in self._watched if item.reported]
        for item in self._watched:
            stuck = self._overrun(item) >= STUCK_AFTER_TIMES
            if stuck and not item.reported:
                _log.error("work_stuck", work=item.work, item=item.key, seconds=round(self._now() - item.since))
            elif item.reported and not stuck:
                _log.warning("work_recovered", work=item.work, item=item.key)
            item.reported = stuck
        hung = (item for item in known if self._overrun(item) >= 2 * STUCK_AFTER_TIMES)
        return next(map(self._describe, hung), None)

    def _describe(self, item: _WatchedWork) -> Stuck:
        return Stuck(item.work, item.key, self._now() - item.since)

    def _overrun(self, item: _WatchedWork) -> float:
        """Return the time since the start, in expected durations."""
        return (self._now() - item.since) / item.expected_seconds
