"""Cancellations of movies at the API, whose status alone decides."""

from __future__ import annotations

import pytest

from bot.core.errors import OutcomeUnknown, RateLimited, RequestNotFound, SamsarError
from bot.domain.delivery import NotificationType
from bot.domain.jobs import Job, JobState
from bot.domain.upstream import MovieState, Stage, StageState, Status
from bot.worker.submitter import CancelAttempts
from data import job_actions, restore_review
from tests.helpers.clock import ManualClock
from tests.helpers.fakes import COMPLETED, PENDING
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.worker_harness import WORKER_CONFIG, WorkerHarness

REQUEST = "request-1"
UNFINISHED = Status(MovieState.PENDING, charged=30, says_unfinished=True)
CANCELLED = Status(MovieState.CANCELLED, charged=40)


async def requested(harness: WorkerHarness, *statuses: Status | Exception) -> Job:
    """Return a rendering job of 100 credits that its member wants cancelled, with the answers of its next polls."""
    job = await harness.render()
    harness.api.statuses[REQUEST] = [*statuses]
    assert await harness.database.write(job_actions.request_cancel, job.id, job.member_id)
    return job


@pytest.mark.parametrize("last", [StageState.PENDING, StageState.COMPLETED])
async def test_it_is_cancelled_after_a_status_and_settled_by_the_next(
    harness: WorkerHarness, last: StageState, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says where the movie was finished in between, and so lost."""
    stages = (Stage("narrative", StageState.COMPLETED), Stage("video", last))
    job = await requested(harness, UNFINISHED, Status(MovieState.CANCELLED, stages, charged=40))
    await harness.worker.run_until_idle()
    assert harness.api.cancelled == [REQUEST]
    assert (await harness.job(job)).state is JobState.CANCELLED
    assert harness.member() == harness.plan() == BudgetTotals(used=40, held=0)
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.CANCELLED]
    assert ("finished_movie_cancelled" in caplog.messages) is (last is StageState.COMPLETED)


@pytest.mark.parametrize(
    ("answers", "minutes", "used"),
    [
        ([Status(MovieState.CANCELLED, charged=80)], [15], 80),
        ([OutcomeUnknown("timeout"), RequestNotFound("404"), Status(MovieState.CANCELLED, charged=80)], [45], 80),
        ([Status(MovieState.CANCELLED, charged=40)], [15], 40),
        ([Status(MovieState.CANCELLED, charged=10**9)], [15], 40),
        ([OutcomeUnknown("down")], [24 * 60, 15], 40),
    ],
    ids=["charged", "asked again", "no more", "not believed", "never answered"],
)
async def test_what_is_charged_after_a_cancellation_is_asked_for_once(
    harness: WorkerHarness, answers: list[Status | Exception], minutes: list[int], used: int
) -> None:
    """The narrative is charged when it is done, also by a process that started since. Its member pays what was told."""
    await requested(harness, UNFINISHED, CANCELLED, *answers)
    await harness.worker.run_until_idle()
    harness.worker = harness.new_worker()
    await harness.advance_and_run(14 * 60)
    assert (len(harness.api.polled), harness.plan().used) == (2, 40)
    for _ in range(sum(minutes) // 15):
        await harness.advance_and_run(15 * 60)
    asked = len(harness.api.polled)
    await harness.advance_and_run(3600)
    assert len(harness.api.polled) == asked
    assert (harness.member(), harness.plan()) == (BudgetTotals(used=40, held=0), BudgetTotals(used=used, held=0))
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.CANCELLED]


@pytest.mark.parametrize("charged", [None, 29])
async def test_what_was_charged_before_counts_where_the_end_says_less(
    harness: WorkerHarness, charged: int | None
) -> None:
    """The member has read the earlier charge, which includes the finished stages."""
    await requested(harness, UNFINISHED, Status(MovieState.CANCELLED, charged=charged))
    await harness.worker.run_until_idle()
    assert harness.member() == harness.plan() == BudgetTotals(used=30, held=0)


@pytest.mark.parametrize(
    ("state", "charged", "used"),
    [
        (MovieState.COMPLETED, 1000, 1000),
        (MovieState.COMPLETED, 1001, 100),
        (MovieState.FAILED, 10**9, 100),
        (MovieState.CANCELLED, 10**9, 30),
    ],
)
async def test_a_charge_that_cannot_be_true_does_not_use_up_the_plan(
    harness: WorkerHarness, state: MovieState, charged: int, used: int, caplog: pytest.LogCaptureFixture
) -> None:
    """One error of the API must not block all orders."""
    first = [UNFINISHED] if state is MovieState.CANCELLED else []
    await requested(harness, *first, Status(state, url=COMPLETED.url, charged=charged))
    await harness.worker.run_until_idle()
    assert harness.plan() == BudgetTotals(used=used, held=0)
    assert ("charge_not_believed" in caplog.messages) == (used != charged)


@pytest.mark.parametrize(
    "status",
    [
        PENDING,
        Status(MovieState.PENDING, (Stage("frame_generation", StageState.PENDING),), says_unfinished=True),
        OutcomeUnknown("cut"),
    ],
)
async def test_a_movie_that_may_be_finished_is_left_alone(harness: WorkerHarness, status: Status | Exception) -> None:
    job = await requested(harness, status, COMPLETED)
    await harness.worker.run_until_idle()
    await harness.advance_and_run(15)
    assert harness.api.cancelled == []
    assert (await harness.job(job)).state is JobState.COMPLETED


@pytest.mark.parametrize(
    ("error", "seconds"),
    [(RateLimited("busy", retry_after=40), 40), (OutcomeUnknown("timeout"), 15)],
)
async def test_a_cancellation_that_failed_is_sent_again_soon(
    harness: WorkerHarness, error: SamsarError, seconds: int
) -> None:
    harness.api.cancellations = [error]
    job = await requested(harness, UNFINISHED, UNFINISHED, CANCELLED)
    await harness.worker.run_until_idle()
    assert (await harness.job(job)).next_run_at == harness.clock.now() + 1000 * seconds
    assert harness.api.pauses == ([seconds] if isinstance(error, RateLimited) else []), "no other job is polled either"
    await harness.advance_and_run(seconds)
    assert harness.api.cancelled == [REQUEST, REQUEST]
    assert (await harness.job(job)).state is JobState.CANCELLED


async def test_a_cancellation_that_does_not_help_is_sent_ever_later(harness: WorkerHarness) -> None:
    """The API may refuse the cancellation or accept it without effect. The movie is polled as often as ever."""
    harness.api.cancellations = [OutcomeUnknown("timeout")] * 2
    job = await requested(harness, UNFINISHED)
    await harness.worker.run_until_idle()
    pauses: list[int] = []
    for _ in range(5):
        tried, pause = len(harness.api.cancelled), 0
        while len(harness.api.cancelled) == tried:
            await harness.advance_and_run(15)
            pause += 15
        pauses.append(pause)
    assert pauses[0] == 15
    assert all(later >= 30 for later in pauses[1:])
    assert sorted(pauses) == pauses
    assert pauses[-1] >= 240
    left = await harness.job(job)
    assert left.next_run_at - harness.clock.now() > 15_000, "it is polled no more often than others"
    tried = len(harness.api.cancelled)
    harness.api.statuses[REQUEST] = [COMPLETED]
    await harness.advance_and_run(WORKER_CONFIG.schedule.max_interval)
    assert len(harness.api.cancelled) == tried
    assert (await harness.job(job)).state is JobState.COMPLETED


async def test_the_pauses_double_up_to_an_hour_and_end_when_the_clock_is_set_back() -> None:
    clock = ManualClock()
    attempts, pauses = CancelAttempts(clock), list[float]()
    for _ in range(10):
        attempts.count("job")
        pauses.append(attempts.seconds_left("job"))
    assert pauses == [15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    clock.set_back(1)
    assert attempts.seconds_left("job") == 0


async def test_the_card_of_a_restored_movie_shows_its_cancellation(harness: WorkerHarness) -> None:
    job = await requested(harness, UNFINISHED, CANCELLED)
    await harness.database.write(restore_review.hold_open_work)
    await harness.worker.run_until_idle()
    assert (await harness.job(job)).state is JobState.CANCELLED
    assert harness.publisher.accepted == []
    assert harness.publisher.shown[-1].state is JobState.CANCELLED


async def test_a_job_that_nobody_asked_to_cancel_fails_as_before(harness: WorkerHarness) -> None:
    job = await harness.render()
    harness.api.statuses[REQUEST] = [CANCELLED]
    await harness.advance_and_run(5)
    assert (await harness.job(job)).state is JobState.FAILED
    assert (harness.member(), harness.plan()) == (BudgetTotals(used=0, held=0), BudgetTotals(used=40, held=0))
