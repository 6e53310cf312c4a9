"""Jobs whose submission had no certain answer.

A callback or the operator resolves them.
"""

from __future__ import annotations

import pytest

from bot.domain.credits import Budget
from bot.domain.job import EndReason, Job, JobState
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext
from data import callbacks, erasure, renders, submissions
from data.audit_log import AuditEvent
from data.leases import Lease
from tests.helpers.due_work import due_polls
from tests.helpers.ledger_checks import jobs, query
from tests.helpers.store_harness import ALICE, BOB, GUILD, HOUR, NOW, StoreHarness, a_job

REQUEST = "65fd0c1"


def digest(store: StoreHarness, job: Job) -> str:
    """Return the hash of a job's callback secret."""
    [found] = [row["callback_token_hash"] for row in jobs(store.place) if row["id"] == job.id]
    return str(found)


async def unknown(store: StoreHarness, number: int = 1, member: int = ALICE) -> Job:
    """A job whose submission has no certain answer."""
    job = await store.submitting(a_job(number, member))
    lost = await store.database.write(submissions.mark_unknown, job.id, NOW)
    assert lost is not None
    return lost


def actions(store: StoreHarness) -> list[str]:
    """Return the audit log's actions, newest first."""
    return [row["action"] for row in query(store.place, "SELECT action FROM audit_log ORDER BY id DESC")]


def resolved(job: Job) -> AuditEvent:
    """Return the audit event of the operator's decision."""
    return AuditEvent(
        AuditContext(SYSTEM_ACTOR_ID, GUILD, "checked"), AuditAction.JOB_RESOLVED, job.member_id, None, NOW + HOUR
    )


async def missed(store: StoreHarness, job: Job, times: int) -> None:
    """Record how often the API did not know the unverified id."""
    values = {"id": job.id, "times": times}
    await store.database.write(lambda tx: tx.execute("UPDATE jobs SET not_found_count = :times WHERE id = :id", values))
    assert (await store.found(job.id)).not_found_count == times


async def due(store: StoreHarness, now: int = NOW) -> list[str]:
    """Return the ids of the jobs due for a poll."""
    return [job.id for job in await due_polls(store.database, now, 10, ())]


async def test_an_erasure_counts_an_unknown_movie_once(store: StoreHarness) -> None:
    """Its member's message about it may be pending, too."""
    await unknown(store)
    assert await store.pending_notifications() == [(a_job(1).id, "unknown")]
    assert await store.database.read(erasure.open_work, ALICE) == erasure.OpenWork(unknown=1)


# ── callbacks ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_callback_before_the_answer_makes_the_accepted_job_due_at_once(store: StoreHarness) -> None:
    """The API calls back only once."""
    job = await store.submitting(a_job(1))
    assert await store.database.write(callbacks.record_callback, digest(store, job), REQUEST, NOW)
    assert await store.database.write(submissions.mark_rendering, job.id, REQUEST, NOW + HOUR, NOW) is not None
    assert await due(store) == [job.id]


async def test_without_a_callback_an_accepted_job_is_due_when_it_was_said(store: StoreHarness) -> None:
    job = await store.submitting(a_job(1))
    assert await store.database.write(submissions.mark_rendering, job.id, REQUEST, NOW + HOUR, NOW) is not None
    assert await due(store, NOW + HOUR - 1) == []
    assert await due(store, NOW + HOUR) == [job.id]


async def test_a_callback_makes_a_rendering_job_due_and_brings_no_unverified_id(store: StoreHarness) -> None:
    """The job keeps the id that the API gave it."""
    job = await store.rendering(a_job(1), NOW + HOUR)
    assert await store.database.write(callbacks.record_callback, digest(store, job), "another", NOW)
    assert await due(store) == [job.id]
    found = await store.found(job.id)
    assert (found.request_id, found.unverified_request_id) == (job.request_id, None)


async def test_a_callback_before_the_answer_is_polled_when_the_answer_is_lost(store: StoreHarness) -> None:
    """The unverified id is due as soon as the job is unknown."""
    job = await store.submitting(a_job(1))
    assert await store.database.write(callbacks.record_callback, digest(store, job), REQUEST, NOW)
    assert await due(store) == []
    lost = await store.database.write(submissions.mark_unknown, job.id, NOW)
    assert lost is not None
    assert (lost.state, lost.unverified_request_id) == (JobState.UNKNOWN, REQUEST)
    assert await due(store) == [job.id]


