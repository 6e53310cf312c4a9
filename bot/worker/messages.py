"""The loop that makes Discord show what the messages table says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import structlog

from bot.clock import Clock
from bot.domain.message import MessageKind
from bot.services.pitches import PitchService
from bot.worker.interfaces import MessagePublisher
from bot.worker.leader_work import LeaderWork
from bot.worker.notices import NoticeSender
from bot.worker.pitch_messages import PitchMessages
from bot.worker.poll_loop import ERROR_BACKOFF_MS
from data import messages
from data.database import Database
from data.engine.instance_lock import InstanceLock
from data.messages import DueMessage

_log = structlog.stdlib.get_logger(__name__)


class Messages(LeaderWork[DueMessage]):
    """Shows due messages, one at a time for each kind and server."""

    def __init__(
        self,
        database: Database,
        publisher: MessagePublisher,
        clock: Clock,
        instance_lock: InstanceLock,
        pitches: PitchService,
    ) -> None:
        super().__init__(database, publisher, clock, instance_lock, messages.due, messages.next_due_at)
        self._send_notices = NoticeSender(database, publisher, clock).process
        self._show: Mapping[MessageKind, Callable[[DueMessage], Awaitable[None]]] = {
            MessageKind.PITCH: PitchMessages(database, publisher, clock, pitches).process,
        }

    def key(self, message: DueMessage) -> str:
        """Return the kind and the server."""
        return message.key

    async def process(self, message: DueMessage) -> None:
        """Show one message. One that fails by a fault of ours delays no other of its kind and server."""
        try:
            await self._show.get(message.kind, self._send_notices)(message)
        except Exception:  # noqa: BLE001 (an item's outer boundary: it is tried again, after those that wait)
            _log.exception("message_failed", kind=message.kind, subject_id=message.subject_id)
            await self._database.write(messages.put_off, message, self._clock.now() + ERROR_BACKOFF_MS)
