"""Tells followers by DM of a movie with which they can't be mentioned."""

from __future__ import annotations

import structlog

from bot.clock import Clock
from bot.domain.delivery import possibly_sent_since
from bot.domain.followers import FollowerNotice
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.worker.interfaces import MessagePublisher
from bot.worker.leader_work import LeaderWork
from bot.worker.retries import retry_delay_ms
from data import follower_notices
from data.database import Database
from data.engine.instance_lock import InstanceLock

_log = structlog.stdlib.get_logger(__name__)


class FollowerNotifier(LeaderWork[FollowerNotice]):
    """Sends notices until Discord accepts or rejects them."""

    def __init__(
        self, database: Database, publisher: MessagePublisher, clock: Clock, instance_lock: InstanceLock
    ) -> None:
        super().__init__(database, publisher, clock, instance_lock, follower_notices.due, follower_notices.next_due_at)

    def key(self, notice: FollowerNotice) -> str:
        """Return the movie's id and the follower's."""
        return notice.key

    async def process(self, notice: FollowerNotice) -> None:
        """Tell one follower, unless the movie was removed."""
        if notice.job.removed_at is not None:
            await self._database.write(follower_notices.end, notice, sent=False)
            return
        now = self._clock.now()
        try:
            await self._publisher.send_follower_notice(notice, possibly_sent_since(notice.queued_at, now))
        except DeliveryDeferred as exc:
            _log.warning("follower_notice_retry_scheduled", job_id=notice.job.id, error=str(exc))
            retry_at = self._clock.now() + retry_delay_ms(exc, notice.attempts)
            await self._database.write(follower_notices.reschedule, notice, retry_at)
        except DeliveryRejected as exc:
            _log.info("follower_notice_rejected", job_id=notice.job.id, code=exc.code)
            await self._database.write(follower_notices.end, notice, sent=False)
        else:
            await self._database.write(follower_notices.end, notice, sent=True)
