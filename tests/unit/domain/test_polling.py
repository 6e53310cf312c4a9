"""How soon a movie is polled again."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.polling_schedule import RenderingMovie, doubling, fixed, movies, simulate
from bot.domain.durations import DurationEstimate
from bot.domain.polling import DEFAULT_DURATION, PollingSchedule

BOUNDS = (
    st.tuples(st.floats(0.01, 3600), st.floats(0.01, 86400))
    .map(sorted)
    .map(lambda two: PollingSchedule(two[0], two[1]))
)
AGES = st.floats(0, 10**7)


def around(median: float, spread: float = 0.25) -> DurationEstimate:
    """Return an estimate with this spread of log durations."""
    return DurationEstimate(median, median * math.exp(-1.2816 * spread), median * math.exp(1.2816 * spread), 50)


USUAL = st.none() | st.builds(around, st.floats(0.01, 10**6), st.floats(0.001, 3))


@given(BOUNDS, AGES, USUAL)
def test_the_wait_keeps_within_the_operators_bounds(
    pace: PollingSchedule, age: float, usual: DurationEstimate | None
) -> None:
    """The bounds are POLL_FASTEST_SECONDS and POLL_SLOWEST_SECONDS, at every age."""
    assert pace.min_interval <= pace.next_delay(age, usual) <= pace.max_interval


@given(USUAL)
def test_the_first_poll_comes_soon(usual: DurationEstimate | None) -> None:
    """The API rejects some movies right after it accepted them."""
    assert PollingSchedule(5, 120).next_delay(0, usual) == 5


@given(st.floats(20, 5000))
def test_a_movie_is_polled_most_often_when_it_is_likeliest_to_be_ready(median: float) -> None:
    """Polls are rare before the usual time and slow down after it."""
    pace, usual = PollingSchedule(0.01, 10**9), around(median)
    early, ready, late, later = (pace.next_delay(share * median, usual) for share in (0.2, 1.1, 4, 8))
    assert early > 2 * ready
    assert ready < late < later


def test_a_movie_that_takes_for_ever_is_polled_ever_more_slowly() -> None:
    """The longest wait is POLL_SLOWEST_SECONDS."""
    pace = PollingSchedule(5, 120)
    waits = [pace.next_delay(hours * 3600) for hours in (0.5, 1, 2, 4, 8, 24, 24 * 365)]
    assert waits == sorted(waits)
    assert waits[-1] == 120


@given(AGES, USUAL)
def test_where_the_api_calls_back_polls_are_few(age: float, usual: DurationEstimate | None) -> None:
    """Polls are at least half-hourly, and no more frequent than without callbacks."""
    with_callbacks = PollingSchedule(5, 120, callbacks_enabled=True).next_delay(age, usual)
    assert PollingSchedule(5, 120).next_delay(age, usual) <= with_callbacks <= 1800


@pytest.mark.parametrize(
    ("pace", "longest"),
    [
        (PollingSchedule(5, 120), 120),
        (PollingSchedule(5, 120, callbacks_enabled=True), 1800),
        (PollingSchedule(5, 3600, callbacks_enabled=True), 3600),
        (PollingSchedule(3600, 3600, callbacks_enabled=True), 3600),
    ],
)
def test_no_wait_is_longer_than_the_longest(pace: PollingSchedule, longest: float) -> None:
    """The operator may make it longer than half an hour."""
    assert pace.longest == pace.next_delay(10**7) == longest


def polls(pace: PollingSchedule, until: float, usual: DurationEstimate | None) -> list[float]:
    """The ages at which a job is polled up to that age."""
    ages = [pace.next_delay(0, usual)]
    while ages[-1] < until:
        ages.append(ages[-1] + pace.next_delay(ages[-1], usual))
    return ages[:-1]


@given(st.none() | st.builds(around, st.floats(120, 7200), st.floats(0.05, 1)))
def test_with_callbacks_a_few_polls_show_progress(usual: DurationEstimate | None) -> None:
    """One comes early, and two to five before the usual end."""
    ages = polls(PollingSchedule(5, 120, callbacks_enabled=True), (usual or DEFAULT_DURATION).median, usual)
    assert ages[0] == 5
    assert 3 <= len(ages) <= 6


@given(st.none() | st.builds(around, st.floats(20, 3600), st.floats(0.05, 1)), st.floats(0, 4))
def test_with_callbacks_polls_stay_few_however_long_a_movie_takes(usual: DurationEstimate | None, times: float) -> None:
    """A movie of four times the usual duration gets at most 10."""
    median = (usual or DEFAULT_DURATION).median
    assert len(polls(PollingSchedule(5, 120, callbacks_enabled=True), times * median, usual)) <= 10


@given(BOUNDS, st.floats(-3600, 10**6), AGES, USUAL)
def test_after_a_callback_the_next_poll_comes_no_later_than_without_callbacks(
    pace: PollingSchedule, since: float, age: float, usual: DurationEstimate | None
) -> None:
    """The callback's time may lie in the future after a clock change."""
    assert 0 < pace.after_callback(since, age, usual) <= pace.without_callback(age, usual)


