"""A clock that is set back stops nothing, and clocks that differ by seconds take no work of others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import DeliveryDeferred
from bot.domain.delivery import NotificationType
from bot.domain.jobs import Job, JobState
from bot.domain.polling import PollingSchedule
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from bot.services.orders import ACK_TIMEOUT_MS
from bot.worker import notifier, status_poller
from data import outbox, renders, restore_review, submissions
from data.leases import Lease
from tests.helpers.at_time import at_time
from tests.helpers.fakes import COMPLETED
from tests.helpers.ledger_checks import execute, query
from tests.helpers.worker_harness import BOB, WORKER_CONFIG, WorkerHarness, open_worker_harness

HOUR = 3600.0


@pytest.mark.parametrize("seconds", [0.5, 59.0, HOUR, 365 * 24 * HOUR])
@pytest.mark.parametrize("restarted", [False, True])
async def test_all_that_waits_is_done_however_far_the_clock_is_set_back(
    harness: WorkerHarness, seconds: float, *, restarted: bool
) -> None:
    """The remaining delay of waiting work is unknown then. The next process compares its clock with the database.

    tests/data/test_due_order.py has every kind of work.
    """
    rendering, unanswered = await harness.render(), await harness.place(BOB)
    await harness.advance_and_run(5)
    harness.api.statuses = {"request-1": [COMPLETED]}
    harness.publisher.answers = [DeliveryDeferred("down", definitely_failed=True)]
    await harness.orders.void(await harness.place(BOB), notify=True)
    await harness.worker.run_until_idle()
    await harness.clock.advance(1)
    assert ((await harness.job(rendering)).state, harness.publisher.accepted) == (JobState.RENDERING, [])
    harness.clock.set_back(seconds)
    if restarted:
        await harness.restart()
    await harness.worker.run_until_idle()
    if seconds <= 1:  # set back by less than went by since the worker looked last: the pauses are as they were
        await harness.advance_and_run(60)
    accepted = {each.type for each in harness.publisher.accepted}
    assert accepted == {NotificationType.CANCELLED, NotificationType.COMPLETED}
    await harness.advance_and_run(2 * ACK_TIMEOUT_MS / 1000 + 1)
    assert (await harness.job(unanswered)).state is JobState.CANCELLED


async def test_the_next_process_compares_its_clock_with_the_last_poll_too(harness: WorkerHarness) -> None:
    """The newest ledger entry is older than the poll, and counts where nothing is polled."""
    assert await harness.database.read(restore_review.last_write_at) == 0
    job = await harness.render()
    assert await harness.database.read(restore_review.last_write_at) == harness.clock.now() - 1
    await harness.advance_and_run(600)
    assert harness.api.polled == ["request-1"]
    harness.api.statuses["request-1"] = [COMPLETED]
    harness.clock.set_back(300)
    await harness.restart()
    await harness.worker.run_until_idle()
    assert (await harness.job(job)).state is JobState.COMPLETED


@pytest.mark.parametrize(("slowest_seconds", "longest"), [(60, HOUR), (2 * HOUR, 2 * HOUR)])
async def test_what_is_due_later_than_any_pause_is_due_now(
    tmp_path: Path, slowest_seconds: float, longest: float
) -> None:
    """The longest is an hour, or POLL_SLOWEST_SECONDS where that is longer."""
    config = replace(WORKER_CONFIG, schedule=PollingSchedule(5, slowest_seconds))
    async with open_worker_harness(tmp_path, config) as harness:
        job = await harness.render()
        harness.api.statuses["request-1"] = [COMPLETED]
        for seconds, state in ((longest, JobState.RENDERING), (longest + 1, JobState.COMPLETED)):
            due_at = harness.clock.now() + int(1000 * seconds)
            execute(harness.path, f"UPDATE jobs SET next_run_at = {due_at}")
            await harness.worker.run_until_idle()
            assert (await harness.job(job)).state is state


async def test_a_submission_of_a_dead_process_becomes_unknown_though_the_clock_was_set_back(
    harness: WorkerHarness,
) -> None:
    """Another process runs, which may be submitting."""
    await harness.worker.recover()
    job = await harness.queue()
    assert len(await harness.database.write(submissions.claim, 1, 10, 2)) == 1
    harness.worker = harness.new_worker(beside=True)
    await harness.worker.recover()
    assert (await harness.job(job)).state is JobState.SUBMITTING
    harness.clock.set_back(HOUR)
    await harness.worker.run_until_idle()
    assert (await harness.job(job)).state is JobState.UNKNOWN


DIFFERENCE = MAX_CLOCK_DIFFERENCE_MS / 1000


async def leave_work(harness: WorkerHarness) -> Job:
    await harness.worker.recover()
    polled = await harness.render()
    await harness.clock.advance(5)
    now = harness.clock.now()
    lease = Lease("other", now + status_poller.LEASE_MS)
    assert [each.id for each in await harness.database.write(at_time(now, renders.take_due_polls), 1, (), lease)] == [
        polled.id
    ]
    waiting = await harness.render(BOB)
    voided = await harness.place(12)
    await harness.orders.void(voided, notify=True)
    now = harness.clock.now()
    lease = Lease("other", now + notifier.LEASE_MS)
    taken = await harness.database.write(at_time(now, outbox.take_due), 1, (), tuple(NotificationType), lease)
    assert [delivery.job_id for delivery, _ in taken] == [voided.id]
    return waiting


def leased(harness: WorkerHarness) -> int:
    [row] = query(
        harness.path,
        "SELECT (SELECT COUNT(*) FROM jobs WHERE leased_by = 'other')"
        " + (SELECT COUNT(*) FROM outbox WHERE leased_by = 'other') AS leased",
    )
    return int(row["leased"])


@pytest.mark.parametrize(
    ("beside", "behind", "left"), [(True, 0.5, 2), (True, DIFFERENCE, 2), (True, HOUR, 0), (False, 0.5, 0)]
)
async def test_a_process_that_starts_beside_others_ends_their_leases_only_where_its_clock_was_set_back(
    harness: WorkerHarness, caplog: pytest.LogCaptureFixture, behind: float, left: int, *, beside: bool
) -> None:
    waiting = await leave_work(harness)
    harness.clock.set_back(behind)
    await harness.new_worker(beside=beside).recover()
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
