"""Rate limits of expensive requests, on a manual clock."""

from __future__ import annotations

import re
from pathlib import Path

from bot.services.request_limits import LocalLimit, TooSoon
from tests.helpers.clock import START, ManualClock

ROOT = Path(__file__).resolve().parents[3]


async def test_a_refused_request_says_when_the_next_is_allowed() -> None:
    """After a burst, one request is allowed every twenty seconds. Refused ones do not postpone it."""
    clock = ManualClock(START + 300)
    limit = LocalLimit(3, 2, clock)
    assert [await limit.try_acquire(1) for _ in range(50)] == [None, None, *[TooSoon(START + 21_000)] * 48]
    assert await limit.try_acquire(2) is None
    await clock.advance(20.7)
    assert await limit.try_acquire(1) is None
    assert await limit.try_acquire(1) == TooSoon(START + 41_000)


async def test_a_clock_that_is_set_back_locks_no_one_out() -> None:
    """The lost hour is not added to the wait."""
    clock = ManualClock(START)
    limit = LocalLimit(60, 1, clock)
    assert await limit.try_acquire(1) is None
    clock.set_back(3600)
    assert await limit.try_acquire(1) == TooSoon(START - 3_600_000 + 1_000)
    await clock.advance(1.001)
    assert await limit.try_acquire(1) is None


def test_each_rate_limit_has_buckets_of_its_own() -> None:
    """Processes share limits by name, and gifts must not use up orders."""
    sources = [path.read_text("utf-8") for folder in ("bot", "cogs") for path in (ROOT / folder).rglob("*.py")]
    names = [name for source in sources for name in re.findall(r'\.limit\("([a-z-]+)"', source)]
    assert len(names) >= 10
    assert len({*names}) == len(names), names
