"""The pause of status polls that the API asked for.

A row of rate_limits, so that it holds for all processes that poll: the API's own limit, and when the next request is
within it.
"""

from __future__ import annotations

from typing import Final

from data.database import Transaction

_KEY: Final = "samsar:status"

_PAUSED_UNTIL: Final = f"SELECT empty_at FROM rate_limits WHERE key = '{_KEY}' AND empty_at > 1000 * :now"

IS_PAUSED: Final = f"EXISTS ({_PAUSED_UNTIL})"
"""The condition that no process may poll at `:now`."""

_PAUSE: Final = f"""
INSERT INTO rate_limits (key, empty_at) VALUES ('{_KEY}', :until)
ON CONFLICT (key) DO UPDATE SET empty_at = :until WHERE rate_limits.empty_at < :until
"""

END_TOO_LONG: Final = f"UPDATE rate_limits SET empty_at = 1000 * :now WHERE key = '{_KEY}' AND empty_at > 1000 * :after"
"""Ends a pause that was recorded before the clock was set back."""


def pause(tx: Transaction, until: int) -> bool:
    """Let no process poll before `until`.

    A longer pause stays. Return whether polls were not paused before. Times are UTC epoch milliseconds.
    """
    is_first = paused_until(tx, tx.now) is None
    tx.execute(_PAUSE, {"until": 1000 * until})
    if is_first:
        tx.wake("status_polls")  # the other processes read the pause
    return is_first


def paused_until(tx: Transaction, now: int) -> int | None:
    """Return when the pause ends; None where polls are not paused."""
    row = tx.fetch_one(_PAUSED_UNTIL, {"now": now})
    return None if row is None else -(-row["empty_at"] // 1000)
