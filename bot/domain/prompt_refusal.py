"""What happens to a prompt that breaks a rule of the filter, or that the movie service flags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.domain.moderation import ModerationCategory
from bot.domain.quota import Block
from bot.domain.refusal import Refused

MAX_HITS_A_DAY: Final = 3
"""A member's prompts that may break rules on one day (UTC) in one server; the last of them is the time-out."""

TIMEOUT_HOURS: Final = 24


@dataclass(frozen=True, slots=True)
class PromptRefused:
    """A prompt that broke a rule, or that the movie service flagged. Nothing was held or saved.

    `category` is that of the rule, for figures, or what it was flagged for. `hits` counts the member's prompts of
    today; 0 where this one does not count, because it was flagged, or words of the bot broke the rule. `timeout` is the
    one that began with it.
    """

    category: str | ModerationCategory
    hits: int = 0
    timeout: Block | None = None


PromptRefusal: TypeAlias = PromptRefused | Refused
"""Why a prompt is not taken. Of members who may order nothing, no prompt is counted."""
