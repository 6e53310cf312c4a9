"""Database figures for monitoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.breaker import BreakerState
from bot.domain.job import JobState


@dataclass(frozen=True, slots=True)
class QueueStats:
    """Open jobs and pending notifications; ages are in seconds.

    `undeliverable` counts finished movies that could be sent nowhere; members find them with /movies. `stopped_members`
    counts the members who may order no more this month because of their failed movies. `paused`: no orders are taken.
    `waiting_credits` are held for jobs that the API has not taken yet.
    """

    jobs: Mapping[JobState, int]
    oldest_job_age_seconds: float
    held_credits: int
    pending_deliveries: int
    oldest_delivery_seconds: float
    undeliverable: int
    breaker: BreakerState = BreakerState.CLOSED
    stopped_members: int = 0
    paused: bool = False
    waiting_credits: int = 0
