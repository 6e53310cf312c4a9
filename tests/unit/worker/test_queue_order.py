"""The order of the queue, and the two concurrency limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.credits import Limits
from bot.domain.job import Job, JobState
from bot.domain.polling import PollingSchedule
from bot.worker.submitter import ConcurrencyLimits
from bot.worker.worker import WorkerConfig
from tests.helpers.fakes import COMPLETED
from tests.helpers.worker_harness import ALICE, BOB, WorkerHarness, open_worker_harness

CAROL = 5


def bounded(rendering: int, per_member: int) -> WorkerConfig:
    """Return rules with these bounds and plenty of credits."""
    return WorkerConfig(
        Limits(member=5000, plan=50000), ConcurrencyLimits(rendering, per_member), PollingSchedule(5, 60), 60
    )


async def submitted(harness: WorkerHarness, jobs: list[Job]) -> str:
    """Return 1 for each job that left the queue."""
    states = [(await harness.job(job)).state for job in jobs]
    return "".join(str(int(state is not JobState.QUEUED)) for state in states)


@pytest.mark.parametrize(
    ("rendering", "per_member", "members", "at_the_api", "then"),
    [
        (2, 5, (ALICE, BOB, CAROL), "110", "111"),
        (10, 2, (ALICE, ALICE, ALICE, BOB), "1101", "1111"),
    ],
)
async def test_never_more_than_the_limits_are_at_the_api_in_the_order_they_came(
    tmp_path: Path, rendering: int, per_member: int, members: tuple[int, ...], at_the_api: str, then: str
) -> None:
    """A freed slot is used at once. A member at their limit is skipped and delays no one."""
    async with open_worker_harness(tmp_path, bounded(rendering, per_member)) as harness:
        jobs = [await harness.queue(member) for member in members]
        await harness.worker.run_until_idle()
        assert await submitted(harness, jobs) == at_the_api
        harness.api.statuses["request-1"] = [COMPLETED]
        await harness.advance_and_run(5)
        assert await submitted(harness, jobs) == then
