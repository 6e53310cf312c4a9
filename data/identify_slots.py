"""When the next IDENTIFY of each bucket is allowed, over all processes.

A slot is a recorded time and not a lock: a lock is free as soon as its process is killed, but Discord still counts the
IDENTIFY that the process sent.
"""

from __future__ import annotations

from typing import Final

from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from data.database import Transaction

INTERVAL_MS: Final = 5_500
"""Discord allows one IDENTIFY in five seconds for each bucket. The rest is for the way of the message."""

_FREE_AT: Final = "SELECT free_at FROM identify_slots WHERE bucket = :bucket"

_RESERVE: Final = """
INSERT INTO identify_slots (bucket, free_at) VALUES (:bucket, :free_at)
ON CONFLICT (bucket) DO UPDATE SET free_at = :free_at
"""


def reserve(tx: Transaction, bucket: int, longest_wait_ms: int) -> int | None:
    """Reserve the next slot of a bucket, and return when it begins.

    None where that is later than `longest_wait_ms` from now: nothing is reserved.
    """
    tx.lock(f"identify:{bucket}")
    row = tx.fetch_one(_FREE_AT, {"bucket": bucket})
    begin = tx.now if row is None else max(tx.now, row["free_at"])
    if begin > tx.now + longest_wait_ms + INTERVAL_MS + MAX_CLOCK_DIFFERENCE_MS:
        begin = tx.now  # no reservation is so far ahead, on any machine's clock: this one's was set back
    elif begin > tx.now + longest_wait_ms:
        return None
    tx.execute(_RESERVE, {"bucket": bucket, "free_at": begin + INTERVAL_MS})
    return begin
