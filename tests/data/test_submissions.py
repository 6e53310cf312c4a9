"""Submissions that leave the queue in order, once, within both limits."""

from __future__ import annotations

import pytest

from bot.domain.breaker import BreakerState, Outage
from bot.domain.credits import Budget
from bot.domain.job import EndReason, JobState
from bot.domain.quota import AuditReason
from data import breakers, renders, submissions
from tests.helpers import claims
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import ALICE, BOB, CAROL, DAY, NOW, StoreHarness, a_job


async def ids(
    store: StoreHarness, *, limit: int = 100, rendering: int = 100, member: int = 100, now: int = NOW
) -> list[int]:
    """Claim jobs, and return their numbers."""
    return [int(job.id) for job in await store.claimed(now, limit, rendering, member)]


async def fill(store: StoreHarness, *members: int) -> None:
    """Queue one job per member, numbered from 1."""
    for number, member in enumerate(members, 1):
        await store.queued(a_job(number, member, cost=10))


async def test_the_queue_is_served_in_order_each_job_once(store: StoreHarness) -> None:
    """A crash after the claim must not submit a job again. One that a process still works on is passed over."""
    await fill(store, ALICE, BOB, ALICE, CAROL)
    [first] = await store.claimed(NOW, 1, 100, 100)
    assert (first.id, first.state, first.submitted_at, first.next_run_at) == (
        a_job(1).id,
        JobState.SUBMITTING,
        NOW,
        None,
    )
    assert await store.found(first.id) == first
    [(passed, _)] = await store.database.write(submissions.claim, NOW, 1, 10, 10, [a_job(2).id])
    assert passed.id == a_job(3).id
    assert [await ids(store, limit=1) for _ in range(3)] == [[2], [4], []]


async def test_no_more_than_the_operators_limit_render(store: StoreHarness) -> None:
    """The limit counts movies, not members, and submitting ones, too. One that ends makes room for the next."""
    await fill(store, ALICE, ALICE, ALICE, CAROL)
    assert await ids(store, rendering=2) == [1, 2]
    assert await ids(store, rendering=2) == []
    await store.database.write(submissions.mark_rendering, f"{1:013}", "request-1", NOW, NOW)
    assert await ids(store, rendering=2) == []
    await store.database.write(renders.complete, f"{1:013}", "https://movies.test/a.mp4", NOW)
    assert await ids(store, rendering=2) == [3]


async def test_a_member_at_their_bound_is_passed_over_and_not_in_the_way(store: StoreHarness) -> None:
    await fill(store, ALICE, ALICE, ALICE, BOB, ALICE, CAROL)
    assert await ids(store, member=2, limit=3) == [1, 2, 4]
    assert await ids(store, member=2) == [6]
    await store.database.write(renders.fail, f"{2:013}", EndReason.REQUEST_REJECTED, None, NOW, upstream_charged=False)
    assert await ids(store, member=2) == [3]


async def test_a_movie_that_renders_for_more_than_a_day_takes_no_place(store: StoreHarness) -> None:
    """Movies that never end must not use up the limit."""
    await fill(store, ALICE, ALICE)
    assert await ids(store, rendering=1, member=1) == [1]
    assert await ids(store, rendering=1, member=1, now=NOW + DAY - 1) == []
    assert await ids(store, rendering=1, member=1, now=NOW + DAY) == [2]


async def test_what_was_never_sent_goes_back_to_its_place_not_before_its_time(store: StoreHarness) -> None:
    await fill(store, ALICE, BOB)
    await ids(store, limit=1)
    back = await store.database.write(claims.requeue, f"{1:013}", NOW + 500, 3)
    assert back is not None
    assert (back.state, back.submit_attempts, back.submitted_at) == (JobState.QUEUED, 3, None)
    assert await store.database.read(submissions.next_claimable_at, NOW) == NOW + 500
    assert await store.database.write(submissions.claim, NOW + 499, 10, 10, 10, [a_job(2).id]) == []
    assert await ids(store, rendering=1, now=NOW + 500) == [1]


