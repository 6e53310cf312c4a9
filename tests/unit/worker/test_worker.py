"""The loops begin, wake each other and end together."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import DatabaseMoved, DeliveryDeferred, RateLimited
from bot.domain.jobs import JobState
from bot.services import signals
from bot.services.signals import TOPICS
from bot.worker.submitter import ConcurrencyLimits
from data import leases, orders, submissions
from data.database import Transaction
from data.engine import move_record
from data.engine.sqlite import SqliteDatabase
from tests.helpers import ledger_checks
from tests.helpers.fakes import COMPLETED, Held
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.worker_harness import (
    BOB,
    WORKER_CONFIG,
    WorkerHarness,
    open_worker_harness,
    tasks_without_discord,
)


@pytest.fixture
async def running(harness: WorkerHarness) -> AsyncGenerator[WorkerHarness]:
    async with harness.running():
        yield harness


async def test_nothing_is_delivered_before_discord_is_open(harness: WorkerHarness) -> None:
    harness.api.statuses["request-1"] = [COMPLETED]
    async with harness.running(with_discord=False):
        await harness.queue()
        await harness.publisher.until(lambda: bool(harness.publisher.shown))
        await harness.clock.asleep(tasks_without_discord(harness.worker))
        await harness.clock.advance(5)
        await harness.clock.asleep(tasks_without_discord(harness.worker))
        assert harness.publisher.attempts == []
        harness.publisher.is_open.set()
        await harness.publisher.until(lambda: bool(harness.publisher.accepted))


async def test_stopping_finishes_the_submission_and_the_delivery_under_way(running: WorkerHarness) -> None:
    """The response has the id of a paid movie. A delivery that finished is not repeated."""
    submission = running.api.while_creating = Held()
    message = running.publisher.while_delivering = Held()
    job = await running.queue()
    await submission.reached.wait()
    await running.orders.void(await running.place(), notify=True)
    await message.reached.wait()
    stopping = asyncio.create_task(running.worker.stop(5))
    for each in (submission, message):
        each.opened.set()
    await stopping
    assert (await running.job(job)).state is JobState.RENDERING
    [row] = ledger_checks.outbox(running.path)
    assert row["sent_at"] is not None


async def test_a_stop_that_cannot_end_its_leases_ends_all_the_same_and_takes_no_work(running: WorkerHarness) -> None:
    await running.all_asleep()
    with running.fail_writes(leases.release) as failed:
        await running.worker.stop(5)
    assert failed.is_set()
    job = await running.queue()
    assert running.api.created == []
    assert (await running.job(job)).state is JobState.QUEUED


async def test_recovery_releases_what_was_not_confirmed_and_survives_a_broken_database(running: WorkerHarness) -> None:
    await running.all_asleep()
    with running.fail_writes(submissions.fail_abandoned_trial, times=1) as failed:
        await running.place()
        for _ in range(2):
            await running.all_asleep()
            await running.clock.advance(61)
        await running.publisher.until(lambda: bool(running.publisher.accepted))
    assert failed.is_set()
    assert running.member() == ledger_checks.BudgetTotals(used=0, held=0)


async def test_a_worker_that_starts_after_its_database_was_moved_recovers_nothing(harness: WorkerHarness) -> None:
    departure = move_record.Departure("1", "elsewhere", harness.clock.now(), complete=True)
    await harness.database.write(move_record.set_departure, departure)
    with pytest.raises(DatabaseMoved, match="elsewhere"):
        await harness.worker.recover()


async def test_the_end_of_a_part_that_should_never_end_is_reported(harness: WorkerHarness) -> None:
    for name in ("status_polls", "recovery", "lease_renewal", "queue_positions"):
        harness.worker = harness.new_worker()
        await harness.worker.start()
        watching = asyncio.create_task(harness.worker.wait_for_failure())
        [part] = [task for task in asyncio.all_tasks() if task.get_name() == f"worker-{name}"]
        assert not watching.done()
        part.cancel()
        await asyncio.wait_for(watching, 5)
        await harness.worker.stop(5)


async def turns() -> None:
    """Run the event loop as often as a stop needs at most."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_what_was_claimed_while_the_worker_stops_goes_back_to_the_queue(harness: WorkerHarness) -> None:
    entered, leave = threading.Event(), threading.Event()

    def busy(_: Transaction) -> None:
        entered.set()
        assert leave.wait(10)

    await harness.worker.start()
    await harness.clock.asleep(tasks_without_discord(harness.worker))
    jobs = [await harness.place(100 + number) for number in range(3)]
    elsewhere = await SqliteDatabase.open(harness.path, harness.clock)  # which wakes no loop here
    for job in jobs:
        assert await elsewhere.write(orders.enqueue, job.id, 77)
    await elsewhere.close()
    blocking = asyncio.ensure_future(harness.database.write(busy))
    await asyncio.to_thread(entered.wait, 10)
    harness.signals.notify(("submissions",))
    await turns()
    stopping = asyncio.ensure_future(harness.worker.stop(0))
    await turns()
    leave.set()
    await asyncio.gather(blocking, stopping)
    assert [(await harness.job(job)).state for job in jobs] == [JobState.QUEUED] * 3
    assert (harness.api.created, harness.member()) == ([], BudgetTotals(used=0, held=300))
    await harness.restart()
    await harness.worker.run_until_idle()
    assert [(await harness.job(job)).state for job in jobs] == [JobState.RENDERING] * 3


