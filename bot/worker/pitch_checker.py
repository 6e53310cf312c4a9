"""Looks for the messages of open pitches, once a day."""

from __future__ import annotations

from typing import Final

import structlog

from bot.clock import Clock
from bot.domain.delivery import PostedMessage
from bot.domain.pitch import Pitch
from bot.errors import DeliveryDeferred
from bot.services.pitches import PitchService
from bot.worker.interfaces import MessagePublisher
from bot.worker.leader_work import LeaderWork
from data import pitch_messages
from data.database import Database
from data.engine.instance_lock import InstanceLock

_log = structlog.stdlib.get_logger(__name__)

_RETRY_MS: Final = 3_600_000


class PitchChecker(LeaderWork[Pitch]):
    """Ends pitches whose message was deleted.

    Without the intent for messages, Discord tells the bot of no deletion. What it can't answer now is asked again.
    """

    def __init__(
        self,
        database: Database,
        publisher: MessagePublisher,
        clock: Clock,
        instance_lock: InstanceLock,
        pitches: PitchService,
    ) -> None:
        super().__init__(
            database, publisher, clock, instance_lock, pitch_messages.due_checks, pitch_messages.next_check_at
        )
        self._pitches = pitches

    def key(self, pitch: Pitch) -> str:
        """Return the pitch's id."""
        return pitch.id

    async def process(self, pitch: Pitch) -> None:
        """Look for one message."""
        assert pitch.message_id is not None
        pause = pitch_messages.CHECK_MS
        try:
            is_there = await self._publisher.movie_nights.is_posted(PostedMessage(pitch.channel_id, pitch.message_id))
        except DeliveryDeferred as exc:
            _log.warning("pitch_not_checked", pitch_id=pitch.id, error=str(exc))
            is_there, pause = True, _RETRY_MS
        if not is_there:
            await self._pitches.end_gone(pitch)
        await self._database.write(pitch_messages.check_later, pitch.id, self._clock.now() + pause)
