"""What a card says of its job: a position while it waits, the usual duration until it ends, nothing afterwards."""

from __future__ import annotations

from bot.domain.estimates import Estimate
from bot.domain.job import JobState
from bot.services.estimates import Estimator
from data import job_actions, submissions
from tests.helpers.engine_harness import EngineHarness


async def test_only_a_job_that_waits_has_a_position(bench: EngineHarness) -> None:
    """The same job through its states: a position as long as it waits, and no estimate of what is over."""
    estimator = Estimator(bench.database, bench.engine.history, bench.clock.now)
    first, second = await bench.queue(), await bench.queue()
    reserved = await bench.place()
    jobs = (first, second, reserved)
    assert [(await estimator.for_job(await bench.job(job))).queue_position for job in jobs] == [0, 1, 2]
    await bench.database.write(submissions.claim, bench.clock.now(), 1, 10, 10)
    claimed = await bench.job(first)
    assert claimed.state is JobState.SUBMITTING
    assert (await estimator.for_job(claimed)).queue_position is None
    assert (await estimator.for_job(await bench.job(second))).queue_position == 0
    cancelled = await bench.database.write(job_actions.cancel, second.id, second.member_id, bench.clock.now())
    assert cancelled is not None
    assert await estimator.for_job(cancelled) == Estimate()
