"""Limits in force, and where they come from.

tests/data/test_ledger_stateful.py compares the budgets that a hold takes from with a model.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.credits import BudgetScope, Limits, Shortfall
from bot.domain.job import EndReason, JobState
from bot.domain.order import Order, OrderContext, OrderPlaced
from bot.domain.quota import Allowance, AllowanceSource, AuditContext, LimitScope
from bot.domain.quote import Quote, QuotePreview
from bot.services.quotas import QuotaService
from bot.services.signals import Signals
from data import checked_quotes, renders, server_policies
from data.compiled_filters import CompiledFilters
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent, snapshot
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, GUILD, LIMITS, NOW, StoreHarness, a_job

DANA = 9
"""A manager of the server."""
CREW, STARS = 31, 32


def dana(reason: str = "", guild: int = GUILD) -> AuditContext:
    """Return the context of a change by Dana without an interaction."""
    return AuditContext(DANA, guild, reason)


async def source(store: StoreHarness, *roles: int) -> Allowance:
    return (await store.accounts.balance(GUILD, ALICE, roles)).source


# ── which limit is in force ──────────────────────────────────────────────────────────────────────────────────────


async def test_the_nearest_limit_wins(store: StoreHarness, quotas: QuotaService) -> None:
    """Precedence is member, role, server, and the bot's default; zero is a limit, and clearing it goes back."""
    elsewhere = dana(guild=99)
    for scope, subject in ((LimitScope.MEMBER, ALICE), (LimitScope.ROLE, CREW), (LimitScope.DEFAULT, 0)):
        await quotas.set_limit(elsewhere, scope, subject, 1)
    assert await source(store, CREW) == Allowance(LIMITS.member, AllowanceSource.BOT_DEFAULT)
    await quotas.set_limit(dana(), LimitScope.DEFAULT, 0, 300)
    assert await source(store, CREW, STARS) == Allowance(300, AllowanceSource.SERVER_DEFAULT)
    await quotas.set_limit(dana(), LimitScope.ROLE, CREW, 200)
    await quotas.set_limit(dana(), LimitScope.ROLE, STARS, 900)
    assert await source(store, CREW) == Allowance(200, AllowanceSource.ROLE, CREW)
    assert await source(store, CREW, STARS) == Allowance(900, AllowanceSource.ROLE, STARS)
    await quotas.set_limit(dana(), LimitScope.MEMBER, ALICE, 0)
    assert await source(store, CREW, STARS) == Allowance(0, AllowanceSource.MEMBER)
    assert not await quotas.clear_limit(dana(), LimitScope.MEMBER, BOB)
    assert await quotas.clear_limit(dana(), LimitScope.MEMBER, ALICE)
    assert await source(store) == Allowance(300, AllowanceSource.SERVER_DEFAULT)
    assert [await quotas.clear_limit(dana(), LimitScope.DEFAULT, 0) for _ in range(2)] == [True, False]
    assert await source(store) == Allowance(LIMITS.member, AllowanceSource.BOT_DEFAULT)


async def test_the_roles_that_have_a_limit_are_remembered_with_the_job(
    store: StoreHarness, quotas: QuotaService
) -> None:
    """Messages show the balance without access to the member's roles."""
    await quotas.set_limit(dana(), LimitScope.ROLE, STARS, 900)
    placed = await reserve(store.database, a_job(1, cost=700), (CREW, STARS), store.limits)
    assert isinstance(placed, OrderPlaced)
    assert placed.job.role_ids == (await store.found(placed.job.id)).role_ids == (STARS,)


async def test_a_quote_counts_the_roles_of_its_member(store: StoreHarness, quotas: QuotaService) -> None:
    await quotas.set_limit(dana(), LimitScope.ROLE, STARS, 900)
    shown: list[type[object]] = []
    for number, roles in enumerate(((), (STARS,))):
        context, request = OrderContext(number, GUILD, CHANNEL, ALICE, roles), a_job(1).request
        quote = Quote(f"{number:013}", GUILD, CHANNEL, ALICE, request, 700, NOW)
        order = Order(context, request, 700)
        shown.append(type(await store.database.write(checked_quotes.create, CompiledFilters(), order, quote, LIMITS)))
    assert shown == [Shortfall, QuotePreview]


@pytest.mark.parametrize(
    ("by_operator", "by_managers", "left"),
    [(50, None, 50), (300, None, 300), (300, 80, 80), (50, 80, 50), (None, 0, 0)],
)
async def test_the_operators_decision_about_a_server_replaces_the_limit_of_all(
    store: StoreHarness, quotas: QuotaService, by_operator: int | None, by_managers: int | None, left: int
) -> None:
    """The managers' limit counts where it is lower; clearing another limit of theirs leaves it."""
    store.limits = Limits(member=600, plan=1000, server=100)
    if by_operator is not None:
        await store.database.write(server_policies.set_monthly_credits, GUILD, by_operator, NOW)
    if by_managers is not None:
        await quotas.set_limit(dana(), LimitScope.SERVER, 0, by_managers)
        await quotas.set_limit(dana(), LimitScope.DEFAULT, 0, 500)
        assert await quotas.clear_limit(dana(), LimitScope.DEFAULT, 0)
    shortfall = await reserve(store.database, a_job(1, cost=left + 1), (), store.limits)
    assert isinstance(shortfall, Shortfall)
    assert (shortfall.scope, shortfall.available) == (BudgetScope.SERVER, left)
    assert not left or isinstance(await reserve(store.database, a_job(2, cost=left), (), store.limits), OrderPlaced)


async def test_a_reset_is_an_adjusting_row(store: StoreHarness, quotas: QuotaService, path: Path) -> None:
    """The use is zero, and holds, server and plan are unchanged."""
    await store.in_state(a_job(1, cost=400), JobState.COMPLETED)
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
    assert await quotas.revoke(dana("a mistake"), ALICE, 1) == 0
    assert snapshot(path) == before


async def test_an_overview_shows_what_the_operator_leaves_a_server_after_its_failed_movies(
    store: StoreHarness,
) -> None:
    job = await store.rendering(a_job(1, cost=60))
    await store.database.write(renders.fail, job.id, EndReason.UPSTREAM_FAILED, None, NOW, upstream_charged=True)
    quotas = QuotaService(store.database, replace(LIMITS, server=1000), store.clock, Signals())
    assert [(await quotas.guild_quotas(guild)).operator for guild in (GUILD, GUILD + 1)] == [940, 1000]
