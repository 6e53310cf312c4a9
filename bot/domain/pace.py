"""How soon to look again: a pure function of a job's age and the operator's two bounds."""

from __future__ import annotations

from dataclasses import dataclass

_SHARE_OF_AGE = 12
"""Looking again after a twelfth of the age finds a movie at most 8% later than it was ready."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The operator's bounds, in seconds: POLL_FASTEST_SECONDS and POLL_SLOWEST_SECONDS."""

    fastest: float
    slowest: float

    def wait_after(self, age: float) -> float:
        """Seconds until the next look at a job that was submitted `age` seconds ago."""
        return min(self.slowest, max(self.fastest, age / _SHARE_OF_AGE))
