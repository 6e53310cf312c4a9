"""Rate limits of expensive requests, by the clock that is passed in."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.rate_limit import RateLimiter


@dataclass(frozen=True, slots=True)
class TooSoon:
    """A request that was refused.

    `retry_at` is when the next one is allowed, in UTC epoch milliseconds, rounded up to a second.
    """

    retry_at: int


class RequestLimit:
    """Rate limit of each member or server.

    `burst` requests at the same time, and `per_minute` on average.
    """

    def __init__(self, per_minute: float, burst: int, clock: Clock) -> None:
        self._limiter = RateLimiter(per_minute / 60, burst, lambda: clock.now() / 1000)

    def count(self, whose: int) -> TooSoon | None:
        """Count a request of a member or server.

        Return when the next is allowed if this one is refused.
        """
        retry_at = self._limiter.retry_at(str(whose))
        return None if retry_at is None else TooSoon(1000 * math.ceil(retry_at))
