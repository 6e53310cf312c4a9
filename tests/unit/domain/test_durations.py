"""Usual durations, computed from earlier movies."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.durations import MIN_SAMPLES, DurationEstimate, RenderSample, estimate_duration

SAMPLES = st.lists(
    st.builds(RenderSample, st.integers(0, 200), st.just(0.0) | st.floats(0.001, 10**7, allow_subnormal=False)),
    max_size=80,
)
"""Histories of any shape. After a clock was set back, a movie took no time."""


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


def test_movies_of_other_lengths_are_scaled_as_they_say_themselves() -> None:
    lengths = [length for length in range(10, 40) for _ in range(10)]
    for exponent in (0.0, 0.5, 1.0):
        found = estimated(made(lengths, exponent, spread=0.1), 20)
        assert found.median == pytest.approx(30 * 20**exponent, rel=0.1)


def test_what_is_read_from_other_lengths_is_said_with_more_doubt() -> None:
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
