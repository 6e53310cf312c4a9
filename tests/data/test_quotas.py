"""Limits in force, and the budgets that a hold takes from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.credits import BudgetScope, Limits, Shortfall
from bot.domain.job import EndReason, Job
from bot.domain.order import Order, OrderContext, OrderPlaced
from bot.domain.quota import Allowance, AllowanceSource, AuditContext, Block, LimitScope
from bot.domain.quote import Quote, QuotePreview, QuoteUnavailable
from bot.domain.risk import Refusal
from bot.services.quotas import QuotaService
from bot.services.signals import Signals
from data import checked_quotes, jobs, orders, renders, server_policies, submissions
from data.compiled_filters import CompiledFilters
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent, balances, snapshot
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job

DANA = 9
"""A manager of the server."""

CREW, STARS = 31, 32


@pytest.fixture
def quotas(store: StoreHarness) -> QuotaService:
    """The quota service, which managers use."""
    return QuotaService(store.database, LIMITS, store.clock, Signals())


def dana(reason: str = "", guild: int = GUILD) -> AuditContext:
    """Return the context of a change by Dana without an interaction."""
    return AuditContext(DANA, guild, reason)


async def source(store: StoreHarness, *roles: int) -> Allowance:
    """Return Alice's allowance with its source."""
    return (await store.accounts.balance(GUILD, ALICE, roles)).source


async def hold(
    store: StoreHarness, number: int, cost: int, *roles: int, member: int = ALICE, guild: int = GUILD
) -> Job | Shortfall | Block | None:
    """Order a movie, and return its job or the refusal."""
    job = a_job(number, member, cost=cost, at=store.now, guild=guild)
    got = await reserve(store.database, job, roles, store.limits)
    assert not isinstance(got, QuoteUnavailable | Refusal)
    return got.job if isinstance(got, OrderPlaced) else got


async def refused(store: StoreHarness, number: int, cost: int, *roles: int) -> Shortfall:
    """Order a movie that doesn't fit, and return the refusal."""
    outcome = await hold(store, number, cost, *roles)
    assert isinstance(outcome, Shortfall), outcome
    return outcome


async def rendering(store: StoreHarness, number: int, cost: int, *, fails: bool = False, lost: bool = False) -> None:
    """Order a movie that completes, or fails if `fails`."""
    job = await store.rendering(a_job(number, cost=cost, at=store.now))
    if fails:
        await store.database.write(
            renders.fail, job.id, EndReason.UPSTREAM_FAILED, None, store.now, upstream_charged=lost
        )
    else:
        await store.database.write(renders.complete, job.id, "https://movies.test/1.mp4", store.now)


# ── which limit is in force ──────────────────────────────────────────────────────────────────────────────────────


async def test_the_nearest_limit_wins(store: StoreHarness, quotas: QuotaService) -> None:
    """Precedence is member, role, server, and the bot's default."""
    assert await source(store) == Allowance(LIMITS.member, AllowanceSource.BOT_DEFAULT)
    await quotas.set_limit(dana(), LimitScope.DEFAULT, 0, 300)
    assert await source(store, CREW, STARS) == Allowance(300, AllowanceSource.SERVER_DEFAULT)
    await quotas.set_limit(dana(), LimitScope.ROLE, CREW, 200)
    await quotas.set_limit(dana(), LimitScope.ROLE, STARS, 900)
    assert await source(store, CREW) == Allowance(200, AllowanceSource.ROLE, CREW)
    assert await source(store, CREW, STARS) == Allowance(900, AllowanceSource.ROLE, STARS)
    assert await source(store) == Allowance(300, AllowanceSource.SERVER_DEFAULT)
    await quotas.set_limit(dana(), LimitScope.MEMBER, ALICE, 50)
    assert await source(store, CREW, STARS) == Allowance(50, AllowanceSource.MEMBER)


