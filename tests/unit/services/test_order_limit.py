"""How many orders members and servers make in a minute."""

from __future__ import annotations

from bot.services.order_limit import MEMBERS, OrderLimit
from bot.services.request_limits import LimitFactory, TooSoon
from tests.helpers.clock import ManualClock

ALICE, GUILD, ELSEWHERE = 1, 10, 11


async def test_a_member_over_the_rate_waits_in_every_server() -> None:
    clock = ManualClock()
    limit = OrderLimit(LimitFactory(clock), 2)
    answers = [await limit.try_acquire(guild, ALICE) for guild in (GUILD, ELSEWHERE, GUILD, ELSEWHERE)]
    assert answers == [None, None, *[TooSoon(clock.now() + 30_000)] * 2]


async def test_the_members_of_a_server_over_its_rate_wait_together() -> None:
    """Members of other servers do not wait."""
    clock = ManualClock()
    limit = OrderLimit(LimitFactory(clock), 2)
    members = range(100, 100 + 2 * MEMBERS + 1)
    answers = [await limit.try_acquire(GUILD, member) for member in members]
    assert answers == [None] * (2 * MEMBERS) + [TooSoon(clock.now() + 30_000 // MEMBERS)]
    assert await limit.try_acquire(ELSEWHERE, ALICE) is None
    await clock.advance(30 / MEMBERS)
    assert await limit.try_acquire(GUILD, ALICE) is None


async def test_a_member_over_the_rate_does_not_count_for_their_server() -> None:
    limit = OrderLimit(LimitFactory(ManualClock()), 2)
    for _ in range(100):
        await limit.try_acquire(GUILD, ALICE)
    members = range(100, 100 + 2 * MEMBERS - 2)
    assert [await limit.try_acquire(GUILD, member) for member in members] == [None] * len(members)
