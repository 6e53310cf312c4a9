"""Orders are submitted after the acknowledgment, and holds are resolved for each response and connection failure."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from dataclasses import replace

import pytest

from bot.core.errors import (
    AuthenticationFailed,
    ConnectFailed,
    InvalidRequest,
    InvalidResponse,
    OutcomeUnknown,
    RequestNotFound,
)
from bot.domain.delivery import NotificationType
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.operations import Operation
from bot.domain.orders import Order, OrderContext, OrderPlaced
from bot.domain.pictures import Picture, PictureType
from bot.domain.request import Draft, MovieRequest
from bot.samsar.config import AUTUMN_2026
from bot.services.orders import OrderService
from data import breakers, orders
from data.engine.sqlite import SqliteDatabase
from tests.helpers import claims, ledger_checks
from tests.helpers.fakes import nothing
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.worker_harness import WorkerHarness

HOUR = 3600
JPEG = b"\xff\xd8\xff"


async def test_a_queued_job_is_taken_to_the_api_and_watched_from_then_on(harness: WorkerHarness) -> None:
    seen: list[str] = []

    async def look(_: MovieRequest) -> None:
        seen.extend(job["state"] for job in ledger_checks.jobs(harness.path))

    harness.api.while_creating = look
    job = await harness.render(seconds=10)
    assert (seen, harness.api.created) == (["submitting"], [job.request])
    assert (job.state, job.request_id) == (JobState.RENDERING, "request-1")
    assert job.next_run_at == harness.clock.now() + 5000
    assert harness.member() == BudgetTotals(used=0, held=100)
    assert [shown.state for shown in harness.publisher.shown] == [JobState.RENDERING]


async def test_what_the_api_answered_is_not_logged(harness: WorkerHarness, caplog: pytest.LogCaptureFixture) -> None:
    """It may quote the prompt, cut off or in other letters. The log has the error's type and status only."""
    for error in (
        InvalidRequest("'a red ball…", status=400),
        OutcomeUnknown("no: a\\nred   balloon", status=500),
        InvalidResponse("A%20RED%20BALLOON", status=200),
    ):
        caplog.clear()
        await harness.database.write(breakers.probe_answered)
        harness.api.creations = [error]
        job = await harness.render()
        [record] = [each for each in caplog.records if each.message.startswith("job_")]
        assert (record.levelname, record.__dict__["job_id"]) == ("ERROR", job.id)
        assert (record.__dict__["error_type"], record.__dict__["status"]) == (type(error).__name__, error.status)
        assert not [value for value in record.__dict__.values() if error.message in str(value)]


async def test_why_an_outcome_is_unknown_is_logged(harness: WorkerHarness, caplog: pytest.LogCaptureFixture) -> None:
    harness.api.creations = [OutcomeUnknown("ServerDisconnectedError: Server disconnected")]
    await harness.render()
    [record] = [each for each in caplog.records if each.message == "job_outcome_unknown"]
    assert record.__dict__["error"] == "ServerDisconnectedError: Server disconnected"
    await harness.database.write(breakers.reset)
    harness.api.creations = [ZeroDivisionError("a bug")]
    assert (await harness.render()).state is JobState.UNKNOWN
    assert caplog.messages.count("breaker_opened") == 2
    assert harness.member() == BudgetTotals(used=0, held=200)
    await harness.advance_and_run(HOUR)
    assert len(harness.api.created) == 2


async def test_what_may_have_been_carried_out_is_never_sent_again(harness: WorkerHarness) -> None:
    harness.api.creations = [InvalidResponse("<html>", status=502)]
    job = await harness.render()
    assert (job.state, harness.member().held) == (JobState.UNKNOWN, 100)
    for _ in range(5):
        await harness.advance_and_run(24 * HOUR)
        await harness.restart()
    assert len(harness.api.created) == 1
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.UNKNOWN]


async def test_a_job_is_not_claimed_while_its_last_outcome_is_written(harness: WorkerHarness) -> None:
    """The COMMIT's answer was lost, so the process repeats the write."""
    job = await harness.queue()
    harness.api.creations = [ConnectFailed("refused")]
    claimed: list[int] = []

    async def commit(_: MovieRequest) -> None:
        harness.api.while_creating = nothing
        await harness.database.write(claims.requeue, job.id, harness.clock.now(), 1)
        claimed.append(await harness.worker._submissions._start_due(harness.clock.now()))

    harness.api.while_creating = commit
    await harness.worker.run_until_idle()
    assert claimed == [0]
    assert (await harness.job(job)).state is JobState.RENDERING
    assert len(harness.api.created) == 2


async def test_an_outcome_that_is_never_taken_is_told(harness: WorkerHarness, caplog: pytest.LogCaptureFixture) -> None:
    never = "CREATE TRIGGER never BEFORE UPDATE ON jobs WHEN NEW.state = 'rendering'"
    ledger_checks.execute(harness.path, f"{never} BEGIN SELECT RAISE(ABORT, 'never'); END")
    with caplog.at_level("INFO"):
        job = await harness.render()
    assert job.state is JobState.SUBMITTING
    assert [record.message for record in caplog.records if record.levelname == "CRITICAL"] == ["job_update_rejected"]
    [record] = [record for record in caplog.records if record.message == "job_submitted"]
    assert record.__dict__["request_id"] == "request-1"
    await harness.advance_and_run(76)
    assert (await harness.job(job)).state is JobState.UNKNOWN
    assert harness.member() == BudgetTotals(used=0, held=100)


