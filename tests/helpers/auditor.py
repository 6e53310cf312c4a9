"""An auditor of its own mind: recomputes every budget from the ledger's rows in Python, with none of the bot's code."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.helpers.ledger_checks import query

Key = tuple[str, int, int, str]
"""Scope, server, member and month of a budget."""

_ENDS = {"completed": ["capture"], "failed": ["release"], "cancelled": ["release"]}

_TABLES = (
    "jobs",
    "balances",
    "ledger_entries",
    "quota_limits",
    "member_blocks",
    "guild_settings",
    "audit_log",
    "outbox",
)


@dataclass(frozen=True)
class BudgetTotals:
    """A budget: what was granted, used for good, and is held."""

    granted: int = 0
    used: int = 0
    held: int = 0


def budgets(path: Path) -> dict[Key, BudgetTotals]:
    """The cached totals that are not zero."""
    found = {
        (row["scope"], row["guild_id"], row["member_id"], row["month"]): BudgetTotals(
            row["granted"], row["used"], row["held"]
        )
        for row in query(path, "SELECT * FROM balances")
    }
    return {key: sums for key, sums in found.items() if sums != BudgetTotals()}


def assert_ledger_consistent(path: Path) -> dict[Key, BudgetTotals]:
    """Hold the books to their promises, and return every total that is not zero.

    Rows sum to totals; nothing is negative; a job has one hold, and one resolution exactly if it ended, of the same two
    parts and the same month; capture + release + held = all holds.
    """
    ledger = query(path, "SELECT * FROM ledger_entries ORDER BY id")
    summed = _summed(ledger)
    cached = budgets(path)
    assert summed == cached
    assert all(min(sums.granted, sums.used, sums.held) >= 0 for sums in cached.values()), cached
    assert all(sums.used + sums.held <= sums.granted for key, sums in cached.items() if key[0] == "extra"), cached
    _jobs_are_settled(path, ledger)
    amount = {
        kind: sum(_both(row) for row in ledger if row["entry_type"] == kind) for kind in ("hold", "capture", "release")
    }
    held = sum(sums.held for key, sums in cached.items() if key[0] == "plan")
    assert amount["capture"] + amount["release"] + held == amount["hold"]
    return cached


def everything(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table: for tests in which nothing may change."""
    return {table: query(path, f"SELECT * FROM {table} ORDER BY rowid") for table in _TABLES}


def _both(row: dict[str, Any]) -> int:
    return row["allowance"] + row["extra"]


def _summed(ledger: list[dict[str, Any]]) -> dict[Key, BudgetTotals]:
    granted: Counter[Key] = Counter()
    used: Counter[Key] = Counter()
    held: Counter[Key] = Counter()
    for row in ledger:
        server, member, month = row["guild_id"], row["member_id"], row["month"]
        parts: dict[Key, int] = {
            ("member", server, member, month): row["allowance"],
            ("extra", server, member, ""): row["extra"],
        }
        shared: list[Key] = [("server", server, 0, month), ("plan", 0, 0, month)]
        if row["job_id"] is None:
            granted["extra", server, member, ""] += row["extra"]
            used["member", server, member, month] += row["allowance"]
            continue
        for key, amount in {**parts, **dict.fromkeys(shared, _both(row))}.items():
            held[key] += amount if row["entry_type"] == "hold" else -amount
            used[key] += amount if row["entry_type"] == "capture" else 0
        used["plan", 0, 0, month] += row["upstream_charge"]
    keys = {*granted, *used, *held}
    summed = {key: BudgetTotals(granted[key], used[key], held[key]) for key in keys}
    return {key: sums for key, sums in summed.items() if sums != BudgetTotals()}


def _jobs_are_settled(path: Path, ledger: list[dict[str, Any]]) -> None:
    moves: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in ledger:
        if row["job_id"] is not None:
            moves[row["job_id"]].append(row)
    for job in query(path, "SELECT * FROM jobs"):
        mine = moves.pop(job["id"])
        assert sorted(row["entry_type"] for row in mine) == sorted(["hold", *_ENDS.get(job["state"], [])]), job
        assert {(row["allowance"], row["extra"], row["month"]) for row in mine} == {
            (mine[0]["allowance"], mine[0]["extra"], mine[0]["month"])
        }
        assert _both(mine[0]) == job["price_credits"]
    assert not moves, "the ledger has rows of jobs that do not exist"
