"""An outage: the failed orders, the waiting ones, and its end."""

import pytest

from bot.core import errors
from bot.domain.breaker import Outage
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.request import MovieRequest
from data import breakers, submissions
from tests.helpers import claims
from tests.helpers.at_time import at_time
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.worker_harness import BOB, WorkerHarness

HOUR = 3600
WIDTH = 4  # orders that are submitted at the same time
UNCERTAIN = (
    errors.OutcomeUnknown("Something went wrong.", status=500),
    errors.OutcomeUnknown("ServerDisconnectedError: Server disconnected"),
    errors.InvalidResponse("<html>", status=502),
    errors.RequestNotFound("no such path", status=404),
)


async def queue(harness: WorkerHarness, count: int) -> list[Job]:
    return [await harness.queue(100 + number) for number in range(count)]


async def states(harness: WorkerHarness, jobs: list[Job]) -> list[JobState]:
    return [(await harness.job(job)).state for job in jobs]


def logged(caplog: pytest.LogCaptureFixture, event: str) -> list[dict[str, object]]:
    return [vars(record) for record in caplog.records if record.message == event]


@pytest.mark.parametrize("error", UNCERTAIN, ids=["500", "disconnected", "no JSON", "404"])
async def test_an_outage_takes_along_only_what_was_under_way(
    harness: WorkerHarness, caplog: pytest.LogCaptureFixture, error: errors.SamsarError
) -> None:
    harness.api.creations = [error] * 12
    harness.api.pings = [errors.InvalidResponse("HTTP 503", status=503)] * 3
    jobs = await queue(harness, 12)
    await harness.worker.run_until_idle()
    for _ in range(4):
        await harness.advance_and_run(3)
    assert await states(harness, jobs) == [JobState.UNKNOWN] * WIDTH + [JobState.QUEUED] * 8
    assert (len(harness.api.created), harness.api.pinged, harness.member().held) == (WIDTH, 2, 1200)
    harness.api.creations.clear()
    await harness.advance_and_run(10)
    await harness.advance_and_run(20)
    assert await states(harness, jobs) == [JobState.UNKNOWN] * WIDTH + [JobState.RENDERING] * 8
    [opened], [closed] = logged(caplog, "breaker_opened"), logged(caplog, "breaker_closed")
    assert (opened["levelname"], opened["outage"]) == ("ERROR", Outage.NO_ANSWER)
    assert (opened["error_type"], opened["status"]) == (type(error).__name__, error.status)
    assert (closed["levelname"], closed["down_seconds"]) == ("WARNING", 42)


NOTHING_ACCEPTED = {
    Outage.AUTHENTICATION_FAILED: (errors.AuthenticationFailed("Invalid API key", status=401), None),
    Outage.UNREACHABLE: (errors.ConnectFailed("refused"), "refused"),
}


@pytest.mark.parametrize("outage", NOTHING_ACCEPTED)
async def test_an_api_that_accepts_nothing_fails_no_job(
    harness: WorkerHarness, caplog: pytest.LogCaptureFixture, outage: Outage
) -> None:
    error, told = NOTHING_ACCEPTED[outage]
    harness.api.creations, harness.api.pings = [error] * WIDTH, [error] * 5
    jobs = await queue(harness, 12)
    await harness.clock.advance(2 * HOUR)
    await harness.worker.run_until_idle()
    for _ in range(5):
        await harness.advance_and_run(64)
    assert await states(harness, jobs) == [JobState.QUEUED] * 12
    assert (len(harness.api.created), harness.api.pinged) == (WIDTH, 5)
    assert (harness.member(), harness.publisher.accepted) == (BudgetTotals(used=0, held=1200), [])
    [opened] = logged(caplog, "breaker_opened")
    assert (opened["outage"], opened.get("error")) == (outage, told)
    await harness.advance_and_run(120)
    assert (await states(harness, jobs))[:10] == [JobState.RENDERING] * 10


async def test_an_outage_is_reported_by_a_later_check(harness: WorkerHarness, caplog: pytest.LogCaptureFixture) -> None:
    harness.api.creations = [errors.OutcomeUnknown("cut")]
    harness.api.pings = [errors.InvalidResponse("HTTP 503", status=503)] * 9
    [job] = await queue(harness, 1)
    with harness.fail_writes(breakers.report):
        await harness.worker.run_until_idle()
    assert ((await harness.job(job)).state, logged(caplog, "breaker_opened")) == (JobState.UNKNOWN, [])
    for _ in range(2):
        await harness.advance_and_run(60)
    assert len(logged(caplog, "breaker_opened")) == 1