@asynccontextmanager
async def locked_out(harness: WorkerHarness) -> AsyncGenerator[tuple[OrderService, sqlite3.Connection]]:
    database = await SqliteDatabase.open(harness.path, busy_seconds=0)
    with closing(sqlite3.connect(harness.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield OrderService(database, harness.clock), other
    await database.close()


async def test_a_confirmation_is_retried_while_the_database_is_locked(harness: WorkerHarness) -> None:
    job = await harness.place()
    async with locked_out(harness) as (orders, other):
        confirming = asyncio.create_task(orders.enqueue(job, 77))
        for _ in range(8):
            await harness.clock.asleep_within(confirming)
            await harness.clock.advance(1)
        await harness.clock.asleep_within(confirming)
        other.execute("ROLLBACK")
        await harness.clock.advance(1)
        assert await confirming
    queued = await harness.job(job)
    assert (queued.card_message_id, queued.acknowledged_at is not None) == (77, True)


async def test_a_confirmation_is_given_up_when_its_minute_is_over(harness: WorkerHarness) -> None:
    job = await harness.place()
    async with locked_out(harness) as (orders, other):
        await harness.clock.advance(58.5)
        confirming = asyncio.create_task(orders.enqueue(job, 77))
        await harness.clock.asleep_within(confirming)
        await harness.clock.advance(1)
        assert not await confirming
        assert (await harness.job(job)).acknowledged_at is None
        other.execute("ROLLBACK")
    await harness.advance_and_run(1)
    assert ((await harness.job(job)).state, harness.member()) == (JobState.CANCELLED, BudgetTotals())
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.CANCELLED]


async def test_the_only_process_voids_unacknowledged_orders_at_once(harness: WorkerHarness) -> None:
    job = await harness.place()
    queued = await harness.queue()
    await harness.restart()
    assert (await harness.job(job)).end_reason is EndReason.RESPONSE_FAILED
    assert (await harness.job(queued)).state is JobState.QUEUED
    assert harness.member() == BudgetTotals(used=0, held=100)
    await harness.worker.run_until_idle()
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.CANCELLED]


async def test_a_process_that_starts_beside_another_leaves_it_a_minute_to_answer(harness: WorkerHarness) -> None:
    await harness.worker.recover()
    job = await harness.place()
    new = harness.new_worker(beside=True)
    await new.recover()
    assert (await harness.job(job)).state is JobState.RESERVED
    assert await harness.orders.enqueue(job, 77)
    assert (await harness.job(job)).card_message_id == 77


async def queued_with_pictures(harness: WorkerHarness) -> Job:
    """Return a queued movie of two pictures."""
    limits = replace(harness.catalogue.limits, operations=AUTUMN_2026.limits.operations)
    harness.database.policy = replace(harness.database.policy, catalogue=replace(harness.catalogue, limits=limits))
    came = tuple(Picture(f"a.{number}", PictureType.JPEG, JPEG) for number in (1, 2))
    draft = Draft("a cat", operation=Operation.PICTURES, sources=tuple(each.id for each in came))
    placed = await harness.database.write(orders.place, Order(OrderContext(1, 2, 3, 4), draft, pictures=came))
    assert isinstance(placed, OrderPlaced)
    assert await harness.orders.enqueue(placed.job, card_message_id=77)
    return placed.job


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (ConnectFailed("no route"), JobState.QUEUED),
        (InvalidResponse("<html>", status=502), JobState.QUEUED),
        (OutcomeUnknown("reset"), JobState.QUEUED),
        (RequestNotFound("no such path"), JobState.QUEUED),
        (AuthenticationFailed("the key has expired", status=401), JobState.QUEUED),
        (InvalidRequest("not a picture", status=400), JobState.FAILED),
    ],
)
async def test_while_pictures_are_given_nothing_is_ordered_whatever_goes_wrong(
    harness: WorkerHarness, error: Exception, state: JobState
) -> None:
    job = await queued_with_pictures(harness)
    harness.api.uploads = [error]
    await harness.worker.run_until_idle()
    assert ((await harness.job(job)).state, harness.api.created) == (state, [])
    assert harness.member().held == (0 if state is JobState.FAILED else job.price)
    if state is JobState.QUEUED:
        await harness.advance_and_run(HOUR // 2)
        assert ((await harness.job(job)).state, len(harness.api.created)) == (JobState.RENDERING, 1)


async def test_a_stop_while_pictures_are_given_queues_the_movie_again(harness: WorkerHarness) -> None:
    job, begun, never = await queued_with_pictures(harness), asyncio.Event(), asyncio.Event()

    async def hang(_: bytes) -> None:
        begun.set()
        await never.wait()

    harness.api.while_uploading = hang
    async with harness.running(grace=0):
        await begun.wait()
    assert ((await harness.job(job)).state, harness.api.created) == (JobState.QUEUED, [])
