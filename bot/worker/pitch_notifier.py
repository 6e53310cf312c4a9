"""Tells members what became of the pitches that they chipped in for."""

from __future__ import annotations

from typing import TypeAlias

import structlog

from bot.clock import Clock
from bot.domain.delivery import possibly_sent_since
from bot.domain.pitch import PitchNotice
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.worker.interfaces import MessagePublisher
from bot.worker.leader_work import LeaderWork
from bot.worker.retries import retry_delay_ms
from data import pitch_notices
from data.database import Database
from data.engine.instance_lock import InstanceLock

_log = structlog.stdlib.get_logger(__name__)

PitchMessage: TypeAlias = tuple[PitchNotice, ...]
"""The notices that one message tells."""


class PitchNotifier(LeaderWork[PitchMessage]):
    """Sends notices until Discord accepts them, or rejects them everywhere.

    Each member is told where their movies go: in the channel, several in one message, or by DM. What Discord rejects
    there goes the other way, to each by themselves. So does what is for someone who can't view the channel.
    """

    def __init__(
        self, database: Database, publisher: MessagePublisher, clock: Clock, instance_lock: InstanceLock
    ) -> None:
        super().__init__(database, publisher, clock, instance_lock, pitch_notices.due, pitch_notices.next_due_at)

    def key(self, message: PitchMessage) -> str:
        """Return the pitch's id and the kind."""
        return message[0].key

    async def process(self, message: PitchMessage) -> None:
        """Send one message."""
        direct = message[0].is_direct
        for notice in await self._send(message, direct=direct):
            if await self._send((notice,), direct=not direct):
                await self._database.write(pitch_notices.end, (notice,), sent=False)

    async def _send(self, message: PitchMessage, *, direct: bool) -> PitchMessage:
        """Send or retry a message; return the notices that can't be told there."""
        first = message[0]
        try:
            hidden = frozenset[int]() if direct else await self._hidden(message)
            shown = tuple(each for each in message if each.member_id not in hidden)
            if shown:
                sent_since = possibly_sent_since(first.queued_at, self._clock.now())
                await self._publisher.send_pitch_notices(shown, sent_since, direct=direct)
        except DeliveryDeferred as exc:
            _log.warning("pitch_notice_retry_scheduled", pitch_id=first.pitch.id, kind=first.kind, error=str(exc))
            retry_at = self._clock.now() + retry_delay_ms(exc, first.attempts)
            await self._database.write(pitch_notices.reschedule, message, retry_at)
        except DeliveryRejected as exc:
            _log.info("pitch_notice_rejected", pitch_id=first.pitch.id, kind=first.kind, direct=direct, code=exc.code)
            return message
        else:
            await self._database.write(pitch_notices.end, shown, sent=True)
            return tuple(each for each in message if each.member_id in hidden)
        return ()

    async def _hidden(self, message: PitchMessage) -> frozenset[int]:
        """Return who can't view the pitch's channel."""
        pitch = message[0].pitch
        return await self._publisher.hidden_from(pitch.guild_id, pitch.channel_id, [each.member_id for each in message])
