"""What the movie service's moderation says of a prompt, before anything is held for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
