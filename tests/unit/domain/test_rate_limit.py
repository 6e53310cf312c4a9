"""How often an address may call: in a burst, and at a sustained rate."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rate_limit import RateLimiter


def test_an_address_may_call_so_often_at_once_and_then_at_its_pace() -> None:
    now = [0.0]
    limit = RateLimiter(10.0, 5, lambda: now[0])
    assert [limit.allow("a") for _ in range(7)] == [True] * 5 + [False] * 2
    now[0] += 0.2001
    assert [limit.allow("a") for _ in range(2000)] == [True, True, *[False] * 1998]
    assert limit.allow("another")
    now[0] += 0.11
    assert limit.allow("a"), "a refused call costs nothing"


def test_the_table_does_not_grow_without_end() -> None:
    limit = RateLimiter(10.0, 5, lambda: 0.0)
    for number in range(20_000):
        limit.allow(str(number))
    assert len(limit._buckets) <= 4096
    assert [limit.allow("19999") for _ in range(5)] == [True] * 4 + [False], "the latest calls stay counted"


def test_a_clock_that_is_set_back_locks_no_address_out() -> None:
    now = [0.0]
    limit = RateLimiter(10.0, 1, lambda: now[0])
    now[0] = 3600.0
    assert limit.allow("a")
    now[0] = 0.0
    assert limit.retry_at("a") == 0.1
    now[0] = 0.1
    assert limit.allow("a")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 5)), max_size=60))
def test_no_one_is_ever_heard_more_often_than_agreed(calls: list[tuple[str, float]]) -> None:
    now = [0.0]
    limit = RateLimiter(2.0, 3, lambda: now[0])
    heard: dict[str, list[float]] = {}
    for address, pause in calls:
        now[0] += pause
        if limit.allow(address):
            heard.setdefault(address, []).append(now[0])
    for times in heard.values():
        for start in range(len(times)):
            for end in range(start, len(times)):
                assert end - start + 1 <= 3 + 2.0 * (times[end] - times[start]) + 1e-5
