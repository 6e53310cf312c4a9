"""Concurrent orders, of one or two processes, never exceed the credits."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.domain.quota import AuditContext
from data import grants
from data.database import Database
from tests.helpers.ledger_checks import BudgetTotals, Place, assert_ledger_consistent
from tests.helpers.order_process import BOUNDS, COST, FITS, order_all
from tests.helpers.store_harness import NOW, StoreHarness

HOUSE = Path(__file__).parent.parent.parent

THREE_HELD = {
    ("member", 1, 3, "2026-11"): BudgetTotals(held=3 * COST),
    ("server", 1, 0, "2026-11"): BudgetTotals(held=3 * COST),
    ("plan", 0, 0, "2026-11"): BudgetTotals(held=3 * COST),
}


async def test_of_200_orders_at_once_exactly_those_that_fit_are_held(store: StoreHarness) -> None:
    """A member has credits for three orders, and totals stay exact."""
    outcomes = await order_all(store.database, 200, first=1)
    assert outcomes == {"OrderPlaced": 3, "Shortfall": 197}
    assert assert_ledger_consistent(store.place) == THREE_HELD


async def test_an_order_that_comes_in_while_others_commit_waits_its_turn(database: Database, path: Path) -> None:
    """The orders arrive in several waves, each during a commit."""
    waves: list[asyncio.Task[Counter[str]]] = []
    for wave in range(10):
        waves.append(asyncio.create_task(order_all(database, 20, first=1000 * wave + 1)))
        await asyncio.sleep(0)
    outcomes: Counter[str] = sum(await asyncio.gather(*waves), Counter())
    assert outcomes == {"OrderPlaced": 3, "Shortfall": 197}
    assert assert_ledger_consistent(path) == THREE_HELD


@pytest.mark.parametrize("bound", BOUNDS)
async def test_of_200_orders_through_two_processes_exactly_those_that_fit_are_held(
    store: StoreHarness, bound: str
) -> None:
    """Two processes use one database, as in a deploy's overlap."""
    if bound == "extra":
        await store.database.write(grants.grant, 3, FITS, by=AuditContext(4, 1, "a prize"), now=NOW)
    processes = [await _orderer(store.place, first, bound=bound) for first in (1, 1001)]
    refused = "Refusal" if "jobs" in bound else "Shortfall"
    assert await _go(processes) == {"OrderPlaced": 3, refused: 197}
    totals = assert_ledger_consistent(store.place)
    assert totals["plan", 0, 0, "2026-11"] == BudgetTotals(held=3 * COST)


async def test_the_same_interactions_in_two_processes_are_held_once(store: StoreHarness) -> None:
    """Discord may send one interaction to two processes.

    The second process makes no job and holds nothing.
    """
    processes = [await _orderer(store.place, 1, count=3) for _ in range(2)]
    assert await _go(processes) == {"OrderPlaced": 3, "NoneType": 3}
    assert assert_ledger_consistent(store.place) == THREE_HELD


async def _orderer(place: Place, first: int, count: int = 100, bound: str = "member") -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.helpers.order_process",
        str(place),
        str(count),
        str(first),
        bound,
        cwd=HOUSE,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )


async def _go(processes: list[asyncio.subprocess.Process]) -> Counter[str]:
    """Wait until each is ready, let all order, and count outcomes."""
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    results = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    outcomes: Counter[str] = Counter()
    for out, _ in results:
        outcomes.update(json.loads(out))
    return outcomes
