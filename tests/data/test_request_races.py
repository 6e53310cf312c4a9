"""Requests for credits and reports of movies in two processes at once on PostgreSQL: the first counts."""

from __future__ import annotations

import pytest

from bot.domain.credit_request import AskRefusal, CreditRequest
from bot.domain.movie_report import ReportOutcome
from bot.domain.quota import AuditContext
from bot.errors import DuplicateInteraction
from data import movie_report_decisions, removals
from data.database import Transaction
from tests.data.test_credit_requests import DANA, ERIN, answer, ask, asked, grants, requests, with_channel
from tests.data.test_movie_reports import Decide, decide, finished, report, reported
from tests.helpers.interleaving import side_by_side
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import ALICE, DAY, GUILD, NOW, StoreHarness

ENGINES = ("postgresql",)


@pytest.mark.parametrize("after", ["", "SELECT 1 FROM credit_requests WHERE id"])
async def test_two_managers_grant_once(store: StoreHarness, after: str) -> None:
    request = await asked(store)
    first, second = await side_by_side(
        store.database, lambda tx: answer(tx, request, 2), lambda tx: answer(tx, request, 3, by=ERIN), after=after
    )
    assert first is not None
    assert second is not None
    assert (first.counted, second.counted, second.request.decided_by) == (True, False, DANA)
    assert len(grants(store)) == 1


async def test_a_press_that_reaches_both_grants_once(store: StoreHarness) -> None:
    """A second response would replace the first process's response."""
    request = await asked(store)
    with pytest.raises(DuplicateInteraction):
        await side_by_side(
            store.database, lambda tx: answer(tx, request, 2), lambda tx: answer(tx, request, 2), after="FROM audit"
        )
    assert len(grants(store)) == 1


@pytest.mark.parametrize("second_id", [1, 2])
async def test_a_member_asks_once(store: StoreHarness, second_id: int) -> None:
    await with_channel(store)

    def second(tx: Transaction) -> object:
        try:
            return ask(tx, second_id)
        except DuplicateInteraction:
            return DuplicateInteraction

    made, other = await side_by_side(store.database, lambda tx: ask(tx, 1), second, after="INSERT INTO credit_requests")
    assert isinstance(made, CreditRequest)
    assert other is (DuplicateInteraction if second_id == 1 else AskRefusal.ASKED_TODAY)
    assert len(requests(store)) == 1


async def test_a_new_request_beside_the_grant_of_the_old_one_asks_for_nothing_more(store: StoreHarness) -> None:
    """The request waits for the grant, which lets the member pay."""
    old = await asked(store)
    answered, made = await side_by_side(
        store.database, lambda tx: answer(tx, old, 2, now=NOW + DAY), lambda tx: ask(tx, 3, now=NOW + DAY)
    )
    assert answered is not None
    assert answered.counted
    assert made is AskRefusal.ENOUGH
    assert [row["state"] for row in requests(store)] == ["granted"]


@pytest.mark.parametrize("after", ["", "SELECT guild_id FROM reported_movies"])
@pytest.mark.parametrize("second", [movie_report_decisions.remove, movie_report_decisions.dismiss])
async def test_two_staff_members_decide_about_a_movie_once(store: StoreHarness, second: Decide, after: str) -> None:
    job = await reported(store)
    first, other = await side_by_side(
        store.database,
        lambda tx: decide(tx, movie_report_decisions.remove, job, 2),
        lambda tx: decide(tx, second, job, 3, by=ERIN),
        after=after,
    )
    assert first is not None
    assert other is not None
    assert sorted((first.counted, other.counted)) == [False, True]
    assert (first.movie.state, first.movie.decided_by) == (other.movie.state, other.movie.decided_by)


async def test_a_report_beside_the_removal_leaves_no_open_report(store: StoreHarness) -> None:
    job = await finished(store)
    _, outcome = await side_by_side(
        store.database,
        lambda tx: removals.remove(tx, job.id, AuditContext(ALICE, GUILD), NOW),
        lambda tx: report(tx, job),
        after="UPDATE jobs",
    )
    assert outcome is ReportOutcome.GONE
    assert query(store.place, "SELECT * FROM reported_movies") == []
