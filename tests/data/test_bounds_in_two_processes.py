"""Two processes on one file: no order exceeds a bound."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from data import reconciliation
from data.database import Database
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.bounded_orders import LIMITS, RISK, STEPS, Step
from tests.helpers.ledger_checks import assert_ledger_consistent, query

HOUSE = Path(__file__).parent.parent.parent
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
        async with opened(path) as database:
            assert await database.read(reconciliation.find_discrepancies) == ()

    async def _ask(self, lines: list[str]) -> list[str]:
        """Send a line to each process, and return their answers."""
        return await asyncio.gather(*map(_ask, self._processes, lines))


async def _ask(process: Process, line: str) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(line.encode() + b"\n")
    return (await process.stdout.readline()).decode().rstrip()


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Database]:
    """Open a database for the block."""
    database = await SqliteDatabase.open(path)
    yield database
    await database.close()


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
