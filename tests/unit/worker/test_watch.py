"""How a rendering job is watched, and what ends it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, JobState, Progress
from bot.domain.polling import PollingSchedule
from bot.domain.upstream import MovieState, Stage, StageState, Status
from bot.errors import AuthenticationFailed, ConnectFailed, InvalidResponse, RateLimited, RequestNotFound, SamsarError
from bot.worker.status_poller import NOT_FOUND_GRACE_SECONDS, NOT_FOUND_THRESHOLD, parse_progress
from data import submissions
from tests.helpers.engine_harness import BOB, RULES, EngineHarness, open_bench
from tests.helpers.fakes import COMPLETED, PENDING, URL
from tests.helpers.ledger_checks import BudgetTotals

FAILED = Status(MovieState.FAILED, message="content policy")
UNKNOWN = RequestNotFound("not found", status=404)
REQUEST = "request-1"


def stages(*states: StageState) -> Status:
    """A pending status with stages in these states."""
    return Status(MovieState.PENDING, tuple(Stage(f"stage_{n}", state) for n, state in enumerate(states)))


DRAWING = stages(StageState.COMPLETED, StageState.PENDING, StageState.INIT)
CUTTING = stages(StageState.COMPLETED, StageState.COMPLETED, StageState.PENDING)


async def test_a_finished_movie_is_paid_for_once_and_owed_to_its_member(bench: EngineHarness) -> None:
    """COMPLETED spends exactly the hold, and the movie's link goes out."""
    job = await bench.render()
    bench.api.statuses[REQUEST] = [COMPLETED]
    await bench.advance_and_run(5)
    done = await bench.job(job)
    assert (done.state, done.movie_url) == (JobState.COMPLETED, URL)
    assert bench.member() == bench.plan() == BudgetTotals(used=100, held=0)
    assert [each.type for each in bench.screen.accepted] == [NotificationType.COMPLETED]
    await bench.advance_and_run(3600)
    assert bench.api.looked == [REQUEST]


async def test_a_failed_movie_costs_the_member_nothing_and_the_plan_what_the_api_kept(bench: EngineHarness) -> None:
    """FAILED gives the member everything back, with the API's reason; the API refunds nothing, so the plan paid."""
    job = await bench.render()
    bench.api.statuses[REQUEST] = [FAILED]
    await bench.advance_and_run(5)
    ended = await bench.job(job)
    assert (ended.state, ended.end_reason) == (JobState.FAILED, EndReason.UPSTREAM_FAILED)
    assert ended.upstream_message == "content policy"
    assert bench.member() == BudgetTotals(used=0, held=0)
    assert bench.plan() == BudgetTotals(used=100, held=0)


async def test_a_slow_movie_is_never_given_up(bench: EngineHarness) -> None:
    """Pending for three days is pending: the hold stays, the looks go on at the slowest pace, and then it comes."""
    job = await bench.render()
    await bench.advance_and_run(3 * 24 * 3600)
    waiting = await bench.job(job)
    assert waiting.state is JobState.RENDERING
    assert waiting.next_run_at == bench.clock.now() + 60_000
    assert bench.member() == BudgetTotals(used=0, held=100)
    bench.api.statuses[REQUEST] = [COMPLETED]
    await bench.advance_and_run(60)
    assert (await bench.job(job)).state is JobState.COMPLETED


async def test_completed_without_a_url_is_still_pending(bench: EngineHarness) -> None:
    """No one is charged for a movie that can't be watched."""
    job = await bench.render()
    bench.api.statuses[REQUEST] = [Status(MovieState.COMPLETED), COMPLETED]
    await bench.advance_and_run(5)
    assert (await bench.job(job)).state is JobState.RENDERING
    await bench.advance_and_run(60)
    assert (await bench.job(job)).state is JobState.COMPLETED


async def test_one_404_is_taken_for_a_passing_fault(bench: EngineHarness) -> None:
    """A job that the API forgot for a moment goes on as if nothing had been, and the count starts anew."""
    job = await bench.render()
    bench.api.statuses[REQUEST] = [UNKNOWN, UNKNOWN, PENDING, COMPLETED]
    await bench.advance_and_run(5)
    assert (await bench.job(job)).not_found_count == 1
    await bench.advance_and_run(60)
    assert (await bench.job(job)).not_found_count == 2
    await bench.advance_and_run(60)
    assert (await bench.job(job)).not_found_count == 0
    await bench.advance_and_run(60)
    assert (await bench.job(job)).state is JobState.COMPLETED


async def test_a_404_that_persists_is_believed(bench: EngineHarness) -> None:
    """Twenty looks in a row without a trace of a request that is hours old end the job and give back."""
    job = await bench.render()
    await bench.advance_and_run(NOT_FOUND_GRACE_SECONDS)
    bench.api.statuses[REQUEST] = [UNKNOWN]
    for _ in range(NOT_FOUND_THRESHOLD - 1):
        await bench.advance_and_run(60)
        assert (await bench.job(job)).state is JobState.RENDERING
    await bench.advance_and_run(60)
    ended = await bench.job(job)
    assert (ended.state, ended.end_reason) == (JobState.FAILED, EndReason.UPSTREAM_LOST_JOB)
    assert bench.member() == BudgetTotals(used=0, held=0)
    assert bench.plan() == BudgetTotals(used=100, held=0)


