"""Credits that are held, spent and released within exact limits.

Ledger rows can't be changed or deleted.
"""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.credits import Budget, BudgetScope, EntryType, Limits, Month, Shortfall
from bot.domain.order import OrderPlaced
from bot.domain.quota import AuditContext
from bot.errors import StorageError
from bot.services.quotas import QuotaService
from bot.services.signals import Signals
from data import account_queries, jobs, ledger, renders
from data.accounts import Account
from data.database import Transaction
from data.sqlite import SqliteDatabase
from tests.helpers.clock import ManualClock
from tests.helpers.ledger_checks import query
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import ALICE, BOB, GUILD, LIMITS, NOW, StoreHarness, a_job

HOLD, CAPTURE, RELEASE = EntryType.HOLD, EntryType.CAPTURE, EntryType.RELEASE

DECEMBER = int(datetime(2026, 12, 3, tzinfo=UTC).timestamp() * 1000)


async def test_a_hold_is_set_aside_from_member_and_plan(store: StoreHarness) -> None:
    """Held credits are not used yet and can't be held again."""
    job = await store.reserved(a_job(1, cost=100))
    assert await store.member() == Budget(600, used=0, held=100)
    assert await store.plan() == Budget(1000, used=0, held=100)
    assert await store.moves() == [(HOLD, job.id, 100, 0)]


async def test_a_capture_spends_what_was_held(store: StoreHarness) -> None:
    """The credits count as used by the member and the plan."""
    job = await store.reserved(a_job(1, cost=100))
    await store.database.write(lambda tx: ledger.capture(tx, job.id, NOW))
    assert await store.member() == Budget(600, used=100, held=0)
    assert await store.plan() == Budget(1000, used=100, held=0)
    assert await store.moves() == [(HOLD, job.id, 100, 0), (CAPTURE, job.id, 100, 0)]


async def test_a_release_returns_everything(store: StoreHarness) -> None:
    """The budgets are as before the hold, and the rows stay."""
    job = await store.reserved(a_job(1, cost=100))
    await store.database.write(lambda tx: ledger.release(tx, job.id, NOW, upstream_charged=False))
    assert (await store.member(), await store.plan()) == (Budget(600), Budget(1000))
    assert await store.moves() == [(HOLD, job.id, 100, 0), (RELEASE, job.id, 100, 0)]


async def test_what_the_api_charges_for_a_failure_is_used_in_the_plan_and_never_by_the_member(
    store: StoreHarness,
) -> None:
    """The API keeps the charge, so the plan's count must show it."""
    job = await store.reserved(a_job(1, cost=100))
    await store.database.write(lambda tx: ledger.release(tx, job.id, NOW, upstream_charged=True))
    assert (await store.member(), await store.plan()) == (Budget(600), Budget(1000, used=100))
    assert await store.moves() == [(HOLD, job.id, 100, 0), (RELEASE, job.id, 100, 100)]


@pytest.mark.parametrize(("cost", "fits"), [(599, True), (600, True), (601, False)])
async def test_a_members_limit_is_exact(store: StoreHarness, cost: int, fits: bool) -> None:
    """The last credit can be spent in one step or two."""
    for member, first in ((ALICE, 0), (BOB, 250)):
        store.limits = Limits(member=600, plan=10_000)
        if first:
            await store.reserved(a_job(member * 10, member, cost=first))
        placed = await reserve(store.database, a_job(member * 10 + 1, member, cost=cost - first), (), store.limits)
        resets = Month(2026, 11).ends_at
        assert fits == (not isinstance(placed, Shortfall))
        assert fits or placed == Shortfall(BudgetScope.MEMBER, cost - first, 600 - first, resets)


async def test_the_plan_is_exact_too_and_shared_by_all(store: StoreHarness) -> None:
    """All servers share the plan, and the refusal names it."""
    await store.reserved(a_job(1, ALICE, cost=500, guild=1))
    await store.reserved(a_job(2, BOB, cost=400, guild=2))
    placed = await reserve(store.database, a_job(3, BOB, cost=101, guild=1), (), LIMITS)
    assert placed == Shortfall(BudgetScope.PLAN, 101, 100, Month(2026, 11).ends_at)
    await store.reserved(a_job(4, BOB, cost=100, guild=1))


async def test_an_allowance_is_per_server(store: StoreHarness) -> None:
    """Credits spent in one server don't count in another."""
    await store.reserved(a_job(1, cost=500, guild=1))
    assert await store.member(guild=2) == Budget(600)
    await store.reserved(a_job(2, cost=500, guild=2))


async def test_a_refused_hold_leaves_nothing(store: StoreHarness) -> None:
    """No job or ledger row is written, and no credits are held."""
    await store.reserved(a_job(1, BOB, cost=600))
    before = (await store.member(), await store.member(BOB), await store.plan(), await store.moves())
    placed = await reserve(store.database, a_job(2, cost=500), (), LIMITS)
    assert placed == Shortfall(BudgetScope.PLAN, 500, 400, Month(2026, 11).ends_at)
    assert (await store.member(), await store.member(BOB), await store.plan(), await store.moves()) == before
    assert await store.database.read(jobs.find, a_job(2).id) is None


