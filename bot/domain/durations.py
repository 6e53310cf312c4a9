"""How long a video model usually takes for a movie of so many seconds, read from what it took before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles
from typing import NamedTuple

MIN_SAMPLES = 8
"""Movies that must have been seen before anything is said to be usual."""

MAX_NEIGHBOURS = 64
"""Movies that are compared: the nearest in length, and the newest among those."""

NEIGHBOUR_RATIO = 2.0
"""A movie half as long says something, and so does one twice as long; what lies further away is no comparison."""

_EXPECTED_EXPONENT = 0.5
_EXPECTED_WEIGHT = 2.0
"""How rendering grows with length before the samples say so, as the square root; and for how much that counts."""

_DOUBT = 0.3
"""How far that growth may be off, for each unit of the logarithm by which a compared movie's length differs."""

_SPREAD_LEAST = 0.05
_WIDTH = 2.5631
"""Between the tenth and the ninetieth percentile of a normal distribution, in standard deviations."""


class RenderSample(NamedTuple):
    """One movie that was made: its length, and how long it was rendered, both in seconds."""

    length: float
    duration: float


@dataclass(frozen=True, slots=True)
class DurationEstimate:
    """How long rendering takes, in seconds: half of the movies took less than `median`, four in five `low` to `high`.

    `count` is how many movies that was read from.
    """

    median: float
    low: float
    high: float
    count: int

    @property
    def spread(self) -> float:
        """The standard deviation of the durations' logarithms."""
        return max(_SPREAD_LEAST, math.log(self.high / self.low) / _WIDTH)


def estimate_duration(samples: Sequence[RenderSample], length: float) -> DurationEstimate | None:
    """What is usual for a movie of `length` seconds, from one model's movies, the newest first; None if too few fit.

    A movie of another length is compared after scaling, by a power of the lengths' ratio that is fitted to the
    samples themselves. Because that power may be off, `low` and `high` stand further apart the further the lengths do.
    """
    bound = math.log(NEIGHBOUR_RATIO) + 1e-9
    near = sorted(
        (
            (math.log(sample.length) - math.log(length), math.log(sample.duration))
            for sample in samples
            if min(sample) > 0
        ),
        key=lambda point: abs(point[0]),  # sorting is stable: the newest stay first
    )[:MAX_NEIGHBOURS]
    near = [point for point in near if abs(point[0]) <= bound]
    if len(near) < MIN_SAMPLES:
        return None
    exponent = _exponent(near)
    tenths = quantiles((took - exponent * distance for distance, took in near), n=10)
    doubt = _DOUBT * math.sqrt(fmean(distance**2 for distance, _ in near)) * _WIDTH / 2
    return DurationEstimate(math.exp(tenths[4]), math.exp(tenths[0] - doubt), math.exp(tenths[8] + doubt), len(near))


def _exponent(points: Sequence[tuple[float, float]]) -> float:
    """The slope of log durations over log lengths, by least squares, drawn towards what is expected, in 0 to 1.5."""
    middle_x, middle_y = (math.fsum(each) / len(points) for each in zip(*points, strict=True))
    weight = sum((x - middle_x) ** 2 for x, _ in points)
    product = sum((x - middle_x) * (y - middle_y) for x, y in points)
    slope = (product + _EXPECTED_EXPONENT * _EXPECTED_WEIGHT) / (weight + _EXPECTED_WEIGHT)
    return min(1.5, max(0.0, slope))
