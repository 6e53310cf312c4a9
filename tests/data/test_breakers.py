"""The circuit breaker's record changes in the transactions that settle jobs."""

from __future__ import annotations

import pytest

from bot.domain.breaker import MAX_OUTAGE_WAIT_MS, PROBE_LEASE_MS, Breaker, BreakerState, Outage
from bot.domain.jobs import EndReason, JobState
from data import breakers, job_actions, jobs, orders, submissions
from tests.helpers import claims
from tests.helpers.at_time import at_time
from tests.helpers.store_harness import ALICE, BOB, CAROL, NOW, StoreHarness, a_job

CLOSED, OPEN, HALF_OPEN = BreakerState.CLOSED, BreakerState.OPEN, BreakerState.HALF_OPEN


async def breaker(store: StoreHarness) -> Breaker:
    return await store.database.read(breakers.read)


async def claimed(store: StoreHarness) -> list[int]:
    return [int(job.id) for job in await store.claimed(NOW, 4, 10, 10)]


async def lost(store: StoreHarness, number: int = 1) -> None:
    """Open the breaker: a job's submission had no certain answer."""
    await store.in_state(a_job(number), JobState.UNKNOWN)


async def test_an_open_breaker_lets_no_job_pass_and_a_half_open_one_the_trial_alone(store: StoreHarness) -> None:
    await lost(store)
    assert (await breaker(store)).state is OPEN
    for number, member in ((2, BOB), (3, CAROL), (4, ALICE)):
        await store.queued(a_job(number, member))
    assert await claimed(store) == []
    await store.database.write(breakers.probe_answered)
    assert [await claimed(store) for _ in range(2)] == [[2], []]
    assert (await breaker(store)).trial_job_id == a_job(2).id
    await store.database.write(submissions.mark_rendering, a_job(2).id, "request-2", NOW)
    assert (await breaker(store)).state is CLOSED
    assert await claimed(store) == [3, 4]


@pytest.mark.parametrize("rejected", [False, True])
async def test_the_trial_is_of_a_member_whose_order_did_not_just_fail(store: StoreHarness, rejected: bool) -> None:
    """One member's failing orders must not keep the breaker open for everyone."""
    if rejected:
        job = await store.submitting(a_job(1))
        reason, outage = EndReason.PLAN_EXHAUSTED, Outage.PLAN_EXHAUSTED
        await store.database.write(submissions.refuse, job.id, reason, None, outage)
    else:
        await lost(store)
    for number, member in ((2, ALICE), (3, BOB)):
        await store.queued(a_job(number, member))
    await store.database.write(breakers.probe_answered)
    assert await claimed(store) == [3]
    await store.database.write(claims.requeue, a_job(3).id, NOW, 0)
    await store.database.write(job_actions.cancel, a_job(3).id, BOB)
    assert await claimed(store) == [2]


async def test_a_failure_from_before_the_outage_puts_its_member_behind_no_one(store: StoreHarness) -> None:
    job = await store.submitting(a_job(1))
    await store.database.write(at_time(NOW - 1, submissions.refuse), job.id, EndReason.REQUEST_REJECTED, None)
    await store.in_state(a_job(2, CAROL), JobState.UNKNOWN)
    for number, member in ((3, ALICE), (4, BOB)):
        await store.queued(a_job(number, member))
    await store.database.write(breakers.probe_answered)
    assert await claimed(store) == [3]


async def test_one_process_probes_and_another_once_its_lease_ends(store: StoreHarness) -> None:
    await lost(store)
    due = (await breaker(store)).retry_at
    leased = [
        await store.database.write(at_time(at, breakers.lease_probe))
        for at in (due - 1, due, due, due + PROBE_LEASE_MS - 1, due + PROBE_LEASE_MS)
    ]
    assert leased == [False, True, False, False, True]


@pytest.mark.parametrize("refused", [True, False])
async def test_every_outage_is_kept(store: StoreHarness, *, refused: bool) -> None:
    for number, outage in enumerate(Outage):
        await store.database.write(breakers.reset)
        job = await store.submitting(a_job(number, cost=1))
        if refused:
            reason = EndReason.PLAN_EXHAUSTED
            await store.database.write(submissions.refuse, job.id, reason, None, outage, 5000)
            assert await store.state(job) is JobState.FAILED
        else:
            back = await store.database.write(claims.requeue, job.id, NOW, 1, outage, 5000)
            assert (back.state, back.next_run_at) == (JobState.QUEUED, NOW)
            await store.database.write(job_actions.cancel, job.id, ALICE)
        assert await breaker(store) == Breaker(OPEN, outage, NOW, NOW + 5000, 5000)


