"""Reads the database file from outside, as an auditor would: with SQL of its own, none of the bot's code."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SIGNS = {"hold": (1, 0), "capture": (-1, 1), "release": (-1, 0)}
"""What a row of the ledger does to what is held and to what is used."""


@dataclass(frozen=True)
class BudgetTotals:
    """Sums over all budgets of a scope, in credits."""

    used: int
    held: int


def query(path: Path, sql: str, *params: object) -> list[dict[str, Any]]:
    """Run a query over the file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql, params)]


def assert_ledger_consistent(path: Path) -> dict[str, BudgetTotals]:
    """Hold the books to their promises, and return the totals of members and of the plan.

    The sums over the ledger equal the cached totals; each job has one hold, and one resolution exactly if it ended;
    nobody lost a credit by a movie that was not made.
    """
    _every_job_is_settled(path)
    ledger = query(path, "SELECT * FROM ledger_entries")
    held: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for row in ledger:
        amount = row["allowance"] + row["extra"]
        for scope in ("member", "plan"):
            hold, use = _SIGNS[row["entry_type"]]
            held[scope] += hold * amount
            used[scope] += use * amount
        used["plan"] += row["upstream_charge"]
    sql = "SELECT SUM(used) AS used, SUM(held) AS held FROM balances WHERE scope = ?"
    for scope in ("member", "plan"):
        [total] = query(path, sql, scope)
        assert (total["used"] or 0, total["held"] or 0) == (used[scope], held[scope]), scope
    return {scope: BudgetTotals(used[scope], held[scope]) for scope in ("member", "plan")}


def _every_job_is_settled(path: Path) -> None:
    kinds: dict[str, list[str]] = {}
    for row in query(path, "SELECT job_id, entry_type FROM ledger_entries WHERE job_id IS NOT NULL ORDER BY id"):
        kinds.setdefault(row["job_id"], []).append(row["entry_type"])
    ends = {"completed": "capture", "failed": "release", "cancelled": "release"}
    for job in query(path, "SELECT id, state FROM jobs"):
        resolution = [ends[job["state"]]] if job["state"] in ends else []
        assert sorted(kinds.pop(job["id"])) == sorted(["hold", *resolution]), job
    assert not kinds, "the ledger has rows of jobs that do not exist"


def jobs(path: Path) -> list[dict[str, Any]]:
    """Every job, the oldest first."""
    return query(path, "SELECT * FROM jobs ORDER BY id")


def deliveries(path: Path) -> list[dict[str, Any]]:
    """Every owed or delivered message."""
    return query(path, "SELECT * FROM outbox ORDER BY job_id, type")