@pytest.fixture
async def narrow(tmp_path: Path) -> AsyncGenerator[WorkerHarness]:
    config = replace(WORKER_CONFIG, concurrency_limits=ConcurrencyLimits(1, 1))
    async with open_worker_harness(tmp_path, config) as harness:
        yield harness


async def seen(harness: WorkerHarness, holds: Callable[[], bool]) -> None:
    now = harness.clock.now()
    await harness.publisher.until(holds)
    assert harness.clock.now() == now


async def test_the_next_in_the_queue_is_submitted_when_a_movie_is_done(narrow: WorkerHarness) -> None:
    narrow.api.statuses["request-1"] = [COMPLETED]
    async with narrow.running(), asyncio.timeout(20):
        await narrow.queue()
        await narrow.publisher.until(lambda: len(narrow.api.created) == 1)
        waiting = await narrow.queue(BOB)
        await narrow.all_asleep()
        await narrow.clock.advance(5)
        await seen(narrow, lambda: narrow.publisher.shown[-1].id == waiting.id and len(narrow.api.created) == 2)


async def test_the_queue_opens_again_to_the_second_after_a_retry_after(narrow: WorkerHarness) -> None:
    narrow.api.creations = [RateLimited("slow down", status=429, retry_after=40), "request-2"]
    async with narrow.running(), asyncio.timeout(20):
        await narrow.queue()
        await seen(narrow, lambda: bool(narrow.publisher.accepted))
        waiting = await narrow.queue(BOB)
        for seconds in (15, 15, 9.5):
            await narrow.all_asleep()
            await narrow.clock.advance(seconds)
        await narrow.all_asleep()
        assert (await narrow.job(waiting)).state is JobState.QUEUED
        await narrow.clock.advance(0.5)
        await seen(narrow, lambda: JobState.RENDERING in {shown.state for shown in narrow.publisher.shown})
    assert (await narrow.job(waiting)).state is JobState.RENDERING


async def test_a_signal_ends_the_waits_of_all_loops_whose_work_it_is_about(harness: WorkerHarness) -> None:
    woken: dict[str, set[str]] = {}
    for topic in TOPICS:
        for loop in harness.worker._loops:
            loop.wake_up.clear()
        harness.signals.notify((topic,))
        woken[topic] = {loop.name for loop in harness.worker._loops if loop.wake_up.is_set()}
    assert woken == {
        "submissions": {"submissions"},
        "probes": {"probes"},
        "status_polls": {"status_polls"},
        "notifications": {"movie_notifications", "notifications"},
        "messages": {"messages"},
    }


async def test_what_discord_did_not_take_is_sent_and_deleted_when_the_gateway_is_back(harness: WorkerHarness) -> None:
    harness.publisher.deletions = [DeliveryDeferred("down", retry_after=3600)]
    harness.api.statuses["request-1"] = [COMPLETED]
    await harness.render()
    await harness.advance_and_run(5)
    harness.publisher.answers = [DeliveryDeferred("down", retry_after=3600)]
    await harness.orders.void(await harness.place(), notify=True)
    await harness.worker.run_until_idle()
    async with harness.running(), asyncio.timeout(20):
        await harness.all_asleep()
        assert (len(harness.publisher.attempts), harness.publisher.deleted) == (2, [])
        await harness.reconnections.on_gateway_ready(0)
        await seen(harness, lambda: len(harness.publisher.accepted) == 2 and bool(harness.publisher.deleted))


async def test_a_gateway_that_comes_and_goes_hurries_nothing_for_a_minute(harness: WorkerHarness) -> None:
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