async def test_a_trial_that_was_not_sent_makes_room_for_another(store: StoreHarness) -> None:
    """A stop before there was a connection says nothing about the API."""
    await lost(store)
    await store.database.write(breakers.probe_answered)
    trial = await store.submitting(a_job(2, BOB))
    await store.database.write(claims.requeue, trial.id, NOW, 0)
    assert (await breaker(store)).state is HALF_OPEN
    assert await claimed(store) == [2]


async def test_a_trial_that_a_dead_process_left_opens_the_breaker_again(store: StoreHarness) -> None:
    other = await store.submitting(a_job(1))
    await store.recovered(NOW)
    assert (await store.state(other), (await breaker(store)).state) == (JobState.UNKNOWN, CLOSED)
    await lost(store, 2)
    for number, by_older_version in ((3, False), (4, True)):
        await store.database.write(breakers.probe_answered)
        trial = await store.submitting(a_job(number, BOB))
        assert await store.recovered(NOW, exclude=(trial.id,)) == [], "its process is alive"
        assert (await breaker(store)).state is HALF_OPEN
        if by_older_version:
            await store.database.write(jobs.transition, trial.id, JobState.UNKNOWN, {})
        assert await store.recovered(NOW) == [trial.id] * (not by_older_version)
        assert (await store.state(trial), (await breaker(store)).state) == (JobState.UNKNOWN, OPEN)


async def test_an_outcome_that_another_process_settled_changes_nothing(store: StoreHarness) -> None:
    """A job that is not SUBMITTING says nothing about the API."""
    job = await store.rendering(a_job(1))
    limited = EndReason.RATE_LIMITED, None, Outage.RATE_LIMITED
    assert await store.database.write(submissions.mark_unknown, job.id) is None
    assert await store.database.write(claims.requeue, job.id, NOW, 1, Outage.UNREACHABLE) is None
    assert await store.database.write(submissions.refuse, job.id, *limited) is None
    assert await breaker(store) == Breaker()


async def test_only_jobs_that_waited_through_the_outage_are_ended(store: StoreHarness) -> None:
    old = await store.queued(a_job(2, BOB, at=NOW - MAX_OUTAGE_WAIT_MS))
    assert await store.waited_too_long(NOW + 2 * MAX_OUTAGE_WAIT_MS) == []
    await lost(store)
    young = await store.reserved(a_job(3, CAROL, at=NOW - MAX_OUTAGE_WAIT_MS))
    await store.database.write(at_time(NOW + MAX_OUTAGE_WAIT_MS, orders.enqueue), young.id, 77)
    await store.database.write(at_time(NOW + MAX_OUTAGE_WAIT_MS, breakers.probe_failed), Outage.NO_ANSWER, None)
    assert await store.waited_too_long(NOW + MAX_OUTAGE_WAIT_MS) == []
    assert await store.waited_too_long(NOW + MAX_OUTAGE_WAIT_MS + 1) == [(old.id, Outage.NO_ANSWER)]
    assert (await store.found(old.id)).end_reason is EndReason.UNREACHABLE
    assert (await store.member(BOB)).held == 0
    assert await store.state(young) is JobState.QUEUED
    assert (old.id, "failed") in await store.pending_notifications()
    assert await store.waited_too_long(NOW + MAX_OUTAGE_WAIT_MS + 1) == []


async def test_a_job_is_not_ended_once_the_api_answers_or_it_left_the_queue(store: StoreHarness) -> None:
    """The job was found before another process made the probe and sent the job as trial: there may be a movie."""
    waiting = await store.queued(a_job(1, BOB))
    await lost(store, 0)
    later = NOW + MAX_OUTAGE_WAIT_MS + 1
    assert await store.database.read(at_time(later, submissions.overdue)) == (), "no process has probed since"
    await store.database.write(at_time(NOW + MAX_OUTAGE_WAIT_MS, breakers.probe_failed), Outage.NO_ANSWER, None)
    assert await store.database.read(at_time(later, submissions.overdue)) == [waiting.id]
    await store.database.write(breakers.probe_answered)
    assert await store.database.write(at_time(later, submissions.end_waiting), waiting.id) is None
    assert await store.state(waiting) is JobState.QUEUED
    assert await claimed(store) == [1]
    await store.database.write(at_time(later, submissions.mark_unknown), waiting.id)
    assert await store.database.write(at_time(later, submissions.end_waiting), waiting.id) is None
    assert await store.state(waiting) is JobState.UNKNOWN
    assert (await store.member(BOB)).held == waiting.price
