"""A callback during a poll is not forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.job import Job, JobState
from bot.domain.polling import PollingSchedule
from bot.domain.upstream import Status
from bot.errors import InvalidResponse, RequestNotFound, SamsarError
from tests.helpers import ledger_checks
from tests.helpers.fakes import COMPLETED, PENDING
from tests.helpers.worker_harness import WORKER_CONFIG, WorkerHarness, open_worker_harness

REQUEST = "request-1"

SLOWLY = PollingSchedule(3000, 3600)
"""Polling so slow that only a callback makes a job due soon."""

SOON_SECONDS = 60
"""A callback must have its effect within this time, despite slow polling."""


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncGenerator[WorkerHarness]:
    """A worker that rarely polls by itself."""
    async with open_worker_harness(tmp_path, replace(WORKER_CONFIG, schedule=SLOWLY)) as opened:
        yield opened


async def call_back(harness: WorkerHarness, job: Job) -> None:
    [row] = [row for row in ledger_checks.jobs(harness.path) if row["id"] == job.id]
    await harness.callbacks.record(row["callback_token_hash"], row["samsar_request_id"] or REQUEST)


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
    await harness.advance_and_run(SOON_SECONDS)
    assert (await harness.job(job)).state is JobState.RENDERING

    async def once(_: str) -> None:
        if len(harness.api.polled) == 2:
            await harness.clock.advance(1)
            await call_back(harness, job)

    harness.api.while_polling = once
    await harness.advance_and_run(3600)
    await harness.advance_and_run(SOON_SECONDS)
    assert (await harness.job(job)).state is JobState.COMPLETED


async def test_a_callback_wakes_the_poll_loop(harness: WorkerHarness) -> None:
    """The movie is posted without an advance of the clock."""
    harness.publisher.is_open.set()
    await harness.worker.start()
    try:
        job = await harness.queue()
        await harness.publisher.until(lambda: bool(harness.publisher.shown))
        harness.api.statuses[REQUEST] = [COMPLETED]
        await harness.all_asleep()
        await call_back(harness, job)
        async with asyncio.timeout(10):
            await harness.publisher.until(lambda: bool(harness.publisher.accepted))
    finally:
        await harness.worker.stop(5)
    assert (await harness.job(job)).state is JobState.COMPLETED
