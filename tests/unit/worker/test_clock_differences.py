"""Workers on machines whose clocks differ by seconds do not take the work of others."""

from __future__ import annotations

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import Job, JobState
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from bot.worker import notifier, status_poller
from data import outbox, renders
from data.leases import Lease
from tests.helpers.fakes import COMPLETED
from tests.helpers.ledger_checks import query
from tests.helpers.worker_harness import BOB, WorkerHarness

HOUR = 3600.0
DIFFERENCE = MAX_CLOCK_DIFFERENCE_MS / 1000


async def lease_poll(harness: WorkerHarness, job: Job) -> None:
    now = harness.clock.now()
    lease = Lease("other", now + status_poller.LEASE_MS)
    assert [each.id for each in await harness.database.write(renders.take_due_polls, now, 1, (), lease)] == [job.id]


async def lease_notification(harness: WorkerHarness, job: Job) -> None:
    now = harness.clock.now()
    lease = Lease("other", now + notifier.LEASE_MS)
    taken = await harness.database.write(outbox.take_due, now, 1, (), tuple(NotificationType), lease)
    assert [delivery.job_id for delivery, _ in taken] == [job.id]


async def leave_work(harness: WorkerHarness) -> Job:
    """Give another process two leases, and return a job whose poll waits."""
    await harness.worker.recover()
    polled = await harness.render()
    await harness.clock.advance(5)
    await lease_poll(harness, polled)
    waiting = await harness.render(BOB)
    voided = await harness.place(12)
    await harness.orders.void(voided, notify=True)
    await lease_notification(harness, voided)
    return waiting


def leased(harness: WorkerHarness) -> int:
    """Count the other process's leases, at first a poll and a notification."""
    [row] = query(
        harness.path,
        "SELECT (SELECT COUNT(*) FROM jobs WHERE leased_by = 'other')"
        " + (SELECT COUNT(*) FROM outbox WHERE leased_by = 'other') AS leased",
    )
    return int(row["leased"])


@pytest.mark.parametrize(("behind", "left"), [(0.5, 2), (DIFFERENCE, 2), (HOUR, 0)])
async def test_a_process_that_starts_beside_others_ends_their_leases_only_where_its_clock_was_set_back(
    harness: WorkerHarness, caplog: pytest.LogCaptureFixture, behind: float, left: int
) -> None:
    """The newest record has another machine's time, whose clock may differ a little."""
    waiting = await leave_work(harness)
    harness.clock.set_back(behind)
    await harness.new_worker(beside=True).recover()
    assert leased(harness) == left
    due_at = waiting.next_run_at if left else harness.clock.now()
    assert (await harness.job(waiting)).next_run_at == due_at
    assert ("clock_set_back" in caplog.messages) == (left == 0)


async def test_a_process_whose_clock_is_set_back_leaves_leases_that_others_may_hold(harness: WorkerHarness) -> None:
    """A dead holder's work must not wait until the clock catches up, so those longer than any lease end."""
    job = await leave_work(harness)
    await harness.clock.advance(2)
    await harness.worker.run_until_idle()
    harness.clock.set_back(2 + DIFFERENCE)
    harness.api.statuses["request-2"] = [COMPLETED]
    await harness.worker.run_until_idle()
    assert leased(harness) == 2
    assert (await harness.job(job)).state is JobState.COMPLETED
    harness.clock.set_back(HOUR)
    await harness.worker.run_until_idle()
    assert leased(harness) == 0


async def test_a_start_that_is_alone_ends_all_leases_however_little_the_clock_was_set_back(
    harness: WorkerHarness,
) -> None:
    waiting = await leave_work(harness)
    harness.clock.set_back(0.5)
    harness.worker = harness.new_worker()
    await harness.worker.recover()
    assert leased(harness) == 0
    assert (await harness.job(waiting)).next_run_at == harness.clock.now()
