"""Concurrent orders, of one or two processes, exceed no bound."""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter
from pathlib import Path

import pytest

from bot.domain.quota import AuditContext
from data import gifts
from data.database import Database
from data.engine.sqlite import SqliteDatabase
from tests.helpers.forked_process import ForkedProcess, fork
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent
from tests.helpers.order_process import BOUNDS, COST, FITS, order_all
from tests.helpers.store_harness import StoreHarness

HOUSE = Path(__file__).parent.parent.parent

THREE_HELD = {
    ("member", 1, 3, "2026-11"): BudgetTotals(held=3 * COST),
    ("server", 1, 0, "2026-11"): BudgetTotals(held=3 * COST),
    ("plan", 0, 0, "2026-11"): BudgetTotals(held=3 * COST),
}


async def test_of_200_orders_at_once_exactly_those_that_fit_are_held(store: StoreHarness) -> None:
    outcomes = await order_all(store.database, 200, first=1)
    assert outcomes == {"OrderPlaced": 3, "Shortfall": 197}
    assert assert_ledger_consistent(store.place) == THREE_HELD


@pytest.mark.sqlite
async def test_the_same_holds_across_two_connections_to_one_file(store: StoreHarness) -> None:
    databases: list[Database] = [await SqliteDatabase.open(store.path, busy_seconds=60) for _ in range(2)]
    outcomes = await asyncio.gather(*(order_all(each, 30, 1 + 100 * n) for n, each in enumerate(databases)))
    for database in databases:
        await database.close()
    assert sum(outcomes, Counter()) == {"OrderPlaced": 3, "Shortfall": 57}
    assert assert_ledger_consistent(store.place) == THREE_HELD


@pytest.mark.full
@pytest.mark.parametrize("bound", BOUNDS)
async def test_of_200_orders_through_two_processes_exactly_what_fits_is_held(store: StoreHarness, bound: str) -> None:
    if bound == "extra":
        await store.database.write(gifts.grant, 3, FITS, by=AuditContext(4, 1, "a prize"))
    refused = "Refused" if "jobs" in bound else "Shortfall"
    assert await _order(store, 100, (1, 1001), bound) == {"OrderPlaced": 3, refused: 197}
    totals = assert_ledger_consistent(store.place)
    assert totals["plan", 0, 0, "2026-11"] == BudgetTotals(held=3 * COST)


@pytest.mark.full
async def test_the_same_interactions_in_two_processes_are_held_once(store: StoreHarness) -> None:
    """Discord may send one interaction to two processes."""
    assert await _order(store, 3, (1, 1), "member") == {"OrderPlaced": 3, "NoneType": 3}
    assert assert_ledger_consistent(store.place) == THREE_HELD


async def _order(store: StoreHarness, count: int, firsts: tuple[int, int], bound: str) -> Counter[str]:
    """Start a process for each, wait until both are ready, let them order, and count outcomes."""
    processes: list[ForkedProcess] = []
    for first in firsts:
        args = [str(store.place), str(count), str(first), bound]
        processes.append(await fork("tests.helpers.order_process", args, cwd=HOUSE, env=os.environ))
    for process in processes:
        assert await process.stdout.readline() == b"ready\n", await process.stderr.read()
    for process in processes:
        process.stdin.write(b"go\n")
    results = await asyncio.gather(*(process.communicate() for process in processes))
    return sum((Counter(json.loads(out)) for out, _ in results), Counter())
