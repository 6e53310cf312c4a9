"""A poll ends a movie only when the API says so, and its pace follows what is usual."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import (
    AuthenticationFailed,
    ConnectFailed,
    InvalidRequest,
    InvalidResponse,
    OutcomeUnknown,
    RateLimited,
    RequestNotFound,
    SamsarError,
)
from bot.domain.delivery import NotificationType
from bot.domain.durations import MIN_SAMPLES
from bot.domain.jobs import EndReason, Job, JobState, Progress
from bot.domain.operations import Operation
from bot.domain.polling import PollingSchedule
from bot.domain.upstream import MovieState, Stage, StageState, Status, parse_progress
from bot.services.movie_api import record_callback
from bot.services.orders import DurationHistory
from bot.worker.status_poller import NOT_FOUND_GRACE_SECONDS, NOT_FOUND_THRESHOLD, CancelAttempts
from data import job_actions, restore_review
from tests.helpers.clock import ManualClock
from tests.helpers.factories import a_movie
from tests.helpers.fakes import COMPLETED, PENDING
from tests.helpers.ledger_checks import BudgetTotals, execute
from tests.helpers.worker_harness import BOB, WORKER_CONFIG, WorkerHarness, open_worker_harness

FAILED = Status(MovieState.FAILED, message="content policy")
UNKNOWN = RequestNotFound("not found", status=404)
REQUEST = "request-1"


def stages(*states: StageState) -> Status:
    return Status(MovieState.PENDING, tuple(Stage(f"stage_{n}", state) for n, state in enumerate(states)))


DRAWING = stages(StageState.COMPLETED, StageState.PENDING, StageState.INIT)
CUTTING = stages(StageState.COMPLETED, StageState.COMPLETED, StageState.PENDING)


async def test_a_slow_movie_is_never_given_up(harness: WorkerHarness) -> None:
    job = await harness.render()
    await harness.advance_and_run(3 * 24 * 3600)
    waiting = await harness.job(job)
    assert waiting.state is JobState.RENDERING
    assert waiting.next_run_at == harness.clock.now() + 60_000
    assert harness.member() == BudgetTotals(used=0, held=100)
    harness.api.statuses[REQUEST] = [COMPLETED]
    await harness.advance_and_run(60)
    assert (await harness.job(job)).state is JobState.COMPLETED


async def test_one_404_is_taken_for_a_passing_fault(harness: WorkerHarness) -> None:
    job, broken = await harness.render(), InvalidResponse("<html>", status=502)
    harness.api.statuses[REQUEST] = [DRAWING, UNKNOWN, broken, UNKNOWN, DRAWING, COMPLETED]
    for count in (0, 1, 1, 2, 0):
        await harness.advance_and_run(60)
        seen = await harness.job(job)
        assert (seen.not_found_count, seen.progress) == (count, Progress(1, 3, "stage_1"))
    await harness.advance_and_run(60)
    assert (await harness.job(job)).state is JobState.COMPLETED


async def test_a_404_is_believed_once_it_persists_and_the_movie_is_not_new(harness: WorkerHarness) -> None:
    """A deploy at the API is likelier than a lost movie. After twenty polls of an old request, the hold is released."""
    job = await harness.render()
    harness.api.statuses[REQUEST] = [UNKNOWN]
    for _ in range(NOT_FOUND_THRESHOLD + 2):
        await harness.advance_and_run(60)
    waiting = await harness.job(job)
    assert (waiting.state, waiting.not_found_count) == (JobState.RENDERING, NOT_FOUND_THRESHOLD + 2)
    harness.api.statuses[REQUEST] = [PENDING]
    await harness.advance_and_run(NOT_FOUND_GRACE_SECONDS)
    harness.api.statuses[REQUEST] = [UNKNOWN]
    for _ in range(NOT_FOUND_THRESHOLD - 1):
        await harness.advance_and_run(60)
        assert (await harness.job(job)).state is JobState.RENDERING
    await harness.advance_and_run(60)
    ended = await harness.job(job)
    assert (ended.state, ended.end_reason) == (JobState.FAILED, EndReason.UPSTREAM_LOST_JOB)
    assert harness.member() == BudgetTotals(used=0, held=0)
    assert harness.plan() == BudgetTotals(used=100, held=0)


async def test_trouble_on_the_way_ends_nothing(tmp_path: Path) -> None:
    errors: list[tuple[SamsarError, int]] = [
        (RateLimited("", status=429, retry_after=90), 90),
        (RateLimited("", status=429), 15),
        (InvalidResponse("<html>", status=502), 15),
        (ConnectFailed("refused"), 15),
        (AuthenticationFailed("expired", status=401), 15),
    ]
    async with open_worker_harness(tmp_path, replace(WORKER_CONFIG, schedule=PollingSchedule(5, 10))) as harness:
        job = await harness.render()
        await harness.clock.advance(5)
        harness.api.statuses[REQUEST] = [*(error for error, _ in errors), COMPLETED]
        for _, pause in errors:
            await harness.worker.run_until_idle()
            assert (await harness.job(job)).next_run_at == harness.clock.now() + 1000 * pause
            assert harness.member() == BudgetTotals(used=0, held=100)
            await harness.clock.advance(pause)
        await harness.worker.run_until_idle()
        assert (await harness.job(job)).state is JobState.COMPLETED


async def test_a_card_is_touched_only_when_something_visible_changed(harness: WorkerHarness) -> None:
    await harness.render()
    harness.api.statuses[REQUEST] = [DRAWING, DRAWING, PENDING, CUTTING, CUTTING]
    harness.publisher.shown.clear()
    for _ in range(6):
        await harness.advance_and_run(60)
    shown = [shown.progress for shown in harness.publisher.shown]
    assert shown == [Progress(1, 3, "stage_1"), Progress(2, 3, "stage_2")]


def test_progress_names_what_is_under_way_or_else_what_comes_next() -> None:
    done, pending, init, failed = StageState.COMPLETED, StageState.PENDING, StageState.INIT, StageState.FAILED
    for states, progress in (
        ((), Progress(0, 0, "")),
        ((done, pending, init), Progress(1, 3, "stage_1")),
        ((done, init), Progress(1, 2, "stage_1")),
        ((done, done), Progress(2, 2, "")),
        ((failed, pending), Progress(0, 2, "stage_1")),
        ((init, pending, pending), Progress(0, 3, "stage_1")),
        ((init, init), Progress(0, 2, "stage_0")),
    ):
        assert parse_progress(stages(*states)) == progress, states


@pytest.mark.parametrize(("retry_after", "seconds"), [(90.0, 90), (None, 15)], ids=["as asked", "not said"])
async def test_a_429_pauses_all_polls(harness: WorkerHarness, retry_after: float | None, seconds: int) -> None:
    """Another process pauses for the rest of the time, also polls that it leased before."""
    await harness.render()
    await harness.clock.advance(2)
    other = await harness.render(BOB)
    harness.api.statuses["request-1"] = [RateLimited("slow down", status=429, retry_after=retry_after), PENDING]
    harness.api.statuses["request-2"] = [COMPLETED]
    told: list[str] = []
    harness.signals.subscribe("status_polls", lambda: told.append("the other processes"))
    await harness.advance_and_run(3)
    assert (harness.api.pauses, told) == ([seconds], ["the other processes"])
    await harness.advance_and_run(seconds - 1)
    assert harness.api.polled == ["request-1"]
    harness.api.pauses.clear()
    beside = harness.new_worker(beside=True)
    assert await beside._status_polls._source.next_due_at(harness.clock.now()) == harness.clock.now() + 1000
    assert harness.api.pauses == [1.0]
    await harness.advance_and_run(1)
    assert (await harness.job(other)).state is JobState.COMPLETED


async def test_a_card_is_brought_up_to_date_once_when_its_movie_turns_late(harness: WorkerHarness) -> None:
    """The time in the queue makes no movie late, and where nothing is usual, nothing is late."""
    await harness.render(seconds=1)
    harness.publisher.shown.clear()
    for _ in range(10):
        await harness.advance_and_run(3600)
    assert harness.publisher.shown == []
    harness.api.statuses[REQUEST] = [FAILED]
    await harness.advance_and_run(3600)
    await _make(harness, MIN_SAMPLES, took=60)
    usual = harness.worker.history.estimate(a_movie("LUMA", 1)).high
    job = await harness.queue(seconds=1)
    await harness.clock.advance(10 * usual)
    await harness.worker.run_until_idle()
    harness.publisher.shown.clear()
    harness.api.polled.clear()
    await harness.advance_and_run(usual / 2)
    assert harness.publisher.shown == []
    assert harness.api.polled
    for _ in range(10):
        await harness.advance_and_run(usual)
    assert [each.id for each in harness.publisher.shown] == [job.id]


WITHIN_SECONDS = 12


@pytest.fixture
async def calling(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncGenerator[WorkerHarness]:
    schedule = getattr(request, "param", PollingSchedule(5, 120, callbacks_enabled=True))
    async with open_worker_harness(tmp_path, replace(WORKER_CONFIG, schedule=schedule)) as opened:
        yield opened


async def call_back(harness: WorkerHarness, job: Job, request_id: str | None = None) -> None:
    execute(harness.path, f"UPDATE jobs SET callback_token_hash = 'digest' WHERE id = '{job.id}'")
    await record_callback(harness.database, "digest", request_id)


async def call_back_and_poll(harness: WorkerHarness, job: Job, request_id: str | None = None) -> None:
    await call_back(harness, job, request_id)
    await harness.worker.run_until_idle()


async def ended_within(harness: WorkerHarness, job: Job, seconds: int) -> bool:
    end = harness.clock.now() + 1000 * seconds
    while harness.clock.now() < end:
        current = await harness.job(job)
        if current.state.is_terminal:
            return True
        due_at = end if current.next_run_at is None else max(harness.clock.now() + 1, current.next_run_at)
        await harness.advance_and_run((min(end, due_at) - harness.clock.now()) / 1000)
    return (await harness.job(job)).state.is_terminal


HICCUPS = {
    "429": [RateLimited("slow down", status=429, retry_after=1.0)],
    "503 thrice": [InvalidResponse("no upstream", status=503)] * 3,
    "404": [UNKNOWN],
    "a moment early": [PENDING],
}


@pytest.mark.parametrize("hiccup", HICCUPS)
async def test_a_hiccup_costs_a_callback_seconds(calling: WorkerHarness, hiccup: str) -> None:
    job = await calling.render()
    await calling.advance_and_run(300)
    calling.api.statuses[REQUEST] = [*HICCUPS[hiccup], COMPLETED]
    await call_back_and_poll(calling, job)
    assert (await calling.job(job)).state is JobState.RENDERING
    await calling.restart()
    assert await ended_within(calling, job, WITHIN_SECONDS)
    assert calling.member() == BudgetTotals(used=100, held=0)


@pytest.mark.parametrize("is_lost", [False, True])
async def test_what_the_api_asks_to_wait_is_waited_for(calling: WorkerHarness, *, is_lost: bool) -> None:
    job = await (lost(calling) if is_lost else calling.render())
    request_id = "found" if is_lost else REQUEST
    await calling.advance_and_run(300)
    calling.api.statuses[request_id] = [RateLimited("slow down", status=429, retry_after=90.0), COMPLETED]
    await call_back_and_poll(calling, job, "found" if is_lost else None)
    assert not await ended_within(calling, job, 89)
    assert await ended_within(calling, job, 2)


async def lost(harness: WorkerHarness) -> Job:
    harness.api.creations = [InvalidResponse("cut", status=502)]
    job = await harness.render()
    assert job.state is JobState.UNKNOWN
    return job


RENDERING = JobState.RENDERING
CONFIRMED = [(COMPLETED, JobState.COMPLETED, 0), (FAILED, JobState.FAILED, 0), (DRAWING, RENDERING, 1)]


@pytest.mark.parametrize(("status", "state", "done"), [*CONFIRMED, (PENDING, RENDERING, 0)])
async def test_the_poll_that_confirms_an_unverified_id_ends_the_job_or_shows_how_far_it_is(
    calling: WorkerHarness, status: Status, state: JobState, done: int
) -> None:
    job = await lost(calling)
    calling.api.statuses["found"] = [status]
    calling.publisher.shown.clear()
    await call_back_and_poll(calling, job, "found")
    found = await calling.job(job)
    assert (found.state, found.progress.done, calling.api.polled) == (state, done, ["found"])
    shown = [(each.state, each.progress.done) for each in calling.publisher.shown]
    assert state is not RENDERING or shown == [(state, done)]


async def test_a_movie_pays_for_one_job_though_two_callbacks_name_its_id(calling: WorkerHarness) -> None:
    calling.api.creations, found = [InvalidResponse("cut", status=502)] * 2, [await calling.queue() for _ in range(2)]
    await calling.worker.run_until_idle()
    calling.api.statuses["found"] = [COMPLETED]
    for job in found:
        await call_back(calling, job, "found")
        execute(calling.path, "UPDATE jobs SET callback_token_hash = id WHERE callback_token_hash = 'digest'")
    await calling.worker.run_until_idle()
    left = [await calling.job(job) for job in found]
    shown = [(job.state, job.unverified_request_id, job.next_run_at) for job in left]
    assert shown == [(JobState.COMPLETED, "found", None), (JobState.UNKNOWN, None, None)]
    assert calling.member() == BudgetTotals(used=100, held=100)


async def test_an_unverified_id_that_the_api_cannot_confirm_now_is_polled_again_soon(calling: WorkerHarness) -> None:
    job = await lost(calling)
    calling.api.statuses["found"] = [HICCUPS["503 thrice"][0], UNKNOWN, *HICCUPS["429"], COMPLETED]
    await call_back_and_poll(calling, job, "found")
    assert await ended_within(calling, job, WITHIN_SECONDS)


@pytest.mark.parametrize("error", [UNKNOWN, InvalidRequest("Invalid request_id", status=400)])
async def test_an_unverified_id_that_the_api_never_knows_is_dropped(calling: WorkerHarness, error: SamsarError) -> None:
    job = await lost(calling)
    calling.api.statuses["wrong"] = [*[error] * 10, InvalidResponse("no upstream", status=503), error]
    await call_back(calling, job, "wrong")
    for _ in range(NOT_FOUND_THRESHOLD + 1):
        assert (await calling.job(job)).unverified_request_id == "wrong"
        await calling.advance_and_run(300)
    await calling.advance_and_run(3600)
    left = await calling.job(job)
    assert (left.state, left.unverified_request_id) == (JobState.UNKNOWN, None)
    assert len(calling.api.polled) == NOT_FOUND_THRESHOLD + 1


UNFINISHED = Status(MovieState.PENDING, charged=30, says_unfinished=True)
CANCELLED = Status(MovieState.CANCELLED, charged=40)


async def requested(harness: WorkerHarness, *statuses: Status | Exception) -> Job:
    """Return a rendering job of 100 credits that its member wants cancelled, with the answers of its next polls."""
    job = await harness.render()
    harness.api.statuses[REQUEST] = [*statuses]
    assert await harness.database.write(job_actions.request_cancel, job.id, job.member_id)
    await harness.worker.run_until_idle()
    return job


@pytest.mark.parametrize("last", [StageState.PENDING, StageState.COMPLETED])
async def test_it_is_cancelled_after_a_status_and_settled_by_the_next(
    harness: WorkerHarness, last: StageState, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says where the movie was finished in between, and so lost."""
    stages = (Stage("narrative", StageState.COMPLETED), Stage("video", last))
    job = await requested(harness, UNFINISHED, Status(MovieState.CANCELLED, stages, charged=40))
    assert harness.api.cancelled == [REQUEST]
    assert (await harness.job(job)).state is JobState.CANCELLED
    assert harness.member() == harness.plan() == BudgetTotals(used=40, held=0)
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.CANCELLED]
    assert ("finished_movie_cancelled" in caplog.messages) is (last is StageState.COMPLETED)


