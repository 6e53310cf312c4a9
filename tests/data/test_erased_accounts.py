"""Spent credits outlast an erasure until the month ends, and blocks until they end."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.credits import Budget, Limits, Month, Shortfall
from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, JobState
from bot.domain.order import OrderPlaced
from bot.domain.quota import AuditContext, Block, LimitScope
from bot.domain.quote import Quote
from bot.domain.request import Draft
from bot.domain.risk import CANCELLATION_WINDOW_MS, COOL_DOWN_MS, Refusal, RefusalReason, RiskLimits
from bot.services.privacy import PrivacyService
from bot.services.quotas import QuotaService
from bot.services.request_limits import LimitFactory
from bot.services.retention import RetentionService
from bot.services.signals import Signals
from data import (
    blocks,
    erased_accounts,
    failures,
    job_actions,
    pledging,
    quotes,
    reconciliation,
    renders,
    reports,
    risk,
)
from tests.helpers.approving import CATALOGUE
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.member_data import ADA, OTHER_GUILD, ada_job, deliver, erase
from tests.helpers.pitching import FILTERS, Pitching, pressing
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import CHANNEL, DAY, GUILD, LIMITS, NOW, StoreHarness

DANA = 9
NEXT_MONTH = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp() * 1000)
MONTH = Month.containing(NOW)
RISK = Limits(member=600, plan=10_000, risk=RiskLimits(50, 50, 10_000, failed_credits=100))


async def spend(store: StoreHarness, number: int, credits: int, *, guild: int = GUILD, fails: bool = False) -> None:
    """Make a movie, or let it fail at the API."""
    job = ada_job(number, cost=credits, guild=guild)
    await store.rendering(job)
    if fails:
        await store.database.write(renders.fail, job.id, EndReason.UPSTREAM_FAILED, None, NOW, upstream_charged=True)
    else:
        await store.database.write(renders.complete, job.id, "https://movies.test/1.mp4", NOW)
    await deliver(store.database, job, NotificationType.FAILED if fails else NotificationType.COMPLETED)


async def assert_consistent(store: StoreHarness) -> None:
    """Check that both audits find no discrepancy."""
    assert_ledger_consistent(store.place)
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()


@pytest.fixture
def quotas(store: StoreHarness) -> QuotaService:
    """The quota service, which managers use."""
    return QuotaService(store.database, LIMITS, store.clock, Signals())


async def test_a_member_who_is_back_has_no_more_left_than_before(store: StoreHarness) -> None:
    """The member's id is stored again only when they come back."""
    await spend(store, 1, 400)
    await spend(store, 2, 100, guild=OTHER_GUILD)
    before = (await store.member(ADA), await store.member(ADA, OTHER_GUILD), await store.plan())
    assert await erase(store.database)
    assert query(store.place, f"SELECT 1 AS one FROM balances WHERE member_id = {ADA}") == []
    assert (await store.member(ADA), await store.member(ADA, OTHER_GUILD), await store.plan()) == before
    refused = await reserve(store.database, ada_job(3, cost=201), (), LIMITS)
    assert isinstance(refused, Shortfall)
    assert refused.available == 200
    assert isinstance(await reserve(store.database, ada_job(4, cost=200), (), LIMITS), OrderPlaced)
    await assert_consistent(store)


async def test_an_order_recalls_it_without_being_asked(store: StoreHarness) -> None:
    """A quote, an order and a pledge each restore the earlier usage."""
    await spend(store, 1, 400)
    assert await erase(store.database)
    quote = Quote("q" * 13, GUILD, CHANNEL, ADA, ada_job(2).request, 300, NOW)
    shortfall = await store.database.write(quotes.create, quote, (), LIMITS)
    assert isinstance(shortfall, Shortfall)
    assert await erase(store.database)
    refused = await reserve(store.database, ada_job(3, cost=300), (), LIMITS)
    assert isinstance(refused, Shortfall)
    assert await erase(store.database)
    pitching = Pitching(store.database, store.place)
    assert isinstance(await pitching.chip_in(await pitching.made(300), ADA, None), Shortfall)
    await assert_consistent(store)


async def test_erasing_again_and_again_adds_nothing_and_loses_nothing(store: StoreHarness) -> None:
    """This holds whether or not the member comes back in between."""
    await spend(store, 1, 400)
    for _ in range(3):
        assert await erase(store.database)
    assert await store.member(ADA) == Budget(600, 400)
    assert await erase(store.database)
    await store.member(ADA)
    await spend(store, 2, 100)
    assert await erase(store.database)
    assert await store.member(ADA) == Budget(600, 500)
    await assert_consistent(store)


