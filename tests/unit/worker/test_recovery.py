"""Work of dead processes and work that hangs is recovered, beside other processes and with any clock."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.core.errors import ConnectFailed, DeliveryDeferred
from bot.domain.delivery import NotificationType
from bot.domain.jobs import Job, JobState
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from bot.domain.request import MovieRequest
from bot.services.orders import ACK_TIMEOUT_MS
from bot.worker import notifier, status_poller
from bot.worker.notifier import RENEWAL_INTERVAL_MS
from bot.worker.recovery import Stuck, Watchdog
from bot.worker.status_poller import LEASE_MS, POLL_SECONDS
from data import outbox, renders, restore_review, submissions
from data.leases import Lease
from tests.helpers import ledger_checks
from tests.helpers.claims import requeue
from tests.helpers.fakes import COMPLETED, Held, nothing
from tests.helpers.ledger_checks import execute, query
from tests.helpers.worker_harness import BOB, WorkerHarness, tasks_without_discord

LONGEST = 75  # seconds of a submission: the client's limit of 60, and a margin


async def test_what_a_process_that_died_beside_us_was_submitting_is_unknown_soon(harness: WorkerHarness) -> None:
    gate = harness.api.while_creating = Held()
    job = await harness.queue()
    harness.publisher.is_open.set()
    await harness.worker.start()
    await gate.reached.wait()
    new = harness.new_worker(beside=True)
    await new.recover()
    await harness.worker.stop(0)
    await harness.clock.advance(LONGEST - 1)
    await new.run_until_idle()
    assert (await harness.job(job)).state is JobState.SUBMITTING
    await harness.clock.advance(2)
    await new.run_until_idle()
    assert (await harness.job(job)).state is JobState.UNKNOWN
    assert harness.member() == ledger_checks.BudgetTotals(used=0, held=100)
    assert len(harness.api.created) == 1


async def test_a_processs_own_submission_is_not_recovered_however_long_it_takes(harness: WorkerHarness) -> None:
    """The outcome can't be recorded while the disk is full."""
    gate = harness.api.while_creating = Held()
    job, others = await harness.queue(), tasks_without_discord(harness.worker)
    async with harness.running(with_discord=False):
        await gate.reached.wait()
        await harness.clock.asleep(others)
        await harness.clock.advance(10 * LONGEST)
        await harness.clock.asleep(others)
        assert (await harness.job(job)).state is JobState.SUBMITTING
        gate.opened.set()
        await harness.publisher.until(lambda: JobState.RENDERING in {shown.state for shown in harness.publisher.shown})
        assert (await harness.job(job)).state is JobState.RENDERING