CHARGED = Status(MovieState.CANCELLED, charged=80)
CHARGED_LATE: dict[str, tuple[list[Status | Exception], int, int]] = {
    "charged": ([CHARGED], 15, 80),
    "asked again": ([OutcomeUnknown("timeout"), RequestNotFound("404"), CHARGED], 45, 80),
    "no more": ([CANCELLED], 15, 40),
    "not believed": ([Status(MovieState.CANCELLED, charged=10**9)], 15, 40),
    "never answered": ([OutcomeUnknown("down")], 24 * 60 + 15, 40),
}


@pytest.mark.parametrize(
    "case",
    [pytest.param(each, marks=pytest.mark.full if each == "never answered" else ()) for each in CHARGED_LATE],
)
async def test_what_is_charged_after_a_cancellation_is_asked_for_once(harness: WorkerHarness, case: str) -> None:
    """The narrative is charged when it is done, also by a process that started since. Its member pays what was told."""
    answers, minutes, used = CHARGED_LATE[case]
    await requested(harness, UNFINISHED, CANCELLED, *answers)
    harness.worker = harness.new_worker()
    await harness.advance_and_run(14 * 60)
    assert (len(harness.api.polled), harness.plan().used) == (2, 40)
    for _ in range(minutes // 15):
        await harness.advance_and_run(15 * 60)
    asked = len(harness.api.polled)
    await harness.advance_and_run(3600)
    assert len(harness.api.polled) == asked
    assert (harness.member(), harness.plan()) == (BudgetTotals(used=40, held=0), BudgetTotals(used=used, held=0))
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.CANCELLED]