async def test_the_key_goes_with_the_month(store: StoreHarness, quotas: QuotaService) -> None:
    """Without the key, the remaining rows can't be linked to the member."""
    await spend(store, 1, 400)
    await store.in_state(ada_job(9, cost=1), JobState.CANCELLED)
    await quotas.set_limit(AuditContext(DANA, GUILD), LimitScope.MEMBER, ADA, 500)
    assert await erase(store.database)
    assert not await store.database.write(erased_accounts.forget_past_months, NEXT_MONTH - 1)
    tables = ("erasure_keys", "erased_accounts", "erased_events", "erased_decisions")
    assert all(query(store.place, f"SELECT * FROM {table}") for table in tables)
    assert await store.database.write(erased_accounts.forget_past_months, NEXT_MONTH)
    for table in tables:
        assert query(store.place, f"SELECT * FROM {table}") == []
    store.now = NEXT_MONTH
    assert isinstance(await reserve(store.database, ada_job(2, cost=600, at=NEXT_MONTH), (), LIMITS), OrderPlaced)
    await assert_consistent(store)


@pytest.mark.parametrize("hours", [None, 48])
@pytest.mark.parametrize("guild", [GUILD, blocks.EVERYWHERE])
async def test_a_block_holds_after_an_erasure(
    store: StoreHarness, quotas: QuotaService, hours: int | None, guild: int
) -> None:
    """The block keeps its end, but its reason is erased."""
    await quotas.block(AuditContext(DANA, guild, "was rude"), ADA, hours)
    until = None if hours is None else NOW + hours * 3_600_000
    assert await erase(store.database)
    assert query(store.place, "SELECT * FROM member_blocks") == []
    draft = Draft("a fox", 10, "LUMA", "FLUX1.1PRO")
    pitched = await store.database.write(pledging.pitch, FILTERS, pressing(ADA), draft, CATALOGUE, LIMITS, NOW)
    assert isinstance(pitched, Block)
    assert await erase(store.database)
    refused = await reserve(store.database, ada_job(1), (), LIMITS)
    assert refused == Block(until, "", everywhere=guild == blocks.EVERYWHERE)
    await quotas.unblock(AuditContext(DANA, guild), ADA)
    assert isinstance(await reserve(store.database, ada_job(2), (), LIMITS), OrderPlaced)


async def long_after(store: StoreHarness, folder: Path, days: int = 400) -> int:
    """Let the upkeep of these days run, and return the time then."""
    store.now = NOW + days * DAY
    await PrivacyService(store.database, store.clock, folder, None, LimitFactory(store.clock)).run_once()
    await RetentionService(store.database, store.clock, 30).run_once()
    return store.now


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("guild", [GUILD, blocks.EVERYWHERE])
async def test_a_permanent_block_outlasts_the_month_of_an_erasure(
    store: StoreHarness, quotas: QuotaService, tmp_path: Path, guild: int, times: int
) -> None:
    """Neither the upkeep nor another erasure ends it. A manager does, also of a member who is not back."""
    at = NOW
    await quotas.block(AuditContext(DANA, guild), ADA, None)
    for number in range(times):
        assert await erase(store.database)
        assert query(store.place, "SELECT * FROM member_blocks") == []
        at = await long_after(store, tmp_path, 400 * (number + 1))
        refused = await reserve(store.database, ada_job(number, at=at), (), LIMITS)
        assert refused == Block(None, "", everywhere=guild == blocks.EVERYWHERE)
    assert await erase(store.database, now=at)
    assert await quotas.unblock(AuditContext(DANA, guild), ADA)
    assert query(store.place, "SELECT * FROM erased_decisions") == []
    assert isinstance(await reserve(store.database, ada_job(9, at=at), (), LIMITS), OrderPlaced)


async def test_an_allowance_of_0_outlasts_the_month_of_an_erasure(
    store: StoreHarness, quotas: QuotaService, tmp_path: Path
) -> None:
    """A manager can lift it, also of a member who is not back."""
    by_dana = AuditContext(DANA, GUILD)
    await quotas.set_limit(by_dana, LimitScope.MEMBER, ADA, 0)
    assert await erase(store.database)
    at = await long_after(store, tmp_path)
    assert isinstance(await reserve(store.database, ada_job(1, at=at), (), LIMITS), Shortfall)
    assert await erase(store.database, now=at)
    assert await quotas.clear_limit(by_dana, LimitScope.MEMBER, ADA)
    assert isinstance(await reserve(store.database, ada_job(2, at=at), (), LIMITS), OrderPlaced)


