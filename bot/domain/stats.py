"""Database figures for monitoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.breaker import BreakerState
from bot.domain.job import JobState


class Outcome(StrEnum):
    """What became of the credits of a movie."""

    CAPTURED = "captured"
    """Its member paid them."""

    RELEASED = "released"
    """Its member has them back."""

    LOST = "lost"
    """The API kept them for a movie that failed, so the operator's plan paid."""


@dataclass(frozen=True, slots=True)
class UnknownStats:
    """How many jobs are unknown, and how long the oldest has been."""

    count: int = 0
    oldest_seconds: float = 0


@dataclass(frozen=True, slots=True)
class QueueStats:
    """Open jobs and pending notifications; ages are in seconds.

    `undeliverable` counts finished movies that could be sent nowhere; members find them with /movies. `stopped_members`
    counts the members who may order no more this month because of their failed movies. `paused`: no orders are taken.
    `waiting_credits` are held for jobs that the API has not taken yet. `plan_used` and `plan_held` are this month's;
    `credits_today` are those of the movies that ended since midnight UTC.
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
    plan_used: int = 0
    plan_held: int = 0
    credits_today: Mapping[Outcome, int] = field(default_factory=dict[Outcome, int])
    oldest_unknown_seconds: float = 0
