"""A reported movie, and what the server's staff decided about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.domain.delivery import PostedMessage
from bot.domain.jobs import Job
from bot.domain.text import Language

MAX_REPORT_LENGTH: Final = 300
"""Characters of a reason."""

MAX_REPORTS_A_DAY: Final = 10
"""How many movies a member may report in a server within 24 hours."""


class ReportState(StrEnum):
    """What became of a reported movie."""

    OPEN = "open"
    REMOVED = "removed"
    """Its message and its links are gone: by staff, or by its own member."""

    DISMISSED = "dismissed"
    """Staff keep the movie."""


class ReportOutcome(StrEnum):
    """What a report led to."""

    SAVED = "saved"
    NO_CHANNEL = "no_channel"
    """Saved, but the server has no staff channel where the bot may post."""

    REVIEWED = "reviewed"
    """Saved, but staff have decided to keep the movie before."""


@dataclass(frozen=True, slots=True)
class ReportedMovie:
    """A reported movie, as its message in the staff channel shows it.

    `reasons` are the latest. `decided_by` and `blocked_by` are members or pseudonyms; `blocked_by` blocked the movie's
    member. `posted_at` is where the movie is, `message` the staff channel's message.
    """

    job: Job
    state: ReportState
    reports: int
    reasons: tuple[str, ...] = ()
    decided_by: int | None = None
    blocked_by: int | None = None
    posted_at: PostedMessage | None = None
    message: PostedMessage | None = None
    language: Language = Language.ENGLISH

    def moves_to(self, channel_id: int) -> bool:
        """Whether an open report's message is in another staff channel."""
        is_open = self.state is ReportState.OPEN
        return is_open and self.message is not None and channel_id not in (0, self.message.channel_id)

    def without_words(self) -> ReportedMovie:
        """Return it without what members wrote."""
        return replace(self, job=self.job.without_words(), reasons=())


@dataclass(frozen=True, slots=True)
class ReportDecision:
    """A reported movie after a staff member's decision; `counted` is False where it was decided before."""

    movie: ReportedMovie
    counted: bool
