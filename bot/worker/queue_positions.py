"""Keeps the cards of queued jobs up to date.

The queue moves, and outages begin and end.
"""

from __future__ import annotations

from typing import Final

from bot.domain.breaker import Outage
from bot.worker.interfaces import MessagePublisher
from data import breakers, jobs
from data.database import Database
from data.instance_lock import InstanceLock

MAX_UPDATED: Final = 20
"""Cards at the head of the queue that are updated: further back, a change of the position says little."""


class QueuePositionUpdater:
    """Shows waiting members how the queue moves.

    The card of a job that is new to this process is updated once: its position may have changed since the card was
    sent, or while no process ran.
    """

    def __init__(self, database: Database, publisher: MessagePublisher, instance_lock: InstanceLock) -> None:
        self._database = database
        self._instance_lock = instance_lock
        self._publisher = publisher
        self._shown: dict[str, tuple[int, Outage | None]] = {}

    async def refresh(self) -> None:
        """Update the cards whose position or outage has changed.

        Only the process that leads does so.
        """
        if not await self._instance_lock.lead():
            return
        outage = await self._database.read(breakers.outage)
        waiting = await self._database.read(jobs.queue_head, MAX_UPDATED)
        positions = {job.id: (position, outage) for position, job in enumerate(waiting)}
        for job in waiting:
            if self._shown.get(job.id) != positions[job.id]:
                await self._publisher.update_card(job)
        self._shown = positions
