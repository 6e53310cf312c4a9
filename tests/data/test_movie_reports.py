"""Movie reports on both engines: one per member, one decision, one message."""

from __future__ import annotations

import pytest

from bot.core.errors import DuplicateInteraction
from bot.domain.approvals import ApprovalFallback, ApprovalScope
from bot.domain.delivery import PostedMessage
from bot.domain.jobs import Job, JobState
from bot.domain.message import MessageKind
from bot.domain.movie_reports import MAX_REPORTS_A_DAY, ReportDecision, ReportedMovie, ReportOutcome, ReportState
from bot.domain.quota import AuditContext
from bot.domain.refusal import Refused
from data import blocks, movie_report_decisions, movie_reports, personal, removals, retention, staff_subjects
from data.database import Transaction
from data.messages import DueMessage
from tests.helpers.approving import QUEUED, WAITING, ordered, set_up
from tests.helpers.at_time import at_time
from tests.helpers.due_work import due_states, to_delete
from tests.helpers.ledger_checks import query
from tests.helpers.member_data import erase
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, DAY, GUILD, NOW, StoreHarness, a_job

CAROL, DANA, ERIN, ELSEWHERE, STAFF_CHANNEL = 6, 7, 8, 11, 555
POSTED = PostedMessage(STAFF_CHANNEL, 777)
REMOVED, DISMISSED = ReportState.REMOVED, ReportState.DISMISSED


async def finished(store: StoreHarness, number: int = 1, guild: int = GUILD) -> Job:
    return await store.posted(a_job(number, cost=10, guild=guild))


def report(
    tx: Transaction, job: Job, interaction_id: int = 1, *, by: int = BOB, reason: str = "bad", now: int = NOW
) -> ReportOutcome | Refused:
    context = AuditContext(by, job.guild_id, interaction_id=interaction_id)
    return at_time(now, movie_reports.report)(tx, job.id, reason, by=context)


def decide(
    tx: Transaction, state: ReportState, job: Job, interaction_id: int, *, by: int = DANA, guild: int = GUILD
) -> ReportDecision | Refused:
    context = AuditContext(by, guild, interaction_id=interaction_id)
    return movie_report_decisions.decide(tx, job.id, state, by=context)


async def reported(store: StoreHarness, number: int = 1, guild: int = GUILD) -> Job:
    if not query(store.place, f"SELECT 1 AS one FROM guild_settings WHERE guild_id = {guild}"):
        await choose_staff_channel(store.database, AuditContext(DANA, guild), STAFF_CHANNEL, NOW)
    job = await finished(store, number, guild)
    assert await store.database.write(report, job, 100 + number) is ReportOutcome.SAVED
    return job


def due_reports(tx: Transaction) -> list[tuple[DueMessage, ReportedMovie, int]]:
    found = [(each, movie_reports.place(tx, each.subject_id)) for each in due_states(tx, MessageKind.REPORT)]
    return [(each, place[0], place[1]) for each, place in found if place is not None and place[1] is not None]


async def due(store: StoreHarness, now: int = NOW) -> list[tuple[DueMessage, ReportedMovie, int]]:
    return await store.database.read(at_time(now, due_reports))


async def shown(store: StoreHarness, now: int = NOW, place: PostedMessage = POSTED) -> ReportedMovie:
    [(message, movie, _)] = await due(store, now)
    await store.database.write(at_time(now, movie_reports.mark_shown), message, movie, place)
    return movie


async def test_another_report_a_block_and_the_makers_erasure_are_shown(store: StoreHarness) -> None:
    job = await reported(store)
    [(message, movie, _)] = await due(store)
    await store.database.write(report, job, 2, by=CAROL, reason="worse")
    await store.database.write(movie_reports.mark_shown, message, movie, POSTED)
    again = await shown(store, NOW + movie_reports.UPDATE_DELAY_MS)
    assert (again.reports, again.message, set(again.reasons)) == (2, POSTED, {"bad", "worse"})
    staff = AuditContext(DANA, GUILD, interaction_id=9)
    assert await store.database.write(staff_subjects.block, job.id, None, by=staff) is None
    blocked = await shown(store, NOW + DAY)
    await store.database.write(personal.replace, GUILD, ALICE, -5)  # as an erasure does
    erased = await shown(store, NOW + DAY)
    assert [(each.job.member_id, each.blocked_by) for each in (blocked, erased)] == [(ALICE, DANA), (-5, DANA)]
    assert await due(store, NOW + DAY) == []


