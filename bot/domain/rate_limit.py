"""Rate limits per key, in a table of bounded size."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

_MAX_KEYS = 4096
_SECOND = 1_000_000  # in microseconds


class RateLimiter:
    """A leaky bucket per key: `burst` calls at once, `per_second` on average.

    `now` is in seconds. A bucket holds how long it takes to leak and when that was counted, in whole microseconds, as
    data/rate_limits.py counts: with fractions, a call would be refused at the moment that a refusal named.
    """

    def __init__(self, per_second: float, burst: int, now: Callable[[], float]) -> None:
        self._interval = round(_SECOND / per_second)
        self._room = (burst - 1) * self._interval
        self._now = now
        self._buckets: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def allow(self, key: str) -> bool:
        """Count a call and return whether it is within the limit."""
        return self.retry_at(key) is None

    def release(self, key: str) -> None:
        """Uncount a call that was allowed."""
        if key in self._buckets:
            level, at = self._buckets[key]
            self._buckets[key] = (max(0, level - self._interval), at)

    def retry_at(self, key: str) -> float | None:
        """Count a call, and return when to retry if it is refused.

        None where it is allowed.
        """
        now = round(_SECOND * self._now())
        level, at = self._buckets.pop(key, (0, now))
        level = max(0, level - max(0, now - at))  # the clock may be set back
        within = level <= self._room
        self._buckets[key] = (level + self._interval if within else level, now)
        while len(self._buckets) > _MAX_KEYS:
            self._buckets.popitem(last=False)
        return None if within else (now + level - self._room) / _SECOND
