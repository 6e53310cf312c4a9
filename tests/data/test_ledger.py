"""The ledger's entries, whose rows can't be changed or deleted."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.core.errors import StorageError
from bot.domain.credits import Budget, BudgetScope, EntryType, Month, Shortfall
from bot.domain.jobs import JobState
from bot.domain.quota import AuditContext
from data import account_queries, gifts, ledger, reconciliation
from data.engine.sqlite import SqliteTransaction
from data.ledger_entries import Account
from tests.helpers import bulk_data
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.ledger_pitches import PitchMachine
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import ALICE, BOB, GUILD, LIMITS, NOW, StoreHarness, a_job


async def test_a_job_holds_once_and_is_resolved_once(store: StoreHarness) -> None:
    job = await store.reserved(a_job(1, cost=100))
    account = Account.at(GUILD, ALICE, NOW)
    with pytest.raises(StorageError, match=r"(?i)unique"):
        await store.database.write(ledger.hold, job.id, account, 100, LIMITS)
    await store.database.write(lambda tx: ledger.capture(tx, job.id))
    for again in (ledger.capture, *(partial(ledger.release, upstream_charged=lost) for lost in (False, True))):
        with pytest.raises(StorageError):
            await store.database.write(again, job.id)
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
    await store.in_state(a_job(1, ALICE, cost=100), JobState.COMPLETED)
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


APPEND_ONLY = ("ledger_is_never_updated", "ledger_is_never_deleted", "ledger_only_forgets")

COMPLETED, FAILED, RENDERING = (
    next(movie for movie in bulk_data.generate_month(20) if movie.state == state)
    for state in ("completed", "failed", "rendering")
)


def found(path: Path) -> tuple[str, ...]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return reconciliation.find_discrepancies(SqliteTransaction(connection))


def tamper(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for trigger in APPEND_ONLY:
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in sql.split(";"):
            assert connection.execute(statement).rowcount in (1, -1)  # -1: it was about the schema


def _total(scope: str) -> str:
    return f"rowid = (SELECT MIN(rowid) FROM balances WHERE scope = '{scope}')"


def _job(job: bulk_data.SampleMovie, change: str) -> str:
    return f"UPDATE jobs SET {change} WHERE id = '{bulk_data.job_id(job)}'"


def _entry(change: str, kind: str = "capture") -> str:
    return (
        f"UPDATE ledger_entries SET {change} WHERE job_id = '{bulk_data.job_id(COMPLETED)}' AND entry_type = '{kind}'"
    )


def _twice(kind: str, what: str) -> str:
    return (
        f"DROP INDEX ledger_one_{what};"
        "INSERT INTO ledger_entries SELECT id || 'again', created_at, entry_type, guild_id, member_id, month,"
        " allowance, extra, upstream_charge, job_id, hold_id, actor_id, reason, charge_difference,"
        " released_allowance, released_extra, pitch_id, taken_back"
        f" FROM ledger_entries WHERE job_id = '{bulk_data.job_id(COMPLETED)}' AND entry_type = '{kind}'"
    )


MINE = f"job {bulk_data.job_id(COMPLETED)} of member {COMPLETED.member} in server "
OPEN = f"job {bulk_data.job_id(RENDERING)} "
ABOUT = f"(member {COMPLETED.member} in server "
COST = COMPLETED.credits

TAMPERED: dict[str, tuple[str, list[str]]] = {
    **{
        f"{scope} {column}": (
            f"UPDATE balances SET {column} = {column} + 1 WHERE {_total(scope)}",
            [rf"^{scope} budget \(server .*granted (\d+), used (\d+), on hold (\d+);.* says {says}$"],
        )
        for scope in ("member", "server", "plan")
        for column, says in (
            ("granted", r"(?!\1,)\d+, \2, \3"),
            ("used", r"\1, (?!\2,)\d+, \3"),
            ("held", r"\1, \2, (?!\3$)\d+"),
        )
    },
    "no total": (
        "DELETE FROM balances WHERE scope = 'plan'",
        [r"^plan budget \(server 0, member 0, month 2026-11\).*the total says 0, 0, 0$"],
    ),
    "a total without rows": (
        "INSERT INTO balances (scope, guild_id, member_id, month, granted) VALUES ('extra', 1, 5, '', 500)",
        [
            (
                r"^bonus budget \(server 1, member 5, month any\).*"
                r"the ledger says granted 0, used 0, on hold 0; the total says 500, 0, 0"
            )
        ],
    ),
    "no capture": (
        f"DELETE FROM ledger_entries WHERE job_id = '{bulk_data.job_id(COMPLETED)}' AND entry_type = 'capture'",
        ["^member ", "^plan ", "^server ", f"^{MINE}.*not resolved$"],
    ),
    **{
        f"{job.state} is {state}": (
            _job(job, f"state = '{state}'"),
            [f"^job {bulk_data.job_id(job)} .* is {state} and costs {job.credits}: held {job.credits} and 0 bonus"],
        )
        for job, states in (
            (COMPLETED, ("failed", "rendering")),
            (FAILED, ("completed", "queued")),
            (RENDERING, ("completed", "failed", "cancelled")),
        )
        for state in states
    },
    **{
        f"{job.state} costs more": (
            _job(job, "price_credits = price_credits + 1"),
            [f"costs {job.credits + 1}: held {job.credits} and 0 bonus"],
        )
        for job in (COMPLETED, RENDERING)
    },
    "no hold": (
        f"DELETE FROM ledger_entries WHERE job_id = '{bulk_data.job_id(RENDERING)}'",
        ["^member ", "^plan ", "^server ", "nothing was put on hold, not resolved"],
    ),
    "a job of another server": (_job(COMPLETED, "guild_id = 77"), [rf"77.*{re.escape(ABOUT)}"]),
    "a job of another member": (_job(COMPLETED, "member_id = 77"), [rf"77.*{re.escape(ABOUT)}"]),
    "captured as bonus": (
        _entry("extra = allowance, allowance = 0"),
        ["^bonus ", "^member ", f"held {COST} and 0 bonus.*resolved by a capture of 0 and {COST} bonus"],
    ),
    "captured in another server": (_entry("guild_id = 77"), ["^member ", "^member ", "^server ", "^server ", MINE]),
    "captured of another member": (_entry("member_id = 77"), ["^member ", "^member ", MINE]),
    "captured in another month": (
        _entry("month = '2026-10'"),
        ["^member ", "^member ", "^plan ", "^plan ", "^server ", "^server ", MINE],
    ),
    "captured in part": (
        _entry("allowance = allowance - 1, released_allowance = 1"),
        ["^member ", "^plan ", "^server ", MINE],
    ),
    "captured for another job": (_entry(f"job_id = '{bulk_data.job_id(RENDERING)}'"), [MINE]),
    "captures the hold of another job": (
        _entry(f"hold_id = (SELECT id FROM ledger_entries WHERE job_id = '{bulk_data.job_id(RENDERING)}')"),
        [MINE, OPEN],
    ),
    "two holds": (
        _twice("hold", "hold"),
        [f"^job {bulk_data.job_id(COMPLETED)} has 2 ledger entries for one hold$"],
    ),
    "two captures": (
        _twice("capture", "resolution"),
        [f"^job {bulk_data.job_id(COMPLETED)} has 2 ledger entries for one resolution$"],
    ),
    "an entry of no job": (
        (
            "INSERT INTO ledger_entries (id, created_at, entry_type, guild_id, member_id, month, allowance, job_id)"
            " VALUES ('x', 1, 'hold', 1, 5, '2026-11', 10, 'nothing')"
        ),
        ["member 5"],
    ),
}
"""What is written without the file's constraints, and a pattern of each line that must be found."""

