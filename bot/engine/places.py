"""The place in the queue that waiting cards show: brought up to date when the queue has moved, a few at a time."""

from __future__ import annotations

from bot.engine.ports import Members, Screen

SHOWN_MOST = 20
"""Cards at the head of the queue that are kept up to date: further back, a place more or less says little."""


class Places:
    """Shows waiting members how the queue moves.

    A job that was not seen before is shown once: the queue may have moved since its card was made, or while no process
    ran.
    """

    def __init__(self, members: Members, screen: Screen) -> None:
        self._members = members
        self._screen = screen
        self._shown: dict[str, int] = {}

    async def refresh(self) -> None:
        """Bring the cards up to date whose place has changed since they were shown last."""
        waiting = await self._members.waiting(SHOWN_MOST)
        places = {job.id: ahead for ahead, job in enumerate(waiting)}
        for job in waiting:
            if self._shown.get(job.id) != places[job.id]:
                await self._screen.show(job)
        self._shown = places
