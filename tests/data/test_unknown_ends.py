"""Jobs that stay unknown end as failed, and give back what they hold."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from bot.domain.credits import Budget, Month
from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, Job, JobState
from bot.domain.order import OrderPlaced
from bot.domain.pitch import PitchEndReason
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext
from bot.domain.stats import UnknownStats
from bot.services.signals import Signals
from bot.services.unknown_jobs import UnknownJobs
from data import callbacks, failures, grants, job_queries, reconciliation, renders, submissions
from data.audit_log import AuditEvent
from tests.helpers.ledger_checks import assert_ledger_consistent, jobs, query
from tests.helpers.member_data import deliver, erase
from tests.helpers.pitching import Pitching
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import ALICE, BOB, CAROL, DAY, GUILD, LIMITS, NOW, StoreHarness, a_job

LATER = NOW + 31 * DAY
"""In the next month."""

FIRST = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp() * 1000)
"""The first day of a month of 31 days."""


async def unknown(store: StoreHarness, job: Job, at: int = NOW) -> Job:
    """A job whose submission has no certain answer."""
    await store.queued(job)
    assert await store.claimed(at, 1, 1000, 1000)
    lost = await store.database.write(submissions.mark_unknown, job.id, at)
    assert lost is not None
    return lost


async def look_after(store: StoreHarness, at: int, days: int = 30) -> None:
    """Run the upkeep at a time."""
    store.now = at
    await UnknownJobs(store.database, store.clock, Signals(), days).run_once()


async def books(store: StoreHarness) -> dict[tuple[str, int, str], tuple[int, int, int]]:
    """Check both audits; return what is granted, used and held by scope, member and month."""
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()
    return {
        (scope, member, month): (total.granted, total.used, total.held)
        for (scope, _, member, month), total in assert_ledger_consistent(store.place).items()
    }


@pytest.mark.parametrize(("at", "days", "ends"), [(LATER, 30, True), (LATER, 32, False), (LATER, 0, False)])
async def test_a_job_ends_after_as_many_days_as_are_set(store: StoreHarness, at: int, days: int, ends: bool) -> None:
    """Its member is told, and so is the server's log."""
    job = await unknown(store, a_job(1))
    await look_after(store, at, days)
    assert await store.state(job) is (JobState.FAILED if ends else JobState.UNKNOWN)
    pending = query(store.place, "SELECT job_id, type FROM outbox WHERE status = 'pending'")
    assert pending == [{"job_id": job.id, "type": "failed" if ends else "unknown"}]
    actions = [row["action"] for row in query(store.place, "SELECT action FROM audit_log ORDER BY id")]
    assert actions == [AuditAction.JOB_UNKNOWN, *[AuditAction.JOB_GIVEN_UP] * ends]


async def test_what_a_past_month_paid_comes_back_as_bonus_credits_once(store: StoreHarness) -> None:
    """Last month's allowance would be worth nothing. Its plan counts the price, which the API may have charged."""
    await store.database.write(grants.grant, ALICE, 50, by=AuditContext(BOB, GUILD), now=NOW)
    job = await unknown(store, a_job(1, cost=640))
    for _ in range(2):
        await look_after(store, LATER)
    found = await store.found(job.id)
    assert (found.state, found.end_reason, found.came_back_as_bonus) == (
        JobState.FAILED,
        EndReason.STAYED_UNKNOWN,
        True,
    )
    assert await books(store) == {("extra", ALICE, ""): (650, 0, 0), ("plan", 0, "2026-11"): (0, 640, 0)}
    balance = await store.accounts.balance(GUILD, ALICE, ())
    assert (balance.allowance, balance.extra) == (Budget(600), Budget(650))
    placed = await reserve(store.database, a_job(2, cost=700, at=LATER), (), LIMITS)
    assert isinstance(placed, OrderPlaced)


async def test_in_the_same_month_the_allowance_is_back_and_the_member_is_not_stopped(store: StoreHarness) -> None:
    """The member is not the cause."""
    job = await unknown(store, a_job(1, at=FIRST), FIRST)
    await look_after(store, FIRST + 30 * DAY + 1)
    assert not (await store.found(job.id)).came_back_as_bonus
    assert await books(store) == {("plan", 0, "2026-12"): (0, 100, 0)}
    assert await store.member() == Budget(600)
    assert await store.database.read(failures.failed_credits, ALICE, Month.containing(FIRST)) == 0


