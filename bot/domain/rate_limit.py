"""Rate limits per key, in a table of bounded size."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

_MAX_KEYS = 4096


class RateLimiter:
    """A leaky bucket per key: `burst` calls at once, `per_second` on average.

    `now` is in seconds.
    """

    def __init__(self, per_second: float, burst: int, now: Callable[[], float]) -> None:
        self._per_second = per_second
        self._burst = burst
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allow(self, key: str) -> bool:
        """Count a call and return whether it is within the limit."""
        return self.retry_at(key) is None

    def release(self, key: str) -> None:
        """Uncount a call that was allowed."""
        if key in self._buckets:
            level, at = self._buckets[key]
            self._buckets[key] = (max(0.0, level - 1), at)

    def retry_at(self, key: str) -> float | None:
        """Count a call, and return when to retry if it is refused.

        None where it is allowed.
        """
        now = self._now()
        level, at = self._buckets.pop(key, (0.0, now))
        level = max(0.0, level - max(0.0, now - at) * self._per_second)  # the clock may be set back
        within = level + 1 <= self._burst
        self._buckets[key] = (level + 1 if within else level, now)
        while len(self._buckets) > _MAX_KEYS:
            self._buckets.popitem(last=False)
        return None if within else now + (level + 1 - self._burst) / self._per_second
