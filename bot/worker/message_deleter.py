"""Deletes messages of the bot.

Those are cards that another message replaces, and the messages of removed movies.
"""

from __future__ import annotations

from typing import Final

import structlog

from bot.core.errors import DeliveryError, DeliveryRejected
from bot.worker.interfaces import MessagePublisher
from data import message_deletions, messages, outbox, removals
from data.database import Database
from data.messages import DueMessage

_log = structlog.stdlib.get_logger(__name__)

_UNKNOWN_CHANNEL: Final = 10003  # it was deleted, with its messages


class MessageDeleter:
    """Deletes messages until Discord has deleted them, or forbids it.

    The messages of removed movies are tried for a month, even where Discord forbids it.

    Only the process that leads does so. Deleting twice does no harm, so a crash between Discord's response and its
    record needs no lease.
    """

    def __init__(self, database: Database, publisher: MessagePublisher) -> None:
        self._database = database
        self._publisher = publisher

    async def show(self, message: DueMessage) -> None:
        """Delete one message."""
        deletion = await self._database.read(message_deletions.get, message)
        if deletion is None:
            return
        try:
            await self._publisher.delete_message(deletion.message, deletion.language)
        except DeliveryRejected as exc:
            await self.give_up(message, exc)
        else:
            await self._database.write(messages.settle, message)

    async def give_up(self, message: DueMessage, exc: DeliveryError) -> None:
        """Retry for a removed movie. Otherwise, a card that can't be deleted shows how its job ended instead."""
        deletion = await self._database.read(message_deletions.get, message)
        if deletion is None:
            return
        job_id, message_id = deletion.job_id, deletion.message.message_id
        if exc.code != _UNKNOWN_CHANNEL and await self._database.write(removals.retry_refused, message, deletion):
            _log.warning("removed_message_not_deleted", job_id=job_id, error=str(exc))
            return
        _log.error("message_not_deleted", job_id=job_id, message_id=message_id, error=str(exc))
        job, place = await self._database.read(outbox.card, job_id)
        if job.card_message_id == message_id:
            await self._publisher.update_card(job, place)
        await self._database.write(messages.settle, message)
