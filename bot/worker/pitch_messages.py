"""Keeps the public messages of pitches up to date."""

from __future__ import annotations

import structlog

from bot.core.errors import DeliveryDeferred, DeliveryRejected
from bot.domain.delivery import MAX_RETRY_SECONDS, PostedMessage
from bot.services.pitches import PitchService
from bot.worker.interfaces import MessagePublisher
from data import messages, outbox, pitch_messages, pitches
from data.database import Database
from data.messages import DueMessage

_log = structlog.stdlib.get_logger(__name__)


class PitchMessages:
    """Edits a message after each change, one edit at a time.

    Where the pitch is funded, its message becomes the card of the movie. A pitch whose message is deleted ends.
    """

    def __init__(self, database: Database, publisher: MessagePublisher, pitch_service: PitchService) -> None:
        self._database = database
        self._publisher = publisher
        self._pitches = pitch_service

    async def show(self, message: DueMessage) -> None:
        """Update one message."""
        try:
            is_shown = await self._show(message.subject_id)
        except DeliveryRejected as exc:
            _log.info("pitch_not_shown", pitch_id=message.subject_id, code=exc.code)
            is_shown = False
        await self._database.write(pitch_messages.end_update, message, is_shown=is_shown)

    async def check(self, message: DueMessage) -> None:
        """Look for the message of an open pitch, and end one whose message was deleted.

        Without the intent for messages, Discord tells the bot of no deletion. What it can't answer now is asked again.
        """
        pitch = await self._database.read(pitches.get, message.subject_id)
        is_there = False
        if pitch.state.is_open and pitch.message_id is not None:
            try:
                posted = PostedMessage(pitch.channel_id, pitch.message_id)
                is_there = await self._publisher.movie_nights.is_posted(posted)
            except DeliveryDeferred as exc:
                raise DeliveryDeferred(str(exc), retry_after=MAX_RETRY_SECONDS) from exc
            if not is_there:
                await self._pitches.end_gone(pitch)
        await self._database.write(pitch_messages.check_later if is_there else messages.settle, message)

    async def give_up(self, message: DueMessage, exc: DeliveryDeferred) -> None:
        """Update a message no more."""
        _log.error("pitch_not_shown", pitch_id=message.subject_id, error=str(exc))
        await self._database.write(pitch_messages.end_update, message, is_shown=False)

    async def _show(self, pitch_id: str) -> bool:
        """Update a message; False where a pitch has none any more."""
        pitch = await self._database.read(pitches.get, pitch_id)
        if pitch.job_id is not None:
            await self._publisher.show_card(*await self._database.read(outbox.card, pitch.job_id))
            return True
        is_there = pitch.message_id is not None and await self._publisher.show_pitch(pitch)
        if not is_there:
            await self._pitches.end_gone(pitch)
        return is_there
