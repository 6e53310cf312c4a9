"""Limits in force and where they come from, and blocks of members.

tests/data/test_ledger.py compares the budgets that a hold takes from with a model.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import DuplicateInteraction
from bot.domain.credits import Budget, BudgetScope, Limits
from bot.domain.jobs import JobState
from bot.domain.orders import OrderPlaced
from bot.domain.quota import Allowance, AllowanceSource, AuditContext, Block, LimitScope, ServerSpending
from bot.domain.refusal import Refused
from bot.services.privacy import read_balance
from data import account_queries, blocks, budgets, gifts, server_policies
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent, query, snapshot
from tests.helpers.refusing import is_refused
from tests.helpers.reserving import reserve
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job

DANA = 9
"""A manager of the server."""
CREW, STARS, ELSEWHERE = 31, 32, 99
SPAM = Block(None, "spam")


def dana(guild: int = GUILD, reason: str = "spam") -> AuditContext:
    return AuditContext(DANA, guild, reason)


async def source(store: StoreHarness, *roles: int) -> Allowance:
    return (await read_balance(store.database, GUILD, ALICE, roles)).source


async def test_the_nearest_limit_wins(store: StoreHarness) -> None:
    """Precedence is member, role, server, and the bot's default; zero is a limit, and clearing it goes back."""
    write = store.database.write
    elsewhere = dana(ELSEWHERE)
    for scope, subject in ((LimitScope.MEMBER, ALICE), (LimitScope.ROLE, CREW), (LimitScope.DEFAULT, 0)):
        await write(budgets.set_limit, scope, subject, 1, by=elsewhere)
    assert await source(store, CREW) == Allowance(LIMITS.member, AllowanceSource.BOT_DEFAULT)
    await write(budgets.set_limit, LimitScope.DEFAULT, 0, 300, by=dana())
    assert await source(store, CREW, STARS) == Allowance(300, AllowanceSource.SERVER_DEFAULT)
    await write(budgets.set_limit, LimitScope.ROLE, CREW, 200, by=dana())
    await write(budgets.set_limit, LimitScope.ROLE, STARS, 900, by=dana())
    assert await source(store, CREW) == Allowance(200, AllowanceSource.ROLE, CREW)
    assert await source(store, CREW, STARS) == Allowance(900, AllowanceSource.ROLE, STARS)
    await write(budgets.set_limit, LimitScope.MEMBER, ALICE, 0, by=dana())
    assert await source(store, CREW, STARS) == Allowance(0, AllowanceSource.MEMBER)
    assert is_refused(await write(budgets.clear_limit, LimitScope.MEMBER, BOB, by=dana()), "quota-member-not-set")
    await write(budgets.clear_limit, LimitScope.MEMBER, ALICE, by=dana())
    assert await source(store) == Allowance(300, AllowanceSource.SERVER_DEFAULT)
    cleared = [await write(budgets.clear_limit, LimitScope.DEFAULT, 0, by=dana()) for _ in range(2)]
    assert [isinstance(each, Refused) for each in cleared] == [False, True]
    assert await source(store) == Allowance(LIMITS.member, AllowanceSource.BOT_DEFAULT)


@pytest.mark.parametrize(
    ("by_operator", "by_managers", "left"),
    [(50, None, 50), (300, None, 300), (300, 80, 80), (50, 80, 50), (None, 0, 0)],
)
async def test_a_decision_about_a_server_replaces_the_limit(
    store: StoreHarness, by_operator: int | None, by_managers: int | None, left: int
) -> None:
    """The managers' limit counts where it is lower; clearing another limit of theirs leaves it."""
    store.limits = Limits(member=600, plan=1000, server=100)
    if by_operator is not None:
        await store.database.write(server_policies.set_monthly_credits, GUILD, by_operator)
    if by_managers is not None:
        await store.database.write(budgets.set_limit, LimitScope.SERVER, 0, by_managers, by=dana())
        await store.database.write(budgets.set_limit, LimitScope.DEFAULT, 0, 500, by=dana())
        await store.database.write(budgets.clear_limit, LimitScope.DEFAULT, 0, by=dana())
    shortfall = await reserve(store.database, a_job(1, cost=left + 1), (), store.limits)
    assert (shortfall.scope, shortfall.available) == (BudgetScope.SERVER, left)
    assert not left or isinstance(await reserve(store.database, a_job(2, cost=left), (), store.limits), OrderPlaced)