async def test_a_limit_that_is_dropped_gives_way_to_the_next(store: StoreHarness, quotas: QuotaService) -> None:
    """Zero is a limit; only clearing goes back to the default."""
    await quotas.set_limit(dana(), LimitScope.DEFAULT, 0, 300)
    await quotas.set_limit(dana(), LimitScope.MEMBER, ALICE, 0)
    assert await source(store) == Allowance(0, AllowanceSource.MEMBER)
    assert (await refused(store, 1, 10)).available == 0
    assert not await quotas.clear_limit(dana(), LimitScope.MEMBER, BOB)
    assert not await quotas.clear_limit(dana(guild=99), LimitScope.MEMBER, ALICE)
    assert await quotas.clear_limit(dana(), LimitScope.MEMBER, ALICE)
    assert await source(store) == Allowance(300, AllowanceSource.SERVER_DEFAULT)
    assert await quotas.clear_limit(dana(), LimitScope.DEFAULT, 0)
    assert not await quotas.clear_limit(dana(), LimitScope.DEFAULT, 0)
    assert await source(store) == Allowance(LIMITS.member, AllowanceSource.BOT_DEFAULT)
    await quotas.set_limit(dana(), LimitScope.DEFAULT, 0, 0)
    assert await source(store) == Allowance(0, AllowanceSource.SERVER_DEFAULT)


async def test_a_limit_of_one_server_is_none_of_another(store: StoreHarness, quotas: QuotaService) -> None:
    """The member and role have the same ids in both servers."""
    elsewhere = dana(guild=99)
    await quotas.set_limit(elsewhere, LimitScope.MEMBER, ALICE, 1)
    await quotas.set_limit(elsewhere, LimitScope.ROLE, CREW, 2)
    await quotas.set_limit(elsewhere, LimitScope.DEFAULT, 0, 3)
    await quotas.set_limit(elsewhere, LimitScope.SERVER, 0, 4)
    await quotas.block(elsewhere, ALICE, None)
    assert await source(store, CREW) == Allowance(LIMITS.member, AllowanceSource.BOT_DEFAULT)
    assert isinstance(await hold(store, 1, 600, CREW), Job)


async def test_the_roles_that_have_a_limit_are_remembered_with_the_job(
    store: StoreHarness, quotas: QuotaService
) -> None:
    """Messages show the balance without access to the member's roles."""
    await quotas.set_limit(dana(), LimitScope.ROLE, STARS, 900)
    job = await hold(store, 1, 700, CREW, STARS)
    assert isinstance(job, Job)
    assert job.role_ids == (STARS,)
    found = await store.database.read(jobs.find, job.id)
    assert found is not None
    assert found.role_ids == (STARS,)


async def test_a_quote_counts_the_roles_of_its_member(store: StoreHarness, quotas: QuotaService) -> None:
    await quotas.set_limit(dana(), LimitScope.ROLE, STARS, 900)
    shown: list[type[object]] = []
    for number, roles in enumerate(((), (STARS,))):
        context, request = OrderContext(number, GUILD, CHANNEL, ALICE, roles), a_job(1).request
        quote = Quote(f"{number:013}", GUILD, CHANNEL, ALICE, request, 700, NOW)
        order = Order(context, request, 700)
        shown.append(type(await store.database.write(checked_quotes.create, CompiledFilters(), order, quote, LIMITS)))
    assert shown == [Shortfall, QuotePreview]


# ── all limits at once ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("share", "plan", "scope", "left"),
    [(None, 1000, BudgetScope.MEMBER, 600), (300, 1000, BudgetScope.SERVER, 300), (None, 200, BudgetScope.PLAN, 200)],
)
async def test_the_tightest_limit_refuses_and_is_named(
    store: StoreHarness, quotas: QuotaService, path: Path, share: int | None, plan: int, scope: BudgetScope, left: int
) -> None:
    """The balance is what would fit, and nothing stays held."""
    if share is not None:
        await quotas.set_limit(dana(), LimitScope.SERVER, 0, share)
    store.limits = Limits(member=600, plan=plan)
    shortfall = await refused(store, 1, 610)
    assert (shortfall.scope, shortfall.available, shortfall.required) == (scope, left, 610)
    assert assert_ledger_consistent(path) == {}
    assert isinstance(await hold(store, 2, left), Job)


