"""Expensive work is limited, and shared between servers."""

from __future__ import annotations

import asyncio

from bot.services.fair_slots import FairSlots


async def test_servers_take_turns() -> None:
    """A busy server has one slot, and other servers go first."""
    slots, running, began = FairSlots(2), set[str](), list[str]()
    go = {name: asyncio.Event() for name in ("a1", "a2", "a3", "b1", "c1")}

    async def work(name: str) -> None:
        async with slots.hold(ord(name[0])):
            began.append(name)
            running.add(name)
            await go[name].wait()
            running.discard(name)

    tasks = [asyncio.create_task(work(name)) for name in go]
    for ends, now in (
        (None, {"a1", "b1"}),
        ("a1", {"b1", "c1"}),
        ("b1", {"a2", "c1"}),
        ("a2", {"a3", "c1"}),
    ):
        if ends is not None:
            go[ends].set()
        await _settle()
        assert running == now
    for each in go.values():
        each.set()
    await asyncio.gather(*tasks)
    assert sorted(began) == sorted(go)


async def test_work_that_is_cancelled_or_fails_releases_its_slot() -> None:
    """Work that still waits for a slot can be canceled, too."""
    slots = FairSlots(1)

    async def work(server: int) -> None:
        async with slots.hold(server):
            await asyncio.Event().wait()

    tasks = [asyncio.create_task(work(server)) for server in (1, 1, 2)]
    await _settle()
    for task in reversed(tasks):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(5), slots.hold(1):
        pass


async def _settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)
