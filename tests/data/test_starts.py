"""The starts of gateway processes, counted for each one."""

from __future__ import annotations

from data import starts
from tests.helpers.store_harness import NOW, StoreHarness


async def test_the_starts_before_this_one_are_returned_in_order(store: StoreHarness) -> None:
    before = [await store.database.write(starts.record, "", NOW + n) for n in range(3)]
    assert before == [(), (NOW,), (NOW, NOW + 1)]


async def test_many_gateways_that_start_at_once_are_no_crash_loop(store: StoreHarness) -> None:
    names = ["", *(f"{n} of 8" for n in range(8))]
    assert [await store.database.write(starts.record, name, NOW) for name in names] == [()] * 9
    assert await store.database.write(starts.record, "3 of 8", NOW + 1) == (NOW,)


async def test_forgotten_starts_are_those_of_one_gateway(store: StoreHarness) -> None:
    for name in ("0 of 2", "1 of 2"):
        await store.database.write(starts.record, name, NOW)
    await store.database.write(starts.forget, "0 of 2")
    assert await store.database.write(starts.record, "0 of 2", NOW + 1) == ()
    assert await store.database.write(starts.record, "1 of 2", NOW + 1) == (NOW,)
