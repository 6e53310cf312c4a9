"""How soon to look again: a pure function of a job's age and the operator's two bounds."""

from __future__ import annotations

from dataclasses import dataclass

_SHARE_OF_AGE = 12
"""Looking again after a twelfth of the age finds a movie at most 8% later than it was ready."""

SAFETY_NET_SECONDS = 300.0
"""How soon to look at a job whose callback should have come."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The operator's bounds, in seconds: POLL_FASTEST_SECONDS and POLL_SLOWEST_SECONDS."""

    fastest: float
    slowest: float
    called_back: bool = False
    """Whether the API calls back: then looking is only a safety net for the callbacks that get lost."""

    def wait_after(self, age: float) -> float:
        """Seconds until the next look at a job that was submitted `age` seconds ago."""
        if self.called_back:
            return max(self.slowest, SAFETY_NET_SECONDS)
        return min(self.slowest, max(self.fastest, age / _SHARE_OF_AGE))
