"""When a cancellation that changed nothing is sent again."""

from __future__ import annotations

from typing import Final

from bot.core.clock import Clock

_FIRST_PAUSE_MS: Final = 15_000
_LONGEST_PAUSE_MS: Final = 3_600_000


class CancelAttempts:
    """Counts each job's cancellations, whose pauses double up to an hour.

    In memory: a new process begins with the shortest pause, as its requests are the first that the API gets of it.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tried: dict[str, tuple[int, int]] = {}
        """The number of attempts and when the next is due, by job."""

    def is_due(self, job_id: str) -> bool:
        """Return whether a job may be cancelled now."""
        return self.seconds_left(job_id) <= 0

    def seconds_left(self, job_id: str) -> float:
        """Return how long a job's next attempt has to wait."""
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
    return min(_LONGEST_PAUSE_MS, _FIRST_PAUSE_MS * 2 ** max(0, min(attempts, 20) - 1))
