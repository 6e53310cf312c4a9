"""Spent credits outlast an erasure until the month ends, and blocks until they end."""

from __future__ import annotations

import tracemalloc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.credits import Budget, Limits, Month, Shortfall
from bot.domain.delivery import NotificationType
from bot.domain.jobs import JobState
from bot.domain.orders import ConfirmationRule, InvalidDraft, Order, OrderPlaced, OrderRefused, Quote, QuotePreview
from bot.domain.quota import MAX_CREDITS, AuditContext, LimitScope
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from bot.domain.risk import CANCELLATION_WINDOW_MS, COOL_DOWN_MS, RiskLimits
from bot.services.privacy import clear_old_data, read_balance
from data import blocks, budgets, erased_members, failures, gifts, job_actions, orders, pledging, renders, reports, risk
from data.database import Database
from data.reconciliation import find_discrepancies
from tests.helpers.at_time import at_time, under
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.member_data import ADA, OTHER_GUILD, ada_job, deliver, erase, privacy_service
from tests.helpers.pitching import Pitching, pressing
from tests.helpers.refusing import blocked, is_refused
from tests.helpers.reserving import offer, reserve
from tests.helpers.server_settings import change_setup
from tests.helpers.store_harness import CHANNEL, DAY, GUILD, LIMITS, NOW, StoreHarness

DANA, OTHER = 9, 5
NEXT_MONTH = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp() * 1000)
MONTH = Month.containing(NOW)
RISK = Limits(member=600, plan=10_000, risk=RiskLimits(50, 50, 10_000, failed_credits=100))
HOURS_48 = NOW + 48 * 3_600_000
EVERYWHERE = blocks.EVERYWHERE


@dataclass(frozen=True)
class Decision:
    """What managers decide about a member: how, how it refuses an order, and how it is lifted."""

    make: Callable[[Database], Awaitable[object]]
    refusal: Refused | int
    lift: Callable[[Database], Awaitable[object]]


async def spend(store: StoreHarness, number: int, credits: int, *, guild: int = GUILD, fails: bool = False) -> None:
    state = JobState.FAILED if fails else JobState.COMPLETED
    job = await store.in_state(ada_job(number, cost=credits, guild=guild), state)
    await deliver(store.database, job, NotificationType(state.value))


async def assert_consistent(store: StoreHarness) -> None:
    assert_ledger_consistent(store.place)
    assert await store.database.read_long(find_discrepancies) == ()


async def test_the_key_goes_with_the_month(store: StoreHarness) -> None:
    await spend(store, 1, 400)
    await store.in_state(ada_job(9, cost=1), JobState.CANCELLED)
    await store.database.write(budgets.set_limit, LimitScope.MEMBER, ADA, 500, by=AuditContext(DANA, GUILD))
    assert await erase(store.database)
    assert not await store.database.write(at_time(NEXT_MONTH - 1, erased_members.forget_ended))
    tables = ("erasure_keys", "erased_accounts", "erased_events", "erased_decisions")
    assert all(query(store.place, f"SELECT * FROM {table}") for table in tables)
    assert await store.database.write(at_time(NEXT_MONTH, erased_members.forget_ended))
    for table in tables:
        assert query(store.place, f"SELECT * FROM {table}") == []
    store.now = NEXT_MONTH
    assert isinstance(await reserve(store.database, ada_job(2, cost=600, at=NEXT_MONTH), (), LIMITS), OrderPlaced)
    await assert_consistent(store)


async def long_after(store: StoreHarness, folder: Path, days: int = 400) -> int:
    store.now = NOW + days * DAY
    await privacy_service(store, folder).run_once()
    await clear_old_data(store.database, store.clock, 30)
    return store.now


@pytest.mark.parametrize(("days", "kept"), [(39, 1), (41, 0)])
async def test_what_is_remembered_ends_with_a_block(store: StoreHarness, tmp_path: Path, days: int, kept: int) -> None:
    await store.database.write(blocks.block, ADA, 40 * 24, by=AuditContext(DANA, GUILD))
    assert await erase(store.database)
    await long_after(store, tmp_path, days)
    assert len(query(store.place, "SELECT * FROM erased_decisions")) == kept


