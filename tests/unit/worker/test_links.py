"""A fresh link to a finished movie."""

import asyncio
from dataclasses import replace

import pytest

from bot.core.errors import ConnectFailed, InvalidResponse, RequestNotFound, StorageError
from bot.domain.jobs import Job, JobState
from bot.domain.quota import AuditContext
from bot.domain.refusal import Refused
from bot.domain.upstream import MovieState, Status
from data import jobs, removals
from tests.helpers.fakes import COMPLETED, PENDING, URL, Held
from tests.helpers.worker_harness import ALICE, BOB, GUILD, WorkerHarness

FRESH = f"{URL}?signature=2"


async def finished(harness: WorkerHarness) -> Job:
    job = await harness.finish()
    harness.api.polled.clear()
    return job


async def test_a_fresh_link_is_asked_for_kept_and_asked_for_again_after_half_a_minute(harness: WorkerHarness) -> None:
    job = await finished(harness)
    harness.api.statuses["request-1"] = [Status(MovieState.COMPLETED, url=FRESH)]
    for _ in range(5):
        fresh = await harness.links.refresh(job)
        assert fresh.movie_url == (await harness.job(job)).movie_url == FRESH
    assert (harness.member().used, len(harness.api.polled)) == (100, 1)
    await harness.clock.advance(30)
    await harness.links.refresh(job)
    assert len(harness.api.polled) == 2
    harness.clock.set_back(3600)
    assert harness.links.is_expired(job), "a request in the future is not fresh"
    await harness.links.refresh(job)
    assert len(harness.api.polled) == 3


async def test_an_api_that_gives_none_changes_nothing(harness: WorkerHarness) -> None:
    job = await finished(harness)
    errors = [RequestNotFound("gone"), ConnectFailed("no route"), InvalidResponse("html")]
    for answer in (*errors, PENDING, Status(MovieState.COMPLETED), Status(MovieState.FAILED, url=FRESH)):
        harness.api.statuses["request-1"] = [answer]
        asked = len(harness.api.polled)
        for _ in range(5):
            assert await harness.links.refresh(job) is None
        assert len(harness.api.polled) == asked + 1
        found = await harness.job(job)
        assert (found.state, found.movie_url, harness.member().used) == (JobState.COMPLETED, URL, 100)
        await harness.clock.advance(30)
    harness.api.statuses["request-1"] = [COMPLETED]
    assert await harness.links.refresh(job) is not None


async def test_presses_at_the_same_time_share_one_request(harness: WorkerHarness) -> None:
    job = await finished(harness)
    harness.api.statuses["request-1"] = [Status(MovieState.COMPLETED, url=FRESH)]
    poll = harness.api.while_polling = Held()
    presses = [asyncio.create_task(harness.links.refresh(job)) for _ in range(50)]
    await poll.reached.wait()
    presses[0].cancel()
    poll.opened.set()
    first, *others = await asyncio.gather(*presses, return_exceptions=True)
    assert isinstance(first, asyncio.CancelledError)
    assert [isinstance(each, Job) and each.movie_url for each in others] == [FRESH] * 49
    assert len(harness.api.polled) == 1


async def test_a_link_that_could_not_be_saved_is_not_taken_for_a_fresh_one(harness: WorkerHarness) -> None:
    job = await finished(harness)
    with harness.fail_writes(jobs.set_movie_url), pytest.raises(StorageError):
        await harness.links.refresh(job)
    assert await harness.links.refresh(job) is None
    assert len(harness.api.polled) == 1


async def test_a_member_gets_ten_links_of_different_movies_in_a_minute(harness: WorkerHarness) -> None:
    job = await finished(harness)
    movies = [replace(job, id=f"{number:013}", interaction_id=number) for number in range(50)]
    links, now = harness.links, harness.clock.now()
    answers = [await links.refresh_for(ALICE, each) for each in movies]
    assert [each for each in answers if isinstance(each, Refused)] == [
        Refused("buttons-too-many-links", {"time": -(-(now + 6_000) // 1000) * 1000})
    ] * 40
    assert len(harness.api.polled) == 10
    assert not isinstance(await links.refresh_for(ALICE, movies[0]), Refused)  # its answer is kept
    assert not isinstance(await links.refresh_for(BOB, movies[10]), Refused)
    assert await links.refresh(job) is not None
    await harness.clock.advance(7)
    assert not isinstance(await links.refresh_for(ALICE, movies[11]), Refused)
    assert isinstance(await links.refresh_for(ALICE, movies[12]), Refused)


async def test_the_members_of_a_server_get_sixty_links_in_a_minute(harness: WorkerHarness) -> None:
    job = await finished(harness)
    movies = [replace(job, id=f"{number:013}", interaction_id=number) for number in range(70)]
    answers = [await harness.links.refresh_for(100 + number, each) for number, each in enumerate(movies)]
    assert [isinstance(each, Refused) for each in answers] == [False] * 60 + [True] * 10
    elsewhere = replace(movies[-1], guild_id=GUILD + 1)
    assert not isinstance(await harness.links.refresh_for(ALICE, elsewhere), Refused)
    await harness.clock.advance(60)
    harness.api.polled.clear()
    unfinished = await harness.queue()
    assert [await harness.links.refresh_for(ALICE, unfinished) for _ in range(11)] == [None] * 11
    assert harness.api.polled == []
    assert isinstance(await harness.links.refresh_for(ALICE, job), Job)


async def test_a_movie_that_was_deleted_since_its_link_was_asked_for_has_none(harness: WorkerHarness) -> None:
    job = await finished(harness)
    assert await harness.links.refresh(job) is not None
    await harness.database.write(removals.remove, job.id, AuditContext(ALICE, GUILD))
    assert await harness.links.refresh(job) is None
    assert await harness.links.refresh(await harness.job(job)) is None
