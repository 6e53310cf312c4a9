"""An outage at the API: how many orders it can take along, who waits, who is told, and how it ends."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.breaker import BreakerState, Outage
from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, Job, JobState
from bot.domain.request import MovieRequest
from bot.errors import (
    AuthenticationFailed,
    ConnectFailed,
    InvalidRequest,
    InvalidResponse,
    OutcomeUnknown,
    RateLimited,
    RequestNotFound,
    SamsarError,
    UpstreamCreditsExhausted,
)
from data import breakers, submissions
from tests.helpers.engine_harness import BOB, EngineHarness
from tests.helpers.ledger_checks import BudgetTotals

HOUR = 3600
WIDTH = 4
"""Orders that are in submission side by side."""

UNCERTAIN = (
    *(OutcomeUnknown("Something went wrong.", status=status) for status in (500, 502, 503, 504)),
    OutcomeUnknown("TimeoutError"),
    OutcomeUnknown("ServerDisconnectedError: Server disconnected"),
    InvalidResponse("<html>", status=502),
    RequestNotFound("no such path", status=404),
)


def named(value: object) -> str:
    """What a case is called."""
    return f"{type(value).__name__}-{value.status or value}" if isinstance(value, SamsarError) else ""


async def queue(bench: EngineHarness, count: int) -> list[Job]:
    """So many jobs in the queue, of a member each."""
    return [await bench.queue(100 + number) for number in range(count)]


async def states(bench: EngineHarness, jobs: list[Job]) -> list[JobState]:
    """The jobs' states now."""
    return [(await bench.job(job)).state for job in jobs]


def logged(caplog: pytest.LogCaptureFixture, event: str) -> list[dict[str, object]]:
    """The log's lines of an event, by their fields."""
    return [vars(record) for record in caplog.records if record.message == event]


@pytest.mark.parametrize("error", UNCERTAIN, ids=named)
async def test_an_outage_takes_along_only_what_was_under_way(
    bench: EngineHarness, caplog: pytest.LogCaptureFixture, error: SamsarError
) -> None:
    """Of twelve jobs, the four in submission are unknown; the others wait with their credits held, and then go."""
    bench.api.creations = [error] * 12
    bench.api.pings = [InvalidResponse("HTTP 503", status=503)] * 3
    jobs = await queue(bench, 12)
    await bench.engine.run_until_idle()
    for _ in range(4):
        await bench.advance_and_run(3)
    assert await states(bench, jobs) == [JobState.UNKNOWN] * WIDTH + [JobState.QUEUED] * 8
    assert (len(bench.api.created), bench.api.pinged) == (WIDTH, 2)
    assert bench.member() == BudgetTotals(used=0, held=1200)
    bench.api.creations.clear()
    await bench.advance_and_run(10)
    await bench.advance_and_run(20)
    assert await states(bench, jobs) == [JobState.UNKNOWN] * WIDTH + [JobState.RENDERING] * 8
    [opened], [closed] = logged(caplog, "breaker_opened"), logged(caplog, "breaker_closed")
    assert (opened["levelname"], opened["outage"]) == ("ERROR", Outage.NO_ANSWER)
    assert (opened["error_type"], opened["status"]) == (type(error).__name__, error.status)
    assert (closed["levelname"], closed["down_seconds"]) == ("WARNING", 42)


async def test_one_order_goes_first(bench: EngineHarness) -> None:
    """After an answered probe the API gets one order; the others follow once it has taken that one."""
    bench.api.creations = [OutcomeUnknown("cut")]
    await bench.queue()
    await bench.engine.run_until_idle()
    jobs = await queue(bench, 3)
    seen: list[tuple[list[JobState], BreakerState]] = []

    async def look(_: MovieRequest) -> None:
        seen.append((await states(bench, jobs), (await bench.database.read(breakers.read)).state))

    bench.api.while_creating = look
    await bench.advance_and_run(2)
    assert seen[0] == ([JobState.SUBMITTING, JobState.QUEUED, JobState.QUEUED], BreakerState.HALF_OPEN)
    assert {state for _, state in seen[1:]} == {BreakerState.CLOSED}
    assert await states(bench, jobs) == [JobState.RENDERING] * 3