@pytest.mark.parametrize("state", [JobState.SUBMITTING, JobState.UNKNOWN])
async def test_the_id_of_another_job_is_no_unverified_id(store: StoreHarness, state: JobState) -> None:
    """One movie can't settle two jobs."""
    other = await store.rendering(a_job(1, BOB), NOW + HOUR)
    job = await store.submitting(a_job(2)) if state is JobState.SUBMITTING else await unknown(store, 2)
    assert other.request_id is not None
    assert await store.database.write(callbacks.record_callback, digest(store, job), other.request_id, NOW)
    found = await store.found(job.id)
    assert (found.state, found.unverified_request_id) == (state, None)
    assert await due(store) == []


async def test_a_newer_unverified_id_outlives_the_refutation_of_an_older(store: StoreHarness) -> None:
    """The second callback came while the first id was being checked."""
    job = await unknown(store)
    for request_id in ("older", "newer"):
        assert await store.database.write(callbacks.record_callback, digest(store, job), request_id, NOW)
    await store.database.write(renders.reject_unverified_id, job.id, "older")
    assert (await store.found(job.id)).unverified_request_id == "newer"
    assert await due(store) == [job.id]
    await store.database.write(renders.reject_unverified_id, job.id, "newer")
    found = await store.found(job.id)
    assert (found.unverified_request_id, found.next_run_at) == (None, None)


async def test_a_new_unverified_id_starts_without_the_misses_of_the_last(store: StoreHarness) -> None:
    """A new id gets as many polls as the first one."""
    job = await unknown(store)
    assert await store.database.write(callbacks.record_callback, digest(store, job), "older", NOW)
    await missed(store, job, 19)
    assert await store.database.write(callbacks.record_callback, digest(store, job), "newer", NOW)
    assert (await store.found(job.id)).not_found_count == 0


async def test_a_callback_during_the_poll_of_an_unverified_id_is_not_put_off(store: StoreHarness) -> None:
    """The poll in progress was sent before the callback."""
    job = await unknown(store)
    await store.database.write(callbacks.record_callback, digest(store, job), REQUEST, NOW + 1)
    polled = await store.found(job.id)
    await store.database.write(callbacks.record_callback, digest(store, job), REQUEST, NOW + 5)
    await store.database.write(renders.reschedule_unverified_id, job.id, NOW + HOUR, 1, polled.next_run_at)
    assert await due(store, NOW + 5) == [job.id]
    await store.database.write(renders.reschedule_unverified_id, job.id, NOW + HOUR, 1, NOW + 5)
    assert await due(store, NOW + 5) == []


async def test_a_poll_of_an_unverified_id_counts_and_ends_its_lease(store: StoreHarness) -> None:
    job = await unknown(store)
    await store.database.write(callbacks.record_callback, digest(store, job), REQUEST, NOW)
    for misses, holder in enumerate(("a", "b")):
        now = NOW + misses
        [taken] = await store.database.write(renders.take_due_polls, now, 10, (), Lease(holder, now + HOUR))
        assert taken.not_found_count == misses
        await store.database.write(renders.reschedule_unverified_id, job.id, now + 1, misses + 1, taken.next_run_at)


async def test_a_hash_that_is_no_jobs_does_nothing(store: StoreHarness) -> None:
    job = await unknown(store)
    assert not await store.database.write(callbacks.record_callback, "0" * 64, REQUEST, NOW)
    assert await store.found(job.id) == job


async def test_a_late_response_suppresses_the_unknown_notification(store: StoreHarness) -> None:
    """The job is rendering, so no message about checking is sent."""
    job = await unknown(store)
    statuses = "SELECT type, status FROM outbox"
    assert query(store.place, statuses) == [{"type": "unknown", "status": "pending"}]
    accepted = await store.database.write(submissions.mark_rendering, job.id, REQUEST, NOW + HOUR, NOW)
    assert accepted is not None
    assert accepted.state is JobState.RENDERING
    assert query(store.place, statuses) == [{"type": "unknown", "status": "suppressed"}]


