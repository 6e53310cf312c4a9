"""Keeps the cards of queued jobs up to date.

The queue moves, and outages begin and end.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from bot.domain.breaker import Outage
from bot.worker.interfaces import MessagePublisher
from data import breakers, jobs, submissions
from data.database import Database
from data.engine.instance_lock import InstanceLock

MAX_UPDATED: Final = 20
"""Cards at the head of the queue that are updated: further back, a change of the position says little."""


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
        outage = await self._database.read(breakers.outage)
        waiting = await self._database.read(jobs.queue_head, MAX_UPDATED)
        own = Counter(await self._database.read(submissions.running_by_member))
        positions: dict[str, tuple[int, Outage | None, bool]] = {}
        for position, job in enumerate(waiting):
            positions[job.id] = (
                position,
                outage,
                self._per_member is not None and own[job.member_id] >= self._per_member,
            )
            own[job.member_id] += 1
        for job in waiting:
            if self._shown.get(job.id) != positions[job.id]:
                await self._publisher.update_card(job)
        self._shown = positions
