"""What members do with a job besides ordering and cancelling it."""

from __future__ import annotations

from bot.domain.followers import FollowResult
from bot.domain.job import Job
from bot.domain.preferences import DeliveryTarget
from data import job_actions
from data.database import Database


class JobActionService:
    """Follows jobs, sets their delivery target, and marks movies as claimed.

    Each is idempotent, and checks itself who may do it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def follow(self, job_id: str, member_id: int) -> FollowResult:
        """Mention a member when a job is completed."""
        return await self._database.write(job_actions.follow, job_id, member_id)

    async def unfollow(self, job_id: str, member_id: int) -> None:
        """Stop mentioning a member when a job is completed."""
        await self._database.write(job_actions.unfollow, job_id, member_id)

    async def set_delivery_target(self, job_id: str, member_id: int, target: DeliveryTarget) -> Job | None:
        """Set where a member's open job is delivered.

        None where it can't be changed.
        """
        return await self._database.write(job_actions.set_delivery_target, job_id, member_id, target)

    async def mark_claimed(self, job_id: str, member_id: int) -> None:
        """Mark an undeliverable movie as delivered: its member has the link."""
        await self._database.write(job_actions.mark_claimed, job_id, member_id)
