"""A callback comes once, so the poll that it causes is repeated soon where it did not show the end."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.job import Job, JobState
from bot.domain.polling import PollingSchedule
from bot.domain.upstream import MovieState, Stage, StageState, Status
from bot.errors import ConnectFailed, InvalidResponse, RateLimited, RequestNotFound
from tests.helpers.engine_harness import RULES, EngineHarness, open_bench
from tests.helpers.fakes import COMPLETED, PENDING, nothing
from tests.helpers.ledger_checks import BudgetTotals

REQUEST = "request-1"
WITHIN_SECONDS = 12
DRAWING = Status(MovieState.PENDING, (Stage("a", StageState.COMPLETED), Stage("b", StageState.PENDING)))


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncGenerator[EngineHarness]:
    """An engine whose API calls back."""
    async with open_bench(tmp_path, replace(RULES, pace=PollingSchedule(5, 120, callbacks_enabled=True))) as opened:
        yield opened


async def call_back(bench: EngineHarness, job: Job, request_id: str | None = None) -> None:
    """Have the API call back for this job."""
    await bench.database.write(
        lambda tx: tx.execute("UPDATE jobs SET callback_token_hash = 'digest' WHERE id = :id", {"id": job.id})
    )
    await bench.engine.on_callback("digest", request_id)


async def ended_within(bench: EngineHarness, job: Job, seconds: int) -> bool:
    """Whether a job ends within so many seconds."""
    for _ in range(seconds):
        if (await bench.job(job)).state.is_terminal:
            return True
        await bench.advance_and_run(1)
    return (await bench.job(job)).state.is_terminal


@pytest.mark.parametrize(
    "hiccup",
    [
        [RateLimited("slow down", status=429, retry_after=1.0)],
        [InvalidResponse("no upstream", status=503)] * 3,
        [ConnectFailed("no route")],
        [RequestNotFound("not found", status=404)],
        [PENDING],
        [Status(MovieState.COMPLETED)],
    ],
    ids=["429", "503 thrice", "unreachable", "404", "a moment early", "no link yet"],
)
async def test_a_hiccup_on_the_poll_after_a_callback_costs_seconds(
    bench: EngineHarness, hiccup: list[Exception | Status]
) -> None:
    """The movie is brought soon after, not at the next poll of a movie that will be called back for."""
    job = await bench.render()
    await bench.advance_and_run(300)
    bench.api.statuses[REQUEST] = [*hiccup, COMPLETED]
    await call_back(bench, job)
    await bench.engine.run_until_idle()
    assert (await bench.job(job)).state is JobState.RENDERING
    assert await ended_within(bench, job, WITHIN_SECONDS)
    assert bench.member() == BudgetTotals(used=100, held=0)


async def test_what_the_api_asks_to_wait_is_waited_for(bench: EngineHarness) -> None:
    """Retry-After counts for more than the hurry."""
    job = await bench.render()
    await bench.advance_and_run(300)
    bench.api.statuses[REQUEST] = [RateLimited("slow down", status=429, retry_after=90.0), COMPLETED]
    await call_back(bench, job)
    await bench.engine.run_until_idle()
    assert not await ended_within(bench, job, 89)
    assert await ended_within(bench, job, 2)


async def test_that_a_callback_came_outlives_the_process(bench: EngineHarness) -> None:
    """The next process polls soon, too."""
    job = await bench.render()
    await bench.advance_and_run(300)
    bench.api.statuses[REQUEST] = [InvalidResponse("no upstream", status=503)]
    await call_back(bench, job)
    await bench.engine.run_until_idle()
    bench.engine = bench.new_engine()
    await bench.engine.recover()
    bench.api.statuses[REQUEST] = [COMPLETED]
    assert await ended_within(bench, job, WITHIN_SECONDS)


async def test_an_api_that_calls_too_early_is_not_polled_for_ever_every_few_seconds(bench: EngineHarness) -> None:
    """The pauses grow to those of an API that does not call back."""
    job = await bench.render()
    await bench.advance_and_run(300)
    before = len(bench.api.looked)
    await call_back(bench, job)
    await bench.engine.run_until_idle()
    assert not await ended_within(bench, job, 900)
    assert len(bench.api.looked) - before <= 50


async def test_a_callback_that_overtakes_the_answer_without_an_id_has_the_job_polled_at_once(
    bench: EngineHarness,
) -> None:
    """Its body may be unread or broken: that it came is what counts."""

    async def call(_: object) -> None:
        await call_back(bench, job)

    job = await bench.queue()
    bench.api.while_creating = call
    bench.api.statuses[REQUEST] = [COMPLETED]
    await bench.engine.run_until_idle()
    assert (await bench.job(job)).state is JobState.COMPLETED


async def lost(bench: EngineHarness) -> Job:
    """A job whose answer was lost."""
    bench.api.creations = [InvalidResponse("cut", status=502)]
    job = await bench.render()
    assert job.state is JobState.UNKNOWN
    return job


@pytest.mark.parametrize("status", [COMPLETED, Status(MovieState.FAILED, message="content policy")])
async def test_the_poll_that_confirms_a_candidate_ends_the_job(bench: EngineHarness, status: Status) -> None:
    """Its answer is used: no second request, no wait."""
    job = await lost(bench)
    bench.api.statuses["found"] = [status]
    await call_back(bench, job, "found")
    await bench.engine.run_until_idle()
    assert (await bench.job(job)).state.is_terminal
    assert bench.api.looked == ["found"]


async def test_the_poll_that_confirms_a_candidate_shows_how_far_it_is(bench: EngineHarness) -> None:
    """The card says so at once, in one edit."""
    job = await lost(bench)
    bench.api.statuses["found"] = [DRAWING]
    bench.screen.shown.clear()
    await call_back(bench, job, "found")
    await bench.engine.run_until_idle()
    found = await bench.job(job)
    assert (found.state, found.progress.done) == (JobState.RENDERING, 1)
    assert [each.progress.done for each in bench.screen.shown] == [1]
    assert bench.api.looked == ["found"]


async def test_a_confirmed_candidate_is_shown_though_no_stage_is_known(bench: EngineHarness) -> None:
    """The member reads that the movie is made, and not that we check, for as long as nothing else changes."""
    job = await lost(bench)
    bench.api.statuses["found"] = [PENDING]
    bench.screen.shown.clear()
    await call_back(bench, job, "found")
    await bench.engine.run_until_idle()
    assert [(each.id, each.state) for each in bench.screen.shown] == [(job.id, JobState.RENDERING)]


async def test_a_candidate_that_the_api_cannot_confirm_now_is_polled_again_soon(bench: EngineHarness) -> None:
    """As a job that renders is."""
    job = await lost(bench)
    bench.api.statuses["found"] = [
        InvalidResponse("no upstream", status=503),
        RequestNotFound("not found", status=404),
        RateLimited("slow down", status=429, retry_after=1.0),
        COMPLETED,
    ]
    await call_back(bench, job, "found")
    await bench.engine.run_until_idle()
    assert await ended_within(bench, job, WITHIN_SECONDS)


async def test_a_newer_candidate_that_comes_during_the_poll_is_polled_at_once(bench: EngineHarness) -> None:
    """The older one's pause does not hold it up."""
    job = await lost(bench)

    async def call(_: object) -> None:
        await bench.clock.advance(0.5)
        bench.api.while_looking = nothing
        await call_back(bench, job, "found")

    bench.api.statuses = {"wrong": [RequestNotFound("not found", status=404)], "found": [COMPLETED]}
    bench.api.while_looking = call
    await call_back(bench, job, "wrong")
    await bench.engine.run_until_idle()
    assert (await bench.job(job)).state is JobState.COMPLETED
