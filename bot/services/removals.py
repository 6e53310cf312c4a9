"""Removes finished movies at the request of members and server managers."""

from __future__ import annotations

import structlog

from bot.clock import Clock
from bot.domain.delivery import PostedMessage
from bot.domain.job import Job
from bot.domain.quota import AuditContext
from bot.services.signals import Signals
from data import outbox, removals
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)


class RemovalService:
    """Removes movies, whoever decides it.

    Who may do so is decided before.
    """

    def __init__(self, database: Database, clock: Clock, signals: Signals) -> None:
        self._database = database
        self._clock = clock
        self._signals = signals

    async def found_at(self, job: Job, message: PostedMessage) -> None:
        """Record where a movie's message is: a member has pressed its button.

        Versions before this one did not record that.
        """
        await self._database.write(outbox.set_channel, job.id, message)

    async def remove(self, job_id: str, by: AuditContext) -> Job | None:
        """Remove a movie.

        None where it is not finished, or was removed before.
        """
        removed = await self._database.write(removals.remove, job_id, by, self._clock.now())
        if removed is not None:
            _log.info("movie_removed", job_id=job_id, actor_id=by.actor_id)
            self._signals.notify("deletions", "notifications", "audit")
        return removed