async def test_a_reset_is_an_adjusting_row(store: StoreHarness, path: Path) -> None:
    await store.in_state(a_job(1, cost=400), JobState.COMPLETED)
    await store.rendering(a_job(2, cost=100))
    assert (await store.database.write(gifts.reset_usage, ALICE, by=dana())).credits == 400
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
    assert is_refused(await store.database.write(gifts.reset_usage, ALICE, by=dana()), "quota-nothing-to-reset")
    assert is_refused(await store.database.write(gifts.revoke, ALICE, 1, by=dana()), "quota-no-bonus")
    assert snapshot(path) == before


async def test_an_overview_has_the_blocks_limits_and_rest_of_its_server(store: StoreHarness) -> None:
    await store.in_state(a_job(1, cost=60), JobState.FAILED)
    store.limits = replace(LIMITS, server=1000)
    for guild, lost in ((GUILD, 60), (GUILD + 1, 0)):
        seen = await store.database.read(account_queries.guild_quotas, guild)
        assert (seen.operator, seen.spent) == (1000 - lost, ServerSpending(Budget(1000, used=lost), failed=lost))
    read, write = store.database.read, store.database.write
    for member, hours, guild in ((ALICE, 1, GUILD), (BOB, None, GUILD), (CAROL, 2, GUILD), (DANA, None, ELSEWHERE)):
        await write(blocks.block, member, hours, by=dana(guild))
    for guild, more in ((ELSEWHERE, 1000), (GUILD, 0)):
        subjects = {LimitScope.DEFAULT: 0, LimitScope.SERVER: 0, LimitScope.MEMBER: ALICE, LimitScope.ROLE: 31}
        for credits, (scope, subject) in enumerate(subjects.items(), more + 1):
            await write(budgets.set_limit, scope, subject, credits, by=dana(guild))
        await choose_staff_channel(store.database, dana(guild), more + 5, store.now)
    store.now += HOUR
    seen = await read(account_queries.guild_quotas, GUILD)
    assert dict(seen.blocked) == {BOB: SPAM, CAROL: Block(NOW + 2 * HOUR, "spam")}
    assert (seen.bot_default, seen.default, seen.server) == (LIMITS.member, 1, 2)
    assert (seen.members, seen.roles) == (((ALICE, 3),), ((31, 4),))
    assert (seen.staff_channel_id, seen.staff_channel_failed_at) == (5, None)


async def test_a_block_is_of_one_member_and_server_and_replaces_theirs(store: StoreHarness) -> None:
    read, write = store.database.read, store.database.write
    for guild, member in ((ELSEWHERE, ALICE), (GUILD, BOB), (GUILD, ALICE)):
        await write(blocks.block, member, None, by=dana(guild))
    await write(blocks.block, ALICE, 1, by=dana(reason="less spam"))
    assert await read(blocks.active_block, GUILD, ALICE) == Block(NOW + HOUR, "less spam")
    lengths = query(store.place, "SELECT duration_hours FROM audit_log WHERE reason LIKE '%spam' ORDER BY id")
    assert [row["duration_hours"] for row in lengths] == [None, None, None, 1]
    by = AuditContext(DANA, GUILD, interaction_id=5)
    assert await write(blocks.unblock, ALICE, by=by)
    with pytest.raises(DuplicateInteraction):  # around a deploy two processes get it
        await write(blocks.unblock, ALICE, by=by)
    assert await read(blocks.active_block, GUILD, ALICE) is None
    assert await read(blocks.active_block, ELSEWHERE, ALICE) == await read(blocks.active_block, GUILD, BOB) == SPAM
    await write(blocks.block, ALICE, None, by=dana())
    await write(blocks.block, ALICE, None, by=AuditContext(0, blocks.EVERYWHERE, "spam"))
    assert await read(blocks.active_block, GUILD, ALICE) == Block(None, "spam", everywhere=True)


async def test_a_block_that_has_ended_by_itself_is_not_lifted(store: StoreHarness) -> None:
    await store.database.write(blocks.block, ALICE, 1, by=dana())
    store.now += HOUR - 1
    assert await store.database.read(blocks.active_block, GUILD, ALICE) is not None
    store.now += 1
    assert await store.database.read(blocks.active_block, GUILD, ALICE) is None
    assert not await store.database.write(blocks.unblock, ALICE, by=dana())
    assert query(store.place, "SELECT 1 AS one FROM audit_log WHERE action = 'unblock'") == []


@pytest.mark.parametrize(("hours", "stays"), [(None, True), (1, False)])
async def test_a_time_out_replaces_only_an_ended_block(store: StoreHarness, hours: int | None, stays: bool) -> None:
    await store.database.write(blocks.block, ALICE, hours, by=dana())
    store.now += HOUR
    timed_out = await store.database.write(lambda tx: blocks.time_out(tx, ALICE, 2, by=dana()))
    assert await store.database.read(blocks.active_block, GUILD, ALICE) == (SPAM if stays else timed_out)
