"""The figures that monitoring reads from the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.breaker import BreakerState
from bot.domain.job import JobState


@dataclass(frozen=True, slots=True)
class QueueStats:
    """Open jobs by state, the age of the oldest, what they hold, and what is owed to members. Ages are in seconds.

    `deliveries_kept` are finished movies that could be posted nowhere: their members find them with /movies.
    """

    jobs: Mapping[JobState, int]
    oldest_job_age_seconds: float
    held_credits: int
    pending_deliveries: int
    oldest_delivery_seconds: float
    undeliverable: int
    breaker: BreakerState = BreakerState.CLOSED
