"""The starts of gateway processes, counted for each one."""

from __future__ import annotations

from data import starts
from tests.helpers.store_harness import NOW, StoreHarness


async def test_the_starts_before_this_one_are_returned_in_order(store: StoreHarness) -> None:
    before = [await store.database.write(starts.record, "", NOW + n) for n in range(3)]
    assert before == [(), (NOW,), (NOW, NOW + 1)]


async def test_starts_are_counted_and_forgotten_for_each_gateway(store: StoreHarness) -> None:
    """Many that start at once are no crash loop."""
    names = ["", *(f"{n} of 8" for n in range(8))]
    assert [await store.database.write(starts.record, name, NOW) for name in names] == [()] * 9
    await store.database.write(starts.forget, "0 of 8")
    assert await store.database.write(starts.record, "0 of 8", NOW + 1) == ()
    assert await store.database.write(starts.record, "3 of 8", NOW + 1) == (NOW,)
