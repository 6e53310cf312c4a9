"""Which processes use the database, by their heartbeats, and how often they start."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.process import HEARTBEAT_MS, LOST_AFTER_MS, ProcessInfo, Role
from data import leases
from tests.helpers.at_time import at_time
from tests.helpers.store_harness import DAY, NOW, StoreHarness

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


async def test_a_process_that_died_is_listed_for_a_day(store: StoreHarness) -> None:
    await store.database.write(leases.record_heartbeat, GATEWAY)
    for now, listed in ((NOW + DAY, 2), (NOW + DAY + 1, 1)):
        await store.database.write(at_time(now, leases.record_heartbeat), WORKER)
        assert len(await store.database.read(leases.list_all)) == listed


async def test_living_processes_that_run_the_poll_loops_are_counted(store: StoreHarness) -> None:
    everything, dead = replace(WORKER, id="c", role=Role.ALL), replace(WORKER, id="d")
    for process, now in ((GATEWAY, NOW), (WORKER, NOW), (everything, NOW), (dead, NOW - LOST_AFTER_MS)):
        await store.database.write(at_time(now, leases.record_heartbeat), process)
    assert await store.database.read(leases.count_working) == 2


def test_a_process_is_alive_until_it_missed_some_heartbeats() -> None:
    process = replace(WORKER, seen_at=NOW)
    assert process.is_alive(NOW + 2 * HEARTBEAT_MS)
    assert process.is_alive(NOW + LOST_AFTER_MS - 1)
    assert not process.is_alive(NOW + LOST_AFTER_MS)
    assert not process.is_alive(NOW - LOST_AFTER_MS)


async def test_the_starts_before_this_one_are_returned_in_order(store: StoreHarness) -> None:
    before = [await store.database.write(at_time(NOW + n, leases.record), "") for n in range(3)]
    assert before == [(), (NOW,), (NOW, NOW + 1)]


async def test_starts_are_counted_and_forgotten_for_each_gateway(store: StoreHarness) -> None:
    names = ["", *(f"{n} of 8" for n in range(8))]
    assert [await store.database.write(leases.record, name) for name in names] == [()] * 9
    await store.database.write(leases.forget_starts, "0 of 8")
    assert await store.database.write(at_time(NOW + 1, leases.record), "0 of 8") == ()
    assert await store.database.write(at_time(NOW + 1, leases.record), "3 of 8") == (NOW,)
