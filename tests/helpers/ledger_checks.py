"""Reads and checks a database file with SQL of its own.

It uses none of the bot's code.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

Key = tuple[str, int, int, str]
"""Scope, server, member and month of a budget."""

Row = dict[str, Any]

Place = Path | str
"""A SQLite file, or the URL of a PostgreSQL database."""

_RESOLUTIONS = {"completed": {"capture"}, "failed": {"release"}, "cancelled": {"capture", "release"}}
"""The ledger entries that may follow the hold of a job in this state, one of them."""

_TABLES = (
    "jobs",
    "balances",
    "ledger_entries",
    "quota_limits",
    "member_blocks",
    "guild_settings",
    "audit_log",
    "credit_requests",
    "outbox",
)


@dataclass(frozen=True, kw_only=True)
class BudgetTotals:
    """Credits that were granted, captured, and are held."""

    granted: int = 0
    used: int = 0
    held: int = 0


def query(path: Place, sql: str, *params: object) -> list[Row]:
    """Run a query over the file, or over the PostgreSQL database."""
    if isinstance(path, str):
        with closing(psycopg.connect(path, row_factory=dict_row)) as connection:
            return connection.execute(sql.replace("%", "%%").replace("?", "%s").encode(), params).fetchall()
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql, params)]


def execute(path: Place, sql: str) -> None:
    """Change the file, or the PostgreSQL database."""
    if isinstance(path, str):
        with closing(psycopg.connect(path, autocommit=True)) as connection:
            connection.execute(sql.encode())
        return
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


def has_table(path: Place, name: str) -> bool:
    """Return whether a table is there; a missing file has none."""
    if isinstance(path, str):
        return bool(query(path, "SELECT 1 FROM pg_tables WHERE tablename = ?", name))
    return path.exists() and bool(query(path, "SELECT 1 FROM sqlite_master WHERE name = ?", name))


def jobs(path: Place) -> list[Row]:
    """Return every job, the oldest first."""
    return query(path, "SELECT * FROM jobs ORDER BY id")


def outbox(path: Place) -> list[Row]:
    """Return every notification, sent or not."""
    return query(path, "SELECT * FROM outbox ORDER BY job_id, type")


def snapshot(path: Place) -> dict[str, list[Row]]:
    """Return every row of every table."""
    return {table: query(path, f"SELECT * FROM {table} ORDER BY rowid") for table in _TABLES}


def balances(path: Place) -> dict[Key, BudgetTotals]:
    """Return the cached totals that are not zero."""
    rows = {
        (row["scope"], row["guild_id"], row["member_id"], row["month"]): BudgetTotals(
            granted=row["granted"], used=row["used"], held=row["held"]
        )
        for row in query(path, "SELECT * FROM balances")
    }
    return _without_zeros(rows)


def assert_ledger_consistent(path: Place) -> dict[Key, BudgetTotals]:
    """Recompute every budget from the ledger.

    Return the totals that are not zero.

    Entries sum up to the cached totals. No total is negative. Each job has one hold, and one resolution exactly if it
    ended, of the same month, whose captured and released credits are those of the hold. Only a cancelled job is spent
    in part: what the API charged. All holds equal captures, releases and what is still held.
    """
    entries = query(path, "SELECT * FROM ledger_entries ORDER BY id")
    cached = balances(path)
    assert _summed(entries) == cached
    assert all(min(total.granted, total.used, total.held) >= 0 for total in cached.values()), cached
    assert all(total.used + total.held <= total.granted for key, total in cached.items() if key[0] == "extra"), cached
    _assert_holds_resolved(jobs(path), entries)
    amounts = Counter[str]()
    for entry in entries:
        amounts[entry["entry_type"]] += _credits(entry)
        amounts["release"] += entry["released_allowance"] + entry["released_extra"]
    held = sum(total.held for key, total in cached.items() if key[0] == "plan")
    assert amounts["capture"] + amounts["release"] + held == amounts["hold"]
    return cached


def scope_total(path: Place, scope: str) -> BudgetTotals:
    """Check the ledger, and return a scope's sums."""
    totals = [total for key, total in assert_ledger_consistent(path).items() if key[0] == scope]
    return BudgetTotals(
        granted=sum(total.granted for total in totals),
        used=sum(total.used for total in totals),
        held=sum(total.held for total in totals),
    )


def _credits(entry: Row) -> int:
    return entry["allowance"] + entry["extra"]


def _without_zeros(totals: Mapping[Key, BudgetTotals]) -> dict[Key, BudgetTotals]:
    return {key: total for key, total in totals.items() if total != BudgetTotals()}


def _summed(entries: list[Row]) -> dict[Key, BudgetTotals]:
    granted: Counter[Key] = Counter()
    used: Counter[Key] = Counter()
    held: Counter[Key] = Counter()
    for entry in entries:
        guild, member, month = entry["guild_id"], entry["member_id"], entry["month"]
        if entry["job_id"] is None:
            granted["extra", guild, member, ""] += entry["extra"]
            used["member", guild, member, month] += entry["allowance"]
            continue
        parts: dict[Key, int] = {
            ("member", guild, member, month): entry["allowance"],
            ("extra", guild, member, ""): entry["extra"],
            ("server", guild, 0, month): _credits(entry),
            ("plan", 0, 0, month): _credits(entry),
        }
        allowance, extra = entry["released_allowance"], entry["released_extra"]
        released = {"member": allowance, "extra": extra, "server": allowance + extra, "plan": allowance + extra}
        for key, amount in parts.items():
            held[key] += amount if entry["entry_type"] == "hold" else -amount - released[key[0]]
            used[key] += amount if entry["entry_type"] == "capture" else 0
        used["plan", 0, 0, month] += entry["upstream_charge"] + entry["charge_difference"]
    keys = {*granted, *used, *held}
    return _without_zeros({key: BudgetTotals(granted=granted[key], used=used[key], held=held[key]) for key in keys})


def _assert_holds_resolved(all_jobs: list[Row], entries: list[Row]) -> None:
    entries_of: defaultdict[str, list[Row]] = defaultdict(list)
    for entry in entries:
        if entry["job_id"] is not None:
            entries_of[entry["job_id"]].append(entry)
    for job in all_jobs:
        own = entries_of.pop(job["id"])
        holds = [entry for entry in own if entry["entry_type"] == "hold"]
        ends = [entry for entry in own if entry["entry_type"] != "hold"]
        assert len(holds) == 1, own
        assert _credits(holds[0]) == job["price_credits"]
        assert len(ends) == int(job["state"] in _RESOLUTIONS), (job, own)
        for end in ends:
            _assert_resolved(job, holds[0], end)
    assert not entries_of, "the ledger has entries of jobs that do not exist"


def _assert_resolved(job: Row, hold: Row, end: Row) -> None:
    assert end["entry_type"] in _RESOLUTIONS[job["state"]], (job, end)
    assert (end["hold_id"], end["month"]) == (hold["id"], hold["month"]), (job, end)
    for source in ("allowance", "extra"):
        assert end[source] + end[f"released_{source}"] == hold[source], (job, end)
    if job["state"] != "cancelled":
        assert end["released_allowance"] == end["released_extra"] == 0, (job, end)
    elif end["entry_type"] == "capture":
        assert _credits(end) == min(job["charged_credits"], job["price_credits"]), (job, end)
        assert not (end["extra"] and end["released_allowance"]), "the allowance is spent first"
    else:
        assert not job["charged_credits"], (job, end)
