"""A poll loop: fetches due work from the database and processes it with bounded concurrency.

Work is stored in the database, not in tasks: a loop holds only the items in progress. An error of one item is logged,
and the item is retried after a delay. The others continue.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, Protocol, TypeVar

import structlog

from bot.clock import Clock
from bot.worker.watchdog import Watchdog

W = TypeVar("W")

_log = structlog.stdlib.get_logger(__name__)

ERROR_BACKOFF_MS: Final = 30_000
"""How long an item waits after an unexpected error, and a loop after an error of the database."""

MAX_POLL_INTERVAL_MS: Final = 15_000
"""A loop polls at least this often: another process, such as the command line, sends no signals."""

_FETCH_SECONDS: Final = 30.0
"""How long the queries of a loop may take. The database gives up on another process's lock much earlier."""


class WorkSource(Protocol[W]):
    """Where a poll loop gets its work."""

    async def fetch(self, now: int, limit: int, exclude: Sequence[str], /) -> Sequence[W]:
        """Return up to `limit` due items, without those whose keys are in `exclude`."""
        ...

    async def next_due_at(self, now: int, /) -> int | None:
        """Return when the next item is due; None if none is scheduled."""
        ...

    def key(self, item: W, /) -> str:
        """Return what identifies an item."""
        ...


class PollLoop(Generic[W]):
    """Processes the due items of a source with `work`, up to `width` at the same time.

    `give_back` gets the items that were fetched but not started when the loop was canceled.

    With `gather_ms`, the loop waits that long between polls, so that many items are read and written together. A
    signal, or half of `width` being free again, ends the wait.

    `may_take` is how many seconds an item takes at most under normal conditions; see `watchdog`.
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
        self._not_started: dict[str, W] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._backoff_until: dict[str, int] = {}
        self._woken = asyncio.Event()
        self._more = False
        self._stopping = False
        self._canceled = False

    @property
    def in_progress(self) -> tuple[str, ...]:
        """The keys of the items in progress."""
        return tuple(self._under_way)

    def notify(self) -> None:
        """Poll for due work now."""
        self._woken.set()

    async def run(self) -> None:
        """Process due work until `stop`, then finish the items in progress."""
        while not self._stopping:
            self._woken.clear()
            with self._watchdog.under_way(self.name, "fetch", _FETCH_SECONDS):
                until = await self._poll()
            if not self._stopping:  # bounded: the clock may have been set back since `until` was computed
                longest = self._clock.now() + ERROR_BACKOFF_MS
                await self._clock.wait(self._woken, None if until is None else min(until, longest))
        await self._settled()

    async def run_once(self) -> int:
        """Process what is due now, and return how many items that were."""
        started = await self._start_due(self._clock.now())
        await self._settled()
        return started

    def stop(self) -> None:
        """Fetch nothing more."""
        self._stopping = True
        self._woken.set()

    async def cancel(self) -> None:
        """Cancel the items in progress and start no more; they stay due in the database."""
        self._canceled = True
        for task in self._under_way.values():
            task.cancel()
        await self._settled()
        await self._leave(tuple(self._not_started.values()))
        self._not_started.clear()

    async def _poll(self) -> int | None:
        """Start due work and return when to poll again.

        Both queries use the same time, so that no item becomes due between them unseen. An item in progress may be seen
        by neither: the first query excludes it, and the second may run before its next due time is written. So a loop
        that gathers polls again soon after.
        """
        now = self._clock.now()
        busy = bool(self._under_way)
        try:
            busy = bool(await self._start_due(now)) or busy
            if len(self._under_way) >= self._width:
                return now + self._gather_ms if self._gather_ms else None
            until = await self._source.next_due_at(now)
        except Exception:  # noqa: BLE001 (the loop's outer boundary: it must not end)
            _log.exception("poll_loop_backoff", loop=self.name)
            return self._clock.now() + ERROR_BACKOFF_MS
        latest = self._clock.now() + MAX_POLL_INTERVAL_MS
        soonest = min((latest, *(each for each in (until, *self._backoff_until.values()) if each is not None)))
        if not self._gather_ms:
            return soonest
        return now + self._gather_ms if busy else max(soonest, now + self._gather_ms)

    async def _start_due(self, now: int) -> int:
        # a backoff that lasts longer than it can was set before the clock was set back
        self._backoff_until = {
            key: until for key, until in self._backoff_until.items() if now < until <= now + ERROR_BACKOFF_MS
        }
        free = self._width - len(self._under_way)
        if free <= 0:
            return 0
        self._more = False
        due = await self._source.fetch(now, free, (*self._under_way, *self._backoff_until))
        self._more = len(due) == free
        if self._canceled:
            await self._leave(due)
            return 0
        for item in due:
            key = self._source.key(item)
            self._not_started[key] = item
            task = asyncio.create_task(self._one(key, item), name=f"{self.name}-{key}")
            self._under_way[key] = task
            task.add_done_callback(functools.partial(self._ended, key))
        return len(due)

    async def _leave(self, items: Sequence[W]) -> None:
        """Give back items that were not started. If that fails, it is as if the process had died."""
        if not items or self._give_back is None:
            return
        try:
            await self._give_back(items)
        except Exception:  # noqa: BLE001 (the loop's outer boundary: stopping must not fail)
            _log.exception("release_failed", loop=self.name)

    async def _one(self, key: str, item: W) -> None:
        del self._not_started[key]
        try:
            with self._watchdog.under_way(self.name, key, self._may_take):
                await self._work(item)
        except Exception:  # noqa: BLE001 (an item's outer boundary: its error must not stop the others)
            self._backoff_until[key] = self._clock.now() + ERROR_BACKOFF_MS
            _log.exception("work_item_failed", loop=self.name, item=key)

    def _ended(self, key: str, _task: asyncio.Task[None]) -> None:
        """Free a place. A callback, because a task that is canceled before its first step runs no code."""
        del self._under_way[key]
        if not self._gather_ms or (self._more and len(self._under_way) <= self._width // 2):
            self._woken.set()

    async def _settled(self) -> None:
        while self._under_way:
            await asyncio.wait(list(self._under_way.values()))
