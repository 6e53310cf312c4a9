"""The circuit breaker before POST /create_movie.

    closed ──► open ──► half-open ──► closed
     failed     ▲ ▲  probed    │ accepted
                │ └────────────┘ the trial failed
                └─ the probe failed: a longer pause

While open, no job is submitted. After a pause, a probe asks the API for a status, which creates nothing. If it is
answered, the breaker is half-open and one job is submitted as a trial, of a member who had no failure in the outage if
there is one. When the API accepts it, the others follow. All functions are pure; the record is in data/breakers.py.
Times are UTC epoch milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.jobs import EndReason

INITIAL_PAUSE_MS = 2_000
"""Before the first probe. The pause doubles with each failure."""

MAX_PAUSE_MS = 120_000
"""Short, because probes and rejected trials cost nothing."""

INITIAL_TRIAL_PAUSE_MS = 60_000
MAX_TRIAL_PAUSE_MS = 1_800_000
"""After a trial without a certain outcome. Each such trial leaves an unknown job with its credits held, so the pause
grows fourfold."""

RATE_LIMITED_PAUSE_MS = 30_000
"""After a 429 that does not say how long to wait."""

PROBE_LEASE_MS = 75_000
"""Longer than the API client's timeout."""

MAX_OUTAGE_WAIT_MS = 3_600_000
"""How long a job waits for the end of an outage before its hold is released."""


class BreakerState(StrEnum):
    """Whether jobs may be submitted."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Outage(StrEnum):
    """Why the breaker opened."""

    NO_ANSWER = "no_answer"
    """The outcome is unknown: 5xx, HTML, a timeout, a cut connection."""

    UNREACHABLE = "unreachable"
    """No connection, so nothing was sent."""

    AUTHENTICATION_FAILED = "authentication_failed"
    """401 or 403."""

    PLAN_EXHAUSTED = "plan_exhausted"
    """402: the operator's plan has too few credits."""

    KEY_LIMIT_REACHED = "key_limit_reached"
    """402: the key's own monthly limit is reached."""

    WRONG_API = "wrong_api"
    """404 with a web page: the server speaks another version of the API."""

    RATE_LIMITED = "rate_limited"
    """429."""

    @property
    def end_reason(self) -> EndReason:
        """The end reason of a job that waited through this outage."""
        return EndReason.UNREACHABLE if self is Outage.NO_ANSWER else EndReason(self.value)


@dataclass(frozen=True, slots=True)
class Breaker:
    """The breaker's record.

    `opened_at` is when the last outage began; it stays when the outage ends. `retry_at` is when the next probe is due,
    and `pause_ms` the pause before it. `trial_job_id` is the only job that may be submitted while half-open.
    """

    state: BreakerState = BreakerState.CLOSED
    outage: Outage | None = None
    opened_at: int = 0
    retry_at: int = 0
    pause_ms: int = 0
    trial_job_id: str | None = None

    @property
    def shown_outage(self) -> Outage | None:
        """The outage shown to members.

        None once a probe was answered and no trial runs.
        """
        waits_for_job = self.state is BreakerState.HALF_OPEN and self.trial_job_id is None
        return None if self.state is BreakerState.CLOSED or waits_for_job else self.outage

    def jobs_allowed(self, limit: int) -> int:
        """Return how many jobs, up to `limit`, may be claimed now."""
        match self.state:
            case BreakerState.CLOSED:
                return limit
            case BreakerState.HALF_OPEN if self.trial_job_id is None:
                return min(limit, 1)
            case _:
                return 0

    def claimed(self, job_id: str) -> Breaker:
        """Record a claimed job, which is the trial while half-open."""
        return replace(self, trial_job_id=job_id) if self.state is BreakerState.HALF_OPEN else self

    def failed(self, job_id: str, outage: Outage, now: int, retry_after_ms: int | None = None) -> Breaker:
        """Record a failed submission, or a failed movie, that concerns every job.

        A job sent before the breaker opened can fail late: the pause then starts again at its current length. During a
        trial, such a job changes nothing.
        """
        match self.state:
            case BreakerState.CLOSED:
                return replace(self._open(outage, now, _pause_after(outage, 0, retry_after_ms)), opened_at=now)
            case BreakerState.HALF_OPEN if self.trial_job_id == job_id and outage is Outage.NO_ANSWER:
                pause = min(max(INITIAL_TRIAL_PAUSE_MS, 4 * self.pause_ms), MAX_TRIAL_PAUSE_MS)
                return self._open(outage, now, pause)
            case BreakerState.HALF_OPEN if self.trial_job_id == job_id:
                return self._open(outage, now, _pause_after(outage, self.pause_ms, retry_after_ms))
            case BreakerState.HALF_OPEN if self.trial_job_id is not None:
                return self
            case _:
                late = self._open(outage, now, max(self.pause_ms, _pause_after(outage, 0, retry_after_ms)))
                is_longer = late.retry_at > self.retry_at or self.state is BreakerState.HALF_OPEN
                return late if is_longer else self

    def succeeded(self, job_id: str) -> Breaker:
        """Close the breaker after a successful trial.

        A trial that was rejected for its content succeeded too.
        """
        return Breaker(opened_at=self.opened_at) if self._is_trial(job_id) else self

    def released(self, job_id: str) -> Breaker:
        """Give up a trial that was not sent; another job becomes it."""
        return replace(self, trial_job_id=None) if self._is_trial(job_id) else self

    def probe_is_due(self, now: int) -> bool:
        """Return whether to probe now.

        A `retry_at` beyond every pause was written before the clock was set back.
        """
        wait = self.retry_at - now
        return self.state is BreakerState.OPEN and not 0 < wait <= max(self.pause_ms, PROBE_LEASE_MS)

    def probe_is_overdue(self, now: int) -> bool:
        """Return whether no process has probed for long, as after downtime."""
        return self.state is BreakerState.OPEN and now - self.retry_at > MAX_PAUSE_MS

    def probing(self, now: int) -> Breaker:
        """Lease the probe to one process."""
        return replace(self, retry_at=now + PROBE_LEASE_MS)

    def probe_answered(self) -> Breaker:
        """Half-open the breaker after an answered probe."""
        if self.state is not BreakerState.OPEN:
            return self
        return replace(self, state=BreakerState.HALF_OPEN, trial_job_id=None)

    def probe_failed(self, outage: Outage, now: int, retry_after_ms: int | None = None) -> Breaker:
        """Record a failed probe, whose cause may differ from the first one."""
        if self.state is not BreakerState.OPEN:
            return self
        return self._open(outage, now, _pause_after(outage, self.pause_ms, retry_after_ms))

    def probe_released(self, now: int) -> Breaker:
        """Make the probe due for another process."""
        return replace(self, retry_at=now) if self.state is BreakerState.OPEN else self

    def _is_trial(self, job_id: str) -> bool:
        return self.state is BreakerState.HALF_OPEN and self.trial_job_id == job_id

    def _open(self, outage: Outage, now: int, pause_ms: int) -> Breaker:
        return Breaker(BreakerState.OPEN, outage, self.opened_at, now + pause_ms, pause_ms)


def _pause_after(outage: Outage, last_ms: int, retry_after_ms: int | None) -> int:
    """Double the last pause.

    It lasts at least as long as the API asked for.
    """
    first = RATE_LIMITED_PAUSE_MS if outage is Outage.RATE_LIMITED and retry_after_ms is None else INITIAL_PAUSE_MS
    return max(retry_after_ms or 0, min(max(first, 2 * last_ms), MAX_PAUSE_MS))
