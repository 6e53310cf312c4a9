"""A lane: one loop that takes due work from the database and does it, a bounded number at a time.

Work lies in the database, not in tasks: a lane holds only what it is doing this moment. An error of one piece is logged
and that piece rests for a while; the others go on.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.engine.ports import Clock

W = TypeVar("W")

_log = logging.getLogger(__name__)

REST_MS = 30_000
"""How long a piece of work rests after an error that nobody foresaw, and a lane after one of the database's."""


class Lane(Generic[W]):
    """Due work, done side by side up to `width`.

    `take(now, most, without)` returns due work, leaving out the keys in `without`; `next_due(now)` says when more will
    be due (None: only when woken).
    """

    def __init__(
        self,
        name: str,
        *,
        take: Callable[[int, int, Sequence[str]], Awaitable[Sequence[W]]],
        next_due: Callable[[int], Awaitable[int | None]],
        key: Callable[[W], str],
        work: Callable[[W], Awaitable[None]],
        clock: Clock,
        width: int,
    ) -> None:
        self.name = name
        self._take = take
        self._next_due = next_due
        self._key = key
        self._work = work
        self._clock = clock
        self._width = width
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._resting: dict[str, int] = {}
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Look for due work now."""
        self._woken.set()

    async def run(self) -> None:
        """Do due work until `stop`; then return when what is under way has ended."""
        while not self._stopping:
            self._woken.clear()
            until = await self._start_or_rest()
            if not self._stopping:
                await self._clock.wait(self._woken, until)
        await self._settled()

    async def turn(self) -> int:
        """Do what is due now, wait for it, and return how many pieces that were."""
        started = await self._start_due()
        await self._settled()
        return started

    def stop(self) -> None:
        """Take nothing new."""
        self._stopping = True
        self._woken.set()

    async def abandon(self) -> None:
        """Cancel what is under way; the database still has it."""
        for task in self._under_way.values():
            task.cancel()
        await self._settled()

    async def _start_or_rest(self) -> int | None:
        """Start due work and say when to look again; after an error of the store, after a rest."""
        try:
            await self._start_due()
            if len(self._under_way) >= self._width:
                return None
            until = await self._next_due(self._clock.now())
        except Exception:  # noqa: BLE001 (the lane's outer boundary: a lane that died would stop every job)
            _log.exception("lane_resting", extra={"lane": self.name})
            return self._clock.now() + REST_MS
        return min((each for each in (until, *self._resting.values()) if each is not None), default=None)

    async def _start_due(self) -> int:
        now = self._clock.now()
        self._resting = {key: until for key, until in self._resting.items() if until > now}
        free = self._width - len(self._under_way)
        if free <= 0:
            return 0
        due = await self._take(now, free, (*self._under_way, *self._resting))
        for item in due:
            key = self._key(item)
            task = asyncio.create_task(self._one(key, item), name=f"{self.name}-{key}")
            self._under_way[key] = task
        return len(due)

    async def _one(self, key: str, item: W) -> None:
        try:
            await self._work(item)
        except Exception:  # noqa: BLE001 (a job's outer boundary: its error must not stop the others)
            self._resting[key] = self._clock.now() + REST_MS
            _log.exception("job_resting", extra={"lane": self.name, "key": key})
        finally:
            del self._under_way[key]
            self._woken.set()

    async def _settled(self) -> None:
        while self._under_way:
            await asyncio.wait(list(self._under_way.values()))
