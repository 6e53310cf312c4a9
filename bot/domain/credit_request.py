"""A member's request for more credits, and a manager's answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.credits import DAY_MS
from bot.domain.delivery import PostedMessage
from bot.domain.quota import MAX_CREDITS
from bot.domain.text import Language

MIN_REQUESTED: Final = 300
"""The fewest credits that are asked for: with less, a member would soon ask again."""

_ROUNDED_TO: Final = 100
"""What is missing exactly would tell everyone who reads the staff channel what a member has left."""

LIFETIME_MS: Final = 7 * DAY_MS
"""How long a request can be granted. A member may ask each day, so an older one is no longer what they want."""


class RequestState(StrEnum):
    """What became of a request."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"
    REPLACED = "replaced"
    """The member asked again, before it was answered."""

    LAPSED = "lapsed"
    """It was older than LIFETIME_MS when a manager answered it."""

    UNPOSTED = "unposted"
    """Discord forbids posting in the staff channel, so no manager saw it."""


class AskOption(StrEnum):
    """How a member whose credits are short may get more."""

    ASK = "ask"
    """The request is posted in the server's staff channel."""

    NO_CHANNEL = "no_channel"
    """In person: the server has no staff channel where the bot may post."""

    NO_HELP = "no_help"
    """Not at all: the member's own credits are not all that is short, or they have asked today."""


@dataclass(frozen=True, slots=True)
class CreditRequest:
    """A request for `credits`, for a movie that costs `price`.

    `id` is that of its entry in the audit log. `channel_id` is where the member asked. `decided_by` and `message`
    are known once a manager answered it. `server_language` is that of the staff channel. `untold`: the member
    takes no direct messages.
    """

    id: str
    guild_id: int
    channel_id: int
    member_id: int
    credits: int
    price: int
    state: RequestState
    created_at: int
    member_language: Language = Language.ENGLISH
    server_language: Language = Language.ENGLISH
    decided_by: int | None = None
    message: PostedMessage | None = None
    untold: bool = False

    def has_lapsed(self, now: int) -> bool:
        """Return whether it is too old to be granted."""
        return now - self.created_at > LIFETIME_MS


@dataclass(frozen=True, slots=True)
class Answer:
    """A request after a manager's answer, and whether that answer counted."""

    request: CreditRequest
    counted: bool


def credits_to_ask(missing: int) -> int:
    """Return how many credits are asked for where these are missing."""
    return min(MAX_CREDITS, max(MIN_REQUESTED, -(-missing // _ROUNDED_TO) * _ROUNDED_TO))


def usual_price(catalogue: Catalogue) -> int:
    """Return what a movie costs whose member leaves all options empty."""
    limits = catalogue.limits
    model = catalogue.video_models_for(limits.default_aspect_ratio)[0]
    return model.credits_per_second * limits.default_seconds


def highest_price(catalogue: Catalogue) -> int:
    """Return what the most expensive movie costs."""
    rates = [model.credits_per_second for model in catalogue.enabled_video_models]
    return max(rates) * catalogue.limits.max_seconds
