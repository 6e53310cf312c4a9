"""Workers on machines whose clocks differ by seconds.

A worker does not take the work of others.
"""

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
    """Let another process lease the due poll of a movie."""
    now = harness.clock.now()
    lease = Lease("other", now + status_poller.LEASE_MS)
    assert [each.id for each in await harness.database.write(renders.take_due_polls, now, 1, (), lease)] == [job.id]


async def lease_notification(harness: WorkerHarness, job: Job) -> None:
    """Let another process lease a due notification."""
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


@pytest.mark.parametrize("behind", [0.5, DIFFERENCE])
async def test_a_process_that_starts_beside_others_with_a_clock_behind_theirs_leaves_their_work(
    harness: WorkerHarness, caplog: pytest.LogCaptureFixture, behind: float
) -> None:
    """The newest record has another machine's time."""
    waiting = await leave_work(harness)
    harness.clock.set_back(behind)
    await harness.new_worker(beside=True).recover()
    assert leased(harness) == 2
    assert (await harness.job(waiting)).next_run_at == waiting.next_run_at
    assert "clock_set_back" not in caplog.messages


async def test_a_process_that_starts_beside_others_with_a_clock_set_back_lets_no_work_wait(
    harness: WorkerHarness, caplog: pytest.LogCaptureFixture
) -> None:
    waiting = await leave_work(harness)
    harness.clock.set_back(HOUR)
    await harness.new_worker(beside=True).recover()
    assert leased(harness) == 0
    assert (await harness.job(waiting)).next_run_at == harness.clock.now()
    assert "clock_set_back" in caplog.messages


@pytest.mark.parametrize("behind", [0.0, DIFFERENCE])
async def test_a_process_whose_clock_is_set_back_a_little_leaves_the_leases_of_others(
    harness: WorkerHarness, behind: float
) -> None:
    """A lease may belong to a live process, whatever the clock says."""
    job = await leave_work(harness)
    await harness.clock.advance(2)
    await harness.worker.run_until_idle()
    harness.clock.set_back(2 + behind)
    harness.api.statuses["request-2"] = [COMPLETED]
    await harness.worker.run_until_idle()
    assert leased(harness) == 2
    assert (await harness.job(job)).state is JobState.COMPLETED


async def test_leases_longer_than_any_lease_end_when_the_clock_is_set_back(harness: WorkerHarness) -> None:
    """A dead holder's work must not wait until the clock catches up."""
    await leave_work(harness)
    await harness.worker.run_until_idle()
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
