"""The loop that makes Discord show what the messages table says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.clock import Clock
from bot.domain.message import MessageKind
from bot.services.pitches import PitchService
from bot.worker.interfaces import MessagePublisher
from bot.worker.leader_work import LeaderWork
from bot.worker.notices import NoticeSender
from bot.worker.pitch_messages import PitchMessages
from data import messages
from data.database import Database
from data.engine.instance_lock import InstanceLock
from data.messages import DueMessage


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
        """Show one message."""
        await self._show.get(message.kind, self._send_notices)(message)
