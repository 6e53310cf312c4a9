"""Keeps the public messages of pitches up to date."""

from __future__ import annotations

import structlog

from bot.clock import Clock
from bot.domain.pitch import Pitch
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.services.pitches import PitchService
from bot.worker.interfaces import MessagePublisher
from bot.worker.leader_work import LeaderWork
from bot.worker.retries import MAX_ATTEMPTS, retry_delay_ms
from data import outbox, pitch_messages
from data.database import Database
from data.engine.instance_lock import InstanceLock

_log = structlog.stdlib.get_logger(__name__)

PitchUpdate = tuple[Pitch, int, int]
"""A pitch, since when its message is due, and how many attempts failed."""


class PitchUpdater(LeaderWork[PitchUpdate]):
    """Edits a message after each change, one edit at a time.

    Presses that come during an edit share the next one. Where the pitch is funded, its message becomes the card of the
    movie. A pitch whose message is deleted ends.
    """

    def __init__(
        self,
        database: Database,
        publisher: MessagePublisher,
        clock: Clock,
        instance_lock: InstanceLock,
        pitches: PitchService,
    ) -> None:
        super().__init__(database, publisher, clock, instance_lock, pitch_messages.due, pitch_messages.next_due_at)
        self._pitches = pitches

    def key(self, update: PitchUpdate) -> str:
        """Return the pitch's id."""
        return update[0].id

    async def process(self, update: PitchUpdate) -> None:
        """Update one message."""
        pitch, _, attempts = update
        try:
            is_there = await self._show(pitch)
        except DeliveryDeferred as exc:
            if attempts >= MAX_ATTEMPTS:
                _log.error("pitch_not_shown", pitch_id=pitch.id, error=str(exc))
                await self._database.write(pitch_messages.stop_updating, pitch.id)
                return
            _log.warning("pitch_retry_scheduled", pitch_id=pitch.id, error=str(exc))
            retry_at = self._clock.now() + retry_delay_ms(exc, attempts, idempotent=True)
            await self._database.write(pitch_messages.reschedule, pitch.id, retry_at)
        except DeliveryRejected as exc:
            _log.info("pitch_not_shown", pitch_id=pitch.id, code=exc.code)
            await self._database.write(pitch_messages.stop_updating, pitch.id)
        else:
            if is_there:
                await self._database.write(pitch_messages.mark_shown, pitch)
                return
            await self._pitches.end_gone(pitch)
            await self._database.write(pitch_messages.stop_updating, pitch.id)

    async def _show(self, pitch: Pitch) -> bool:
        """Update a message; False where a pitch has none any more."""
        if pitch.job_id is None:
            return await self._publisher.show_pitch(pitch)
        await self._publisher.show_card(*await self._database.read(outbox.card, pitch.job_id))
        return True
