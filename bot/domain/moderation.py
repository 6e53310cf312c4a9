"""What the movie service's moderation says of a prompt before anything is held for it, and why a prompt is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from bot.domain.quota import Block
from bot.domain.refusal import Refused

MAX_HITS_A_DAY: Final = 3
"""A member's prompts that may break rules on one day (UTC) in one server; the last of them is the time-out."""

TIMEOUT_HOURS: Final = 24


class ModerationCategory(StrEnum):
    """What a prompt was flagged for, the most serious first."""

    MINORS = "minors"
    """Sexual content involving minors."""

    SEXUAL = "sexual"
    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    HATE = "hate"
    HARASSMENT = "harassment"
    ILLICIT = "illicit"
    """How to do something illegal."""

    OTHER = "other"
    """A category that the bot does not know, or none was named."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer about a prompt. It may be ordered unless it was `flagged`."""

    flagged: ModerationCategory | None = None


MAY_BE_ORDERED = Verdict()
"""Also where moderation is off, or does not answer: then the movie's own moderation decides."""


class Unmoderated:
    """An order or pitch that is valid and waits for the verdict on its prompt. Nothing was held or saved."""


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
