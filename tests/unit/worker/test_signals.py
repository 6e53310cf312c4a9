"""Signaled work is done at once: the worker runs by itself, and the clock does not advance."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import DeliveryDeferred, RateLimited
from bot.domain.jobs import Job, JobState
from bot.domain.pitches import Pitched
from bot.domain.preferences import DeliveryTarget
from bot.services import signals
from bot.services.signals import TOPICS
from bot.worker.submitter import ConcurrencyLimits
from data import job_actions, pledging, preferences
from tests.helpers.at_time import at_time
from tests.helpers.fakes import COMPLETED
from tests.helpers.worker_harness import ALICE, BOB, WORKER_CONFIG, WorkerHarness, open_worker_harness, order


@asynccontextmanager
async def started(harness: WorkerHarness) -> AsyncGenerator[None]:
    async with harness.running(), asyncio.timeout(20):
        yield


@pytest.fixture
async def narrow(tmp_path: Path) -> AsyncGenerator[WorkerHarness]:
    config = replace(WORKER_CONFIG, concurrency_limits=ConcurrencyLimits(1, 1))
    async with open_worker_harness(tmp_path, config) as harness:
        yield harness


async def seen(harness: WorkerHarness, holds: Callable[[], bool]) -> None:
    now = harness.clock.now()
    await harness.publisher.until(holds)
    assert harness.clock.now() == now


async def state(harness: WorkerHarness, job: Job) -> JobState:
    return (await harness.job(job)).state


async def test_the_next_in_the_queue_is_submitted_when_a_movie_is_done(narrow: WorkerHarness) -> None:
    narrow.api.statuses["request-1"] = [COMPLETED]
    async with started(narrow):
        await narrow.queue()
        await narrow.publisher.until(lambda: len(narrow.api.created) == 1)
        waiting = await narrow.queue(BOB)
        await narrow.all_asleep()
        await narrow.clock.advance(5)
        await seen(narrow, lambda: narrow.publisher.shown[-1].id == waiting.id and len(narrow.api.created) == 2)


async def test_the_queue_opens_again_to_the_second_after_a_retry_after(narrow: WorkerHarness) -> None:
    narrow.api.creations = [RateLimited("slow down", status=429, retry_after=40), "request-2"]
    async with started(narrow):
        await narrow.queue()
        await seen(narrow, lambda: bool(narrow.publisher.accepted))
        waiting = await narrow.queue(BOB)
        for seconds in (15, 15, 9.5):
            await narrow.all_asleep()
            await narrow.clock.advance(seconds)
        await narrow.all_asleep()
        assert await state(narrow, waiting) is JobState.QUEUED
        await narrow.clock.advance(0.5)
        await seen(narrow, lambda: JobState.RENDERING in {shown.state for shown in narrow.publisher.shown})
    assert await state(narrow, waiting) is JobState.RENDERING


async def test_waiting_cards_follow_the_queue_by_themselves(narrow: WorkerHarness) -> None:
    async with started(narrow):
        await narrow.queue()
        await narrow.publisher.until(lambda: len(narrow.api.created) == 1)
        second, third = [await narrow.queue(BOB) for _ in range(2)]
        for cancelled in (None, second):
            if cancelled is not None:
                assert await narrow.database.write(at_time(narrow.clock.now(), job_actions.cancel), cancelled.id, BOB)
            narrow.publisher.shown.clear()
            await narrow.all_asleep()
            await narrow.clock.advance(60)
            await narrow.publisher.until(lambda: third.id in {each.id for each in narrow.publisher.shown})


async def test_a_pitch_that_is_paid_is_submitted_and_those_who_paid_hear_of_its_movie_at_once(
    harness: WorkerHarness,
) -> None:
    harness.api.statuses["request-1"] = [COMPLETED]
    await harness.database.write(preferences.set_delivery_target, BOB, DeliveryTarget.DIRECT_MESSAGE)
    async with started(harness):
        pitched = await harness.database.write(pledging.pitch, order(ALICE))
        assert isinstance(pitched, Pitched)
        await harness.all_asleep()
        await harness.database.write(pledging.chip_in, order(BOB).context, pitched.pitch.id, None)
        await seen(harness, lambda: len(harness.api.created) == 1 and bool(harness.publisher.notices))
        await harness.all_asleep()
        harness.publisher.notices.clear()
        await harness.clock.advance(5)
        await seen(harness, lambda: [told for told, *_ in harness.publisher.notices] == [[BOB]])


async def test_a_signal_ends_the_waits_of_all_loops_whose_work_it_is_about(harness: WorkerHarness) -> None:
    """Other loops stay asleep, because each poll is a query."""
    woken: dict[str, set[str]] = {}
    for topic in TOPICS:
        for loop in harness.worker._loops:
            loop._wake_up.clear()
        harness.signals.notify((topic,))
        woken[topic] = {loop.name for loop in harness.worker._loops if loop._wake_up.is_set()}
    assert woken == {
        "submissions": {"submissions"},
        "probes": {"probes"},
        "status_polls": {"status_polls"},
        "notifications": {"movie_notifications", "notifications"},
        "messages": {"messages"},
    }


async def test_what_discord_did_not_take_is_sent_and_deleted_when_the_gateway_is_back(harness: WorkerHarness) -> None:
    """The remaining delay does not count. Deletions do not wait behind notifications."""
    harness.publisher.deletions = [DeliveryDeferred("down", retry_after=3600)]
    harness.api.statuses["request-1"] = [COMPLETED]
    await harness.render()
    await harness.advance_and_run(5)
    harness.publisher.answers = [DeliveryDeferred("down", retry_after=3600)]
    await harness.orders.void(await harness.place(), notify=True)
    await harness.worker.run_until_idle()
    async with started(harness):
        await harness.all_asleep()
        assert (len(harness.publisher.attempts), harness.publisher.deleted) == (2, [])
        await harness.reconnections.on_gateway_ready(0)
        await seen(harness, lambda: len(harness.publisher.accepted) == 2 and bool(harness.publisher.deleted))


async def test_a_gateway_that_comes_and_goes_hurries_nothing_for_a_minute(harness: WorkerHarness) -> None:
    """Discord gets no more requests because of it."""
    harness.publisher.answers = [DeliveryDeferred("down", retry_after=3600) for _ in range(2)]
    await harness.orders.void(await harness.place(), notify=True)
    await harness.worker.run_until_idle()
    with harness.fail_writes(signals._retry_now):  # a gateway's event must not end in an error
        await harness.reconnections.on_gateway_ready(0)
    await harness.clock.advance(60)
    for seconds, tries in ((0, 2), (59, 2), (1, 3)):
        await harness.clock.advance(seconds)
        await harness.reconnections.on_gateway_ready(0)
        await harness.worker.run_until_idle()
        assert len(harness.publisher.attempts) == tries
    assert len(harness.publisher.accepted) == 1
