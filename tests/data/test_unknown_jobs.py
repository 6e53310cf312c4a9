"""Jobs whose submission had no certain answer.

A callback or the operator resolves them. Those that stay unknown end as failed, and give back what they hold.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from bot.domain.callback_token import LateCallback
from bot.domain.credits import Budget, Month
from bot.domain.delivery import NotificationType
from bot.domain.erasure import OpenWork
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.orders import OrderPlaced
from bot.domain.pitches import PitchEndReason
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEvent
from bot.domain.reports import UnknownStats
from bot.services.cancellations import end_unknown_jobs
from bot.services.privacy import read_balance
from data import callbacks, erasure, failures, gifts, job_actions, reconciliation, renders, submissions
from tests.helpers.at_time import at_time, under
from tests.helpers.due_work import due_polls
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, jobs, query
from tests.helpers.member_data import deliver, erase
from tests.helpers.pitching import Pitching
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import ALICE, BOB, CAROL, DAY, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job

REQUEST = "65fd0c1"
URL = "https://movies.test/1.mp4"

LATER = NOW + 31 * DAY
"""In the next month."""

FIRST = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp() * 1000)
"""The first day of a month of 31 days."""


def digest(store: StoreHarness, job: Job) -> str:
    [found] = [row["callback_token_hash"] for row in jobs(store.place) if row["id"] == job.id]
    return str(found)


async def called_back(store: StoreHarness, job: Job, request_id: str | None = REQUEST, at: int = NOW) -> None:
    await store.database.write(at_time(at, callbacks.record_callback), digest(store, job), request_id)


async def called_back_late(store: StoreHarness, job: Job, request_id: str | None = REQUEST, at: int = NOW) -> bool:
    found = await store.database.write(at_time(at, callbacks.record_late_callback), digest(store, job), request_id)
    assert found in {None, job.id}
    return found is not None


async def unknown(store: StoreHarness, job: Job, at: int = NOW) -> Job:
    await store.queued(job)
    assert await store.claimed(at, 1, 1000, 1000)
    lost = await store.database.write(at_time(at, submissions.mark_unknown), job.id)
    assert lost is not None
    return lost


def actions(store: StoreHarness) -> list[str]:
    return [row["action"] for row in query(store.place, "SELECT action FROM audit_log ORDER BY id DESC")]


def resolved(job: Job) -> AuditEvent:
    return AuditEvent(AuditContext(SYSTEM_ACTOR_ID, GUILD, "checked"), AuditAction.JOB_RESOLVED, job.member_id, None)


async def missed(store: StoreHarness, job: Job, times: int) -> None:
    execute(store.place, f"UPDATE jobs SET not_found_count = {times} WHERE id = '{job.id}'")


async def due(store: StoreHarness, now: int = NOW) -> list[str]:
    return [job.id for job in await due_polls(store.database, now, 10, ())]


@pytest.mark.parametrize("before", [True, False])
async def test_an_accepted_job_is_due_as_said_or_at_once_after_a_callback(store: StoreHarness, *, before: bool) -> None:
    job = await store.submitting(a_job(1))
    if before:
        await called_back(store, job, "another")
    assert await store.database.write(submissions.mark_rendering, job.id, REQUEST, NOW + HOUR) is not None
    if not before:
        assert (await due(store, NOW + HOUR - 1), await due(store, NOW + HOUR)) == ([], [job.id])
        await called_back(store, job, "another")
    assert await due(store) == [job.id]
    found = await store.found(job.id)
    assert (found.request_id, found.unverified_request_id) == (REQUEST, "another" if before else None)


async def test_a_callback_before_the_answer_is_polled_when_the_answer_is_lost(store: StoreHarness) -> None:
    job = await store.submitting(a_job(1))
    await called_back(store, job)
    assert await due(store) == []
    lost = await store.database.write(submissions.mark_unknown, job.id)
    assert (lost.state, lost.unverified_request_id) == (JobState.UNKNOWN, REQUEST)
    assert await due(store) == [job.id]


@pytest.mark.parametrize("state", [JobState.SUBMITTING, JobState.UNKNOWN])
async def test_the_id_of_another_job_is_no_unverified_id(store: StoreHarness, state: JobState) -> None:
    other = await store.rendering(a_job(1, BOB), NOW + HOUR)
    job = await store.in_state(a_job(2), state)
    await called_back(store, job, other.request_id)
    found = await store.found(job.id)
    assert (found.state, found.unverified_request_id) == (state, None)
    assert await due(store) == []


async def test_a_newer_unverified_id_outlives_the_refutation_of_an_older(store: StoreHarness) -> None:
    """The second callback came while the first id was being checked. It starts without the misses of the first."""
    job = await unknown(store, a_job(1))
    await called_back(store, job, "older")
    await missed(store, job, 19)
    await called_back(store, job, "newer")
    assert (await store.found(job.id)).not_found_count == 0
    await store.database.write(renders.reject_unverified_id, job.id, "older")
    assert (await store.found(job.id)).unverified_request_id == "newer"
    assert await due(store) == [job.id]
    await store.database.write(renders.reject_unverified_id, job.id, "newer")
    found = await store.found(job.id)
    assert (found.unverified_request_id, found.next_run_at) == (None, None)


async def test_a_callback_for_a_job_that_the_operator_ended_is_recorded_once(store: StoreHarness) -> None:
    job = await unknown(store, a_job(1))
    assert not await called_back_late(store, job), "it has not ended"
    ended = await store.database.write(renders.resolve_failed, job.id, resolved(job), upstream_charged=False)
    assert await called_back_late(store, job, "request-1", NOW + 1)
    assert not await called_back_late(store, job, "request-2", NOW + 2)
    assert await store.database.read(job_actions.late_callback, job.id) == LateCallback(NOW + 1, "request-1")
    assert await store.found(job.id) == ended


ENDS = [EndReason.UPSTREAM_LOST_JOB, EndReason.UPSTREAM_FAILED, EndReason.CREDITS_RAN_OUT]


@pytest.mark.parametrize("end", [*ENDS, JobState.COMPLETED, JobState.CANCELLED])
async def test_a_late_callback_is_recorded_for_a_lost_job(store: StoreHarness, end: EndReason | JobState) -> None:
    """The API calls back for every movie that it finishes, maybe for one that it had forgotten."""
    job, recorded = await store.rendering(a_job(1)), end is EndReason.UPSTREAM_LOST_JOB
    if isinstance(end, EndReason):
        await store.database.write(renders.fail, job.id, end, None, upstream_charged=True)
    elif end is JobState.COMPLETED:
        await store.database.write(renders.complete, job.id, URL)
    else:
        await store.database.write(job_actions.request_cancel, job.id, ALICE)
        assert await store.database.write(renders.end_cancelled, job.id, 10) is not None
    assert await called_back_late(store, job, None) is recorded
    for unknown_hash in ("0" * 64, ""):
        assert await store.database.write(callbacks.record_late_callback, unknown_hash, REQUEST) is None
    assert len(query(store.place, "SELECT * FROM late_callbacks")) == recorded


async def test_a_found_job_is_rendering_and_has_no_pending_notification(store: StoreHarness) -> None:
    job = await unknown(store, a_job(1))
    assert query(store.place, "SELECT type FROM outbox WHERE status = 'pending'") == [{"type": "unknown"}]
    assert await store.database.read(erasure.open_work, ALICE) == OpenWork(unknown=1), "not as a message, too"
    await called_back(store, job)
    await missed(store, job, 7)
    found = await store.database.write(renders.attach_request_id, job.id, REQUEST, NOW + 5, resolved(job))
    assert (found.state, found.request_id) == (JobState.RENDERING, REQUEST)
    assert (found.next_run_at, found.not_found_count) == (NOW + 5, 0)
    assert await store.pending_notifications() == []
    assert await store.member() == Budget(600, held=100)
    assert actions(store) == [AuditAction.JOB_RESOLVED, AuditAction.JOB_UNKNOWN]


async def test_only_an_unknown_job_is_found_and_only_under_an_id_that_is_free(store: StoreHarness) -> None:
    rendering = await store.rendering(a_job(1, BOB))
    job = await unknown(store, a_job(2))
    assert rendering.request_id is not None
    for each, request_id in ((job, rendering.request_id), (rendering, "free")):
        assert await store.database.write(renders.attach_request_id, each.id, request_id, NOW, resolved(each)) is None
    assert [await store.found(each.id) for each in (rendering, job)] == [rendering, job]
    assert actions(store) == [AuditAction.JOB_UNKNOWN]


@pytest.mark.parametrize(("lost", "plan"), [(True, Budget(1000, used=100)), (False, Budget(1000))])
async def test_a_job_given_up_by_the_operator_tells_of_its_end(store: StoreHarness, lost: bool, plan: Budget) -> None:
    job = await unknown(store, a_job(1))
    ended = await store.database.write(
        at_time(NOW + HOUR, under(renders.resolve_failed, failed=100)), job.id, resolved(job), upstream_charged=lost
    )
    assert (ended.state, ended.end_reason) == (JobState.FAILED, EndReason.RESOLVED_BY_OPERATOR)
    assert ended.finished_at == NOW + HOUR
    assert await store.pending_notifications() == [(job.id, "failed")]
    assert (await store.member(), await store.plan()) == (Budget(600), plan)
    stopped = [AuditAction.FAILURES_STOPPED] * lost
    assert actions(store) == [*stopped, AuditAction.JOB_RESOLVED, AuditAction.JOB_UNKNOWN]


async def test_a_job_that_renders_without_end_can_be_given_up_and_a_queued_one_cannot(store: StoreHarness) -> None:
    rendering = await store.rendering(a_job(1))
    queued = await store.queued(a_job(2))
    ended = [
        await store.database.write(renders.resolve_failed, job.id, resolved(job), upstream_charged=True)
        for job in (rendering, queued)
    ]
    assert [job and job.state for job in ended] == [JobState.FAILED, None]
    assert await store.state(queued) is JobState.QUEUED
    assert await store.member() == Budget(600, held=100)
    assert await due(store, NOW + HOUR) == []


async def test_the_end_of_many_unknown_jobs_spares_what_the_api_may_have(store: StoreHarness) -> None:
    """One that was called back for or found meanwhile is kept. The operator can still end it alone."""
    heard, found, silent = [await store.submitting(a_job(number)) for number in (1, 2, 3)]
    for job in (heard, found, silent):
        await store.database.write(submissions.mark_unknown, job.id)
    assert await store.database.read(renders.unknown_since, NOW) == [
        await store.found(job.id) for job in (heard, found, silent)
    ]
    await called_back(store, heard, None)
    await store.database.write(renders.attach_request_id, found.id, "request-2", NOW)
    for job, state in ((heard, JobState.UNKNOWN), (found, JobState.RENDERING), (silent, JobState.FAILED)):
        ended = await store.database.write(
            renders.resolve_failed, job.id, resolved(job), upstream_charged=False, without_callback=True
        )
        assert (ended is not None) is (job is silent)
        assert await store.state(job) is state
    assert await store.database.read(renders.unknown_since, NOW + 1) == []
    assert await store.database.write(renders.resolve_failed, heard.id, resolved(heard), upstream_charged=False)


async def look_after(store: StoreHarness, at: int, days: int = 30) -> None:
    store.now = at
    await end_unknown_jobs(store.database, store.clock, days)


async def books(store: StoreHarness) -> dict[tuple[str, int, str], tuple[int, int, int]]:
    """Check both audits; return what is granted, used and held by scope, member and month."""
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()
    return {
        (scope, member, month): (total.granted, total.used, total.held)
        for (scope, _, member, month), total in assert_ledger_consistent(store.place).items()
    }


@pytest.mark.parametrize(
    ("days", "heard", "ends"), [(30, False, True), (32, False, False), (0, False, False), (30, True, False)]
)
async def test_a_job_ends_after_the_days_that_are_set(store: StoreHarness, days: int, heard: bool, ends: bool) -> None:
    """It does not while its callback is polled."""
    job = await unknown(store, a_job(1))
    if heard:
        await called_back(store, job)
    await look_after(store, LATER, days)
    if heard:
        assert await store.database.write(at_time(LATER, renders.give_up), job.id) is None
    ends = days == 30 and not heard
    assert await store.state(job) is (JobState.FAILED if ends else JobState.UNKNOWN)
    pending = query(store.place, "SELECT job_id, type FROM outbox WHERE status = 'pending'")
    assert pending == [{"job_id": job.id, "type": "failed" if ends else "unknown"}]
    assert actions(store) == [*[AuditAction.JOB_GIVEN_UP] * ends, AuditAction.JOB_UNKNOWN]
    entries = query(store.place, "SELECT guild_id, actor_id, subject_id, amount, job_id FROM audit_log ORDER BY id")
    entry = {"guild_id": GUILD, "actor_id": 0, "subject_id": ALICE, "amount": 100, "job_id": job.id}
    assert entries[1:] == [entry] * ends


async def test_what_a_past_month_paid_comes_back_as_bonus_once_though_the_movie_turns_up(store: StoreHarness) -> None:
    """Last month's allowance would be worth nothing. Its plan counts the price, which the API may have charged."""
    await store.database.write(gifts.grant, ALICE, 50, by=AuditContext(BOB, GUILD))
    job = await unknown(store, a_job(1, cost=640))
    for _ in range(2):
        await look_after(store, LATER)
    found = await store.found(job.id)
    assert (found.state, found.end_reason) == (JobState.FAILED, EndReason.STAYED_UNKNOWN)
    assert found.came_back_as_bonus
    assert await books(store) == {("extra", ALICE, ""): (650, 0, 0), ("plan", 0, "2026-11"): (0, 640, 0)}
    await called_back(store, job, at=LATER)
    assert await called_back_late(store, job, at=LATER), "recorded for the operator"
    assert await store.database.write(renders.attach_request_id, job.id, REQUEST, LATER) is None
    assert await store.database.write(at_time(LATER, renders.complete), job.id, URL) is None
    assert await store.found(job.id) == found
    balance = await read_balance(store.database, GUILD, ALICE, ())
    assert (balance.allowance, balance.extra) == (Budget(600), Budget(650))
    assert isinstance(await reserve(store.database, a_job(2, cost=700, at=LATER), (), LIMITS), OrderPlaced)


