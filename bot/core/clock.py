"""The clock. It is passed in, so that tests control the time."""

from __future__ import annotations

import asyncio
import time
from typing import Final, Protocol


class Clock(Protocol):
    """A source of time, and a wait that follows it."""

    def now(self) -> int:
        """Return the current UTC epoch milliseconds."""
        ...

    async def wait(self, event: asyncio.Event, until: int | None) -> None:
        """Return when the event is set, or at `until`.

        `until` is UTC epoch milliseconds; None: never.
        """
        ...


class SystemClock(Clock):
    """The machine's clock."""

    def now(self) -> int:
        """Return the current UTC epoch milliseconds."""
        return time.time_ns() // 1_000_000

    async def wait(self, event: asyncio.Event, until: int | None) -> None:
        """Return when the event is set, or at `until`."""
        try:
            async with asyncio.timeout(None if until is None else max(0, until - self.now()) / 1000):
                await event.wait()
        except TimeoutError:
            return


SYSTEM_CLOCK: Final[Clock] = SystemClock()
