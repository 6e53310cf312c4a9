"""Stuck work is reported in time; intended waits are not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from bot.core.errors import ConnectFailed, DeliveryDeferred
from bot.domain.jobs import JobState
from bot.worker.recovery import Watchdog
from data import outbox, submissions
from tests.helpers import ledger_checks
from tests.helpers.fakes import COMPLETED
from tests.helpers.worker_harness import WorkerHarness


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_work_is_stuck_after_ten_times_what_it_may_take(caplog: pytest.LogCaptureFixture) -> None:
    seconds = Seconds()
    watchdog = Watchdog(seconds)
    with watchdog.watch("notifications", "job-1", 60):
        seconds.now += 599
        assert watchdog.check() is None
        assert watchdog.stuck() == ()
        seconds.now += 1
        for _ in range(3):
            assert watchdog.check() is None
        [stuck] = watchdog.stuck()
        assert (stuck.work, stuck.key, stuck.seconds) == ("notifications", "job-1", 600)
        seconds.now += 599
        assert watchdog.check() is None
        seconds.now += 1
        hopeless = watchdog.check()
        assert hopeless.key == "job-1"
    assert watchdog.check() is None
    assert watchdog.stuck() == ()
    assert [record.message for record in caplog.records] == ["work_stuck", "work_recovered"]


def test_process_that_was_frozen_is_not_ended(caplog: pytest.LogCaptureFixture) -> None:
    """A container was paused for an hour. Work gets time to progress before the process ends."""
    seconds = Seconds()
    watchdog = Watchdog(seconds)
    with watchdog.watch("notifications", "job-1", 60):
        assert watchdog.check() is None
        seconds.now += 3600
        assert watchdog.check() is None
    assert watchdog.check() is None
    with watchdog.watch("notifications", "job-2", 60):
        seconds.now += 3600
        assert watchdog.check() is None
        seconds.now += 5
        assert watchdog.check() is not None
    assert [record.message for record in caplog.records] == ["work_stuck", "work_recovered"] * 2


def test_work_that_moved_starts_anew(caplog: pytest.LogCaptureFixture) -> None:
    seconds = Seconds()
    watchdog = Watchdog(seconds)
    with watchdog.watch("submissions", "job-1", 60), watchdog.watch("submissions", "job-2", 60):
        seconds.now += 700
        watchdog.check()
        watchdog.heartbeat("job-1")
        watchdog.check()
        assert [each.key for each in watchdog.stuck()] == ["job-2"]
    messages = [record.message for record in caplog.records]
    assert messages == ["work_stuck", "work_stuck", "work_recovered", "work_recovered"]


def test_work_that_fails_is_not_under_way_any_more() -> None:
    seconds = Seconds()
    watchdog = Watchdog(seconds)
    with pytest.raises(ZeroDivisionError), watchdog.watch("notifications", "job-1", 60):
        raise ZeroDivisionError
    seconds.now += 10_000
    assert watchdog.stuck() == ()


@asynccontextmanager
async def running(harness: WorkerHarness) -> AsyncGenerator[asyncio.Semaphore]:
    begun = asyncio.Semaphore(0)

    async def forever(_: object) -> None:
        begun.release()
        await asyncio.Event().wait()

    harness.api.while_creating = harness.api.while_polling = harness.publisher.while_delivering = forever
    harness.api.while_pinging = lambda: forever(None)
    async with harness.running(grace=0):
        yield begun
    assert harness.worker.watchdog.stuck() == ()


async def stuck_after(harness: WorkerHarness, seconds: float) -> list[str]:
    await harness.all_asleep()
    await harness.clock.advance(seconds)
    return sorted(each.work for each in harness.worker.watchdog.stuck())


@pytest.mark.parametrize(("work", "seconds"), [("submissions", 750), ("status_polls", 900), ("probes", 1950)])
async def test_each_kind_of_work_may_take_as_long_as_its_requests(
    harness: WorkerHarness, work: str, seconds: int
) -> None:
    """Ten times: 75 s for a submission, 90 s for a poll, its lease, and 195 s for a probe's three requests."""
    harness.api.creations = [ConnectFailed("refused")] if work == "probes" else []
    await harness.queue()
    if work != "submissions":
        await harness.worker.run_until_idle()
        await harness.clock.advance(2 if work == "probes" else 60)
    async with running(harness) as begun:
        await begun.acquire()
        assert await stuck_after(harness, seconds - 1) == []
        assert await stuck_after(harness, 1) == [work]


async def test_movie_may_take_minutes_to_upload(harness: WorkerHarness) -> None:
    await harness.render()
    harness.api.statuses["request-1"] = [COMPLETED]
    harness.publisher.answers = [DeliveryDeferred("down", retry_after=5)]
    await harness.advance_and_run(5)
    await harness.clock.advance(5)
    async with running(harness) as begun:
        await begun.acquire()
        await harness.orders.void(await harness.place(), notify=True)
        await begun.acquire()
        assert await stuck_after(harness, 1199) == []
        assert await stuck_after(harness, 1) == ["notifications"]
        assert await stuck_after(harness, 1799) == ["notifications"]
        assert await stuck_after(harness, 1) == ["movie_notifications", "notifications"]


async def test_outcome_that_waits_for_the_database_is_not_stuck_and_not_lost(harness: WorkerHarness) -> None:
    """A restart would lose the API's response."""
    job = await harness.queue()
    with harness.fail_writes(submissions.mark_rendering) as failing:
        turning = asyncio.create_task(harness.worker.run_until_idle())
        for _ in range(100):
            await asyncio.wait_for(failing.wait(), 60)
            failing.clear()
            await harness.clock.asleep(1)
            await harness.clock.advance(30)
            assert harness.worker.watchdog.stuck() == ()
    await turning
    moved = await harness.job(job)
    assert (moved.state, moved.request_id) == (JobState.RENDERING, "request-1")
    assert len(harness.api.created) == 1


async def test_message_that_waits_to_be_recorded_is_not_stuck_and_not_sent_again(harness: WorkerHarness) -> None:
    """Another process would post it a second time."""
    await harness.orders.void(await harness.place(), notify=True)
    with harness.fail_writes(outbox.mark_sent) as failing:
        turning = asyncio.create_task(harness.worker.run_until_idle())
        for _ in range(1300):
            await asyncio.wait_for(failing.wait(), 60)
            failing.clear()
            await harness.clock.asleep(1)
            await harness.clock.advance(1)
            assert harness.worker.watchdog.stuck() == ()
    await turning
    assert len(harness.publisher.attempts) == 1
    [row] = ledger_checks.outbox(harness.path)
    assert row["next_attempt_at"] is None