async def test_in_the_same_month_the_allowance_is_back_and_the_member_is_not_stopped(store: StoreHarness) -> None:
    job = await unknown(store, a_job(1, at=FIRST), FIRST)
    await look_after(store, FIRST + 30 * DAY + 1)
    assert not (await store.found(job.id)).came_back_as_bonus
    assert await books(store) == {("plan", 0, "2026-12"): (0, 100, 0)}
    assert await store.member() == Budget(600)
    assert await store.database.read(failures.failed_credits, ALICE, Month.containing(FIRST)) == 0


async def test_what_the_operator_ends_when_the_month_is_over_comes_back_as_bonus_credits(store: StoreHarness) -> None:
    job = await unknown(store, a_job(1))
    resolve = at_time(LATER, renders.resolve_failed)
    assert await store.database.write(resolve, job.id, resolved(job), upstream_charged=False)
    assert await books(store) == {("extra", ALICE, ""): (100, 0, 0)}


async def test_the_operator_is_told_how_many_and_how_old(store: StoreHarness, caplog: pytest.LogCaptureFixture) -> None:
    assert await store.database.read(job_actions.unknown_jobs) == UnknownStats()
    for number in (1, 2):
        await store.submitting(a_job(number))
    for number, at in ((1, NOW), (2, NOW + DAY)):
        await store.database.write(at_time(at, submissions.mark_unknown), a_job(number).id)
    with caplog.at_level(logging.WARNING):
        await look_after(store, NOW + 12 * DAY)
    [line] = [each.__dict__ for each in caplog.records if each.getMessage() == "jobs_unknown"]
    assert (line["jobs"], line["oldest_days"]) == (2, 12)
    assert await store.database.read(at_time(NOW + DAY, job_actions.unknown_jobs)) == UnknownStats(2, 86_400)
    assert (await store.database.read(at_time(NOW + DAY, job_actions.stats))).oldest_unknown_seconds == 86_400


