"""What bounds the orders of strangers: open and failed movies, cancellations, and prompts that keep failing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.credits import BudgetScope, Limits, Month
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.orders import Order, OrderContext, OrderPlaced, OrderRefused, Quote, QuotePreview
from bot.domain.prompt_filter import OPERATOR, FilterRule
from bot.domain.quota import AuditAction, AuditContext
from bot.domain.refusal import Refused
from bot.domain.request import Draft, to_draft
from bot.domain.risk import COOL_DOWN_MS, MAX_REPEATED_FAILURES, RiskLimits, cool_down_until
from bot.domain.text import Language
from data import (
    account_queries,
    blocks,
    credit_requests,
    failures,
    job_actions,
    orders,
    renders,
    risk,
    server_policies,
    submissions,
)
from data.catalogue import bundled_path, load_catalogue
from data.engine.sqlite import SqliteDatabase
from data.filters import CompiledFilters
from tests.helpers.at_time import at_time, under
from tests.helpers.due_work import due_entries
from tests.helpers.ledger_checks import query
from tests.helpers.refusing import is_refused
from tests.helpers.reserving import offer, place, reserve
from tests.helpers.settings import make_settings
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, CHANNEL, GUILD, HOUR, NOW, StoreHarness, a_job

RISK = RiskLimits(open_jobs_per_member=3, open_jobs_per_server=4, queued_credits=300, failed_credits=200)
LIMITS = Limits(member=600, plan=1500, server=900, risk=RISK)
GUILDS = (10, 20)


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


async def test_cancellations_alone_cause_a_break_which_is_never_longer_than_ten_minutes(store: StoreHarness) -> None:
    """The member cancelled nothing: Discord was down, or the bot was restarted."""
    for number in range(1, 5):
        await store.reserved(a_job(number))
        assert await store.database.write(orders.void, a_job(number).id, notify=True)
    assert isinstance(await reserve(store.database, a_job(5), (), LIMITS), OrderPlaced)
    for number in range(11, 14):
        await store.queued(a_job(number, cost=10))
        await store.database.write(at_time(NOW + 1, job_actions.cancel), a_job(number).id, ALICE)
    cooling = Refused("refusals-cooling-down", {"time": NOW + 1 + COOL_DOWN_MS})
    for now, expected in ((NOW - 24 * HOUR, None), (NOW, None), (NOW + 1, cooling)):
        assert await store.database.read(at_time(now, risk.refusal), GUILD, ALICE, RISK) == expected


async def test_a_movie_that_is_being_submitted_counts_as_waiting(store: StoreHarness) -> None:
    job = await store.submitting(a_job(1, cost=200))
    short = await reserve(store.database, a_job(2, cost=101), (), LIMITS)
    assert (short.scope, short.available, short.resets_at) == (BudgetScope.QUEUED, 100, Month.containing(NOW).ends_at)
    lower = replace(LIMITS, risk=replace(RISK, queued_credits=150))
    short = await reserve(store.database, a_job(2, cost=101), (), lower)
    assert short.available == 0, "the operator has lowered the bound"
    await store.database.write(submissions.mark_rendering, job.id, "request-1", NOW)
    assert isinstance(await reserve(store.database, a_job(2, cost=101), (), LIMITS), OrderPlaced)


@pytest.mark.parametrize(
    ("member", "bounds", "refused"),
    [
        (ALICE, {"open_jobs_per_member": 1}, Refused("refusals-open-movies", {"movies": 1})),
        (ALICE + 1, {"open_jobs_per_server": 1}, Refused("refusals-server-open-movies", {"movies": 1})),
    ],
)
async def test_what_would_pass_a_bound_of_open_movies_is_not_offered(
    store: StoreHarness, member: int, bounds: dict[str, int], refused: Refused
) -> None:
    await store.queued(a_job(1, ALICE))
    quote = Quote("q" * 13, GUILD, CHANNEL, member, a_job(2).request, 10, NOW)
    for each, expected in ((RISK, None), (replace(RISK, **bounds), refused)):
        offered = await store.database.write(offer, quote, (), replace(LIMITS, risk=each))
        assert isinstance(offered, QuotePreview) if expected is None else offered == expected
        assert await store.database.read(under(risk.next_refusal, risk=each), GUILD, member) == expected


async def test_what_open_movies_leave_is_part_of_what_can_be_spent(store: StoreHarness) -> None:
    async def left(member: int = ALICE, **bounds: int) -> tuple[BudgetScope, int]:
        balance = under(account_queries.balance, limits=replace(LIMITS, risk=replace(RISK, **bounds)))
        return (await store.database.read(balance, GUILD, member, ())).least

    assert await left() == (BudgetScope.QUEUED, 300)
    job = await store.submitting(a_job(1, cost=200))
    assert (await left(), await left(queued_credits=150)) == ((BudgetScope.QUEUED, 100), (BudgetScope.QUEUED, 0))
    for bound, member, within in (("open_jobs_per_member", ALICE, 100), ("open_jobs_per_server", ALICE + 1, 300)):
        assert await left(member, **{bound: 1}) == (BudgetScope.QUEUED, 0)
        assert await left(member, **{bound: 2}) == (BudgetScope.QUEUED, within)
    await store.database.write(submissions.mark_rendering, job.id, "request-1", NOW)
    assert await left() == (BudgetScope.QUEUED, 300)
    assert await left(queued_credits=401) == (BudgetScope.MEMBER, 400)


async def test_a_stop_is_reported_once_however_many_movies_fail_after_it(store: StoreHarness) -> None:
    fail_charged = under(renders.fail_charged, failed=RISK.failed_credits)
    for number in range(1, 5):
        job = await store.rendering(a_job(number, cost=100))
        await store.database.write(fail_charged, job.id, EndReason.UPSTREAM_FAILED, None)
    assert query(store.place, "SELECT action, amount, job_id FROM audit_log") == [
        {"action": AuditAction.FAILURES_STOPPED, "amount": 200, "job_id": a_job(2).id}
    ]


@pytest.mark.parametrize(("left", "stopped"), [(1, True), (0, False)])
async def test_a_movie_of_a_month_that_is_over_stops_no_one(store: StoreHarness, left: int, *, stopped: bool) -> None:
    job, ends_at = await store.rendering(a_job(1, cost=300)), Month.containing(NOW).ends_at
    fail = at_time(ends_at - left, under(renders.fail_charged, risk=RISK))
    await store.database.write(fail, job.id, EndReason.UPSTREAM_FAILED, None)
    assert len(query(store.place, "SELECT 1 FROM audit_log")) == stopped


async def test_a_stopped_member_asks_for_no_credits_and_is_not_timed_out(store: StoreHarness) -> None:
    store.limits = LIMITS
    for number in (1, 2):
        job = await store.rendering(a_job(number, cost=100))
        await store.database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None)
    stopped = Refused("refusals-failures", {"time": Month.containing(NOW).ends_at})
    by = AuditContext(ALICE, GUILD, interaction_id=5)
    place = {"channel_id": CHANNEL, "role_ids": (), "language": Language.ENGLISH}
    asked = store.database.write(credit_requests.ask, 700, by=by, **place)
    assert await asked == stopped
    filters = CompiledFilters([FilterRule("fox", OPERATOR)])
    context, draft = OrderContext(6, GUILD, CHANNEL, ALICE), Draft("a fox", 10, "LUMA")
    order = Order(context, draft)
    for each in (order, replace(order, missing=("embed_links",))):
        assert await store.database.write(under(orders.place, filters=filters), each) == OrderRefused(stopped, draft)
    assert query(store.place, "SELECT 1 AS one FROM audit_log WHERE action = 'prompt_refused'") == []


async def test_credits_that_lack_are_told_before_a_bound_on_open_work(store: StoreHarness) -> None:
    bounded = Limits(member=600, plan=150, risk=replace(RISK, open_jobs_per_member=1))
    await store.reserved(a_job(1))
    assert (await reserve(store.database, a_job(2), (), bounded)).scope is BudgetScope.PLAN
    full = await reserve(store.database, a_job(3), (), replace(bounded, plan=200))
    assert full == Refused("refusals-open-movies", {"movies": 1})


async def test_an_operator_may_lift_a_stop_in_all_servers(store: StoreHarness) -> None:
    for number, guild in enumerate(GUILDS):
        job = await store.rendering(a_job(number, guild=guild))
        await store.database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None)
    sums: list[int] = []
    for guild in (None, GUILDS[0], blocks.EVERYWHERE):
        if guild is not None:
            by = AuditContext(0, guild)
            await store.database.write(under(blocks.unblock, failed=100), ALICE, by=by)
        sums.append(await store.database.read(failures.failed_credits, ALICE, Month(2026, 11)))
    assert sums == [200, 100, 0]


WAITING = "." * (failures._RECENT_JOBS - MAX_REPEATED_FAILURES)
FAILING = ("FFF", "FFWFFF", "oFFF", "FFFw", f"FFF{WAITING}")
FINE = ("FF", "FFWFF", "RFF", "FRFF", "FFFR", "oFF", f"FFF{WAITING}.")


@pytest.mark.parametrize("story", [*FAILING, *FINE])
@pytest.mark.sqlite
async def test_a_prompt_keeps_failing_after_three_failures_in_a_row(store: StoreHarness, story: str) -> None:
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
            await store.database.write(renders.fail, job.id, reason, None, upstream_charged=False)
    context = OrderContext(99, GUILD, CHANNEL, ALICE)
    seen = await store.database.read(orders.read, context, Draft("a red balloon"))
    assert (seen.failing_since is not None) == (story in FAILING)


ROOMY = RiskLimits(open_jobs_per_member=5, open_jobs_per_server=50, queued_credits=1000, failed_credits=600)
ROOMY_LIMITS = Limits(member=10_000, plan=5000, risk=ROOMY)


async def fail(store: StoreHarness, job: Job, now: int) -> bool:
    """Fail a job at the API; return whether that stops its member."""
    store.limits = ROOMY_LIMITS
    await store.rendering(job)
    fail_charged = at_time(now, under(renders.fail_charged, failed=600))
    await store.database.write(fail_charged, job.id, EndReason.UPSTREAM_FAILED, None)
    stopped = "SELECT COUNT(*) FROM audit_log WHERE action = :action AND job_id = :id"
    named = {"action": AuditAction.FAILURES_STOPPED, "id": job.id}
    return await store.database.read(lambda tx: tx.fetch_value(stopped, named)) == 1


async def refusal(store: StoreHarness, now: int = NOW, limits: RiskLimits = ROOMY) -> object:
    return await store.database.read(at_time(now, risk.refusal), GUILD, ALICE, limits)


async def test_a_limit_of_zero_stops_at_the_first_failure(store: StoreHarness, tmp_path: Path) -> None:
    zero = make_settings(tmp_path, max_failed_credits_per_member=0).limits.risk
    assert await refusal(store, limits=zero) is None
    await store.rendering(a_job(1, cost=10))
    fail_charged = under(renders.fail_charged, risk=zero)
    assert await store.database.write(fail_charged, a_job(1).id, EndReason.UPSTREAM_FAILED, None)
    assert is_refused(await refusal(store, limits=zero), "refusals-failures")
    assert await store.database.write(under(blocks.unblock, risk=zero), ALICE, by=AuditContext(9, GUILD))
    assert await refusal(store, limits=zero) is None


async def test_a_stop_is_lifted_also_where_the_clock_was_set_back(store: StoreHarness) -> None:
    assert await fail(store, a_job(1, cost=600), NOW)
    earlier = NOW - HOUR
    by = AuditContext(9, GUILD)
    assert await store.database.write(at_time(earlier, under(blocks.unblock, failed=600)), ALICE, by=by)
    assert await refusal(store, earlier) is None
    logged = query(store.place, "SELECT action, actor_id FROM audit_log ORDER BY action")
    assert [(row["action"], row["actor_id"]) for row in logged] == [("failures_stopped", 0), ("unblock", 9)]
    assert await fail(store, a_job(2, cost=600, at=NOW + 1), NOW + 1), "what fails later stops its member again"
    assert await store.database.write(at_time(NOW + 2, under(blocks.unblock, failed=600)), ALICE, by=by)
    assert await refusal(store, NOW + 2) is None


async def test_nothing_is_lifted_where_no_failures_of_the_server_stopped_the_member(store: StoreHarness) -> None:
    """Otherwise managers would read that the member can order again."""
    await fail(store, a_job(1, cost=500), NOW)
    assert not await store.database.write(under(blocks.unblock, failed=600), ALICE, by=AuditContext(9, GUILD))
    assert await fail(store, a_job(2, cost=100), NOW), "the failure before still counts"
    assert not await store.database.write(under(blocks.unblock, failed=600), ALICE, by=AuditContext(9, GUILD + 1))
    assert isinstance(await refusal(store), Refused)


async def test_a_prompt_that_keeps_failing_is_asked_about_despite_an_older_quote(store: StoreHarness) -> None:
    catalogue = load_catalogue(bundled_path("2025-03"))
    older = Quote("0" * 13, GUILD, 20, ALICE, a_job(1).request, 100, NOW)
    newer = replace(older, id="1" * 13, created_at=NOW + 3)
    await store.database.write(offer, older, (), ROOMY_LIMITS)
    for number in (1, 2, 3):
        await fail(store, a_job(number), NOW + number)
    assert (await store.database.write(offer, newer, (), ROOMY_LIMITS)).failed_repeatedly
    draft, context = to_draft(a_job(1).request), OrderContext(77, GUILD, 20, ALICE)
    answers = [
        await store.database.write(at_time(NOW + 9, place), context, draft, catalogue, ROOMY_LIMITS, accepted=quote)
        for quote in (None, older, newer)
    ]
    assert [*map(type, answers)] == [QuotePreview, QuotePreview, OrderPlaced]


async def test_the_operators_decisions_are_in_the_servers_log(database: SqliteDatabase) -> None:
    write, other = database.write, 77
    await choose_staff_channel(database, AuditContext(9, GUILD), 5, NOW)
    await write(lambda tx: tx.execute("INSERT INTO guild_settings (guild_id) VALUES (:other)", {"other": other}))
    for _ in range(2):
        await write(at_time(NOW + 1, server_policies.set_monthly_credits), GUILD, 400)
        await write(at_time(NOW + 2, server_policies.set_blocked), GUILD, blocked=True)
        await write(at_time(NOW + 3, server_policies.set_paused), paused=True)
    assert (await database.read(job_actions.stats)).paused
    await write(at_time(NOW + 4, server_policies.set_monthly_credits), GUILD, None)
    await write(at_time(NOW + 5, server_policies.set_blocked), GUILD, blocked=False)
    await write(at_time(NOW + 6, server_policies.set_paused), paused=False)
    assert not (await database.read(job_actions.stats)).paused
    await write(at_time(NOW + 7, server_policies.set_blocked), other, blocked=True)
    sql = "SELECT action, amount, actor_id FROM audit_log WHERE guild_id = ? AND created_at > ? ORDER BY id"
    noted = [tuple(row.values()) for row in query(database.path, sql, GUILD, NOW)]
    assert noted == [
        ("limit_server", 400, 0),
        ("block_server", None, 0),
        ("pause", None, 0),
        ("limit_server", None, 0),
        ("unblock_server", None, 0),
        ("resume", None, 0),
    ]
    assert [row["action"] for row in query(database.path, sql, other, NOW)] == ["block_server"]
    due = await database.read(at_time(NOW + 10, due_entries))
    assert [(entry.by.guild_id, channel_id) for entry, channel_id in due] == [(GUILD, 5)]