@pytest.mark.parametrize("charged", [None, 29])
async def test_an_earlier_charge_counts_where_the_end_says_less(harness: WorkerHarness, charged: int | None) -> None:
    """The member has read the earlier charge, which includes the finished stages."""
    await requested(harness, UNFINISHED, Status(MovieState.CANCELLED, charged=charged))
    assert harness.member() == harness.plan() == BudgetTotals(used=30, held=0)


ENDS = {MovieState.COMPLETED: COMPLETED, MovieState.FAILED: FAILED, MovieState.CANCELLED: CANCELLED}
BEYOND = [(MovieState.COMPLETED, 1001, 100), (MovieState.FAILED, 10**9, 100), (MovieState.CANCELLED, 10**9, 30)]


@pytest.mark.parametrize(("state", "charged", "used"), [(MovieState.COMPLETED, 1000, 1000), *BEYOND])
async def test_a_charge_that_cannot_be_true_does_not_use_up_the_plan(
    harness: WorkerHarness, state: MovieState, charged: int, used: int, caplog: pytest.LogCaptureFixture
) -> None:
    """One error of the API must not block all orders."""
    first = [UNFINISHED] if state is MovieState.CANCELLED else []
    await requested(harness, *first, replace(ENDS[state], charged=charged))
    assert harness.plan() == BudgetTotals(used=used, held=0)
    assert ("charge_not_believed" in caplog.messages) == (used != charged)


