"""Days in UTC. Times are UTC epoch milliseconds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

_DAY_MS: Final = 24 * 3_600_000


def day_of(now: int) -> str:
    """Return the day of a time, such as '2026-11-26'."""
    return datetime.fromtimestamp(now / 1000, UTC).date().isoformat()


def day_starts_at(now: int) -> int:
    """Return when the day of a time began."""
    return now // _DAY_MS * _DAY_MS


def next_day_at(now: int) -> int:
    """Return when the next day begins."""
    return day_starts_at(now) + _DAY_MS