async def test_what_was_remembered_can_be_reset_and_bonus_credits_lapse(store: StoreHarness) -> None:
    await spend(store, 1, 300)
    assert await erase(store.database)
    assert (await store.database.write(gifts.reset_usage, ADA, by=AuditContext(DANA, GUILD))).credits == 300
    assert await store.member(ADA) == Budget(600)
    await assert_consistent(store)
    await store.database.write(gifts.grant, ADA, 500, by=AuditContext(DANA, GUILD))
    await spend(store, 2, 700)
    assert await erase(store.database)
    assert await store.database.read(erased_members.is_remembered, ADA)
    balance = await read_balance(store.database, GUILD, ADA, ())
    assert not await store.database.read(erased_members.is_remembered, ADA)
    assert (balance.allowance, balance.extra) == (Budget(600, 600), Budget(0))
    [left] = query(store.place, "SELECT * FROM balances WHERE scope = 'extra'")
    assert (left["granted"], left["used"]) == (100, 100)
    await assert_consistent(store)


async def test_failed_movies_count_on(store: StoreHarness) -> None:
    store.limits = RISK
    await spend(store, 1, 60, fails=True)
    assert await store.database.read(failures.failed_by_server, ADA, Month.containing(NEXT_MONTH)) == {}
    assert await erase(store.database)
    await store.queued(ada_job(2, cost=10))
    assert await store.database.read(failures.failed_credits, ADA, MONTH) == 60
    assert await store.plan() == Budget(10_000, used=60, held=10)
    charges = await store.database.read(failures.server_charges, GUILD, MONTH)
    assert (charges.failed, charges.above_price) == (60, 0)
    report = await store.database.read_long(under(reports.report, limits=RISK), GUILD, MONTH)
    assert (report.upstream_charge, report.charge_difference) == (60, 0)
    assert sum(day.upstream_charge for day in report.days) == 60
    assert await erase(store.database)
    await spend(store, 3, 50, fails=True)
    assert await reserve(store.database, ada_job(4), (), RISK) == Refused("refusals-failures", {"time": MONTH.ends_at})
    assert await store.database.read(under(failures.stopped_members, failed=100)) == 1
    assert await erase(store.database)
    assert await store.database.read(under(failures.stopped_members, failed=100)) == 0
    await assert_consistent(store)


async def test_a_large_gift_before_an_erasure_takes_no_memory_for_each_credit(store: StoreHarness) -> None:
    await change_setup(store.database, AuditContext(DANA, GUILD), NOW, gift_credits=MAX_CREDITS)
    await store.database.write(gifts.grant, ADA, MAX_CREDITS, by=AuditContext(DANA, GUILD))
    await store.database.write(gifts.give, OTHER, MAX_CREDITS, channel_id=CHANNEL, by=AuditContext(ADA, GUILD))
    assert await erase(store.database)
    tracemalloc.start()
    refused = await store.database.write(gifts.give, OTHER, 1, channel_id=CHANNEL, by=AuditContext(ADA, GUILD))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused == Refused("gifts-over-bound", {"credits": 0})
    assert most < 5_000_000


async def test_cancellations_count_on_until_the_pause_ends(store: StoreHarness) -> None:
    last = NOW + CANCELLATION_WINDOW_MS
    for number, at in ((1, NOW), (2, last), (3, last)):
        await store.queued(ada_job(number, at=at))
        await store.database.write(at_time(at, job_actions.cancel), ada_job(number).id, ADA)
    assert await erase(store.database, now=last + 1)
    cooling = Refused("refusals-cooling-down", {"time": last + COOL_DOWN_MS})
    assert await reserve(store.database, ada_job(4, at=last + 1), (), RISK) == cooling


def _block(guild: int, hours: int | None) -> Decision:
    by = AuditContext(DANA, guild, "was rude")
    return Decision(
        lambda database: database.write(blocks.block, ADA, hours, by=by),
        blocked(None if hours is None else HOURS_48, "", everywhere=guild == EVERYWHERE),
        lambda database: database.write(blocks.unblock, ADA, by=by),
    )


