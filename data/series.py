"""The movies around one: its series, its origin and remixes, and what it was made from, its versions and films.

A version is made from one finished movie, a film from several. `bot/domain/operations.py` has what is made of movies.
"""

from __future__ import annotations

from typing import Final

from bot.domain.jobs import Job
from bot.domain.movie_list import MovieItem
from data import job_actions
from data.database import Params, Transaction

LONGEST: Final = 100
"""Movies of a series that are looked at."""

_CAN_BE_SHOWN: Final = "jobs.state = 'completed' AND jobs.removed_at IS NULL AND jobs.prompt <> ''"

_SERIES: Final = f"""
WITH RECURSIVE
earlier (id, continues_id, steps) AS (
    SELECT id, continues_id, 0 FROM jobs WHERE id = :id
    UNION ALL
    SELECT jobs.id, jobs.continues_id, earlier.steps + 1 FROM jobs JOIN earlier ON jobs.id = earlier.continues_id
    WHERE earlier.steps < :longest
),
series (id, part) AS (
    SELECT id, 1 FROM (SELECT id FROM earlier ORDER BY steps DESC LIMIT 1) AS first
    UNION ALL
    SELECT jobs.id, series.part + 1 FROM jobs JOIN series ON jobs.continues_id = series.id
    WHERE series.part < :longest
)
SELECT {job_actions.ITEM} FROM series JOIN jobs ON jobs.id = series.id WHERE {_CAN_BE_SHOWN}
ORDER BY series.part, jobs.id LIMIT :longest
"""


_REMIXES: Final = f"""
SELECT {job_actions.ITEM} FROM jobs WHERE (jobs.id = :origin_id OR jobs.remixed_id = :id)
AND {_CAN_BE_SHOWN}
ORDER BY CASE WHEN jobs.id = :origin_id THEN 0 ELSE 1 END, jobs.id DESC LIMIT :longest
"""
"""The origin, and then the newest remixes."""

_SOURCES: Final = f"SELECT {job_actions.ITEM} FROM jobs WHERE jobs.id IN (:ids) AND {_CAN_BE_SHOWN} LIMIT :longest"

_MADE_FROM: Final = f"""
SELECT {job_actions.ITEM} FROM jobs WHERE jobs.id IN (
    SELECT id FROM jobs WHERE source_ids = :id
    UNION ALL
    SELECT id FROM jobs WHERE operation = 'film' AND guild_id = :guild_id AND ' ' || source_ids || ' ' LIKE :in_film
) AND {_CAN_BE_SHOWN} ORDER BY jobs.id DESC LIMIT :longest
"""
"""The newest that were made from a movie. A film is of the server of its movies."""


def of(tx: Transaction, job: Job, reader_id: int) -> list[MovieItem]:
    """Return a movie's series in its order, for a reader, who may not see all of it."""
    return _items(tx, _SERIES, {"id": job.id}, reader_id)


def remixes(tx: Transaction, job: Job, reader_id: int) -> list[MovieItem]:
    """Return the movie that a movie was remixed from, and its remixes, the newest first.

    For a reader, who may not see all of them.
    """
    return _items(tx, _REMIXES, {"id": job.id, "origin_id": job.request.remixes}, reader_id)


def versions(tx: Transaction, job: Job, reader_id: int) -> list[MovieItem]:
    """Return the movies that a movie was made from, in their order, then its versions and the films with it.

    The newest of those are first. For a reader, who may not see all of them.
    """
    sources = {item.job.id: item for item in _items(tx, _SOURCES, {"ids": job.request.sources}, reader_id)}
    params = {"id": job.id, "guild_id": job.guild_id, "in_film": f"% {job.id} %"}
    return [
        *(sources[each] for each in job.request.sources if each in sources),
        *_items(tx, _MADE_FROM, params, reader_id),
    ]


def _items(tx: Transaction, sql: str, params: Params, reader_id: int) -> list[MovieItem]:
    return job_actions.items(tx, sql, {**params, "longest": LONGEST}, reader_id)
