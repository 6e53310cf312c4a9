"""How long to wait before connecting to Discord after repeated crashes.

Discord allows 1,000 IDENTIFYs a day and may reset the token of a bot that exceeds them. A start counts as a crash until
the process has run for an hour or was stopped on purpose; each further one doubles the wait. That allows fewer than 300
starts a day in any case. Times are UTC epoch milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

STARTS_KEY: Final = "starts"
"""The key in the key-value table."""

STABLE_MS: Final = 3_600_000
"""A process that ran this long did not crash at its start, and older starts don't count."""

_STARTS_WITHOUT_DELAY: Final = 2

_MIN_DELAY_SECONDS: Final = 5
_MAX_DELAY_SECONDS: Final = 600
_MAX_RECORDED: Final = 20

_TIME: Final = re.compile(r"[0-9]{1,15}")


def start_delay(starts: Sequence[int], now: int) -> float:
    """Return the seconds to wait: 0, 0, 5, 10, 20 … 600."""
    failed = _consecutive_starts(starts, now)
    if failed < _STARTS_WITHOUT_DELAY:
        return 0.0
    return float(min(_MAX_DELAY_SECONDS, _MIN_DELAY_SECONDS * 2 ** (failed - _STARTS_WITHOUT_DELAY)))


def record_start(starts: Sequence[int], now: int) -> tuple[int, ...]:
    """Append a start and drop all but the last 20."""
    return (*starts, now)[-_MAX_RECORDED:]


def serialize(starts: Sequence[int]) -> str:
    """Encode the starts as text, '' for none."""
    return " ".join(str(start) for start in starts)


def parse(text: str | None) -> tuple[int, ...]:
    """Decode what `serialize` wrote.

    Invalid parts are skipped: a broken record must not stop the bot from starting.
    """
    return tuple(int(part) for part in (text or "").split() if _TIME.fullmatch(part))[-_MAX_RECORDED:]


def _consecutive_starts(starts: Sequence[int], now: int) -> int:
    """Count the latest starts that are within an hour of each other.

    The clock may have been set in either direction.
    """
    count, later = 0, now
    for start in reversed(starts):
        if abs(later - start) > STABLE_MS:
            break
        count, later = count + 1, start
    return count
