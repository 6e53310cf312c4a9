"""Posts audit entries in the server's staff channel."""

from __future__ import annotations

import structlog

from bot.core.errors import DeliveryRejected
from bot.domain.delivery import PostedMessage
from bot.domain.quota import AuditAction, AuditEntry
from bot.worker.interfaces import MessagePublisher
from data import approvals, audit_log, jobs, messages, staff_channel
from data.database import Database, Transaction
from data.messages import DueMessage

_log = structlog.stdlib.get_logger(__name__)


class AuditPublisher:
    """Posts the entries of a server, one by one, until Discord accepts them or forbids the channel."""

    def __init__(self, database: Database, publisher: MessagePublisher) -> None:
        self._database = database
        self._publisher = publisher

    async def show(self, message: DueMessage) -> None:
        """Post the oldest entry."""
        found = await self._database.read(audit_log.next_entry, message.guild_id)
        if found is None:
            await self._database.write(messages.settle, message)
            return
        entry, channel_id = found
        posted = None
        try:
            posted = await self._send(entry, channel_id)
        except DeliveryRejected as exc:
            if _is_closed(entry, exc):
                _log.error("staff_channel_forbidden", guild_id=entry.guild_id, code=exc.code, is_removed=exc.is_removed)
                closed = (entry.guild_id, channel_id)
                await self._database.write(staff_channel.mark_closed, *closed, is_removed=exc.is_removed)
                return  # the message is still due: without entries, or in another channel
            _log.error("audit_entry_rejected", guild_id=entry.guild_id, code=exc.code)
        await self._database.write(_end, message, entry, posted)

    async def _send(self, entry: AuditEntry, channel_id: int) -> PostedMessage | None:
        """Send an entry; return the message of one that asks for approval.

        That is sent only while its job waits. Where Discord objects to its prompt, a line asks staff to look at the
        list.

        Raises:
            DeliveryDeferred: It can be retried.
            DeliveryRejected: Discord forbids the channel.
        """
        if entry.action is not AuditAction.REQUEST_APPROVAL or entry.job_id is None:
            await self._publisher.send_audit_entry(entry, channel_id)
            return None
        job = await self._database.read(jobs.find, entry.job_id)
        if job is None or not job.awaits_approval:
            return None
        try:
            return await self._publisher.send_approval_request(job, channel_id, nonce=entry.id)
        except DeliveryRejected as exc:
            if exc.is_closed:
                raise
            _log.warning("approval_request_rejected", job_id=job.id, code=exc.code)
        await self._publisher.send_audit_entry(entry, channel_id)
        return None


def _end(tx: Transaction, message: DueMessage, entry: AuditEntry, posted: PostedMessage | None) -> None:
    if posted is not None and entry.job_id is not None:
        approvals.mark_posted(tx, entry.job_id, posted)
    audit_log.end_entry(tx, message, entry.id)


def _is_closed(entry: AuditEntry, exc: DeliveryRejected) -> bool:
    """Return whether a rejection closes the staff channel.

    What a member wrote, such as a link that Discord blocks, must close none: orders may start without approval while it
    is closed. A request for credits has no such words, and its member is told where it is rejected.
    """
    return exc.is_closed or entry.action is AuditAction.REQUEST_CREDITS
