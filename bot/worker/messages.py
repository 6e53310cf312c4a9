"""The loop that makes Discord show what the messages table says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.core.clock import Clock
from bot.core.errors import DeliveryDeferred, StorageError
from bot.domain.message import MessageKind
from bot.services.pitches import PitchService
from bot.worker.audit_publisher import AuditPublisher
from bot.worker.interfaces import MessagePublisher
from bot.worker.message_deleter import MessageDeleter
from bot.worker.movie_nights import MovieNights
from bot.worker.movie_report_publisher import MovieReportPublisher
from bot.worker.notices import NoticeSender
from bot.worker.pitch_messages import PitchMessages
from bot.worker.poll_loop import ERROR_BACKOFF_MS
from bot.worker.retries import MAX_ATTEMPTS, retry_delay_ms
from data import messages
from data.database import Database
from data.engine.instance_lock import InstanceLock
from data.messages import DueMessage

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """How messages of one kind show a state, and what ends one that Discord never takes.

    `show` shows it as it is now, and records that. It raises DeliveryDeferred where it can be retried. `give_up` is for
    messages that are only edited: they may be repeated at any time, and not for ever.
    """

    show: Callable[[DueMessage], Awaitable[None]]
    give_up: Callable[[DueMessage, DeliveryDeferred], Awaitable[None]] | None = None


class Messages:
    """Shows due messages, one at a time for each kind and server, where this process leads."""

    def __init__(
        self,
        database: Database,
        publisher: MessagePublisher,
        clock: Clock,
        instance_lock: InstanceLock,
        pitches: PitchService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._instance_lock = instance_lock
        self._notices = State(NoticeSender(database, publisher, clock).process)
        pitch_messages = PitchMessages(database, publisher, pitches)
        nights = MovieNights(database, publisher, clock)
        deleter = MessageDeleter(database, publisher)
        self._states: Mapping[MessageKind, State] = {
            MessageKind.PITCH: State(pitch_messages.show, pitch_messages.give_up),
            MessageKind.PITCH_CHECK: State(pitch_messages.check),
            MessageKind.GONE: State(deleter.show, deleter.give_up),
            MessageKind.MOVIE_NIGHT_START: State(nights.begin),
            MessageKind.MOVIE_NIGHT: State(nights.show),
            MessageKind.REPORT: State(MovieReportPublisher(database, publisher).show),
            MessageKind.AUDIT_LOG: State(AuditPublisher(database, publisher).show),
        }

    async def fetch(self, limit: int, exclude: Sequence[str]) -> Sequence[DueMessage]:
        """Return what is due; none where another process leads."""
        if not await self._instance_lock.is_leader():
            return ()
        return await self._database.read(messages.due, limit, exclude)

    async def next_due_at(self, now: int) -> int | None:
        """Return when the next message is due."""
        return await self._database.read(messages.next_due_at, now)

    def key(self, message: DueMessage) -> str:
        """Return the kind and the server."""
        return message.key

    async def process(self, message: DueMessage) -> None:
        """Show one message. One that fails by a fault of ours delays no other of its kind and server."""
        try:
            await self._show(message)
        except StorageError:
            raise
        except Exception:  # noqa: BLE001 (an item's outer boundary: it is tried again, after those that wait)
            _log.exception("message_failed", kind=message.kind, subject_id=message.subject_id)
            await self._database.write(messages.put_off, message, self._clock.now() + ERROR_BACKOFF_MS)

    async def _show(self, message: DueMessage) -> None:
        state = self._states.get(message.kind, self._notices)
        try:
            await state.show(message)
        except DeliveryDeferred as exc:
            if state.give_up is not None and message.attempts >= MAX_ATTEMPTS:
                await state.give_up(message, exc)
                return
            _log.warning("message_retry_scheduled", kind=message.kind, subject_id=message.subject_id, error=str(exc))
            retry_at = self._clock.now() + retry_delay_ms(exc, message.attempts, idempotent=state.give_up is not None)
            await self._database.write(messages.retry, message, retry_at)
