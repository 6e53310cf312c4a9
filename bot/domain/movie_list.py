"""Queries and pages of a member's movies, with keyset pagination."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.delivery import PostedMessage
from bot.domain.job import OPEN_STATES, Job, JobState


class MovieFilter(StrEnum):
    """Which movies are listed."""

    ALL = "all"
    RUNNING = "running"
    COMPLETED = "done"
    UNSUCCESSFUL = "not-made"

    @property
    def states(self) -> tuple[JobState, ...]:
        """The job states that match."""
        return _STATES[self]


_STATES = {
    MovieFilter.ALL: tuple(JobState),
    MovieFilter.RUNNING: OPEN_STATES,
    MovieFilter.COMPLETED: (JobState.COMPLETED,),
    MovieFilter.UNSUCCESSFUL: (JobState.FAILED, JobState.CANCELLED),
}


@dataclass(frozen=True, slots=True)
class MovieQuery:
    """A member, a server (None: all), and a filter."""

    member_id: int
    guild_id: int | None = None
    filter: MovieFilter = MovieFilter.ALL

    def matches(self, item: MovieItem) -> bool:
        """Return whether a movie is in this list.

        It is of the member, or paid by them with others, and of the server.
        """
        if self.guild_id not in (None, item.job.guild_id):
            return False
        return item.job.member_id == self.member_id or item.is_paid_by(self.member_id)


class PageDirection(StrEnum):
    """The direction of a page from the cursor's movie."""

    OLDER = "older"
    NEWER = "newer"
    CURRENT = "here"
    """The page begins with this movie."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position in the list.

    It is given by a movie, because offsets shift as the list grows.
    """

    toward: PageDirection
    job_id: str


@dataclass(frozen=True, slots=True)
class MovieItem:
    """A listed movie.

    `undelivered`: it could not be delivered, and the member has not claimed it. `message` is the one about it, where
    that was asked for. `payer_id` pays `share` credits of it with others; 0: it was not read for one of them.
    """

    job: Job
    undelivered: bool = False
    message: PostedMessage | None = None
    payer_id: int = 0
    share: int = 0

    def is_paid_by(self, member_id: int) -> bool:
        """Return whether a member pays for it with others."""
        return self.share > 0 and self.payer_id == member_id

    @property
    def is_shared(self) -> bool:
        """Whether members paid for it together."""
        return self.job.pitch_id is not None


@dataclass(frozen=True, slots=True)
class Page:
    """Movies of one page, newest first."""

    items: tuple[MovieItem, ...]
    has_newer: bool = False
    has_older: bool = False
