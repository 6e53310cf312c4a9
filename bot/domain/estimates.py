"""What a member may expect of a movie that is not done yet."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.breaker import Outage
from bot.domain.durations import DurationEstimate

MAX_QUEUE_POSITION = 100
"""So many movies in front of one are counted; of more it is said that they are more."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many movies wait in front of it (None: it is not in the queue), and how long such movies usually take.

    `ahead` is counted up to one more than MAX_QUEUE_POSITION.
    `usual` is None until enough of them are known. `age` is how long it has been rendered, in seconds. `outage` is why
    the API takes no movie now.
    """

    queue_position: int | None = None
    duration: DurationEstimate | None = None
    age: float = 0.0
    outage: Outage | None = None


NO_ESTIMATE = Estimate()
