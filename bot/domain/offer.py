"""A priced request that a member is shown before it costs anything, and that can be taken once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.job import Job
from bot.domain.quota import Balance
from bot.domain.request import MovieRequest

OFFER_LIVES_MS = 15 * 60 * 1000
"""How long an offer can be taken: prices and what is left change. Discord's own interactions live as long."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One request with its price in credits, made to one member. `made_at` is UTC epoch milliseconds."""

    id: str
    guild_id: int
    channel_id: int
    member_id: int
    request: MovieRequest
    credits: int
    made_at: int


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer that would fit, and what the member has before it is taken."""

    offer: Offer
    balance: Balance

    @property
    def left_after(self) -> int:
        """The member's own credits after it."""
        return self.balance.own_left - self.offer.credits


class StaleReason(StrEnum):
    """Why an offer can't be taken."""

    OLD = "old"
    """It was made too long ago, or never to this member."""

    CLOSED = "closed"
    """Its member cancelled it, or changed it into another."""

    TAKEN = "taken"
    """There is a job of it already."""


@dataclass(frozen=True, slots=True)
class Stale:
    """An offer that can't be taken; `job` is the one that was made of it."""

    reason: StaleReason
    job: Job | None = None
