"""The movies around one: its remixes, of which a popular one has many, and the tree of what is made of movies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.delivery import Venue
from bot.domain.jobs import Job, JobState
from bot.domain.operations import Operation
from bot.domain.quota import AuditContext
from data import removals, series
from tests.helpers.ledger_checks import execute
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, StoreHarness, a_job


async def test_a_movie_with_many_remixes_or_versions_leads_to_its_origin_and_to_the_newest(store: StoreHarness) -> None:
    origin, popular = a_job(1), a_job(2)
    for number in range(1, series.LONGEST + 5):
        remixed = {1: None, 2: origin.id}.get(number, popular.id)
        job = a_job(number, cost=1)
        job = await store.in_state(replace(job, request=replace(job.request, remixes=remixed)), JobState.COMPLETED)
        if number > 1:
            made_from(store, job, Operation.DUB, min(number - 1, 2))
    newest = [a_job(series.LONGEST + 4 - number).id for number in range(series.LONGEST)]
    for find, others in ((series.remixes, newest[:-1]), (series.versions, newest)):
        found = await store.database.read(find, await store.found(popular.id), ALICE)
        assert [item.job.id for item in found] == [origin.id, *others]


async def made(
    store: StoreHarness, number: int, operation: Operation, *sources: int, venue: Venue = Venue.CHANNEL
) -> Job:
    """Post a movie of Bob's that was made from others."""
    job = await store.posted(a_job(number, BOB, cost=1), venue)
    made_from(store, job, operation, *sources)
    return await store.found(job.id)


def made_from(store: StoreHarness, job: Job, operation: Operation, *sources: int) -> None:
    ids = " ".join(a_job(each).id for each in sources)
    execute(store.place, f"UPDATE jobs SET operation = '{operation}', source_ids = '{ids}' WHERE id = '{job.id}'")


async def tree(store: StoreHarness, job: Job, reader: int) -> list[int]:
    """The numbers of the movies in a movie's tree: a reader's own, and those that were shown in a channel."""
    items = await store.database.read(series.versions, job, reader)
    return [int(item.job.id) for item in items if item.is_own(reader) or not item.is_private]


async def test_a_movie_leads_to_what_it_was_made_from_and_to_its_versions_and_films(store: StoreHarness) -> None:
    first, second = [await store.posted(a_job(number, ALICE, cost=1)) for number in (1, 2)]
    dub = await made(store, 3, Operation.DUB, 1)
    film = await made(store, 4, Operation.FILM, 3, 1, 2)
    scene = await made(store, 5, Operation.SCENE, 3, venue=Venue.DIRECT)
    subtitles = await made(store, 6, Operation.SUBTITLES, 4)
    assert await tree(store, first, CAROL) == [4, 3]
    assert await tree(store, second, CAROL) == [4]
    assert await tree(store, film, CAROL) == [3, 1, 2, 6]
    assert await tree(store, dub, CAROL) == [1, 4]
    assert await tree(store, dub, BOB) == [1, 5, 4]
    assert await tree(store, scene, BOB) == [3]
    assert await tree(store, subtitles, CAROL) == [4]


@pytest.mark.parametrize("how", ["removed", "erased", "unfinished"])
async def test_what_was_removed_or_erased_or_is_unfinished_is_in_no_tree(store: StoreHarness, how: str) -> None:
    first, second = [await store.posted(a_job(number, ALICE, cost=1)) for number in (1, 2)]
    dub, film = await made(store, 3, Operation.DUB, 1), await made(store, 4, Operation.FILM, 1, 2)

    async def lose(job: Job) -> None:
        if how == "removed":
            await store.database.write(removals.remove, job.id, AuditContext(job.member_id, GUILD))
        else:
            changed = {"erased": "prompt = ''", "unfinished": "state = 'rendering'"}[how]
            execute(store.place, f"UPDATE jobs SET {changed} WHERE id = '{job.id}'")

    await lose(first)
    assert [await tree(store, each, BOB) for each in (dub, film)] == [[], [2]]
    assert [await tree(store, each, ALICE) for each in (first, second)] == [[4, 3], [4]]
    for each in (dub, film):
        await lose(each)
    assert [await tree(store, each, BOB) for each in (first, second)] == [[], []]


async def test_a_film_of_another_server_is_in_no_tree_here(store: StoreHarness) -> None:
    movie, film = await store.posted(a_job(1, cost=1)), await made(store, 2, Operation.FILM, 1)
    elsewhere = await made(store, 3, Operation.FILM, 4, 1)
    execute(store.place, f"UPDATE jobs SET guild_id = {GUILD + 1} WHERE id = '{elsewhere.id}'")
    assert await tree(store, movie, BOB) == [int(film.id)]
