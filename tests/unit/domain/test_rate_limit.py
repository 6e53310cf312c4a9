"""How often an address may call.

There is a burst limit and a sustained rate, separate for each address.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rate_limit import RateLimiter


class ManualSeconds:
    """A manual clock, in seconds."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_an_address_may_call_so_often_at_once_and_then_at_its_pace() -> None:
    """After the burst, one call is allowed each tenth of a second."""
    now = ManualSeconds()
    limit = RateLimiter(10.0, 5, now)
    assert [limit.allow("a") for _ in range(7)] == [True] * 5 + [False] * 2
    now.at += 0.2001
    assert [limit.allow("a") for _ in range(3)] == [True, True, False]


def test_a_refused_call_costs_nothing_neither_its_address_nor_another() -> None:
    now = ManualSeconds()
    limit = RateLimiter(10.0, 5, now)
    for _ in range(2000):
        limit.allow("flood")
    assert limit.allow("honest")
    now.at += 0.11
    assert limit.allow("flood")


def test_the_table_does_not_grow_without_end() -> None:
    """A million addresses take no more memory than a few thousand."""
    limit = RateLimiter(10.0, 5, ManualSeconds())
    for number in range(20_000):
        limit.allow(str(number))
    assert len(limit._buckets) <= 4096
    assert [limit.allow("19999") for _ in range(5)] == [True] * 4 + [False], "the latest calls stay counted"


def test_a_clock_that_is_set_back_locks_no_address_out() -> None:
    now = ManualSeconds()
    limit = RateLimiter(10.0, 1, now)
    now.at = 3600.0
    assert limit.allow("a")
    now.at = 0.0
    assert limit.retry_at("a") == 0.1
    now.at = 0.1
    assert limit.allow("a")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 5)), max_size=60))
def test_no_one_is_ever_heard_more_often_than_agreed(calls: list[tuple[str, float]]) -> None:
    """In any interval, the bound is the burst plus the rate. Times are rounded to a microsecond."""
    now = ManualSeconds()
    limit = RateLimiter(2.0, 3, now)
    heard: dict[str, list[float]] = {}
    for address, pause in calls:
        now.at += pause
        if limit.allow(address):
            heard.setdefault(address, []).append(now.at)
    for times in heard.values():
        for start in range(len(times)):
            for end in range(start, len(times)):
                assert end - start + 1 <= 3 + 2.0 * (times[end] - times[start]) + 1e-5