@pytest.mark.parametrize(("days", "kept"), [(39, 1), (41, 0)])
async def test_what_is_remembered_of_a_block_goes_when_it_ends(
    store: StoreHarness, quotas: QuotaService, tmp_path: Path, days: int, kept: int
) -> None:
    await quotas.block(AuditContext(DANA, GUILD), ADA, 40 * 24)
    assert await erase(store.database)
    await long_after(store, tmp_path, days)
    assert len(query(store.place, "SELECT * FROM erased_decisions")) == kept


async def test_an_earlier_block_does_not_come_back_after_a_later_one(
    store: StoreHarness, quotas: QuotaService, tmp_path: Path
) -> None:
    """The managers' latest decision counts, also when it has ended and is gone."""
    await quotas.block(AuditContext(DANA, GUILD), ADA, None)
    assert await erase(store.database)
    await quotas.block(AuditContext(DANA, GUILD), ADA, 48)
    at = await long_after(store, tmp_path)
    assert query(store.place, "SELECT * FROM member_blocks") == []
    assert isinstance(await reserve(store.database, ada_job(1, at=at), (), LIMITS), OrderPlaced)


async def test_a_manager_can_reset_what_was_remembered(store: StoreHarness, quotas: QuotaService) -> None:
    await spend(store, 1, 400)
    assert await erase(store.database)
    assert await quotas.reset_usage(AuditContext(DANA, GUILD), ADA) == 400
    assert await store.member(ADA) == Budget(600)
    await assert_consistent(store)


async def test_failed_movies_count_on(store: StoreHarness) -> None:
    """Failures still count toward the member's bound, and once in totals."""
    store.limits = RISK
    await spend(store, 1, 60, fails=True)
    assert await store.database.read(failures.failed_by_server, ADA, Month.containing(NEXT_MONTH)) == {}
    assert await erase(store.database)
    await store.queued(ada_job(2, cost=10))
    assert await store.database.read(failures.failed_credits, ADA, MONTH) == 60
    assert await store.plan() == Budget(1000, used=60, held=10)
    charges = await store.database.read(failures.server_charges, GUILD, MONTH)
    assert (charges.failed, charges.above_price) == (60, 0)
    report = await store.database.read_long(reports.report, GUILD, MONTH, RISK)
    assert (report.upstream_charge, report.charge_difference) == (60, 0)
    assert sum(day.upstream_charge for day in report.days) == 60
    assert await erase(store.database)
    await spend(store, 3, 50, fails=True)
    assert await reserve(store.database, ada_job(4), (), RISK) == Refusal(
        RefusalReason.FAILED_CREDITS, 100, MONTH.ends_at
    )
    assert await store.database.read(failures.stopped_members, MONTH, 100) == 1
    assert await erase(store.database)
    assert await store.database.read(failures.stopped_members, MONTH, 100) == 0
    await assert_consistent(store)


async def test_bonus_credits_lapse(store: StoreHarness, quotas: QuotaService) -> None:
    """Bonus credits were granted to the erased member only."""
    await quotas.grant(AuditContext(DANA, GUILD), ADA, 500)
    await spend(store, 1, 700)
    assert await erase(store.database)
    balance = await store.accounts.balance(GUILD, ADA, ())
    assert (balance.allowance, balance.extra) == (Budget(600, 600), Budget(0))
    [left] = query(store.place, "SELECT * FROM balances WHERE scope = 'extra'")
    assert (left["granted"], left["used"]) == (100, 100)
    await assert_consistent(store)


@pytest.mark.parametrize("credits", [0, 50])
async def test_a_limit_holds_after_an_erasure(store: StoreHarness, quotas: QuotaService, credits: int) -> None:
    """Managers can lift the limit after the erasure as before."""
    by_dana = AuditContext(DANA, GUILD)
    await quotas.set_limit(by_dana, LimitScope.MEMBER, ADA, credits)
    assert await erase(store.database)
    assert query(store.place, "SELECT * FROM quota_limits") == []
    refused = await reserve(store.database, ada_job(1, cost=60), (), LIMITS)
    assert isinstance(refused, Shortfall)
    assert refused.available == credits
    assert await erase(store.database)
    assert await quotas.clear_limit(by_dana, LimitScope.MEMBER, ADA)
    assert isinstance(await reserve(store.database, ada_job(2, cost=60), (), LIMITS), OrderPlaced)


