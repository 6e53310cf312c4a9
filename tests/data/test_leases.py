"""What processes share: leases of due work, IDENTIFYs, the lock of a file, heartbeats and rate limits."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.jobs import JobState, Progress
from bot.domain.message import Delivery
from bot.domain.process import HEARTBEAT_MS, LOST_AFTER_MS, MAX_CLOCK_DIFFERENCE_MS, ProcessInfo, Role, Shard
from bot.domain.refusal import Refused
from bot.services.request_limits import LimitFactory
from data import callbacks, leases, outbox, rate_limits, renders, restore_review
from data.database import Transaction
from data.engine.instance_lock import FileInstanceLock
from data.leases import INTERVAL_MS, Lease
from tests.helpers.at_time import at_time
from tests.helpers.clock import START
from tests.helpers.member_data import ADA, erase, traces
from tests.helpers.store_harness import DAY, HOUR, NOW, StoreHarness, a_job

SECOND = 1_000
END = NOW + 90 * SECOND
TYPES = tuple(NotificationType)


async def polls(store: StoreHarness, holder: str, now: int = NOW, limit: int = 10) -> list[int]:
    lease = Lease(holder, now + 90 * SECOND)
    return [int(job.id) for job in await store.database.write(at_time(now, renders.take_due_polls), limit, (), lease)]


async def notifications(store: StoreHarness, holder: str, now: int = NOW, limit: int = 10, **share: int) -> list[int]:
    lease = Lease(holder, now + 90 * SECOND)
    taken = await store.database.write(at_time(now, outbox.take_due), limit, (), TYPES, lease, **share)
    return [int(delivery.job.id) for delivery in taken]


async def render(store: StoreHarness, *numbers: int, at: int = NOW) -> None:
    for number in numbers:
        await store.rendering(a_job(number, cost=10), at)


async def finish(store: StoreHarness, *numbers: int) -> None:
    for number in numbers:
        await store.in_state(a_job(number, cost=10), JobState.COMPLETED)


async def test_processes_take_different_work_until_a_lease_ends(store: StoreHarness) -> None:
    """A process may take its own leased work again: after an error, it retries in less time than a lease lasts."""
    for number in (1, 2, 3):
        await render(store, number, at=NOW - 4 + number)
    await finish(store, 4, 5, 6)
    for take, (first, second, third) in ((polls, (1, 2, 3)), (notifications, (4, 5, 6))):
        assert await take(store, "a", limit=2) == [first, second]
        assert await take(store, "a", limit=2) == [first, second]
        assert await take(store, "b") == [third]
        assert await take(store, "c", END - 1) == []
        assert await take(store, "c", END) == [first, second, third]


@pytest.mark.parametrize("progress", [None, Progress(1, 2, "draft")])
async def test_a_recorded_poll_ends_its_lease(store: StoreHarness, progress: Progress | None) -> None:
    await render(store, 1)
    await polls(store, "a")
    job = await store.found(a_job(1).id)
    if progress is None:
        await store.database.write(renders.reschedule_poll, job, NOW + SECOND, pending_at=NOW)
    else:
        await store.database.write(renders.record_poll, job, NOW + SECOND, progress)
    assert await polls(store, "b", NOW + SECOND) == [1]


async def test_a_callback_during_a_poll_leaves_it_to_its_process(store: StoreHarness) -> None:
    await render(store, 1)
    await polls(store, "a")
    polled = await store.found(a_job(1).id)
    token_hash = await store.database.read(lambda tx: tx.fetch_value("SELECT callback_token_hash FROM jobs"))
    await store.database.write(at_time(NOW + SECOND, callbacks.record_callback), token_hash, None)
    await store.database.write(renders.reschedule_poll, polled, NOW + HOUR, pending_at=NOW)
    assert await polls(store, "b", NOW + SECOND) == []
    assert await polls(store, "a", NOW + SECOND) == [1]


async def test_a_channels_share_counts_the_notifications_of_other_processes(store: StoreHarness) -> None:
    await finish(store, 1, 2, 3, 4)
    assert await notifications(store, "a", limit=1, per_channel=2) == [1]
    assert await notifications(store, "b", per_channel=2) == [2]
    assert await notifications(store, "c", per_channel=2) == []


async def leased_notification(store: StoreHarness, holder: str) -> Delivery:
    await finish(store, 1)
    delivery = await store.pending_notification()
    await store.database.write(leases.release_all)  # reading it has leased it
    assert await notifications(store, holder) == [1]
    return delivery


async def test_only_the_owner_of_a_notifications_lease_reschedules_it_for_all(store: StoreHarness) -> None:
    delivery = await leased_notification(store, "a")
    await store.database.write(outbox.reschedule, delivery, NOW + SECOND, "a")
    assert await notifications(store, "b", NOW + SECOND) == [1]
    await store.database.write(outbox.reschedule, delivery, NOW + 2 * SECOND, "a")
    assert await notifications(store, "c", NOW + 2 * SECOND) == []


async def test_only_the_owner_of_a_lease_renews_it(store: StoreHarness) -> None:
    delivery = await leased_notification(store, "a")
    renewed = END + 60 * SECOND
    assert await store.database.write(outbox.renew, delivery, Lease("a", renewed))
    assert await notifications(store, "b", renewed - 1) == []
    assert await notifications(store, "b", renewed) == [1]
    assert not await store.database.write(outbox.renew, delivery, Lease("a", renewed + HOUR))
    await store.database.write(leases.release_all)
    assert not await store.database.write(outbox.renew, delivery, Lease("b", renewed + HOUR))
    assert await notifications(store, "c", renewed) == [1]


async def test_a_process_that_stops_ends_only_its_own_leases_and_one_that_starts_alone_all(store: StoreHarness) -> None:
    for number in (1, 2):
        await render(store, number, at=NOW - 4 + number)
    await finish(store, 3, 4)
    assert (await polls(store, "a", limit=1), await notifications(store, "a", limit=1)) == ([1], [3])
    assert (await polls(store, "b"), await notifications(store, "b")) == ([2], [4])
    await store.database.write(leases.release, "a")
    assert (await polls(store, "c"), await notifications(store, "c")) == ([1], [3])
    await store.database.write(leases.release_all)
    assert (await polls(store, "d"), await notifications(store, "d")) == ([1, 2], [3, 4])


async def test_a_lease_from_before_the_clock_was_set_back_ends(store: StoreHarness) -> None:
    """One within the longest stays: its holder may be at work with a clock slightly ahead."""
    await render(store, 1, at=NOW - HOUR)
    await finish(store, 2)
    await store.database.write(at_time(NOW - HOUR, restore_review.make_due), NOW - HOUR)
    await polls(store, "a"), await notifications(store, "a")
    assert await store.database.write(at_time(NOW - HOUR, leases.end_longer), END) == 0
    assert (await polls(store, "b"), await notifications(store, "b")) == ([], [])
    assert await store.database.write(at_time(NOW - HOUR, leases.end_longer), END - 1) == 2
    assert (await polls(store, "b", NOW - HOUR), await notifications(store, "b", NOW - HOUR)) == ([1], [2])


LONGEST = 30_000


async def reserve(store: StoreHarness, bucket: int, now: int) -> int | None:
    return await store.database.write(at_time(now, leases.reserve), bucket, LONGEST)


async def test_slots_of_a_bucket_follow_each_other_also_after_a_kill_or_by_another_clock(store: StoreHarness) -> None:
    begins = await asyncio.gather(*(reserve(store, 0, NOW) for _ in range(10)))
    assert sorted(begin for begin in begins if begin is not None) == [NOW + n * INTERVAL_MS for n in range(6)]
    assert begins.count(None) == 4
    assert [await reserve(store, bucket, NOW) for bucket in (1, 15)] == [NOW] * 2
    await reserve(store, 2, NOW)
    assert await reserve(store, 2, NOW + 1000) == NOW + INTERVAL_MS
    assert await reserve(store, 2, NOW + 60_000) == NOW + 60_000
    await reserve(store, 3, NOW)
    assert await reserve(store, 3, NOW - 3_600_000) == NOW - 3_600_000
    slots = [await reserve(store, 4, NOW) for _ in range(6)]
    behind = NOW - MAX_CLOCK_DIFFERENCE_MS
    assert await reserve(store, 4, behind) is None
    assert await reserve(store, 4, NOW + INTERVAL_MS) == NOW + len(slots) * INTERVAL_MS


SHARD = Shard(0, 1)
READY, NOTHING = frozenset({SHARD}), frozenset[Shard]()


async def alone(instance_lock: FileInstanceLock) -> bool:
    async with instance_lock.register() as answer:
        return answer


async def test_the_first_is_alone_and_the_second_is_not(tmp_path: Path) -> None:
    file, link = tmp_path / "movies.db", tmp_path / "link.db"
    link.symlink_to(file)
    with FileInstanceLock(file) as first, FileInstanceLock(link) as second:
        assert await alone(first)
        assert not await alone(second)
        assert not await alone(first), "it is at work already"
    with FileInstanceLock(file) as third:
        assert await alone(third)


async def test_no_process_starts_while_the_only_one_recovers(tmp_path: Path) -> None:
    file = tmp_path / "movies.db"
    with FileInstanceLock(file) as first, FileInstanceLock(file) as second:
        async with first.register():
            starting = asyncio.create_task(alone(second))
            done, _ = await asyncio.wait((starting,), timeout=0.05)
            assert not done
        assert await starting is False


async def test_another_process_is_known_to_be_ready_only_while_it_says_so(tmp_path: Path) -> None:
    file = tmp_path / "movies.db"
    with FileInstanceLock(file) as one, FileInstanceLock(file) as other, FileInstanceLock(file) as third:
        assert not await one.another_ready(SHARD)
        for _ in range(2):
            await one.publish_ready(READY)
        assert [await each.another_ready(SHARD) for each in (one, other, third)] == [False, True, True]
        await other.publish_ready(READY)
        assert [await each.another_ready(SHARD) for each in (one, other, third)] == [True, True, True]
        await other.publish_ready(NOTHING)
        assert await third.another_ready(SHARD), "one is ready still"
        await one.publish_ready(NOTHING)
        assert [await each.another_ready(SHARD) for each in (one, other, third)] == [False] * 3


GATEWAY = ProcessInfo("a", Role.GATEWAY, "host-1", 11, "1.2.3", NOW, shards="0,1")
WORKER = ProcessInfo("b", Role.WORKER, "host-2", 12, "1.2.3", NOW + 1)


async def test_processes_are_listed_by_start_each_once_with_its_last_heartbeat(store: StoreHarness) -> None:
    beats = ((WORKER, NOW + 5), (replace(GATEWAY, shards=""), NOW + 6), (GATEWAY, NOW + 9))
    for process, now in beats:
        await store.database.write(at_time(now, leases.record_heartbeat), process)
    found = await store.database.read(leases.list_all)
    assert found == [replace(GATEWAY, seen_at=NOW + 9), replace(WORKER, seen_at=NOW + 5)]
    await store.database.write(leases.forget, GATEWAY.id)
    assert [each.id for each in await store.database.read(leases.list_all)] == [WORKER.id]
    await store.database.write(leases.record_heartbeat, GATEWAY)
    for now, listed in ((NOW + DAY, 2), (NOW + DAY + 1, 1)):
        await store.database.write(at_time(now, leases.record_heartbeat), WORKER)
        assert len(await store.database.read(leases.list_all)) == listed


async def test_processes_are_alive_and_counted_until_they_missed_some_heartbeats(store: StoreHarness) -> None:
    everything, dead = replace(WORKER, id="c", role=Role.ALL), replace(WORKER, id="d")
    for process, now in ((GATEWAY, NOW), (WORKER, NOW), (everything, NOW), (dead, NOW - LOST_AFTER_MS)):
        await store.database.write(at_time(now, leases.record_heartbeat), process)
    assert await store.database.read(leases.count_working) == 2
    process = replace(WORKER, seen_at=NOW)
    assert process.is_alive(NOW + 2 * HEARTBEAT_MS)
    assert process.is_alive(NOW + LOST_AFTER_MS - 1)
    assert not process.is_alive(NOW + LOST_AFTER_MS)
    assert not process.is_alive(NOW - LOST_AFTER_MS)


async def test_starts_are_counted_in_order_and_forgotten_for_each_gateway(store: StoreHarness) -> None:
    names = ["", *(f"{n} of 8" for n in range(8))]
    assert [await store.database.write(leases.record, name) for name in names] == [()] * 9
    await store.database.write(leases.forget_starts, "0 of 8")
    assert await store.database.write(at_time(NOW + 1, leases.record), "0 of 8") == ()
    assert await store.database.write(at_time(NOW + 1, leases.record), "3 of 8") == (NOW,)
    before = [await store.database.write(at_time(NOW + n, leases.record), "another") for n in range(3)]
    assert before == [(), (NOW,), (NOW, NOW + 1)]


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
    assert [await each.try_acquire(1) for each in (limit, shared, other)] == [
        *[Refused("refusals-too-fast", {"time": START + 21_000})] * 2,
        None,
    ]
    assert await limit.try_acquire(2) is None
    await clock.advance(20.7)
    assert await limit.try_acquire(1) is None
    assert await limit.try_acquire(1) == Refused("refusals-too-fast", {"time": START + 41_000})
    clock.set_back(3600)
    assert await limit.try_acquire(1) == Refused("refusals-too-fast", {"time": clock.now() + 20_000}), (
        "it locks no one out"
    )


@pytest.mark.parametrize(("per_minute", "burst"), [(1, 2), (3, 2), (7, 7), (9, 9), (11, 11), (60, 1), (100_000, 20)])
async def test_local_and_shared_limits_agree_on_moments(store: StoreHarness, per_minute: float, burst: int) -> None:
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
            assert clock.now() < local.data["time"]
            clock.turn_to(local.data["time"])
            assert [await limit.try_acquire(1) for limit in limits] == [None, None]
    assert refused


async def test_a_released_request_does_not_count_and_of_many_at_once_the_burst_does(store: StoreHarness) -> None:
    clock = store.clock
    for limits in (LimitFactory(clock, store.database), LimitFactory(clock)):
        limit = limits.limit("gift", 1, 2)
        for _ in range(3):
            assert await limit.try_acquire(1) is None
            await limit.release(1)
        await limit.release(1)
        assert [await limit.try_acquire(1) is None for _ in range(3)] == [True, True, False]
    limit = LimitFactory(store.clock, store.database).limit("order", 60, 7)
    assert (await asyncio.gather(*(limit.try_acquire(1) for _ in range(40)))).count(None) == 7


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
