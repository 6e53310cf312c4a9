"""What processes share: leases of due work, which end with a dead process, IDENTIFYs, and the lock of a file."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.jobs import Progress
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS, Shard
from data import callbacks, leases, outbox, renders, restore_review
from data.engine.instance_lock import FileInstanceLock
from data.leases import INTERVAL_MS, Lease
from tests.helpers.at_time import at_time
from tests.helpers.store_harness import HOUR, NOW, StoreHarness, a_job

URL = "https://movies.test/a.mp4"
SECOND = 1_000
END = NOW + 90 * SECOND
TYPES = tuple(NotificationType)


async def polls(store: StoreHarness, holder: str, now: int = NOW, limit: int = 10) -> list[int]:
    taken = await store.database.write(
        at_time(now, renders.take_due_polls), limit, (), Lease(holder, now + 90 * SECOND)
    )
    return [int(job.id) for job in taken]


async def notifications(
    store: StoreHarness, holder: str, now: int = NOW, limit: int = 10, *, per_channel: int | None = None
) -> list[int]:
    lease = Lease(holder, now + 90 * SECOND)
    taken = await store.database.write(at_time(now, outbox.take_due), limit, (), TYPES, lease, per_channel=per_channel)
    return [int(delivery.job_id) for delivery, _ in taken]


async def render(store: StoreHarness, *numbers: int, at: int = NOW) -> None:
    for number in numbers:
        await store.rendering(a_job(number, cost=10), at)


async def finish(store: StoreHarness, *numbers: int) -> None:
    for number in numbers:
        job = await store.rendering(a_job(number, cost=10))
        await store.database.write(renders.complete, job.id, URL)


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
    if progress is None:
        await store.database.write(renders.reschedule_poll, a_job(1).id, NOW + SECOND, NOW, NOW)
    else:
        await store.database.write(renders.record_poll, a_job(1).id, NOW + SECOND, 0, progress, NOW)
    assert await polls(store, "b", NOW + SECOND) == [1]


async def test_a_callback_during_a_poll_leaves_it_to_its_process(store: StoreHarness) -> None:
    await render(store, 1)
    await polls(store, "a")
    token_hash = await store.database.read(lambda tx: tx.fetch_value("SELECT callback_token_hash FROM jobs"))
    await store.database.write(at_time(NOW + SECOND, callbacks.record_callback), token_hash, None)
    await store.database.write(renders.reschedule_poll, a_job(1).id, NOW + HOUR, NOW, NOW)
    assert await polls(store, "b", NOW + SECOND) == []
    assert await polls(store, "a", NOW + SECOND) == [1]


async def test_a_channels_share_counts_the_notifications_of_other_processes(store: StoreHarness) -> None:
    """Discord's rate limit of a channel counts all processes."""
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
    """Slots that seem far ahead don't mean this clock was set back."""
    slots = [await reserve(store, 0, NOW) for _ in range(6)]
    behind = NOW - MAX_CLOCK_DIFFERENCE_MS
    assert await reserve(store, 0, behind) is None
    assert await reserve(store, 0, NOW + INTERVAL_MS) == NOW + len(slots) * INTERVAL_MS


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
    """Discord sends a process nothing until its gateway is connected. Asking changes nothing."""
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
