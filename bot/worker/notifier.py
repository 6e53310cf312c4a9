"""Sends notifications until Discord accepts them, and keeps the cards of queued jobs up to date.

The queue moves, and outages begin and end.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import structlog

from bot.core.clock import Clock
from bot.core.errors import DeliveryDeferred, DeliveryRejected, GalleryRejected, StorageError
from bot.domain.breaker import Outage
from bot.domain.delivery import WITH_MOVIE, NotificationType, retry_delay_ms
from bot.domain.jobs import Job, JobState
from bot.domain.message import Delivery, SentMessage
from bot.domain.quota import AuditReason
from bot.services.movie_links import MovieLinks
from bot.services.orders import DeliveryTimes
from bot.tracing import span
from bot.worker.interfaces import MessagePublisher
from data import breakers, galleries, jobs, outbox, submissions
from data.database import Database
from data.engine.instance_lock import InstanceLock
from data.leases import Lease

_log = structlog.stdlib.get_logger(__name__)

TEXT_ONLY: Final = tuple(type_ for type_ in NotificationType if type_ not in WITH_MOVIE)
"""Notifications that are sent at once: they never wait behind the download of a movie."""

PER_CHANNEL: Final = 2
"""Notifications in progress for one channel. Discord limits the rate of each channel by itself, and a channel that is
slowed down must not delay the others."""

_WRITE_RETRY_MS: Final = 1_000

LEASE_MS: Final = 330_000
"""How long a notification is this process's: longer than sending one usually takes, and renewed where it takes longer.
After a crash, another process sends it when the lease ends, and searches the channel first for a message that Discord
accepted."""

RENEWAL_INTERVAL_MS: Final = 60_000
"""How often to renew the leases of notifications in progress. Several renewals can fail before a lease ends."""

MAX_UPDATED: Final = 20
"""Cards at the head of the queue that are updated: further back, a change of the position says little."""


class NotificationSender:
    """Sends notifications of some types. Every attempt has the same nonce.

    `heartbeat` gets the nonce of a notification whose record waits for the database: it must not count as stuck.
    """

    def __init__(
        self,
        database: Database,
        publisher: MessagePublisher,
        clock: Clock,
        links: MovieLinks,
        *,
        types: Sequence[NotificationType],
        times: DeliveryTimes,
        heartbeat: Callable[[str], None],
        process_id: str,
    ) -> None:
        self._database = database
        self._publisher = publisher
        self._clock = clock
        self._links = links
        self._types = types
        self._times = times
        self._heartbeat = heartbeat
        self._process_id = process_id
        self._in_progress: dict[str, Delivery | None] = {}
        """By nonce; None where another process has the lease."""

    async def fetch(self, limit: int, exclude: Sequence[str]) -> Sequence[Delivery]:
        """Lease due notifications, at most PER_CHANNEL for one channel."""
        due = await self._database.write(
            outbox.take_due,
            limit,
            exclude,
            self._types,
            Lease(self._process_id, self._clock.now() + LEASE_MS),
            in_progress=sorted(self._in_progress),
            per_channel=PER_CHANNEL,
        )
        self._in_progress.update((delivery.nonce, delivery) for delivery in due)
        return due

    async def renew_leases(self) -> None:
        """Renew the leases of the notifications in progress.

        Where one was lost, another process may send the same message. The request is not cancelled, because that breaks
        the rate limiting of discord.py.
        """
        for nonce, delivery in list(self._in_progress.items()):
            lease = Lease(self._process_id, self._clock.now() + LEASE_MS)
            if delivery is None or await self._database.write(outbox.renew, delivery, lease):
                continue
            if nonce in self._in_progress:  # it may have been sent meanwhile
                self._in_progress[nonce] = None
                _log.error("delivery_lease_lost", job_id=delivery.job.id, type=delivery.type)

    async def next_due_at(self, now: int) -> int | None:
        """Return when the next notification is due."""
        return await self._database.read(outbox.next_due_at, now, self._types)

    def key(self, delivery: Delivery) -> str:
        """Return the nonce."""
        return delivery.nonce

    async def process(self, delivery: Delivery) -> None:
        """Send one notification, and record whether Discord accepted it."""
        try:
            with span("post", delivery.job):
                await self._deliver(delivery)
        finally:
            self._in_progress.pop(delivery.nonce, None)

    async def _deliver(self, delivery: Delivery) -> None:
        job = delivery.job
        try:
            try:
                sent = await self._find_or_send(delivery)
            except GalleryRejected as exc:
                sent = await self._find_or_send(await self._leave_gallery(delivery, exc))
        except DeliveryRejected as exc:
            _log.error("delivery_undeliverable", job_id=job.id, type=delivery.type, code=exc.code)
            await self._database.write(outbox.reject, delivery)
            await self._update_card(job)
        except DeliveryDeferred as exc:
            _log.warning("delivery_retry_scheduled", job_id=job.id, type=delivery.type, error=str(exc))
            retry_at = self._clock.now() + retry_delay_ms(exc, delivery.attempts)
            await self._database.write(outbox.reschedule, delivery, retry_at, self._process_id)
        else:
            if sent is None:
                await self._database.write(outbox.end, delivery, "suppressed")
            elif not await self._record(delivery, sent):
                await self._update_card(job)
            if sent is not None and delivery.type is NotificationType.COMPLETED:
                self._times.add(job, self._clock.now())

    async def _leave_gallery(self, delivery: Delivery, exc: GalleryRejected) -> Delivery:
        """Record that a movie goes to the channel of its order.

        So its next attempt looks for it there.
        """
        _log.warning("gallery_rejected", job_id=delivery.job.id, gallery_id=delivery.gallery_id, code=exc.code)
        reason = AuditReason.NOT_AGE_RESTRICTED if exc.is_unrestricted else None
        await self._database.write(galleries.leave, delivery, is_closed=exc.is_closed, reason=reason)
        return replace(delivery, gallery_id=None)

    async def _find_or_send(self, delivery: Delivery) -> SentMessage | None:
        """Send a notification.

        That of a removed movie is not sent, but found where an earlier attempt has sent it. Neither is the news that a
        job is checked, once it no longer is.
        """
        job = delivery.job
        is_outdated = delivery.type is NotificationType.UNKNOWN and job.state is not JobState.UNKNOWN
        if is_outdated or job.removed_at is not None:
            return await self._publisher.find_sent(delivery)
        if delivery.type in WITH_MOVIE:
            delivery = replace(delivery, job=await self._links.ensure_fresh(job))
        return await self._publisher.send(delivery)

    async def _record(self, delivery: Delivery, sent: SentMessage) -> bool:
        """Record that Discord accepted the message.

        Returns whether the card is to be deleted. Retries until it is written, because the message would be sent again.
        """
        while True:
            try:
                return await self._database.write(outbox.mark_sent, delivery, sent)
            except StorageError as exc:
                _log.critical("delivery_update_failed", job_id=delivery.job.id, error=str(exc))
                self._heartbeat(delivery.nonce)
                await self._clock.wait(asyncio.Event(), self._clock.now() + _WRITE_RETRY_MS)

    async def _update_card(self, job: Job) -> None:
        """Update the card with the job's current state.

        It may be newer than `job`.
        """
        await self._publisher.update_card(*await self._database.read(outbox.card, job.id))


class QueuePositionUpdater:
    """Shows waiting members how the queue moves.

    The card of a job that is new to this process is updated once: its position may have changed since the card was
    sent, or while no process ran. `per_member` movies of one member render at once; None: as many as of all members
    together.
    """

    def __init__(
        self,
        database: Database,
        publisher: MessagePublisher,
        instance_lock: InstanceLock,
        *,
        per_member: int | None,
    ) -> None:
        self._database = database
        self._per_member = per_member
        self._instance_lock = instance_lock
        self._publisher = publisher
        self._shown: dict[str, tuple[int, Outage | None, bool]] = {}

    async def refresh(self) -> None:
        """Update the cards whose position, or reason to wait, has changed.

        Only the process that leads does so.
        """
        if not await self._instance_lock.is_leader():
            return
        outage = (await self._database.read(breakers.read)).shown_outage
        waiting = await self._database.read(jobs.queue_head, MAX_UPDATED)
        own = Counter(await self._database.read(submissions.running_by_member))
        shown: dict[str, tuple[int, Outage | None, bool]] = {}
        for position, job in enumerate(waiting):
            waits_for_own = self._per_member is not None and own[job.member_id] >= self._per_member
            shown[job.id] = (position, outage, waits_for_own)
            own[job.member_id] += 1
            if self._shown.get(job.id) != shown[job.id]:
                await self._publisher.update_card(job)
        self._shown = shown
