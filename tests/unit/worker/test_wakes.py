"""What is waited for is done at once: the engine runs by itself, and the clock stands still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import Job, JobState
from bot.errors import DeliveryDeferred, InvalidRequest, RateLimited
from bot.worker.submitter import ConcurrencyLimits
from data import job_actions, submissions
from tests.helpers.engine_harness import BOB, RULES, EngineHarness, open_bench
from tests.helpers.fakes import COMPLETED
from tests.unit.worker.test_background import LANES_ASLEEP


@asynccontextmanager
async def started(bench: EngineHarness) -> AsyncGenerator[None]:
    """Run the engine in the background, with Discord open."""
    bench.screen.is_open.set()
    await bench.engine.start()
    try:
        async with asyncio.timeout(20):
            yield
    finally:
        await bench.engine.stop(5)


@pytest.fixture
async def narrow(tmp_path: Path) -> AsyncGenerator[EngineHarness]:
    """A bench with one place at the API."""
    async with open_bench(tmp_path, replace(RULES, bounds=ConcurrencyLimits(1, 1))) as bench:
        yield bench


async def seen(bench: EngineHarness, holds: Callable[[], bool]) -> None:
    """Return once this holds; the clock is not turned meanwhile."""
    now = bench.clock.now()
    await bench.screen.until(holds)
    assert bench.clock.now() == now


async def state(bench: EngineHarness, job: Job) -> JobState:
    """Where a job is now."""
    return (await bench.job(job)).state


async def test_the_next_in_the_queue_is_submitted_when_a_movie_is_done(narrow: EngineHarness) -> None:
    """A place that becomes free is taken at once."""
    narrow.api.statuses["request-1"] = [COMPLETED]
    async with started(narrow):
        await narrow.queue()
        await narrow.screen.until(lambda: len(narrow.api.created) == 1)
        waiting = await narrow.queue(BOB)
        await narrow.clock.asleep(LANES_ASLEEP)
        await narrow.clock.advance(5)
        await seen(narrow, lambda: narrow.screen.shown[-1].id == waiting.id and len(narrow.api.created) == 2)


async def test_the_next_in_the_queue_is_submitted_when_an_order_is_refused(narrow: EngineHarness) -> None:
    """And the member whose order was refused hears of it."""
    narrow.api.creations = [InvalidRequest("no such words", status=400), "request-2"]
    async with started(narrow):
        await narrow.clock.asleep(LANES_ASLEEP)
        refused, waiting = await narrow.place(), await narrow.place(BOB)
        for job in (refused, waiting):
            assert await narrow.engine.intake.enqueue(job, card_message_id=77)
        await seen(narrow, lambda: bool(narrow.screen.accepted) and len(narrow.api.created) == 2)
        assert [each.type for each in narrow.screen.accepted] == [NotificationType.FAILED]
    assert [await state(narrow, job) for job in (refused, waiting)] == [JobState.FAILED, JobState.RENDERING]


async def test_the_queue_opens_again_to_the_second_after_a_retry_after(narrow: EngineHarness) -> None:
    """Not at the next time at which the loop would have looked by itself."""
    narrow.api.creations = [RateLimited("slow down", status=429, retry_after=40), "request-2"]
    async with started(narrow):
        await narrow.queue()
        await seen(narrow, lambda: bool(narrow.screen.accepted))
        waiting = await narrow.queue(BOB)
        for seconds in (15, 15, 9.5):
            await narrow.clock.asleep(LANES_ASLEEP)
            await narrow.clock.advance(seconds)
        await narrow.clock.asleep(LANES_ASLEEP)
        assert await state(narrow, waiting) is JobState.QUEUED
        await narrow.clock.advance(0.5)
        await seen(narrow, lambda: narrow.screen.shown[-1].state is JobState.RENDERING)
    assert await state(narrow, waiting) is JobState.RENDERING


async def test_waiting_cards_follow_the_queue_by_themselves(narrow: EngineHarness) -> None:
    """Within a minute of its having moved."""
    async with started(narrow):
        await narrow.queue()
        await narrow.screen.until(lambda: len(narrow.api.created) == 1)
        second, third = [await narrow.queue(BOB) for _ in range(2)]
        for cancelled in (None, second):
            if cancelled is not None:
                assert await narrow.database.write(job_actions.cancel, cancelled.id, BOB, narrow.clock.now())
            narrow.screen.shown.clear()
            await narrow.clock.asleep(LANES_ASLEEP)
            await narrow.clock.advance(60)
            await narrow.screen.until(lambda: third.id in {each.id for each in narrow.screen.shown})


async def test_a_member_hears_at_the_start_that_an_order_is_being_checked(bench: EngineHarness) -> None:
    """The process that submitted it is dead."""
    job = await bench.queue()
    assert len(await bench.database.write(submissions.claim, bench.clock.now(), 1, 10, 2)) == 1
    bench.engine = bench.new_engine()
    async with started(bench):
        await seen(bench, lambda: bool(bench.screen.accepted))
    assert await state(bench, job) is JobState.UNKNOWN


async def test_what_discord_did_not_take_is_sent_when_the_gateway_is_back(bench: EngineHarness) -> None:
    """However long it was to wait."""
    bench.screen.answers = [DeliveryDeferred("down", retry_after=3600)]
    await bench.engine.intake.void(await bench.place(), notify=True)
    await bench.engine.run_until_idle()
    async with started(bench):
        await bench.clock.asleep(LANES_ASLEEP)
        assert len(bench.screen.tried) == 1
        await bench.engine.on_gateway_ready()
        await seen(bench, lambda: bool(bench.screen.accepted))


async def test_a_gateway_that_comes_and_goes_hurries_nothing_for_a_minute(bench: EngineHarness) -> None:
    """Discord is asked no more often for it."""
    bench.screen.answers = [DeliveryDeferred("down", retry_after=3600) for _ in range(2)]
    await bench.engine.intake.void(await bench.place(), notify=True)
    await bench.engine.run_until_idle()
    for seconds, tries in ((0, 2), (59, 2), (1, 3)):
        await bench.clock.advance(seconds)
        await bench.engine.on_gateway_ready()
        await bench.engine.run_until_idle()
        assert len(bench.screen.tried) == tries
    assert len(bench.screen.accepted) == 1
