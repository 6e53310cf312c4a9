"""Cancellations of movies that render: previews, requests, and what they cost."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.core.errors import StorageError
from bot.domain.credits import Budget, EntryType, Limits, Month
from bot.domain.delivery import NotificationType
from bot.domain.erasure import OpenWork
from bot.domain.jobs import EndReason, Job, JobState, Progress
from bot.domain.quota import AuditAction, AuditContext, ServerSpending
from bot.domain.refusal import Refused
from bot.domain.reports import Receipt
from bot.domain.upstream import MovieState, Status
from bot.services import movie_api
from bot.services.cancellations import CancellationService
from bot.services.request_limits import LimitFactory
from data import account_queries, erasure, job_actions, jobs, ledger, reconciliation, renders, reports, restore_review
from data.budgets import server_spending
from data.failures import failed_credits
from data.gifts import grant
from data.leases import Lease
from data.ledger_entries import Account
from tests.helpers.at_time import at_time, under
from tests.helpers.clock import ManualClock
from tests.helpers.fakes import COMPLETED, PENDING, FakeMovieApi, Held
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query
from tests.helpers.member_data import deliver, erase
from tests.helpers.reserving import hold
from tests.helpers.store_harness import ALICE, BOB, GUILD, HOUR, NOW, StoreHarness, a_job


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("status", "expected", "polled_at"),
    [
        (COMPLETED, Refused("buttons-just-finished"), NOW),
        (Status(MovieState.FAILED), Refused("buttons-just-ended"), NOW),
        (Status(MovieState.CANCELLED), Refused("buttons-just-ended"), NOW),
        (PENDING, Refused("buttons-nearly-finished"), NOW + HOUR),
    ],
)
async def test_an_ended_movie_is_polled(store: StoreHarness, status: Status, expected: Refused, polled_at: int) -> None:
    job = await store.rendering(a_job(1), NOW + HOUR)
    api, clock = FakeMovieApi(statuses={str(job.request_id): [status]}), ManualClock(NOW)
    service = CancellationService(store.database, api, LimitFactory(clock), supported=True)
    assert await service.preview(job) == expected
    assert (await store.found(job.id)).next_run_at == polled_at


@pytest.mark.sqlite
async def test_a_slow_status_is_no_answer(store: StoreHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(movie_api, "ANSWER_SECONDS", 0)
    job = await store.rendering(a_job(1), NOW + HOUR)
    api, clock = FakeMovieApi(while_polling=Held()), ManualClock(NOW)
    service = CancellationService(store.database, api, LimitFactory(clock), supported=True)
    assert await service.preview(job) == Refused("buttons-no-answer")


async def test_a_request_to_cancel_is_its_members_and_once_and_its_poll_is_due(store: StoreHarness) -> None:
    job, write = await store.rendering(a_job(1), NOW + HOUR), store.database.write
    another = await store.rendering(a_job(2), NOW + HOUR)
    assert await write(job_actions.request_cancel, job.id, BOB) is None
    assert await store.found(job.id) == job
    presses = [write(job_actions.request_cancel, job.id, ALICE) for _ in range(8)]
    assert sum(each is not None for each in await asyncio.gather(*presses)) == 1
    assert await write(at_time(NOW + 5, job_actions.request_cancel), job.id, ALICE) is None
    assert await store.found(job.id) == replace(job, cancel_requested_at=NOW, next_run_at=NOW)
    assert await store.found(another.id) == another
    [due] = await write(renders.take_due_polls, 10, (), Lease("worker", NOW + HOUR))
    assert due.cancel_requested_at == NOW
    job = await store.rendering(a_job(11))
    await store.database.write(at_time(NOW + 1, job_actions.request_cancel), job.id, ALICE)
    await store.database.write(renders.reschedule_poll, job, NOW + HOUR, pending_at=NOW)
    await store.database.write(renders.record_poll, job, NOW + HOUR, Progress())
    assert (await store.found(job.id)).next_run_at == NOW + 1


async def test_a_request_on_hold_is_still_carried_out_and_not_announced_again(store: StoreHarness) -> None:
    """A restored database may show a request whose end was already announced."""
    job_id = (await store.rendering(a_job(1), NOW + HOUR)).id
    assert await store.database.write(job_actions.request_cancel, job_id, ALICE) is not None
    assert (await store.database.write(at_time(NOW + HOUR, restore_review.hold_open_work))).rendering == 1
    assert (await store.found(job_id)).cancel_requested_at == NOW
    assert await store.database.write(at_time(NOW + HOUR, renders.end_cancelled), job_id, 30) is not None
    [told] = query(store.place, "SELECT status FROM outbox WHERE type = ?", NotificationType.CANCELLED.value)
    assert told["status"] == "suppressed"
    assert (await store.member()).used == 30
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()


LIMITS = Limits(member=60, plan=10_000)
MONTH = Month.containing(NOW)
_CAPTURED = "UPDATE ledger_entries SET {} WHERE entry_type = 'capture'"


@pytest.fixture
async def store(store: StoreHarness) -> StoreHarness:
    store.limits = LIMITS
    await store.database.write(grant, ALICE, 500, by=AuditContext(5, GUILD, "a prize"))
    return store


async def ended(store: StoreHarness, charged: int | None, number: int = 1, failed: int = 1000) -> Job:
    """Cancel a rendering job, and return it as it ended."""
    job = await store.rendering(a_job(number, cost=100))
    assert await store.database.write(job_actions.request_cancel, job.id, job.member_id)
    found = await store.database.write(under(renders.end_cancelled, failed=failed), job.id, charged)
    assert found is not None
    return found


async def used(store: StoreHarness) -> tuple[int, int, int]:
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()
    assert_ledger_consistent(store.place)
    balance = await store.database.read(under(account_queries.balance, limits=LIMITS), GUILD, ALICE, ())
    assert (balance.allowance.held, balance.extra.held, balance.plan.held) == (0, 0, 0)
    return balance.allowance.used, balance.extra.used, balance.plan.used


@pytest.mark.parametrize(
    ("charged", "own", "extra"), [(0, 0, 0), (60, 60, 0), (61, 60, 1), (150, 60, 40), (None, 0, 0)]
)
async def test_the_allowance_is_spent_first(store: StoreHarness, charged: int | None, own: int, extra: int) -> None:
    """Where the API does not say what it charged, the member pays nothing."""
    job = await ended(store, charged)
    assert await used(store) == (own, extra, 100 if charged is None else charged)
    assert (job.state, job.spent, job.refunded) == (JobState.CANCELLED, own + extra, 100 - own - extra)
    assert (job.end_reason, job.next_run_at is None) == (EndReason.CANCELLED_BY_MEMBER, charged is None)
    assert await store.database.read(failed_credits, ALICE, MONTH) == (100 if charged is None else 0)


async def test_a_member_whose_cancelled_movies_cost_the_plan_too_much_is_stopped(store: StoreHarness) -> None:
    first, _ = [await ended(store, charged, number, failed=100) for number, charged in ((1, None), (2, 10))]
    stopped = query(store.place, f"SELECT job_id FROM audit_log WHERE action = '{AuditAction.FAILURES_STOPPED}'")
    assert stopped == [{"job_id": first.id}], "of the other, its member paid what it cost"


async def test_an_end_is_announced_once_and_late_charged_once(store: StoreHarness) -> None:
    job = await ended(store, 30)
    assert await store.pending_notifications() == [(job.id, "cancelled")]
    assert await store.database.write(under(renders.end_cancelled, failed=1000), job.id, 90) is None
    assert await used(store) == (30, 0, 30)
    await store.database.write(ledger.charge_late, job.id, 80)
    with pytest.raises(StorageError):
        await store.database.write(ledger.charge_late, job.id, 80)


@pytest.mark.parametrize(
    ("charged", "alice", "bob", "types"),
    [
        (1, 1, 0, ["capture", "release"]),
        (30, 21, 9, ["capture", "capture"]),
        (90, 50, 20, ["capture", "capture"]),
    ],
)
async def test_accounts_pay_by_holds(store: StoreHarness, charged: int, alice: int, bob: int, types: list[str]) -> None:
    job = await store.rendering(a_job(1, cost=50))

    await store.database.write(hold, job.id, Account.at(GUILD, BOB, NOW), 20, LIMITS)
    assert await store.database.write(ledger.capture_part, job.id, charged) == min(charged, 70)
    assert [(await store.member(member)).used for member in (ALICE, BOB)] == [alice, bob]
    assert [(await store.member(member)).held for member in (ALICE, BOB)] == [0, 0]
    assert (await store.plan()).used == charged
    rows = query(store.place, "SELECT * FROM ledger_entries WHERE hold_id IS NOT NULL ORDER BY id")
    assert [row["entry_type"] for row in rows] == types
    found = await store.database.read_long(reconciliation.find_discrepancies)
    assert [line for line in found if "budget" in line] == []


@pytest.mark.parametrize(("later", "late"), [(110, 80), (30, 0), (0, 0), (None, 0)])
async def test_a_late_charge_is_the_operators_and_is_once(store: StoreHarness, later: int | None, late: int) -> None:
    job = await ended(store, 30)
    assert job.next_run_at is not None
    assert [await store.database.write(renders.record_late_charge, job.id, later) for _ in range(2)] == [late, 0]
    assert await used(store) == (30, 0, 30 + late)
    assert (await store.database.read(jobs.get, job.id)).next_run_at is None
    report = await store.database.read_long(reports.report, GUILD, MONTH)
    assert (report.movies, report.spent, report.charge_difference, report.discrepancies) == (0, 30, late, ())
    operators = replace(LIMITS, server=500)
    spent = await store.database.read(under(server_spending, limits=operators), GUILD, MONTH)
    assert spent == ServerSpending(Budget(500, used=30 + late))
    receipts, _ = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 5, 0)
    assert [_amounts(each) for each in receipts] == [(100, 40, "cancelled", 30, 70)]


@pytest.mark.parametrize("charged", [110, None])
async def test_an_erasure_waits_until_the_api_was_asked_its_charge(store: StoreHarness, charged: int | None) -> None:
    """Else it would take the request id away, and the operator's plan would not count the charge."""
    job = await ended(store, 30)
    await deliver(store.database, job, NotificationType.CANCELLED)
    assert not await erase(store.database, ALICE)
    assert await store.database.read(erasure.open_work, ALICE) == OpenWork(unsettled=1)
    late = await store.database.write(renders.record_late_charge, job.id, charged)
    assert await erase(store.database, ALICE)
    assert (await used(store))[2] == 30 + late