@pytest.mark.parametrize("operation", [Operation.SCENE, Operation.DUB, Operation.SUBTITLES, Operation.FILM])
async def test_what_the_source_of_a_movie_was_charged_is_not_counted_again(
    harness: WorkerHarness, operation: Operation, caplog: pytest.LogCaptureFixture
) -> None:
    """The API copies a movie with its charges, and shows them in the status of the copy."""
    job = await harness.render()
    execute(harness.path, f"UPDATE jobs SET operation = '{operation}'")
    harness.api.statuses[REQUEST] = [replace(COMPLETED, charged=900)]
    await harness.advance_and_run(60)
    assert (await harness.job(job)).state is JobState.COMPLETED
    assert harness.plan() == BudgetTotals(used=100, held=0)
    assert "charge_not_believed" not in caplog.messages


LAST_STAGE = Status(MovieState.PENDING, (Stage("frame_generation", StageState.PENDING),), says_unfinished=True)


@pytest.mark.parametrize("status", [PENDING, LAST_STAGE, OutcomeUnknown("cut")])
async def test_a_movie_that_may_be_finished_is_left_alone(harness: WorkerHarness, status: Status | Exception) -> None:
    job = await requested(harness, status, COMPLETED)
    await harness.advance_and_run(15)
    assert harness.api.cancelled == []
    assert (await harness.job(job)).state is JobState.COMPLETED


