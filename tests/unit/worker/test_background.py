"""The worker in its own tasks: started, signaled, and stopped."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator

import pytest

from bot.core.errors import DatabaseMoved
from bot.domain.jobs import JobState
from data import leases, orders, submissions
from data.database import Transaction
from data.engine import move_record
from data.engine.sqlite import SqliteDatabase
from tests.helpers import ledger_checks
from tests.helpers.fakes import COMPLETED, Held
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.worker_harness import WorkerHarness, tasks_without_discord


@pytest.fixture
async def running(harness: WorkerHarness) -> AsyncGenerator[WorkerHarness]:
    async with harness.running():
        yield harness


async def test_nothing_is_delivered_before_discord_is_open(harness: WorkerHarness) -> None:
    """Submitting and polling begin at once; messages wait for the connection."""
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


async def test_a_stop_that_cannot_end_its_leases_ends_all_the_same_and_takes_nothing_new(
    running: WorkerHarness,
) -> None:
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
    """It may be moved after the check at the start."""
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


_STEPS = 50
"""Iterations of the event loop that a stop needs at most."""


async def test_what_was_claimed_while_the_worker_stops_goes_back_to_the_queue(harness: WorkerHarness) -> None:
    confirmed = 3
    entered, leave = threading.Event(), threading.Event()

    def busy(_: Transaction) -> None:
        entered.set()
        assert leave.wait(10)

    await harness.worker.start()
    await harness.clock.asleep(tasks_without_discord(harness.worker))
    jobs = [await harness.place(100 + number) for number in range(confirmed)]
    elsewhere = await SqliteDatabase.open(harness.path, harness.clock)  # which wakes no loop here
    for job in jobs:
        assert await elsewhere.write(orders.enqueue, job.id, 77)
    await elsewhere.close()
    blocking = asyncio.ensure_future(harness.database.write(busy))
    await asyncio.to_thread(entered.wait, 10)
    harness.signals.notify(("submissions",))
    for _ in range(_STEPS):
        await asyncio.sleep(0)
    stopping = asyncio.ensure_future(harness.worker.stop(0))
    for _ in range(_STEPS):
        await asyncio.sleep(0)
    leave.set()
    await asyncio.gather(blocking, stopping)
    assert [(await harness.job(job)).state for job in jobs] == [JobState.QUEUED] * confirmed
    assert harness.api.created == []
    assert harness.member() == BudgetTotals(used=0, held=100 * confirmed)
    await harness.restart()
    await harness.worker.run_until_idle()
    assert [(await harness.job(job)).state for job in jobs] == [JobState.RENDERING] * confirmed
