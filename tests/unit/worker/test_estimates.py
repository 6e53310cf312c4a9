"""What a card says about its job: its position while it waits, the usual duration until it ends, then nothing."""

from __future__ import annotations

from bot.domain.breaker import Outage
from bot.domain.durations import MIN_SAMPLES
from bot.domain.estimates import Estimate
from bot.domain.job import Approval, JobState
from bot.domain.order import OrderPlaced
from bot.services.estimates import Estimator
from data import job_actions, submissions
from tests.helpers import factories
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


async def test_a_movie_that_is_being_submitted_has_its_usual_duration(harness: WorkerHarness) -> None:
    estimator = Estimator(harness.database, harness.worker.history, harness.clock, per_member=9)
    for _ in range(MIN_SAMPLES):
        await harness.make(200)
    job = await harness.queue(seconds=1)
    await harness.database.write(submissions.claim, harness.clock.now(), 1, 10, 10)
    shown = await estimator.for_job(await harness.job(job))
    assert shown == Estimate(duration=harness.worker.history.estimate("LUMA", 1))
    assert shown.duration is not None


async def test_an_order_says_for_what_it_waits(harness: WorkerHarness) -> None:
    """For the member's own movies, or an outage. One that waits for staff says only whether they are asked."""
    for ahead, per_member, own_movies in ((0, 2, 0), (1, 2, 0), (2, 2, 2), (5, 2, 2), (5, None, 0)):
        estimator = Estimator(harness.database, harness.worker.history, harness.clock, per_member=per_member)
        placed = OrderPlaced(factories.job(JobState.RESERVED), 7, Outage.RATE_LIMITED, own_ahead=ahead)
        assert estimator.for_order(placed) == Estimate(7, None, 0.0, Outage.RATE_LIMITED, own_movies)
        for informed in (True, False):
            job = factories.job(JobState.RESERVED, approval=Approval.REQUIRED)
            placed = OrderPlaced(job, 7, Outage.RATE_LIMITED, own_ahead=ahead, staff_informed=informed)
            assert estimator.for_order(placed) == Estimate(staff_informed=informed)
