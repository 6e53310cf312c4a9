"""What members do with a movie while it is made, and afterwards: cancel, follow, choose where it goes, claim it."""

from __future__ import annotations

from bot.domain.delivery import NotificationType
from bot.domain.followers import MAX_FOLLOWERS, FollowResult
from bot.domain.job import EndReason, Job, JobState
from bot.domain.preferences import DeliveryTarget
from data import jobs, outbox
from data.database import Statement, Transaction
from data.orders import cancel
from data.store_part import StorePart


class MemberStore(StorePart):
    """Keeps the Protocol `Members` of bot/worker/interfaces.py. Every method checks whose job it is."""

    async def job(self, job_id: str) -> Job | None:
        """Return the job with this id."""
        return await self._database.read(jobs.find, job_id)

    async def cancel(self, job_id: str, member_id: int, now: int) -> Job | None:
        """Cancel a member's job that waits in the queue; the credits are back at once. None: it waits no longer."""

        def work(tx: Transaction) -> Job | None:
            mine = tx.fetch_one(
                "SELECT 1 FROM jobs WHERE id = :id AND member_id = :member_id",
                {"id": job_id, "member_id": member_id},
            )
            if mine is None or not cancel(
                tx, job_id, EndReason.CANCELLED_BY_MEMBER, now, only_from=JobState.QUEUED, notify=False
            ):
                return None
            return jobs.get(tx, job_id)

        return await self._database.write(work)

    async def follow(self, job_id: str, member_id: int) -> FollowResult:
        """Have a member mentioned when a movie is done: once, however often they ask for it.

        No toggle: Discord may hand the same press to two processes, and a second one must not undo the first.
        """

        def work(tx: Transaction) -> FollowResult:
            added = tx.execute(
                "INSERT INTO followers (job_id, member_id) SELECT id, :member_id FROM jobs"
                f" WHERE id = :job_id AND delivery_target = 'channel' AND {jobs.OPEN}"
                " AND (SELECT COUNT(*) FROM followers WHERE job_id = :job_id) < :most"
                " ON CONFLICT (job_id, member_id) DO NOTHING",
                {"job_id": job_id, "member_id": member_id, "most": MAX_FOLLOWERS},
            )
            return FollowResult.FOLLOWING if added else _not_followed(tx, job_id, member_id)

        return await self._database.write(work)

    async def unfollow(self, job_id: str, member_id: int) -> None:
        """Mention a member no more when a movie is done."""
        await self._database.write(
            Statement(
                "DELETE FROM followers WHERE job_id = :job_id AND member_id = :member_id",
                {"job_id": job_id, "member_id": member_id},
            )
        )

    async def set_delivery_target(self, job_id: str, member_id: int, delivery_target: DeliveryTarget) -> Job | None:
        """Choose where a member's movie goes when it is done. None: it is done, or not theirs."""

        def work(tx: Transaction) -> Job | None:
            row = tx.fetch_one(
                f"UPDATE jobs SET delivery_target = :tell WHERE id = :id AND member_id = :member_id AND {jobs.OPEN}"
                f" RETURNING {jobs.COLUMNS}",
                {"id": job_id, "member_id": member_id, "tell": delivery_target.value},
            )
            return jobs.from_row(row) if row else None

        return await self._database.write(work)

    async def mark_claimed(self, job_id: str, member_id: int, now: int) -> None:
        """Its member has the link now: a message that could be posted nowhere counts as delivered."""
        await self._database.write(
            Statement(
                "UPDATE outbox SET status = 'sent', sent_at = :now WHERE job_id = :job_id AND type = :notice"
                " AND status IN ('suppressed', 'undeliverable')"
                " AND EXISTS (SELECT 1 FROM jobs WHERE id = :job_id AND member_id = :member_id)",
                {"job_id": job_id, "member_id": member_id, "notice": NotificationType.COMPLETED.value, "now": now},
            )
        )

    async def queue_position(self, job: Job) -> int | None:
        """How many movies wait in front of a job; None where it does not wait in the queue."""
        if job.state not in (JobState.RESERVED, JobState.QUEUED):
            return None
        return await self._database.read(lambda tx: jobs.queue_position(tx, job.id))


def _not_followed(tx: Transaction, job_id: str, member_id: int) -> FollowResult:
    row = tx.fetch_one(f"SELECT delivery_target FROM jobs WHERE id = :id AND {jobs.OPEN}", {"id": job_id})
    if row is None:
        return FollowResult.TOO_LATE
    if member_id in outbox.followers(tx, job_id):
        return FollowResult.FOLLOWING
    return FollowResult.PRIVATE if row["delivery_target"] == DeliveryTarget.DIRECT_MESSAGE else FollowResult.FULL