@pytest.mark.parametrize("by_operator", [False, True])
async def test_a_server_whose_limit_is_zero_makes_no_movie(
    store: StoreHarness, quotas: QuotaService, by_operator: bool
) -> None:
    """Clearing another limit of the server leaves it."""
    if by_operator:
        store.limits = Limits(member=600, plan=1000, server=0)
    else:
        for scope in (LimitScope.SERVER, LimitScope.DEFAULT):
            await quotas.set_limit(dana(), scope, 0, 0)
        assert await quotas.clear_limit(dana(), LimitScope.DEFAULT, 0)
    shortfall = await refused(store, 1, 10)
    assert (shortfall.scope, shortfall.available) == (BudgetScope.SERVER, 0)


@pytest.mark.parametrize(
    ("by_operator", "by_managers", "left"), [(50, None, 50), (300, None, 300), (300, 80, 80), (50, 80, 50)]
)
async def test_the_operators_decision_about_a_server_replaces_the_limit_of_all(
    store: StoreHarness, quotas: QuotaService, by_operator: int, by_managers: int | None, left: int
) -> None:
    """The managers' limit counts where it is lower."""
    store.limits = Limits(member=600, plan=1000, server=100)
    await store.database.write(server_policies.set_monthly_credits, GUILD, by_operator, NOW)
    if by_managers is not None:
        await quotas.set_limit(dana(), LimitScope.SERVER, 0, by_managers)
    shortfall = await refused(store, 1, left + 1)
    assert (shortfall.scope, shortfall.available) == (BudgetScope.SERVER, left)
    assert isinstance(await hold(store, 2, left), Job)


async def test_the_servers_share_is_one_for_all_its_members(store: StoreHarness, quotas: QuotaService) -> None:
    """One member's hold reduces what others can order."""
    await quotas.set_limit(dana(), LimitScope.SERVER, 0, 500)
    await hold(store, 1, 450, member=BOB)
    assert (await refused(store, 2, 60)).scope is BudgetScope.SERVER
    assert isinstance(await hold(store, 3, 50), Job)


async def test_a_member_above_a_lowered_limit_pays_with_bonus_credits(
    store: StoreHarness, quotas: QuotaService, path: Path
) -> None:
    await rendering(store, 1, 100)
    await quotas.set_limit(dana(), LimitScope.MEMBER, ALICE, 50)
    await quotas.grant(dana(), ALICE, 30)
    await store.reserved(a_job(2, cost=30))
    assert balances(path)["extra", GUILD, ALICE, ""] == BudgetTotals(granted=30, held=30)


@pytest.mark.parametrize("lowered", ["member", "role", "default", "server", "plan"])
async def test_a_lowered_limit_refuses_the_next_and_takes_nothing_back(
    store: StoreHarness, quotas: QuotaService, path: Path, lowered: str
) -> None:
    """What is left is zero, never negative.

    Running movies go on to their end.
    """
    await rendering(store, 1, 400)
    running = await store.rendering(a_job(2, cost=100))
    before = assert_ledger_consistent(path)
    change = {
        "member": lambda: quotas.set_limit(dana(), LimitScope.MEMBER, ALICE, 150),
        "role": lambda: quotas.set_limit(dana(), LimitScope.ROLE, CREW, 150),
        "default": lambda: quotas.set_limit(dana(), LimitScope.DEFAULT, 0, 150),
        "server": lambda: quotas.set_limit(dana(), LimitScope.SERVER, 0, 150),
    }
    if lowered == "plan":
        store.limits = Limits(member=600, plan=150)
    else:
        await change[lowered]()
    assert assert_ledger_consistent(path) == before
    assert (await refused(store, 3, 10, CREW)).available == 0
    assert await store.database.write(renders.complete, running.id, "https://movies.test/2.mp4", NOW) is not None
    assert balances(path)["member", GUILD, ALICE, "2026-11"] == BudgetTotals(used=500)


# ── the allowance first, then the extra credits; each gets back what it gave ─────────────────────────────────────


