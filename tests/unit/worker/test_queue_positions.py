"""What a card says about its job: its position while it waits, the usual duration until it ends, then nothing."""

from __future__ import annotations

from bot.domain.breaker import Outage
from bot.domain.durations import MIN_SAMPLES, Estimate
from bot.domain.jobs import Approval, Job, JobState
from bot.domain.orders import OrderPlaced
from bot.services.orders import Estimator
from bot.ui.job_status import job_summary
from bot.worker.notifier import MAX_UPDATED, QueuePositionUpdater
from data import breakers, job_actions, renders, submissions
from tests.helpers import claims, factories
from tests.helpers.expected_text import ENGLISH, queue_position_text
from tests.helpers.fakes import URL
from tests.helpers.worker_harness import ALICE, WorkerHarness

OWN_MOVIE = ENGLISH("cards-own-movies", movies=1)


def shown(harness: WorkerHarness) -> list[str]:
    ids = [job.id for job in harness.publisher.shown]
    harness.publisher.shown.clear()
    return ids


async def said(harness: WorkerHarness, job: Job, *, per_member: int) -> str:
    estimator = Estimator(harness.database, harness.worker.history, harness.clock, per_member=per_member)
    job = await harness.job(job)
    return job_summary(ENGLISH, job, await estimator.for_job(job))[2]


def updater_of(harness: WorkerHarness, *, per_member: int = 9) -> QueuePositionUpdater:
    return QueuePositionUpdater(harness.database, harness.publisher, harness.instance_lock, per_member=per_member)


async def test_a_card_is_brought_up_to_date_when_its_place_has_changed(harness: WorkerHarness) -> None:
    updater = updater_of(harness)
    first, second, third = [await harness.queue() for _ in range(3)]
    await updater.refresh()
    assert shown(harness) == [first.id, second.id, third.id]
    await updater.refresh()
    assert shown(harness) == []
    await harness.database.write(job_actions.cancel, second.id, ALICE)
    await updater.refresh()
    assert shown(harness) == [third.id]
    await harness.database.write(submissions.claim, 1, 10, 10)
    for cards in ([third.id], []):
        await updater.refresh()
        assert shown(harness) == cards
    await harness.database.write(claims.requeue, first.id, harness.clock.now(), harness.clock.now())
    await updater.refresh()
    assert shown(harness) == [first.id, third.id]
    for job in (first, third):
        await harness.database.write(job_actions.cancel, job.id, ALICE)
    await updater.refresh()
    assert shown(harness) == [], "a movie that no longer waits is updated by its status polls"


async def test_only_the_head_of_the_queue_is_followed(harness: WorkerHarness) -> None:
    updater = updater_of(harness)
    jobs = [await harness.queue(seconds=1) for _ in range(MAX_UPDATED + 2)]
    await updater.refresh()
    assert shown(harness) == [job.id for job in jobs[:MAX_UPDATED]]
    await harness.database.write(job_actions.cancel, jobs[-3].id, ALICE)
    await updater.refresh()
    assert shown(harness) == [jobs[-2].id]


async def test_waiting_cards_tell_of_an_outage_and_of_its_end(harness: WorkerHarness) -> None:
    updater = updater_of(harness)
    jobs = [await harness.queue() for _ in range(3)]
    await harness.database.write(submissions.claim, 1, 10, 10)
    await updater.refresh()
    shown(harness)
    await harness.database.write(submissions.mark_unknown, jobs[0].id)
    for _ in range(2):
        await updater.refresh()
    assert shown(harness) == [job.id for job in jobs[1:]]
    await harness.database.write(breakers.probe_answered)
    for _ in range(2):
        await updater.refresh()
    assert shown(harness) == [job.id for job in jobs[1:]]


async def test_a_card_is_brought_up_to_date_when_it_no_longer_waits_for_its_members_movies(
    harness: WorkerHarness,
) -> None:
    """The second movie waits for the first, whatever its queue position."""
    updater, database = updater_of(harness, per_member=1), harness.database
    first, second = await harness.queue(), await harness.queue()
    await database.write(submissions.claim, 1, 10, 1)
    await updater.refresh()
    assert shown(harness) == [second.id]
    assert await said(harness, second, per_member=1) == OWN_MOVIE
    await database.write(claims.requeue, first.id, harness.clock.now(), harness.clock.now())
    await updater.refresh()
    assert shown(harness) == [first.id, second.id]
    assert await said(harness, second, per_member=1) == OWN_MOVIE
    await database.write(submissions.claim, 1, 10, 1)
    await database.write(submissions.mark_rendering, first.id, "request-1", harness.clock.now())
    await updater.refresh()
    assert shown(harness) == [second.id]
    await database.write(renders.complete, first.id, URL)
    await updater.refresh()
    assert shown(harness) == [second.id]
    assert await said(harness, second, per_member=1) == queue_position_text(0)


async def test_a_movie_that_is_being_submitted_has_its_usual_duration_and_one_that_ended_none(
    harness: WorkerHarness,
) -> None:
    estimator = Estimator(harness.database, harness.worker.history, harness.clock, per_member=9)
    ended = [await harness.make(200) for _ in range(MIN_SAMPLES)]
    assert await estimator.for_job(await harness.job(ended[0])) == Estimate()
    job = await harness.queue(seconds=1)
    await harness.database.write(submissions.claim, 1, 10, 10)
    shown = await estimator.for_job(await harness.job(job))
    assert shown == Estimate(duration=harness.worker.history.estimate("LUMA", 1))
    assert shown.duration is not None


async def test_an_order_says_for_what_it_waits(harness: WorkerHarness) -> None:
    for ahead, per_member, own_movies in ((0, 2, 0), (1, 2, 0), (2, 2, 2), (5, 2, 2), (5, None, 0)):
        estimator = Estimator(harness.database, harness.worker.history, harness.clock, per_member=per_member)
        placed = OrderPlaced(factories.job(JobState.RESERVED), 7, Outage.RATE_LIMITED, own_ahead=ahead)
        assert estimator.for_order(placed) == Estimate(7, None, 0.0, Outage.RATE_LIMITED, own_movies)
        for informed in (True, False):
            job = factories.job(JobState.RESERVED, approval=Approval.REQUIRED)
            placed = OrderPlaced(job, 7, Outage.RATE_LIMITED, own_ahead=ahead, staff_informed=informed)
            assert estimator.for_order(placed) == Estimate(staff_informed=informed)
