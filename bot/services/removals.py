"""Removes finished movies at the request of members and server managers."""

from __future__ import annotations

import structlog

from bot.domain.delivery import NotificationType, PostedMessage
from bot.domain.job import Job
from bot.domain.quota import AuditContext
from data import removals
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)


class RemovalService:
    """Removes movies for their members and for staff.

    Who may do so is decided before.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def found_at(self, job: Job, type_: NotificationType, message: PostedMessage) -> None:
        """Record where a movie's message is: a member has pressed its button.

        It is not known where an older version posted it, or its member's data was erased.
        """
        await self._database.write(removals.found_at, job.id, type_, message)

    async def leave_gallery(self, job_id: str, by: AuditContext) -> None:
        """Delete a movie's message in the gallery of stars.

        It is not posted there again.
        """
        if await self._database.write(removals.leave_gallery, job_id, by):
            _log.info("movie_left_gallery", job_id=job_id, actor_id=by.actor_id)

    async def remove(self, job_id: str, by: AuditContext) -> Job | None:
        """Remove a movie.

        None where it is not finished, or was removed before.
        """
        removed = await self._database.write(removals.remove, job_id, by)
        if removed is not None:
            _log.info("movie_removed", job_id=job_id, actor_id=by.actor_id)
        return removed
