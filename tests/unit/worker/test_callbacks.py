"""A callback that comes at an odd moment: no status poll that is under way makes the bot forget it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.job import Job, JobState
from bot.domain.polling import PollingSchedule
from bot.domain.upstream import Status
from bot.errors import ConnectFailed, InvalidResponse, RateLimited, RequestNotFound, SamsarError
from tests.helpers import ledger_checks
from tests.helpers.engine_harness import RULES, EngineHarness, open_bench
from tests.helpers.fakes import COMPLETED, PENDING
from tests.unit.worker.test_background import LANES_ASLEEP

REQUEST = "request-1"

SLOWLY = PollingSchedule(3000, 3600)
"""Polling so slow that only a callback makes a job due soon."""

SOON_SECONDS = 60
"""Within this a callback must have had its effect, whatever the pace."""


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncGenerator[EngineHarness]:
    """An engine that hardly polls by itself."""
    async with open_bench(tmp_path, replace(RULES, pace=SLOWLY)) as opened:
        yield opened


async def call_back(bench: EngineHarness, job: Job) -> None:
    """The API calls back about a job."""
    [row] = [row for row in ledger_checks.jobs(bench.path) if row["id"] == job.id]
    await bench.engine.on_callback(row["callback_token_hash"], row["samsar_request_id"] or REQUEST)


@pytest.mark.parametrize(
    "answer",
    [
        InvalidResponse("<html>", status=502),
        ConnectFailed("refused"),
        RateLimited("slow down", status=429, retry_after=1),
        RequestNotFound("not found", status=404),
        PENDING,
    ],
    ids=lambda answer: type(answer).__name__,
)
async def test_a_callback_during_a_poll_brings_another_soon(bench: EngineHarness, answer: SamsarError | Status) -> None:
    """Whether the one under way fails, finds no such request, or was answered a moment too early."""
    job = await bench.render()
    bench.api.statuses[REQUEST] = [answer, COMPLETED]

    async def once(_: str) -> None:
        if len(bench.api.looked) == 1:
            await bench.clock.advance(1)
            await call_back(bench, job)

    bench.api.while_looking = once
    await bench.advance_and_run(3000)
    await bench.advance_and_run(SOON_SECONDS)
    assert (await bench.job(job)).state is JobState.COMPLETED


async def test_without_a_callback_the_pace_is_kept(bench: EngineHarness) -> None:
    """What the test above sees is the callback's doing."""
    job = await bench.render()
    bench.api.statuses[REQUEST] = [InvalidResponse("<html>", status=502), COMPLETED]
    await bench.advance_and_run(3000)
    await bench.advance_and_run(SOON_SECONDS)
    assert (await bench.job(job)).state is JobState.RENDERING
    await bench.advance_and_run(3600)
    assert (await bench.job(job)).state is JobState.COMPLETED


async def test_a_callback_wakes_the_poll_loop(bench: EngineHarness) -> None:
    """Nobody has to turn the clock: the movie is brought at once."""
    bench.screen.is_open.set()
    await bench.engine.start()
    try:
        job = await bench.queue()
        await bench.screen.until(lambda: bool(bench.screen.shown))
        bench.api.statuses[REQUEST] = [COMPLETED]
        await bench.clock.asleep(LANES_ASLEEP)
        await call_back(bench, job)
        async with asyncio.timeout(10):
            await bench.screen.until(lambda: bool(bench.screen.accepted))
    finally:
        await bench.engine.stop(5)
    assert (await bench.job(job)).state is JobState.COMPLETED
