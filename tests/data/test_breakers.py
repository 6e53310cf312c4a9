"""The circuit breaker's record changes in the transactions that settle jobs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.domain.breaker import MAX_OUTAGE_WAIT_MS, PROBE_LEASE_MS, Breaker, BreakerState, Outage
from bot.domain.job import EndReason, JobState
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext
from data import backups, breakers, callbacks, job_actions, jobs, orders, renders, submissions
from data.audit_log import AuditEvent
from data.database import Database
from data.migrations_runner import load_migrations, migrate
from data.restore import restore
from data.sqlite import SqliteDatabase
from tests.helpers import claims
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, NOW, StoreHarness, a_job

CLOSED, OPEN, HALF_OPEN = BreakerState.CLOSED, BreakerState.OPEN, BreakerState.HALF_OPEN


@pytest.fixture
async def beside(path: Path) -> AsyncIterator[Database]:
    """Another process's database over the same file."""
    async with AsyncExitStack() as stack:
        database = await SqliteDatabase.open(path)
        stack.push_async_callback(database.close)
        yield database


async def lost(store: StoreHarness, number: int = 1) -> None:
    """A job whose submission had no certain answer."""
    job = await store.submitting(a_job(number))
    assert await store.database.write(submissions.mark_unknown, job.id, NOW) is not None


async def test_an_open_breaker_lets_no_process_claim(store: StoreHarness, beside: Database) -> None:
    """The breaker opens in the transaction that makes the job unknown."""
    waiting = await store.queued(a_job(2, BOB))
    await store.database.write(submissions.claim, NOW, 0, 10, 10)
    first = await store.queued(a_job(1, ALICE))
    [claimed] = await store.claimed(NOW, 1, 10, 10)
    assert claimed.id == first.id
    await beside.write(submissions.mark_unknown, first.id, NOW)
    assert (await store.database.read(breakers.read)).state is OPEN
    assert await store.claimed(NOW, 10, 10, 10) == []
    assert await beside.write(submissions.claim, NOW, 10, 10, 10) == []
    assert await store.state(waiting) is JobState.QUEUED


async def test_of_two_processes_one_sends_the_trial(store: StoreHarness, beside: Database) -> None:
    """Once the trial is accepted, other jobs can be claimed."""
    await lost(store)
    for number, member in ((2, BOB), (3, CAROL), (4, ALICE)):
        await store.queued(a_job(number, member))
    await store.database.write(breakers.probe_answered)
    claims = [
        database.write(submissions.claim, NOW, 4, 10, 10) for _ in range(5) for database in (store.database, beside)
    ]
    taken = [job.id for each in await asyncio.gather(*claims) for job, _ in each]
    assert taken == [f"{2:013}"]
    assert (await beside.read(breakers.read)).trial_job_id == taken[0]
    await store.database.write(submissions.mark_rendering, taken[0], "request-2", NOW, NOW)
    assert (await beside.read(breakers.read)).state is CLOSED
    assert len(await beside.write(submissions.claim, NOW, 4, 10, 10)) == 2


@pytest.mark.parametrize("rejected", [False, True])
async def test_the_trial_is_of_a_member_whose_order_did_not_just_fail(store: StoreHarness, rejected: bool) -> None:
    """One member's failing orders must not keep the breaker open for everyone."""
    if rejected:
        job = await store.submitting(a_job(1))
        reason, outage = EndReason.PLAN_EXHAUSTED, Outage.PLAN_EXHAUSTED
        await store.database.write(submissions.refuse, job.id, reason, None, NOW, outage)
    else:
        await lost(store)
    own, others = await store.queued(a_job(2, ALICE)), await store.queued(a_job(3, BOB))
    await store.database.write(breakers.probe_answered)
    assert [job.id for job in await store.claimed(NOW, 4, 10, 10)] == [others.id]
    await store.database.write(claims.requeue, others.id, NOW, 0)
    await store.database.write(job_actions.cancel, others.id, BOB, NOW)
    assert [job.id for job in await store.claimed(NOW, 4, 10, 10)] == [own.id]


