"""Storyboards are polled, rendered and stopped, whatever happens between two polls."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import ConnectFailed, InvalidResponse, OutcomeUnknown, RateLimited, SamsarError
from bot.domain.jobs import EndReason, Job, JobState, Progress, Step, Still
from bot.domain.orders import OrderPlaced
from bot.domain.upstream import MovieState, Stage, StageState, Status
from bot.samsar.config import AUTUMN_2026
from data import orders, renders, storyboards
from tests.helpers.fakes import COMPLETED, PENDING
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.worker_harness import ALICE, CATALOGUE, WorkerHarness, order

HOUR = 3600
REQUEST = "request-1"
STILLS = (Still(1, "a balloon", "https://stills.test/1.png"),)
WAITS = Status(MovieState.PENDING, waits=True, says_unfinished=True, stills=STILLS, charged=100)
DRAWING = Status(MovieState.PENDING, (Stage("image_generation", StageState.PENDING),), says_unfinished=True)
CANCELLED = Status(MovieState.CANCELLED, charged=100)
PRICE = 400


@pytest.fixture
def harness(harness: WorkerHarness) -> WorkerHarness:
    rate = replace(CATALOGUE.video_models[0], credits_per_second=40)
    limits = replace(CATALOGUE.limits, operations=AUTUMN_2026.limits.operations)
    catalogue = replace(CATALOGUE, video_models=(rate,), limits=limits)
    harness.catalogue = catalogue  # of processes to come
    harness.database.policy = replace(harness.database.policy, catalogue=catalogue)
    return harness


async def ordered(harness: WorkerHarness) -> Job:
    asked = order()
    placed = await harness.database.write(orders.place, replace(asked, draft=replace(asked.draft, storyboard=True)))
    assert isinstance(placed, OrderPlaced), placed
    assert await harness.orders.enqueue(placed.job, card_message_id=77)
    await harness.worker.run_until_idle()
    return await harness.job(placed.job)


async def drawn(harness: WorkerHarness, job: Job | None = None) -> Job:
    job = job or await ordered(harness)
    harness.api.statuses[REQUEST] = [WAITS]
    await harness.advance_and_run(60)
    waiting = await harness.job(job)
    assert waiting.awaits_decision
    return waiting


async def decide(harness: WorkerHarness, job: Job, *, render: bool) -> None:
    decision = storyboards.render if render else storyboards.stop
    assert isinstance(await harness.database.write(decision, job.id, ALICE), Job)


async def test_it_is_drawn_shown_rendered_and_delivered(harness: WorkerHarness) -> None:
    job = await ordered(harness)
    assert (job.state, job.step) == (JobState.RENDERING, Step.DRAWING)
    harness.api.statuses[REQUEST] = [DRAWING]
    await harness.advance_and_run(60)
    assert (await harness.job(job)).progress == Progress(0, 1, "image_generation")
    job = await drawn(harness, job)
    assert harness.publisher.shown[-1].step is Step.STORYBOARD
    assert harness.publisher.notices[-1][0] == [ALICE]
    polls = len(harness.api.polled)
    await harness.advance_and_run(HOUR - 1)
    assert len(harness.api.polled) == polls, "the API does nothing meanwhile"
    await decide(harness, job, render=True)
    harness.api.statuses[REQUEST] = [WAITS, PENDING]
    await harness.worker.run_until_idle()
    assert harness.api.processed == [REQUEST]
    now = await harness.job(job)
    assert (now.step, now.submitted_at) == (None, harness.clock.now())
    assert harness.publisher.shown[-1].step is None
    harness.api.statuses[REQUEST] = [replace(COMPLETED, charged=PRICE)]
    await harness.advance_and_run(60)
    done = await harness.job(job)
    assert (done.state, done.took_ms) == (JobState.COMPLETED, None)
    assert harness.member() == BudgetTotals(used=PRICE, held=0)


@pytest.mark.parametrize(
    "lost",
    [ConnectFailed("refused"), OutcomeUnknown("no answer"), InvalidResponse("conflict", status=409), RateLimited("")],
)
async def test_render_is_repeated_until_the_api_answers(harness: WorkerHarness, lost: SamsarError) -> None:
    job = await drawn(harness)
    await decide(harness, job, render=True)
    harness.api.advances = [lost, lost]
    await harness.worker.run_until_idle()
    assert (await harness.job(job)).step is Step.RESUMING
    await harness.advance_and_run(15)
    await harness.restart()
    await harness.advance_and_run(90)
    assert harness.api.processed == [REQUEST] * 3
    assert (await harness.job(job)).step is None
    assert harness.member() == BudgetTotals(used=0, held=PRICE)


async def test_a_lost_answer_to_render_is_found_by_the_status(harness: WorkerHarness) -> None:
    job = await drawn(harness)
    await decide(harness, job, render=True)
    harness.api.advances = [OutcomeUnknown("no answer")]
    await harness.worker.run_until_idle()
    harness.api.statuses[REQUEST] = [PENDING]
    await harness.advance_and_run(15)
    assert (await harness.job(job)).step is None
    assert harness.api.processed == [REQUEST]
    harness.api.statuses[REQUEST] = [WAITS]  # the API had forgotten it all the same
    await harness.advance_and_run(60)
    assert harness.api.processed == [REQUEST] * 2


async def test_what_the_api_goes_on_with_by_itself_is_never_rendered_by_the_bot(harness: WorkerHarness) -> None:
    """Its owner may have gone on in the Studio, or a status was wrong for a moment."""
    job = await drawn(harness)
    harness.api.statuses[REQUEST] = [DRAWING]
    await harness.advance_and_run(HOUR)
    harness.api.statuses[REQUEST] = [WAITS]
    await harness.advance_and_run(HOUR)
    assert (await harness.job(job)).awaits_decision
    assert harness.api.processed == []
    harness.api.statuses[REQUEST] = [DRAWING]
    await harness.advance_and_run(48 * HOUR)
    assert harness.api.cancelled == [], "nothing is stopped that does not wait"
    harness.api.statuses[REQUEST] = [COMPLETED]
    await harness.advance_and_run(HOUR)
    assert (await harness.job(job)).state is JobState.COMPLETED


async def test_stop_refunds_what_is_not_spent_once_that_is_certain(harness: WorkerHarness) -> None:
    job = await drawn(harness)
    await decide(harness, job, render=False)
    harness.api.statuses[REQUEST] = [replace(WAITS, charged=60), replace(CANCELLED, charged=60), CANCELLED]
    await harness.worker.run_until_idle()
    assert harness.api.cancelled == [REQUEST]
    for _ in range(2):
        assert (await harness.job(job)).state is JobState.RENDERING
        await harness.advance_and_run(60)
    ended = await harness.job(job)
    assert (ended.state, ended.end_reason, ended.spent, ended.refunded) == (
        JobState.CANCELLED,
        EndReason.STOPPED,
        100,
        PRICE - 100,
    )
    assert harness.member() == BudgetTotals(used=100, held=0)
    assert harness.api.cancelled == [REQUEST]
    harness.api.statuses[REQUEST] = [replace(CANCELLED, charged=140)]
    await harness.advance_and_run(15 * 60)
    assert (harness.member().used, harness.plan().used) == (100, 140), "what comes later is the operator's"


async def test_stop_is_repeated_after_a_lost_answer_and_a_restart(harness: WorkerHarness) -> None:
    job = await drawn(harness)
    await decide(harness, job, render=False)
    harness.api.cancellations = [OutcomeUnknown("no answer")]
    await harness.worker.run_until_idle()
    await harness.restart()
    await harness.advance_and_run(90)
    harness.api.statuses[REQUEST] = [CANCELLED]
    await harness.advance_and_run(90)
    await harness.advance_and_run(60)
    assert (await harness.job(job)).end_reason is EndReason.STOPPED
    assert harness.api.cancelled == [REQUEST] * 2


async def test_stop_against_a_finished_movie_delivers_it(harness: WorkerHarness) -> None:
    job = await drawn(harness)
    await decide(harness, job, render=False)
    harness.api.statuses[REQUEST] = [COMPLETED]
    await harness.worker.run_until_idle()
    done = await harness.job(job)
    assert (done.state, done.spent) == (JobState.COMPLETED, PRICE)
    assert harness.api.cancelled == []


async def test_the_deadline_passes_while_the_api_is_down(harness: WorkerHarness) -> None:
    job = await drawn(harness)
    harness.api.statuses[REQUEST] = [InvalidResponse("<html>", status=502)]
    await harness.advance_and_run(60 * HOUR)
    assert (await harness.job(job)).awaits_decision
    await decide(harness, job, render=True)
    harness.api.statuses[REQUEST] = [WAITS]
    await harness.advance_and_run(60)
    assert harness.api.processed == [REQUEST], "until it is stopped, its member may still decide"


async def test_one_that_fails_or_is_cancelled_elsewhere_is_refunded(harness: WorkerHarness) -> None:
    for number, end in enumerate((Status(MovieState.FAILED, charged=80), CANCELLED), 1):
        harness.api.statuses[f"request-{number}"] = [WAITS]
        job = await ordered(harness)
        await harness.advance_and_run(60)
        harness.api.statuses[f"request-{number}"] = [end]
        await harness.advance_and_run(HOUR)
        ended = await harness.job(job)
        assert (ended.state, ended.step) == (JobState.FAILED, None)
        assert harness.member() == BudgetTotals(used=0, held=0)


async def test_an_unclear_order_is_unknown_and_its_storyboard_found_again(harness: WorkerHarness) -> None:
    harness.api.creations = [OutcomeUnknown("no answer")]
    job = await ordered(harness)
    assert job.state is JobState.UNKNOWN
    await harness.database.write(renders.attach_request_id, job.id, REQUEST, harness.clock.now())
    harness.api.statuses[REQUEST] = [WAITS]
    await harness.worker.run_until_idle()
    assert (await harness.job(job)).awaits_decision
    assert len(harness.api.created) == 1
