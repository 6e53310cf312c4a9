"""Reads due work without keeping it from other workers: the leases end at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import Job
from data import outbox, renders
from data.database import Database
from data.leases import Lease
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