async def test_extra_credits_are_spent_after_the_allowance(
    store: StoreHarness, quotas: QuotaService, path: Path
) -> None:
    """700 credits take 600 of the allowance and 100 extra."""
    await quotas.grant(dana("won the poster contest"), ALICE, 250)
    await rendering(store, 1, 700)
    assert assert_ledger_consistent(path) == {
        ("member", GUILD, ALICE, "2026-11"): BudgetTotals(used=600),
        ("extra", GUILD, ALICE, ""): BudgetTotals(granted=250, used=100),
        ("server", GUILD, 0, "2026-11"): BudgetTotals(used=700),
        ("plan", 0, 0, "2026-11"): BudgetTotals(used=700),
    }
    shortfall = await refused(store, 2, 151)
    assert (shortfall.scope, shortfall.available) == (BudgetScope.MEMBER, 150)


async def test_each_part_goes_back_where_it_came_from(store: StoreHarness, quotas: QuotaService, path: Path) -> None:
    """A failed movie releases allowance and extra credits separately."""
    await quotas.grant(dana("a prize"), ALICE, 250)
    await rendering(store, 1, 700, fails=True)
    assert assert_ledger_consistent(path) == {("extra", GUILD, ALICE, ""): BudgetTotals(granted=250)}


async def test_a_job_that_ends_next_month_releases_to_the_month_it_held_from(
    store: StoreHarness, quotas: QuotaService, path: Path
) -> None:
    """Credits return to November's allowance, and December's is unchanged."""
    await quotas.grant(dana("a prize"), ALICE, 100)
    job = await store.rendering(a_job(1, cost=650))
    store.now = NOW + 25 * DAY
    assert (await refused(store, 2, 651)).available == 650  # 600 of December's, and the 50 extra that are not held
    assert isinstance(await hold(store, 3, 600), Job)
    await store.database.write(renders.fail, job.id, EndReason.UPSTREAM_FAILED, None, store.now, upstream_charged=True)
    assert assert_ledger_consistent(path) == {
        ("extra", GUILD, ALICE, ""): BudgetTotals(granted=100),
        ("member", GUILD, ALICE, "2026-12"): BudgetTotals(held=600),
        ("server", GUILD, 0, "2026-12"): BudgetTotals(held=600),
        ("plan", 0, 0, "2026-12"): BudgetTotals(held=600),
        ("plan", 0, 0, "2026-11"): BudgetTotals(used=650),
    }


async def test_a_new_month_starts_afresh_and_extra_credits_stay(store: StoreHarness, quotas: QuotaService) -> None:
    """No job runs at midnight: each month has its own balance."""
    await quotas.grant(dana("a prize"), ALICE, 100)
    await rendering(store, 1, 650)
    store.now = NOW + 25 * DAY
    balance = await store.accounts.balance(GUILD, ALICE, ())
    assert (balance.allowance.available, balance.extra.available, balance.plan.available) == (600, 50, 1000)


async def test_an_upstream_failure_costs_the_member_and_the_server_nothing(store: StoreHarness, path: Path) -> None:
    """Only the plan's count keeps what the API does not refund."""
    await rendering(store, 1, 500, fails=True, lost=True)
    assert assert_ledger_consistent(path) == {("plan", 0, 0, "2026-11"): BudgetTotals(used=500)}
    assert (await store.accounts.balance(GUILD, ALICE, ())).member_available == 600


# ── taking, resetting ────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_is_held_or_spent_cannot_be_taken(store: StoreHarness, quotas: QuotaService, path: Path) -> None:
    """Of 300 extra credits, 100 are spent and 50 held.

    A refusal changes nothing.
    """
    await quotas.grant(dana("a prize"), ALICE, 300)
    await rendering(store, 1, 700)
    await store.rendering(a_job(2, cost=50))
    before = snapshot(path)
    assert await quotas.revoke(dana("a mistake"), ALICE, 151) == 150
    assert snapshot(path) == before
    assert await quotas.revoke(dana("a mistake"), ALICE, 150) is None
    assert assert_ledger_consistent(path)["extra", GUILD, ALICE, ""] == BudgetTotals(granted=150, used=100, held=50)
    assert await quotas.revoke(dana("more"), ALICE, 1) == 0


