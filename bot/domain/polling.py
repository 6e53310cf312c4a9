"""When to poll a job next, from its age and expected duration.

Let h(t) be the hazard rate, the chance that a movie still rendering at age t is finished in the next second. For a
given number of polls, the expected delay between a movie's end and the next poll is least if the density of polls is
proportional to the square root of h. (Polling every w(t) seconds costs S(t)/w(t) polls a second, S being the share of
movies still rendering, and delays f(t) movies by w(t)/2; their sum is least for w proportional to sqrt(S/f), and f/S is
h.) So the next poll is due when the integral of sqrt(h) has grown by a constant.

h is that of a lognormal distribution around the expected duration, mixed with a twentieth of a wider one, because
history can be wrong.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import NormalDist

from bot.domain.durations import DurationEstimate

DEFAULT_DURATION = DurationEstimate(median=360.0, low=141.0, high=917.0, count=0)
"""Without history. Source: the API's page, half in 6 minutes, 95 % in 20."""

_POLL_SPACING = 0.9
"""The growth of the integral between two polls, in square roots of a second.

With durations within a quarter of the estimate this gives 18 polls a movie and an average delay of 6 seconds.
"""

_POLL_SPACING_WITHOUT_HISTORY = 1.2
"""Also 18 polls a movie, with an average delay of 12 seconds."""

_CALLBACK_POLL_SPACING = 0.25
"""The delay with callbacks, in expected durations: a few polls, so that cards show progress."""

_OVERDUE_GROWTH = 0.5
"""The delay for an overdue movie, as a share of its age: polls then only replace a lost callback."""

MAX_INTERVAL_WITH_CALLBACKS = 1800.0
"""Seconds. A lost callback is found after this time at the latest."""

_MIN_DELAY_AFTER_CALLBACK = 2.0
_GROWTH_AFTER_CALLBACK = 0.5
"""The delay after a callback that the poll did not confirm: 2 seconds, then half the time since it came."""

_OUTLIER_WEIGHT = 0.05
_OUTLIER_SPREAD = 0.732
"""The weight of movies that history does not predict, and the spread of their durations' logarithms."""

_SPREAD_STEP = 0.05
_FIRST_AGE, _LAST_AGE, _COUNT = 0.02, 50.0, 400
_AGES = tuple(_FIRST_AGE * (_LAST_AGE / _FIRST_AGE) ** (number / (_COUNT - 1)) for number in range(_COUNT))
"""The ages at which the integral is tabled, in medians. They are spaced evenly by logarithm."""


@dataclass(frozen=True, slots=True)
class PollingSchedule:
    """The operator's bounds in seconds: POLL_FASTEST_SECONDS and POLL_SLOWEST_SECONDS."""

    min_interval: float
    max_interval: float
    callbacks_enabled: bool = False
    """With callbacks, a few polls show progress and replace lost callbacks."""

    def next_delay(self, age: float, expected: DurationEstimate | None = None) -> float:
        """Return the seconds until the next poll of a job.

        It was submitted `age` seconds ago. `expected` is its duration estimate, None without history. The first poll
        comes soon, because the API fails invalid requests at once.
        """
        wait = self.without_callback(age, expected)
        if not self.callbacks_enabled or age <= 0:
            return wait
        expected = expected or DEFAULT_DURATION
        wait = max(wait, _CALLBACK_POLL_SPACING * expected.median, _OVERDUE_GROWTH * age)
        return min(max(self.max_interval, MAX_INTERVAL_WITH_CALLBACKS), wait)

    def after_callback(self, since: float, age: float, expected: DurationEstimate | None = None) -> float:
        """Return the seconds until the next poll after an unconfirmed callback.

        The callback came `since` seconds ago. The API calls once, so the delay is short regardless of
        POLL_FASTEST_SECONDS, and never longer than without callbacks.
        """
        delay = max(_MIN_DELAY_AFTER_CALLBACK, _GROWTH_AFTER_CALLBACK * abs(since))  # negative: the clock was set back
        return min(self.without_callback(age, expected), delay)

    def without_callback(self, age: float, expected: DurationEstimate | None = None) -> float:
        """Return the seconds until the next poll where no callback is expected."""
        if age <= 0:
            return self.min_interval
        spacing = _POLL_SPACING_WITHOUT_HISTORY if expected is None else _POLL_SPACING
        return min(self.max_interval, max(self.min_interval, _time_to_gain(age, expected or DEFAULT_DURATION, spacing)))

    @property
    def longest(self) -> float:
        """The longest possible delay, in seconds."""
        return max(self.max_interval, MAX_INTERVAL_WITH_CALLBACKS) if self.callbacks_enabled else self.max_interval


def _time_to_gain(age: float, expected: DurationEstimate, share: float) -> float:
    """Return the seconds in which the integral grows by `share`.

    Infinite beyond the table.
    """
    sums = _integral(round(expected.spread / _SPREAD_STEP))
    now = age / expected.median  # h of a median m is h of the median 1, at t/m, divided by m
    wanted = _interpolate(_AGES, sums, now) + share / math.sqrt(expected.median)
    if wanted > sums[-1]:
        return math.inf
    return max(0.0, expected.median * (_interpolate(sums, _AGES, wanted) - now))


def _interpolate(xs: Sequence[float], ys: Sequence[float], x: float) -> float:
    """Return the y at x, between the points of a table, or that of its nearest end."""
    high = bisect_left(xs, x)
    if high in (0, len(xs)):
        return ys[min(high, len(xs) - 1)]
    part = (x - xs[high - 1]) / (xs[high] - xs[high - 1])
    return ys[high - 1] + part * (ys[high] - ys[high - 1])


@functools.cache
def _integral(spread_steps: int) -> tuple[float, ...]:
    """Return the integral of sqrt(h) up to each age, for median 1 and a spread in steps of _SPREAD_STEP."""
    spread = max(1, spread_steps) * _SPREAD_STEP
    spacing = (math.sqrt(_hazard(math.sqrt(low * high), spread)) * (high - low) for low, high in pairwise(_AGES))
    return tuple(accumulate(spacing, initial=0.0))


def _hazard(age: float, spread: float) -> float:
    """Return the hazard rate at an age, for a median of 1."""
    finishing = unfinished = 0.0
    for share, width in ((1 - _OUTLIER_WEIGHT, spread), (_OUTLIER_WEIGHT, max(spread, _OUTLIER_SPREAD))):
        normal = NormalDist(0.0, width)
        finishing += share * normal.pdf(math.log(age)) / age
        unfinished += share * normal.cdf(-math.log(age))
    return finishing / unfinished
