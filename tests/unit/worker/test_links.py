"""A fresh link to a finished movie."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.domain.job import Job, JobState
from bot.domain.upstream import MovieState, Status
from bot.errors import ConnectFailed, InvalidResponse, RequestNotFound, SamsarError
from tests.helpers.engine_harness import EngineHarness
from tests.helpers.fakes import COMPLETED, PENDING, URL

FRESH = f"{URL}?signature=2"


async def finished(bench: EngineHarness) -> Job:
    """A movie that is done."""
    job = await bench.render()
    bench.api.statuses["request-1"] = [COMPLETED]
    await bench.advance_and_run(60)
    done = await bench.job(job)
    assert done.state is JobState.COMPLETED
    bench.api.looked.clear()
    return done


async def test_a_fresh_link_is_asked_for_and_kept(bench: EngineHarness) -> None:
    """The next who asks, and the next process, have it."""
    job = await finished(bench)
    bench.api.statuses["request-1"] = [Status(MovieState.COMPLETED, url=FRESH)]
    fresh = await bench.engine.links.refresh(job)
    assert fresh is not None
    assert fresh.movie_url == (await bench.job(job)).movie_url == FRESH
    assert bench.member().used == 100


async def test_one_that_was_just_asked_for_is_not_asked_for_again(bench: EngineHarness) -> None:
    """Half a minute; then it is."""
    job = await finished(bench)
    for _ in range(5):
        assert await bench.engine.links.refresh(job) is not None
    assert len(bench.api.looked) == 1
    await bench.clock.advance(30)
    await bench.engine.links.refresh(job)
    assert len(bench.api.looked) == 2


async def test_a_link_that_was_just_asked_for_is_the_fresh_one_for_everybody(bench: EngineHarness) -> None:
    """Whoever asks with the job as it was before gets the new link, not the one that it had."""
    job = await finished(bench)
    bench.api.statuses["request-1"] = [Status(MovieState.COMPLETED, url=FRESH)]
    for _ in range(2):
        fresh = await bench.engine.links.refresh(job)
        assert fresh is not None
        assert fresh.movie_url == FRESH
    assert len(bench.api.looked) == 1


async def test_only_the_last_thousand_links_are_remembered(bench: EngineHarness) -> None:
    """A process that runs for months keeps no more in memory; an older one is asked for again."""
    job = await finished(bench)
    assert await bench.engine.links.refresh(job) is not None
    others = [replace(job, id=f"{number:013}", interaction_id=number) for number in range(1000)]
    await asyncio.gather(*(bench.engine.links.refresh(other) for other in others))
    asked = len(bench.api.looked)
    await bench.engine.links.refresh(others[0])
    assert len(bench.api.looked) == asked
    assert await bench.engine.links.refresh(job) is not None
    assert len(bench.api.looked) == asked + 1


@pytest.mark.parametrize("error", [RequestNotFound("gone"), ConnectFailed("no route"), InvalidResponse("html")])
async def test_an_api_that_gives_none_changes_nothing(bench: EngineHarness, error: SamsarError) -> None:
    """The last link stays, and the next press asks again."""
    job = await finished(bench)
    bench.api.statuses["request-1"] = [error, COMPLETED]
    assert await bench.engine.links.refresh(job) is None
    assert (await bench.job(job)).movie_url == URL
    assert await bench.engine.links.refresh(job) is not None


@pytest.mark.parametrize("status", [PENDING, Status(MovieState.COMPLETED), Status(MovieState.FAILED, url=FRESH)])
async def test_an_answer_without_a_movie_changes_nothing(bench: EngineHarness, status: Status) -> None:
    """A movie that was made stays made, and paid for once."""
    job = await finished(bench)
    bench.api.statuses["request-1"] = [status]
    assert await bench.engine.links.refresh(job) is None
    found = await bench.job(job)
    assert (found.state, found.movie_url) == (JobState.COMPLETED, URL)
    assert bench.member().used == 100


async def test_a_movie_that_is_not_done_has_no_link(bench: EngineHarness) -> None:
    """Nothing is asked."""
    job = await bench.render()
    assert await bench.engine.links.refresh(job) is None
    assert bench.api.looked == []
