"""Real charges: the plan counts them, and quotes cap what members pay."""

from __future__ import annotations

import pytest

from bot.domain.credits import BudgetScope, Limits, Month, Shortfall
from bot.domain.job import EndReason
from data import failures, jobs, limits, reconciliation, renders, reports
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import GUILD, NOW, StoreHarness, a_job

URL = "https://movies.test/1.mp4"
DEFAULTS = Limits(600, 5000)
STRANGERS = Limits(600, 5000, server=300)
MONTH = Month.containing(NOW)


async def read(store: StoreHarness) -> tuple[int, int]:
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()
    return (await store.member()).used, (await store.plan()).used


@pytest.mark.parametrize("charged", [150, 40, None])
async def test_the_plan_counts_what_the_api_charged(store: StoreHarness, charged: int | None) -> None:
    job = await store.rendering(a_job(1))
    await store.database.write(renders.complete, job.id, URL, NOW, None, charged)
    assert await read(store) == (100, 100 if charged is None else charged)
    assert (await store.database.read(jobs.get, job.id)).charged == charged
    report = await store.database.read_long(reports.report, None, MONTH, DEFAULTS)
    [model] = report.models
    assert (model.credits, model.charged) == (100, 100 if charged is None else charged)
    assert report.charge_difference == (100 if charged is None else charged) - 100
    assert report.discrepancies == ()


@pytest.mark.parametrize("charged", [150, None])
async def test_a_failed_movie_costs_the_plan_what_was_charged(store: StoreHarness, charged: int | None) -> None:
    job = await store.rendering(a_job(1))
    reason = EndReason.UPSTREAM_FAILED
    await store.database.write(renders.fail_charged, job.id, reason, None, NOW, 1000, charged)
    cost = 100 if charged is None else charged
    assert await read(store) == (0, cost)
    assert await store.database.read(failures.failed_credits, job.member_id, MONTH) == cost
    report = await store.database.read_long(reports.report, None, MONTH, DEFAULTS)
    assert (report.upstream_charge, report.released) == (cost, 100)
    assert all(day.released >= 0 for day in report.days)
    again = await store.database.write(renders.fail_charged, job.id, reason, None, NOW, 1, charged)
    assert again is False, "a callback told it before"
    assert await read(store) == (0, cost)


async def test_a_member_is_stopped_by_what_failures_really_cost(store: StoreHarness) -> None:
    """The API charged more than the price, which reaches the limit.

    That the operator's account ran out of credits is not the member's fault.
    """
    for number, reason, limit, stops in (
        (1, EndReason.CREDITS_RAN_OUT, 1, False),
        (2, EndReason.UPSTREAM_FAILED, 120, True),
    ):
        job = await store.rendering(a_job(number))
        stopped = await store.database.write(renders.fail_charged, job.id, reason, None, NOW, limit, 150)
        assert stopped is stops
    assert await store.database.read(failures.failed_credits, a_job(1).member_id, MONTH) == 150
    assert await read(store) == (0, 300)


@pytest.mark.parametrize(("charged", "left"), [(250, 50), (40, 200), (None, 200)])
async def test_a_server_costs_no_more_than_the_operators_limit(
    store: StoreHarness, charged: int | None, left: int
) -> None:
    job = await store.rendering(a_job(1))
    await store.database.write(renders.complete, job.id, URL, NOW, None, charged)
    server_limit = await store.database.read(limits.resolve_server_limit, GUILD, STRANGERS, MONTH)
    assert server_limit == 100 + left
    next_month = Month.containing(MONTH.ends_at)
    assert await store.database.read(limits.resolve_server_limit, GUILD, STRANGERS, next_month) == 300
    refused = await reserve(store.database, a_job(2, cost=left + 1), (), STRANGERS)
    assert isinstance(refused, Shortfall)
    assert (refused.scope, refused.available) == (BudgetScope.SERVER, left)
    assert not isinstance(await reserve(store.database, a_job(3, cost=left), (), STRANGERS), Shortfall)


async def test_cheaper_movies_make_up_for_a_failed_one(store: StoreHarness) -> None:
    """The limit is on the total that a server costs the plan."""
    cheap, failed = [await store.rendering(a_job(number)) for number in (1, 2)]
    await store.database.write(renders.complete, cheap.id, URL, NOW, None, 40)
    await store.database.write(renders.fail_charged, failed.id, EndReason.UPSTREAM_FAILED, None, NOW, 1000)
    assert (await store.plan()).used == 140
    refused = await reserve(store.database, a_job(3, cost=161), (), STRANGERS)
    assert isinstance(refused, Shortfall)
    assert refused.available == 160