@pytest.mark.parametrize(
    ("error", "pause"),
    [
        (RateLimited("", status=429, retry_after=90), 90),
        (RateLimited("", status=429), 15),
        (InvalidResponse("<html>", status=502), 15),
        (ConnectFailed("refused"), 15),
        (AuthenticationFailed("expired", status=401), 15),
    ],
)
async def test_trouble_on_the_way_ends_nothing(tmp_path: Path, error: SamsarError, pause: float) -> None:
    """A look that failed says nothing about the movie: hold and job stay, and the next look is a while later."""
    async with open_bench(tmp_path, replace(RULES, pace=PollingSchedule(5, 10))) as bench:
        await _met_trouble(bench, error, pause)


async def _met_trouble(bench: EngineHarness, error: SamsarError, pause: float) -> None:
    job = await bench.render()
    bench.api.statuses[REQUEST] = [error, COMPLETED]
    await bench.advance_and_run(5)
    assert (await bench.job(job)).next_run_at == bench.clock.now() + 1000 * pause
    assert bench.member() == BudgetTotals(used=0, held=100)
    await bench.advance_and_run(pause)
    assert (await bench.job(job)).state is JobState.COMPLETED


async def test_a_card_is_touched_only_when_something_visible_changed(bench: EngineHarness) -> None:
    """The same stages again, or an answer without any, never edit the card: Discord allows few edits."""
    await bench.render()
    bench.api.statuses[REQUEST] = [DRAWING, DRAWING, PENDING, CUTTING, CUTTING]
    bench.screen.shown.clear()
    for _ in range(6):
        await bench.advance_and_run(60)
    assert [shown.progress for shown in bench.screen.shown] == [Progress(1, 3, "stage_1"), Progress(2, 3, "stage_2")]


@pytest.mark.parametrize(
    ("status", "progress"),
    [
        (PENDING, Progress(0, 0, "")),
        (DRAWING, Progress(1, 3, "stage_1")),
        (stages(StageState.COMPLETED, StageState.INIT), Progress(1, 2, "stage_1")),
        (stages(StageState.COMPLETED, StageState.COMPLETED), Progress(2, 2, "")),
        (stages(StageState.FAILED, StageState.PENDING), Progress(0, 2, "stage_1")),
    ],
)
def test_progress_names_what_is_under_way_or_else_what_comes_next(status: Status, progress: Progress) -> None:
    """Done stages are counted; the first pending one is named, or else the first that waits."""
    assert parse_progress(status) == progress


async def test_a_new_process_watches_on(bench: EngineHarness) -> None:
    """A restart forgets nothing: the next process looks when the last one would have."""
    job = await bench.render()
    bench.api.statuses[REQUEST] = [COMPLETED]
    bench.engine = bench.new_engine()
    await bench.engine.recover()
    assert await bench.advance_and_run(4) == 0
    await bench.advance_and_run(1)
    assert (await bench.job(job)).state is JobState.COMPLETED
    assert bench.member() == BudgetTotals(used=100, held=0)
    assert len(bench.api.created) == 1


async def test_what_a_dead_process_was_submitting_is_unknown_at_the_next_start(bench: EngineHarness) -> None:
    """It may have been ordered, so it is never ordered again; the hold stays and the member is told."""
    job = await bench.queue()
    assert len(await bench.database.write(submissions.claim, bench.clock.now(), 1, 10, 2)) == 1
    assert (await bench.job(job)).state is JobState.SUBMITTING
    bench.engine = bench.new_engine()
    await bench.engine.recover()
    await bench.engine.run_until_idle()
    assert (await bench.job(job)).state is JobState.UNKNOWN
    assert bench.member() == BudgetTotals(used=0, held=100)
    assert [each.type for each in bench.screen.accepted] == [NotificationType.UNKNOWN]
    assert bench.api.created == []


async def test_one_jobs_trouble_leaves_the_others_alone(bench: EngineHarness) -> None:
    """A job whose look breaks our own code rests for half a minute; its neighbour's movie arrives meanwhile."""
    broken = await bench.render()
    sound = await bench.render(BOB)
    bench.api.statuses = {REQUEST: [ZeroDivisionError("a bug"), COMPLETED], "request-2": [COMPLETED]}
    await bench.advance_and_run(5)
    assert (await bench.job(broken)).state is JobState.RENDERING
    assert (await bench.job(sound)).state is JobState.COMPLETED
    assert await bench.advance_and_run(29) == 0
    await bench.advance_and_run(1)
    assert (await bench.job(broken)).state is JobState.COMPLETED
