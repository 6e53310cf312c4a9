"""Rate limits in the database count over all processes."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from bot.services.request_limits import LimitFactory, TooSoon
from data import rate_limits
from data.database import Transaction
from tests.helpers.at_time import at_time
from tests.helpers.clock import START
from tests.helpers.member_data import ADA, erase, traces
from tests.helpers.store_harness import StoreHarness


def names(tx: Transaction) -> list[str]:
    """Return the buckets' limits; the rest of a key identifies no one."""
    return [row["key"].split(":")[0] for row in tx.fetch_all("SELECT key FROM rate_limits ORDER BY key")]


async def test_a_refused_request_says_when_the_next_is_allowed(store: StoreHarness) -> None:
    """A burst is allowed, then one request every 20 seconds. Processes share it, members and limits don't."""
    clock = store.clock
    clock.turn_to(START + 300)
    here, there = (LimitFactory(clock, store.database) for _ in range(2))
    limit, shared, other = here.limit("export", 3, 2), there.limit("export", 3, 2), here.limit("link", 3, 2)
    assert [await each.try_acquire(1) for each in (limit, shared)] == [None, None]
    assert [await each.try_acquire(1) for each in (limit, shared, other)] == [*[TooSoon(START + 21_000)] * 2, None]
    assert await limit.try_acquire(2) is None
    await clock.advance(20.7)
    assert await limit.try_acquire(1) is None
    assert await limit.try_acquire(1) == TooSoon(START + 41_000)
    clock.set_back(3600)
    assert await limit.try_acquire(1) == TooSoon(clock.now() + 20_000), "it locks no one out"


@pytest.mark.parametrize(("per_minute", "burst"), [(1, 2), (3, 2), (7, 7), (9, 9), (11, 11), (60, 1), (100_000, 20)])
async def test_local_and_shared_limits_allow_a_request_at_the_same_moment(
    store: StoreHarness, per_minute: float, burst: int
) -> None:
    clock, random, interval = store.clock, Random(per_minute), 60 / per_minute
    factories = LimitFactory(clock, store.database), LimitFactory(clock)
    limits = [each.limit("order", per_minute, burst) for each in factories]
    refused = 0
    for _ in range(8 * burst):
        shared, local = [await limit.try_acquire(1) for limit in limits]
        assert shared == local
        if local is None:
            await clock.advance(random.choice([0, 0, 0, interval / 3, interval]))
        else:
            refused += 1
            assert clock.now() < local.retry_at
            clock.turn_to(local.retry_at)
            assert [await limit.try_acquire(1) for limit in limits] == [None, None]
    assert refused


async def test_a_request_that_is_released_does_not_count(store: StoreHarness) -> None:
    clock = store.clock
    for limits in (LimitFactory(clock, store.database), LimitFactory(clock)):
        limit = limits.limit("gift", 1, 2)
        for _ in range(3):
            assert await limit.try_acquire(1) is None
            await limit.release(1)
        await limit.release(1)
        assert [await limit.try_acquire(1) is None for _ in range(3)] == [True, True, False]


async def test_of_many_at_once_as_many_as_the_burst_are_allowed(store: StoreHarness) -> None:
    limit = LimitFactory(store.clock, store.database).limit("order", 60, 7)
    counted = await asyncio.gather(*(limit.try_acquire(1) for _ in range(40)))
    assert counted.count(None) == 7


async def test_empty_buckets_are_forgotten_and_an_erasure_empties_none(store: StoreHarness) -> None:
    clock = store.clock
    limits = LimitFactory(clock, store.database)
    await limits.limit("fast", 60, 1).try_acquire(ADA)
    await limits.limit("slow", 1, 1).try_acquire(ADA)
    await store.database.write(at_time(clock.now() + 1000, rate_limits.forget_empty))
    assert await store.database.read(names) == ["slow"]
    assert await erase(store.database)
    assert await store.database.read(names) == ["slow"]
    assert traces(store.place, ADA) == set()
    assert await limits.limit("slow", 1, 1).try_acquire(ADA) is not None
