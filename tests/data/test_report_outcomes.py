"""Answers to members who report a movie."""

from __future__ import annotations

import pytest

from bot.domain.delivery import PostedMessage
from bot.domain.job import Job, JobState
from bot.domain.movie_report import ReportedMovie, ReportOutcome
from bot.domain.quota import AuditContext
from data import movie_report_decisions, movie_reports, pseudonyms
from tests.helpers.ledger_checks import query
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CAROL, DAY, GUILD, NOW, StoreHarness, a_job

DANA, STAFF_CHANNEL = 7, 555


async def report(store: StoreHarness, job: Job, member: int) -> ReportOutcome:
    """Report a movie, and return the outcome."""
    by = AuditContext(member, GUILD, interaction_id=member)
    return await store.database.write(movie_reports.report, job.id, "bad", by=by, now=NOW)


async def shown(store: StoreHarness) -> ReportedMovie:
    """Post or update the only message, and return what it shows."""
    [(movie, _)] = await store.database.read(movie_reports.due, NOW + DAY, 10, ())
    await store.database.write(movie_reports.mark_shown, movie, PostedMessage(STAFF_CHANNEL, 777), NOW)
    assert await store.database.read(movie_reports.due, NOW + DAY, 10, ()) == []
    return movie


@pytest.mark.parametrize("state", sorted({*JobState} - {JobState.COMPLETED}))
async def test_only_a_finished_movie_is_reported(store: StoreHarness, state: JobState) -> None:
    job = await store.in_state(a_job(1), state)
    assert await report(store, job, BOB) is ReportOutcome.GONE
    assert query(store.place, "SELECT 1 AS one FROM reported_movies") == []


async def test_nobody_reports_their_own_movie(store: StoreHarness) -> None:
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    assert await report(store, job, ALICE) is ReportOutcome.OWN


async def test_a_movie_that_staff_kept_was_reviewed_already(store: StoreHarness) -> None:
    """The report is kept all the same."""
    await choose_staff_channel(store.database, AuditContext(DANA, GUILD), STAFF_CHANNEL, NOW)
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    assert await report(store, job, BOB) is ReportOutcome.SAVED
    by = AuditContext(DANA, GUILD, interaction_id=9)
    await store.database.write(movie_report_decisions.dismiss, job.id, by=by, now=NOW)
    assert await report(store, job, CAROL) is ReportOutcome.REVIEWED
    kept = query(store.place, "SELECT member_id FROM movie_reports ORDER BY member_id")
    assert [row["member_id"] for row in kept] == [BOB, CAROL]


async def test_an_erased_maker_goes_from_the_message_about_reports(store: StoreHarness) -> None:
    await choose_staff_channel(store.database, AuditContext(DANA, GUILD), STAFF_CHANNEL, NOW)
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    await report(store, job, BOB)
    await shown(store)
    await store.database.write(pseudonyms.replace, GUILD, ALICE, -5)  # as an erasure does
    assert (await shown(store)).job.member_id == -5


async def test_a_block_because_of_a_report_is_shown(store: StoreHarness) -> None:
    await choose_staff_channel(store.database, AuditContext(DANA, GUILD), STAFF_CHANNEL, NOW)
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    await report(store, job, BOB)
    await shown(store)
    by = AuditContext(DANA, GUILD, interaction_id=9)
    await store.database.write(movie_report_decisions.block, job.id, None, by=by, now=NOW)
    assert (await shown(store)).blocked_by == DANA
