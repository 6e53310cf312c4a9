"""Requests to cancel rendering movies, which outlive polls, holds and restores."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import JobState, Progress
from data import backups, holding, job_actions, jobs, reconciliation, renders
from data.leases import Lease
from data.restore import restore
from data.sqlite import SqliteDatabase
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import ALICE, BOB, HOUR, NOW, StoreHarness, a_job


async def requested(store: StoreHarness, number: int = 1) -> str:
    """Return a rendering job whose member asked to cancel it."""
    job = await store.rendering(a_job(number), NOW + HOUR)
    assert await store.database.write(job_actions.request_cancel, job.id, ALICE, NOW) is not None
    return job.id


async def test_it_is_recorded_and_the_poll_is_due_now(store: StoreHarness) -> None:
    """The worker must not wait until the next scheduled poll."""
    job_id = await requested(store)
    job = await store.found(job_id)
    assert (job.state, job.cancel_requested_at, job.next_run_at) == (JobState.RENDERING, NOW, NOW)
    [due] = await store.database.write(renders.take_due_polls, NOW, 10, (), Lease("worker", NOW + HOUR))
    assert due.cancel_requested_at == NOW


async def test_the_second_of_two_presses_changes_nothing(store: StoreHarness) -> None:
    job_id = await requested(store)
    assert await store.database.write(job_actions.request_cancel, job_id, ALICE, NOW + 5) is None
    assert (await store.found(job_id)).cancel_requested_at == NOW


async def test_of_many_presses_at_once_one_counts(store: StoreHarness) -> None:
    job = await store.rendering(a_job(1))
    presses = [store.database.write(job_actions.request_cancel, job.id, ALICE, NOW + number) for number in range(8)]
    assert sum(each is not None for each in await asyncio.gather(*presses)) == 1


async def test_nobody_else_can(store: StoreHarness) -> None:
    job = await store.rendering(a_job(1))
    assert await store.database.write(job_actions.request_cancel, job.id, BOB, NOW) is None
    assert (await store.found(job.id)).cancel_requested_at is None


@pytest.mark.parametrize("state", [state for state in JobState if state is not JobState.RENDERING])
async def test_only_a_rendering_job_can_be_asked_for(store: StoreHarness, state: JobState) -> None:
    job = await store.in_state(a_job(1), state)
    assert await store.database.write(job_actions.request_cancel, job.id, ALICE, NOW) is None


async def test_a_poll_in_progress_does_not_put_it_off(store: StoreHarness) -> None:
    """The poll was read before the request, and is rescheduled after it."""
    job = await store.rendering(a_job(1))
    await store.database.write(job_actions.request_cancel, job.id, ALICE, NOW + 1)
    await store.database.write(renders.reschedule_poll, job.id, NOW + HOUR, NOW, NOW)
    await store.database.write(renders.record_poll, job.id, NOW + HOUR, 0, Progress(), NOW)
    assert (await store.found(job.id)).next_run_at == NOW + 1


async def test_a_request_on_hold_is_still_carried_out_and_not_announced_again(store: StoreHarness) -> None:
    """A restored database may show a request whose end was already announced."""
    job_id = await requested(store)
    held = await store.database.write(holding.hold_open_work, NOW + HOUR)
    assert held.rendering == 1
    assert (await store.found(job_id)).cancel_requested_at == NOW
    ended = await store.database.write(renders.end_cancelled, job_id, 30, NOW + HOUR, None)
    assert ended is not None
    [told] = query(store.place, "SELECT status FROM outbox WHERE type = ?", NotificationType.CANCELLED.value)
    assert told["status"] == "suppressed"
    assert (await store.member()).used == 30
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()


@pytest.mark.sqlite  # backups of PostgreSQL are the same files
async def test_a_restored_request_is_settled_as_the_api_says(tmp_path: Path, store: StoreHarness) -> None:
    """Since the backup, the request may have succeeded or come too late."""
    first, second = await requested(store, 1), await requested(store, 2)
    path, backup = store.path, tmp_path / "copy.db"
    await asyncio.to_thread(backups.create_backup, path, backup)
    await store.database.close()
    restore(backup, path, NOW + HOUR)
    database = await SqliteDatabase.open(path)
    try:
        await database.write(renders.end_cancelled, first, 30, NOW + HOUR, None)
        await database.write(renders.complete, second, "https://movies.test/1.mp4", NOW + HOUR)
        states = [(await database.read(jobs.get, each)).state for each in (first, second)]
        assert states == [JobState.CANCELLED, JobState.COMPLETED]
        assert await database.read_long(reconciliation.find_discrepancies) == ()
    finally:
        await database.close()
