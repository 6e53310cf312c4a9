"""Submissions that leave the queue in order, once, within both limits."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.breaker import BreakerState, Outage
from bot.domain.credits import Budget
from bot.domain.job import EndReason, JobState
from bot.domain.quota import AuditReason
from data import breakers, jobs, renders, submissions
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


async def test_the_queue_is_served_in_order(store: StoreHarness) -> None:
    """Each claim takes as many jobs as asked for.

    No job is claimed twice.
    """
    await fill(store, ALICE, BOB, ALICE, CAROL)
    assert await ids(store, limit=3) == [1, 2, 3]
    assert await ids(store) == [4]
    assert await ids(store) == []


async def test_a_job_that_a_process_still_works_on_is_passed_over(store: StoreHarness) -> None:
    """It is back in the queue before its task has ended."""
    await fill(store, ALICE, BOB)
    claimed = await store.database.write(submissions.claim, NOW, 10, 10, 10, [a_job(1).id])
    assert [job.id for job, _ in claimed] == [a_job(2).id]


async def test_a_claimed_job_is_submitting_and_says_since_when(store: StoreHarness) -> None:
    """A crash after the claim must not submit it again."""
    await fill(store, ALICE)
    [claimed] = await store.claimed(NOW, 1, 1, 1)
    assert (claimed.state, claimed.submitted_at, claimed.next_run_at) == (JobState.SUBMITTING, NOW, None)
    assert await store.database.read(jobs.find, claimed.id) == claimed


async def test_no_more_than_the_operators_limit_render(store: StoreHarness) -> None:
    """Submitting and rendering jobs both count.

    A job that ends makes room for the next.
    """
    await fill(store, ALICE, BOB, ALICE, CAROL)
    assert await ids(store, rendering=2) == [1, 2]
    assert await ids(store, rendering=2) == []
    await store.database.write(submissions.mark_rendering, f"{1:013}", "request-1", NOW, NOW)
    assert await ids(store, rendering=2) == []
    await store.database.write(renders.complete, f"{1:013}", "https://movies.test/a.mp4", NOW)
    assert await ids(store, rendering=2) == [3]


async def test_several_movies_of_one_member_count_each(store: StoreHarness) -> None:
    """The operator's limit counts movies, not members."""
    await fill(store, ALICE, ALICE, ALICE, BOB)
    assert await ids(store, rendering=3) == [1, 2, 3]
    assert await ids(store, rendering=3) == []
    assert await ids(store, rendering=4) == [4]


async def test_a_member_at_their_bound_is_passed_over_and_not_in_the_way(store: StoreHarness) -> None:
    """Other members' jobs are claimed, and theirs stay queued."""
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


async def test_two_submitters_never_take_the_same_job(store: StoreHarness) -> None:
    await fill(store, *[ALICE, BOB, CAROL] * 10)
    taken = await asyncio.gather(*(ids(store, limit=4) for _ in range(12)))
    assert sorted(number for each in taken for number in each) == list(range(1, 31))


async def test_what_was_never_sent_goes_back_to_its_place_not_before_its_time(store: StoreHarness) -> None:
    """The job keeps its number, and its attempts are counted."""
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
    """A due job that waits for a place has no wake-up time."""
    await fill(store, ALICE, ALICE)
    assert await ids(store, limit=1) == [1]
    for limits in ({"rendering": 1}, {"member": 1}):
        assert await ids(store, **limits) == []
        assert await store.database.read(submissions.next_claimable_at, NOW) is None
    assert await ids(store) == [2]


async def test_an_accepted_job_is_rendering_under_the_apis_id(store: StoreHarness) -> None:
    """Its poll is scheduled, and its attempts are reset."""
    job = await store.submitting(a_job(1))
    await store.database.write(claims.requeue, job.id, NOW, 3)
    assert await ids(store) == [1]
    found = await store.database.write(submissions.mark_rendering, job.id, "65fd0c1", NOW + 5000, NOW)
    assert found is not None
    assert (found.state, found.request_id, found.next_run_at, found.submit_attempts) == (
        JobState.RENDERING,
        "65fd0c1",
        NOW + 5000,
        0,
    )