async def test_a_failure_from_before_the_outage_puts_its_member_behind_no_one(store: StoreHarness) -> None:
    job = await store.submitting(a_job(1))
    await store.database.write(submissions.refuse, job.id, EndReason.REQUEST_REJECTED, None, NOW - 1)
    await store.submitting(a_job(2, CAROL))
    await store.database.write(submissions.mark_unknown, a_job(2).id, NOW)
    own, _ = await store.queued(a_job(3, ALICE)), await store.queued(a_job(4, BOB))
    await store.database.write(breakers.probe_answered)
    assert [job.id for job in await store.claimed(NOW, 4, 10, 10)] == [own.id]


async def test_of_two_processes_one_probes(store: StoreHarness, beside: Database) -> None:
    """Once its lease ends, the other process may probe."""
    await lost(store)
    due = (await store.database.read(breakers.read)).retry_at
    assert not await store.database.write(breakers.lease_probe, due - 1)
    taken = await asyncio.gather(
        *(database.write(breakers.lease_probe, due) for _ in range(5) for database in (store.database, beside))
    )
    assert sum(taken) == 1
    assert not await beside.write(breakers.lease_probe, due + PROBE_LEASE_MS - 1)
    assert await beside.write(breakers.lease_probe, due + PROBE_LEASE_MS)


async def test_of_two_processes_one_logs_a_change(store: StoreHarness, beside: Database) -> None:
    """Opening and closing are each logged once."""

    async def reports() -> list[Breaker]:
        both = await asyncio.gather(
            *(database.write(breakers.claim_report) for database in (store.database, beside, store.database))
        )
        return [each for each in both if each is not None]

    assert await reports() == []
    await lost(store)
    [opened] = await reports()
    assert (opened.state, opened.outage, opened.opened_at) == (OPEN, Outage.NO_ANSWER, NOW)
    await store.database.write(breakers.probe_failed, Outage.AUTHENTICATION_FAILED, NOW, None)
    await store.database.write(breakers.probe_answered)
    assert await reports() == []
    trial = await store.submitting(a_job(2, BOB))
    await store.database.write(submissions.mark_rendering, trial.id, "request-2", NOW, NOW)
    [closed] = await reports()
    assert (closed.state, closed.opened_at) == (CLOSED, NOW)
    assert await reports() == []


@pytest.mark.parametrize("refused", [True, False])
@pytest.mark.parametrize("outage", Outage)
async def test_every_outage_is_kept(store: StoreHarness, beside: Database, outage: Outage, *, refused: bool) -> None:
    """Every process reads the outage that one of them recorded."""
    job = await store.submitting(a_job(1))
    if refused:
        reason = EndReason.PLAN_EXHAUSTED
        await store.database.write(submissions.refuse, job.id, reason, None, NOW, outage, 5000)
        assert await store.state(job) is JobState.FAILED
    else:
        back = await store.database.write(claims.requeue, job.id, NOW, 1, outage, 5000)
        assert back is not None
        assert (back.state, back.next_run_at) == (JobState.QUEUED, NOW)
    assert await beside.read(breakers.read) == Breaker(OPEN, outage, NOW, NOW + 5000, 5000)


async def test_a_trial_that_was_not_sent_makes_room_for_another(store: StoreHarness) -> None:
    """A stop before there was a connection says nothing about the API."""
    await lost(store)
    await store.database.write(breakers.probe_answered)
    trial = await store.submitting(a_job(2, BOB))
    await store.database.write(claims.requeue, trial.id, NOW, 0)
    assert (await store.database.read(breakers.read)).state is HALF_OPEN
    assert [job.id for job in await store.claimed(NOW, 4, 10, 10)] == [trial.id]


