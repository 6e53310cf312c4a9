"""Tells members of the gifts that they got."""

from __future__ import annotations

import structlog

from bot.clock import Clock
from bot.domain.delivery import possibly_sent_since
from bot.domain.gift import Gift
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.worker.interfaces import MessagePublisher
from bot.worker.leader_work import LeaderWork
from bot.worker.retries import retry_delay_ms
from data import gifts
from data.database import Database
from data.engine.instance_lock import InstanceLock

_log = structlog.stdlib.get_logger(__name__)


class GiftNotifier(LeaderWork[Gift]):
    """Sends notices until Discord accepts them, or rejects them everywhere."""

    def __init__(
        self, database: Database, publisher: MessagePublisher, clock: Clock, instance_lock: InstanceLock
    ) -> None:
        super().__init__(database, publisher, clock, instance_lock, gifts.due, gifts.next_due_at)

    def key(self, gift: Gift) -> str:
        """Return the gift's id."""
        return gift.id

    async def process(self, gift: Gift) -> None:
        """Tell one recipient."""
        now = self._clock.now()
        try:
            await self._publisher.send_gift(gift, possibly_sent_since(gift.created_at, now))
        except DeliveryDeferred as exc:
            _log.warning("gift_retry_scheduled", gift_id=gift.id, error=str(exc))
            retry_at = self._clock.now() + retry_delay_ms(exc, gift.attempts)
            await self._database.write(gifts.reschedule, gift.id, retry_at)
        except DeliveryRejected as exc:
            _log.info("gift_rejected", gift_id=gift.id, code=exc.code)
            await self._database.write(gifts.end_notice, gift.id, sent=False)
        else:
            await self._database.write(gifts.end_notice, gift.id, sent=True)
