"""Orders that exceed no bound, and are refused only by one.

This holds whatever members, managers and the operator do. The expected bounds are computed from the rows, without the
bot's code, in tests/helpers/bounded_orders.py.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.credits import BudgetScope, Month, Shortfall
from bot.domain.filter_rules import OPERATOR
from bot.domain.job import EndReason, JobState
from bot.domain.language import Language
from bot.domain.order import Order, OrderContext, OrderPlaced
from bot.domain.prompt_filter import FilterRule
from bot.domain.quota import AuditAction, AuditContext
from bot.domain.quote import Quote, QuotePreview
from bot.domain.request import Draft
from bot.domain.risk import MAX_REPEATED_FAILURES, Refusal, RefusalReason, cool_down_until
from data import (
    blocks,
    checked_quotes,
    credit_requests,
    failures,
    job_actions,
    limits,
    orders,
    quotes,
    renders,
    risk,
    submissions,
)
from data.compiled_filters import CompiledFilters
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.approving import CATALOGUE
from tests.helpers.bounded_orders import GUILDS, LIMITS, RISK, STEPS, Step, Story
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import ALICE, CHANNEL, GUILD, NOW, StoreHarness, a_job


async def _tell(path: Path, steps: list[Step]) -> None:
    migrated_file.create(path)
    database = await SqliteDatabase.open(path)
    try:
        story = Story(database)
        for name, subject, amount in steps:
            await story.step(name, subject, amount)
    finally:
        await database.close()
    assert_ledger_consistent(path)


@given(steps=STEPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
def test_no_order_passes_a_bound_and_none_is_refused_without_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    asyncio.run(_tell(tmp_path_factory.mktemp("risk") / "movies.db", steps))


def test_three_cancellations_in_ten_minutes_are_followed_by_a_break_of_ten() -> None:
    expected = {
        (): None,
        (0, 1): None,
        (0, 4, 8): 18,
        (0, 5, 10): 20,
        (0, 5, 11): None,
        (0, 1, 2, 9): 19,
        (9, 0, 2, 1): 19,
        (-30, -29, -28): None,
        (-1, 0, 1): None,
    }
    found = {each: cool_down_until([minute * 60_000 for minute in each], 11 * 60_000) for each in expected}
    assert found == {each: until and until * 60_000 for each, until in expected.items()}


async def test_voided_orders_cause_no_cool_down(store: StoreHarness) -> None:
    """The member cancelled nothing: Discord was down, or the bot was restarted."""
    for number in range(1, 5):
        await store.reserved(a_job(number))
        assert await store.database.write(orders.void, a_job(number).id, NOW, notify=True)
    assert isinstance(await reserve(store.database, a_job(5), (), LIMITS), OrderPlaced)


async def test_cancellations_from_before_the_clock_was_set_back_cause_no_cool_down(store: StoreHarness) -> None:
    for number in range(1, 4):
        await store.queued(a_job(number, cost=10))
        await store.database.write(job_actions.cancel, a_job(number).id, ALICE, NOW + 1)
    for now, refused in ((NOW, False), (NOW + 1, True)):
        found = await store.database.read(risk.refusal, GUILD, ALICE, RISK, now)
        assert (found is not None) == refused


async def test_a_movie_that_is_being_submitted_counts_as_waiting(store: StoreHarness) -> None:
    """It may return to the queue, until the API has accepted it."""
    job = await store.submitting(a_job(1, cost=200))
    short = await reserve(store.database, a_job(2, cost=101), (), LIMITS)
    assert isinstance(short, Shortfall)
    assert (short.scope, short.available, short.resets_at) == (BudgetScope.QUEUED, 100, Month.containing(NOW).ends_at)
    lower = replace(LIMITS, risk=replace(RISK, queued_credits=150))
    short = await reserve(store.database, a_job(2, cost=101), (), lower)
    assert isinstance(short, Shortfall)
    assert short.available == 0, "the operator has lowered the bound"
    await store.database.write(submissions.mark_rendering, job.id, "request-1", NOW, NOW)
    assert isinstance(await reserve(store.database, a_job(2, cost=101), (), LIMITS), OrderPlaced)


@pytest.mark.parametrize(
    ("member", "bounds", "refused"),
    [
        (ALICE, {"open_jobs_per_member": 1}, Refusal(RefusalReason.OPEN_JOBS, 1)),
        (ALICE + 1, {"open_jobs_per_server": 1}, Refusal(RefusalReason.SERVER_OPEN_JOBS, 1)),
    ],
)
async def test_what_would_pass_a_bound_of_open_movies_is_not_offered(
    store: StoreHarness, member: int, bounds: dict[str, int], refused: Refusal
) -> None:
    await store.queued(a_job(1, ALICE))
    quote = Quote("q" * 13, GUILD, CHANNEL, member, a_job(2).request, 10, NOW)
    for each, expected in ((RISK, None), (replace(RISK, **bounds), refused)):
        offered = await store.database.write(quotes.create, quote, (), replace(LIMITS, risk=each))
        assert isinstance(offered, QuotePreview) if expected is None else offered == expected
        assert await store.database.read(risk.next_refusal, GUILD, member, each, NOW) == expected


async def test_a_stop_is_reported_once_however_many_movies_fail_after_it(store: StoreHarness) -> None:
    """Movies already at the API may fail as well.

    Managers still get one line.
    """
    reported: list[bool] = []
    for number in range(1, 5):
        job = await store.rendering(a_job(number, cost=100))
        reported.append(
            await store.database.write(
                renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None, NOW, RISK.failed_credits
            )
        )
    assert reported == [False, True, False, False]
    assert query(store.place, "SELECT action, amount, job_id FROM audit_log") == [
        {"action": AuditAction.FAILURES_STOPPED, "amount": 200, "job_id": a_job(2).id}
    ]


async def test_a_stopped_member_asks_for_no_credits_and_is_not_timed_out(store: StoreHarness) -> None:
    """Neither would help: they can't order in this month."""
    for number in (1, 2):
        job = await store.rendering(a_job(number, cost=100))
        await store.database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None, NOW, None)
    stopped = Refusal(RefusalReason.FAILED_CREDITS, RISK.failed_credits, limits.Month.containing(NOW).ends_at)
    by = AuditContext(ALICE, GUILD, interaction_id=5)
    place = {"channel_id": CHANNEL, "role_ids": (), "language": Language.ENGLISH}
    asked = store.database.write(credit_requests.ask, 700, by=by, defaults=LIMITS, now=NOW, **place)
    assert await asked == stopped
    filters = CompiledFilters([FilterRule("fox", OPERATOR)])
    context, draft = OrderContext(6, GUILD, CHANNEL, ALICE), Draft("a fox", 10, "LUMA")
    assert await store.database.write(orders.place, filters, context, draft, CATALOGUE, LIMITS, NOW) == stopped
    request = replace(a_job(1).request, prompt="a fox")
    quote = Quote("q" * 13, GUILD, CHANNEL, ALICE, request, 100, NOW)
    order = Order(context, request, 100)
    assert await store.database.write(checked_quotes.save, filters, order, quote, LIMITS) == stopped
    assert query(store.place, "SELECT 1 AS one FROM audit_log WHERE action = 'prompt_refused'") == []


