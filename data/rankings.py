"""Stars that members give finished movies, and a month's best movies, makers and patrons of one server.

Members who are erased, or who don't want to be listed, are left out. A star that was taken back keeps its row, which
tells that a press was counted. Times are UTC epoch milliseconds.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.core.errors import DuplicateInteraction
from bot.domain.credits import Month
from bot.domain.delivery import NotificationType, Venue
from bot.domain.jobs import Job, JobState
from bot.domain.movie_nights import StarredMovie
from bot.domain.preferences import DeliveryTarget
from bot.domain.refusal import Refused
from bot.domain.reports import Ranked, Ranking
from data import jobs, outbox, preferences, server_setup, shown_movies
from data.database import Row, Transaction

SHOWN: Final = 5
"""Of each kind."""

CANDIDATES: Final = 5 * SHOWN
"""How many movies are read, so that others take the place of those in channels that a reader can't view."""

LISTED: Final = """
{member_id} > 0 AND NOT EXISTS (SELECT 1 FROM member_preferences AS chosen
    WHERE chosen.member_id = {member_id} AND chosen.unlisted = 1)
"""
"""Who wants to be listed, and is not erased."""

_FINISHED: Final = f"""
jobs.state = 'completed' AND jobs.guild_id = :guild_id AND jobs.finished_at >= :starts_at
AND jobs.finished_at < :ends_at AND jobs.removed_at IS NULL AND {LISTED.format(member_id="jobs.member_id")}
"""
"""Whose makers want to be listed, and are not erased."""

POSTED_MOVIES: Final = f"""
SELECT {jobs.COLUMNS}, (SELECT COUNT(*) FROM stars WHERE stars.job_id = jobs.id AND stars.given = 1) AS stars
FROM jobs JOIN outbox ON outbox.job_id = jobs.id AND outbox.type = 'completed' AND outbox.status = 'sent'
    AND outbox.venue <> 'direct'
WHERE {_FINISHED} AND jobs.prompt <> ''
"""
"""A server's movies between `starts_at` and `ends_at`, with their stars. Those that were sent by DM are private."""

_BEST: Final = f"""
SELECT * FROM ({POSTED_MOVIES}) AS starred WHERE stars > 0
ORDER BY stars DESC, finished_at DESC, id DESC LIMIT :candidates
"""

MAKERS: Final = f"""
SELECT jobs.member_id, COUNT(*) AS amount FROM jobs WHERE {_FINISHED}
GROUP BY jobs.member_id ORDER BY amount DESC, jobs.member_id LIMIT :limit
"""

_PATRONS: Final = f"""
WITH spent AS MATERIALIZED (
    SELECT member_id, job_id, allowance + extra AS credits FROM ledger_entries
    WHERE month = :month AND guild_id = :guild_id AND entry_type = 'capture'
)
SELECT spent.member_id, CAST(SUM(spent.credits) AS BIGINT) AS amount FROM spent JOIN jobs ON jobs.id = spent.job_id
WHERE jobs.state = 'completed' AND {LISTED.format(member_id="spent.member_id")}
GROUP BY spent.member_id ORDER BY amount DESC, spent.member_id LIMIT :limit
"""
"""Without a list of its own, SQLite would walk over all entries of the server, which are in the order of members."""


_STILL_SHOWN: Final = f"""
SELECT jobs.id FROM jobs WHERE jobs.id IN (:ids) AND jobs.removed_at IS NULL AND jobs.prompt <> ''
AND {LISTED.format(member_id="jobs.member_id")}
"""

_STILL_LISTED: Final = f"""
SELECT 1 AS found WHERE {LISTED.format(member_id=":member_id")}
AND (EXISTS (SELECT 1 FROM jobs WHERE jobs.member_id = :member_id AND jobs.guild_id = :guild_id)
    OR EXISTS (SELECT 1 FROM ledger_entries WHERE guild_id = :guild_id AND member_id = :member_id))
"""
"""An erasure gives a member's movies and entries another id."""


_TOGGLE: Final = """
INSERT INTO stars (job_id, member_id, guild_id, given, created_at, interaction_id)
VALUES (:job_id, :member_id, :guild_id, 1, :now, :interaction_id)
ON CONFLICT (job_id, member_id) DO UPDATE SET given = 1 - stars.given, created_at = :now,
    interaction_id = :interaction_id WHERE stars.interaction_id < :interaction_id
RETURNING given
"""