SEVERAL = {"two holds", "two captures", "an entry of no job"}
"""Differences that are found in further lines."""


def test_every_difference_is_named_and_nothing_else(tmp_path: Path) -> None:
    sound, path = tmp_path / "sound.db", tmp_path / "ledger.db"
    bulk_data.write(sound, bulk_data.generate_month(20, (bulk_data.GUILD, bulk_data.OTHER)))
    assert found(sound) == ()
    assert len(assert_ledger_consistent(sound)) > 10
    missed = dict[str, object]()
    for name, (sql, patterns) in TAMPERED.items():
        path.write_bytes(sound.read_bytes())
        tamper(path, sql)
        lines = found(path)
        unmatched = [pattern for pattern in patterns if not any(re.search(pattern, line) for line in lines)]
        if unmatched or (name not in SEVERAL and len(lines) != len(patterns)):
            missed[name] = lines
    assert missed == {}


def test_a_great_many_differences_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    movies = [movie for movie in bulk_data.generate_month(1000) if movie.state == "completed"]
    bulk_data.write(path, movies)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE jobs SET state = 'failed'")
    lines = found(path)
    assert len(lines) == 201
    assert lines[-1] == f"and {len(movies) - 200} more of this kind"


@pytest.mark.parametrize(
    ("lives", "steps"), [(15, 50), pytest.param(300, 100, marks=[pytest.mark.slow, pytest.mark.timeout(1800)])]
)
def test_the_ledger_is_consistent_after_every_step(lives: int, steps: int) -> None:
    profile = settings(max_examples=lives, stateful_step_count=steps, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(PitchMachine, settings=profile)
