"""What a member can expect of an unfinished movie: rendering times, estimated from earlier movies of the same model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles
from typing import NamedTuple

from bot.domain.breaker import Outage

MIN_SAMPLES = 8
"""Movies needed for an estimate."""

MAX_NEIGHBOURS = 64
"""Movies compared: the nearest in length, then the newest."""

NEIGHBOUR_RATIO = 2.0
"""Movies from half to twice the length are compared."""

_EXPECTED_EXPONENT = 0.5
_EXPECTED_WEIGHT = 2.0
"""The prior of the growth with length: the square root, and its weight in the fit."""

_EXPONENT_UNCERTAINTY = 0.3
"""The error of the exponent, per unit of the logarithm by which lengths differ."""

_MIN_SPREAD = 0.05
_STANDARD_DEVIATIONS = 2.5631
"""From the tenth to the ninetieth percentile of a normal distribution."""

MAX_QUEUE_POSITION = 100
"""Positions beyond this are shown as "more than"."""


class RenderSample(NamedTuple):
    """A rendered movie: its length and its rendering time, in seconds."""

    length: float
    duration: float


@dataclass(frozen=True, slots=True)
class DurationEstimate:
    """An estimate in seconds.

    Half of the movies take less than `median`, four in five take `low` to `high`. `count` movies were compared.
    """

    median: float
    low: float
    high: float
    count: int

    @property
    def spread(self) -> float:
        """The standard deviation of the durations' logarithms."""
        return max(_MIN_SPREAD, math.log(self.high / self.low) / _STANDARD_DEVIATIONS)


def estimate_duration(samples: Sequence[RenderSample], length: float) -> DurationEstimate | None:
    """Estimate a movie's duration from one model's samples, newest first.

    Returns None if too few fit. Samples of other lengths are scaled by a power of the ratio of lengths, which is fitted
    to the samples. The power is uncertain, so the range widens as the lengths differ more.
    """
    max_distance = math.log(NEIGHBOUR_RATIO) + 1e-9
    points = sorted(
        (
            (math.log(sample.length) - math.log(length), math.log(sample.duration))
            for sample in samples
            if min(sample) > 0
        ),
        key=lambda point: abs(point[0]),  # sorting is stable: the newest stay first
    )[:MAX_NEIGHBOURS]
    points = [point for point in points if abs(point[0]) <= max_distance]
    if len(points) < MIN_SAMPLES:
        return None
    exponent = _exponent(points)
    tenths = quantiles((took - exponent * distance for distance, took in points), n=10)
    uncertainty = (
        _EXPONENT_UNCERTAINTY * math.sqrt(fmean(distance**2 for distance, _ in points)) * _STANDARD_DEVIATIONS / 2
    )
    return DurationEstimate(
        math.exp(tenths[4]), math.exp(tenths[0] - uncertainty), math.exp(tenths[8] + uncertainty), len(points)
    )


def _exponent(points: Sequence[tuple[float, float]]) -> float:
    """Fit log durations over log lengths, limited to 0 to 1.5.

    Least squares, with the expected exponent as a prior.
    """
    middle_x, middle_y = (math.fsum(each) / len(points) for each in zip(*points, strict=True))
    weight = sum((x - middle_x) ** 2 for x, _ in points)
    product = sum((x - middle_x) * (y - middle_y) for x, y in points)
    slope = (product + _EXPECTED_EXPONENT * _EXPECTED_WEIGHT) / (weight + _EXPECTED_WEIGHT)
    return min(1.5, max(0.0, slope))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A job's queue position and expected duration.

    `queue_position` is None outside the queue, and counted up to MAX_QUEUE_POSITION + 1. `duration` is None without
    enough history. `age` is the rendering time so far in seconds. `outage` is why the API accepts no movies now.
    `own_movies` is how many movies of one member render at once where this one waits for that, else 0.
    `staff_informed`: where it waits for staff, the staff channel shows it.
    """

    queue_position: int | None = None
    duration: DurationEstimate | None = None
    age: float = 0.0
    outage: Outage | None = None
    own_movies: int = 0
    staff_informed: bool = True


NO_ESTIMATE = Estimate()
