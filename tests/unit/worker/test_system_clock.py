"""The system clock keeps the manual clock's promises."""

from __future__ import annotations

import asyncio
import time

from bot.clock import SystemClock


def test_it_tells_utc_in_milliseconds() -> None:
    before = time.time() * 1000
    now = SystemClock().now()
    assert before - 1 <= now <= time.time() * 1000 + 1


async def test_a_moment_that_has_passed_is_not_waited_for() -> None:
    clock = SystemClock()
    await asyncio.wait_for(clock.wait(asyncio.Event(), clock.now() - 3_600_000), 5)


async def test_an_event_ends_the_wait_before_its_moment() -> None:
    clock = SystemClock()
    event = asyncio.Event()
    for until in (clock.now() + 3_600_000, None):
        event.clear()
        waiting = asyncio.create_task(clock.wait(event, until))
        event.set()
        await asyncio.wait_for(waiting, 5)