_STARRED_BY: Final = f"""
SELECT member_id FROM stars WHERE job_id = :job_id AND given = 1 AND {LISTED.format(member_id="stars.member_id")}
ORDER BY created_at, member_id
"""


@dataclass(frozen=True, slots=True)
class Starred:
    """A member's star, and how many a movie has now.

    `posted`: it has just reached the server's threshold, and will be posted in the gallery.
    """

    given: bool
    stars: int
    posted: bool = False


@dataclass(frozen=True, slots=True)
class StarredBy:
    """Who starred a member's own movie: `stars` in all, and of them the `members` who want to be listed."""

    stars: int
    members: Sequence[int]


def read(tx: Transaction, guild_id: int, month: Month) -> Ranking:
    """Read a server's ranking of a month.

    It has more movies than are shown.
    """
    params = {"guild_id": guild_id, "starts_at": month.starts_at, "ends_at": month.ends_at, "limit": SHOWN}
    best = tx.fetch_all(_BEST, {**params, "candidates": CANDIDATES})
    return Ranking(
        month,
        tuple(starred_movie(tx, row, place) for place, row in enumerate(best, 1)),
        tuple(Ranked(*row) for row in tx.fetch_all(MAKERS, params)),
        tuple(Ranked(*row) for row in tx.fetch_all(_PATRONS, {**params, "month": str(month)})),
    )


def starred_movie(tx: Transaction, row: Row, place: int) -> StarredMovie:
    """Read a row of a job and its `stars`, with the message about it."""
    job = jobs.from_row(row)
    return StarredMovie(place, job, row["stars"], outbox.message_about(tx, job))


def still_listed(tx: Transaction, guild_id: int, ranking: Ranking) -> Ranking:
    """Leave out of a ranking what was removed or erased since, and who is no longer listed."""
    shown = tx.fetch_column(_STILL_SHOWN, {"ids": [each.job.id for each in ranking.movies]})

    def listed(ranked: Sequence[Ranked]) -> tuple[Ranked, ...]:
        members = ({"guild_id": guild_id, "member_id": each.member_id} for each in ranked)
        return tuple(itertools.compress(ranked, [tx.fetch_one(_STILL_LISTED, each) for each in members]))

    return replace(
        ranking,
        movies=tuple(each for each in ranking.movies if each.job.id in shown),
        makers=listed(ranking.makers),
        patrons=listed(ranking.patrons),
    )


def toggle(
    tx: Transaction, job_id: str, member_id: int, *, interaction_id: int, may_post: bool = True
) -> Starred | StarredBy | Refused:
    """Give a movie a star, or take it back. Its requester reads who starred it.

    At the server's threshold, the movie goes to the gallery, once. Without `may_post`, its star only counts.

    Raises:
        DuplicateInteraction: The interaction, or a later one of the member's, was counted already.
    """
    preferences.lock(tx, member_id)  # their data may be erased at the same time
    job = jobs.lock(tx, job_id)
    if job.state is not JobState.COMPLETED or job.removed_at is not None or not job.request.prompt:
        return Refused("stars-gone")
    if job.member_id == member_id:
        return StarredBy(shown_movies.count_stars(tx, job_id), tx.fetch_column(_STARRED_BY, {"job_id": job_id}))
    press = {"job_id": job_id, "member_id": member_id, "guild_id": job.guild_id, "now": tx.now}
    given = tx.fetch_value(_TOGGLE, {**press, "interaction_id": interaction_id})
    if given is None:
        raise DuplicateInteraction
    stars = shown_movies.count_stars(tx, job_id)
    shown_movies.show(tx, job)
    return Starred(bool(given), stars, posted=bool(given) and may_post and _reaches_gallery(tx, job, stars))


def _reaches_gallery(tx: Transaction, job: Job, stars: int) -> bool:
    """Queue a movie for the gallery.

    Return False where it doesn't go there.
    """
    setup = server_setup.get(tx, job.guild_id)
    if setup.gallery is None or setup.gallery_stars is None or stars < setup.gallery_stars:
        return False
    if job.delivery_target is not DeliveryTarget.CHANNEL or preferences.get(tx, job.member_id).unlisted:
        return False
    posted = tx.fetch_one(
        "SELECT 1 FROM outbox WHERE job_id = :job_id AND (type = :starred OR venue IN (:gallery, :forum))",
        {
            "job_id": job.id,
            "starred": NotificationType.STARRED,
            "gallery": Venue.GALLERY,
            "forum": Venue.FORUM,
        },
    )
    if posted is not None:
        return False
    outbox.enqueue(tx, job.id, NotificationType.STARRED)
    return True