async def test_one_id_of_the_api_belongs_to_one_job(store: StoreHarness) -> None:
    """A response with another job's id leaves this job unknown.

    Its hold stays, and its member is notified.
    """
    first = await store.rendering(a_job(1))
    other = await store.submitting(a_job(2, BOB))
    answered = await store.database.write(submissions.mark_rendering, other.id, f"request-{first.id}", NOW, NOW)
    assert answered is not None
    assert (answered.state, answered.request_id) == (JobState.UNKNOWN, None)
    assert await store.member(BOB) == Budget(600, held=100)
    assert await store.pending_notifications() == [(other.id, "unknown")]
    assert await store.database.read(jobs.find, first.id) == first


async def test_an_unknown_submission_keeps_its_hold_and_notifies_its_member(store: StoreHarness) -> None:
    """The job may have been ordered at the API.

    It never returns to the queue.
    """
    job = await store.submitting(a_job(1))
    lost = await store.database.write(submissions.mark_unknown, job.id, NOW)
    assert lost is not None
    assert (lost.state, lost.next_run_at) == (JobState.UNKNOWN, None)
    assert await store.member() == Budget(600, held=100)
    assert await store.pending_notifications() == [(job.id, "unknown")]
    [entry] = query(store.place, "SELECT subject_id, amount, job_id, reason_code FROM audit_log")
    assert [*entry.values()] == [ALICE, 100, job.id, AuditReason.SUBMISSION_UNCONFIRMED]
    assert await store.database.write(claims.requeue, job.id, NOW, 1) is None
    assert await ids(store) == []


async def test_what_a_dead_process_was_submitting_is_unknown_afterwards(store: StoreHarness) -> None:
    """Jobs are recovered once, and other states stay."""
    lost = [await store.submitting(a_job(n)) for n in (1, 2)]
    others = [await store.rendering(a_job(3, BOB)), await store.queued(a_job(4, BOB))]
    assert await store.recovered(NOW) == [job.id for job in lost]
    assert [await store.state(job) for job in lost] == [JobState.UNKNOWN] * 2
    assert [await store.state(job) for job in others] == [JobState.RENDERING, JobState.QUEUED]
    assert sorted(await store.pending_notifications()) == [(job.id, "unknown") for job in lost]
    assert await store.recovered(NOW) == []


async def test_what_a_living_process_may_still_be_submitting_is_left_to_it(store: StoreHarness) -> None:
    """Only submissions of other processes before a time are recovered."""
    old, ours, young = [await store.queued(a_job(n, member)) for n, member in ((1, ALICE), (2, BOB), (3, CAROL))]
    for at in (NOW, NOW, NOW + 1):
        assert len(await store.claimed(at, 1, 10, 10)) == 1
    assert await store.recovered(NOW + 2, before=NOW + 1, exclude=(ours.id,)) == [old.id]
    assert [await store.state(job) for job in (ours, young)] == [JobState.SUBMITTING] * 2


async def test_an_unknown_job_that_turns_up_is_rendered_and_paid(store: StoreHarness) -> None:
    """A late response brings the job back, with its hold."""
    job = await store.submitting(a_job(1))
    await store.database.write(submissions.mark_unknown, job.id, NOW)
    assert await store.database.write(submissions.mark_rendering, job.id, "65fd0c1", NOW, NOW) is not None
    await store.database.write(renders.complete, job.id, "https://movies.test/a.mp4", NOW)
    assert await store.member() == Budget(600, used=100)


async def test_moves_that_the_table_forbids_do_nothing(store: StoreHarness) -> None:
    """Job, credits and outbox are unchanged."""
    done, waiting = await store.rendering(a_job(1)), await store.queued(a_job(2, BOB))
    await store.database.write(renders.complete, done.id, "https://movies.test/a.mp4", NOW)
    before = (await store.moves(), await store.pending_notifications())
    database = store.database
    assert await database.write(submissions.mark_rendering, waiting.id, "x", NOW, NOW) is None
    assert await database.write(claims.requeue, waiting.id, NOW, 1) is None
    assert await database.write(submissions.mark_unknown, waiting.id, NOW) is None
    assert await database.write(renders.complete, waiting.id, "https://movies.test/b.mp4", NOW) is None
    assert await database.write(submissions.mark_rendering, done.id, "x", NOW, NOW) is None
    assert await database.write(claims.requeue, done.id, NOW, 1) is None
    assert await database.write(submissions.mark_unknown, done.id, NOW) is None
    assert (
        await database.write(renders.fail, "nobody", EndReason.UPSTREAM_FAILED, None, NOW, upstream_charged=True)
        is None
    )
    assert [await store.state(job) for job in (waiting, done)] == [JobState.QUEUED, JobState.COMPLETED]
    assert (await store.moves(), await store.pending_notifications()) == before
