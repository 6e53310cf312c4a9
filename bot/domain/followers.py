"""Following a movie: being mentioned when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.job import Job
from bot.domain.language import Language

MAX_FOLLOWERS = 20
"""More mentions would make the message unreadable."""


class FollowResult(StrEnum):
    """The result of pressing Follow."""

    FOLLOWING = "following"
    FULL = "full"
    ENDED = "ended"
    PRIVATE = "private"
    """It is sent as a direct message."""


@dataclass(frozen=True, slots=True)
class FollowerNotice:
    """What a follower is told by DM who can't be mentioned with a movie. `queued_at` is UTC epoch milliseconds."""

    job: Job
    member_id: int
    language: Language
    queued_at: int
    attempts: int = 0

    @property
    def key(self) -> str:
        """The movie and the follower."""
        return f"{self.job.id}-{self.member_id}"