async def test_a_trial_that_a_dead_process_left_opens_the_breaker_again(store: StoreHarness) -> None:
    """The trial's outcome is unknown, while other jobs' recovery changes nothing."""
    other = await store.submitting(a_job(1))
    await store.recovered(NOW)
    assert (await store.state(other), (await store.database.read(breakers.read)).state) == (JobState.UNKNOWN, CLOSED)
    await lost(store, 2)
    await store.database.write(breakers.probe_answered)
    trial = await store.submitting(a_job(3, BOB))
    assert await store.recovered(NOW, exclude=(trial.id,)) == [], "its process is alive"
    assert (await store.database.read(breakers.read)).state is HALF_OPEN
    await store.recovered(NOW)
    assert (await store.state(trial), (await store.database.read(breakers.read)).state) == (JobState.UNKNOWN, OPEN)


async def test_a_trial_that_an_older_version_made_unknown_opens_the_breaker_again(store: StoreHarness) -> None:
    """Older versions recover jobs without changing the breaker."""
    await lost(store)
    await store.database.write(breakers.probe_answered)
    trial = await store.submitting(a_job(2, BOB))
    await store.database.write(lambda tx: jobs.transition(tx, trial.id, JobState.UNKNOWN, {}))
    assert await store.recovered(NOW, before=NOW) == []
    assert (await store.database.read(breakers.read)).state is OPEN


async def test_an_outcome_that_another_process_settled_changes_nothing(store: StoreHarness) -> None:
    """A job that is not SUBMITTING says nothing about the API."""
    job = await store.rendering(a_job(1))
    assert await store.database.write(submissions.mark_unknown, job.id, NOW) is None
    assert await store.database.write(claims.requeue, job.id, NOW, 1, Outage.UNREACHABLE) is None
    assert (
        await store.database.write(submissions.refuse, job.id, EndReason.RATE_LIMITED, None, NOW, Outage.RATE_LIMITED)
        is None
    )
    assert await store.database.read(breakers.read) == Breaker()


async def test_an_id_that_another_job_has_is_no_answer(store: StoreHarness) -> None:
    """A proxy may repeat an old response."""
    first = await store.rendering(a_job(1))
    second = await store.submitting(a_job(2, BOB))
    await store.database.write(submissions.mark_rendering, second.id, f"request-{first.id}", NOW, NOW)
    assert (await store.database.read(breakers.read)).outage is Outage.NO_ANSWER


async def test_only_jobs_that_waited_through_the_outage_are_ended(store: StoreHarness) -> None:
    """Jobs ordered later stay queued, and a second pass ends none."""
    old = await store.queued(a_job(2, BOB, at=NOW - MAX_OUTAGE_WAIT_MS))
    assert await store.waited_too_long(NOW + 2 * MAX_OUTAGE_WAIT_MS) == []
    await store.database.write(submissions.claim, NOW, 0, 10, 10)
    job = await store.queued(a_job(1, ALICE))
    [claimed] = await store.claimed(NOW, 1, 10, 10)
    assert claimed.id == job.id
    await store.database.write(submissions.mark_unknown, job.id, NOW)
    young = await store.reserved(a_job(3, CAROL, at=NOW - MAX_OUTAGE_WAIT_MS))
    await store.database.write(orders.enqueue, young.id, 77, NOW + MAX_OUTAGE_WAIT_MS)
    await store.database.write(breakers.probe_failed, Outage.NO_ANSWER, NOW + MAX_OUTAGE_WAIT_MS, None)
    assert await store.waited_too_long(NOW + MAX_OUTAGE_WAIT_MS) == []
    assert await store.waited_too_long(NOW + MAX_OUTAGE_WAIT_MS + 1) == [(old.id, Outage.NO_ANSWER)]
    assert (await store.found(old.id)).end_reason is EndReason.UNREACHABLE
    assert (await store.member(BOB)).held == 0
    assert await store.state(young) is JobState.QUEUED
    assert (old.id, "failed") in await store.pending_notifications()
    assert await store.waited_too_long(NOW + MAX_OUTAGE_WAIT_MS + 1) == []


