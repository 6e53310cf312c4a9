"""The jobs as people look at them: the operator's list, a member's own, and the figures that monitoring shows."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.figures import Figures
from bot.domain.job import Job, JobState
from data import job_rows
from data.database import Database, Tx


class JobLists:
    """Reads jobs; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, states: Sequence[JobState], most: int) -> Sequence[Job]:
        """The newest jobs in these states (in all, where none is named)."""
        wanted = ", ".join(f"'{state.value}'" for state in states or tuple(JobState))
        sql = f"SELECT * FROM jobs WHERE state IN ({wanted}) ORDER BY id DESC LIMIT :most"
        return await self._database.study(lambda tx: [job_rows.from_row(row) for row in tx.rows(sql, {"most": most})])

    async def jobs_of_member(self, guild_id: int, member_id: int, most: int, skip: int) -> tuple[Sequence[Job], int]:
        """A member's jobs in one server, the newest first, and how many there are in all."""
        where = {"guild_id": guild_id, "member_id": member_id, "most": most, "skip": skip}
        mine = "FROM jobs WHERE guild_id = :guild_id AND member_id = :member_id"

        def look(tx: Tx) -> tuple[list[Job], int]:
            rows = tx.rows(f"SELECT * {mine} ORDER BY id DESC LIMIT :most OFFSET :skip", where)
            total = tx.row(f"SELECT COUNT(*) {mine}", where)
            assert total is not None
            return [job_rows.from_row(row) for row in rows], total[0]

        return await self._database.read(look)

    async def figures(self, now: int) -> Figures:
        """What monitoring shows."""

        def look(tx: Tx) -> Figures:
            rows = tx.rows(
                "SELECT state, COUNT(*) AS n, MIN(created_at) AS oldest, SUM(credits) AS held FROM jobs"
                " WHERE state IN ('queued', 'submitting', 'rendering', 'unknown') GROUP BY state"
            )
            owed = tx.row("SELECT COUNT(*) AS n, MIN(owed_at) AS oldest FROM deliveries WHERE due_at IS NOT NULL")
            assert owed is not None
            oldest = min((row["oldest"] for row in rows), default=now)
            return Figures(
                jobs={JobState(row["state"]): row["n"] for row in rows},
                oldest_job_seconds=(now - oldest) / 1000,
                held_credits=sum(row["held"] for row in rows),
                deliveries_owed=owed["n"],
                oldest_delivery_seconds=(now - (owed["oldest"] or now)) / 1000,
            )

        return await self._database.read(look)

    async def last_roles(self, guild_id: int, member_id: int) -> tuple[int, ...]:
        """Those roles with a limit that a member had when they ordered last: all that is known without Discord."""
        jobs, _ = await self.jobs_of_member(guild_id, member_id, 1, 0)
        return jobs[0].role_ids if jobs else ()
