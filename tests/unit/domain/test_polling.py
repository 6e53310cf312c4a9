"""How soon a movie is polled again, and how long movies usually take."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.durations import MIN_SAMPLES, DurationEstimate, RenderSample, estimate_duration
from bot.domain.polling import DEFAULT_DURATION, PollingSchedule

SAMPLES = st.lists(
    st.builds(RenderSample, st.integers(0, 200), st.just(0.0) | st.floats(0.001, 10**7, allow_subnormal=False)),
    max_size=80,
)


def made(lengths: list[int], exponent: float = 1.0, spread: float = 0.25) -> list[RenderSample]:
    chance = random.Random(7)
    return [RenderSample(each, 30 * each**exponent * math.exp(spread * chance.gauss(0, 1))) for each in lengths]


def estimated(samples: list[RenderSample], length: int) -> DurationEstimate:
    return estimate_duration(samples, length)


def test_nothing_is_usual_before_eight_movies_of_a_similar_length() -> None:
    samples = made([10] * MIN_SAMPLES)
    assert estimated(samples, 10).count == MIN_SAMPLES == 8
    assert estimate_duration(samples[1:], 10) is None
    assert estimate_duration([], 10) is None
    assert estimate_duration(made([10] * 100), 60) is None


def test_half_of_the_newest_movies_took_less_and_four_in_five_lie_between() -> None:
    found = estimated([RenderSample(10, 100 + took) for took in range(1, 60)], 10)
    assert (found.low, found.median, found.high) == pytest.approx((106, 130, 154), abs=1)
    newest = estimated([*[RenderSample(10, 100.0)] * 64, *[RenderSample(10, 900.0)] * 1000], 10)
    assert (newest.count, newest.median) == (64, pytest.approx(100))


def test_movies_of_other_lengths_are_scaled_as_they_say_themselves_with_more_doubt() -> None:
    lengths = [length for length in range(10, 40) for _ in range(10)]
    for exponent in (0.0, 0.5, 1.0):
        found = estimated(made(lengths, exponent, spread=0.1), 20)
        assert found.median == pytest.approx(30 * 20**exponent, rel=0.1)
    samples = made([10] * 50)
    same, longer = estimated(samples, 10), estimated(samples, 20)
    assert longer.spread > same.spread
    assert longer.median > same.median


@given(SAMPLES, st.integers(1, 200))
def test_any_history_makes_sense(samples: list[RenderSample], length: int) -> None:
    found = estimate_duration(samples, length)
    if found is not None:
        assert 0 < found.low <= found.median <= found.high < math.inf
        assert found.spread > 0


BOUNDS = (
    st.tuples(st.floats(0.01, 3600), st.floats(0.01, 86400))
    .map(sorted)
    .map(lambda two: PollingSchedule(two[0], two[1]))
)
AGES = st.floats(0, 10**7)
WITHOUT, WITH = PollingSchedule(5, 120), PollingSchedule(5, 120, callbacks_enabled=True)


def around(median: float, spread: float = 0.25) -> DurationEstimate:
    return DurationEstimate(median, median * math.exp(-1.2816 * spread), median * math.exp(1.2816 * spread), 50)


USUAL = st.none() | st.builds(around, st.floats(0.01, 10**6), st.floats(0.001, 3))


@given(BOUNDS, AGES, USUAL, st.floats(-3600, 10**6))
def test_the_wait_keeps_within_the_operators_bounds(
    pace: PollingSchedule, age: float, usual: DurationEstimate | None, since: float
) -> None:
    assert pace.min_interval <= pace.next_delay(age, usual) <= pace.max_interval
    assert 0 < pace.after_callback(since, age, usual) <= pace.without_callback(age, usual)
    assert WITHOUT.next_delay(age, usual) <= WITH.next_delay(age, usual) <= 1800
    assert WITHOUT.next_delay(0, usual) == 5, "the API rejects some movies right after it accepted them"


@given(st.floats(20, 5000))
def test_a_movie_is_polled_most_often_when_it_is_likeliest_to_be_ready(median: float) -> None:
    pace, usual = PollingSchedule(0.01, 10**9), around(median)
    early, ready, late, later = (pace.next_delay(share * median, usual) for share in (0.2, 1.1, 4, 8))
    assert early > 2 * ready
    assert ready < late < later


def test_the_longest_wait_is_the_operators_and_with_callbacks_at_least_half_an_hour() -> None:
    waits = [WITHOUT.next_delay(hours * 3600) for hours in (0.5, 1, 2, 4, 8, 24, 24 * 365)]
    assert waits == sorted(waits)
    for pace, longest in (
        (WITHOUT, 120),
        (WITH, 1800),
        (PollingSchedule(5, 3600, callbacks_enabled=True), 3600),
        (PollingSchedule(3600, 3600, callbacks_enabled=True), 3600),
    ):
        assert pace.longest == pace.next_delay(10**7) == longest


def polls(until: float, usual: DurationEstimate | None) -> list[float]:
    ages = [WITH.next_delay(0, usual)]
    while ages[-1] < until:
        ages.append(ages[-1] + WITH.next_delay(ages[-1], usual))
    return ages[:-1]


@given(st.none() | st.builds(around, st.floats(120, 3600), st.floats(0.05, 1)), st.floats(0, 4))
def test_with_callbacks_a_few_polls_show_progress(usual: DurationEstimate | None, times: float) -> None:
    median = (usual or DEFAULT_DURATION).median
    ages = polls(median, usual)
    assert ages[0] == 5
    assert 3 <= len(ages) <= 6
    assert len(polls(times * median, usual)) <= 10


def test_after_a_callback_polls_come_within_seconds_and_then_ever_more_slowly() -> None:
    """POLL_FASTEST_SECONDS does not delay them, because only one callback comes."""
    for pace in (WITH, PollingSchedule(600, 600, callbacks_enabled=True)):
        ages = [0.0]
        while len(ages) < 8:
            ages.append(ages[-1] + pace.after_callback(ages[-1], 4000 + ages[-1]))
        assert ages[1:5] == [2, 4, 6, 9]
        assert ages[7] < 40
    assert WITH.after_callback(-60, 4000) == WITH.after_callback(60, 4000) == 30, "the clock was set back"


def test_the_schedule_of_a_usual_movie() -> None:
    for pace, usual, delays in (
        (WITHOUT, None, (82.5, 40.1, 24.3, 22.1, 34.2)),
        (WITHOUT, around(200), (98.9, 51.6, 8.0, 7.1, 22.7)),
        (WITH, around(200), (98.9, 51.6, 90.0, 180.0, 1800.0)),
        (WITH, around(600), (150.0, 150.0, 150.0, 180.0, 1800.0)),
    ):
        assert [pace.next_delay(age, usual) for age in (1, 60, 180, 360, 3600)] == pytest.approx(delays, rel=0.01)
