"""How soon to look again: a pure function of a job's age and of what is usual for such a movie.

Every look costs a request, and every second between the end of a movie and the next look is waited for in vain. Let
h(t) be the chance that a movie which is still being made at the age t is finished in the next second. Of all ways to
spend the same number of looks, the one that waits least makes them as dense as the square root of h. (A look every w(t)
seconds costs S(t)/w(t) looks a second, S being the share of movies that are still being made, and makes f(t) movies
wait w(t)/2; the least sum of the two has w proportional to sqrt(S/f), and f/S is h.) So the next look comes when the
integral of sqrt(h) has grown by a constant.

h is that of a lognormal distribution around what is usual, with a twentieth of a wider one: history can be wrong.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import NormalDist

from bot.domain.durations import DurationEstimate

DEFAULT_DURATION = DurationEstimate(median=360.0, low=141.0, high=917.0, count=0)
"""What to expect before there is any history, by the API's own account: half in 6 minutes, 95 in 100 in 20."""

_POLL_SPACING = 0.9
"""How much of the integral lies between two looks, in square roots of a second: more is fewer looks and longer waits.

Where durations are usually within a quarter of what is usual, that makes 18 looks at a movie, found 6 seconds late.
"""

_BETWEEN_LOOKS_NOTHING_KNOWN = 1.2
"""The same before there is any history: 18 looks too, but the movie is found 12 seconds late."""

_BETWEEN_POLLS_CALLED_BACK = 0.25
"""The wait where the API calls back, in usual durations: a few polls, so that cards show progress."""

_GROWTH_OVERDUE = 0.5
"""The wait for a movie that takes longer than usual, in its own age: polls only catch a lost callback then."""

MAX_INTERVAL_WITH_CALLBACKS = 1800.0
"""The longest wait for a callback before looking all the same, in seconds."""

_SOONEST_AFTER_CALLBACK = 2.0
_GROWTH_AFTER_CALLBACK = 0.5
"""The wait after a callback that the poll did not confirm: 2 seconds at first, then half the time since it came."""

_OUTLIER_WEIGHT = 0.05
_DOUBTED_SPREAD = 0.732
"""How much of the expectation is that history is no guide, and the spread of the durations' logarithms then."""

_SPREAD_STEP = 0.05
_FIRST_AGE, _LAST_AGE, _AGES = 0.02, 50.0, 400
"""The ages at which the integral is tabled, in medians; they stand as far apart as their logarithms."""


@dataclass(frozen=True, slots=True)
class PollingSchedule:
    """The operator's bounds, in seconds: POLL_FASTEST_SECONDS and POLL_SLOWEST_SECONDS."""

    min_interval: float
    max_interval: float
    callbacks_enabled: bool = False
    """Whether the API calls back: then a few polls show progress, and catch the callbacks that get lost."""

    def next_delay(self, age: float, usual: DurationEstimate | None = None) -> float:
        """Seconds until the next look at a job that was submitted `age` seconds ago.

        `usual` is what such a movie usually takes; None where that is not known. The first look comes soon in any case:
        what the API takes and then refuses, it refuses at once.
        """
        wait = self.without_callback(age, usual)
        if not self.callbacks_enabled or age <= 0:
            return wait
        expected = usual or DEFAULT_DURATION
        wait = max(wait, _BETWEEN_POLLS_CALLED_BACK * expected.median, _GROWTH_OVERDUE * age)
        return min(max(self.max_interval, MAX_INTERVAL_WITH_CALLBACKS), wait)

    def after_callback(self, since: float, age: float, usual: DurationEstimate | None = None) -> float:
        """Seconds until the next poll of a job whose callback came `since` seconds ago and which has not ended yet.

        The API calls once, so the next poll comes soon, whatever POLL_FASTEST_SECONDS is; and never later than without
        callbacks.
        """
        soon = max(_SOONEST_AFTER_CALLBACK, _GROWTH_AFTER_CALLBACK * abs(since))  # negative: the clock was set back
        return min(self.without_callback(age, usual), soon)

    def without_callback(self, age: float, usual: DurationEstimate | None = None) -> float:
        """Seconds until the next poll where nothing but polls tells that a movie is done."""
        if age <= 0:
            return self.min_interval
        between = _BETWEEN_LOOKS_NOTHING_KNOWN if usual is None else _POLL_SPACING
        return min(self.max_interval, max(self.min_interval, _time_to_gain(age, usual or DEFAULT_DURATION, between)))

    @property
    def longest(self) -> float:
        """The longest wait that there can be, in seconds."""
        return max(self.max_interval, MAX_INTERVAL_WITH_CALLBACKS) if self.callbacks_enabled else self.max_interval


def _time_to_gain(age: float, expected: DurationEstimate, share: float) -> float:
    """Seconds in which the integral of sqrt(h) grows by `share` from `age` on; infinite beyond the table."""
    table = _integral(round(expected.spread / _SPREAD_STEP))
    now = age / expected.median  # h of a median m is h of the median 1, at t/m, divided by m
    wanted = _interpolate(table, now) + share / math.sqrt(expected.median)
    return max(0.0, expected.median * (_invert(table, wanted) - now))


def _interpolate(table: _Table, age: float) -> float:
    """The integral at an age, in medians."""
    if age <= table.ages[0]:
        return 0.0
    if age >= table.ages[-1]:
        return table.sums[-1]
    place = math.log(age / _FIRST_AGE) / table.step
    low = min(int(place), _AGES - 2)
    part = (age - table.ages[low]) / (table.ages[low + 1] - table.ages[low])
    return table.sums[low] + part * (table.sums[low + 1] - table.sums[low])


def _invert(table: _Table, wanted: float) -> float:
    """The age at which the integral reaches `wanted`, in medians."""
    high = bisect_left(table.sums, wanted)
    if high >= _AGES:
        return math.inf
    if high == 0:
        return table.ages[0]
    part = (wanted - table.sums[high - 1]) / (table.sums[high] - table.sums[high - 1])
    return table.ages[high - 1] + part * (table.ages[high] - table.ages[high - 1])


@dataclass(frozen=True, slots=True)
class _Table:
    """The integral of sqrt(h) up to each of the ages, for a median of 1."""

    ages: tuple[float, ...]
    sums: tuple[float, ...]
    step: float


@functools.cache
def _integral(spread_steps: int) -> _Table:
    """Add h up, for a spread in steps of _SPREAD_STEP."""
    spread = max(1, spread_steps) * _SPREAD_STEP
    step = math.log(_LAST_AGE / _FIRST_AGE) / (_AGES - 1)
    ages = tuple(_FIRST_AGE * math.exp(step * number) for number in range(_AGES))
    between = (math.sqrt(_hazard(math.sqrt(low * high), spread)) * (high - low) for low, high in pairwise(ages))
    return _Table(ages, tuple(accumulate(between, initial=0.0)), step)


def _hazard(age: float, spread: float) -> float:
    """The chance h at an age, for a median of 1."""
    finishing = unfinished = 0.0
    for share, width in ((1 - _OUTLIER_WEIGHT, spread), (_OUTLIER_WEIGHT, max(spread, _DOUBTED_SPREAD))):
        normal = NormalDist(0.0, width)
        finishing += share * normal.pdf(math.log(age)) / age
        unfinished += share * normal.cdf(-math.log(age))
    return finishing / unfinished
