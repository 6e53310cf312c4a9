"""A priced request that a member is shown before it costs anything, and that can be taken once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.job import Job
from bot.domain.quota import Balance
from bot.domain.request import MovieRequest

QUOTE_TTL_MS = 15 * 60 * 1000
"""How long an offer can be taken: prices and what is left change. Discord's own interactions live as long."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One request with its price in credits, made to one member. `made_at` is UTC epoch milliseconds."""

    id: str
    guild_id: int
    channel_id: int
    member_id: int
    request: MovieRequest
    price: int
    created_at: int


@dataclass(frozen=True, slots=True)
class QuotePreview:
    """An offer that would fit, and what the member has before it is taken."""

    offer: Quote
    balance: Balance

    @property
    def balance_after(self) -> int:
        """The member's own credits after it."""
        return self.balance.member_available - self.offer.price


class QuoteUnavailableReason(StrEnum):
    """Why an offer can't be taken."""

    EXPIRED = "old"
    """It was made too long ago, or never to this member."""

    CANCELLED = "closed"
    """Its member cancelled it, or changed it into another."""

    ACCEPTED = "taken"
    """There is a job of it already."""


@dataclass(frozen=True, slots=True)
class QuoteUnavailable:
    """An offer that can't be taken; `job` is the one that was made of it."""

    reason: QuoteUnavailableReason
    job: Job | None = None
