"""What is owed to people: messages about movies, and audit lines."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import Job
from bot.domain.quota import AuditEntry
from data import jobs, outbox, quotas
from data.store_part import StorePart


class OutboxStore(StorePart):
    """The outbox. Keeps the Protocols `Outbox` and `LineStore` of bot/worker/interfaces.py."""

    async def due_deliveries(
        self,
        now: int,
        limit: int,
        exclude: Sequence[str],
        notices: Sequence[NotificationType] = tuple(NotificationType),
        *,
        under_way: Sequence[str] = (),
        per_channel: int | None = None,
    ) -> Sequence[tuple[Delivery, Job]]:
        """The deliveries that are due, the longest owed first, leaving out those in `without` (by nonce).

        With `per_channel`, no more for one channel than that, those `under_way` included.
        """
        return await self._database.read(
            lambda tx: outbox.due(tx, now, limit, exclude, notices, under_way=under_way, per_channel=per_channel)
        )

    async def next_delivery_at(
        self, now: int, notices: Sequence[NotificationType] = tuple(NotificationType)
    ) -> int | None:
        """When the next delivery of this kind is due."""
        kinds = outbox.sql_list(notices)
        return await self._moment(
            f"SELECT MIN(next_attempt_at) FROM outbox WHERE next_attempt_at > :now AND type IN ({kinds})", now
        )

    async def delivered(self, delivery: Delivery, message_id: int, now: int) -> None:
        """Discord accepted the message."""
        await self._database.write(lambda tx: outbox.mark_sent(tx, delivery, message_id, now))

    async def postpone(self, delivery: Delivery, due_at: int) -> None:
        """Discord did not take the message; try again later."""
        await self._database.write(lambda tx: outbox.reschedule(tx, delivery, due_at))

    async def hurry(self, now: int) -> bool:
        """Discord is back: what it did not take is due now, however long it was to wait. False: nothing waited."""
        return await self._database.write(lambda tx: outbox.retry_now(tx, now))

    async def keep(self, delivery: Delivery) -> None:
        """Every way to the member is closed: nothing more is tried, and the movie stays in the database."""
        await self._database.write(lambda tx: outbox.mark_undeliverable(tx, delivery))

    async def due_audit_entries(self, now: int, limit: int, exclude: Sequence[str]) -> Sequence[tuple[AuditEntry, int]]:
        """Find the next audit line of each server, with the channel it belongs in."""
        return await self._database.read(lambda tx: quotas.due_entries(tx, now, limit, exclude))

    async def next_audit_entry_at(self, now: int) -> int | None:
        """When the next audit line is due."""
        return await self._moment("SELECT MIN(next_attempt_at) FROM audit_log WHERE next_attempt_at > :now", now)

    async def close_channel(self, line_id: str, now: int) -> None:
        """Discord does not let us post in a line's channel."""
        await self._database.write(lambda tx: quotas.mark_channel_closed(tx, line_id, now))

    async def reschedule_line(self, line_id: str, due_at: int | None) -> None:
        """Post a line later, or (None) never again."""
        await self._database.write(lambda tx: quotas.reschedule(tx, line_id, due_at))

    async def job(self, job_id: str) -> Job | None:
        """The job with this id."""
        return await self._database.read(lambda tx: jobs.find(tx, job_id))
