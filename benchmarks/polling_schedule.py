"""Polling: requests per movie times the delay of the finding poll.

Simulated with the bot's own schedule. Durations are lognormal: half are under 6 minutes, 95 % under 20. A model's
history explains them up to a residual spread of 0.25. The bot's history has 24 movies of each model.
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
"""Seconds of film. Here, all movies have the same length."""

_FIXED = 30.0


@dataclass(frozen=True, slots=True)
class RenderingMovie:
    """A movie to render.

    Its rendering time and the usual one, in seconds.
    """

    took: float
    usual: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Mean requests, and mean delay in seconds, over many movies.

    The delay lasts until the poll that finds the movie.
    """

    requests: float
    delay: float

    @property
    def product(self) -> float:
        """Requests times delay, which more requests alone do not lower."""
        return self.requests * self.delay


def movies(count: int, chance: random.Random) -> list[RenderingMovie]:
    """Generate movies with the documented durations. Exact quantiles need few samples."""
    made: list[RenderingMovie] = []
    wide = math.sqrt(SPREAD**2 - RESIDUAL**2)
    for number in range(count):
        median = MEDIAN * math.exp(wide * NormalDist().inv_cdf((number + 0.5) / count))
        made.append(RenderingMovie(median * math.exp(RESIDUAL * chance.gauss(0, 1)), median))
    return made


def earlier(movie: RenderingMovie, chance: random.Random, factor: float = 1.0) -> list[RenderSample]:
    """Generate the model's history.

    Its movies took `factor` times as long as they take now.
    """
    took = (factor * movie.usual * math.exp(RESIDUAL * chance.gauss(0, 1)) for _ in range(_HISTORY))
    return [RenderSample(LENGTH, each) for each in took]


def history_of(movie: RenderingMovie, chance: random.Random, factor: float = 1.0) -> DurationEstimate | None:
    """Estimate the duration from a generated history."""
    return estimate_duration(earlier(movie, chance, factor), LENGTH)


def simulate(
    wait: Callable[..., float],
    batch: list[RenderingMovie],
    known: Callable[[RenderingMovie], DurationEstimate | None],
    lost: float | None = None,
) -> Outcome:
    """Poll each movie until it is found.

    `lost` is the share of lost callbacks; None: without callbacks.
    """
    requests = delay = 0.0
    for movie in batch:
        polls, late = _polls_until_seen(wait, movie.took, known(movie))
        requests += polls  # a callback makes the last poll earlier, not superfluous
        delay += late if lost is None else lost * late
    return Outcome(requests / len(batch), delay / len(batch))


def _polls_until_seen(wait: Callable[..., float], took: float, expected: DurationEstimate | None) -> tuple[int, float]:
    """Return the number of polls and the delay of the last one."""
    age = 0.0
    polls = 0
    while age < took:
        age += wait(age) if expected is None else wait(age, expected)
        polls += 1
    return polls, age - took


@dataclass(slots=True)
class _Case:
    """One state of the bot's history, and its outcomes over all rounds."""

    name: str
    schedule: PollingSchedule
    known: Callable[[RenderingMovie, random.Random], DurationEstimate | None]
    ours: list[Outcome] = field(default_factory=list[Outcome])


SCHEDULE = PollingSchedule(5, 120)
"""The default settings."""

_CALLED_BACK = PollingSchedule(5, 120, callbacks_enabled=True)
_MAX_REQUESTS = 20.0
_MAX_REQUESTS_WITH_CALLBACKS = 6.0
"""With callbacks, polls only show progress and replace lost callbacks."""


async def measure(size: Size) -> list[Row]:
    """Simulate all cases."""
    polled = [
        _Case("nothing known", SCHEDULE, lambda _, __: None),
        _Case("usual time known", SCHEDULE, history_of),
        _Case("misled, movies take 0.7 of it", SCHEDULE, lambda each, dice: history_of(each, dice, 1 / 0.7)),
    ]
    called = [
        _Case("callbacks, nothing known", _CALLED_BACK, lambda _, __: None),
        _Case("callbacks, usual time known", _CALLED_BACK, history_of),
    ]
    timers: list[Outcome] = []
    doublings: list[Outcome] = []
    for number in range(size.rounds):
        batch = movies(size.of(6000, 100), random.Random(number))
        timers.append(simulate(fixed(_FIXED), batch, lambda _: None))
        doublings.append(simulate(doubling(5, 60), batch, lambda _: None))
        for case in [*polled, *called]:
            dice = random.Random(1000 + number)
            _simulate(case, batch, dice)
    return [
        _row(polled[0], "every 30 s", timers, 1.0),
        _row(polled[0], "doubling from 5 to 60 s", doublings, 0.7),
        _row(polled[1], "every 30 s", timers, 0.5),
        _row(polled[2], "every 30 s", timers, 1.2),
        *(_called_row(case) for case in called),
    ]


def _simulate(case: _Case, batch: list[RenderingMovie], dice: random.Random) -> None:
    lost = 0.01 if case.schedule.callbacks_enabled else None
    case.ours.append(simulate(case.schedule.next_delay, batch, lambda movie: case.known(movie, dice), lost))


def _row(case: _Case, baseline: str, theirs: list[Outcome], limit: float) -> Row:
    ratio = Spread.over([mine.product / other.product for mine, other in zip(case.ours, theirs, strict=True)])
    requests = Spread.over([each.requests for each in case.ours])
    return Row(
        f"polling: requests times delay, {case.name}",
        baseline,
        _format(case.ours),
        _format(theirs),
        ratio,
        f"≤ {limit:.1f}x, ≤ {_MAX_REQUESTS:.0f} requests",
        ratio.median <= limit and requests.median <= _MAX_REQUESTS,
    )


def _called_row(case: _Case) -> Row:
    requests = Spread.over([each.requests for each in case.ours])
    delay = Spread.over([each.delay for each in case.ours])
    return Row(
        f"polling: {case.name}, 1 in 100 lost",
        "",
        _format(case.ours),
        "",
        None,
        f"≤ {_MAX_REQUESTS_WITH_CALLBACKS:.0f} requests, ≤ 3 s",
        requests.median <= _MAX_REQUESTS_WITH_CALLBACKS and delay.median <= 3.0,
    )


def _format(outcomes: list[Outcome]) -> str:
    requests = Spread.over([each.requests for each in outcomes]).median
    delay = Spread.over([each.delay for each in outcomes]).median
    return f"{requests:.2f} at {delay:.1f} s"