async def test_a_lowered_limit_takes_nothing_back(store: StoreHarness) -> None:
    """The next request is refused with nothing left.

    What was spent stays spent.
    """
    job = await store.rendering(a_job(1, cost=500))
    await store.database.write(renders.complete, job.id, "https://movies.test/a.mp4", NOW)
    lowered = Limits(member=100, plan=1000)
    assert await reserve(store.database, a_job(2, cost=10), (), lowered) == Shortfall(
        BudgetScope.MEMBER, 10, 0, Month(2026, 11).ends_at
    )
    assert await store.member() == Budget(600, used=500)


async def test_a_new_month_begins_with_everything(store: StoreHarness) -> None:
    """A hold of the old month is resolved in the old month."""
    job = await store.reserved(a_job(1, cost=600))
    store.now = DECEMBER
    await store.reserved(a_job(2, cost=600, at=DECEMBER))
    await store.database.write(lambda tx: ledger.capture(tx, job.id, DECEMBER))
    assert await store.member() == Budget(600, used=0, held=600)
    store.now = NOW
    assert await store.member() == Budget(600, used=600, held=0)


async def test_a_job_holds_once_and_is_resolved_once(store: StoreHarness) -> None:
    """The schema rejects a second hold or resolution."""
    job = await store.reserved(a_job(1, cost=100))
    account = Account.at(GUILD, ALICE, NOW)

    def hold_again(tx: Transaction) -> None:
        with tx.savepoint() as undo:
            ledger.hold(tx, undo, job.id, account, 100, LIMITS, NOW)

    with pytest.raises(StorageError, match=r"(?i)unique"):
        await store.database.write(hold_again)
    await store.database.write(lambda tx: ledger.capture(tx, job.id, NOW))
    for lost in (False, True):
        with pytest.raises(StorageError):
            await store.database.write(lambda tx, lost=lost: ledger.release(tx, job.id, NOW, upstream_charged=lost))
    with pytest.raises(StorageError):
        await store.database.write(lambda tx: ledger.capture(tx, job.id, NOW))
    assert await store.member() == Budget(600, used=100)
    assert len(await store.moves()) == 2


@pytest.mark.parametrize("spent", [True, False])
async def test_a_job_that_two_accounts_pay_for_is_resolved_for_both(store: StoreHarness, *, spent: bool) -> None:
    job = await store.reserved(a_job(1, ALICE, cost=100))
    account = Account.at(GUILD, BOB, NOW)

    def hold_second_share(tx: Transaction) -> None:
        with tx.savepoint() as undo:
            ledger.hold(tx, undo, job.id, account, 50, LIMITS, NOW)

    await store.database.write(hold_second_share)
    if spent:
        await store.database.write(ledger.capture, job.id, NOW)
    else:
        await store.database.write(ledger.release, job.id, NOW, upstream_charged=False)
    used = (100, 50) if spent else (0, 0)
    assert [(await store.member(ALICE)).used, (await store.member(BOB)).used] == list(used)
    assert [(await store.member(ALICE)).held, (await store.member(BOB)).held] == [0, 0]


async def test_a_resolution_names_the_hold_that_it_resolves(store: StoreHarness) -> None:
    first, second = [await store.reserved(a_job(number, cost=100)) for number in (1, 2)]
    await store.database.write(ledger.capture, second.id, NOW)
    await store.database.write(ledger.release, first.id, NOW, upstream_charged=False)
    rows = query(store.place, "SELECT * FROM ledger_entries ORDER BY id")
    holds = {row["job_id"]: row["id"] for row in rows if row["entry_type"] == "hold"}
    resolved = {row["entry_type"]: row["hold_id"] for row in rows if row["hold_id"] is not None}
    assert resolved == {"capture": holds[second.id], "release": holds[first.id]}


async def test_what_holds_nothing_cannot_be_resolved(store: StoreHarness) -> None:
    """An unknown job id is an error, not a free credit."""
    with pytest.raises(LookupError, match="nothing is held"):
        await store.database.write(lambda tx: ledger.capture(tx, "nobody", NOW))
    with pytest.raises(LookupError, match="nothing is held"):
        await store.database.write(lambda tx: ledger.release(tx, "nobody", NOW, upstream_charged=False))


@pytest.mark.parametrize("sql", ["UPDATE ledger_entries SET upstream_charge = 1", "DELETE FROM ledger_entries"])
async def test_no_row_is_ever_changed_or_deleted(store: StoreHarness, sql: str) -> None:
    """The database itself refuses, even for other programs."""
    await store.reserved(a_job(1))
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match="append-only"):
        query(store.place, sql)
    assert len(await store.moves()) == 1


async def test_credits_for_three_are_held_three_times_among_two_hundred(store: StoreHarness) -> None:
    """Concurrent orders never hold more than the limit."""
    jobs = [a_job(number, cost=200) for number in range(1, 201)]
    placed = await asyncio.gather(*(reserve(store.database, job, (), LIMITS) for job in jobs))
    assert sum(isinstance(each, Shortfall) for each in placed) == 197
    assert await store.member() == Budget(600, held=600)
    assert len(await store.moves()) == 3


