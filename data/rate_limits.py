"""Rate limits over all processes on a database: those of members and servers, and the API's pause of status polls.

A leaky bucket for each key, like bot/domain/rate_limit.py in the memory of one process. A row holds when its bucket is
empty, in microseconds: at a high rate, a request takes less than a millisecond to leak. A key names nobody, so that
buckets outlive an erasure: otherwise it would be a way out of them.

The pause is a row, too, so that it holds for all processes that poll: the API's own limit, and when the next request is
within it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from data.database import Transaction
from data.engine import rows

_COUNT: Final = """
INSERT INTO rate_limits (key, empty_at) VALUES (:key, :now + :interval)
ON CONFLICT (key) DO UPDATE
    SET empty_at = CASE WHEN rate_limits.empty_at > :now THEN rate_limits.empty_at ELSE :now END + :interval
    WHERE rate_limits.empty_at <= :latest
"""

_KEPT_AS: Final = "rate_limits"


_KEY: Final = "samsar:status"


_PAUSED_UNTIL: Final = f"SELECT empty_at FROM rate_limits WHERE key = '{_KEY}' AND empty_at > 1000 * :now"


IS_PAUSED: Final = f"EXISTS ({_PAUSED_UNTIL})"
"""The condition that no process may poll at `:now`."""


END_TOO_LONG: Final = f"UPDATE rate_limits SET empty_at = 1000 * :now WHERE key = '{_KEY}' AND empty_at > 1000 * :after"
"""Ends a pause that was recorded before the clock was set back."""


def secret(tx: Transaction) -> str:
    """Return the secret of the keys, made at its first use."""
    rows.add(tx, _KEPT_AS, secrets.token_hex(32))
    found = rows.get(tx, _KEPT_AS)
    assert found is not None
    return found


def key(secret_: str, name: str, whose: int) -> str:
    """Return the key of a member's or server's bucket of a limit."""
    return f"{name}:{hmac.new(bytes.fromhex(secret_), str(whose).encode(), hashlib.sha256).hexdigest()}"


def count(tx: Transaction, bucket: str, interval: int, burst: int) -> int | None:
    """Count a request, and return when to retry if it is refused.

    `burst` requests are allowed at once, and one in `interval` microseconds on average. Times are UTC epoch
    milliseconds.
    """
    now_us = 1000 * tx.now
    latest = now_us + (burst - 1) * interval
    if tx.execute(_COUNT, {"key": bucket, "now": now_us, "interval": interval, "latest": latest}):
        return None
    whose: dict[str, int | str] = {"key": bucket, "full": latest + interval}
    # fuller than full: the clock was set back
    tx.execute("UPDATE rate_limits SET empty_at = :full WHERE key = :key AND empty_at > :full", whose)
    empty_at = tx.fetch_value("SELECT empty_at FROM rate_limits WHERE key = :key", whose)
    return tx.now + -(-((empty_at or latest + interval) - latest) // 1000)


def release(tx: Transaction, bucket: str, interval: int) -> None:
    """Uncount a request that was allowed."""
    tx.execute(
        "UPDATE rate_limits SET empty_at = empty_at - :interval WHERE key = :key", {"key": bucket, "interval": interval}
    )


def forget_empty(tx: Transaction) -> None:
    """Forget the buckets that are empty, which are as new."""
    tx.execute("DELETE FROM rate_limits WHERE empty_at <= :now", {"now": 1000 * tx.now})


def pause(tx: Transaction, until: int) -> bool:
    """Let no process poll before `until`.

    A longer pause stays. Return whether polls were not paused before. Times are UTC epoch milliseconds.
    """
    is_first = paused_until(tx, tx.now) is None
    tx.execute(
        "INSERT INTO rate_limits (key, empty_at) VALUES (:key, :until) ON CONFLICT (key) DO UPDATE"
        " SET empty_at = :until WHERE rate_limits.empty_at < :until",
        {"key": _KEY, "until": 1000 * until},
    )
    if is_first:
        tx.wake("status_polls")  # the other processes read the pause
    return is_first


def paused_until(tx: Transaction, now: int) -> int | None:
    """Return when the pause ends; None where polls are not paused."""
    until_us = tx.fetch_value(_PAUSED_UNTIL, {"now": now})
    return None if until_us is None else -(-until_us // 1000)
