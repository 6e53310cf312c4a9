"""How often something may happen: a leaky bucket for each address or name, in a table that can't be made to grow."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

_ADDRESSES_MOST = 4096


class RateLimiter:
    """At most `burst` calls at once from an address, and `per_second` in the long run. `now` is in seconds."""

    def __init__(self, per_second: float, burst: int, now: Callable[[], float]) -> None:
        self._per_second = per_second
        self._burst = burst
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allow(self, address: str) -> bool:
        """Count a call, and say whether it is within the limit."""
        now = self._now()
        level, at = self._buckets.pop(address, (0.0, now))
        level = max(0.0, level - (now - at) * self._per_second)
        within = level + 1 <= self._burst
        self._buckets[address] = (level + 1 if within else level, now)
        while len(self._buckets) > _ADDRESSES_MOST:
            self._buckets.popitem(last=False)
        return within
