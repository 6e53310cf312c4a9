"""Limits of what members and servers ask for, and how often."""

import asyncio
import re
from pathlib import Path

from bot.domain.refusal import Refused
from bot.services.request_limits import MEMBERS, FairSlots, LimitFactory, OrderLimit
from tests.helpers.clock import ManualClock

ALICE, GUILD, ELSEWHERE = 1, 10, 11


async def test_a_member_over_the_rate_waits_in_every_server() -> None:
    clock = ManualClock()
    limit = OrderLimit(LimitFactory(clock), 2)
    answers = [await limit.try_acquire(guild, ALICE) for guild in (GUILD, ELSEWHERE, *[GUILD] * 100)]
    assert answers == [None, None, *[Refused("refusals-too-fast", {"time": clock.now() + 30_000})] * 100]
    members = range(100, 100 + 2 * MEMBERS - 1)
    answers = [await limit.try_acquire(GUILD, member) for member in members]
    assert answers == [None] * len(members), "who is over the rate does not count for their server"


async def test_the_members_of_a_server_over_its_rate_wait_together() -> None:
    clock = ManualClock()
    limit = OrderLimit(LimitFactory(clock), 2)
    members = range(100, 100 + 2 * MEMBERS + 1)
    answers = [await limit.try_acquire(GUILD, member) for member in members]
    assert answers == [None] * (2 * MEMBERS) + [Refused("refusals-too-fast", {"time": clock.now() + 30_000 // MEMBERS})]
    assert await limit.try_acquire(ELSEWHERE, ALICE) is None
    await clock.advance(30 / MEMBERS)
    assert await limit.try_acquire(GUILD, ALICE) is None


ROOT = Path(__file__).resolve().parents[3]


def test_each_rate_limit_has_buckets_of_its_own() -> None:
    """Processes share limits by name, and gifts must not use up orders."""
    sources = [path.read_text("utf-8") for folder in ("bot", "cogs") for path in (ROOT / folder).rglob("*.py")]
    names = [name for source in sources for name in re.findall(r'\.limit\("([a-z-]+)"', source)]
    assert len(names) >= 10
    assert len({*names}) == len(names), names


async def test_servers_take_turns() -> None:
    slots, running, began = FairSlots(2), set[str](), list[str]()
    go = {name: asyncio.Event() for name in ("a1", "a2", "a3", "b1", "c1")}

    async def work(name: str) -> None:
        async with slots.hold(ord(name[0])):
            began.append(name)
            running.add(name)
            await go[name].wait()
            running.discard(name)

    tasks = [asyncio.create_task(work(name)) for name in go]
    for ends, now in (("", {"a1", "b1"}), ("a1", {"b1", "c1"}), ("b1", {"a2", "c1"}), ("a2", {"a3", "c1"})):
        go.get(ends, asyncio.Event()).set()
        await _settle()
        assert running == now
    for each in go.values():
        each.set()
    await asyncio.gather(*tasks)
    assert sorted(began) == sorted(go)


async def test_work_that_is_cancelled_or_fails_releases_its_slot() -> None:
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
