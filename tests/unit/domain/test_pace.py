"""How soon a movie is looked at again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import Pace

BOUNDS = st.tuples(st.floats(0.01, 3600), st.floats(0.01, 86400)).map(sorted).map(lambda two: Pace(two[0], two[1]))
AGES = st.floats(0, 10**7)


@given(BOUNDS, AGES)
def test_the_wait_keeps_within_the_operators_bounds(pace: Pace, age: float) -> None:
    """At every age: never sooner than POLL_FASTEST_SECONDS, never later than POLL_SLOWEST_SECONDS."""
    assert pace.fastest <= pace.wait_after(age) <= pace.slowest


@given(BOUNDS, AGES, AGES)
def test_an_older_movie_is_never_looked_at_more_often(pace: Pace, age: float, more: float) -> None:
    """The wait only grows."""
    assert pace.wait_after(age) <= pace.wait_after(age + more)


@given(AGES)
def test_between_the_bounds_a_movie_is_found_at_most_a_twelfth_of_its_age_late(age: float) -> None:
    """What a member waits in vain stays small beside what they waited anyway."""
    assert Pace(0, 10**9).wait_after(age) == pytest.approx(age / 12)


@pytest.mark.parametrize(("age", "seconds"), [(0, 5), (60, 5), (120, 10), (600, 50), (720, 60), (86400, 60)])
def test_the_pace_with_the_default_settings(age: float, seconds: float) -> None:
    """Every 5 seconds in the first minute, every minute after twelve."""
    assert Pace(5, 60).wait_after(age) == seconds
