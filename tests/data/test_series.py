"""The movies around one: its remixes, of which a popular one has many."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.jobs import JobState
from data import series
from tests.helpers.store_harness import ALICE, StoreHarness, a_job


async def test_a_movie_with_many_remixes_leads_to_its_origin_and_to_the_newest(store: StoreHarness) -> None:
    origin, popular = a_job(1), a_job(2)
    for number in range(1, series.LONGEST + 5):
        remixed = {1: None, 2: origin.id}.get(number, popular.id)
        job = a_job(number, cost=1)
        await store.in_state(replace(job, request=replace(job.request, remixes=remixed)), JobState.COMPLETED)
    found = await store.database.read(series.remixes, await store.found(popular.id), ALICE)
    newest = [a_job(series.LONGEST + 4 - number).id for number in range(series.LONGEST - 1)]
    assert [item.job.id for item in found] == [origin.id, *newest]