async def test_a_closed_channel_gets_nothing_until_it_is_open_again(store: StoreHarness) -> None:
    await reported(store)
    [(message, movie, _)] = await due(store)
    await store.database.write(movie_reports.reject, message, movie, STAFF_CHANNEL)
    assert await due(store, NOW + 599_000) == []
    assert len(await due(store, NOW + 600_000)) == 1
    other = await finished(store, 2)
    assert await store.database.write(report, other, 2) is ReportOutcome.NO_CHANNEL


@pytest.mark.parametrize("rejected", [True, False])
async def test_a_message_that_is_out_of_reach_is_posted_anew_once(store: StoreHarness, *, rejected: bool) -> None:
    job = await reported(store)
    await shown(store)
    await store.database.write(report, job, 2, by=CAROL)
    [(message, movie, _)] = await due(store, NOW + DAY)
    change, place = (movie_reports.reject, STAFF_CHANNEL) if rejected else (movie_reports.mark_shown, None)
    await store.database.write(at_time(NOW + DAY, change), message, movie, place)
    assert (await shown(store, NOW + DAY)).message is None
    assert await due(store, NOW + 2 * DAY) == []


async def test_an_open_report_moves_into_a_new_staff_channel_and_stays_once_there_is_none(store: StoreHarness) -> None:
    job, decided = await reported(store), await reported(store, 2)
    for message_id in (777, 778):
        await shown(store, place=PostedMessage(STAFF_CHANNEL, message_id))
    await store.database.write(decide, DISMISSED, decided, 9)
    [(message, movie, _)] = await due(store, NOW + DAY)
    await store.database.write(at_time(NOW + DAY, movie_reports.mark_shown), message, movie, movie.message)
    new = STAFF_CHANNEL + 1
    await choose_staff_channel(store.database, AuditContext(DANA, GUILD), new, NOW + DAY)
    [(message, movie, channel_id)] = await due(store, NOW + DAY)
    assert (movie.job.id, channel_id, movie.moves_to(channel_id)) == (job.id, new, True)
    await store.database.write(at_time(NOW + DAY, movie_reports.reject), message, movie, new)
    assert await due(store, NOW + DAY) == [], "the new one is closed"
    await shown(store, NOW + 2 * DAY, PostedMessage(new, 900))
    await store.database.write(movie_reports.move, GUILD, new)
    assert await due(store, NOW + 3 * DAY) == []
    deleted = await store.database.read(at_time(NOW + 3 * DAY, to_delete))
    assert PostedMessage(STAFF_CHANNEL, 777) in deleted
    assert PostedMessage(STAFF_CHANNEL, 778) not in deleted
    found = await store.database.read(movie_reports.find, job.id)
    assert (found.message, found.moves_to(new)) == (PostedMessage(new, 900), False)
    await choose_staff_channel(store.database, AuditContext(DANA, GUILD), None, NOW + 3 * DAY)
    await store.database.write(report, job, 2, by=CAROL)
    [(message, movie, channel_id)] = await due(store, NOW + 4 * DAY)
    assert (channel_id, movie.message, movie.moves_to(channel_id)) == (0, PostedMessage(new, 900), False)


@pytest.mark.parametrize(("is_removed", "state"), [(False, QUEUED), (True, WAITING)])
async def test_a_report_starts_no_order_after_a_removal(store: StoreHarness, is_removed: bool, state: JobState) -> None:
    await reported(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=ApprovalFallback.START)
    order = await ordered(store, 2)
    [(message, movie, channel_id)] = await due(store)
    await store.database.write(movie_reports.reject, message, movie, channel_id, is_removed=is_removed)
    assert await store.state(order) is state


async def test_only_so_many_movies_are_reported_a_day_in_each_server(store: StoreHarness) -> None:
    movies = [await finished(store, number) for number in range(1, MAX_REPORTS_A_DAY + 2)]
    for number, job in enumerate(movies[:-1]):
        assert await store.database.write(report, job, number) is ReportOutcome.NO_CHANNEL
    assert await store.database.write(report, movies[-1], 50) == Refused("reported-too-many")
    assert await store.database.write(report, movies[-1], 50, by=CAROL) is ReportOutcome.NO_CHANNEL
    elsewhere = await finished(store, 60, ELSEWHERE)
    assert await store.database.write(report, elsewhere, 52) is ReportOutcome.NO_CHANNEL
    assert await erase(store.database, BOB)
    assert await store.database.write(report, movies[-1], 53, now=NOW + DAY - 1) == Refused("reported-too-many")
    assert await store.database.write(report, movies[-1], 54, now=NOW + DAY) is ReportOutcome.NO_CHANNEL


