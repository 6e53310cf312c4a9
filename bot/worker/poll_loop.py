"""A poll loop: fetches due work and processes it with bounded concurrency.

Work is stored in the database, not in tasks: a loop holds only the items in progress. An error of one item is logged,
and the item is retried after a delay. The others continue.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, Protocol, TypeVar

import structlog

from bot.core.clock import Clock
from bot.worker.recovery import Watchdog

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

    async def fetch(self, limit: int, exclude: Sequence[str], /) -> Sequence[W]:
        """Return up to `limit` due items.

        Those whose keys are in `exclude` are left out.
        """
        ...

    async def next_due_at(self, now: int, /) -> int | None:
        """Return when the next item is due; None if none is scheduled."""
        ...

    def key(self, item: W, /) -> str:
        """Return what identifies an item."""
        ...

    def process(self, item: W, /) -> Awaitable[None]:
        """Process a due item."""
        ...


class PollLoop(Generic[W]):
    """Processes the due items of a source, up to `concurrency` at the same time.

    `release` gets the items that were fetched but not started when the loop was cancelled.

    With `gather_ms`, the loop waits that long between polls, so that many items are read and written together. A
    signal, or half of `concurrency` being free again, ends the wait.

    `expected_seconds` is how long an item takes at most under normal conditions; see recovery.py.
    """

    def __init__(
        self,
        name: str,
        source: WorkSource[W],
        *,
        clock: Clock,
        concurrency: int,
        gather_ms: int = 0,
        release: Callable[[Sequence[W]], Awaitable[None]] | None = None,
        expected_seconds: float,
        watchdog: Watchdog,
    ) -> None:
        self.name = name
        self._expected_seconds = expected_seconds
        self._watchdog = watchdog
        self._source = source
        self._clock = clock
        self._concurrency = concurrency
        self._gather_ms = gather_ms
        self._release = release
        self._not_started: dict[str, W] = {}
        self._in_progress: dict[str, asyncio.Task[None]] = {}
        self._backoff_until: dict[str, int] = {}
        self.wake_up = asyncio.Event()
        """Set by a signal: the loop polls for due work now."""
        self._has_more = False
        self._stopping = False
        self._cancelled = False

    @property
    def in_progress(self) -> tuple[str, ...]:
        """The keys of the items in progress."""
        return tuple(self._in_progress)

    async def run(self) -> None:
        """Process due work until `stop`, then finish the items in progress."""
        while not self._stopping:
            self.wake_up.clear()
            with self._watchdog.watch(self.name, "fetch", _FETCH_SECONDS):
                until = await self._poll()
            if not self._stopping:  # bounded: the clock may have been set back since `until` was computed
                longest = self._clock.now() + ERROR_BACKOFF_MS
                await self._clock.wait(self.wake_up, None if until is None else min(until, longest))
        await self._wait_until_idle()

    async def run_once(self) -> int:
        """Process what is due now, and return how many items that were."""
        started = await self._start_due(self._clock.now())
        await self._wait_until_idle()
        return started

    def stop(self) -> None:
        """Fetch nothing more."""
        self._stopping = True
        self.wake_up.set()

    async def cancel(self) -> None:
        """Cancel the items in progress and start no more.

        They stay due in the database.
        """
        self._cancelled = True
        for task in self._in_progress.values():
            task.cancel()
        await self._wait_until_idle()
        await self._release_unstarted(tuple(self._not_started.values()))
        self._not_started.clear()

    async def _poll(self) -> int | None:
        """Start due work and return when to poll again.

        The second query begins with a time before the first, so that no item becomes due between them unseen. Where the
        clock is set back between them, one may be, for MAX_POLL_INTERVAL_MS at most. An item in progress may be seen by
        neither: the first query excludes it, and the second may run before its next due time is written. So a loop that
        gathers polls again soon after.
        """
        now = self._clock.now()
        busy = bool(self._in_progress)
        try:
            busy = bool(await self._start_due(now)) or busy
            if len(self._in_progress) >= self._concurrency:
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
        # a backoff longer than ERROR_BACKOFF_MS was set before the clock was set back
        self._backoff_until = {
            key: until for key, until in self._backoff_until.items() if now < until <= now + ERROR_BACKOFF_MS
        }
        free = self._concurrency - len(self._in_progress)
        if free <= 0:
            return 0
        self._has_more = False
        due = await self._source.fetch(free, (*self._in_progress, *self._backoff_until))
        self._has_more = len(due) == free
        if self._cancelled:
            await self._release_unstarted(due)
            return 0
        for item in due:
            key = self._source.key(item)
            self._not_started[key] = item
            task = asyncio.create_task(self._process_one(key, item), name=f"{self.name}-{key}")
            self._in_progress[key] = task
            task.add_done_callback(functools.partial(self._on_task_done, key))
        return len(due)

    async def _release_unstarted(self, items: Sequence[W]) -> None:
        """Release items that were not started.

        If that fails, the next recovery finds them.
        """
        if not items or self._release is None:
            return
        try:
            await self._release(items)
        except Exception:  # noqa: BLE001 (the loop's outer boundary: stopping must not fail)
            _log.exception("release_failed", loop=self.name)

    async def _process_one(self, key: str, item: W) -> None:
        del self._not_started[key]
        try:
            with self._watchdog.watch(self.name, key, self._expected_seconds):
                await self._source.process(item)
        except Exception:  # noqa: BLE001 (an item's outer boundary: its error must not stop the others)
            self._backoff_until[key] = self._clock.now() + ERROR_BACKOFF_MS
            _log.exception("work_item_failed", loop=self.name, item=key)

    def _on_task_done(self, key: str, _task: asyncio.Task[None]) -> None:
        """Free a slot.

        A callback, because a task that is cancelled before its first step runs no code.
        """
        del self._in_progress[key]
        if not self._gather_ms or (self._has_more and len(self._in_progress) <= self._concurrency // 2):
            self.wake_up.set()

    async def _wait_until_idle(self) -> None:
        while self._in_progress:
            await asyncio.wait(list(self._in_progress.values()))
