"""What waiting cards show: brought up to date when the queue has moved or an outage began or ended, a few at a time."""

from __future__ import annotations

from bot.domain.breaker import Outage
from bot.worker.interfaces import BreakerStore, Members, MessagePublisher

MAX_UPDATED = 20
"""Cards at the head of the queue that are kept up to date: further back, a place more or less says little."""


class QueuePositionUpdater:
    """Shows waiting members how the queue moves.

    A job that was not seen before is shown once: the queue may have moved since its card was made, or while no process
    ran.
    """

    def __init__(self, members: Members, breaker: BreakerStore, screen: MessagePublisher) -> None:
        self._members = members
        self._breaker = breaker
        self._screen = screen
        self._shown: dict[str, tuple[int, Outage | None]] = {}

    async def refresh(self) -> None:
        """Bring the cards up to date whose place, or whose reason to wait, has changed since they were shown last."""
        outage = await self._breaker.outage()
        waiting = await self._members.queue_head(MAX_UPDATED)
        places = {job.id: (ahead, outage) for ahead, job in enumerate(waiting)}
        for job in waiting:
            if self._shown.get(job.id) != places[job.id]:
                await self._screen.update_card(job)
        self._shown = places
