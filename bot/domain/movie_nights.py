"""A server's weekly post of its best movies: a movie night, a recap of the week, or both in one message.

It is on the day of the week that its managers chose, at one hour for all servers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.credits import DAY_MS
from bot.domain.delivery import PostedMessage, Venue
from bot.domain.jobs import Job
from bot.domain.server_setup import AgeRule, Weekday
from bot.domain.text import Language

STARTS_AT_HOUR: Final = 18
"""In UTC: the evening in Europe, the day in America."""

SHOWN: Final = 5

WEEK_MS: Final = 7 * DAY_MS
"""How old the movies of a movie night are at most."""

LATEST_MS: Final = DAY_MS
"""How late a movie night still begins, such as after an outage."""


class MovieNightState(StrEnum):
    """What became of a movie night."""

    CHOOSING = "choosing"
    """Its movies are not chosen yet."""

    PENDING = "pending"
    """Its message is still to be sent."""

    POSTED = "posted"
    EMPTY = "empty"
    """It has no movies: nothing was starred, or all were removed since."""

    UNDELIVERABLE = "undeliverable"
    SUPPRESSED = "suppressed"
    """It may have been posted already: the database was restored."""


@dataclass(frozen=True, slots=True)
class StarredMovie:
    """A movie with stars, at its place in a list: that of /top, or of a movie night with the stars that it had then.

    `message` is the one about the movie.
    """

    place: int
    job: Job
    stars: int
    message: PostedMessage | None = None

    @property
    def is_playable(self) -> bool:
        """Whether it was neither removed nor forgotten."""
        return self.job.removed_at is None and bool(self.job.request.prompt) and bool(self.job.movie_url)

    @property
    def channels(self) -> frozenset[int]:
        """The channels of its order and of its message, to which the list links: its readers may view both."""
        return frozenset({self.job.channel_id, self.message.channel_id if self.message else self.job.channel_id})


@dataclass(frozen=True, slots=True)
class Recap:
    """What a server's members made in a week.

    `maker_id` made the `most` of those who want to be listed.
    """

    movies: int
    credits: int
    maker_id: int | None = None
    most: int = 0


@dataclass(frozen=True, slots=True)
class MovieNight:
    """A movie night.

    `movies` are those that can be played, the best first. `channel_id` is where its message goes or is; None until
    the movies are chosen. `recap`: the server has chosen one. `is_night`: it has not chosen the recap alone.
    """

    id: str
    guild_id: int
    starts_at: int
    state: MovieNightState
    language: Language
    movies: tuple[StarredMovie, ...] = ()
    channel_id: int | None = None
    venue: Venue = Venue.UNDECIDED
    message_id: int | None = None
    created_at: int = 0
    age: AgeRule | None = None
    recap: Recap | None = None
    is_night: bool = True

    @property
    def message(self) -> PostedMessage | None:
        """Where its message is; None before it is sent."""
        if self.channel_id is None or self.message_id is None:
            return None
        return PostedMessage(self.channel_id, self.message_id, self.venue)

    def without_words(self) -> MovieNight:
        """Return it without what members wrote, and without links, should Discord object to them."""
        return self.with_jobs(replace(each.job.without_words(), movie_url=None) for each in self.movies)

    def with_jobs(self, jobs: Iterable[Job]) -> MovieNight:
        """Return it with these jobs of its movies, in their order."""
        movies = zip(self.movies, jobs, strict=True)
        return replace(self, movies=tuple(replace(each, job=job) for each, job in movies))


def number_from(movies: Sequence[StarredMovie], place: int) -> int | None:
    """Return the number of the first of these movies at this place or later.

    Numbers count from 1.
    """
    return next((number for number, each in enumerate(movies, 1) if each.place >= place), None)


def next_start(day: Weekday, now: int) -> int:
    """Return when the next movie night after `now` starts.

    Both are UTC epoch milliseconds.
    """
    moment = datetime.fromtimestamp(now / 1000, UTC)
    days = (tuple(Weekday).index(day) - moment.weekday()) % 7
    start = moment.replace(hour=STARTS_AT_HOUR, minute=0, second=0, microsecond=0) + timedelta(days=days)
    if start <= moment:
        start += timedelta(days=7)
    return int(start.timestamp()) * 1000


def week_of(starts_at: int) -> str:
    """Return the ISO week of a movie night, such as 2026-W48."""
    year, week, _ = datetime.fromtimestamp(starts_at / 1000, UTC).isocalendar()
    return f"{year}-W{week:02}"
