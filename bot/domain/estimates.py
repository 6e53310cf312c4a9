"""What a member can expect of an unfinished movie."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.breaker import Outage
from bot.domain.durations import DurationEstimate

MAX_QUEUE_POSITION = 100
"""Positions beyond this are shown as "more than"."""


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
