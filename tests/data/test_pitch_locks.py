"""Rows that a pitch's movie locks, and the duration."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.job import EndReason
from data import renders, submissions
from tests.helpers.pitching import Pitching
from tests.helpers.plans import statements
from tests.helpers.store_harness import StoreHarness

PAYERS = range(100, 130)
A_FEW = 12
"""Statements that follow the plan's, for any number of payers."""


@pytest.mark.sqlite
@pytest.mark.parametrize("ends", ["complete", "fail"])
async def test_the_plans_row_is_changed_last_however_many_pay(store: StoreHarness, ends: str) -> None:
    database, pitching = store.database, Pitching(store.database, store.place)
    pitch = await pitching.made(10 * len(PAYERS))
    for member in PAYERS[:-1]:
        await pitching.pledged(pitch, member, 10)
    funding = await statements(database, lambda: pitching.chip_in(pitch, PAYERS[-1], None))
    [(job, _)] = await database.write(submissions.claim, pitching.now, 10, 100, 100)
    await database.write(submissions.mark_rendering, job.id, "r", pitching.now, pitching.now)
    ending: dict[str, Callable[[], Awaitable[object]]] = {
        "complete": lambda: database.write(renders.complete, job.id, "https://movies.test/1.mp4", pitching.now),
        "fail": lambda: database.write(
            renders.fail, job.id, EndReason.UPSTREAM_FAILED, None, pitching.now, upstream_charged=True
        ),
    }
    for asked in (funding, await statements(database, ending[ends])):
        of_plan = [number for number, sql in enumerate(asked) if "balances" in sql and "'plan'" in sql]
        assert of_plan
        assert len(asked) - of_plan[0] <= A_FEW, asked[of_plan[0] :]