async def test_a_key_that_only_one_job_is_refused_for_is_that_jobs_end(harness: WorkerHarness) -> None:
    """The API accepts the probe with the same key. The job fails, so that it blocks no other."""
    harness.api.creations = [errors.AuthenticationFailed("no", status=403)] * 2
    first = await harness.queue()
    await harness.worker.run_until_idle()
    second = await harness.queue(BOB)
    await harness.advance_and_run(2)
    assert await states(harness, [first, second]) == [JobState.FAILED, JobState.QUEUED]
    assert (await harness.job(first)).end_reason is EndReason.AUTHENTICATION_FAILED
    await harness.advance_and_run(4)
    assert await states(harness, [second]) == [JobState.RENDERING]


async def test_a_key_that_is_refused_late_does_not_end_a_job_beside_the_trial(harness: WorkerHarness) -> None:
    """Only the trial was sent after the answered probe. The job that was sent before it keeps its place."""
    first = await harness.queue()
    late = await harness.queue(BOB)
    now = harness.clock.now()
    assert len(await harness.database.write(at_time(now, submissions.claim), 1, 10, 2)) == 1

    async def probed_meanwhile(_: MovieRequest) -> None:
        await harness.database.write(claims.requeue, first.id, now, 0, Outage.AUTHENTICATION_FAILED)
        await harness.database.write(breakers.probe_answered)
        assert len(await harness.database.write(at_time(now, submissions.claim), 1, 10, 2)) == 1

    harness.api.while_creating = probed_meanwhile
    harness.api.creations = [errors.AuthenticationFailed("Invalid API key", status=401)]
    await harness.worker.run_until_idle()
    assert await states(harness, [first, late]) == [JobState.SUBMITTING, JobState.QUEUED]
    assert (await harness.database.read(breakers.read)).trial_job_id == first.id


FOR_ALL = {
    EndReason.PLAN_EXHAUSTED: errors.UpstreamCreditsExhausted("no credits", status=402),
    EndReason.KEY_LIMIT_REACHED: errors.KeyLimitReached("the key's limit", status=402),
    EndReason.WRONG_API: errors.WrongApi("<html>", status=404),
    EndReason.RATE_LIMITED: errors.RateLimited("later", status=429),
}


@pytest.mark.parametrize("reason", FOR_ALL)
async def test_an_answer_for_all_stops_the_queue(harness: WorkerHarness, reason: EndReason) -> None:
    """Jobs in submission get their credits back, because smaller ones may fit."""
    error = FOR_ALL[reason]
    harness.api.creations = [error] * 12
    jobs = await queue(harness, 12)
    await harness.worker.run_until_idle()
    assert await states(harness, jobs) == [JobState.FAILED] * WIDTH + [JobState.QUEUED] * 8
    ended = [await harness.job(job) for job in jobs[:WIDTH]]
    assert {(job.end_reason, job.upstream_message) for job in ended} == {(reason, error.message)}
    assert harness.member() == BudgetTotals(used=0, held=800)


async def test_a_refusal_of_one_request_says_that_the_api_works(harness: WorkerHarness) -> None:
    harness.api.creations = [errors.OutcomeUnknown("cut"), errors.InvalidRequest("too long", status=400)]
    await harness.queue()
    await harness.worker.run_until_idle()
    jobs = await queue(harness, 3)
    await harness.advance_and_run(2)
    assert await states(harness, jobs) == [JobState.FAILED, JobState.RENDERING, JobState.RENDERING]


@pytest.mark.parametrize(("pings", "state"), [(0, JobState.RENDERING), (3, JobState.FAILED)])
async def test_after_downtime_the_api_is_asked_first(harness: WorkerHarness, pings: int, state: JobState) -> None:
    harness.api.pings = [errors.InvalidResponse("HTTP 503", status=503)] * pings
    harness.api.creations = [errors.OutcomeUnknown("cut")]
    await harness.queue()
    await harness.worker.run_until_idle()
    waiting = await harness.queue(BOB)
    harness.worker = harness.new_worker()
    await harness.clock.advance(3 * HOUR)
    await harness.worker.recover()
    await harness.worker.run_until_idle()
    await harness.advance_and_run(1)
    assert await states(harness, [waiting]) == [state]
