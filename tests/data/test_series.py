"""A movie's series, in the story's order, as a reader sees it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.delivery import Venue
from bot.domain.job import Job, JobState
from bot.domain.quota import AuditContext
from data import removals, series
from tests.helpers.store_harness import ALICE, BOB, CAROL, DAY, GUILD, NOW, StoreHarness, a_job


async def made(
    store: StoreHarness, number: int, member: int, continues: int | None, venue: Venue = Venue.CHANNEL
) -> Job:
    job = a_job(number, member, cost=1)
    continued = None if continues is None else a_job(continues).id
    return await store.posted(replace(job, request=replace(job.request, continues=continued)), venue)


async def seen(store: StoreHarness, job: Job, reader: int) -> list[int]:
    """The numbers of the movies of a series: a reader's own, and those that were shown in a channel."""
    items = await store.database.read(series.of, job, reader)
    return [int(item.job.id) for item in items if item.is_own(reader) or not item.is_private]


async def test_a_series_is_read_in_the_order_of_the_story(store: StoreHarness) -> None:
    """Others' direct messages are told from what was shown in a channel, and removed movies are left out."""
    first = await made(store, 1, ALICE, None)
    third = await made(store, 2, BOB, 3)  # ordered before the other, which is earlier in the story
    second = await made(store, 3, ALICE, 1)
    await made(store, 4, BOB, 1, Venue.DIRECT)
    for job in (first, second, third):
        assert await seen(store, job, CAROL) == [1, 3, 2]
    assert await seen(store, first, BOB) == [1, 3, 4, 2]
    await store.database.write(removals.remove, second.id, AuditContext(ALICE, GUILD), NOW + DAY)
    assert await seen(store, first, CAROL) == await seen(store, first, ALICE) == [1, 2]


async def test_neither_a_movie_that_failed_nor_one_without_words_is_in_a_series(store: StoreHarness) -> None:
    first = await made(store, 1, ALICE, None)
    failed = replace(a_job(2, cost=1), request=replace(a_job(2).request, continues=first.id))
    await store.in_state(failed, JobState.FAILED)
    await made(store, 3, ALICE, 2)
    old = await made(store, 4, ALICE, 1)
    assert await seen(store, first, ALICE) == [1, 4, 3]
    await store.database.write(lambda tx: tx.execute("UPDATE jobs SET prompt = '' WHERE id = :id", {"id": old.id}))
    assert await seen(store, first, ALICE) == [1, 3]
