"""IDENTIFYs of a bucket, spaced across all processes."""

from __future__ import annotations

import asyncio

from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from data import identify_slots
from data.identify_slots import INTERVAL_MS
from tests.helpers.store_harness import NOW, StoreHarness

LONGEST = 30_000


async def reserve(store: StoreHarness, bucket: int, now: int) -> int | None:
    return await store.database.write(identify_slots.reserve, bucket, now, LONGEST)


async def test_slots_of_a_bucket_follow_each_other_and_other_buckets_do_not_wait(store: StoreHarness) -> None:
    begins = await asyncio.gather(*(reserve(store, 0, NOW) for _ in range(10)))
    expected = [NOW + n * INTERVAL_MS for n in range(6)]
    assert sorted(begin for begin in begins if begin is not None) == expected
    assert begins.count(None) == 4
    assert [await reserve(store, bucket, NOW) for bucket in (1, 15)] == [NOW] * 2


async def test_a_slot_is_taken_though_its_process_was_killed(store: StoreHarness) -> None:
    """Discord counts the IDENTIFY that the process sent."""
    await reserve(store, 0, NOW)
    assert await reserve(store, 0, NOW + 1000) == NOW + INTERVAL_MS
    assert await reserve(store, 0, NOW + 60_000) == NOW + 60_000


async def test_a_clock_that_is_set_back_keeps_no_shard_waiting(store: StoreHarness) -> None:
    await reserve(store, 0, NOW)
    assert await reserve(store, 0, NOW - 3_600_000) == NOW - 3_600_000


async def test_a_clock_behind_that_of_other_processes_takes_none_of_their_slots(store: StoreHarness) -> None:
    slots = [await reserve(store, 0, NOW) for _ in range(6)]
    behind = NOW - MAX_CLOCK_DIFFERENCE_MS
    assert await reserve(store, 0, behind) is None
    assert await reserve(store, 0, NOW + INTERVAL_MS) == NOW + len(slots) * INTERVAL_MS