async def test_what_the_operator_ends_when_the_month_is_over_comes_back_as_bonus_credits(store: StoreHarness) -> None:
    job = await unknown(store, a_job(1))
    by = AuditEvent(AuditContext(SYSTEM_ACTOR_ID, GUILD), AuditAction.JOB_RESOLVED, ALICE, None, LATER)
    assert await store.database.write(renders.resolve_failed, job.id, by, upstream_charged=False) is not None
    assert await books(store) == {("extra", ALICE, ""): (100, 0, 0)}


async def test_a_movie_that_turns_up_after_the_end_changes_no_credit(store: StoreHarness) -> None:
    """The callback is recorded for the operator, who can't attach the request id any more."""
    job = await unknown(store, a_job(1))
    await look_after(store, LATER)
    before, ended = await books(store), await store.found(job.id)
    [token_hash] = [row["callback_token_hash"] for row in jobs(store.place)]
    assert await store.database.write(callbacks.record_callback, token_hash, "request", LATER)
    assert await store.database.write(callbacks.record_late_callback, token_hash, "request", LATER) == job.id
    assert await store.database.write(renders.attach_request_id, job.id, "request", LATER) is None
    assert await store.database.write(renders.complete, job.id, "https://movies.test/1.mp4", LATER) is None
    assert (await books(store), await store.found(job.id)) == (before, ended)


async def test_a_job_whose_callback_is_polled_does_not_end(store: StoreHarness) -> None:
    """The poll tells whether the API has the movie."""
    job = await unknown(store, a_job(1))
    [token_hash] = [row["callback_token_hash"] for row in jobs(store.place)]
    await store.database.write(callbacks.record_callback, token_hash, "request", NOW)
    await look_after(store, LATER)
    assert await store.database.write(renders.give_up, job.id, LATER) is None
    assert await store.state(job) is JobState.UNKNOWN


async def test_the_operator_is_reminded_of_how_many_and_how_old(
    store: StoreHarness, caplog: pytest.LogCaptureFixture
) -> None:
    assert await store.database.read(job_queries.unknown_jobs, NOW) == UnknownStats()
    for number in (1, 2):
        await store.submitting(a_job(number))
    for number, at in ((1, NOW), (2, NOW + DAY)):
        await store.database.write(submissions.mark_unknown, a_job(number).id, at)
    with caplog.at_level(logging.WARNING):
        await look_after(store, NOW + 12 * DAY)
    [line] = [each.__dict__ for each in caplog.records if each.getMessage() == "jobs_unknown"]
    assert (line["jobs"], line["oldest_days"]) == (2, 12)
    assert await store.database.read(job_queries.unknown_jobs, NOW + DAY) == UnknownStats(2, 86_400)
    assert (await store.database.read(job_queries.stats, NOW + DAY)).oldest_unknown_seconds == 86_400


async def test_each_of_several_payers_has_theirs_back_but_who_is_erased(
    store: StoreHarness, pitching: Pitching
) -> None:
    """Who only pays does not wait for the movie. What they hold stays under their pseudonym, and counts as spent."""
    await pitching.grant(CAROL, 50)
    pitch = await pitching.made(300, ALICE)
    job = (await pitching.funded(pitch, (ALICE, 80), (BOB, 100), (CAROL, 120))).job
    await store.claimed(NOW, 10, 100, 100)
    assert not await erase(store.database, BOB), "it is in progress"
    await store.database.write(submissions.mark_unknown, job.id, NOW)
    assert await erase(store.database, BOB)
    assert query(store.place, f"SELECT 1 AS one FROM pledges WHERE member_id = {BOB}") == []
    assert not await erase(store.database, ALICE), "their movie"
    assert await store.member(BOB) == Budget(600, used=100)
    await look_after(store, LATER)
    assert [each for each in pitching.notices() if each[1] == "returned"] == [
        (ALICE, "returned", 80, PitchEndReason.JOB_ENDED_LATE),
        (CAROL, "returned", 120, PitchEndReason.JOB_ENDED_LATE),
    ]
    assert await books(store) == {
        ("extra", ALICE, ""): (80, 0, 0),
        ("extra", CAROL, ""): (170, 0, 0),
        ("member", BOB, "2026-11"): (0, 100, 0),
        ("plan", 0, "2026-11"): (0, 300, 0),
    }
    await deliver(store.database, job, NotificationType.FAILED)
    assert await erase(store.database, ALICE, now=LATER)
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()