@pytest.mark.sqlite
async def test_the_same_holds_across_two_connections_to_one_file(store: StoreHarness) -> None:
    """Two processes that answer the same server's members share one limit."""
    databases = [await SqliteDatabase.open(store.path, busy_seconds=60) for _ in range(2)]
    placed = await asyncio.gather(*(reserve(databases[n % 2], a_job(n, cost=200), (), LIMITS) for n in range(1, 61)))
    for database in databases:
        await database.close()
    assert sum(isinstance(each, Shortfall) for each in placed) == 57
    assert await store.member() == Budget(600, held=600)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["capture", "capture part", "release", "lose", "nothing"]),
        st.sampled_from([ALICE, BOB]),
        st.integers(1, 700),
        st.integers(0, 900),
    ),
    max_size=10,
)
"""Each hold's outcome, member, credits and API charge."""

SUMS = """
SELECT COUNT(*) AS entries,
    COALESCE(SUM(CASE entry_type WHEN 'hold' THEN allowance + extra
        ELSE -(allowance + extra + released_allowance + released_extra) END), 0) AS held,
    COALESCE(SUM(CASE entry_type WHEN 'capture' THEN allowance + extra ELSE 0 END), 0) AS used,
    COALESCE(SUM(upstream_charge + charge_difference), 0) AS overage
FROM ledger_entries
"""


@given(STEPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
async def test_the_ledger_is_consistent_after_any_story(
    store: StoreHarness, steps: list[tuple[str, int, int, int]]
) -> None:
    """Holds equal the sum of captured, released and open credits."""
    [before] = query(store.place, SUMS)  # the examples share a database
    first = 10_000 + 20 * before["entries"]
    for number, (fate, member, cost, charged) in enumerate(steps, first):
        job = a_job(number, member, cost=cost)
        placed = await reserve(store.database, job, (), Limits(member=10**6, plan=10**7))
        assert isinstance(placed, OrderPlaced), placed
        if fate == "capture":
            await store.database.write(ledger.capture, job.id, NOW)
        elif fate == "capture part":
            assert await store.database.write(ledger.capture_part, job.id, charged, NOW) == min(charged, cost)
        elif fate != "nothing":
            await store.database.write(ledger.release, job.id, NOW, upstream_charged=fate == "lose")
    [sums] = query(store.place, SUMS)
    plan, members = await store.plan(), [await store.member(member) for member in (ALICE, BOB)]
    assert plan.held == sum(member.held for member in members) == sums["held"]
    assert sum(member.used for member in members) == sums["used"]
    assert plan.used == sums["used"] + sums["overage"]


async def test_a_members_movements_come_newest_first_and_are_theirs_alone(store: StoreHarness) -> None:
    """Each movement has its job's prompt, if it has a job."""
    first = await store.reserved(a_job(1, at=NOW))
    await store.reserved(a_job(2, BOB, at=NOW + 1))
    second = await store.reserved(a_job(3, at=NOW + 2))
    store.now = NOW + 3
    await QuotaService(store.database, LIMITS, store.clock, Signals()).grant(AuditContext(BOB, GUILD, "won"), ALICE, 5)
    granted, *entries = await store.database.read(account_queries.member_entries, GUILD, ALICE, 8)
    assert (granted.credits, granted.actor_id, granted.reason, granted.prompt) == (5, BOB, "won", "")
    assert [entry.job_id for entry in entries] == [second.id, first.id]
    assert {entry.prompt for entry in entries} == {"a red balloon"}
    assert await store.database.read(account_queries.member_entries, GUILD, ALICE, 2) == (granted, entries[0])
    assert store.accounts.month() == Month(2026, 11)


async def test_changes_of_a_member_come_newest_first_and_are_of_one_member_and_server(store: StoreHarness) -> None:
    """Changes are grants, revocations and resets, without movies."""
    quotas = QuotaService(store.database, LIMITS, ManualClock(NOW), Signals())
    for guild, member, credits in ((GUILD, ALICE, 50), (GUILD + 1, ALICE, 7), (GUILD, BOB, 8)):
        await quotas.grant(AuditContext(BOB, guild, "won"), member, credits)
    await quotas.revoke(AuditContext(BOB, GUILD, "mistake"), ALICE, 20)
    job = await store.rendering(a_job(1, ALICE, cost=100))
    await store.database.write(renders.complete, job.id, "https://movies.test/1.mp4", NOW)
    await quotas.reset_usage(AuditContext(BOB, GUILD), ALICE)
    changes = await store.accounts.adjustments(GUILD, ALICE, 10)
    assert [(each.entry_type, each.allowance, each.extra) for each in changes] == [
        (EntryType.ADJUST, -100, 0),
        (EntryType.ADJUST, 0, -20),
        (EntryType.GRANT, 0, 50),
    ]
    assert await store.accounts.adjustments(GUILD, ALICE, 2) == changes[:2]
