"""A callback comes once, so the poll that it causes is repeated soon where it did not show the end."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.job import Job, JobState
from bot.domain.pace import Pace
from bot.domain.upstream import Stage, StageState, Status, UpstreamState
from bot.errors import Broken, Busy, UnknownRequest, Unreachable
from tests.support.bench import RULES, Bench, open_bench
from tests.support.books import Totals
from tests.support.doubles import COMPLETED, PENDING, nothing

REQUEST = "request-1"
WITHIN_SECONDS = 12
DRAWING = Status(UpstreamState.PENDING, (Stage("a", StageState.COMPLETED), Stage("b", StageState.PENDING)))


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncGenerator[Bench]:
    """An engine whose API calls back."""
    async with open_bench(tmp_path, replace(RULES, pace=Pace(5, 120, called_back=True))) as opened:
        yield opened


async def call_back(bench: Bench, job: Job, request_id: str | None = None) -> None:
    """Have the API call back for this job."""
    await bench.database.run(
        lambda tx: tx.execute("UPDATE jobs SET callback_hash = 'digest' WHERE id = :id", {"id": job.id})
    )
    await bench.engine.called_back("digest", request_id)


async def ended_within(bench: Bench, job: Job, seconds: int) -> bool:
    """Whether a job ends within so many seconds."""
    for _ in range(seconds):
        if (await bench.job(job)).state.ended:
            return True
        await bench.turn_after(1)
    return (await bench.job(job)).state.ended


@pytest.mark.parametrize(
    "hiccup",
    [
        [Busy("slow down", status=429, retry_after=1.0)],
        [Broken("no upstream", status=503)] * 3,
        [Unreachable("no route")],
        [UnknownRequest("not found", status=404)],
        [PENDING],
        [Status(UpstreamState.COMPLETED)],
    ],
    ids=["429", "503 thrice", "unreachable", "404", "a moment early", "no link yet"],
)
async def test_a_hiccup_on_the_poll_after_a_callback_costs_seconds(
    bench: Bench, hiccup: list[Exception | Status]
) -> None:
    """The movie is brought soon after, not at the next poll of a movie that will be called back for."""
    job = await bench.render()
    await bench.turn_after(300)
    bench.api.statuses[REQUEST] = [*hiccup, COMPLETED]
    await call_back(bench, job)
    await bench.engine.turn()
    assert (await bench.job(job)).state is JobState.RENDERING
    assert await ended_within(bench, job, WITHIN_SECONDS)
    assert bench.member() == Totals(used=100, held=0)


async def test_what_the_api_asks_to_wait_is_waited_for(bench: Bench) -> None:
    """Retry-After counts for more than the hurry."""
    job = await bench.render()
    await bench.turn_after(300)
    bench.api.statuses[REQUEST] = [Busy("slow down", status=429, retry_after=90.0), COMPLETED]
    await call_back(bench, job)
    await bench.engine.turn()
    assert not await ended_within(bench, job, 89)
    assert await ended_within(bench, job, 2)


async def test_that_a_callback_came_outlives_the_process(bench: Bench) -> None:
    """The next process polls soon, too."""
    job = await bench.render()
    await bench.turn_after(300)
    bench.api.statuses[REQUEST] = [Broken("no upstream", status=503)]
    await call_back(bench, job)
    await bench.engine.turn()
    bench.engine = bench.new_engine()
    await bench.engine.recover()
    bench.api.statuses[REQUEST] = [COMPLETED]
    assert await ended_within(bench, job, WITHIN_SECONDS)


async def test_an_api_that_calls_too_early_is_not_polled_for_ever_every_few_seconds(bench: Bench) -> None:
    """The pauses grow to those of an API that does not call back."""
    job = await bench.render()
    await bench.turn_after(300)
    before = len(bench.api.looked)
    await call_back(bench, job)
    await bench.engine.turn()
    assert not await ended_within(bench, job, 900)
    assert len(bench.api.looked) - before <= 50


async def test_a_callback_that_overtakes_the_answer_without_an_id_has_the_job_polled_at_once(bench: Bench) -> None:
    """Its body may be unread or broken: that it came is what counts."""

    async def call(_: object) -> None:
        await call_back(bench, job)

    job = await bench.queue()
    bench.api.while_creating = call
    bench.api.statuses[REQUEST] = [COMPLETED]
    await bench.engine.turn()
    assert (await bench.job(job)).state is JobState.COMPLETED


async def lost(bench: Bench) -> Job:
    """A job whose answer was lost."""
    bench.api.creations = [Broken("cut", status=502)]
    job = await bench.render()
    assert job.state is JobState.UNKNOWN
    return job


@pytest.mark.parametrize("status", [COMPLETED, Status(UpstreamState.FAILED, message="content policy")])
async def test_the_poll_that_confirms_a_candidate_ends_the_job(bench: Bench, status: Status) -> None:
    """Its answer is used: no second request, no wait."""
    job = await lost(bench)
    bench.api.statuses["found"] = [status]
    await call_back(bench, job, "found")
    await bench.engine.turn()
    assert (await bench.job(job)).state.ended
    assert bench.api.looked == ["found"]


async def test_the_poll_that_confirms_a_candidate_shows_how_far_it_is(bench: Bench) -> None:
    """The card says so at once, in one edit."""
    job = await lost(bench)
    bench.api.statuses["found"] = [DRAWING]
    bench.screen.shown.clear()
    await call_back(bench, job, "found")
    await bench.engine.turn()
    found = await bench.job(job)
    assert (found.state, found.progress.done) == (JobState.RENDERING, 1)
    assert [each.progress.done for each in bench.screen.shown] == [1]
    assert bench.api.looked == ["found"]


async def test_a_confirmed_candidate_is_shown_though_no_stage_is_known(bench: Bench) -> None:
    """The member reads that the movie is made, and not that we check, for as long as nothing else changes."""
    job = await lost(bench)
    bench.api.statuses["found"] = [PENDING]
    bench.screen.shown.clear()
    await call_back(bench, job, "found")
    await bench.engine.turn()
    assert [(each.id, each.state) for each in bench.screen.shown] == [(job.id, JobState.RENDERING)]


async def test_a_candidate_that_the_api_cannot_confirm_now_is_polled_again_soon(bench: Bench) -> None:
    """As a job that renders is."""
    job = await lost(bench)
    bench.api.statuses["found"] = [
        Broken("no upstream", status=503),
        UnknownRequest("not found", status=404),
        Busy("slow down", status=429, retry_after=1.0),
        COMPLETED,
    ]
    await call_back(bench, job, "found")
    await bench.engine.turn()
    assert await ended_within(bench, job, WITHIN_SECONDS)


async def test_a_newer_candidate_that_comes_during_the_poll_is_polled_at_once(bench: Bench) -> None:
    """The older one's pause does not hold it up."""
    job = await lost(bench)

    async def call(_: object) -> None:
        await bench.clock.advance(0.5)
        bench.api.while_looking = nothing
        await call_back(bench, job, "found")

    bench.api.statuses = {"wrong": [UnknownRequest("not found", status=404)], "found": [COMPLETED]}
    bench.api.while_looking = call
    await call_back(bench, job, "wrong")
    await bench.engine.turn()
    assert (await bench.job(job)).state is JobState.COMPLETED
