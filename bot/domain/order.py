"""Orders: the decision about a draft, and the outcomes of an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.domain.breaker import Outage
from bot.domain.catalogue import Catalogue, VideoModel
from bot.domain.credits import Shortfall
from bot.domain.job import Job
from bot.domain.language import Language
from bot.domain.preferences import Preferences, apply_preferences
from bot.domain.quota import Block
from bot.domain.quote import QuoteUnavailable
from bot.domain.request import Draft, MovieRequest, Problem, ValidatedRequest, validate
from bot.domain.risk import Refusal
from bot.domain.server_setup import with_parent
from bot.domain.wording import Wording

Rejection: TypeAlias = Shortfall | Refusal | Block | QuoteUnavailable
"""Why an order makes no job."""

_ALL: Final = 100


@dataclass(frozen=True, slots=True)
class ConfirmationRule:
    """Which prices a member must accept first."""

    credits: int

    percent: int = _ALL
    """Of what the member has left. A price above 100 percent can't be paid."""

    @property
    def depends_on_balance(self) -> bool:
        """Whether the rule needs to know what is left."""
        return self.percent < _ALL

    def applies(self, price: int, left: int) -> bool:
        """Return whether a price is a large part of what is left."""
        return price * _ALL > self.percent * left


ALWAYS_CONFIRM: Final = ConfirmationRule(0)
"""Every price needs a confirmation."""


@dataclass(frozen=True, slots=True)
class OrderContext:
    """The interaction and the member of an order.

    `server_language` is the one that the server has in Discord. `parent_channel_id` is a thread's. `age_restricted` is
    Discord's flag of the channel, or of a thread's parent. `manages_server`: the member may manage the server.
    `traceparent` is the W3C trace, None where nothing is traced.
    """

    interaction_id: int
    guild_id: int
    channel_id: int
    member_id: int
    role_ids: tuple[int, ...] = ()
    member_name: str = ""
    member_language: Language = Language.ENGLISH
    server_language: Language = Language.ENGLISH
    parent_channel_id: int | None = None
    age_restricted: bool = False
    manages_server: bool = False
    traceparent: str | None = None

    @property
    def channel_ids(self) -> tuple[int, ...]:
        """The channel, and of a thread its parent, too."""
        return with_parent(self.channel_id, self.parent_channel_id)


@dataclass(frozen=True, slots=True)
class Order:
    """A valid request, its price in credits, and its origin."""

    origin: OrderContext
    request: MovieRequest
    price: int
    wording: Wording | None = None
    """How the prompt came about; None: its member wrote it."""


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """A new job whose credits are held.

    `queue_position` counts the jobs before it, as in `Estimate`. `outage` is why the queue waits, else None.
    `own_ahead` counts the member's other movies that render or come before it. `staff_informed`: where it needs
    approval, a message in the staff channel will ask for it.
    """

    job: Job
    queue_position: int
    outage: Outage | None = None
    own_ahead: int = 0
    staff_informed: bool = True


@dataclass(frozen=True, slots=True)
class OrderRejected:
    """The job that was not created, and why.

    Nothing was held or written.
    """

    job: Job
    reason: Rejection


@dataclass(frozen=True, slots=True)
class ConfirmationRequired:
    """A valid request whose price the member must accept first.

    `default_model` is the cheaper one, where the member did not name the model and the remembered one costs more.
    """

    checked: ValidatedRequest
    default_model: VideoModel | None = None


@dataclass(frozen=True, slots=True)
class InvalidDraft:
    """A draft, completed from the member's preferences, and its problems."""

    draft: Draft
    problems: tuple[Problem, ...]


def decide(
    draft: Draft,
    preferences: Preferences,
    catalogue: Catalogue,
    confirm: ConfirmationRule | None = None,
    *,
    use_preferences: bool = False,
) -> ValidatedRequest | ConfirmationRequired | InvalidDraft:
    """Decide whether a draft can be ordered.

    `confirm` says which prices need the member's confirmation first, and a remembered model that costs more than the
    default needs it, too; None: nothing does. `use_preferences` completes the draft from the member's preferences.
    """
    completed = apply_preferences(draft, preferences, catalogue) if use_preferences else draft
    checked = validate(completed, catalogue)
    if not isinstance(checked, ValidatedRequest):
        return InvalidDraft(completed, checked)
    if confirm is None:
        return checked
    cheaper = _cheaper_default(checked, catalogue) if draft.video_model is None else None
    if cheaper is not None or checked.price > confirm.credits:
        return ConfirmationRequired(checked, cheaper)
    return checked


def _cheaper_default(checked: ValidatedRequest, catalogue: Catalogue) -> VideoModel | None:
    """Return a request's default video model, where it costs less."""
    default = catalogue.video_models_for(checked.request.aspect_ratio)[0]
    return default if default.credits_per_second < checked.video_model.credits_per_second else None