def test_after_a_callback_polls_come_within_seconds_and_then_ever_more_slowly() -> None:
    """POLL_FASTEST_SECONDS does not delay them, because only one callback comes."""
    for pace in (PollingSchedule(5, 120, callbacks_enabled=True), PollingSchedule(600, 600, callbacks_enabled=True)):
        ages = [0.0]
        while len(ages) < 8:
            ages.append(ages[-1] + pace.after_callback(ages[-1], 4000 + ages[-1]))
        assert ages[1:5] == [2, 4, 6, 9]
        assert ages[7] < 40


def test_a_callback_from_the_future_is_polled_for_as_seldom_as_one_of_the_past() -> None:
    """The clock was set back by the time in between."""
    pace = PollingSchedule(5, 120, callbacks_enabled=True)
    assert pace.after_callback(-60, 4000) == pace.after_callback(60, 4000) == 30


@pytest.fixture(scope="module")
def batch() -> list[RenderingMovie]:
    """Movie durations, half within 6 minutes and 95 % within 20."""
    return movies(1500, random.Random(6))


def test_with_nothing_known_movies_are_seen_sooner_than_by_any_fixed_interval(batch: list[RenderingMovie]) -> None:
    """Both make the same number of requests, at most 20."""
    outcome = simulate(PollingSchedule(5, 120).next_delay, batch, lambda _: None)
    assert outcome.product <= 1.0 * simulate(fixed(30), batch, lambda _: None).product
    assert outcome.product <= 0.7 * simulate(doubling(5, 60), batch, lambda _: None).product
    assert outcome.requests <= 20


def test_with_history_movies_are_seen_in_half_the_time(batch: list[RenderingMovie]) -> None:
    """The comparison is a fixed interval with as many requests."""
    outcome = simulate(PollingSchedule(5, 120).next_delay, batch, lambda movie: around(movie.usual))
    assert outcome.product <= 0.5 * simulate(fixed(30), batch, lambda _: None).product
    assert outcome.requests <= 20


def test_history_that_misleads_costs_little(batch: list[RenderingMovie]) -> None:
    """The movies take 0.7 of the durations in the history."""
    outcome = simulate(PollingSchedule(5, 120).next_delay, batch, lambda movie: around(movie.usual / 0.7))
    assert outcome.product <= 1.2 * simulate(fixed(30), batch, lambda _: None).product
    assert outcome.requests <= 20


@pytest.mark.parametrize("known", [False, True])
def test_with_callbacks_a_third_of_the_requests_is_enough(batch: list[RenderingMovie], *, known: bool) -> None:
    """It makes at most 6 requests, with 1 % lost callbacks."""
    pace = PollingSchedule(5, 120, callbacks_enabled=True)
    outcome = simulate(pace.next_delay, batch, lambda movie: around(movie.usual) if known else None, lost=0.01)
    assert outcome.requests <= 6
    assert outcome.delay <= 3
