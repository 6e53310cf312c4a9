"""The operator's bounds across months, clock changes, restores and quotes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.domain.credits import BudgetScope, Limits, Shortfall
from bot.domain.job import EndReason, Job
from bot.domain.order import ConfirmationRequired, OrderContext, OrderPlaced
from bot.domain.quota import AuditContext
from bot.domain.quote import Quote, QuotePreview
from bot.domain.request import to_draft
from bot.domain.risk import COOL_DOWN_MS, Refusal, RefusalReason, RiskLimits
from data import (
    audit_log,
    backups,
    blocks,
    failures,
    job_actions,
    job_queries,
    orders,
    quotes,
    renders,
    risk,
    server_policies,
    submissions,
)
from data.catalogue import bundled_path, load_catalogue
from data.restore import restore
from data.sqlite import SqliteDatabase
from tests.helpers.ledger_checks import query
from tests.helpers.reserving import place, reserve
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import GUILD, HOUR, NOW, a_job

RISK = RiskLimits(open_jobs_per_member=5, open_jobs_per_server=50, queued_credits=1000, failed_credits=600)
LIMITS = Limits(member=10_000, plan=5000, risk=RISK)
MEMBER = a_job(1).member_id


async def start(database: SqliteDatabase, job: Job) -> None:
    """Order a job, and have the API take it."""
    assert isinstance(await reserve(database, job, (), LIMITS), OrderPlaced)
    await database.write(orders.enqueue, job.id, 1, job.created_at)
    for claimed, _ in await database.write(submissions.claim, job.created_at, 1, 100, 100):
        await database.write(submissions.mark_rendering, claimed.id, f"r-{claimed.id}", job.created_at, job.created_at)


async def fail(database: SqliteDatabase, job: Job, now: int) -> bool:
    """Fail a job at the API; return whether that stops its member."""
    await start(database, job)
    return await database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None, now, 600)


async def refusal(database: SqliteDatabase, now: int = NOW, limits: RiskLimits = RISK) -> object:
    """Return why the member may not order."""
    return await database.read(risk.refusal, GUILD, MEMBER, limits, now)


def a_quote(number: int, at: int = NOW, cost: int = 100) -> Quote:
    return Quote(f"{number:013}", GUILD, 20, MEMBER, a_job(1).request, cost, at)


async def test_a_limit_of_zero_stops_at_the_first_failure_and_not_before(database: SqliteDatabase) -> None:
    zero = replace(RISK, failed_credits=0)
    assert await refusal(database, limits=zero) is None
    await start(database, a_job(1, cost=10))
    stopped = renders.fail_charged, a_job(1).id, EndReason.UPSTREAM_FAILED, None, NOW, 0
    assert await database.write(*stopped)
    found = await refusal(database, limits=zero)
    assert isinstance(found, Refusal)
    assert found.reason is RefusalReason.FAILED_CREDITS
    assert await database.write(blocks.unblock, MEMBER, by=AuditContext(9, GUILD), now=NOW, max_failed_credits=0)
    assert await refusal(database, limits=zero) is None


async def test_a_stop_is_lifted_also_where_the_clock_was_set_back(database: SqliteDatabase) -> None:
    assert await fail(database, a_job(1, cost=600), NOW)
    earlier = NOW - HOUR
    by = AuditContext(9, GUILD)
    assert await database.write(blocks.unblock, MEMBER, by=by, now=earlier, max_failed_credits=600)
    assert await refusal(database, earlier) is None
    logged = query(database.path, "SELECT action, actor_id FROM audit_log ORDER BY action")
    assert [(row["action"], row["actor_id"]) for row in logged] == [("failures_stopped", 0), ("unblock", 9)]
    assert await fail(database, a_job(2, cost=600, at=NOW + 1), NOW + 1), "what fails later stops its member again"
    assert await database.write(blocks.unblock, MEMBER, by=by, now=NOW + 2, max_failed_credits=600)
    assert await refusal(database, NOW + 2) is None


async def test_nothing_is_lifted_where_no_failures_of_the_server_stopped_the_member(database: SqliteDatabase) -> None:
    """Otherwise managers would read that the member can order again."""
    unblock, lift = database.write, {"now": NOW, "max_failed_credits": 600}
    await fail(database, a_job(1, cost=500), NOW)
    assert not await unblock(blocks.unblock, MEMBER, by=AuditContext(9, GUILD), **lift)
    assert await fail(database, a_job(2, cost=100), NOW), "the failure before still counts"
    assert not await unblock(blocks.unblock, MEMBER, by=AuditContext(9, GUILD + 1), **lift)
    assert isinstance(await refusal(database), Refusal)


async def test_a_break_is_never_longer_than_ten_minutes(database: SqliteDatabase) -> None:
    for number in (1, 2, 3):
        await reserve(database, a_job(number), (), LIMITS)
        await database.write(orders.enqueue, a_job(number).id, 1, NOW)
        await database.write(job_actions.cancel, a_job(number).id, MEMBER, NOW)
    found = await refusal(database)
    assert isinstance(found, Refusal)
    assert found.until == NOW + COOL_DOWN_MS
    assert await refusal(database, NOW - 24 * HOUR) is None


async def test_a_quote_that_is_shown_as_fitting_fits_the_queue(database: SqliteDatabase) -> None:
    short = await database.write(quotes.create, a_quote(1, cost=1001), (), LIMITS)
    assert isinstance(short, Shortfall)
    assert (short.scope, short.available) == (BudgetScope.QUEUED, 1000)
    assert isinstance(await database.write(quotes.create, a_quote(2, cost=1000), (), LIMITS), QuotePreview)
    for number in range(1, 6):
        await start(database, a_job(number))
    refused = await database.write(quotes.create, a_quote(3), (), LIMITS)
    assert refused == Refusal(RefusalReason.OPEN_JOBS, 5)


async def test_a_prompt_that_keeps_failing_is_asked_about_despite_an_older_quote(database: SqliteDatabase) -> None:
    """A newer quote said that the prompt keeps failing."""
    catalogue = load_catalogue(bundled_path("2025-03"))
    await database.write(quotes.create, a_quote(99), (), LIMITS)
    for number in (1, 2, 3):
        await fail(database, a_job(number), NOW + number)
    preview = await database.write(quotes.create, a_quote(100, NOW + 3), (), LIMITS)
    assert isinstance(preview, QuotePreview)
    assert preview.failed_repeatedly
    draft, context = to_draft(a_job(1).request), OrderContext(77, GUILD, 20, MEMBER)
    answers = [
        await database.write(place, context, draft, catalogue, LIMITS, NOW + 9, quote_id=quote_id)
        for quote_id in (None, a_quote(99).id, a_quote(100).id)
    ]
    assert [*map(type, answers)] == [ConfirmationRequired, ConfirmationRequired, OrderPlaced]


async def test_cancelled_quotes_are_capped_too_and_go_first(database: SqliteDatabase) -> None:
    for number in range(quotes.MAX_OPEN_QUOTES + 5):
        await database.write(quotes.save, a_quote(number, NOW + number))
        if number % 3 == 0:
            await database.write(quotes.cancel, a_quote(number).id, MEMBER, NOW + number)
    kept = query(database.path, "SELECT * FROM quotes ORDER BY id")
    assert len(kept) == quotes.MAX_OPEN_QUOTES
    assert sum(row["cancelled_at"] is not None for row in kept) < quotes.MAX_OPEN_QUOTES / 3


async def test_a_new_quote_is_kept_where_the_clock_was_set_back(database: SqliteDatabase) -> None:
    for number in range(quotes.MAX_OPEN_QUOTES):
        await database.write(quotes.save, a_quote(number))
    await database.write(quotes.save, a_quote(99, NOW - HOUR))
    assert isinstance(await database.read(quotes.get, a_quote(99).id, MEMBER, NOW - HOUR), Quote)


async def test_decisions_since_a_backup_hold_after_its_restore(database: SqliteDatabase, tmp_path: Path) -> None:
    path, copy = database.path, tmp_path / "copy.db"
    await database.write(server_policies.set_blocked, 77, NOW, blocked=True)
    backups.create_backup(path, copy)
    await database.write(server_policies.set_blocked, 77, NOW, blocked=False)
    await database.write(server_policies.set_blocked, GUILD, NOW, blocked=True)
    await database.write(server_policies.set_monthly_credits, GUILD, 5, NOW)
    await database.write(server_policies.set_paused, NOW, paused=True)
    await database.write(blocks.block, MEMBER, None, by=AuditContext(0, blocks.EVERYWHERE, "abuse"), now=NOW)
    await database.close()
    restore(copy, path, NOW)
    again = await SqliteDatabase.open(path)
    try:
        assert await again.read(server_policies.get, GUILD) == server_policies.ServerPolicy(5, blocked=True)
        assert not (await again.read(server_policies.get, 77)).blocked
        assert await again.read(server_policies.paused_at) == NOW
        assert await again.read(blocks.active_block, 11, MEMBER, NOW) is not None
    finally:
        await again.close()


async def test_the_operators_decisions_are_in_the_servers_log(database: SqliteDatabase) -> None:
    """Repeated decisions are logged once.

    A pause is logged in every server with a staff channel.
    """
    write, other = database.write, 77
    await choose_staff_channel(database, AuditContext(9, GUILD), 5, NOW)
    await write(lambda tx: tx.execute("INSERT INTO guild_settings (guild_id) VALUES (:other)", {"other": other}))
    for _ in range(2):
        await write(server_policies.set_monthly_credits, GUILD, 400, NOW + 1)
        await write(server_policies.set_blocked, GUILD, NOW + 2, blocked=True)
        await write(server_policies.set_paused, NOW + 3, paused=True)
    assert (await database.read(job_queries.stats, NOW)).paused
    await write(server_policies.set_monthly_credits, GUILD, None, NOW + 4)
    await write(server_policies.set_blocked, GUILD, NOW + 5, blocked=False)
    await write(server_policies.set_paused, NOW + 6, paused=False)
    assert not (await database.read(job_queries.stats, NOW)).paused
    await write(server_policies.set_blocked, other, NOW + 7, blocked=True)
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
    due = await database.read(audit_log.due_entries, NOW + 10, 10, ())
    assert [(entry.guild_id, channel_id) for entry, channel_id in due] == [(GUILD, 5)]


async def test_stopped_members_are_counted(database: SqliteDatabase) -> None:
    await fail(database, a_job(1, cost=600), NOW)
    await fail(database, a_job(2, 2, cost=500), NOW)
    month = failures.Month.containing(NOW)
    assert await database.read(failures.stopped_members, month, 600) == 1
    assert await database.read(failures.stopped_members, month, 500) == 2
