"""What a card says about its job.

A position while it waits, the usual duration until it ends, nothing afterwards.
"""

from __future__ import annotations

from bot.domain.estimates import Estimate
from bot.domain.job import JobState
from bot.services.estimates import Estimator
from data import job_actions, submissions
from tests.helpers.worker_harness import WorkerHarness


async def test_only_a_job_that_waits_has_a_position(harness: WorkerHarness) -> None:
    estimator = Estimator(harness.database, harness.worker.history, harness.clock, per_member=9)
    first, second = await harness.queue(), await harness.queue()
    reserved = await harness.place()
    jobs = (first, second, reserved)
    assert [(await estimator.for_job(await harness.job(job))).queue_position for job in jobs] == [0, 1, 2]
    await harness.database.write(submissions.claim, harness.clock.now(), 1, 10, 10)
    claimed = await harness.job(first)
    assert claimed.state is JobState.SUBMITTING
    assert (await estimator.for_job(claimed)).queue_position is None
    assert (await estimator.for_job(await harness.job(second))).queue_position == 0
    cancelled = await harness.database.write(job_actions.cancel, second.id, second.member_id, harness.clock.now())
    assert cancelled is not None
    assert await estimator.for_job(cancelled) == Estimate()
