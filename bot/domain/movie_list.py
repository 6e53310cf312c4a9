"""A member's movies as a list that is turned from one movie to the next, however long it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.job import Job, JobState


class MovieFilter(StrEnum):
    """Which of the movies are listed."""

    ALL = "all"
    RUNNING = "running"
    COMPLETED = "done"
    UNSUCCESSFUL = "not-made"

    @property
    def states(self) -> tuple[JobState, ...]:
        """The states that a listed job is in."""
        return _STATES[self]


_STATES = {
    MovieFilter.ALL: tuple(JobState),
    MovieFilter.RUNNING: (JobState.QUEUED, JobState.SUBMITTING, JobState.RENDERING, JobState.UNKNOWN),
    MovieFilter.COMPLETED: (JobState.COMPLETED,),
    MovieFilter.UNSUCCESSFUL: (JobState.FAILED, JobState.CANCELLED),
}


@dataclass(frozen=True, slots=True)
class MovieQuery:
    """Whose movies, of which server (None: of all), and which of them."""

    member_id: int
    guild_id: int | None = None
    filter: MovieFilter = MovieFilter.ALL

    def matches(self, job: Job) -> bool:
        """Whether a job is that member's, in that server: whatever state it is in, for it moves on by itself."""
        return job.member_id == self.member_id and self.guild_id in (None, job.guild_id)


class PageDirection(StrEnum):
    """Where a page lies as seen from a movie."""

    OLDER = "older"
    NEWER = "newer"
    CURRENT = "here"
    """It begins with this movie."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A page that is asked for: by a movie that the reader has seen, since places in a growing list don't last."""

    toward: PageDirection
    job_id: str


@dataclass(frozen=True, slots=True)
class MovieItem:
    """A movie of a list. `kept`: it is done, could be posted nowhere, and its member has not claimed it yet."""

    job: Job
    undelivered: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some movies, the newest first, and whether there are newer and older ones."""

    items: tuple[MovieItem, ...]
    has_newer: bool = False
    has_older: bool = False
