"""Posts audit entries in the server's staff channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import structlog

from bot.clock import Clock
from bot.domain.quota import AuditAction, AuditEntry
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.worker.interfaces import MessagePublisher
from bot.worker.retries import retry_delay_ms
from data import approvals, audit_log, jobs, staff_channel
from data.database import Database
from data.engine.instance_lock import InstanceLock

_log = structlog.stdlib.get_logger(__name__)

_MIN_RETRY_MS: Final = 60_000

AuditMessage = tuple[AuditEntry, int]
"""An entry and the id of its channel."""


class AuditPublisher:
    """Posts audit entries until Discord accepts them or forbids the channel.

    The entries of a server are posted in order, and servers in rotation, so that a server with many entries delays only
    its own.
    """

    def __init__(
        self,
        database: Database,
        publisher: MessagePublisher,
        clock: Clock,
        instance_lock: InstanceLock,
    ) -> None:
        self._database = database
        self._instance_lock = instance_lock
        self._publisher = publisher
        self._clock = clock
        self._delays: dict[int, int] = {}
        """Retries in a row, by server. A new process starts at zero."""

        self._last_guild_id = 0
        """The server whose entry was fetched last."""

    async def fetch(self, limit: int, exclude: Sequence[str]) -> Sequence[AuditMessage]:
        """Return due entries, at most one of each server.

        None where another process leads.
        """
        if not await self._instance_lock.is_leader():
            return ()
        due = await self._database.read(audit_log.due_entries, limit, exclude, self._last_guild_id)
        if due:
            self._last_guild_id = due[-1][0].guild_id
        return due

    async def next_due_at(self, now: int) -> int | None:
        """Return when the next entry is due."""
        return await self._database.read(audit_log.next_due_at, now)

    def key(self, message: AuditMessage) -> str:
        """Return the entry's id."""
        return message[0].id

    async def process(self, message: AuditMessage) -> None:
        """Post one entry."""
        entry, channel_id = message
        try:
            await self._send(entry, channel_id)
        except DeliveryDeferred as exc:
            _log.warning("audit_entry_retry_scheduled", guild_id=entry.guild_id, error=str(exc))
            retry_at = self._clock.now() + self._retry_delay_ms(entry.guild_id, exc)
            await self._database.write(audit_log.reschedule, entry.id, retry_at)
            return
        except DeliveryRejected as exc:
            if not _is_closed(entry, exc):
                _log.error("audit_entry_rejected", guild_id=entry.guild_id, code=exc.code)
                await self._database.write(audit_log.reschedule, entry.id, None)
                return
            _log.error("staff_channel_forbidden", guild_id=entry.guild_id, code=exc.code, is_removed=exc.is_removed)
            await self._database.write(
                staff_channel.mark_staff_channel_failed, entry.id, channel_id, is_removed=exc.is_removed
            )
        else:
            await self._database.write(audit_log.reschedule, entry.id, None)
        self._delays.pop(entry.guild_id, None)

    async def _send(self, entry: AuditEntry, channel_id: int) -> None:
        """Send an entry.

        One that asks for approval is sent only while its job waits. Where Discord objects to its prompt, a line asks
        staff to look at the list.

        Raises:
            DeliveryDeferred: It can be retried.
            DeliveryRejected: Discord forbids the channel.
        """
        if entry.action is not AuditAction.REQUEST_APPROVAL or entry.job_id is None:
            await self._publisher.send_audit_entry(entry, channel_id)
            return
        job = await self._database.read(jobs.find, entry.job_id)
        if job is None or not job.awaits_approval:
            return
        try:
            posted = await self._publisher.send_approval_request(job, channel_id, nonce=entry.id)
        except DeliveryRejected as exc:
            if exc.is_closed:
                raise
            _log.warning("approval_request_rejected", job_id=job.id, code=exc.code)
            await self._publisher.send_audit_entry(entry, channel_id)
        else:
            await self._database.write(approvals.mark_posted, entry.id, job.id, posted)

    def _retry_delay_ms(self, guild_id: int, exc: DeliveryDeferred) -> int:
        """Return a growing delay, or the one Discord asks for.

        Between a minute and an hour.
        """
        self._delays[guild_id] = delays = self._delays.get(guild_id, 0) + 1
        return max(_MIN_RETRY_MS, retry_delay_ms(exc, delays))


def _is_closed(entry: AuditEntry, exc: DeliveryRejected) -> bool:
    """Return whether a rejection closes the staff channel.

    What a member wrote, such as a link that Discord blocks, must close none: orders may start without approval while it
    is closed. A request for credits has no such words, and its member is told where it is rejected.
    """
    return exc.is_closed or entry.action is AuditAction.REQUEST_CREDITS