def _limit(credits: int) -> Decision:
    by = AuditContext(DANA, GUILD)
    return Decision(
        lambda database: database.write(budgets.set_limit, LimitScope.MEMBER, ADA, credits, by=by),
        credits,
        lambda database: database.write(budgets.clear_limit, LimitScope.MEMBER, ADA, by=by),
    )


LASTING = {"block": _block(GUILD, None), "block everywhere": _block(EVERYWHERE, None), "limit of 0": _limit(0)}
DECISIONS = {**LASTING, "block of two days": _block(GUILD, 48), "limit": _limit(50)}


async def assert_refused(store: StoreHarness, number: int, decision: Decision, at: int = NOW) -> None:
    refused = await reserve(store.database, ada_job(number, cost=60, at=at), (), LIMITS)
    if isinstance(refused, Shortfall):
        assert refused.available == decision.refusal
    else:
        assert refused == decision.refusal


@pytest.mark.parametrize("name", DECISIONS)
async def test_a_decision_holds_after_an_erasure_until_it_is_lifted(store: StoreHarness, name: str) -> None:
    decision = DECISIONS[name]
    await decision.make(store.database)
    assert await erase(store.database)
    assert query(store.place, "SELECT 1 FROM member_blocks") == query(store.place, "SELECT 1 FROM quota_limits") == []
    if is_refused(decision.refusal, "refusals-blocked"):
        draft = Draft("a fox", 10, "LUMA", "FLUX1.1PRO")
        assert await store.database.write(pledging.pitch, Order(pressing(ADA), draft)) == decision.refusal
        assert await erase(store.database)
    await assert_refused(store, 1, decision)
    assert await erase(store.database)
    assert await decision.lift(store.database)
    assert isinstance(await reserve(store.database, ada_job(2, cost=60), (), LIMITS), OrderPlaced)


@pytest.mark.parametrize("name", LASTING)
async def test_a_lasting_decision_outlasts_the_erasures_month(store: StoreHarness, tmp_path: Path, name: str) -> None:
    decision, at = LASTING[name], NOW
    await decision.make(store.database)
    for number in (1, 2):
        assert await erase(store.database, now=at)
        at = await long_after(store, tmp_path, 400 * number)
        await assert_refused(store, number, decision, at)
    assert await erase(store.database, now=at)
    assert await decision.lift(store.database)
    assert query(store.place, "SELECT * FROM erased_decisions") == []
    assert isinstance(await reserve(store.database, ada_job(9, at=at), (), LIMITS), OrderPlaced)


async def test_the_managers_latest_decision_counts(store: StoreHarness, tmp_path: Path) -> None:
    by_dana = AuditContext(DANA, GUILD, "again")
    await store.database.write(blocks.block, ADA, None, by=by_dana)
    await store.database.write(budgets.set_limit, LimitScope.MEMBER, ADA, 0, by=by_dana)
    await store.database.write(budgets.set_limit, LimitScope.MEMBER, DANA, 50, by=by_dana)
    assert await erase(store.database)
    await store.database.write(blocks.block, ADA, 48, by=by_dana)
    await store.database.write(budgets.set_limit, LimitScope.MEMBER, ADA, 70, by=by_dana)
    assert await reserve(store.database, ada_job(1), (), LIMITS) == blocked(HOURS_48, "again")
    assert await store.member(ADA) == Budget(70)
    at = await long_after(store, tmp_path)
    assert query(store.place, "SELECT * FROM member_blocks") == []
    assert isinstance(await reserve(store.database, ada_job(2, at=at), (), LIMITS), OrderPlaced)


