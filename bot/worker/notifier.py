"""Bring owed messages to Discord until it has accepted them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import structlog

from bot.domain.delivery import MAX_RETRY_SECONDS, Delivery, NotificationType, retry_delay
from bot.domain.job import Job
from bot.errors import DeliveryDeferred, DeliveryRejected, StorageError
from bot.services.movie_links import MovieLinks
from bot.worker.interfaces import Clock, MessagePublisher, Outbox

_log = structlog.stdlib.get_logger(__name__)

PendingDelivery = tuple[Delivery, Job]

WITH_ATTACHMENT = (NotificationType.COMPLETED,)
"""Messages for which a movie may have to be fetched first, which takes its time."""

TEXT_ONLY = tuple(notice for notice in NotificationType if notice not in WITH_ATTACHMENT)
"""Messages that only have to be sent: they never wait for somebody's movie."""

PER_CHANNEL = 2
"""Messages that may be under way at once for one channel: Discord limits each channel by itself, and one that it slows
down must not keep those for the others waiting."""

_WRITE_AGAIN_MS = 1_000


class NotificationSender:
    """Sends what is owed of these notices, with the same nonce at every try.

    `moved` is told of a message whose record waits for the database, so that it does not count as stuck.
    """

    def __init__(
        self,
        outbox: Outbox,
        screen: MessagePublisher,
        clock: Clock,
        links: MovieLinks,
        *,
        notices: Sequence[NotificationType],
        moved: Callable[[str], None],
    ) -> None:
        self._outbox = outbox
        self._links = links
        self._screen = screen
        self._clock = clock
        self._notices = notices
        self._moved = moved
        self._under_way: set[str] = set()

    async def fetch(self, now: int, limit: int, exclude: Sequence[str]) -> Sequence[PendingDelivery]:
        """The deliveries that are due, at most two for one channel with those under way."""
        under_way = sorted(self._under_way)
        taken = await self._outbox.due_deliveries(
            now, limit, exclude, self._notices, under_way=under_way, per_channel=PER_CHANNEL
        )
        self._under_way.update(delivery.nonce for delivery, _ in taken)
        return taken

    async def next_due_at(self, now: int) -> int | None:
        """When the next delivery is due."""
        return await self._outbox.next_delivery_at(now, self._notices)

    def key(self, owed: PendingDelivery) -> str:
        """A message is known by its nonce."""
        return owed[0].nonce

    async def process(self, owed: PendingDelivery) -> None:
        """Send one message, and write down that Discord took it."""
        try:
            await self._deliver(*owed)
        finally:
            self._under_way.discard(owed[0].nonce)

    async def _deliver(self, delivery: Delivery, job: Job) -> None:
        try:
            if delivery.type is NotificationType.COMPLETED:
                job = await self._links.ensure_fresh(job)
            message_id = await self._screen.send(delivery, job)
        except DeliveryRejected as exc:
            _log.error("delivery_undeliverable", job_id=job.id, type=delivery.type, code=exc.code)
            await self._outbox.keep(delivery)
            await self._show(job)
        except DeliveryDeferred as exc:
            pause = (
                retry_delay(delivery.attempts, definitely_failed=exc.certain)
                if exc.retry_after is None
                else min(exc.retry_after, MAX_RETRY_SECONDS)
            )
            _log.warning("delivery_retry_scheduled", job_id=job.id, type=delivery.type, error=str(exc))
            await self._outbox.postpone(delivery, self._clock.now() + int(1000 * pause))
        else:
            await self._record(delivery, message_id)
            await self._show(job)

    async def _record(self, delivery: Delivery, message_id: int) -> None:
        """Write down that Discord took the message, until it is written: sending it again would make a second one."""
        while True:
            try:
                await self._outbox.delivered(delivery, message_id, self._clock.now())
            except StorageError as exc:
                _log.critical("delivery_update_failed", job_id=delivery.job_id, error=str(exc))
                self._moved(delivery.nonce)
                await self._clock.wait(asyncio.Event(), self._clock.now() + _WRITE_AGAIN_MS)
            else:
                return

    async def _show(self, job: Job) -> None:
        """Bring the card up to date, as the job is now: it may have moved since the message was taken up."""
        await self._screen.update_card(await self._outbox.job(job.id) or job)
