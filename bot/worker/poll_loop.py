"""A lane: one loop that takes due work from the database and does it, a bounded number at a time.

Work lies in the database, not in tasks: a lane holds only what it is doing this moment. An error of one piece is logged
and that piece rests for a while; the others go on.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, Protocol, TypeVar

import structlog

from bot.worker.interfaces import Clock
from bot.worker.watchdog import Watchdog

W = TypeVar("W")

_log = structlog.stdlib.get_logger(__name__)

ERROR_BACKOFF_MS = 30_000
"""How long a piece of work rests after an error that nobody foresaw, and a lane after one of the database's."""

MAX_POLL_INTERVAL_MS = 15_000
"""A lane looks at least this often: the command line, another process, may have left it something to do."""


_LOOK_SECONDS = 30.0
"""How long a lane's own queries may take. The database gives up on a lock of another process much earlier."""


class WorkSource(Protocol[W]):
    """Where a lane finds its work."""

    async def fetch(self, now: int, limit: int, exclude: Sequence[str], /) -> Sequence[W]:
        """Up to `most` pieces that are due, leaving out those with the keys in `without`."""
        ...

    async def next_due_at(self, now: int, /) -> int | None:
        """When more will be due; None: a lane need not look before it is woken."""
        ...

    def key(self, item: W, /) -> str:
        """What a piece of work is known by."""
        ...


class PollLoop(Generic[W]):
    """Due work of a source, each piece done by `work`, side by side up to `width`.

    `give_back` is handed what was taken and, for the lane was abandoned, not begun.

    With `gather_ms`, due work is gathered for that long, unless the lane is woken or has half its width free again:
    where there is much of it, it is taken and written by the handful.

    `may_take` is how many seconds a piece may take at most while all is well. The `watchdog` knows what is under way.
    """

    def __init__(
        self,
        name: str,
        source: WorkSource[W],
        work: Callable[[W], Awaitable[None]],
        *,
        clock: Clock,
        width: int,
        gather_ms: int = 0,
        give_back: Callable[[Sequence[W]], Awaitable[None]] | None = None,
        may_take: float = 60.0,
        watchdog: Watchdog | None = None,
    ) -> None:
        self.name = name
        self._may_take = may_take
        self._watchdog = watchdog or Watchdog()
        self._source = source
        self._work = work
        self._clock = clock
        self._width = width
        self._gather_ms = gather_ms
        self._give_back = give_back
        self._not_begun: dict[str, W] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._resting: dict[str, int] = {}
        self._woken = asyncio.Event()
        self._more = False
        self._stopping = False
        self._abandoned = False

    @property
    def in_progress(self) -> tuple[str, ...]:
        """The keys of what is being done this moment."""
        return tuple(self._under_way)

    def notify(self) -> None:
        """Look for due work now."""
        self._woken.set()

    async def run(self) -> None:
        """Do due work until `stop`; then return when what is under way has ended."""
        while not self._stopping:
            self._woken.clear()
            with self._watchdog.under_way(self.name, "look", _LOOK_SECONDS):
                until = await self._start_or_rest()
            if not self._stopping:  # bounded, for the clock may have been set back since `until` was reckoned
                longest = self._clock.now() + ERROR_BACKOFF_MS
                await self._clock.wait(self._woken, None if until is None else min(until, longest))
        await self._settled()

    async def run_once(self) -> int:
        """Do what is due now, wait for it, and return how many pieces that were."""
        started = await self._start_due(self._clock.now())
        await self._settled()
        return started

    def stop(self) -> None:
        """Take nothing new."""
        self._stopping = True
        self._woken.set()

    async def cancel(self) -> None:
        """Cancel what is under way, and start nothing any more; the database still has it."""
        self._abandoned = True
        for task in self._under_way.values():
            task.cancel()
        await self._settled()
        await self._leave(tuple(self._not_begun.values()))
        self._not_begun.clear()

    async def _start_or_rest(self) -> int | None:
        """Start due work and say when to look again; after an error of the store, after a rest.

        Both queries are about the same moment, so that nothing becomes due between them unseen. What is under way at
        any time while they run may be seen by neither: the first leaves it out, and the second may be answered
        before its new moment is written. So a lane that gathers looks again soon after.
        """
        now = self._clock.now()
        busy = bool(self._under_way)
        try:
            busy = bool(await self._start_due(now)) or busy
            if len(self._under_way) >= self._width:
                return now + self._gather_ms if self._gather_ms else None
            until = await self._source.next_due_at(now)
        except Exception:  # noqa: BLE001 (the lane's outer boundary: a lane that died would stop every job)
            _log.exception("poll_loop_backoff", loop=self.name)
            return self._clock.now() + ERROR_BACKOFF_MS
        glance = self._clock.now() + MAX_POLL_INTERVAL_MS
        soonest = min((glance, *(each for each in (until, *self._resting.values()) if each is not None)))
        if not self._gather_ms:
            return soonest
        return now + self._gather_ms if busy else max(soonest, now + self._gather_ms)

    async def _start_due(self, now: int) -> int:
        # what rests for longer than a rest can last was put to rest by a clock that has been set back since
        self._resting = {key: until for key, until in self._resting.items() if now < until <= now + ERROR_BACKOFF_MS}
        free = self._width - len(self._under_way)
        if free <= 0:
            return 0
        self._more = False
        due = await self._source.fetch(now, free, (*self._under_way, *self._resting))
        self._more = len(due) == free
        if self._abandoned:
            await self._leave(due)
            return 0
        for item in due:
            key = self._source.key(item)
            self._not_begun[key] = item
            task = asyncio.create_task(self._one(key, item), name=f"{self.name}-{key}")
            self._under_way[key] = task
            task.add_done_callback(functools.partial(self._ended, key))
        return len(due)

    async def _leave(self, items: Sequence[W]) -> None:
        """Give back what was taken and not begun; where that fails, it is as if the process had died."""
        if not items or self._give_back is None:
            return
        try:
            await self._give_back(items)
        except Exception:  # noqa: BLE001 (the lane's outer boundary: leaving must not fail)
            _log.exception("release_failed", loop=self.name)

    async def _one(self, key: str, item: W) -> None:
        del self._not_begun[key]
        try:
            with self._watchdog.under_way(self.name, key, self._may_take):
                await self._work(item)
        except Exception:  # noqa: BLE001 (a job's outer boundary: its error must not stop the others)
            self._resting[key] = self._clock.now() + ERROR_BACKOFF_MS
            _log.exception("work_item_failed", loop=self.name, item=key)

    def _ended(self, key: str, _task: asyncio.Task[None]) -> None:
        """Make room; a callback, for a task that is cancelled before its first step runs no line of its own."""
        del self._under_way[key]
        if not self._gather_ms or (self._more and len(self._under_way) <= self._width // 2):
            self._woken.set()

    async def _settled(self) -> None:
        while self._under_way:
            await asyncio.wait(list(self._under_way.values()))
