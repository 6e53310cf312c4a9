"""An order for a movie: where it comes from, and the ways in which it can come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.breaker import Outage
from bot.domain.credits import Shortfall
from bot.domain.job import Job
from bot.domain.offer import Stale
from bot.domain.preferences import Preferences
from bot.domain.quota import Block
from bot.domain.request import Checked, Draft, MovieRequest, Problem


@dataclass(frozen=True, slots=True)
class Origin:
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

    origin: Origin
    request: MovieRequest
    credits: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A job whose credits were just taken, and how many movies waited then, counted as `Outlook.ahead` is.

    `outage` is what keeps the queue waiting then.
    """

    job: Job
    ahead: int
    outage: Outage | None = None


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """A job that there would have been, and what stood in the way: nothing was held or written."""

    job: Job
    why: Shortfall | Block | Stale


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """A sound request that is not ordered before its member has seen the price."""

    checked: Checked


@dataclass(frozen=True, slots=True)
class Unsound:
    """A draft, with what is remembered filled in, and everything that is wrong with it."""

    draft: Draft
    problems: tuple[Problem, ...]


Decide: TypeAlias = Callable[[Preferences], Checked | ToConfirm | Unsound]
"""What to make of what is remembered of a member. Asked within the transaction that acts on it: pure and short."""
