"""Reads due work without keeping it from other workers: the leases end at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import Job
from bot.domain.message import MessageKind, Notice
from data import messages, notices, outbox, renders
from data.database import Database, Transaction
from data.leases import Lease
from data.messages import DueMessage
from tests.helpers.at_time import at_time


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
) -> list[tuple[Delivery, Job]]:
    lease = Lease("tests", now)
    return await database.write(
        at_time(now, outbox.take_due), limit, exclude, types, lease, in_progress=in_progress, per_channel=per_channel
    )


def due_notices(tx: Transaction) -> list[tuple[Notice, ...]]:
    """Return the notices of each message: one of each kind and server."""
    shown = (each for each in messages.due(tx, 100, ()) if each.kind is not MessageKind.PITCH)
    return [found for each in shown if (found := notices.find(tx, each))]


def due_pitches(tx: Transaction) -> list[DueMessage]:
    return [each for each in messages.due(tx, 100, ()) if each.kind is MessageKind.PITCH]


def end_notices(tx: Transaction, told: Sequence[Notice], *, sent: bool = True) -> None:
    messages.end(tx, [each.nonce for each in told], sent=sent)