async def test_each_payer_has_theirs_back_but_who_is_erased(store: StoreHarness, pitching: Pitching) -> None:
    """Who only pays does not wait for the movie. What they hold stays under their pseudonym, and counts as spent."""
    await pitching.grant(CAROL, 50)
    pitch = await pitching.made(300, ALICE)
    job = await pitching.funded(pitch, (ALICE, 80), (BOB, 100), (CAROL, 120))
    await store.claimed(NOW, 10, 100, 100)
    assert not await erase(store.database, BOB), "it is in progress"
    await store.database.write(submissions.mark_unknown, job.id)
    assert await erase(store.database, BOB)
    assert query(store.place, f"SELECT 1 AS one FROM pledges WHERE member_id = {BOB}") == []
    assert not await erase(store.database, ALICE), "their movie"
    assert await store.member(BOB) == Budget(600, used=100)
    await look_after(store, LATER)
    returned = {each[0]: each[2:] for each in pitching.notices() if each[1] == "returned"}
    late = PitchEndReason.JOB_ENDED_LATE
    assert returned == {ALICE: (80, late), CAROL: (120, late)}
    assert await books(store) == {
        ("extra", ALICE, ""): (80, 0, 0),
        ("extra", CAROL, ""): (170, 0, 0),
        ("member", BOB, "2026-11"): (0, 100, 0),
        ("plan", 0, "2026-11"): (0, 300, 0),
    }
    await deliver(store.database, job, NotificationType.FAILED)
    assert await erase(store.database, ALICE, now=LATER)
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()
