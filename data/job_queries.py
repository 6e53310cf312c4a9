"""The jobs as people look at them: the operator's list, a member's own, and the figures that monitoring shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.domain.callback_token import LateCallback
from bot.domain.job import Job, JobState
from bot.domain.movie_list import Cursor, MovieFilter, MovieItem, MovieQuery, Page, PageDirection
from bot.domain.stats import QueueStats
from data import breakers, jobs
from data.database import Database, Row, Transaction


class JobQueries:
    """Reads jobs; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self, states: Sequence[JobState], limit: int) -> Sequence[Job]:
        """The newest jobs in these states (in all, where none is named)."""
        wanted = ", ".join(f"'{state.value}'" for state in states or tuple(JobState))
        sql = f"SELECT {jobs.COLUMNS} FROM jobs WHERE state IN ({wanted}) ORDER BY id DESC LIMIT :most"
        return await self._database.read_long(
            lambda tx: [jobs.from_row(row) for row in tx.fetch_all(sql, {"most": limit})]
        )

    async def member_page(self, listing: MovieQuery, turn: Cursor | None, limit: int) -> Page:
        """A page of a member's jobs: the newest, or those that lie where `turn` says.

        A page that would not be full because the list ends there, or that is gone because its jobs have moved on, is
        the newest one. What a page costs does not grow with the list.
        """
        return await self._database.read(lambda tx: _page(tx, listing, turn, limit))

    async def item(self, job_id: str) -> MovieItem | None:
        """One job, as a list shows it."""

        def look(tx: Transaction) -> MovieItem | None:
            row = tx.fetch_one(f"{_ITEM} WHERE jobs.id = :id", {"id": job_id})
            return _item(row) if row else None

        return await self._database.read(look)

    async def known_tokens(self, digests: Collection[str]) -> frozenset[str]:
        """Those hashes of callback secrets that are a job's, in one look however many they are."""
        values = {f"digest{number}": digest for number, digest in enumerate(digests)}
        names = ", ".join(f":{name}" for name in values)
        sql = f"SELECT callback_token_hash FROM jobs WHERE callback_token_hash IN ({names})"
        return await self._database.read(lambda tx: frozenset(row[0] for row in tx.fetch_all(sql, values)))

    async def late_callback(self, job_id: str) -> LateCallback | None:
        """Find the callback that came after a job had ended as failed."""

        def look(tx: Transaction) -> LateCallback | None:
            row = tx.fetch_one("SELECT received_at, request_id FROM late_callbacks WHERE job_id = :id", {"id": job_id})
            return LateCallback(row["received_at"], row["request_id"]) if row else None

        return await self._database.read(look)

    async def stats(self, now: int) -> QueueStats:
        """What monitoring shows."""

        def look(tx: Transaction) -> QueueStats:
            rows = tx.fetch_all(
                "SELECT state, COUNT(*) AS n, MIN(created_at) AS oldest, SUM(price_credits) AS held FROM jobs"
                f" WHERE {jobs.OPEN} GROUP BY state"
            )
            owed = tx.fetch_one("SELECT COUNT(*) AS n, MIN(created_at) AS oldest FROM outbox WHERE status = 'pending'")
            kept = tx.fetch_one(
                "SELECT COUNT(*) FROM outbox WHERE status IN ('suppressed', 'undeliverable')"
                " AND type = 'completed' AND EXISTS"
                " (SELECT 1 FROM jobs WHERE jobs.id = outbox.job_id AND jobs.state = 'completed')"
            )
            assert owed is not None
            assert kept is not None
            oldest = min((row["oldest"] for row in rows), default=now)
            return QueueStats(
                jobs={JobState(row["state"]): row["n"] for row in rows},
                oldest_job_age_seconds=(now - oldest) / 1000,
                held_credits=sum(row["held"] for row in rows),
                pending_deliveries=owed["n"],
                oldest_delivery_seconds=(now - (owed["oldest"] or now)) / 1000,
                undeliverable=kept[0],
                breaker=breakers.read(tx).state,
            )

        return await self._database.read(look)

    async def last_role_ids(self, guild_id: int, member_id: int) -> tuple[int, ...]:
        """Those roles with a limit that a member had when they ordered last: all that is known without Discord."""
        page = await self.member_page(MovieQuery(member_id, guild_id), None, 1)
        return page.items[0].job.role_ids if page.items else ()


_ITEM = (
    f"SELECT {jobs.COLUMNS}, jobs.state = 'completed' AND EXISTS"
    " (SELECT 1 FROM outbox WHERE outbox.job_id = jobs.id"
    " AND outbox.status IN ('suppressed', 'undeliverable') AND outbox.type = 'completed') AS kept"
    " FROM jobs"
)


def _page(tx: Transaction, listing: MovieQuery, turn: Cursor | None, limit: int) -> Page:
    rows = _rows(tx, listing, turn, limit)
    if turn is not None and (not rows or (turn.toward is PageDirection.NEWER and len(rows) < limit)):
        rows = _rows(tx, listing, None, limit)
    if not rows:
        return Page(())
    newer, older = Cursor(PageDirection.NEWER, rows[0]["id"]), Cursor(PageDirection.OLDER, rows[-1]["id"])
    there = [bool(_rows(tx, listing, beyond, 1)) for beyond in (newer, older)]
    return Page(tuple(map(_item, rows)), has_newer=there[0], has_older=there[1])


def _rows(tx: Transaction, listing: MovieQuery, turn: Cursor | None, limit: int) -> list[Row]:
    """Rows of a list, the newest first, found from a job's id on along an index that is in the order of ids."""
    conditions = ["jobs.member_id = :member_id"]
    if listing.guild_id is not None:
        conditions.append("jobs.guild_id = :guild_id")
    if listing.filter is not MovieFilter.ALL:
        states = ", ".join(f"'{state.value}'" for state in listing.filter.states)
        conditions.append(f"jobs.state IN ({states})")
    if turn is not None:
        conditions.append(f"jobs.id {_BEYOND[turn.toward]} :id")
    upwards = turn is not None and turn.toward is PageDirection.NEWER
    rows = tx.fetch_all(
        f"{_ITEM} WHERE {' AND '.join(conditions)} ORDER BY jobs.id {'ASC' if upwards else 'DESC'} LIMIT :most",
        {
            "member_id": listing.member_id,
            "guild_id": listing.guild_id,
            "id": turn.job_id if turn else None,
            "most": limit,
        },
    )
    return rows[::-1] if upwards else rows


_BEYOND = {PageDirection.OLDER: "<", PageDirection.NEWER: ">", PageDirection.CURRENT: "<="}


def _item(row: Row) -> MovieItem:
    return MovieItem(jobs.from_row(row), undelivered=bool(row["kept"]))
