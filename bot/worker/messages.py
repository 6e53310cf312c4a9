"""The loop that makes Discord show what the messages table says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.domain.message import MessageKind
from bot.errors import DeliveryDeferred
from bot.services.pitches import PitchService
from bot.worker.audit_publisher import AuditPublisher
from bot.worker.interfaces import MessagePublisher
from bot.worker.leader_work import LeaderWork
from bot.worker.notices import NoticeSender
from bot.worker.pitch_messages import PitchMessages
from bot.worker.poll_loop import ERROR_BACKOFF_MS
from bot.worker.retries import MAX_ATTEMPTS, retry_delay_ms
from data import messages
from data.database import Database
from data.engine.instance_lock import InstanceLock
from data.messages import DueMessage

_log = structlog.stdlib.get_logger(__name__)


class StateMessages(Protocol):
    """How messages of one kind show a state.

    `is_edit`: an attempt that may have succeeded may be repeated at any time.
    """

    is_edit: bool

    async def show(self, message: DueMessage) -> None:
        """Show the state as it is now, and record that.

        Raises:
            DeliveryDeferred: It can be retried.
        """
        ...

    async def give_up(self, message: DueMessage, exc: DeliveryDeferred) -> bool:
        """End a message that was deferred MAX_ATTEMPTS times. Return False where it is tried all the same."""
        ...


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
        self._notices = NoticeSender(database, publisher, clock)
        self._states: Mapping[MessageKind, StateMessages] = {
            MessageKind.PITCH: PitchMessages(database, publisher, pitches),
            MessageKind.AUDIT_LOG: AuditPublisher(database, publisher),
        }

    def key(self, message: DueMessage) -> str:
        """Return the kind and the server."""
        return message.key

    async def process(self, message: DueMessage) -> None:
        """Show one message. One that fails by a fault of ours delays no other of its kind and server."""
        try:
            await self._show(message)
        except Exception:  # noqa: BLE001 (an item's outer boundary: it is tried again, after those that wait)
            _log.exception("message_failed", kind=message.kind, subject_id=message.subject_id)
            await self._database.write(messages.put_off, message, self._clock.now() + ERROR_BACKOFF_MS)

    async def _show(self, message: DueMessage) -> None:
        shown = self._states.get(message.kind)
        if shown is None:
            await self._notices.process(message)
            return
        try:
            await shown.show(message)
        except DeliveryDeferred as exc:
            if message.attempts >= MAX_ATTEMPTS and await shown.give_up(message, exc):
                return
            _log.warning("message_retry_scheduled", kind=message.kind, subject_id=message.subject_id, error=str(exc))
            retry_at = self._clock.now() + retry_delay_ms(exc, message.attempts, idempotent=shown.is_edit)
            await self._database.write(messages.retry, message, retry_at)
