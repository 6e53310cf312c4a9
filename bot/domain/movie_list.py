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

    def matches(self, job: Job) -> bool:
        """Return whether a job is of this member and server."""
        return job.member_id == self.member_id and self.guild_id in (None, job.guild_id)


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
    that was asked for.
    """

    job: Job
    undelivered: bool = False
    message: PostedMessage | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Movies of one page, newest first."""

    items: tuple[MovieItem, ...]
    has_newer: bool = False
    has_older: bool = False
