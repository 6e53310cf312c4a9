"""A member's movies as a list that is turned from one movie to the next, however long it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.job import Job, JobState


class Which(StrEnum):
    """Which of the movies are listed."""

    ALL = "all"
    RUNNING = "running"
    DONE = "done"
    NOT_MADE = "not-made"

    @property
    def states(self) -> tuple[JobState, ...]:
        """The states that a listed job is in."""
        return _STATES[self]


_STATES = {
    Which.ALL: tuple(JobState),
    Which.RUNNING: (JobState.QUEUED, JobState.SUBMITTING, JobState.RENDERING, JobState.UNKNOWN),
    Which.DONE: (JobState.COMPLETED,),
    Which.NOT_MADE: (JobState.FAILED, JobState.CANCELLED),
}


@dataclass(frozen=True, slots=True)
class Listing:
    """Whose movies, of which server (None: of all), and which of them."""

    member_id: int
    guild_id: int | None = None
    which: Which = Which.ALL

    def holds(self, job: Job) -> bool:
        """Whether a job is that member's, in that server: whatever state it is in, for it moves on by itself."""
        return job.member_id == self.member_id and self.guild_id in (None, job.guild_id)


class Toward(StrEnum):
    """Where a page lies as seen from a movie."""

    OLDER = "older"
    NEWER = "newer"
    HERE = "here"
    """It begins with this movie."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A page that is asked for: by a movie that the reader has seen, since places in a growing list don't last."""

    toward: Toward
    job_id: str


@dataclass(frozen=True, slots=True)
class Item:
    """A movie of a list. `kept`: it is done, could be posted nowhere, and its member has not claimed it yet."""

    job: Job
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some movies, the newest first, and whether there are newer and older ones."""

    items: tuple[Item, ...]
    newer: bool = False
    older: bool = False
