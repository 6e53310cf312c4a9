"""Concurrent orders, of one or two processes, exceed no bound."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from bot.domain.quota import AuditContext
from data import grants, reconciliation
from data.database import Database
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.bounded_orders import LIMITS, RISK, STEPS, Step
from tests.helpers.forked_process import ForkedProcess, fork
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent, query
from tests.helpers.order_process import BOUNDS, COST, FITS, order_all
from tests.helpers.store_harness import NOW, StoreHarness

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
async def test_of_200_orders_through_two_processes_exactly_those_that_fit_are_held(
    store: StoreHarness, bound: str
) -> None:
    """Two processes use one database, as in a deploy's overlap."""
    if bound == "extra":
        await store.database.write(grants.grant, 3, FITS, by=AuditContext(4, 1, "a prize"), now=NOW)
    refused = "Refusal" if "jobs" in bound else "Shortfall"
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


FIRSTS = (0, 100_000)
"""Their jobs have numbers of their own."""

Process = asyncio.subprocess.Process


class Processes:
    """Two processes that carry out steps at the same time."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._processes = self._runner.run(self._start())

    def close(self) -> None:
        """End both processes."""
        self._runner.run(self._end())
        self._runner.close()

    def run(self, path: Path, scripts: tuple[list[Step], list[Step]]) -> None:
        """Have each process carry out its steps, and check the result."""
        self._runner.run(self._run(path, scripts))

    async def _start(self) -> list[Process]:
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", "tests.helpers.bounded_process")
        return [await asyncio.create_subprocess_exec(*command, cwd=HOUSE, stdin=pipe, stdout=pipe) for _ in FIRSTS]

    async def _end(self) -> None:
        for process in self._processes:
            assert process.stdin is not None
            process.stdin.close()
        await asyncio.gather(*(process.wait() for process in self._processes))

    async def _run(self, path: Path, scripts: tuple[list[Step], list[Step]]) -> None:
        tasks = [{"path": str(path), "first": FIRSTS[each], "steps": scripts[each]} for each in (0, 1)]
        assert await self._ask([json.dumps(task) for task in tasks]) == ["ready"] * 2
        assert await self._ask(["go"] * 2) == ["done"] * 2
        database = await SqliteDatabase.open(path)
        assert await database.read(reconciliation.find_discrepancies) == ()
        await database.close()

    async def _ask(self, lines: list[str]) -> list[str]:
        """Send a line to each process, and return their answers."""
        return await asyncio.gather(*map(_ask, self._processes, lines))


async def _ask(process: Process, line: str) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(line.encode() + b"\n")
    return (await process.stdout.readline()).decode().rstrip()


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    """Two processes, shared by all examples."""
    started = Processes()
    yield started
    started.close()


@pytest.mark.full
@given(one=STEPS, other=STEPS)
@settings(suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate], max_examples=25, deadline=None)
def test_two_processes_pass_no_bound_together(processes: Processes, one: list[Step], other: list[Step]) -> None:
    """Each order is compared with all bounds in its own transaction.

    Both clocks advance from month to month.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "movies.db"
        migrated_file.create(path)
        processes.run(path, (one, other))
        totals = assert_ledger_consistent(path)
        dearer = Counter[str]()  # a charge above the price is known when the movie is made
        for entry in query(path, "SELECT month, charge_difference FROM ledger_entries WHERE charge_difference > 0"):
            dearer[entry["month"]] += entry["charge_difference"]
        plans = {key[3]: total for key, total in totals.items() if key[0] == "plan"}
        assert all(total.used + total.held <= LIMITS.plan + dearer[month] for month, total in plans.items())
        still_open = query(path, "SELECT member_id FROM jobs WHERE finished_at IS NULL")
        by_member = Counter(job["member_id"] for job in still_open)
        assert all(count <= RISK.open_jobs_per_member for count in by_member.values())
