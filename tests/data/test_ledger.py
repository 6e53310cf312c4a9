"""The ledger's entries, whose rows can't be changed or deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial

import psycopg
import pytest

from bot.core.errors import StorageError
from bot.domain.credits import Budget, BudgetScope, EntryType, Month, Shortfall
from bot.domain.quota import AuditContext
from data import account_queries, gifts, ledger, renders
from data.accounts import Account
from tests.helpers.ledger_checks import query
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import ALICE, BOB, GUILD, LIMITS, NOW, StoreHarness, a_job

HOLD, CAPTURE, RELEASE = EntryType.HOLD, EntryType.CAPTURE, EntryType.RELEASE


@pytest.mark.parametrize(
    ("work", "member", "plan", "entry"),
    [
        (None, Budget(600, held=100), Budget(1000, held=100), None),
        (ledger.capture, Budget(600, used=100), Budget(1000, used=100), (CAPTURE, 100, 0)),
        (partial(ledger.release, upstream_charged=False), Budget(600), Budget(1000), (RELEASE, 100, 0)),
        (partial(ledger.release, upstream_charged=True), Budget(600), Budget(1000, used=100), (RELEASE, 100, 100)),
    ],
)
async def test_a_hold_is_captured_or_released(
    store: StoreHarness,
    work: Callable[..., None] | None,
    member: Budget,
    plan: Budget,
    entry: tuple[EntryType, int, int] | None,
) -> None:
    job = await store.reserved(a_job(1, cost=100))
    if work is not None:
        await store.database.write(work, job.id)
    assert (await store.member(), await store.plan()) == (member, plan)
    ended = [] if entry is None else [(entry[0], job.id, *entry[1:])]
    assert await store.moves() == [(HOLD, job.id, 100, 0), *ended]


async def test_a_job_holds_once_and_is_resolved_once(store: StoreHarness) -> None:
    job = await store.reserved(a_job(1, cost=100))
    account = Account.at(GUILD, ALICE, NOW)
    with pytest.raises(StorageError, match=r"(?i)unique"):
        await store.database.write(ledger.hold, job.id, account, 100, LIMITS)
    await store.database.write(lambda tx: ledger.capture(tx, job.id))
    for lost in (False, True):
        with pytest.raises(StorageError):
            await store.database.write(lambda tx, lost=lost: ledger.release(tx, job.id, upstream_charged=lost))
    with pytest.raises(StorageError):
        await store.database.write(lambda tx: ledger.capture(tx, job.id))
    assert await store.member() == Budget(600, used=100)
    assert len(await store.moves()) == 2


@pytest.mark.parametrize("sql", ["UPDATE ledger_entries SET upstream_charge = 1", "DELETE FROM ledger_entries"])
async def test_no_row_is_ever_changed_or_deleted(store: StoreHarness, sql: str) -> None:
    await store.reserved(a_job(1))
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match="append-only"):
        query(store.place, sql)
    assert len(await store.moves()) == 1


async def test_a_members_movements_come_newest_first_and_are_theirs_alone(store: StoreHarness) -> None:
    first = await store.reserved(a_job(1, at=NOW))
    await store.reserved(a_job(2, BOB, at=NOW + 1))
    second = await store.reserved(a_job(3, at=NOW + 2))
    store.now = NOW + 3
    await store.database.write(gifts.grant, ALICE, 5, by=AuditContext(BOB, GUILD, "won"))
    granted, *entries = await store.database.read(account_queries.member_entries, GUILD, ALICE, 8)
    assert (granted.credits, granted.actor_id, granted.reason, granted.prompt) == (5, BOB, "won", "")
    assert [entry.job_id for entry in entries] == [second.id, first.id]
    assert {entry.prompt for entry in entries} == {"a red balloon"}
    assert await store.database.read(account_queries.member_entries, GUILD, ALICE, 2) == (granted, entries[0])


async def test_changes_of_a_member_come_newest_first_and_are_of_one_member_and_server(store: StoreHarness) -> None:
    for guild, member, credits in ((GUILD, ALICE, 50), (GUILD + 1, ALICE, 7), (GUILD, BOB, 8)):
        await store.database.write(gifts.grant, member, credits, by=AuditContext(BOB, guild, "won"))
    await store.database.write(gifts.revoke, ALICE, 20, by=AuditContext(BOB, GUILD, "mistake"))
    job = await store.rendering(a_job(1, ALICE, cost=100))
    await store.database.write(renders.complete, job.id, "https://movies.test/1.mp4")
    await store.database.write(gifts.reset_usage, ALICE, by=AuditContext(BOB, GUILD))
    changes = await store.database.read(account_queries.member_adjustments, GUILD, ALICE, 10)
    assert [(each.entry_type, each.allowance, each.extra) for each in changes] == [
        (EntryType.ADJUST, -100, 0),
        (EntryType.ADJUST, 0, -20),
        (EntryType.GRANT, 0, 50),
    ]
    assert await store.database.read(account_queries.member_adjustments, GUILD, ALICE, 2) == changes[:2]


async def test_what_does_not_fit_is_refused_with_what_would(store: StoreHarness) -> None:
    resets = Month(2026, 11).ends_at
    await store.reserved(a_job(1, ALICE, cost=250, guild=1))
    placed = await reserve(store.database, a_job(2, ALICE, cost=351, guild=1), (), LIMITS)
    assert placed == Shortfall(BudgetScope.MEMBER, 351, 350, resets)
    await store.reserved(a_job(3, ALICE, cost=350, guild=1))
    placed = await reserve(store.database, a_job(4, BOB, cost=401, guild=2), (), LIMITS)
    assert placed == Shortfall(BudgetScope.PLAN, 401, 400, resets)
