"""Tells members by DM or in a channel."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.core.clock import Clock
from bot.core.errors import DeliveryDeferred, DeliveryRejected
from bot.domain.delivery import possibly_sent_since
from bot.domain.message import Notice
from bot.worker.interfaces import MessagePublisher
from bot.worker.retries import retry_delay_ms
from data import messages, notices
from data.database import Database
from data.messages import DueMessage

_log = structlog.stdlib.get_logger(__name__)


class NoticeSender:
    """Sends notices until Discord accepts them, or rejects them on every route.

    Each member is told where they want it: in the channel, several in one message, or by DM. What Discord rejects there
    goes the other way, to each by themselves. So does what is for someone who can't view the channel.
    """

    def __init__(self, database: Database, publisher: MessagePublisher, clock: Clock) -> None:
        self._database = database
        self._publisher = publisher
        self._clock = clock

    async def process(self, message: DueMessage) -> None:
        """Send one message."""
        if found := await self._database.read(notices.find, message):
            await self._send(found, found[0].routes)
        else:
            await self._database.write(notices.end_gone, message)

    async def _send(self, told: Sequence[Notice], routes: Sequence[bool]) -> None:
        """Tell members by the first route, and each who can't be told there by the others."""
        direct, *others = routes
        try:
            hidden = await self._publisher.tell(told, self._sent_since(told[0]), direct=direct)
        except DeliveryDeferred as exc:
            await self._retry(told, exc)
            return
        except DeliveryRejected as exc:
            _log.info("notice_rejected", kind=told[0].kind, subject_id=told[0].subject.id, direct=direct, code=exc.code)
            left = told
        else:
            left = [notice for notice in told if notice.member_id in hidden]
            await self._database.write(messages.end, [each.nonce for each in told if each not in left])
        for notice in left:
            await (self._send((notice,), others) if others else self._give_up(notice))

    async def _give_up(self, notice: Notice) -> None:
        """Record that a member can't be told, once those who decided know it."""
        try:
            await self._publisher.show_untold(notice)
        except DeliveryDeferred as exc:
            await self._retry((notice,), exc)
            return
        except DeliveryRejected as exc:
            _log.warning("untold_notice_not_shown", subject_id=notice.subject.id, code=exc.code)
        await self._database.write(messages.end, [notice.nonce], sent=False)

    async def _retry(self, told: Sequence[Notice], exc: DeliveryDeferred) -> None:
        first = told[0]
        _log.warning("notice_retry_scheduled", kind=first.kind, subject_id=first.subject.id, error=str(exc))
        retry_at = self._clock.now() + retry_delay_ms(exc, first.attempts)
        await self._database.write(messages.reschedule, [each.nonce for each in told], retry_at)

    def _sent_since(self, notice: Notice) -> int | None:
        return possibly_sent_since(notice.due_since, self._clock.now())
