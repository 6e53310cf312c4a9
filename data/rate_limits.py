"""Rate limits of members and servers, over all processes on a database.

A leaky bucket for each key, like bot/domain/rate_limit.py in the memory of one process. A row holds when its bucket is
empty, in microseconds: at a high rate, a request takes less than a millisecond to leak.
"""

from __future__ import annotations

from typing import Final

from data.database import Transaction

_COUNT: Final = """
INSERT INTO rate_limits (key, empty_at) VALUES (:key, :now + :interval)
ON CONFLICT (key) DO UPDATE
    SET empty_at = CASE WHEN rate_limits.empty_at > :now THEN rate_limits.empty_at ELSE :now END + :interval
    WHERE rate_limits.empty_at <= :latest
"""

_LOWER: Final = "UPDATE rate_limits SET empty_at = :full WHERE key = :key AND empty_at > :full"


def count(tx: Transaction, key: str, interval: int, burst: int, now: int) -> int | None:
    """Count a request, and return when to retry if it is refused.

    `burst` requests are allowed at once, and one in `interval` microseconds on average. Times are UTC epoch
    milliseconds.
    """
    now_us = 1000 * now
    latest = now_us + (burst - 1) * interval
    if tx.execute(_COUNT, {"key": key, "now": now_us, "interval": interval, "latest": latest}):
        return None
    full = latest + interval
    tx.execute(_LOWER, {"key": key, "full": full})  # fuller than full: the clock was set back
    row = tx.fetch_one("SELECT empty_at FROM rate_limits WHERE key = :key", {"key": key})
    empty_at = full if row is None else row["empty_at"]
    return now + -(-(empty_at - latest) // 1000)


def forget_empty(tx: Transaction, now: int) -> None:
    """Forget the buckets that are empty, which are as new."""
    tx.execute("DELETE FROM rate_limits WHERE empty_at <= :now", {"now": 1000 * now})