async def test_a_receipt_says_what_was_spent_and_refunded(store: StoreHarness) -> None:
    await ended(store, 70)
    receipts, _ = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 5, 0)
    of_month = await store.database.read(lambda tx: list(reports.receipts_of_month(tx, GUILD, MONTH)))
    for receipt in (*receipts, of_month[0]):
        assert _amounts(receipt) == (100, 40, "cancelled", 70, 30)
    assert _amounts(of_month[1]) == (500, 500, "grant", 0, 0)
    newest, *_ = await store.database.read(account_queries.member_entries, GUILD, ALICE, 5)
    assert (newest.entry_type, newest.credits, newest.released) == (EntryType.CAPTURE, 70, 30)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("charged", "change", "says"),
    [
        (0, "UPDATE jobs SET charged_credits = 70", "the API charged 70, and 0 was captured"),
        (70, "UPDATE jobs SET charged_credits = NULL", "the API did not say what, and 70 was captured"),
        (70, _CAPTURED.format("released_extra = 0"), "resolved by a capture of 60 and 10 bonus"),
        (70, _CAPTURED.format("allowance = 59"), "resolved by a capture of 59 and 10 bonus"),
        (
            70,
            _CAPTURED.format("allowance = 59, released_allowance = 1, extra = 11, released_extra = 29"),
            "(released: 1 and 29 bonus)",
        ),
        (70, _CAPTURED.format("extra = 0, released_extra = 40"), "the API charged 70, and 60 was captured"),
    ],
)
async def test_the_audit_names_a_part_that_is_wrong(store: StoreHarness, charged: int, change: str, says: str) -> None:
    await ended(store, charged)
    execute(store.place, "DROP TRIGGER ledger_is_never_updated")
    execute(store.place, change)
    found = await store.database.read_long(reconciliation.find_discrepancies)
    assert any(says in line for line in found), found


def _amounts(receipt: Receipt) -> tuple[int, int, str, int, int]:
    return receipt.credits, receipt.extra, receipt.outcome, receipt.spent, receipt.refunded