async def test_an_operator_may_lift_a_stop_in_all_servers(store: StoreHarness) -> None:
    for number, guild in enumerate(GUILDS):
        job = await store.rendering(a_job(number, guild=guild))
        await store.database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None, NOW, None)
    sums: list[int] = []
    for guild in (None, GUILDS[0], blocks.EVERYWHERE):
        if guild is not None:
            by = AuditContext(0, guild)
            await store.database.write(blocks.unblock, ALICE, by=by, now=NOW, max_failed_credits=100)
        sums.append(await store.database.read(failures.failed_credits, ALICE, Month(2026, 11)))
    assert sums == [200, 100, 0]


@pytest.mark.parametrize(
    ("story", "fails"),
    [
        ("FF", False),
        ("FFF", True),
        ("FFWFF", False),
        ("FFWFFF", True),
        ("RFF", False),
        ("FRFF", False),
        ("FFFR", False),
        ("oFF", False),
        ("oFFF", True),
        ("FFFw", True),
        ("FFF" + "." * (failures._RECENT_JOBS - MAX_REPEATED_FAILURES), True),
        ("FFF" + "." * (failures._RECENT_JOBS - MAX_REPEATED_FAILURES + 1), False),
    ],
)
@pytest.mark.sqlite
async def test_a_prompt_keeps_failing_after_three_failures_in_a_row_among_the_newest_movies(
    store: StoreHarness, story: str, fails: bool
) -> None:
    """F: it fails at the API, R: it is rejected, W: it works; o and w: another prompt, .: it waits."""
    for number, each in enumerate(story):
        prompt = "another prompt" if each in "ow" else "a red balloon"
        job = replace(a_job(number, cost=1), request=replace(a_job(1).request, prompt=prompt))
        if each == ".":
            await store.reserved(job)
        elif each in "Ww":
            await store.in_state(job, JobState.COMPLETED)
        else:
            await store.rendering(job)
            reason = EndReason.REQUEST_REJECTED if each == "R" else EndReason.UPSTREAM_FAILED
            await store.database.write(renders.fail, job.id, reason, None, NOW, upstream_charged=False)
    found = await store.database.read(failures.failing_since, ALICE, "a red balloon")
    assert (found is not None) == fails
