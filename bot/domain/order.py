"""Orders: the decision about a draft, and the outcomes of an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.breaker import Outage
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Shortfall
from bot.domain.job import Job
from bot.domain.language import Language
from bot.domain.preferences import Preferences, apply_preferences
from bot.domain.quota import Block
from bot.domain.quote import QuoteUnavailable
from bot.domain.request import Draft, MovieRequest, Problem, ValidatedRequest, validate
from bot.domain.risk import Refusal

Rejection: TypeAlias = Shortfall | Refusal | Block | QuoteUnavailable
"""Why an order makes no job."""

ALWAYS_CONFIRM = 0
"""A `confirm_above` below every price, so that each needs a confirmation."""


@dataclass(frozen=True, slots=True)
class OrderContext:
    """The interaction and the member of an order."""

    interaction_id: int
    guild_id: int
    channel_id: int
    member_id: int
    role_ids: tuple[int, ...] = ()
    member_name: str = ""
    member_language: Language = Language.ENGLISH
    server_language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True)
class Order:
    """A valid request, its price in credits, and its origin."""

    origin: OrderContext
    request: MovieRequest
    price: int


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """A new job whose credits are held.

    `queue_position` counts the jobs before it, as in `Estimate`. `outage` is why the queue waits, else None.
    """

    job: Job
    queue_position: int
    outage: Outage | None = None


@dataclass(frozen=True, slots=True)
class OrderRejected:
    """The job that was not created, and why.

    Nothing was held or written.
    """

    job: Job
    reason: Rejection


@dataclass(frozen=True, slots=True)
class ConfirmationRequired:
    """A valid request whose price the member must accept first."""

    checked: ValidatedRequest


@dataclass(frozen=True, slots=True)
class InvalidDraft:
    """A draft, completed from the member's preferences, and its problems."""

    draft: Draft
    problems: tuple[Problem, ...]


def decide(
    draft: Draft,
    preferences: Preferences,
    catalogue: Catalogue,
    confirm_above: int | None = None,
    *,
    use_preferences: bool = False,
) -> ValidatedRequest | ConfirmationRequired | InvalidDraft:
    """Decide whether a draft can be ordered.

    A price above `confirm_above` credits needs the member's confirmation first; None: no price does.
    `use_preferences` completes the draft from the member's preferences.
    """
    completed = apply_preferences(draft, preferences, catalogue) if use_preferences else draft
    checked = validate(completed, catalogue)
    if not isinstance(checked, ValidatedRequest):
        return InvalidDraft(completed, checked)
    if confirm_above is not None and checked.price > confirm_above:
        return ConfirmationRequired(checked)
    return checked
