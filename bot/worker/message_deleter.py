"""Deletes messages of the bot.

Those are cards that another message replaces, and the messages of removed movies.
"""

from __future__ import annotations

from typing import Final

import structlog

from bot.clock import Clock
from bot.domain.delivery import MessageDeletion
from bot.errors import DeliveryDeferred, DeliveryError, DeliveryRejected
from bot.worker.interfaces import MessagePublisher
from bot.worker.leader_work import LeaderWork
from bot.worker.retries import MAX_ATTEMPTS, retry_delay_ms
from data import message_deletions, outbox, removals
from data.database import Database
from data.engine.instance_lock import InstanceLock

_log = structlog.stdlib.get_logger(__name__)

_UNKNOWN_CHANNEL: Final = 10003  # it was deleted, with its messages


class MessageDeleter(LeaderWork[MessageDeletion]):
    """Deletes messages until Discord has deleted them, or forbids it.

    The messages of removed movies are tried for a month, even where Discord forbids it.

    Only the process that leads does so. Deleting twice does no harm, so a crash between Discord's response and its
    record needs no lease.
    """

    def __init__(
        self, database: Database, publisher: MessagePublisher, clock: Clock, instance_lock: InstanceLock
    ) -> None:
        super().__init__(
            database, publisher, clock, instance_lock, message_deletions.due, message_deletions.next_due_at
        )

    def key(self, deletion: MessageDeletion) -> str:
        """Return the message's id."""
        return str(deletion.message.message_id)

    async def process(self, deletion: MessageDeletion) -> None:
        """Delete one message.

        A card that can't be deleted shows how its job ended instead.
        """
        message_id = deletion.message.message_id
        try:
            await self._publisher.delete_message(deletion.message, deletion.language)
        except DeliveryDeferred as exc:
            if deletion.attempts < MAX_ATTEMPTS:
                retry_at = self._clock.now() + retry_delay_ms(exc, deletion.attempts, idempotent=True)
                _log.warning("message_deletion_retried", job_id=deletion.job_id, error=str(exc))
                await self._database.write(message_deletions.reschedule, message_id, retry_at)
                return
            if await self._retry_removal(deletion, exc):
                return
        except DeliveryRejected as exc:
            if await self._retry_removal(deletion, exc):
                return
        await self._database.write(message_deletions.finish, message_id)

    async def _retry_removal(self, deletion: MessageDeletion, exc: DeliveryError) -> bool:
        """Retry for a removed movie, otherwise give up.

        Return whether it is retried.
        """
        if exc.code != _UNKNOWN_CHANNEL and await self._database.write(removals.retry_refused, deletion):
            _log.warning("removed_message_not_deleted", job_id=deletion.job_id, error=str(exc))
            return True
        _log.error(
            "message_not_deleted", job_id=deletion.job_id, message_id=deletion.message.message_id, error=str(exc)
        )
        job, place = await self._database.read(outbox.card, deletion.job_id)
        if job.card_message_id == deletion.message.message_id:
            await self._publisher.update_card(job, place)
        return False
