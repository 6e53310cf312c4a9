"""A stop between two steps requeues the jobs that were not submitted."""

from __future__ import annotations

import asyncio
import threading

from bot.domain.job import JobState
from data import orders
from data.database import Transaction
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.worker_harness import WorkerHarness, tasks_without_discord

_STEPS = 50
"""Iterations of the event loop that a stop needs at most."""


async def test_what_was_claimed_while_the_worker_stops_goes_back_to_the_queue(harness: WorkerHarness) -> None:
    """The jobs were never sent, so they are not unknown. The next process submits them."""
    confirmed = 3
    entered, leave = threading.Event(), threading.Event()

    def busy(_: Transaction) -> None:
        entered.set()
        assert leave.wait(10)

    await harness.worker.start()
    await harness.clock.asleep(tasks_without_discord(harness.worker))
    jobs = [await harness.place(100 + number) for number in range(confirmed)]
    for job in jobs:
        assert await harness.database.write(orders.enqueue, job.id, 77, harness.clock.now())
    blocking = asyncio.ensure_future(harness.database.write(busy))
    await asyncio.to_thread(entered.wait, 10)
    harness.signals.notify("submissions")
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
    harness.worker = harness.new_worker()
    await harness.worker.recover()
    await harness.worker.run_until_idle()
    assert [(await harness.job(job)).state for job in jobs] == [JobState.RENDERING] * confirmed
