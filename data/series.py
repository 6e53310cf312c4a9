"""Series: a movie, and the movies that continue it."""

from __future__ import annotations

from typing import Final

from bot.domain.delivery import Venue
from bot.domain.job import Job
from bot.domain.movie_list import MovieItem
from data import jobs, outbox
from data.database import Transaction

LONGEST: Final = 100
"""Movies of a series that are looked at."""

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
SELECT {jobs.COLUMNS} FROM series JOIN jobs ON jobs.id = series.id
WHERE jobs.state = 'completed' AND jobs.removed_at IS NULL AND jobs.prompt <> ''
ORDER BY series.part, jobs.id LIMIT :longest
"""


def of(tx: Transaction, job: Job, reader_id: int, guild_id: int) -> list[MovieItem]:
    """Return a movie's series in its order.

    Empty where the reader can see no other movie of it. They see their own, and in a server what was posted there.
    """
    rows = tx.fetch_all(_SERIES, {"id": job.id, "longest": LONGEST})
    items = [MovieItem(found, message=outbox.message_about(tx, found)) for found in map(jobs.from_row, rows)]
    shown = [item for item in items if item.job.id == job.id or _is_seen(item, reader_id, guild_id)]
    return shown if any(item.job.id != job.id for item in shown) else []


def _is_seen(item: MovieItem, reader_id: int, guild_id: int) -> bool:
    if item.job.member_id == reader_id:
        return True
    return item.job.guild_id == guild_id and item.message is not None and item.message.venue is not Venue.DIRECT