async def test_a_job_that_is_claimed_again_during_a_recovery_is_left_to_its_process(harness: WorkerHarness) -> None:
    job, read = await harness.queue(), harness.database.read
    limits = harness.config.concurrency_limits
    claim = (submissions.claim, 1, limits.total, limits.per_member)
    assert await harness.database.write(*claim)

    async def then_claimed_again(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        found = await read(function, *args, **kwargs)
        if function is submissions.stalled:
            assert found == [job.id]
            await harness.database.write(requeue, job.id, harness.clock.now(), 0)
            assert await harness.database.write(*claim)
        return found

    harness.database.read = then_claimed_again
    await harness.clock.advance(2 * LONGEST)
    await harness.worker._recovery.run()
    assert (await harness.job(job)).state is JobState.SUBMITTING


@pytest.mark.parametrize("unsent", [True, False])
async def test_a_stop_puts_back_what_provably_never_left(harness: WorkerHarness, *, unsent: bool) -> None:
    waiting = asyncio.Event()

    async def cancelled(_: MovieRequest) -> None:
        waiting.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError as exc:
            if unsent:
                raise exc from ConnectFailed("no connection")
            raise

    harness.api.while_creating = cancelled
    job = await harness.queue()
    await harness.worker.start()
    await waiting.wait()
    await harness.worker.stop(0)
    assert [task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("submissions")] == []
    left = await harness.job(job)
    assert (left.state, left.submit_attempts) == (JobState.QUEUED if unsent else JobState.SUBMITTING, 0)
    assert harness.member() == ledger_checks.BudgetTotals(used=0, held=100)
    await harness.restart()
    assert (await harness.job(job)).state is (JobState.QUEUED if unsent else JobState.UNKNOWN)


@pytest.mark.parametrize("stops", [True, False])
async def test_a_poll_is_left_to_its_process_while_that_has_its_lease(harness: WorkerHarness, *, stops: bool) -> None:
    job = await harness.render()
    poll = harness.api.while_polling = Held()
    await harness.clock.advance(60)
    async with harness.running(with_discord=False, grace=0):
        await poll.reached.wait()
        polled = len(harness.api.polled)
        new = harness.new_worker(beside=True)
        assert await new.run_until_idle() == 0
        await harness.clock.advance(POLL_SECONDS)
        assert await new.run_until_idle() == 0
        if stops:  # which cuts the poll short
            await asyncio.wait_for(harness.worker.stop(30), 5)
        else:
            await harness.clock.advance(LEASE_MS / 1000 - POLL_SECONDS)
        harness.api.while_polling = nothing
        await new.run_until_idle()
        assert harness.api.polled[polled:] == [job.request_id]


@asynccontextmanager
async def message_that_hangs(harness: WorkerHarness, *, movie: bool = False) -> AsyncGenerator[None]:
    if movie:
        await harness.render()
        harness.api.statuses["request-1"] = [COMPLETED]
        await harness.clock.advance(5)
    message = harness.publisher.while_delivering = Held()
    async with harness.running(grace=0):
        if not movie:
            await harness.orders.void(await harness.place(), notify=True)
        await message.reached.wait()
        harness.publisher.while_delivering = nothing
        yield


async def sleep(harness: WorkerHarness, ms: int) -> None:
    await harness.all_asleep()
    await harness.clock.advance(ms / 1000)


@pytest.mark.parametrize("movie", [True, False])
async def test_a_message_under_way_is_left_to_its_process(harness: WorkerHarness, *, movie: bool) -> None:
    """Once Discord forgets the nonce, a second attempt would post a duplicate."""
    async with message_that_hangs(harness, movie=movie):
        new = harness.new_worker(beside=True)
        for _ in range(2 * notifier.LEASE_MS // RENEWAL_INTERVAL_MS):
            await sleep(harness, RENEWAL_INTERVAL_MS)
            assert await new.run_until_idle() == 0
        assert len(harness.publisher.attempts) == 1


async def test_a_lease_that_was_taken_is_not_renewed(harness: WorkerHarness, caplog: pytest.LogCaptureFixture) -> None:
    async with message_that_hangs(harness):
        await harness.all_asleep()
        execute(harness.path, "UPDATE outbox SET leased_by = 'other', leased_until = 1")
        for _ in range(2):
            await sleep(harness, RENEWAL_INTERVAL_MS)
        await harness.all_asleep()
        [row] = ledger_checks.outbox(harness.path)
        assert (row["leased_by"], row["leased_until"]) == ("other", 1)
    assert caplog.messages.count("delivery_lease_lost") == 1


async def test_a_poll_that_hangs_ends_before_its_lease(harness: WorkerHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_poller, "POLL_SECONDS", 0)
    job = await harness.render()
    harness.api.while_polling = Held()
    await harness.advance_and_run((job.next_run_at - harness.clock.now()) / 1000)
    assert (await harness.job(job)).next_run_at > job.next_run_at


HOUR = 3600.0


@pytest.mark.parametrize("seconds", [0.5, 59.0, HOUR, 365 * 24 * HOUR])
@pytest.mark.parametrize("restarted", [False, True])
async def test_a_clock_set_back_delays_no_work(harness: WorkerHarness, seconds: float, *, restarted: bool) -> None:
    """The next process compares its clock with the database. tests/data/test_due_order.py has every kind of work."""
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


async def test_a_dead_process_submission_is_unknown_though_the_clock_was_set_back(harness: WorkerHarness) -> None:
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
    lease = Lease("other", harness.clock.now() + status_poller.LEASE_MS)
    [taken] = await harness.database.write(renders.take_due_polls, 1, (), lease)
    waiting = await harness.render(BOB)
    voided = await harness.place(12)
    await harness.orders.void(voided, notify=True)
    lease = Lease("other", harness.clock.now() + notifier.LEASE_MS)
    [delivery] = await harness.database.write(outbox.take_due, 1, (), tuple(NotificationType), lease)
    assert (taken.id, delivery.job.id) == (polled.id, voided.id)
    return waiting


def leased(harness: WorkerHarness) -> int:
    return sum(
        len(query(harness.path, f"SELECT 1 FROM {each} WHERE leased_by = 'other'")) for each in ("jobs", "outbox")
    )


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


class Watched(Watchdog):
    def __init__(self) -> None:
        self.now = 1000.0
        super().__init__(lambda: self.now)

    def after(self, seconds: float) -> str | None:
        self.now += seconds
        hopeless = self.check()
        return hopeless and hopeless.key


def test_work_is_stuck_after_ten_times_what_it_may_take(caplog: pytest.LogCaptureFixture) -> None:
    watchdog = Watched()
    with watchdog.watch("notifications", "job-1", 60):
        assert (watchdog.after(599), watchdog.stuck()) == (None, ())
        assert [watchdog.after(seconds) for seconds in (1, 0, 0)] == [None] * 3
        assert watchdog.stuck() == (Stuck("notifications", "job-1", 600),)
        assert [watchdog.after(seconds) for seconds in (599, 1)] == [None, "job-1"]
    assert (watchdog.after(0), watchdog.stuck()) == (None, ())
    assert caplog.messages == ["work_stuck", "work_recovered"]


def test_process_that_was_frozen_is_not_ended(caplog: pytest.LogCaptureFixture) -> None:
    watchdog = Watched()
    with watchdog.watch("notifications", "job-1", 60):
        assert [watchdog.after(seconds) for seconds in (0, 3600)] == [None, None]
    assert watchdog.after(0) is None
    with watchdog.watch("notifications", "job-2", 60):
        assert [watchdog.after(seconds) for seconds in (3600, 5)] == [None, "job-2"]
    assert caplog.messages == ["work_stuck", "work_recovered"] * 2


def test_work_that_moved_starts_anew_and_what_failed_is_not_under_way(caplog: pytest.LogCaptureFixture) -> None:
    watchdog = Watched()
    with watchdog.watch("submissions", "job-1", 60), watchdog.watch("submissions", "job-2", 60):
        watchdog.after(700)
        watchdog.heartbeat("job-1")
        watchdog.after(0)
        assert [each.key for each in watchdog.stuck()] == ["job-2"]
    assert caplog.messages == ["work_stuck", "work_stuck", "work_recovered", "work_recovered"]
    with pytest.raises(ZeroDivisionError), watchdog.watch("notifications", "job-1", 60):
        raise ZeroDivisionError
    assert (watchdog.after(10_000), watchdog.stuck()) == (None, ())


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


async def stuck_after(harness: WorkerHarness, seconds: int) -> list[str]:
    await sleep(harness, 1000 * seconds)
    return sorted(each.work for each in harness.worker.watchdog.stuck())


@pytest.mark.parametrize(("work", "seconds"), [("submissions", 750), ("status_polls", 900), ("probes", 1950)])
async def test_each_work_may_take_as_long_as_its_requests(harness: WorkerHarness, work: str, seconds: int) -> None:
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


async def not_stuck(harness: WorkerHarness, write: Callable[..., object], *, times: int, seconds: float) -> None:
    with harness.fail_writes(write) as failing:
        turning = asyncio.create_task(harness.worker.run_until_idle())
        for _ in range(times):
            await asyncio.wait_for(failing.wait(), 60)
            failing.clear()
            await harness.clock.asleep(1)
            await harness.clock.advance(seconds)
            assert harness.worker.watchdog.stuck() == ()
    await turning


async def test_outcome_that_waits_for_the_database_is_not_stuck_and_not_lost(harness: WorkerHarness) -> None:
    """A restart would lose the API's response."""
    job = await harness.queue()
    await not_stuck(harness, submissions.mark_rendering, times=100, seconds=30)
    moved = await harness.job(job)
    assert (moved.state, moved.request_id) == (JobState.RENDERING, "request-1")
    assert len(harness.api.created) == 1


async def test_message_that_waits_to_be_recorded_is_not_stuck_and_not_sent_again(harness: WorkerHarness) -> None:
    await harness.orders.void(await harness.place(), notify=True)
    await not_stuck(harness, outbox.mark_sent, times=1300, seconds=1)
    assert len(harness.publisher.attempts) == 1
    [row] = ledger_checks.outbox(harness.path)
    assert row["next_attempt_at"] is None