async def test_a_job_is_not_ended_once_the_api_answers(store: StoreHarness) -> None:
    """It was found before the probe, which another process made."""
    waiting = await store.queued(a_job(1, BOB))
    await store.database.write(submissions.claim, NOW, 0, 10, 10)
    await lost(store, 0)
    later = NOW + MAX_OUTAGE_WAIT_MS + 1
    assert await store.database.read(submissions.overdue, later) == (), "no process has probed since"
    await store.database.write(breakers.probe_failed, Outage.NO_ANSWER, NOW + MAX_OUTAGE_WAIT_MS, None)
    assert await store.database.read(submissions.overdue, later) == [waiting.id]
    await store.database.write(breakers.probe_answered)
    assert await store.database.write(submissions.end_waiting, waiting.id, later) is None
    assert await store.state(waiting) is JobState.QUEUED


async def test_a_job_that_left_the_queue_meanwhile_is_not_ended(store: StoreHarness) -> None:
    """It was the trial, and the API may have made its movie."""
    waiting = await store.queued(a_job(1, BOB))
    await store.database.write(submissions.claim, NOW, 0, 10, 10)
    await lost(store, 0)
    later = NOW + MAX_OUTAGE_WAIT_MS + 1
    await store.database.write(breakers.probe_failed, Outage.NO_ANSWER, NOW + MAX_OUTAGE_WAIT_MS, None)
    assert await store.database.read(submissions.overdue, later) == [waiting.id]
    await store.database.write(breakers.probe_answered)
    [trial] = await store.claimed(later, 1, 10, 10)
    assert trial.id == waiting.id
    await store.database.write(submissions.mark_unknown, trial.id, later)
    assert await store.database.write(submissions.end_waiting, trial.id, later) is None
    assert await store.state(trial) is JobState.UNKNOWN
    assert (await store.member(BOB)).held == trial.price


@pytest.mark.sqlite
async def test_a_restored_database_starts_with_a_closed_breaker(store: StoreHarness, tmp_path: Path) -> None:
    """The outage in a backup is no longer current.

    Its end is not logged.
    """
    await lost(store)
    assert await store.database.write(breakers.claim_report) is not None
    backup, place = tmp_path / "backup.db", tmp_path / "restored.db"
    backups.create_backup(store.path, backup)
    restore(backup, place, NOW)
    database = await SqliteDatabase.open(place)
    try:
        assert (await database.read(breakers.read), await database.write(breakers.claim_report)) == (Breaker(), None)
    finally:
        await database.close()


async def test_a_file_of_an_older_version_gets_a_closed_breaker(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    migrate(path, tuple(each for each in load_migrations() if each.number < 9))
    migrate(path)
    database = await SqliteDatabase.open(path)
    try:
        assert await database.read(breakers.read) == Breaker()
    finally:
        await database.close()


async def test_the_end_of_many_unknown_jobs_spares_what_the_api_may_have(store: StoreHarness) -> None:
    """Jobs that got a callback or request id meanwhile are kept."""
    jobs = [await store.queued(a_job(number, member)) for number, member in ((1, ALICE), (2, BOB), (3, CAROL))]
    claimed = dict(
        zip((job.id for job in jobs), await store.database.write(submissions.claim, NOW, 3, 10, 10), strict=True)
    )
    for job in jobs:
        await store.database.write(submissions.mark_unknown, job.id, NOW)
    heard, found, silent = await store.database.read(renders.unknown_since, NOW)
    await store.database.write(callbacks.record_callback, claimed[heard.id][1].hash, "request-1", NOW)
    await store.database.write(renders.attach_request_id, found.id, "request-2", NOW)
    change = AuditEvent(AuditContext(SYSTEM_ACTOR_ID, GUILD, "failed"), AuditAction.JOB_RESOLVED, ALICE, None, NOW)
    ended = [
        await store.database.write(
            renders.resolve_failed, job.id, change, upstream_charged=False, without_callback=True
        )
        for job in (heard, found, silent)
    ]
    assert [job and job.id for job in ended] == [None, None, silent.id]
    assert [await store.state(job) for job in jobs] == [JobState.UNKNOWN, JobState.RENDERING, JobState.FAILED]
    assert await store.database.read(renders.unknown_since, NOW + 1) == []