async def test_a_job_that_the_api_called_back_for_is_not_ended_with_all(store: StoreHarness) -> None:
    """A callback proves that the API has the movie.

    The operator can still end this job alone.
    """
    job = await unknown(store)
    await store.database.write(callbacks.record_callback, digest(store, job), None, NOW)
    assert (
        await store.database.write(
            renders.resolve_failed, job.id, resolved(job), upstream_charged=False, without_callback=True
        )
        is None
    )
    assert await store.state(job) is JobState.UNKNOWN
    assert await store.database.write(renders.resolve_failed, job.id, resolved(job), upstream_charged=False) is not None


# ── found, or given up ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_found_job_is_rendering_and_has_no_pending_notification(store: StoreHarness) -> None:
    """The message about checking is not sent.

    Misses of the unverified id don't count for the request id.
    """
    job = await unknown(store)
    await store.database.write(callbacks.record_callback, digest(store, job), REQUEST, NOW)
    await missed(store, job, 7)
    found = await store.database.write(renders.attach_request_id, job.id, REQUEST, NOW + 5, resolved(job))
    assert found is not None
    assert (found.state, found.request_id, found.next_run_at, found.not_found_count) == (
        JobState.RENDERING,
        REQUEST,
        NOW + 5,
        0,
    )
    assert await store.pending_notifications() == []
    assert await store.member() == Budget(600, held=100)
    assert actions(store) == [AuditAction.JOB_RESOLVED, AuditAction.JOB_UNKNOWN]


async def test_only_an_unknown_job_is_found_and_only_under_an_id_that_is_free(store: StoreHarness) -> None:
    """Otherwise nothing is changed or logged."""
    rendering = await store.rendering(a_job(1, BOB))
    job = await unknown(store, 2)
    assert rendering.request_id is not None
    assert (
        await store.database.write(renders.attach_request_id, job.id, rendering.request_id, NOW, resolved(job)) is None
    )
    assert await store.database.write(renders.attach_request_id, rendering.id, "free", NOW, resolved(rendering)) is None
    assert [await store.found(each.id) for each in (rendering, job)] == [rendering, job]
    assert actions(store) == [AuditAction.JOB_UNKNOWN]


@pytest.mark.parametrize(("lost", "plan"), [(True, Budget(1000, used=100)), (False, Budget(1000))])
async def test_a_job_that_the_operator_gives_up_tells_its_member_of_the_end_alone(
    store: StoreHarness,
    lost: bool,
    plan: Budget,
) -> None:
    """The notification about checking is not sent after the end.

    What the API keeps counts as failed, and may stop the member.
    """
    job = await unknown(store)
    ended = await store.database.write(
        renders.resolve_failed, job.id, resolved(job), upstream_charged=lost, max_failed_credits=100
    )
    assert ended is not None
    assert (ended.state, ended.end_reason, ended.finished_at) == (
        JobState.FAILED,
        EndReason.RESOLVED_BY_OPERATOR,
        NOW + HOUR,
    )
    assert await store.pending_notifications() == [(job.id, "failed")]
    assert (await store.member(), await store.plan()) == (Budget(600), plan)
    stopped = [AuditAction.FAILURES_STOPPED] * lost
    assert actions(store) == [*stopped, AuditAction.JOB_RESOLVED, AuditAction.JOB_UNKNOWN]


async def test_a_job_that_the_api_did_not_charge_for_stops_no_member_again(store: StoreHarness) -> None:
    job = await store.rendering(a_job(1))
    assert await store.database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None, NOW, 100)
    other = await unknown(store, 2)
    assert await store.database.write(
        renders.resolve_failed, other.id, resolved(other), upstream_charged=False, max_failed_credits=100
    )
    assert actions(store).count(AuditAction.FAILURES_STOPPED) == 1


async def test_a_job_that_renders_without_end_can_be_given_up_and_a_queued_one_cannot(store: StoreHarness) -> None:
    """A queued job will still be made."""
    rendering = await store.rendering(a_job(1))
    queued = await store.queued(a_job(2))
    assert (
        await store.database.write(renders.resolve_failed, rendering.id, resolved(rendering), upstream_charged=True)
        is not None
    )
    assert (
        await store.database.write(renders.resolve_failed, queued.id, resolved(queued), upstream_charged=True) is None
    )
    assert await store.state(queued) is JobState.QUEUED
    assert await store.member() == Budget(600, held=100)
    assert await due(store, NOW + HOUR) == []
