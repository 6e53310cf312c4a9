"""The order of the queue, and the two concurrency limits."""

from __future__ import annotations

from pathlib import Path

from bot.domain.credits import Limits
from bot.domain.job import JobState
from bot.domain.polling import PollingSchedule
from bot.errors import ConnectFailed
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


async def states(harness: WorkerHarness, *jobs: object) -> list[JobState]:
    """The states of these jobs now."""
    return [(await harness.job(job)).state for job in jobs]


async def test_jobs_leave_the_queue_in_the_order_they_came(tmp_path: Path) -> None:
    async with open_worker_harness(tmp_path, bounded(1, 1)) as harness:
        jobs = [await harness.queue(member, seconds) for member, seconds in ((ALICE, 3), (BOB, 2), (CAROL, 1))]
        for number in range(1, 4):
            harness.api.statuses[f"request-{number}"] = [COMPLETED]
            await harness.worker.run_until_idle()
            await harness.advance_and_run(5)
        await harness.advance_and_run(5)
        assert [request.duration_seconds for request in harness.api.created] == [3, 2, 1]
        assert await states(harness, *jobs) == [JobState.COMPLETED] * 3


async def test_never_more_than_max_rendering_jobs_are_at_the_api(tmp_path: Path) -> None:
    """A freed slot is used at once."""
    async with open_worker_harness(tmp_path, bounded(2, 5)) as harness:
        jobs = [await harness.queue(member) for member in (ALICE, BOB, CAROL)]
        await harness.worker.run_until_idle()
        assert await states(harness, *jobs) == [JobState.RENDERING, JobState.RENDERING, JobState.QUEUED]
        harness.api.statuses["request-1"] = [COMPLETED]
        await harness.advance_and_run(5)
        assert await states(harness, *jobs) == [JobState.COMPLETED, JobState.RENDERING, JobState.RENDERING]


async def test_a_member_at_their_limit_is_skipped_and_blocks_no_one(tmp_path: Path) -> None:
    """A member's many movies never delay the next member."""
    async with open_worker_harness(tmp_path, bounded(10, 2)) as harness:
        greedy = [await harness.queue(ALICE) for _ in range(4)]
        modest = await harness.queue(BOB)
        await harness.worker.run_until_idle()
        assert await states(harness, *greedy, modest) == [
            JobState.RENDERING,
            JobState.RENDERING,
            JobState.QUEUED,
            JobState.QUEUED,
            JobState.RENDERING,
        ]


async def test_a_job_that_never_left_keeps_its_place_in_the_queue(tmp_path: Path) -> None:
    """It is still first when the API is back."""
    async with open_worker_harness(tmp_path, bounded(1, 1)) as harness:
        harness.api.creations = [ConnectFailed("refused")]
        first = await harness.queue(ALICE, 3)
        await harness.worker.run_until_idle()
        await harness.clock.advance(2)
        later = await harness.queue(BOB, 2)
        await harness.worker.run_until_idle()
        assert await states(harness, first, later) == [JobState.RENDERING, JobState.QUEUED]


async def test_a_movie_that_renders_for_over_a_day_no_longer_takes_a_place(tmp_path: Path) -> None:
    """A stuck movie is still polled, but the queue continues."""
    async with open_worker_harness(tmp_path, bounded(1, 1)) as harness:
        stuck = await harness.render(ALICE)
        waiting = await harness.queue(ALICE)
        await harness.advance_and_run(24 * 3600 + 1)
        assert await states(harness, stuck, waiting) == [JobState.RENDERING, JobState.RENDERING]
