"""The jobs as people look at them: the operator's list, a member's own, and the figures that monitoring shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.domain.callback import LateCallback
from bot.domain.figures import Figures
from bot.domain.job import Job, JobState
from bot.domain.listing import Item, Listing, Page, Toward, Turn, Which
from data import breakers, job_rows
from data.database import Database, Row, Tx


class JobLists:
    """Reads jobs; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, states: Sequence[JobState], most: int) -> Sequence[Job]:
        """The newest jobs in these states (in all, where none is named)."""
        wanted = ", ".join(f"'{state.value}'" for state in states or tuple(JobState))
        sql = f"SELECT {job_rows.COLUMNS} FROM jobs WHERE state IN ({wanted}) ORDER BY id DESC LIMIT :most"
        return await self._database.study(lambda tx: [job_rows.from_row(row) for row in tx.rows(sql, {"most": most})])

    async def jobs_of_member(self, listing: Listing, turn: Turn | None, most: int) -> Page:
        """A page of a member's jobs: the newest, or those that lie where `turn` says.

        A page that would not be full because the list ends there, or that is gone because its jobs have moved on, is
        the newest one. What a page costs does not grow with the list.
        """
        return await self._database.read(lambda tx: _page(tx, listing, turn, most))

    async def movie(self, job_id: str) -> Item | None:
        """One job, as a list shows it."""

        def look(tx: Tx) -> Item | None:
            row = tx.row(f"{_ITEM} WHERE jobs.id = :id", {"id": job_id})
            return _item(row) if row else None

        return await self._database.read(look)

    async def called_back(self, digests: Collection[str]) -> frozenset[str]:
        """Those hashes of callback secrets that are a job's, in one look however many they are."""
        values = {f"digest{number}": digest for number, digest in enumerate(digests)}
        sql = f"SELECT callback_hash FROM jobs WHERE callback_hash IN ({', '.join(f':{name}' for name in values)})"
        return await self._database.read(lambda tx: frozenset(row[0] for row in tx.rows(sql, values)))

    async def late_callback(self, job_id: str) -> LateCallback | None:
        """Find the callback that came after a job had ended as failed."""

        def look(tx: Tx) -> LateCallback | None:
            row = tx.row("SELECT came_at, request_id FROM late_callbacks WHERE job_id = :id", {"id": job_id})
            return LateCallback(row["came_at"], row["request_id"]) if row else None

        return await self._database.read(look)

    async def figures(self, now: int) -> Figures:
        """What monitoring shows."""

        def look(tx: Tx) -> Figures:
            rows = tx.rows(
                "SELECT state, COUNT(*) AS n, MIN(created_at) AS oldest, SUM(credits) AS held FROM jobs"
                " WHERE state IN ('queued', 'submitting', 'rendering', 'unknown') GROUP BY state"
            )
            owed = tx.row("SELECT COUNT(*) AS n, MIN(owed_at) AS oldest FROM deliveries WHERE due_at IS NOT NULL")
            kept = tx.row(
                "SELECT COUNT(*) FROM deliveries WHERE due_at IS NULL AND delivered_at IS NULL"
                " AND notice = 'completed' AND EXISTS"
                " (SELECT 1 FROM jobs WHERE jobs.id = deliveries.job_id AND jobs.state = 'completed')"
            )
            assert owed is not None
            assert kept is not None
            oldest = min((row["oldest"] for row in rows), default=now)
            return Figures(
                jobs={JobState(row["state"]): row["n"] for row in rows},
                oldest_job_seconds=(now - oldest) / 1000,
                held_credits=sum(row["held"] for row in rows),
                deliveries_owed=owed["n"],
                oldest_delivery_seconds=(now - (owed["oldest"] or now)) / 1000,
                deliveries_kept=kept[0],
                breaker=breakers.read(tx).state,
            )

        return await self._database.read(look)

    async def last_roles(self, guild_id: int, member_id: int) -> tuple[int, ...]:
        """Those roles with a limit that a member had when they ordered last: all that is known without Discord."""
        page = await self.jobs_of_member(Listing(member_id, guild_id), None, 1)
        return page.items[0].job.role_ids if page.items else ()


_ITEM = (
    f"SELECT {job_rows.COLUMNS}, jobs.state = 'completed' AND EXISTS"
    " (SELECT 1 FROM deliveries WHERE deliveries.job_id = jobs.id AND deliveries.due_at IS NULL"
    " AND deliveries.delivered_at IS NULL AND deliveries.notice = 'completed') AS kept"
    " FROM jobs"
)


def _page(tx: Tx, listing: Listing, turn: Turn | None, most: int) -> Page:
    rows = _rows(tx, listing, turn, most)
    if turn is not None and (not rows or (turn.toward is Toward.NEWER and len(rows) < most)):
        rows = _rows(tx, listing, None, most)
    if not rows:
        return Page(())
    newer, older = Turn(Toward.NEWER, rows[0]["id"]), Turn(Toward.OLDER, rows[-1]["id"])
    there = [bool(_rows(tx, listing, beyond, 1)) for beyond in (newer, older)]
    return Page(tuple(map(_item, rows)), newer=there[0], older=there[1])


def _rows(tx: Tx, listing: Listing, turn: Turn | None, most: int) -> list[Row]:
    """Rows of a list, the newest first, found from a job's id on along an index that is in the order of ids."""
    conditions = ["jobs.member_id = :member_id"]
    if listing.guild_id is not None:
        conditions.append("jobs.guild_id = :guild_id")
    if listing.which is not Which.ALL:
        states = ", ".join(f"'{state.value}'" for state in listing.which.states)
        conditions.append(f"jobs.state IN ({states})")
    if turn is not None:
        conditions.append(f"jobs.id {_BEYOND[turn.toward]} :id")
    upwards = turn is not None and turn.toward is Toward.NEWER
    rows = tx.rows(
        f"{_ITEM} WHERE {' AND '.join(conditions)} ORDER BY jobs.id {'ASC' if upwards else 'DESC'} LIMIT :most",
        {
            "member_id": listing.member_id,
            "guild_id": listing.guild_id,
            "id": turn.job_id if turn else None,
            "most": most,
        },
    )
    return rows[::-1] if upwards else rows


_BEYOND = {Toward.OLDER: "<", Toward.NEWER: ">", Toward.HERE: "<="}


def _item(row: Row) -> Item:
    return Item(job_rows.from_row(row), kept=bool(row["kept"]))