@pytest.mark.parametrize("outage", [Outage.UNREACHABLE, None])
async def test_a_repeated_requeue_leaves_a_later_claim_alone(store: StoreHarness, outage: Outage | None) -> None:
    """A process may repeat a commit whose response was lost.

    By then, another process may have claimed the job, maybe as the trial. Requeuing it would submit it twice.
    """
    await store.submitting(a_job(1, BOB))
    await store.database.write(submissions.mark_unknown, a_job(1).id, NOW)
    await store.database.write(breakers.probe_answered)
    await store.queued(a_job(2))
    [(job, token)] = await store.database.write(submissions.claim, NOW, 1, 10, 10)
    assert await store.database.write(submissions.requeue, job.id, token.hash, NOW, 1, outage) is not None
    await store.database.write(breakers.probe_answered)
    [(again, _)] = await store.database.write(submissions.claim, NOW, 1, 10, 10)
    breaker = await store.database.read(breakers.read)
    assert (breaker.state, breaker.trial_job_id) == (BreakerState.HALF_OPEN, job.id)
    assert await store.database.write(submissions.requeue, job.id, token.hash, NOW, 1, outage) is None
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


async def test_an_accepted_job_is_rendering_under_the_apis_id(store: StoreHarness) -> None:
    job = await store.submitting(a_job(1))
    await store.database.write(claims.requeue, job.id, NOW, 3)
    assert await ids(store) == [1]
    found = await store.database.write(submissions.mark_rendering, job.id, "65fd0c1", NOW + 5000, NOW)
    assert found is not None
    assert (found.state, found.request_id) == (JobState.RENDERING, "65fd0c1")
    assert (found.next_run_at, found.submit_attempts) == (NOW + 5000, 0)


@pytest.mark.parametrize("answer", ["none", "another job's id"])
async def test_an_unknown_submission_keeps_its_hold_and_notifies_its_member(store: StoreHarness, answer: str) -> None:
    """The job may have been ordered at the API, so it never returns to the queue.

    A proxy may repeat an old response. One id of the API belongs to one job.
    """
    other = await store.rendering(a_job(1, BOB))
    job = await store.submitting(a_job(2))
    if answer == "none":
        lost = await store.database.write(submissions.mark_unknown, job.id, NOW)
    else:
        lost = await store.database.write(submissions.mark_rendering, job.id, f"request-{other.id}", NOW, NOW)
    assert lost is not None
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
    """What a living process may still be submitting is left to it, and other states stay."""
    old, ours, young = [await store.queued(a_job(n, member)) for n, member in ((1, ALICE), (2, BOB), (3, CAROL))]
    for at in (NOW, NOW, NOW + 1):
        assert len(await store.claimed(at, 1, 10, 10)) == 1
    waiting = await store.queued(a_job(4))
    assert await store.recovered(NOW + 2, before=NOW + 1, exclude=(ours.id,)) == [old.id]
    assert [await store.state(job) for job in (ours, young)] == [JobState.SUBMITTING] * 2
    rendering = await store.database.write(submissions.mark_rendering, ours.id, "request", NOW, NOW)
    assert rendering is not None
    assert [await store.recovered(NOW) for _ in range(2)] == [[young.id], []]
    states = [await store.state(job) for job in (old, ours, young, waiting)]
    assert states == [JobState.UNKNOWN, JobState.RENDERING, JobState.UNKNOWN, JobState.QUEUED]
    assert sorted(await store.pending_notifications()) == [(job.id, "unknown") for job in (old, young)]


async def test_moves_that_the_table_forbids_do_nothing(store: StoreHarness) -> None:
    done, waiting = await store.rendering(a_job(1)), await store.queued(a_job(2, BOB))
    await store.database.write(renders.complete, done.id, "https://movies.test/a.mp4", NOW)
    before = (await store.moves(), await store.pending_notifications())
    failed = EndReason.UPSTREAM_FAILED
    for move in (
        lambda tx: submissions.mark_rendering(tx, waiting.id, "x", NOW, NOW),
        lambda tx: claims.requeue(tx, waiting.id, NOW, 1),
        lambda tx: submissions.mark_unknown(tx, waiting.id, NOW),
        lambda tx: renders.complete(tx, waiting.id, "https://movies.test/b.mp4", NOW),
        lambda tx: submissions.mark_rendering(tx, done.id, "x", NOW, NOW),
        lambda tx: claims.requeue(tx, done.id, NOW, 1),
        lambda tx: submissions.mark_unknown(tx, done.id, NOW),
        lambda tx: renders.fail(tx, "nobody", failed, None, NOW, upstream_charged=True),
    ):
        assert await store.database.write(move) is None
    assert [await store.state(job) for job in (waiting, done)] == [JobState.QUEUED, JobState.COMPLETED]
    assert (await store.moves(), await store.pending_notifications()) == before