async def test_a_trial_without_an_answer_keeps_the_others_back(bench: EngineHarness) -> None:
    """An API that answers probes and takes no orders costs one job each time, after ever longer pauses."""
    bench.api.creations = [OutcomeUnknown("cut")] * 12
    jobs = await queue(bench, 12)
    await bench.engine.run_until_idle()
    for _ in range(HOUR // 20 - 1):
        await bench.advance_and_run(20)
    unknown = (await states(bench, jobs)).count(JobState.UNKNOWN)
    assert unknown == len(bench.api.created) == WIDTH + 5


async def test_a_wrong_key_fails_no_job(bench: EngineHarness, caplog: pytest.LogCaptureFixture) -> None:
    """Those that were refused keep their places, nobody else is tried, and all go when the key is right again."""
    bench.api.creations = [AuthenticationFailed("Invalid API key", status=401)] * WIDTH
    bench.api.pings = [AuthenticationFailed("Invalid API key", status=401)] * 5
    jobs = await queue(bench, 12)
    await bench.engine.run_until_idle()
    for _ in range(5):
        await bench.advance_and_run(64)
    assert await states(bench, jobs) == [JobState.QUEUED] * 12
    assert len(bench.api.created) == WIDTH
    assert (bench.member(), bench.screen.accepted) == (BudgetTotals(used=0, held=1200), [])
    assert [line["outage"] for line in logged(caplog, "breaker_opened")] == [Outage.AUTHENTICATION_FAILED]
    await bench.advance_and_run(120)
    assert (await states(bench, jobs))[:10] == [JobState.RENDERING] * 10


async def test_a_wrong_key_gives_the_credits_back_after_an_hour(
    bench: EngineHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody waits for ever: the member reads why, and has the credits back. One line tells the operator."""
    bench.api.creations = [AuthenticationFailed("Invalid API key", status=401)] * 2
    bench.api.pings = [AuthenticationFailed("Invalid API key", status=401)] * 1000
    jobs = await queue(bench, 2)
    await bench.engine.run_until_idle()
    await bench.advance_and_run(HOUR - 1)
    assert await states(bench, jobs) == [JobState.QUEUED] * 2
    await bench.advance_and_run(2)
    ended = [await bench.job(job) for job in jobs]
    assert {(job.state, job.end_reason) for job in ended} == {(JobState.FAILED, EndReason.AUTHENTICATION_FAILED)}
    assert bench.member() == bench.plan() == BudgetTotals(used=0, held=0)
    assert [each.type for each in bench.screen.accepted] == [NotificationType.FAILED] * 2
    [line] = logged(caplog, "waiting_jobs_ended")
    assert (line["outage"], line["jobs"]) == (Outage.AUTHENTICATION_FAILED, [job.id for job in jobs])


async def test_a_key_that_only_one_job_is_refused_for_is_that_jobs_end(bench: EngineHarness) -> None:
    """The probe is answered with the same key, so the job at the head keeps nobody back: its credits are back."""
    bench.api.creations = [AuthenticationFailed("no", status=403)] * 2
    first = await bench.queue()
    await bench.engine.run_until_idle()
    second = await bench.queue(BOB)
    await bench.advance_and_run(2)
    assert await states(bench, [first, second]) == [JobState.FAILED, JobState.QUEUED]
    assert (await bench.job(first)).end_reason is EndReason.AUTHENTICATION_FAILED
    await bench.advance_and_run(4)
    assert await states(bench, [second]) == [JobState.RENDERING]


async def test_a_key_that_is_refused_late_does_not_end_a_job_beside_the_trial(bench: EngineHarness) -> None:
    """Only the trial was sent after the probe was answered: the job that was sent before it keeps its place."""
    first = await bench.queue()
    late = await bench.queue(BOB)
    now = bench.clock.now()
    assert len(await bench.database.write(submissions.claim, now, 1, 10, 2)) == 1

    async def probed_meanwhile(_: MovieRequest) -> None:
        await bench.database.write(submissions.requeue, first.id, now, 0, Outage.AUTHENTICATION_FAILED)
        await bench.database.write(breakers.probe_answered)
        assert len(await bench.database.write(submissions.claim, now, 1, 10, 2)) == 1

    bench.api.while_creating = probed_meanwhile
    bench.api.creations = [AuthenticationFailed("Invalid API key", status=401)]
    await bench.engine.run_until_idle()
    assert await states(bench, [first, late]) == [JobState.SUBMITTING, JobState.QUEUED]
    assert (await bench.database.read(breakers.read)).trial_job_id == first.id


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (UpstreamCreditsExhausted("no credits", status=402), EndReason.PLAN_EXHAUSTED),
        (RateLimited("later", status=429), EndReason.RATE_LIMITED),
    ],
    ids=named,
)
async def test_an_answer_that_concerns_all_stops_the_queue(
    bench: EngineHarness, error: SamsarError, reason: EndReason
) -> None:
    """Those under way have their credits back, for smaller ones may fit. The others are not refused in turn."""
    bench.api.creations = [error] * 12
    jobs = await queue(bench, 12)
    await bench.engine.run_until_idle()
    assert await states(bench, jobs) == [JobState.FAILED] * WIDTH + [JobState.QUEUED] * 8
    assert {(await bench.job(job)).end_reason for job in jobs[:WIDTH]} == {reason}
    assert bench.member() == BudgetTotals(used=0, held=800)


async def test_an_api_that_cannot_be_reached_is_not_tried_by_every_job(
    bench: EngineHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """Twelve jobs share one pause, and one line of the log."""
    bench.api.creations = [ConnectFailed("refused")] * WIDTH
    bench.api.pings = [ConnectFailed("refused")] * 3
    jobs = await queue(bench, 12)
    await bench.engine.run_until_idle()
    for pause in (2, 4, 8):
        await bench.advance_and_run(pause)
    assert await states(bench, jobs) == [JobState.QUEUED] * 12
    assert (len(bench.api.created), bench.api.pinged) == (WIDTH, 3)
    [opened] = logged(caplog, "breaker_opened")
    assert (opened["outage"], opened["error"]) == (Outage.UNREACHABLE, "refused")


async def test_a_short_outage_does_not_end_a_job_that_waited_for_a_place(bench: EngineHarness) -> None:
    """The hour counts from the beginning of the outage, not from the order."""
    job = await bench.queue()
    await bench.clock.advance(2 * HOUR)
    bench.api.creations = [ConnectFailed("refused")]
    await bench.engine.run_until_idle()
    await bench.advance_and_run(1)
    assert await states(bench, [job]) == [JobState.QUEUED]
    await bench.advance_and_run(1)
    assert await states(bench, [job]) == [JobState.RENDERING]


async def test_a_refusal_of_one_request_says_that_the_api_works(bench: EngineHarness) -> None:
    """A trial whose prompt is refused closes the breaker all the same."""
    bench.api.creations = [OutcomeUnknown("cut"), InvalidRequest("too long", status=400)]
    await bench.queue()
    await bench.engine.run_until_idle()
    jobs = await queue(bench, 3)
    await bench.advance_and_run(2)
    assert await states(bench, jobs) == [JobState.FAILED, JobState.RENDERING, JobState.RENDERING]


async def test_a_restart_obeys(bench: EngineHarness) -> None:
    """A fresh process has nothing in memory, and posts nothing before its time."""
    bench.api.creations = [OutcomeUnknown("cut")]
    await bench.queue()
    await bench.engine.run_until_idle()
    waiting = await bench.queue(BOB)
    bench.engine = bench.new_engine()
    await bench.engine.recover()
    await bench.advance_and_run(1)
    assert (len(bench.api.created), bench.api.pinged) == (1, 0)
    await bench.advance_and_run(1)
    assert await states(bench, [waiting]) == [JobState.RENDERING]


async def test_after_downtime_the_api_is_asked_before_jobs_are_ended(bench: EngineHarness) -> None:
    """It may have come back while the bot was down: then the jobs that waited are made."""
    bench.api.creations = [OutcomeUnknown("cut")]
    await bench.queue()
    await bench.engine.run_until_idle()
    waiting = await bench.queue(BOB)
    bench.engine = bench.new_engine()
    await bench.clock.advance(3 * HOUR)
    await bench.engine.recover()
    await bench.engine.run_until_idle()
    assert await states(bench, [waiting]) == [JobState.RENDERING]


async def test_after_downtime_jobs_are_ended_once_the_api_did_not_answer(bench: EngineHarness) -> None:
    """The outage goes on, so their hour is over."""
    bench.api.creations = [OutcomeUnknown("cut")]
    bench.api.pings = [InvalidResponse("HTTP 503", status=503)] * 3
    await bench.queue()
    await bench.engine.run_until_idle()
    waiting = await bench.queue(BOB)
    bench.engine = bench.new_engine()
    await bench.clock.advance(3 * HOUR)
    await bench.engine.recover()
    await bench.engine.run_until_idle()
    await bench.advance_and_run(1)
    assert await states(bench, [waiting]) == [JobState.FAILED]


async def test_a_process_that_dies_in_a_trial_makes_the_next_one_wait(bench: EngineHarness) -> None:
    """Nobody knows what became of the trial: it is unknown, and the API is probed again first."""
    bench.api.creations = [OutcomeUnknown("cut")]
    await bench.queue()
    await bench.engine.run_until_idle()
    jobs = await queue(bench, 2)
    dying = asyncio.Event()

    async def die(_: MovieRequest) -> None:
        dying.set()
        await asyncio.Event().wait()

    bench.api.while_creating = die
    await bench.clock.advance(2)
    await bench.engine.start()
    await dying.wait()
    await bench.engine.stop(0)
    bench.engine = bench.new_engine()
    await bench.engine.recover()
    assert await states(bench, jobs) == [JobState.UNKNOWN, JobState.QUEUED]
    assert (await bench.database.read(breakers.read)).state is BreakerState.OPEN


async def test_a_stop_leaves_the_probe_to_the_next_process(bench: EngineHarness) -> None:
    """A probe that hangs holds no stop up, and is due at once afterwards."""
    bench.api.creations = [OutcomeUnknown("cut")]
    await bench.queue()
    await bench.engine.run_until_idle()
    probing = asyncio.Event()

    async def hang() -> None:
        probing.set()
        await asyncio.Event().wait()

    bench.api.while_pinging = hang
    await bench.clock.advance(2)
    await bench.engine.start()
    await probing.wait()
    await asyncio.wait_for(bench.engine.stop(30), 5)
    assert (await bench.database.read(breakers.read)).probe_is_due(bench.clock.now())
