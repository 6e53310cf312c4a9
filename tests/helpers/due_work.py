"""Reads due work without keeping it from other workers: the leases end at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery import NotificationType, PostedMessage
from bot.domain.jobs import Job
from bot.domain.message import Delivery, MessageKind, Notice
from bot.domain.quota import AuditEntry
from data import audit_log, message_deletions, messages, notices, outbox, renders
from data.database import Database, Transaction
from data.leases import Lease
from data.messages import DueMessage
from tests.helpers.at_time import at_time

STATES = tuple(MessageKind)[tuple(MessageKind).index(MessageKind.PITCH) :]


async def due_polls(database: Database, now: int, limit: int = 10, exclude: Sequence[str] = ()) -> list[Job]:
    return await database.write(at_time(now, renders.take_due_polls), limit, exclude, Lease("tests", now))


async def due_notifications(
    database: Database,
    now: int,
    limit: int = 10,
    exclude: Sequence[str] = (),
    types: Sequence[NotificationType] = tuple(NotificationType),
    *,
    in_progress: Sequence[str] = (),
    per_channel: int | None = None,
) -> list[Delivery]:
    lease = Lease("tests", now)
    return await database.write(
        at_time(now, outbox.take_due), limit, exclude, types, lease, in_progress=in_progress, per_channel=per_channel
    )


def due_notices(tx: Transaction) -> list[tuple[Notice, ...]]:
    """Return the notices of each message: one of each kind and server."""
    shown = (each for each in messages.due(tx, 100, ()) if each.kind not in STATES)
    return [found for each in shown if (found := notices.find(tx, each))]


def due_states(tx: Transaction, kind: MessageKind) -> list[DueMessage]:
    return [each for each in messages.due(tx, 100, ()) if each.kind is kind]


def due_pitches(tx: Transaction) -> list[DueMessage]:
    return due_states(tx, MessageKind.PITCH)


def due_entries(tx: Transaction) -> list[tuple[AuditEntry, int]]:
    """Return the audit entries that are to be posted next, one of each server, with its staff channel."""
    logs = due_states(tx, MessageKind.AUDIT_LOG)
    return [found for each in logs if (found := audit_log.next_entry(tx, each.guild_id))]


def end_entries(tx: Transaction) -> list[tuple[AuditEntry, int]]:
    """Post these entries, and return them."""
    due = due_entries(tx)
    ids = {entry.by.guild_id: entry.id for entry, _ in due}
    for message in due_states(tx, MessageKind.AUDIT_LOG):
        audit_log.end_entry(tx, message, ids.get(message.guild_id, ""))
    return due


def every_due(tx: Transaction, kind: MessageKind) -> list[DueMessage]:
    """Return all that is due of a kind, also what waits for another one of its server."""
    sql = "SELECT * FROM messages WHERE kind = :kind AND due_at <= :now ORDER BY due_at, subject_id"
    rows = tx.fetch_all(sql, {"kind": kind.value, "now": tx.now})
    return [DueMessage(kind, row["guild_id"], row["subject_id"], row["nonce"], row["attempts"]) for row in rows]


def due_deletions(tx: Transaction) -> list[tuple[DueMessage, str, PostedMessage]]:
    """Return each with the id of its job, and where it is."""
    due = every_due(tx, MessageKind.GONE)
    return [(each, found[0].id, found[1]) for each in due if (found := message_deletions.get(tx, each))]


def to_delete(tx: Transaction) -> list[PostedMessage]:
    return [posted for *_, posted in due_deletions(tx)]


def end_deletions(tx: Transaction) -> None:
    for message, *_ in due_deletions(tx):
        messages.settle(tx, message)


def end_notices(tx: Transaction, told: Sequence[Notice], *, sent: bool = True) -> None:
    messages.end(tx, [each.nonce for each in told], sent=sent)
