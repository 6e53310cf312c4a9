"""A clock that only a test advances."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from data.database import Database

START = int(datetime(2026, 11, 10, 12, tzinfo=UTC).timestamp() * 1000)
"""The start of a manual clock: the middle of a month, in UTC epoch milliseconds."""


@dataclass(eq=False)
class _Sleeper:
    event: asyncio.Event
    until: int | None
    reached: asyncio.Event


class ManualClock:
    def __init__(self, now: int = START) -> None:
        self._now = now
        self._sleepers: list[_Sleeper] = []
        self._more = asyncio.Event()

    def now(self) -> int:
        return self._now

    async def advance(self, seconds: float) -> None:
        self.turn_to(self._now + round(1000 * seconds))

    def turn_to(self, now: int) -> None:
        self._now = now
        for sleeper in self._sleepers:
            if sleeper.until is not None and sleeper.until <= self._now:
                sleeper.reached.set()

    def set_back(self, seconds: float) -> None:
        """Set the clock back, as an operator or NTP would. A task that already waits does so for as long as before."""
        by_ms = round(1000 * seconds)
        self._now -= by_ms
        for sleeper in self._sleepers:
            sleeper.until = None if sleeper.until is None else sleeper.until - by_ms

    async def asleep(self, count: int) -> None:
        """Return once this many tasks wait for the clock or an event."""
        while sum(not each.event.is_set() and not each.reached.is_set() for each in self._sleepers) < count:
            self._more.clear()
            await self._more.wait()

    async def asleep_within(self, task: asyncio.Task[Any]) -> None:
        """Return once a task waits for the clock. Raise what it raises before that, or that it ended."""
        sleeping = asyncio.ensure_future(self.asleep(1))
        done, _ = await asyncio.wait((task, sleeping), return_when=asyncio.FIRST_COMPLETED)
        if sleeping not in done:
            sleeping.cancel()
            raise AssertionError(f"ended without a wait: {task.result()!r}")

    async def wait(self, event: asyncio.Event, until: int | None) -> None:
        sleeper = _Sleeper(event, until, asyncio.Event())
        if until is not None and until <= self._now:
            return
        self._sleepers.append(sleeper)
        self._more.set()
        waiting = [asyncio.ensure_future(each.wait()) for each in (event, sleeper.reached)]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._sleepers.remove(sleeper)
            for each in waiting:
                each.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)


def clock_of(database: Database) -> ManualClock:
    """Return the clock that the test sets for a database's transactions."""
    if not isinstance(database.clock, ManualClock):
        database.clock = ManualClock()
    return database.clock


class WithClock:
    clock: ManualClock

    @property
    def now(self) -> int:
        return self.clock.now()

    @now.setter
    def now(self, now: int) -> None:
        self.clock.turn_to(now)
