"""A callback comes once. The poll that it causes is soon repeated until the movie has ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.job import Job, JobState
from bot.domain.polling import PollingSchedule
from bot.domain.upstream import MovieState, Stage, StageState, Status
from bot.errors import InvalidRequest, InvalidResponse, RateLimited, RequestNotFound, SamsarError
from bot.worker.status_poller import NOT_FOUND_THRESHOLD
from tests.helpers.fakes import COMPLETED, PENDING
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.worker_harness import WORKER_CONFIG, WorkerHarness, open_worker_harness

REQUEST = "request-1"
WITHIN_SECONDS = 12
DRAWING = Status(MovieState.PENDING, (Stage("a", StageState.COMPLETED), Stage("b", StageState.PENDING)))
SLOWLY = PollingSchedule(3000, 3600)
"""Polling so slow that only a callback makes a job due soon."""


@pytest.fixture
async def harness(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncGenerator[WorkerHarness]:
    schedule = getattr(request, "param", PollingSchedule(5, 120, callbacks_enabled=True))
    async with open_worker_harness(tmp_path, replace(WORKER_CONFIG, schedule=schedule)) as opened:
        yield opened


async def call_back(harness: WorkerHarness, job: Job, request_id: str | None = None) -> None:
    await harness.database.write(
        lambda tx: tx.execute("UPDATE jobs SET callback_token_hash = 'digest' WHERE id = :id", {"id": job.id})
    )
    await harness.callbacks.record("digest", request_id)


async def ended_within(harness: WorkerHarness, job: Job, seconds: int) -> bool:
    end = harness.clock.now() + 1000 * seconds
    while harness.clock.now() < end:
        current = await harness.job(job)
        if current.state.is_terminal:
            return True
        due_at = end if current.next_run_at is None else max(harness.clock.now() + 1, current.next_run_at)
        await harness.advance_and_run((min(end, due_at) - harness.clock.now()) / 1000)
    return (await harness.job(job)).state.is_terminal


@pytest.mark.parametrize(
    "hiccup",
    [
        [RateLimited("slow down", status=429, retry_after=1.0)],
        [InvalidResponse("no upstream", status=503)] * 3,
        [RequestNotFound("not found", status=404)],
        [PENDING],
        [Status(MovieState.COMPLETED)],
    ],
    ids=["429", "503 thrice", "404", "a moment early", "no link yet"],
)
async def test_a_hiccup_on_the_poll_after_a_callback_costs_seconds(
    harness: WorkerHarness, hiccup: list[Exception | Status]
) -> None:
    job = await harness.render()
    await harness.advance_and_run(300)
    harness.api.statuses[REQUEST] = [*hiccup, COMPLETED]
    await call_back(harness, job)
    await harness.worker.run_until_idle()
    assert (await harness.job(job)).state is JobState.RENDERING
    await harness.restart()
    assert await ended_within(harness, job, WITHIN_SECONDS)
    assert harness.member() == BudgetTotals(used=100, held=0)


@pytest.mark.parametrize("is_lost", [False, True])
async def test_what_the_api_asks_to_wait_is_waited_for(harness: WorkerHarness, *, is_lost: bool) -> None:
    """Retry-After counts for more than a quick retry, also of an id that is not confirmed yet."""
    job = await (lost(harness) if is_lost else harness.render())
    request_id = "found" if is_lost else REQUEST
    await harness.advance_and_run(300)
    harness.api.statuses[request_id] = [RateLimited("slow down", status=429, retry_after=90.0), COMPLETED]
    await call_back(harness, job, "found" if is_lost else None)
    await harness.worker.run_until_idle()
    assert not await ended_within(harness, job, 89)
    assert await ended_within(harness, job, 2)


async def test_an_api_that_calls_too_early_is_not_polled_for_ever_every_few_seconds(harness: WorkerHarness) -> None:
    job = await harness.render()
    await harness.advance_and_run(300)
    before = len(harness.api.polled)
    await call_back(harness, job)
    await harness.worker.run_until_idle()
    assert not await ended_within(harness, job, 900)
    assert len(harness.api.polled) - before <= 50


async def test_a_callback_that_overtakes_the_answer_without_an_id_has_the_job_polled_at_once(
    harness: WorkerHarness,
) -> None:
    """The callback counts even if its body is unread or broken."""

    async def call(_: object) -> None:
        await call_back(harness, job)

    job = await harness.queue()
    harness.api.while_creating = call
    harness.api.statuses[REQUEST] = [COMPLETED]
    await harness.worker.run_until_idle()
    assert (await harness.job(job)).state is JobState.COMPLETED


async def lost(harness: WorkerHarness) -> Job:
    harness.api.creations = [InvalidResponse("cut", status=502)]
    job = await harness.render()
    assert job.state is JobState.UNKNOWN
    return job


@pytest.mark.parametrize(
    ("status", "state", "done"),
    [
        (COMPLETED, JobState.COMPLETED, 0),
        (Status(MovieState.FAILED, message="content policy"), JobState.FAILED, 0),
        (DRAWING, JobState.RENDERING, 1),
        (PENDING, JobState.RENDERING, 0),
    ],
)
async def test_the_poll_that_confirms_an_unverified_id_ends_the_job_or_shows_how_far_it_is(
    harness: WorkerHarness, status: Status, state: JobState, done: int
) -> None:
    job = await lost(harness)
    harness.api.statuses["found"] = [status]
    harness.publisher.shown.clear()
    await call_back(harness, job, "found")
    await harness.worker.run_until_idle()
    found = await harness.job(job)
    assert (found.state, found.progress.done, harness.api.polled) == (state, done, ["found"])
    if state is JobState.RENDERING:
        assert [(each.state, each.progress.done) for each in harness.publisher.shown] == [(state, done)]


async def test_an_unverified_id_that_the_api_cannot_confirm_now_is_polled_again_soon(harness: WorkerHarness) -> None:
    job = await lost(harness)
    harness.api.statuses["found"] = [
        InvalidResponse("no upstream", status=503),
        RequestNotFound("not found", status=404),
        RateLimited("slow down", status=429, retry_after=1.0),
        COMPLETED,
    ]
    await call_back(harness, job, "found")
    await harness.worker.run_until_idle()
    assert await ended_within(harness, job, WITHIN_SECONDS)


@pytest.mark.parametrize(
    "error", [RequestNotFound("not found", status=404), InvalidRequest("Invalid request_id", status=400)]
)
async def test_an_unverified_id_that_the_api_never_knows_is_dropped(harness: WorkerHarness, error: SamsarError) -> None:
    """Other errors of its polls say nothing about it."""
    job = await lost(harness)
    harness.api.statuses["wrong"] = [*[error] * 10, InvalidResponse("no upstream", status=503), error]
    await call_back(harness, job, "wrong")
    for _ in range(NOT_FOUND_THRESHOLD + 1):
        assert (await harness.job(job)).unverified_request_id == "wrong"
        await harness.advance_and_run(300)
    await harness.advance_and_run(3600)
    left = await harness.job(job)
    assert (left.state, left.unverified_request_id) == (JobState.UNKNOWN, None)
    assert len(harness.api.polled) == NOT_FOUND_THRESHOLD + 1


@pytest.mark.parametrize("harness", [SLOWLY], indirect=True, ids=["slowly"])
@pytest.mark.parametrize(
    "answer", [InvalidResponse("<html>", status=502), RequestNotFound("not found", status=404), PENDING]
)
async def test_a_callback_during_a_poll_brings_another_soon(
    harness: WorkerHarness, answer: SamsarError | Status
) -> None:
    """The poll in progress failed, found nothing, or was too early. Without a callback, the pace is kept."""
    job = await harness.render()
    harness.api.statuses[REQUEST] = [answer, answer, COMPLETED]
    await harness.advance_and_run(3000)
    await harness.advance_and_run(60)
    assert (await harness.job(job)).state is JobState.RENDERING

    async def once(_: str) -> None:
        if len(harness.api.polled) == 2:
            await harness.clock.advance(1)
            await call_back(harness, job)

    harness.api.while_polling = once
    await harness.advance_and_run(3600)
    await harness.advance_and_run(60)
    assert (await harness.job(job)).state is JobState.COMPLETED


async def test_a_callback_wakes_the_poll_loop(harness: WorkerHarness) -> None:
    async with harness.running():
        job = await harness.queue()
        await harness.publisher.until(lambda: bool(harness.publisher.shown))
        harness.api.statuses[REQUEST] = [COMPLETED]
        await harness.all_asleep()
        await call_back(harness, job)
        async with asyncio.timeout(10):
            await harness.publisher.until(lambda: bool(harness.publisher.accepted))
    assert (await harness.job(job)).state is JobState.COMPLETED