@pytest.mark.parametrize("seconds", [40, 15])
async def test_a_failed_cancellation_is_sent_again(harness: WorkerHarness, seconds: int) -> None:
    error = RateLimited("busy", retry_after=40) if seconds == 40 else OutcomeUnknown("timeout")
    harness.api.cancellations = [error]
    job = await requested(harness, UNFINISHED, UNFINISHED, CANCELLED)
    assert (await harness.job(job)).next_run_at == harness.clock.now() + 1000 * seconds
    assert harness.api.pauses == ([seconds] if isinstance(error, RateLimited) else []), "no other job is polled either"
    await harness.advance_and_run(seconds)
    assert harness.api.cancelled == [REQUEST, REQUEST]
    assert (await harness.job(job)).state is JobState.CANCELLED


async def test_a_cancellation_that_does_not_help_is_sent_ever_later(harness: WorkerHarness) -> None:
    harness.api.cancellations = [OutcomeUnknown("timeout")] * 2
    job = await requested(harness, UNFINISHED)
    pauses: list[int] = []
    for _ in range(5):
        tried, pause = len(harness.api.cancelled), 0
        while len(harness.api.cancelled) == tried:
            await harness.advance_and_run(15)
            pause += 15
        pauses.append(pause)
    assert (pauses[0], sorted(pauses)) == (15, pauses)
    assert (pauses[1] >= 30, pauses[-1] >= 240) == (True, True)
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
    job = await requested(harness, UNFINISHED, UNFINISHED, CANCELLED)
    await harness.database.write(restore_review.hold_open_work)
    await harness.advance_and_run(15)
    assert (await harness.job(job)).state is JobState.CANCELLED
    assert harness.publisher.accepted == []
    assert harness.publisher.shown[-1].state is JobState.CANCELLED


