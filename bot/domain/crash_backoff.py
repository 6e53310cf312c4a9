"""How long to wait before connecting to Discord, so that a process that crashes at once does not burn its starts.

Discord allows 1,000 IDENTIFYs a day and may reset the token of a bot that needs more. A start counts against the next
ones until it has stood for an hour or was stopped on purpose; each such start in a row doubles the wait. Whatever the
pattern of the crashes, that is fewer than 300 starts a day. All times are UTC epoch milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

STARTS_KEY: Final = "starts"
"""The name under which the starts are kept."""

STABLE_MS: Final = 3_600_000
"""A process that stood so long has not crashed at the start; and a start that is longer ago says nothing."""

_FREE: Final = 2
"""Starts in a row that wait for nothing."""

_FIRST_SECONDS: Final = 5
_LONGEST_SECONDS: Final = 600
_MOST_KEPT: Final = 20

_TIME: Final = re.compile(r"[0-9]{1,15}")


def start_delay(starts: Sequence[int], now: int) -> float:
    """Seconds to wait before connecting, given the earlier starts that did not stand: 0, 0, 5, 10, 20 … 600."""
    failed = _in_a_row(starts, now)
    if failed < _FREE:
        return 0.0
    return float(min(_LONGEST_SECONDS, _FIRST_SECONDS * 2 ** (failed - _FREE)))


def record_start(starts: Sequence[int], now: int) -> tuple[int, ...]:
    """Add the start that is made now, and forget all but the last 20."""
    return (*starts, now)[-_MOST_KEPT:]


def serialize(starts: Sequence[int]) -> str:
    """Put the starts into a short text, '' for none."""
    return " ".join(str(start) for start in starts)


def parse(text: str | None) -> tuple[int, ...]:
    """Read what `write` wrote. What is no time is left out: a broken record must not keep the bot from starting."""
    return tuple(int(part) for part in (text or "").split() if _TIME.fullmatch(part))[-_MOST_KEPT:]


def _in_a_row(starts: Sequence[int], now: int) -> int:
    """How many starts lead up to now, each within an hour of the next, whichever way the clock was set meanwhile."""
    count, later = 0, now
    for start in reversed(starts):
        if abs(later - start) > STABLE_MS:
            break
        count, later = count + 1, start
    return count