async def test_an_order_recalls_what_was_spent_without_being_asked(store: StoreHarness) -> None:
    await spend(store, 1, 400)
    await spend(store, 2, 100, guild=OTHER_GUILD)
    job = await store.rendering(ada_job(3, cost=400, at=NOW - 20 * DAY))
    await store.database.write(renders.complete, job.id, "https://movies.test/1.mp4")
    await deliver(store.database, job, NotificationType.COMPLETED)
    before = (await store.member(ADA), await store.member(ADA, OTHER_GUILD), await store.plan())
    for _ in range(2):
        assert await erase(store.database)
    assert query(store.place, f"SELECT 1 AS one FROM balances WHERE member_id = {ADA}") == []
    quote = Quote("q" * 13, GUILD, CHANNEL, ADA, ada_job(4).request, 201, NOW)
    assert (await store.database.write(offer, quote, (), LIMITS)).available == 200
    assert await erase(store.database)
    assert isinstance(await reserve(store.database, ada_job(5, cost=201), (), LIMITS), Shortfall)
    assert await erase(store.database)
    pitching = Pitching(store.database, store.place)
    assert is_refused(await pitching.chip_in(await pitching.made(210), ADA, None), "pitch-shortfall")
    assert (await store.member(ADA), await store.member(ADA, OTHER_GUILD), await store.plan()) == before
    assert isinstance(await reserve(store.database, ada_job(6, cost=200), (), LIMITS), OrderPlaced)
    await assert_consistent(store)


@pytest.mark.parametrize("bound", ["credits", "queue"])
async def test_a_refused_order_offers_what_is_left_of_what_was_recalled(store: StoreHarness, bound: str) -> None:
    await spend(store, 1, 400)
    assert await erase(store.database)
    queued, seconds = (100, 15) if bound == "queue" else (1000, 25)
    low = replace(RISK, risk=RiskLimits(50, 50, queued, failed_credits=100))
    order = Order(pressing(ADA), Draft("a fox", seconds, "LUMA"))
    refused = await store.database.write(under(orders.place, limits=low), order)
    assert isinstance(refused.reason, Shortfall)
    assert refused.affordable is not None
    assert (refused.affordable.balance.member_available, refused.affordable.quote.price) == (200, min(queued, 200))
    assert await store.member(ADA) == Budget(600, used=400)
    await assert_consistent(store)


async def test_a_price_is_compared_with_what_is_left_of_what_was_recalled(store: StoreHarness) -> None:
    await spend(store, 1, 400)
    assert await erase(store.database)
    order = Order(pressing(ADA), Draft("a fox", 15, "LUMA"), confirm=ConfirmationRule(1000, percent=50))
    assert isinstance(await store.database.write(orders.place, order), QuotePreview)


@pytest.mark.parametrize("submit", [orders.place, pledging.pitch])
@pytest.mark.parametrize("wrong", ["channel", "prompt"])
async def test_a_refused_order_recalls_nothing(store: StoreHarness, wrong: str, submit: Callable[..., object]) -> None:
    await spend(store, 1, 400)
    assert await erase(store.database)
    if wrong == "channel":
        await change_setup(store.database, AuditContext(DANA, GUILD), NOW, channels=(CHANNEL + 1,))
    order = Order(pressing(ADA), Draft("a fox" if wrong == "channel" else "", 15, "LUMA"))
    assert isinstance(await store.database.write(submit, order), OrderRefused | Refused | InvalidDraft)
    assert query(store.place, f"SELECT 1 AS one FROM balances WHERE member_id = {ADA}") == []
    assert query(store.place, "SELECT 1 AS one FROM erased_accounts") != []


async def test_cancellations_of_before_and_after_erasures_count_together(store: StoreHarness) -> None:
    store.limits = RISK
    for number, fails in ((1, False), (2, True), (3, False)):
        await spend(store, number, 10, fails=fails)
    await store.in_state(ada_job(4), JobState.CANCELLED)
    assert await erase(store.database)
    await store.in_state(ada_job(5), JobState.CANCELLED)
    await store.queued(ada_job(6))
    for _ in range(2):
        assert await erase(store.database)
    cooling = Refused("refusals-cooling-down", {"time": NOW + COOL_DOWN_MS})
    assert await reserve(store.database, ada_job(7), (), RISK) == cooling
    assert await store.database.read(under(risk.next_refusal, risk=RISK.risk), GUILD, ADA) == cooling
    assert isinstance(await reserve(store.database, ada_job(8, at=NOW + COOL_DOWN_MS), (), RISK), OrderPlaced)