async def test_a_limit_of_another_member_does_not_become_theirs(store: StoreHarness, quotas: QuotaService) -> None:
    await quotas.set_limit(AuditContext(DANA, GUILD), LimitScope.MEMBER, DANA, 50)
    await spend(store, 1, 10)
    assert await erase(store.database)
    assert await store.member(ADA) == Budget(600, used=10)


async def test_a_limit_that_was_set_meanwhile_counts(store: StoreHarness, quotas: QuotaService) -> None:
    """The managers' latest decision counts."""
    by_dana = AuditContext(DANA, GUILD)
    await quotas.set_limit(by_dana, LimitScope.MEMBER, ADA, 50)
    assert await erase(store.database)
    await quotas.set_limit(by_dana, LimitScope.MEMBER, ADA, 70)
    assert await store.member(ADA) == Budget(70)


async def test_a_block_that_was_set_meanwhile_counts(store: StoreHarness, quotas: QuotaService) -> None:
    """The managers' latest decision counts."""
    await quotas.block(AuditContext(DANA, GUILD), ADA, None)
    assert await erase(store.database)
    await quotas.block(AuditContext(DANA, GUILD, "again"), ADA, 48)
    refused = await reserve(store.database, ada_job(1), (), LIMITS)
    assert refused == Block(NOW + 48 * 3_600_000, "again")


async def test_what_was_spent_in_an_earlier_month_counts_no_more(store: StoreHarness) -> None:
    job = await store.rendering(ada_job(1, cost=400, at=NOW - 20 * DAY))
    await store.database.write(renders.complete, job.id, "https://movies.test/1.mp4", NOW)
    await deliver(store.database, job, NotificationType.COMPLETED)
    assert await erase(store.database)
    assert await store.member(ADA) == Budget(600)


@pytest.mark.parametrize("fails", [False, True])
async def test_movies_that_were_made_or_failed_are_no_cancellations(store: StoreHarness, *, fails: bool) -> None:
    for number in (1, 2, 3):
        await spend(store, number, 10, fails=fails)
    assert await erase(store.database)
    assert isinstance(await reserve(store.database, ada_job(4), (), RISK), OrderPlaced)


@pytest.mark.parametrize("erasures", [1, 2])
async def test_cancellations_count_on(store: StoreHarness, erasures: int) -> None:
    """An erasure's own cancellations count, too, since each held credits."""
    store.limits = RISK
    for number in (1, 2):
        await store.in_state(ada_job(number), JobState.CANCELLED)
    for _ in range(erasures):
        assert await erase(store.database)
    await store.queued(ada_job(3))
    assert await erase(store.database)
    cooling = Refusal(RefusalReason.COOLING_DOWN, until=NOW + COOL_DOWN_MS)
    assert await reserve(store.database, ada_job(4), (), RISK) == cooling
    assert await store.database.read(risk.next_refusal, GUILD, ADA, RISK.risk, NOW) == cooling
    assert isinstance(await reserve(store.database, ada_job(5, at=NOW + COOL_DOWN_MS), (), RISK), OrderPlaced)


async def test_cancellations_count_on_until_the_pause_ends(store: StoreHarness) -> None:
    """The first of them may be older than the window by then."""
    last = NOW + CANCELLATION_WINDOW_MS
    for number, at in ((1, NOW), (2, last), (3, last)):
        await store.queued(ada_job(number, at=at))
        await store.database.write(job_actions.cancel, ada_job(number).id, ADA, at)
    assert await erase(store.database, now=last + 1)
    cooling = Refusal(RefusalReason.COOLING_DOWN, until=last + COOL_DOWN_MS)
    assert await reserve(store.database, ada_job(4, at=last + 1), (), RISK) == cooling


async def test_cancellations_of_before_and_after_an_erasure_count_together(store: StoreHarness) -> None:
    """An erasure must not reset the member's count."""
    store.limits = RISK
    for number in (1, 2):
        await store.in_state(ada_job(number), JobState.CANCELLED)
    assert await erase(store.database)
    await store.in_state(ada_job(3), JobState.CANCELLED)
    assert await reserve(store.database, ada_job(4), (), RISK) == Refusal(
        RefusalReason.COOLING_DOWN, until=NOW + COOL_DOWN_MS
    )
