"""Queries and pages of lists: of a member's movies, with keyset pagination, and those that are turned by number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from bot.domain.delivery import PostedMessage
from bot.domain.jobs import OPEN_STATES, Job, JobState


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
    """A member, a server, and a filter. Members read their own of all servers (None), and managers those of theirs."""

    member_id: int
    guild_id: int | None = None
    filter: MovieFilter = MovieFilter.ALL

    def matches(self, item: MovieItem) -> bool:
        """Return whether a movie is in this list.

        It is of the member, or paid by them with others, and of the server.
        """
        return self.guild_id in (None, item.job.guild_id) and item.is_own(self.member_id)


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
    `is_private`: it is finished, and shown in no channel. `is_hidden`: its words and link are left out.
    """

    job: Job
    undelivered: bool = False
    message: PostedMessage | None = None
    payer_id: int = 0
    share: int = 0
    is_private: bool = False
    is_hidden: bool = False

    def is_own(self, reader_id: int) -> bool:
        """Return whether a reader, for whom it was read, ordered it or pays for it."""
        return self.job.member_id == reader_id or self.is_paid_by(reader_id)

    def is_paid_by(self, member_id: int) -> bool:
        """Return whether a member pays for it with others."""
        return self.share > 0 and self.payer_id == member_id

    def hidden(self) -> MovieItem:
        """Return it without its words and its link, for a reader who may not see it."""
        job = replace(self.job.without_words(), movie_url=None)
        return replace(self, job=job, undelivered=False, is_hidden=True)


@dataclass(frozen=True, slots=True)
class Page:
    """Movies of one page, newest first."""

    items: tuple[MovieItem, ...]
    has_newer: bool = False
    has_older: bool = False


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NumberedPage(Generic[T]):
    """One page. `number` counts from 0.

    `total` are the items of all pages.
    """

    items: tuple[T, ...]
    number: int
    pages: int
    total: int
