"""A pause of status polls holds for every process."""

from __future__ import annotations

from data import clock_change, poll_pauses, renders
from data.leases import Lease
from tests.helpers.store_harness import HOUR, NOW, StoreHarness, a_job


async def polls(store: StoreHarness, now: int, holder: str = "other") -> list[int]:
    """Lease due polls; return their job numbers."""
    taken = await store.database.write(renders.take_due_polls, now, 10, (), Lease(holder, now + 90_000))
    return [int(job.id) for job in taken]


async def test_no_process_polls_before_the_end_of_the_pause(store: StoreHarness) -> None:
    await store.rendering(a_job(1), NOW)
    assert await store.database.write(poll_pauses.pause, NOW, NOW + 5_000)
    assert await polls(store, NOW) == await polls(store, NOW + 4_999) == []
    assert await store.database.read(poll_pauses.paused_until, NOW + 4_999) == NOW + 5_000
    assert await store.database.read(poll_pauses.paused_until, NOW + 5_000) is None
    assert await polls(store, NOW + 5_000) == [1]


async def test_of_two_pauses_the_longer_one_counts(store: StoreHarness) -> None:
    """The order in which processes record pauses doesn't matter."""
    for until in (NOW + 5_000, NOW + 9_000, NOW + 7_000):
        assert await store.database.write(poll_pauses.pause, NOW, until) == (until == NOW + 5_000)
    assert await store.database.read(poll_pauses.paused_until, NOW) == NOW + 9_000


async def test_a_pause_from_before_the_clock_was_set_back_ends(store: StoreHarness) -> None:
    await store.rendering(a_job(1), NOW - 2 * HOUR)
    await store.database.write(poll_pauses.pause, NOW, NOW + HOUR)
    now = NOW - 2 * HOUR
    assert await polls(store, now) == []
    assert await store.database.write(clock_change.make_due, now, now + HOUR) == 1
    assert await polls(store, now) == [1]
