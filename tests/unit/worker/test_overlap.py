"""Two processes on one database: each job is in one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.core.errors import ConnectFailed
from bot.domain.jobs import JobState
from bot.domain.request import MovieRequest
from bot.worker import notifier, status_poller
from bot.worker.notifier import RENEWAL_INTERVAL_MS
from bot.worker.poll_loop import ERROR_BACKOFF_MS
from bot.worker.status_poller import LEASE_MS, POLL_SECONDS
from data import outbox, submissions
from tests.helpers import ledger_checks
from tests.helpers.claims import requeue
from tests.helpers.fakes import COMPLETED, Held, nothing
from tests.helpers.worker_harness import WorkerHarness, tasks_without_discord

LONGEST = 75
"""The longest submission in seconds: the client's limit of 60, and a margin."""


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
    """It was stalled when the recovery looked for such jobs."""
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
async def test_a_poll_under_way_is_left_to_its_process_until_it_stops_or_its_lease_ends(
    harness: WorkerHarness, *, stops: bool
) -> None:
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


@pytest.mark.parametrize("movie", [True, False])
async def test_a_message_under_way_is_left_to_its_process_however_long_it_takes(
    harness: WorkerHarness, *, movie: bool
) -> None:
    """Once Discord forgets the nonce, a second attempt would post a duplicate."""
    async with message_that_hangs(harness, movie=movie):
        new = harness.new_worker(beside=True)
        for _ in range(2 * notifier.LEASE_MS // RENEWAL_INTERVAL_MS):
            await harness.all_asleep()
            await harness.clock.advance(RENEWAL_INTERVAL_MS / 1000)
            assert await new.run_until_idle() == 0
        assert len(harness.publisher.attempts) == 1


async def test_a_lease_is_renewed_after_an_error_of_the_database(harness: WorkerHarness) -> None:
    async with message_that_hangs(harness):
        new = harness.new_worker(beside=True)
        await harness.all_asleep()
        with harness.fail_writes(outbox.renew) as failed:
            await harness.clock.advance(RENEWAL_INTERVAL_MS / 1000)
            await failed.wait()
            await harness.all_asleep()
        await harness.clock.advance(ERROR_BACKOFF_MS / 1000)
        await harness.all_asleep()
        await harness.clock.advance((notifier.LEASE_MS - 1) / 1000)
        assert await new.run_until_idle() == 0


async def test_a_lease_that_another_process_has_taken_is_reported_once_and_not_renewed(
    harness: WorkerHarness, caplog: pytest.LogCaptureFixture
) -> None:
    async with message_that_hangs(harness):
        await harness.all_asleep()
        ledger_checks.execute(harness.path, "UPDATE outbox SET leased_by = 'other', leased_until = 1")
        for _ in range(2):
            await harness.clock.advance(RENEWAL_INTERVAL_MS / 1000)
            await harness.all_asleep()
        [row] = ledger_checks.outbox(harness.path)
        assert (row["leased_by"], row["leased_until"]) == ("other", 1)
    assert caplog.messages.count("delivery_lease_lost") == 1


async def test_a_poll_that_hangs_ends_before_its_lease(harness: WorkerHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_poller, "POLL_SECONDS", 0)
    job = await harness.render()
    due_at = job.next_run_at
    harness.api.while_polling = Held()
    await harness.advance_and_run((due_at - harness.clock.now()) / 1000)
    later = (await harness.job(job)).next_run_at
    assert later is not None
    assert later > due_at
