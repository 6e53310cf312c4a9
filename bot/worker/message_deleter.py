"""Deletes messages of the bot.

Those are cards that another message replaces, and the messages of removed movies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import structlog

from bot.clock import Clock
from bot.domain.delivery import MessageDeletion
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.worker.interfaces import MessagePublisher
from bot.worker.retries import retry_delay_ms
from data import message_deletions, outbox
from data.database import Database
from data.instance_lock import InstanceLock

_log = structlog.stdlib.get_logger(__name__)

_MAX_ATTEMPTS: Final = 50
"""Attempts over about two days. After that, an error that should pass counts as one that does not."""


class MessageDeleter:
    """Deletes messages until Discord has deleted them, or forbids it.

    Only the process that leads does so. Deleting twice does no harm, so a crash between Discord's response and its
    record needs no lease.
    """

    def __init__(
        self, database: Database, publisher: MessagePublisher, clock: Clock, instance_lock: InstanceLock
    ) -> None:
        self._database = database
        self._publisher = publisher
        self._clock = clock
        self._instance_lock = instance_lock

    async def fetch(self, now: int, limit: int, exclude: Sequence[str]) -> Sequence[MessageDeletion]:
        """Return due deletions; none where another process leads."""
        if not await self._instance_lock.is_leader():
            return ()
        return await self._database.read(message_deletions.due, now, limit, [int(each) for each in exclude])

    async def next_due_at(self, now: int) -> int | None:
        """Return when the next deletion is due."""
        return await self._database.read(message_deletions.next_due_at, now)

    def key(self, deletion: MessageDeletion) -> str:
        """Return the message's id."""
        return str(deletion.message.message_id)

    async def process(self, deletion: MessageDeletion) -> None:
        """Delete one message.

        A card that can't be deleted shows how its job ended instead.
        """
        message_id = deletion.message.message_id
        try:
            await self._publisher.delete_message(deletion.message)
        except DeliveryDeferred as exc:
            if deletion.attempts < _MAX_ATTEMPTS:
                retry_at = self._clock.now() + retry_delay_ms(exc, deletion.attempts, idempotent=True)
                _log.warning("message_deletion_retried", job_id=deletion.job_id, error=str(exc))
                await self._database.write(message_deletions.reschedule, message_id, retry_at)
                return
            await self._give_up(deletion, str(exc))
        except DeliveryRejected as exc:
            await self._give_up(deletion, str(exc))
        await self._database.write(message_deletions.finish, message_id)

    async def _give_up(self, deletion: MessageDeletion, error: str) -> None:
        _log.error("message_not_deleted", job_id=deletion.job_id, message_id=deletion.message.message_id, error=error)
        job, place = await self._database.read(outbox.card, deletion.job_id)
        if job.card_message_id == deletion.message.message_id:
            await self._publisher.update_card(job, place)