async def test_nothing_can_be_taken_from_one_who_was_given_nothing(quotas: QuotaService, path: Path) -> None:
    """No row is written."""
    assert await quotas.revoke(dana("a mistake"), ALICE, 1) == 0
    assert not any(snapshot(path).values())


async def test_a_reset_is_an_adjusting_row(store: StoreHarness, quotas: QuotaService, path: Path) -> None:
    """The use is zero, and holds, server and plan are unchanged."""
    await rendering(store, 1, 400)
    await store.rendering(a_job(2, cost=100))
    assert await quotas.reset_usage(dana(), ALICE) == 400
    assert assert_ledger_consistent(path) == {
        ("member", GUILD, ALICE, "2026-11"): BudgetTotals(held=100),
        ("server", GUILD, 0, "2026-11"): BudgetTotals(used=400, held=100),
        ("plan", 0, 0, "2026-11"): BudgetTotals(used=400, held=100),
    }
    [row] = [row for row in snapshot(path)["ledger_entries"] if row["entry_type"] == "adjust"]
    assert (row["allowance"], row["extra"], row["actor_id"], row["created_at"]) == (-400, 0, DANA, NOW)
    [entry] = snapshot(path)["audit_log"]
    assert (entry["action"], entry["subject_id"], entry["amount"]) == ("reset_usage", ALICE, 400)
    before = snapshot(path)
    assert await quotas.reset_usage(dana(), ALICE) == 0
    assert snapshot(path) == before


async def test_a_reset_is_of_the_month_in_which_it_is_made(
    store: StoreHarness, quotas: QuotaService, path: Path
) -> None:
    """Usage of an earlier month is not reset."""
    await rendering(store, 1, 400)
    store.now = NOW + 25 * DAY
    assert await quotas.reset_usage(dana(), ALICE) == 0
    assert isinstance(await hold(store, 2, 100), Job)
    assert await store.database.write(orders.enqueue, a_job(2).id, 77, store.now)
    assert len(await store.claimed(store.now, 1, 10, 10)) == 1
    assert await store.database.write(submissions.mark_rendering, a_job(2).id, "request-2", store.now, store.now)
    assert await store.database.write(renders.complete, a_job(2).id, "https://movies.test/2.mp4", store.now)
    assert await quotas.reset_usage(dana(), ALICE) == 100
    assert assert_ledger_consistent(path)["member", GUILD, ALICE, "2026-11"] == BudgetTotals(used=400)
    assert ("member", GUILD, ALICE, "2026-12") not in assert_ledger_consistent(path)


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_block_refuses_orders_until_its_end(store: StoreHarness, quotas: QuotaService, path: Path) -> None:
    """The block ends to the millisecond, and running movies go on."""
    running = await store.rendering(a_job(1, cost=100))
    block = await quotas.block(dana("spam"), ALICE, 2)
    assert block == Block(NOW + 2 * HOUR, "spam")
    assert await hold(store, 2, 10) == block
    assert isinstance(await hold(store, 3, 10, member=BOB), Job)
    assert await store.database.write(renders.complete, running.id, "https://movies.test/1.mp4", NOW) is not None
    store.now += 2 * HOUR - 1
    assert await hold(store, 4, 10) == block
    store.now += 1
    assert isinstance(await hold(store, 5, 10), Job)
    assert await quotas.unblock(dana(), ALICE) is False
    assert assert_ledger_consistent(path)["member", GUILD, ALICE, "2026-11"] == BudgetTotals(used=100, held=10)


async def test_an_overview_shows_what_the_operator_leaves_a_server_after_its_failed_movies(
    store: StoreHarness,
) -> None:
    job = await store.rendering(a_job(1, cost=60))
    await store.database.write(renders.fail, job.id, EndReason.UPSTREAM_FAILED, None, NOW, upstream_charged=True)
    quotas = QuotaService(store.database, replace(LIMITS, server=1000), store.clock, Signals())
    assert [(await quotas.guild_quotas(guild)).operator for guild in (GUILD, GUILD + 1)] == [940, 1000]
