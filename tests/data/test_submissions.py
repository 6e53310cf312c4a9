"""Submissions leave the queue in order, once, within limits and the circuit breaker; their ends move credits once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.breaker import MAX_OUTAGE_WAIT_MS, PROBE_LEASE_MS, Breaker, BreakerState, Outage
from bot.domain.credits import Budget, EntryType
from bot.domain.durations import RenderSample
from bot.domain.jobs import EndReason, JobState, Progress
from bot.domain.quota import AuditReason
from data import breakers, job_actions, jobs, orders, rate_limits, renders, reports, restore_review, submissions
from tests.helpers import claims
from tests.helpers.at_time import at_time
from tests.helpers.due_work import due_polls
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import ALICE, BOB, CAROL, DAY, HOUR, NOW, StoreHarness, a_job


async def ids(
    store: StoreHarness, *, limit: int = 100, rendering: int = 100, member: int = 100, now: int = NOW
) -> list[int]:
    return [int(job.id) for job in await store.claimed(now, limit, rendering, member)]


async def fill(store: StoreHarness, *members: int) -> None:
    for number, member in enumerate(members, 1):
        await store.queued(a_job(number, member, cost=10))


async def test_the_queue_is_served_in_order_each_job_once(store: StoreHarness) -> None:
    await fill(store, ALICE, BOB, ALICE, CAROL)
    [first] = await store.claimed(NOW, 1, 100, 100)
    assert (first.id, first.state) == (a_job(1).id, JobState.SUBMITTING)
    assert (first.submitted_at, first.next_run_at) == (NOW, None)
    assert await store.found(first.id) == first
    [(passed, *_)] = await store.database.write(submissions.claim, 1, 10, 10, [a_job(2).id])
    assert passed.id == a_job(3).id
    assert [await ids(store, limit=1) for _ in range(3)] == [[2], [4], []]


async def test_no_more_than_the_operators_limit_render(store: StoreHarness) -> None:
    await fill(store, ALICE, ALICE, ALICE, CAROL)
    assert await ids(store, rendering=2) == [1, 2]
    assert await ids(store, rendering=2) == []
    await store.database.write(submissions.mark_rendering, f"{1:013}", "request-1", NOW)
    assert await ids(store, rendering=2) == []
    await store.database.write(renders.complete, f"{1:013}", "https://movies.test/a.mp4")
    assert await ids(store, rendering=2) == [3]


async def test_a_member_at_their_bound_is_passed_over_and_not_in_the_way(store: StoreHarness) -> None:
    await fill(store, ALICE, ALICE, ALICE, BOB, ALICE, CAROL)
    assert await ids(store, member=2, limit=3) == [1, 2, 4]
    assert await ids(store, member=2) == [6]
    await store.database.write(renders.fail, f"{2:013}", EndReason.REQUEST_REJECTED, None, upstream_charged=False)
    assert await ids(store, member=2) == [3]


async def test_a_movie_that_renders_for_more_than_a_day_takes_no_place(store: StoreHarness) -> None:
    await fill(store, ALICE, ALICE)
    assert await ids(store, rendering=1, member=1) == [1]
    assert await ids(store, rendering=1, member=1, now=NOW + DAY - 1) == []
    assert await ids(store, rendering=1, member=1, now=NOW + DAY) == [2]


async def test_what_was_never_sent_goes_back_to_its_place_not_before_its_time(store: StoreHarness) -> None:
    await fill(store, ALICE, BOB)
    await ids(store, limit=1)
    back = await store.database.write(claims.requeue, f"{1:013}", NOW + 500, 3)
    assert (back.state, back.submit_attempts, back.submitted_at) == (JobState.QUEUED, 3, None)
    assert await store.database.read(submissions.next_claimable_at, NOW) == NOW + 500
    assert await store.database.write(at_time(NOW + 499, submissions.claim), 10, 10, 10, [a_job(2).id]) == []
    assert await ids(store, rendering=1, now=NOW + 500) == [1]
    found = await store.database.write(submissions.mark_rendering, f"{1:013}", "65fd0c1", NOW + 5000)
    assert (found.state, found.request_id) == (JobState.RENDERING, "65fd0c1")
    assert (found.next_run_at, found.submit_attempts) == (NOW + 5000, 0)


@pytest.mark.parametrize("outage", [Outage.UNREACHABLE, None])
async def test_a_repeated_requeue_leaves_a_later_claim_alone(store: StoreHarness, outage: Outage | None) -> None:
    """A process may repeat a commit whose response was lost. By then, another one may have claimed the job."""
    await store.in_state(a_job(1, BOB), JobState.UNKNOWN)
    await store.database.write(breakers.probe_answered)
    await store.queued(a_job(2))
    [(job, token, _)] = await store.database.write(submissions.claim, 1, 10, 10)
    assert await store.database.write(submissions.requeue, job.id, token.hash, 1, outage) is not None
    await store.database.write(breakers.probe_answered)
    [(again, *_)] = await store.database.write(submissions.claim, 1, 10, 10)
    breaker = await store.database.read(breakers.read)
    assert (breaker.state, breaker.trial_job_id) == (BreakerState.HALF_OPEN, job.id)
    assert await store.database.write(submissions.requeue, job.id, token.hash, 1, outage) is None
    assert await store.found(job.id) == again
    assert await store.database.read(breakers.read) == breaker
    assert await ids(store) == []


async def test_waiting_for_a_place_is_no_reason_to_wake_up(store: StoreHarness) -> None:
    await fill(store, ALICE, ALICE)
    assert await ids(store, limit=1) == [1]
    for limits in ({"rendering": 1}, {"member": 1}):
        assert await ids(store, **limits) == []
        assert await store.database.read(submissions.next_claimable_at, NOW) is None
    assert await ids(store) == [2]


@pytest.mark.parametrize("answer", ["none", "another job's id"])
async def test_an_unknown_submission_keeps_its_hold_and_notifies_its_member(store: StoreHarness, answer: str) -> None:
    """It may have been ordered. A proxy may repeat an old response, and one id of the API belongs to one job."""
    other = await store.rendering(a_job(1, BOB))
    job = await store.submitting(a_job(2))
    repeated = (submissions.mark_rendering, job.id, f"request-{other.id}", NOW)
    lost = await store.database.write(*((submissions.mark_unknown, job.id) if answer == "none" else repeated))
    assert (lost.state, lost.request_id, lost.next_run_at) == (JobState.UNKNOWN, None, None)
    assert await store.found(other.id) == other
    assert await store.member() == Budget(600, held=100)
    assert await store.pending_notifications() == [(job.id, "unknown")]
    [entry] = query(store.place, "SELECT subject_id, amount, job_id, reason_code FROM audit_log")
    assert [*entry.values()] == [ALICE, 100, job.id, AuditReason.SUBMISSION_UNCONFIRMED]
    assert (await store.database.read(breakers.read)).outage is Outage.NO_ANSWER
    assert await store.database.write(claims.requeue, job.id, NOW, 1) is None
    assert await ids(store) == []


async def test_what_a_dead_process_was_submitting_is_unknown_afterwards(store: StoreHarness) -> None:
    old, ours, young = [await store.queued(a_job(n, member)) for n, member in ((1, ALICE), (2, BOB), (3, CAROL))]
    for at in (NOW, NOW, NOW + 1):
        assert len(await store.claimed(at, 1, 10, 10)) == 1
    waiting = await store.queued(a_job(4))
    assert await store.recovered(NOW + 2, before=NOW + 1, exclude=(ours.id,)) == [old.id]
    assert [await store.state(job) for job in (ours, young)] == [JobState.SUBMITTING] * 2
    assert await store.database.write(submissions.mark_rendering, ours.id, "request", NOW) is not None
    assert [await store.recovered(NOW) for _ in range(2)] == [[young.id], []]
    states = [await store.state(job) for job in (old, ours, young, waiting)]
    assert states == [JobState.UNKNOWN, JobState.RENDERING, JobState.UNKNOWN, JobState.QUEUED]
    assert sorted(await store.pending_notifications()) == [(job.id, "unknown") for job in (old, young)]


async def test_moves_that_the_table_forbids_do_nothing(store: StoreHarness) -> None:
    """A job that is not SUBMITTING says nothing about the API."""
    done, rendering = await store.in_state(a_job(1), JobState.COMPLETED), await store.rendering(a_job(3, CAROL))
    waiting = await store.queued(a_job(2, BOB))
    before = (await store.moves(), await store.pending_notifications())
    moves: list[tuple[Any, ...]] = [
        (renders.complete, waiting.id, "https://movies.test/b.mp4"),
        (submissions.refuse, rendering.id, EndReason.RATE_LIMITED, None, Outage.RATE_LIMITED),
        *((submissions.mark_rendering, job.id, "x", NOW) for job in (waiting, done)),
        *((submissions.mark_unknown, job.id) for job in (waiting, rendering, done)),
        *((claims.requeue, job.id, NOW, 1, Outage.UNREACHABLE) for job in (waiting, rendering, done)),
    ]
    for move in moves:
        assert await store.database.write(*move) is None
    assert not await store.database.write(
        renders.fail, "nobody", EndReason.UPSTREAM_FAILED, None, upstream_charged=True
    )
    assert [await store.state(job) for job in (waiting, rendering, done)] == ["queued", "rendering", "completed"]
    assert (await store.moves(), await store.pending_notifications()) == before
    assert await store.database.read(breakers.read) == Breaker()


URL = "https://movies.test/a.mp4"


async def test_jobs_are_polled_when_due_the_longest_due_first(store: StoreHarness) -> None:
    for number, due_at in ((1, NOW + 30), (2, NOW + 10), (3, NOW + 20), (4, NOW + 99)):
        await store.rendering(a_job(number), due_at)
    assert [int(job.id) for job in await due_polls(store.database, NOW + 30, 10, ())] == [2, 3, 1]
    for excluded, first in ((2, 3), (4, 2)):
        assert [int(job.id) for job in await due_polls(store.database, NOW + 30, 1, (f"{excluded:013}",))] == [first]
    assert await due_polls(store.database, NOW + 9, 10, ()) == []
    coming = [await store.database.read(renders.next_poll_at, NOW + after) for after in (0, 10, 30, 99)]
    assert coming == [NOW + 10, NOW + 20, NOW + 99, None]


async def test_no_process_polls_before_the_end_of_the_longest_pause(store: StoreHarness) -> None:
    """Processes may record pauses in any order. One from before the clock was set back ends."""
    await store.rendering(a_job(1), NOW - 2 * HOUR)
    for until in (NOW + 5_000, NOW + 9_000, NOW + 7_000):
        assert await store.database.write(rate_limits.pause, until) == (until == NOW + 5_000)

    async def polled(now: int) -> list[int]:
        return [int(job.id) for job in await due_polls(store.database, now)]

    assert await polled(NOW) == await polled(NOW + 8_999) == []
    assert await store.database.read(rate_limits.paused_until, NOW + 8_999) == NOW + 9_000
    assert await store.database.read(rate_limits.paused_until, NOW + 9_000) is None
    assert await polled(NOW + 9_000) == [1]
    earlier = NOW - 2 * HOUR
    assert await polled(earlier) == []
    assert await store.database.write(at_time(earlier, restore_review.make_due), earlier + HOUR) == 1
    assert await polled(earlier) == [1]


async def test_what_a_poll_showed_is_kept_until_the_movie_is_finished_and_paid(store: StoreHarness) -> None:
    """A slow response reopens no finished movie."""
    job = await store.rendering(a_job(1))
    progress = Progress(2, 5, "image_generation")
    await store.database.write(renders.reschedule_poll, job, NOW, not_found_count=3)
    missed = await store.found(job.id)
    looked = await store.database.write(renders.record_poll, missed, NOW + 60, progress)
    assert (missed.not_found_count, looked.not_found_count) == (3, 0)
    assert (looked.next_run_at, looked.progress) == (NOW + 60, progress)
    assert await store.found(job.id) == looked
    for pending_at in (NOW + 7, None):  # the second answer did not say
        looked = await store.database.write(renders.record_poll, looked, NOW + 60, progress, pending_at=pending_at)
        assert looked.last_pending_at == NOW + 7
    done = await store.database.write(at_time(NOW + 5, renders.complete), job.id, URL)
    assert await store.database.write(renders.record_poll, looked, NOW + 60, Progress()) is None
    assert await store.found(job.id) == done
    assert (done.state, done.movie_url, done.finished_at, done.next_run_at) == (JobState.COMPLETED, URL, NOW + 5, None)
    assert (await store.member(), await store.plan()) == (Budget(600, used=100), Budget(1000, used=100))
    assert await store.pending_notifications() == [(job.id, "completed")]


@pytest.mark.parametrize(("lost", "plan"), [(True, Budget(1000, used=100)), (False, Budget(1000))])
async def test_a_failed_movie_costs_its_member_nothing(store: StoreHarness, lost: bool, plan: Budget) -> None:
    job = await store.rendering(a_job(1))
    reason, words = EndReason.UPSTREAM_FAILED, "no such words"
    ended = await store.database.write(at_time(NOW + 5, renders.fail), job.id, reason, words, upstream_charged=lost)
    assert (ended.state, ended.end_reason, ended.upstream_message) == (JobState.FAILED, reason, words)
    assert (ended.finished_at, ended.next_run_at) == (NOW + 5, None)
    assert (await store.member(), await store.plan()) == (Budget(600), plan)
    assert await store.pending_notifications() == [(job.id, "failed")]
    for job in (await store.submitting(a_job(2)), await store.queued(a_job(3, BOB))):
        assert await store.database.write(renders.fail, job.id, EndReason.UNREACHABLE, None, upstream_charged=False)
    assert await store.plan() == plan


async def test_an_end_happens_once(store: StoreHarness) -> None:
    movies = [await store.rendering(a_job(n, cost=10)) for n in range(1, 11)]
    write, failed = store.database.write, EndReason.UPSTREAM_FAILED
    for job in movies:
        told = await asyncio.gather(
            write(renders.complete, job.id, URL),
            write(renders.fail, job.id, failed, None, upstream_charged=True),
            write(renders.complete, job.id, URL),
        )
        assert sum(each is not None for each in told) == 1
        assert await write(renders.fail, job.id, failed, None, upstream_charged=False) is None
        assert await write(renders.complete, job.id, URL) is None
    moves = await store.moves()
    assert len(moves) == 20
    assert {(entry_type is EntryType.HOLD) for entry_type, *_ in moves[:10]} == {True}
    assert len(await store.pending_notifications()) == 10
    member, plan = await store.member(), await store.plan()
    assert (member.held, plan.held, plan.used) == (0, 0, 100)


async def test_each_video_model_has_samples_of_its_own_the_newest_first(store: StoreHarness) -> None:
    for number, (model, seconds) in enumerate((("LUMA", 10), ("KLING", 20), ("LUMA", 30), ("LUMA", 40)), 1):
        job = a_job(number, cost=1)
        job = replace(job, request=replace(job.request, video_model=model, duration_seconds=seconds))
        await store.rendering(job)
        await store.database.write(renders.complete, job.id, URL, 1000 * seconds)
    samples = await store.database.read(reports.render_samples, 2)
    assert samples == {"KLING": [RenderSample(20, 20)], "LUMA": [RenderSample(40, 40), RenderSample(30, 30)]}


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
    await store.database.write(claims.requeue, a_job(2).id, NOW, 0)
    assert (await breaker(store)).state is HALF_OPEN, "a stop before it was sent says nothing about the API"
    assert await claimed(store) == [2]
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
    for after, leased in ((-1, False), (0, True), (0, False), (PROBE_LEASE_MS - 1, False), (PROBE_LEASE_MS, True)):
        assert await store.database.write(at_time(due + after, breakers.lease_probe)) is leased


async def test_every_outage_is_kept(store: StoreHarness) -> None:
    for number, outage in enumerate(Outage):
        await store.database.write(breakers.reset)
        job = await store.submitting(a_job(number, cost=1))
        await store.database.write(submissions.refuse, job.id, EndReason.PLAN_EXHAUSTED, None, outage, 5000)
        assert await store.state(job) is JobState.FAILED
        assert await breaker(store) == Breaker(OPEN, outage, NOW, NOW + 5000, 5000)
    await store.database.write(breakers.reset)
    job = await store.submitting(a_job(99, cost=1))
    back = await store.database.write(claims.requeue, job.id, NOW, 1, Outage.UNREACHABLE)
    assert (back.state, back.next_run_at) == (JobState.QUEUED, NOW)
    assert (await breaker(store)).outage is Outage.UNREACHABLE


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
