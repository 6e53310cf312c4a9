"""An order for a movie: where it comes from, and the ways in which it can come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.breaker import Outage
from bot.domain.credits import Shortfall
from bot.domain.job import Job
from bot.domain.preferences import Preferences
from bot.domain.quota import Block
from bot.domain.quote import QuoteUnavailable
from bot.domain.request import Draft, MovieRequest, Problem, ValidatedRequest


@dataclass(frozen=True, slots=True)
class OrderContext:
    """The interaction that an order comes with, and its member as Discord describes them."""

    interaction_id: int
    guild_id: int
    channel_id: int
    member_id: int
    role_ids: tuple[int, ...] = ()
    member_name: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """A sound request with its price in credits, and where it comes from."""

    origin: OrderContext
    request: MovieRequest
    price: int


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """A job whose credits were just taken, and how many movies waited then, counted as `Outlook.ahead` is.

    `outage` is what keeps the queue waiting then.
    """

    job: Job
    queue_position: int
    outage: Outage | None = None


@dataclass(frozen=True, slots=True)
class OrderRejected:
    """A job that there would have been, and what stood in the way: nothing was held or written."""

    job: Job
    reason: Shortfall | Block | QuoteUnavailable


@dataclass(frozen=True, slots=True)
class ConfirmationRequired:
    """A sound request that is not ordered before its member has seen the price."""

    checked: ValidatedRequest


@dataclass(frozen=True, slots=True)
class InvalidDraft:
    """A draft, with what is remembered filled in, and everything that is wrong with it."""

    draft: Draft
    problems: tuple[Problem, ...]


Decide: TypeAlias = Callable[[Preferences], ValidatedRequest | ConfirmationRequired | InvalidDraft]
"""What to make of what is remembered of a member. Asked within the transaction that acts on it: pure and short."""