async def _make(harness: WorkerHarness, count: int, *, took: float = 200) -> None:
    for _ in range(count):
        assert (await harness.make(took)).state is JobState.COMPLETED


async def test_what_is_usual_is_known_after_a_few_movies_and_by_the_next_process(harness: WorkerHarness) -> None:
    await _make(harness, MIN_SAMPLES - 1)
    assert harness.worker.history.estimate(a_movie("LUMA", 1)) is None
    await _make(harness, 1)
    known = harness.worker.history.estimate(a_movie("LUMA", 1))
    assert 200 <= known.median <= 220
    assert [harness.worker.history.estimate(a_movie(*other)) for other in (("VEOI2V", 1), ("LUMA", 30))] == [None, None]
    await _known_alike(harness, MIN_SAMPLES)


async def test_the_newest_movies_count_where_more_are_known_than_are_compared(harness: WorkerHarness) -> None:
    job, history = await harness.render(), harness.worker.history
    for seconds, count in ((1000, 500), (100, 100)):
        for _ in range(count):
            history.add(replace(job, took_ms=1000 * seconds))
    assert history.estimate(a_movie("LUMA", 10)).median == pytest.approx(100)


async def test_reloading_adds_the_movies_of_other_processes_and_counts_none_twice(harness: WorkerHarness) -> None:
    here, there = DurationHistory(harness.database), harness.worker.history
    await here.load()
    await _make(harness, MIN_SAMPLES, took=100)
    assert here.estimate(a_movie("LUMA", 1)) is None
    for _ in range(2):
        await here.load()
    assert here.estimate(a_movie("LUMA", 1)) == there.estimate(a_movie("LUMA", 1))
    assert there.estimate(a_movie("LUMA", 1)) is not None
    reloading = asyncio.create_task(here.load())
    await asyncio.sleep(0)
    assert here.estimate(a_movie("LUMA", 1)) == there.estimate(a_movie("LUMA", 1))
    await reloading


async def test_movies_that_were_found_late_after_downtime_say_nothing_of_the_usual_time(harness: WorkerHarness) -> None:
    await _make(harness, MIN_SAMPLES, took=60)
    for polled in (False, True):
        job = await harness.render(seconds=1)
        if polled:
            await harness.advance_and_run(60)
        await harness.restart()
        harness.api.statuses[job.request_id] = [COMPLETED]
        await harness.advance_and_run(8 * 3600)
        done = await harness.job(job)
        assert (done.state, done.took_ms) == (JobState.COMPLETED, None)
    await _known_alike(harness, MIN_SAMPLES)


async def test_a_movie_that_a_callback_ended_counts_however_long_ago_the_last_poll_was(tmp_path: Path) -> None:
    schedule = PollingSchedule(5, 1000, callbacks_enabled=True)
    async with open_worker_harness(tmp_path, replace(WORKER_CONFIG, schedule=schedule)) as harness:
        for found_late in (0, 5000):
            job = await harness.render(seconds=1)
            await harness.clock.advance(900)
            await call_back(harness, job)
            execute(harness.path, "UPDATE jobs SET callback_token_hash = NULL")
            harness.api.statuses[job.request_id] = [COMPLETED]
            await harness.advance_and_run(found_late)
            took_ms = (await harness.job(job)).took_ms
            assert took_ms is None if found_late else took_ms in range(900_000, 901_000)
        await _known_alike(harness, 0)


async def test_polls_follow_the_history_which_believes_a_model_that_got_much_faster(harness: WorkerHarness) -> None:
    job = await harness.render(seconds=1)
    for _ in range(MIN_SAMPLES):
        harness.worker.history.add(replace(job, took_ms=1_000_000))
    await harness.advance_and_run(5)
    longest = harness.config.schedule.max_interval
    assert (await harness.job(job)).next_run_at == harness.clock.now() + 1000 * longest
    harness.api.statuses[job.request_id] = [COMPLETED]
    for _ in range(2 * MIN_SAMPLES):
        await harness.make(took=30)
    usual = harness.worker.history.estimate(a_movie("LUMA", 1))
    assert usual.median < 100


async def _known_alike(harness: WorkerHarness, count: int) -> None:
    mine = harness.worker.history.estimate(a_movie("LUMA", 1))
    await harness.restart()
    assert harness.worker.history.estimate(a_movie("LUMA", 1)) == mine
    assert (mine.count if mine else 0) == count
