"""A month's figures and receipts add up to its movies, and to what the API really charged."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.credits import Budget, BudgetScope, Limits, Month, Shortfall
from bot.domain.jobs import EndReason, JobState
from bot.domain.quota import AuditContext, LimitScope, ServerSpending
from bot.domain.reports import DailyUsage, FailureStats, MonthlyReport, Receipt
from data import budgets, failures, gifts, jobs, orders, reconciliation, renders, reports
from data.database import Database
from data.reports import receipts_of_member, receipts_of_month, report
from tests.helpers.at_time import at_time, under
from tests.helpers.giving import allow_gifts
from tests.helpers.ledger_checks import query
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, GUILD, NOW, StoreHarness, a_job

NOVEMBER = Month(2026, 11)
LIMITS = Limits(member=10_000, plan=10_000)
URL = "https://movies.test/1.mp4"
FAILED, REJECTED = EndReason.UPSTREAM_FAILED, EndReason.REQUEST_REJECTED


@pytest.fixture
def store(database: Database) -> StoreHarness:
    return StoreHarness(database, LIMITS)


async def reported(store: StoreHarness, month: Month = NOVEMBER, guild: int | None = GUILD) -> MonthlyReport:
    return await store.database.read(report, guild, month)


async def receipts(store: StoreHarness) -> list[Receipt]:
    return await store.database.read(lambda tx: list(receipts_of_month(tx, GUILD, NOVEMBER)))


async def end(
    store: StoreHarness, number: int, cost: int, *, at: int = NOW, member: int = ALICE, charged: bool | None = None
) -> None:
    """Complete a movie at this time, or let it fail if `charged` is given."""
    job = await store.rendering(a_job(number, member, cost=cost))
    if charged is None:
        await store.database.write(at_time(at, renders.complete), job.id, URL)
    else:
        reason = FAILED if charged else REJECTED
        await store.database.write(at_time(at, renders.fail), job.id, reason, None, upstream_charged=charged)


async def test_the_totals_of_a_month(store: StoreHarness) -> None:
    await store.database.write(budgets.set_limit, LimitScope.SERVER, 0, 3000, by=AuditContext(9, GUILD))
    await store.database.write(gifts.grant, ALICE, 70, by=AuditContext(9, GUILD, "a prize"))
    await store.database.write(gifts.revoke, ALICE, 20, by=AuditContext(9, GUILD, "too much"))
    await allow_gifts(store.database, GUILD, 100, NOW)
    await store.database.write(gifts.give, BOB, 30, channel_id=CHANNEL, by=AuditContext(ALICE, GUILD))
    await end(store, 1, 500)
    await end(store, 2, 200, charged=True)
    await end(store, 3, 100, charged=False)
    await store.rendering(a_job(4, cost=40))
    await store.reserved(a_job(5, BOB, cost=30))
    await store.database.write(orders.void, f"{5:013}", notify=False)
    figures = await reported(store)
    assert (figures.movies, figures.running) == (1, 1)
    assert (figures.spent, figures.held, figures.released, figures.upstream_charge) == (500, 40, 330, 200)
    assert figures.granted == 70
    assert figures.server == ServerSpending(Budget(3000, used=500, held=40))
    assert figures.plan == Budget(10_000, used=700, held=40)
    assert figures.failures == (FailureStats(REJECTED, 1, 100, 0), FailureStats(FAILED, 1, 200, 200))


async def test_the_top_members_models_and_failures_are_ranked(store: StoreHarness) -> None:
    for number in range(1, 13):
        await end(store, number, 10 * number, member=100 + number)
    await end(store, 13, 15, member=112)
    await end(store, 14, 5000, member=100, charged=False)
    for number in (15, 16):
        await end(store, number, 10, charged=True)
    figures = await reported(store)
    ranked = [(share.key, share.movies, share.credits) for share in figures.members]
    assert (ranked[:2], len(ranked)) == ([("112", 2, 135), ("111", 1, 110)], 10)
    credits = sum(10 * number for number in range(1, 13)) + 15
    assert [(share.key, share.movies, share.seconds, share.credits) for share in figures.models] == [
        ("LUMA", 13, 130, credits)
    ]
    assert [(each.reason, each.movies) for each in figures.failures] == [(FAILED, 2), (REJECTED, 1)]


async def test_each_day_counts_what_happened_on_it(store: StoreHarness) -> None:
    await end(store, 1, 500, at=NOW)
    await end(store, 2, 200, at=NOW + DAY, charged=True)
    await end(store, 3, 100, at=NOW + DAY, charged=False)
    store.now = NOW + 2 * DAY
    await reserve(store.database, a_job(4, cost=40, at=store.now), (), LIMITS)
    figures = await reported(store)
    days = (DailyUsage(10, 500, 0, 0, 0), DailyUsage(11, 0, 200, 100, 0), DailyUsage(12, 0, 0, 0, 40))
    assert figures.days[9:12] == days
    assert sum(day.spent + day.upstream_charge + day.released + day.held for day in figures.days) == 840


async def test_a_movie_counts_for_the_month_its_credits_came_from(store: StoreHarness) -> None:
    """One that ends before its month, as the clock was set back after the order, counts on the first day."""
    at = NOVEMBER.ends_at - 1
    november, december = [await store.queued(a_job(n, cost=500, at=at + n - 1)) for n in (1, 2)]
    await store.database.write(at_time(at + DAY, renders.fail), november.id, FAILED, None, upstream_charged=True)
    await store.database.write(renders.fail, december.id, FAILED, None, upstream_charged=False)
    first, second = await reported(store), await reported(store, Month(2026, 12))
    for month, charged in ((first, 500), (second, 0)):
        assert (month.released, month.upstream_charge, month.plan.used) == (500, charged, charged)
        assert month.failures == (FailureStats(FAILED, 1, 500, charged),)
    assert (first.days[-1], second.days[0]) == (DailyUsage(30, 0, 500, 0, 0), DailyUsage(1, 0, 0, 500, 0))


async def test_neither_another_servers_nor_another_months_movies_are_shown(store: StoreHarness) -> None:
    await end(store, 1, 500)
    await store.in_state(a_job(2, BOB, cost=300, guild=99), JobState.COMPLETED)
    here, everywhere = await reported(store), await reported(store, guild=None)
    assert (here.spent, here.plan.used, len(here.members)) == (500, 800, 1)
    assert (everywhere.spent, everywhere.movies, len(everywhere.members)) == (800, 2, 2)
    assert [receipt.credits for receipt in await receipts(store)] == [500]
    figures = await reported(store, Month(2028, 2))
    assert (figures.movies, figures.running, figures.spent, figures.held, figures.upstream_charge) == (0, 0, 0, 0, 0)
    assert (figures.released, figures.granted, figures.server) == (0, 0, None)
    assert figures.days == tuple(DailyUsage(day, 0, 0, 0, 0) for day in range(1, 30))
    assert figures.plan == Budget(10_000)
    for empty in (figures.members, figures.models, figures.failures, figures.discrepancies):
        assert empty == ()


async def test_the_receipts_of_a_month_end_with_its_grants_and_adjustments(store: StoreHarness) -> None:
    await store.database.write(gifts.grant, ALICE, 70, by=AuditContext(9, GUILD, "a prize"))
    store.now = NOW - 1  # the clock was set back
    await store.database.write(gifts.revoke, ALICE, 20, by=AuditContext(9, GUILD, "too much"))
    await end(store, 1, 500)
    await end(store, 2, 200, charged=True)
    found = await receipts(store)
    assert [(each.outcome, each.credits, each.extra, each.upstream_charge, each.reason) for each in found] == [
        ("completed", 500, 0, 0, ""),
        ("failed", 200, 0, 200, EndReason.UPSTREAM_FAILED),
        ("adjust", -20, -20, 0, "too much"),
        ("grant", 70, 70, 0, "a prize"),
    ]


async def test_a_members_receipts_come_in_pages(store: StoreHarness) -> None:
    store.limits = Limits(member=100, plan=10_000)
    await store.database.write(gifts.grant, ALICE, 70, by=AuditContext(9, GUILD))
    for number, cost in ((1, 60), (2, 60), (3, 30)):
        await store.reserved(a_job(number, cost=cost))
    await store.reserved(a_job(4, BOB, cost=10))
    await store.reserved(a_job(5, cost=10, guild=99))
    for skip, expected in ((0, [(30, 30, 0), (60, 20, 0)]), (2, [(60, 0, 0)])):
        page, total = await store.database.read(receipts_of_member, GUILD, ALICE, 2, skip)
        assert [(each.credits, each.extra, each.refunded) for each in page] == expected, "they are still on hold"
        assert total == 3


async def test_many_receipts_are_counted_to_a_hundred_or_to_one_beyond_the_page(store: StoreHarness) -> None:
    store.limits = Limits(member=10_000, plan=10_000)
    await asyncio.gather(*(store.reserved(a_job(number, cost=1)) for number in range(1, 108)))
    for skip, counted in ((0, 101), (95, 101), (100, 106), (105, 107)):
        page, total = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 5, skip)
        assert (len(page), total) == (min(5, 107 - skip), counted)


STRANGERS = Limits(600, 5000, server=300)
"""Of a server that the operator does not know."""


async def read(store: StoreHarness) -> tuple[int, int]:
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()
    return (await store.member()).used, (await store.plan()).used


@pytest.mark.parametrize("charged", [150, 40, None])
async def test_the_plan_counts_what_the_api_charged(store: StoreHarness, charged: int | None) -> None:
    job = await store.rendering(a_job(1))
    await store.database.write(renders.complete, job.id, URL, None, charged)
    assert await read(store) == (100, 100 if charged is None else charged)
    assert (await store.database.read(jobs.get, job.id)).charged == charged
    figures = await reported(store, guild=None)
    [model] = figures.models
    assert (model.credits, model.charged) == (100, 100 if charged is None else charged)
    assert figures.charge_difference == (100 if charged is None else charged) - 100
    assert figures.discrepancies == ()


@pytest.mark.parametrize("charged", [150, None])
async def test_a_failed_movie_costs_the_plan_what_was_charged(store: StoreHarness, charged: int | None) -> None:
    job = await store.rendering(a_job(1))
    await store.database.write(under(renders.fail_charged, failed=1000), job.id, FAILED, None, charged)
    cost = 100 if charged is None else charged
    assert await read(store) == (0, cost)
    assert await store.database.read(failures.failed_credits, job.member_id, NOVEMBER) == cost
    figures = await reported(store, guild=None)
    assert (figures.upstream_charge, figures.released) == (cost, 100)
    assert all(day.released >= 0 for day in figures.days)
    again = await store.database.write(under(renders.fail_charged, failed=1), job.id, FAILED, None, charged)
    assert again is None, "a callback told it before"
    assert await read(store) == (0, cost)


async def test_a_member_is_stopped_by_what_failures_really_cost(store: StoreHarness) -> None:
    """That the operator's account ran out of credits is not the member's fault."""
    for number, reason, limit in ((1, EndReason.CREDITS_RAN_OUT, 1), (2, FAILED, 120)):
        job = await store.rendering(a_job(number))
        await store.database.write(under(renders.fail_charged, failed=limit), job.id, reason, None, 150)
    assert query(store.place, "SELECT job_id FROM audit_log") == [{"job_id": a_job(2).id}]
    assert await store.database.read(failures.failed_credits, a_job(1).member_id, NOVEMBER) == 150
    assert await read(store) == (0, 300)


@pytest.mark.parametrize(("charged", "left"), [(250, 50), (40, 200), (None, 200)])
async def test_a_server_costs_no_more_than_its_limit(store: StoreHarness, charged: int | None, left: int) -> None:
    job = await store.rendering(a_job(1))
    await store.database.write(renders.complete, job.id, URL, None, charged)
    spending = under(budgets.server_spending, limits=STRANGERS)
    assert await store.database.read(spending, GUILD, NOVEMBER) == ServerSpending(Budget(300, used=300 - left))
    next_month = Month.containing(NOVEMBER.ends_at)
    assert await store.database.read(spending, GUILD, next_month) == ServerSpending(Budget(300))
    refused = await reserve(store.database, a_job(2, cost=left + 1), (), STRANGERS)
    assert (refused.scope, refused.available) == (BudgetScope.SERVER, left)
    assert not isinstance(await reserve(store.database, a_job(3, cost=left), (), STRANGERS), Shortfall)


async def test_cheaper_movies_make_up_for_a_failed_one(store: StoreHarness) -> None:
    cheap, failed = [await store.rendering(a_job(number)) for number in (1, 2)]
    await store.database.write(renders.complete, cheap.id, URL, None, 40)
    await store.database.write(under(renders.fail_charged, failed=1000), failed.id, EndReason.UPSTREAM_FAILED, None)
    assert (await store.plan()).used == 140
    assert (await reserve(store.database, a_job(3, cost=161), (), STRANGERS)).available == 160


async def test_the_latest_failed_movies_of_a_month_are_listed(store: StoreHarness) -> None:
    for number, charged in ((1, True), (2, None), (3, False), (4, True)):
        await end(store, number, 100, charged=charged)

    async def failed(guild: int | None, month: Month = NOVEMBER, limit: int = 9) -> list[str]:
        return [job.id for job in await store.database.read(reports.failed_jobs, guild, month, limit)]

    newest = [a_job(number).id for number in (4, 3, 1)]
    assert await failed(None) == await failed(GUILD) == newest
    assert await failed(None, limit=1) == newest[:1]
    assert await failed(GUILD + 1) == await failed(None, Month(2026, 10)) == []


async def test_what_is_unknown_or_at_the_api_for_too_long_is_stuck(store: StoreHarness) -> None:
    """A storyboard may wait two days for staff, and two for its member."""
    hour = 3_600_000
    unknown, rendering, storyboard, ready = [await store.rendering(a_job(number)) for number in (1, 2, 3, 4)]
    await end(store, 5, 100)
    await store.database.write(lambda tx: tx.execute(f"UPDATE jobs SET state = 'unknown' WHERE id = '{unknown.id}'"))
    await store.database.write(
        lambda tx: tx.execute(f"UPDATE jobs SET operation = 'storyboard' WHERE id = '{storyboard.id}'")
    )
    later = f"UPDATE jobs SET submitted_at = {NOW + 90 * DAY} WHERE id = '{ready.id}'"
    await store.database.write(lambda tx: tx.execute(later))
    for hours, found in ((5, [unknown]), (7, [unknown, rendering]), (103, [unknown, rendering, storyboard])):
        at = at_time(NOW + hours * hour, reports.stuck_jobs)
        assert [job.id for job in await store.database.read(at, None, 9)] == [job.id for job in found], hours
        assert len(await store.database.read(at, GUILD, 1)) == 1
        assert await store.database.read(at, GUILD + 1, 9) == []
