"""Watching: requests for a movie times the delay until it is seen, simulated with the bot's own pace.

Durations are lognormal, half under 6 minutes and 95 in 100 under 20. What a model took for as many seconds before
explains them but for a residual spread of 0.25. The history that the bot knows is made of 24 such movies each.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import NormalDist

from benchmarks.baselines.fixed_interval import doubling, fixed
from benchmarks.harness import Row, Size, Spread
from bot.domain.durations import DurationEstimate, RenderSample, estimate_duration
from bot.domain.polling import PollingSchedule

MEDIAN, SPREAD, RESIDUAL = 360.0, math.log(20 / 6) / 1.6449, 0.25
_HISTORY = 24
LENGTH = 10
"""Seconds of film; here all movies are of one length."""

_FIXED = 30.0


@dataclass(frozen=True, slots=True)
class Watched:
    """A movie to come: how long it takes, and what such a movie usually takes, in seconds."""

    took: float
    usual: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Means over many movies: requests, and seconds from the end of a movie to the look that sees it."""

    requests: float
    delay: float

    @property
    def product(self) -> float:
        """What can't be bought with more requests."""
        return self.requests * self.delay


def movies(count: int, chance: random.Random) -> list[Watched]:
    """Movies as the API is said to make them. Their quantiles are exact, so that few of them already tell much."""
    made: list[Watched] = []
    wide = math.sqrt(SPREAD**2 - RESIDUAL**2)
    for number in range(count):
        median = MEDIAN * math.exp(wide * NormalDist().inv_cdf((number + 0.5) / count))
        made.append(Watched(median * math.exp(RESIDUAL * chance.gauss(0, 1)), median))
    return made


def earlier(movie: Watched, chance: random.Random, factor: float = 1.0) -> list[RenderSample]:
    """Earlier movies of the kind, which took `factor` times what they take now."""
    took = (factor * movie.usual * math.exp(RESIDUAL * chance.gauss(0, 1)) for _ in range(_HISTORY))
    return [RenderSample(LENGTH, each) for each in took]


def history_of(movie: Watched, chance: random.Random, factor: float = 1.0) -> DurationEstimate | None:
    """What the bot reads from these."""
    return estimate_duration(earlier(movie, chance, factor), LENGTH)


def followed(
    wait: Callable[..., float],
    watched: list[Watched],
    known: Callable[[Watched], DurationEstimate | None],
    lost: float | None = None,
) -> Outcome:
    """Look at each movie until it is seen. `lost` is the share of callbacks that get lost; None: there are none."""
    requests = delay = 0.0
    for movie in watched:
        looks, late = _looked(wait, movie.took, known(movie))
        requests += looks  # a callback brings the last look earlier, but makes it no other
        delay += late if lost is None else lost * late
    return Outcome(requests / len(watched), delay / len(watched))


def _looked(wait: Callable[..., float], took: float, expected: DurationEstimate | None) -> tuple[int, float]:
    """How many looks until a movie is seen, and how late that is."""
    age = 0.0
    looks = 0
    while age < took:
        age += wait(age) if expected is None else wait(age, expected)
        looks += 1
    return looks, age - took


@dataclass(slots=True)
class _Case:
    """One thing that the bot may know, and what its pace makes of it, over all rounds."""

    what: str
    pace: PollingSchedule
    known: Callable[[Watched, random.Random], DurationEstimate | None]
    ours: list[Outcome] = field(default_factory=list[Outcome])


PACE = PollingSchedule(5, 120)
"""The default settings."""

_CALLED_BACK = PollingSchedule(5, 120, callbacks_enabled=True)
_REQUESTS_MOST = 20.0
_CALLED_BACK_MOST = 6.0
"""With callbacks, requests only show progress and catch a callback that got lost."""


async def measure(size: Size) -> list[Row]:
    """Simulate."""
    polled = [
        _Case("nothing known", PACE, lambda _, __: None),
        _Case("usual time known", PACE, history_of),
        _Case("misled, movies take 0.7 of it", PACE, lambda each, dice: history_of(each, dice, 1 / 0.7)),
    ]
    called = [
        _Case("callbacks, nothing known", _CALLED_BACK, lambda _, __: None),
        _Case("callbacks, usual time known", _CALLED_BACK, history_of),
    ]
    timers: list[Outcome] = []
    doublings: list[Outcome] = []
    for number in range(size.rounds):
        watched = movies(size.of(6000, 100), random.Random(number))
        timers.append(followed(fixed(_FIXED), watched, lambda _: None))
        doublings.append(followed(doubling(5, 60), watched, lambda _: None))
        for case in [*polled, *called]:
            dice = random.Random(1000 + number)
            _simulate(case, watched, dice)
    return [
        _row(polled[0], "every 30 s", timers, 1.0),
        _row(polled[0], "doubling from 5 to 60 s", doublings, 0.7),
        _row(polled[1], "every 30 s", timers, 0.5),
        _row(polled[2], "every 30 s", timers, 1.2),
        *(_called_row(case) for case in called),
    ]


def _simulate(case: _Case, watched: list[Watched], dice: random.Random) -> None:
    lost = 0.01 if case.pace.callbacks_enabled else None
    case.ours.append(followed(case.pace.next_delay, watched, lambda movie: case.known(movie, dice), lost))


def _row(case: _Case, against: str, theirs: list[Outcome], most: float) -> Row:
    ratio = Spread.over([mine.product / other.product for mine, other in zip(case.ours, theirs, strict=True)])
    requests = Spread.over([each.requests for each in case.ours])
    return Row(
        f"watching: requests times delay, {case.what}",
        against,
        _said(case.ours),
        _said(theirs),
        ratio,
        f"≤ {most:.1f}x, ≤ {_REQUESTS_MOST:.0f} requests",
        ratio.median <= most and requests.median <= _REQUESTS_MOST,
    )


def _called_row(case: _Case) -> Row:
    requests = Spread.over([each.requests for each in case.ours])
    delay = Spread.over([each.delay for each in case.ours])
    return Row(
        f"watching: {case.what}, 1 in 100 lost",
        "",
        _said(case.ours),
        "",
        None,
        f"≤ {_CALLED_BACK_MOST:.0f} requests, ≤ 3 s",
        requests.median <= _CALLED_BACK_MOST and delay.median <= 3.0,
    )


def _said(outcomes: list[Outcome]) -> str:
    requests = Spread.over([each.requests for each in outcomes]).median
    delay = Spread.over([each.delay for each in outcomes]).median
    return f"{requests:.2f} at {delay:.1f} s"