async def test_nobody_decides_about_reports_of_their_own_movie(store: StoreHarness) -> None:
    job = await reported(store)
    assert await store.database.write(decide, DISMISSED, job, 9, by=ALICE) == Refused("reported-own-decision")
    removed = await store.database.write(decide, REMOVED, job, 10, by=ALICE)
    assert removed.counted, "everyone may delete what is theirs"


async def test_old_reports_go(store: StoreHarness) -> None:
    old, since = await reported(store, 1), await reported(store, 2)
    await store.database.write(report, since, 3, by=CAROL, now=NOW + DAY)
    for table, gone in (("movie_reports", 2), ("reported_movies", 1)):
        assert await store.database.write(retention.clear_old, table, NOW + 1) == gone
    assert [row["job_id"] for row in query(store.place, "SELECT job_id FROM reported_movies")] == [since.id]
    assert [row["member_id"] for row in query(store.place, "SELECT member_id FROM movie_reports")] == [CAROL]
    assert await store.database.write(decide, DISMISSED, old, 9) == Refused("reported-unknown")


@pytest.mark.parametrize(("before", "hours", "kept"), [(None, 1, None), (48, 1, 48), (1, 48, 48), (1, None, None)])
async def test_a_reports_block_ends_no_longer_one(
    store: StoreHarness, before: int | None, hours: int | None, kept: int | None
) -> None:
    job = await reported(store)
    manager, staff = AuditContext(DANA, GUILD, interaction_id=50), AuditContext(CAROL, GUILD, interaction_id=51)
    await store.database.write(blocks.block, ALICE, before, by=manager)
    assert await store.database.write(staff_subjects.block, job.id, hours, by=staff) is None
    found = await store.database.read(blocks.active_block, GUILD, ALICE)
    assert found.until == (None if kept is None else NOW + kept * DAY // 24)


async def test_a_report_is_due_in_the_staff_channel_and_is_made_once(store: StoreHarness) -> None:
    """Around a deploy two processes get its interaction; only the first may respond."""
    job = await reported(store)
    with pytest.raises(DuplicateInteraction):
        await store.database.write(report, job, 101)
    assert await store.database.write(report, job, 102) == Refused("reported-repeated")
    [(_, movie, channel_id)] = await due(store)
    assert (movie.job.id, movie.reports, movie.reasons, channel_id) == (job.id, 1, ("bad",), STAFF_CHANNEL)
    assert movie.posted_at is not None
    await shown(store)
    assert await due(store, NOW + DAY) == []


async def test_an_interaction_decides_once_and_not_about_a_movie_of_another_server(store: StoreHarness) -> None:
    for number, decision in enumerate((REMOVED, DISMISSED)):
        job = await reported(store, number)
        assert await store.database.write(decide, decision, job, number, guild=ELSEWHERE) == Refused("reported-unknown")
        first = await store.database.write(decide, decision, job, number)
        with pytest.raises(DuplicateInteraction):
            await store.database.write(decide, decision, job, number)
        again = await store.database.write(decide, decision, job, number + 10, by=ERIN)
        assert (first.counted, again.counted, again.movie) == (True, False, first.movie)


@pytest.mark.parametrize("remover", [ALICE, DANA])
@pytest.mark.parametrize("dismissed", [True, False])
async def test_a_removal_decides_reports_and_is_shown(store: StoreHarness, remover: int, *, dismissed: bool) -> None:
    job = await reported(store)
    await shown(store)
    if dismissed:
        await store.database.write(decide, DISMISSED, job, 9)
        assert await store.database.write(report, job, 3, by=ERIN) is ReportOutcome.REVIEWED
    await store.database.write(removals.remove, job.id, AuditContext(remover, GUILD))
    [(message, movie, _)] = await due(store, NOW + DAY if dismissed else NOW + movie_reports.UPDATE_DELAY_MS + 1)
    assert (movie.state, movie.decided_by, movie.reports) == (ReportState.REMOVED, remover, 1 + dismissed)
    assert await store.database.write(report, job, 2, by=CAROL) == Refused("buttons-deleted-already")
    await store.database.write(movie_reports.mark_shown, message, movie, None)  # someone has deleted it
    assert await due(store, NOW + DAY) == [], "only an open report is posted again"
