"""Submissions leave the queue in order, once, within both limits; their ends move credits once."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.domain.breaker import BreakerState, Outage
from bot.domain.credits import Budget, EntryType
from bot.domain.durations import RenderSample
from bot.domain.jobs import EndReason, JobState, Progress
from bot.domain.quota import AuditReason
from data import breakers, rate_limits, renders, reports, restore_review, submissions
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
    assert (first.id, first.state, first.submitted_at, first.next_run_at) == (
        a_job(1).id,
        JobState.SUBMITTING,
        NOW,
        None,
    )
    assert await store.found(first.id) == first
    [(passed, _)] = await store.database.write(submissions.claim, 1, 10, 10, [a_job(2).id])
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


@pytest.mark.parametrize("outage", [Outage.UNREACHABLE, None])
async def test_a_repeated_requeue_leaves_a_later_claim_alone(store: StoreHarness, outage: Outage | None) -> None:
    """A process may repeat a commit whose response was lost. By then, another one may have claimed the job."""
    await store.submitting(a_job(1, BOB))
    await store.database.write(submissions.mark_unknown, a_job(1).id)
    await store.database.write(breakers.probe_answered)
    await store.queued(a_job(2))
    [(job, token)] = await store.database.write(submissions.claim, 1, 10, 10)
    assert await store.database.write(submissions.requeue, job.id, token.hash, 1, outage) is not None
    await store.database.write(breakers.probe_answered)
    [(again, _)] = await store.database.write(submissions.claim, 1, 10, 10)
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


async def test_an_accepted_job_is_rendering_under_the_apis_id(store: StoreHarness) -> None:
    job = await store.submitting(a_job(1))
    await store.database.write(claims.requeue, job.id, NOW, 3)
    assert await ids(store) == [1]
    found = await store.database.write(submissions.mark_rendering, job.id, "65fd0c1", NOW + 5000)
    assert (found.state, found.request_id) == (JobState.RENDERING, "65fd0c1")
    assert (found.next_run_at, found.submit_attempts) == (NOW + 5000, 0)


@pytest.mark.parametrize("answer", ["none", "another job's id"])
async def test_an_unknown_submission_keeps_its_hold_and_notifies_its_member(store: StoreHarness, answer: str) -> None:
    """It may have been ordered. A proxy may repeat an old response, and one id of the API belongs to one job."""
    other = await store.rendering(a_job(1, BOB))
    job = await store.submitting(a_job(2))
    if answer == "none":
        lost = await store.database.write(submissions.mark_unknown, job.id)
    else:
        lost = await store.database.write(submissions.mark_rendering, job.id, f"request-{other.id}", NOW)
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
    rendering = await store.database.write(submissions.mark_rendering, ours.id, "request", NOW)
    assert rendering is not None
    assert [await store.recovered(NOW) for _ in range(2)] == [[young.id], []]
    states = [await store.state(job) for job in (old, ours, young, waiting)]
    assert states == [JobState.UNKNOWN, JobState.RENDERING, JobState.UNKNOWN, JobState.QUEUED]
    assert sorted(await store.pending_notifications()) == [(job.id, "unknown") for job in (old, young)]


async def test_moves_that_the_table_forbids_do_nothing(store: StoreHarness) -> None:
    done, waiting = await store.rendering(a_job(1)), await store.queued(a_job(2, BOB))
    await store.database.write(renders.complete, done.id, "https://movies.test/a.mp4")
    before = (await store.moves(), await store.pending_notifications())
    failed = EndReason.UPSTREAM_FAILED
    for move in (
        lambda tx: submissions.mark_rendering(tx, waiting.id, "x", NOW),
        lambda tx: claims.requeue(tx, waiting.id, NOW, 1),
        lambda tx: submissions.mark_unknown(tx, waiting.id),
        lambda tx: renders.complete(tx, waiting.id, "https://movies.test/b.mp4"),
        lambda tx: submissions.mark_rendering(tx, done.id, "x", NOW),
        lambda tx: claims.requeue(tx, done.id, NOW, 1),
        lambda tx: submissions.mark_unknown(tx, done.id),
        lambda tx: renders.fail(tx, "nobody", failed, None, upstream_charged=True),
    ):
        assert await store.database.write(move) is None
    assert [await store.state(job) for job in (waiting, done)] == [JobState.QUEUED, JobState.COMPLETED]
    assert (await store.moves(), await store.pending_notifications()) == before


# ── status polls and ends ─────────────────────────────────────────────────────────────────────────────────────────────

URL = "https://movies.test/a.mp4"


async def test_jobs_are_polled_when_due_the_longest_due_first(store: StoreHarness) -> None:
    for number, due_at in ((1, NOW + 30), (2, NOW + 10), (3, NOW + 20), (4, NOW + 99)):
        await store.rendering(a_job(number), due_at)
    found = [int(job.id) for job in await due_polls(store.database, NOW + 30, 10, ())]
    assert found == [2, 3, 1]
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


async def test_what_a_poll_showed_is_kept_until_the_end(store: StoreHarness) -> None:
    """A slow response reopens no finished movie."""
    job = await store.rendering(a_job(1))
    progress = Progress(2, 5, "image_generation")
    looked = await store.database.write(renders.record_poll, job.id, NOW + 60, 3, progress)
    assert (looked.next_run_at, looked.not_found_count, looked.progress) == (NOW + 60, 3, progress)
    assert await store.found(job.id) == looked
    for pending_at in (NOW + 7, None):  # the second answer did not say
        looked = await store.database.write(renders.record_poll, job.id, NOW + 60, 0, progress, pending_at=pending_at)
        assert looked.last_pending_at == NOW + 7
    ended = await store.database.write(renders.complete, job.id, URL)
    assert await store.database.write(renders.record_poll, job.id, NOW + 60, 0, Progress()) is None
    assert await store.found(job.id) == ended


async def test_a_finished_movie_captures_the_hold_and_adds_a_notification(store: StoreHarness) -> None:
    job = await store.rendering(a_job(1))
    done = await store.database.write(at_time(NOW + 5, renders.complete), job.id, URL)
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


async def test_a_job_that_was_never_submitted_can_fail(store: StoreHarness) -> None:
    for job in (await store.submitting(a_job(1)), await store.queued(a_job(2, BOB))):
        assert await store.database.write(renders.fail, job.id, EndReason.UNREACHABLE, None, upstream_charged=False)
    assert await store.plan() == Budget(1000)


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
