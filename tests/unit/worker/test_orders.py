"""From a command to the queue: nothing is submitted before the member was answered, and no hold is forgotten."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, JobState
from bot.domain.order import OrderPlaced
from bot.errors import ConstraintViolation
from bot.services.orders import OrderService
from data.database import Database
from tests.helpers import ledger_checks
from tests.helpers.engine_harness import ALICE, EngineHarness, order, too_dear
from tests.helpers.ledger_checks import BudgetTotals


async def test_placing_an_order_holds_exactly_its_credits(bench: EngineHarness) -> None:
    """The hold and the job are there, and nothing leaves yet."""
    job = await bench.place(seconds=12)
    assert bench.member() == bench.plan() == BudgetTotals(used=0, held=120)
    await bench.advance_and_run(1)
    assert bench.api.created == []
    assert (await bench.job(job)).state is JobState.RESERVED


async def test_a_confirmed_order_is_in_the_queue(bench: EngineHarness) -> None:
    """Once the card is there the job knows it, and is submitted."""
    job = await bench.queue()
    assert (job.card_message_id, job.acknowledged_at is not None) == (77, True)
    await bench.engine.run_until_idle()
    assert len(bench.api.created) == 1


async def test_an_order_that_was_not_answered_is_given_back(bench: EngineHarness) -> None:
    """Without an answer the member ordered nothing: credits back, nothing submitted, nothing said."""
    job = await bench.place()
    await bench.engine.intake.void(job, notify=False)
    await bench.advance_and_run(60)
    ended = await bench.job(job)
    assert (ended.state, ended.end_reason) == (JobState.CANCELLED, EndReason.RESPONSE_FAILED)
    assert bench.member() == bench.plan() == BudgetTotals(used=0, held=0)
    assert bench.api.created == []
    assert bench.screen.tried == []


async def test_a_member_who_may_have_seen_the_card_hears_that_it_was_cancelled(bench: EngineHarness) -> None:
    """Where the answer may have arrived all the same, a word is owed."""
    await bench.engine.intake.void(await bench.place(), notify=True)
    await bench.engine.run_until_idle()
    assert [each.type for each in bench.screen.accepted] == [NotificationType.CANCELLED]


async def test_what_is_in_the_queue_is_no_longer_withdrawn(bench: EngineHarness) -> None:
    """A late doubt about the answer never takes a queued movie away, nor gives its credits back twice."""
    job = await bench.queue()
    await bench.engine.intake.void(job, notify=True)
    assert (await bench.job(job)).state is JobState.QUEUED
    assert bench.member() == BudgetTotals(used=0, held=100)


async def test_what_was_withdrawn_is_no_longer_confirmed(bench: EngineHarness) -> None:
    """A confirmation that comes too late brings nothing back to life."""
    job = await bench.place()
    await bench.engine.intake.void(job, notify=False)
    assert not await bench.engine.intake.enqueue(job, 77)
    await bench.engine.run_until_idle()
    assert bench.api.created == []


@asynccontextmanager
async def locked_out(bench: EngineHarness) -> AsyncGenerator[tuple[OrderService, sqlite3.Connection]]:
    """An intake whose database gives up a lock at once, and the connection that holds it."""
    database = await Database.open(bench.path, busy_seconds=0)
    intake = OrderService(database, bench.clock, bench.catalogue, bench.rules.limits, bench.signals)
    try:
        with closing(sqlite3.connect(bench.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield intake, other
    finally:
        await database.close()


@pytest.mark.parametrize("tries", [1, 8])
async def test_a_confirmation_is_retried_while_the_database_is_locked(bench: EngineHarness, tries: int) -> None:
    """The card is there: a backup or a deploy that holds the lock for seconds is no reason to cancel the movie."""
    job = await bench.place()
    async with locked_out(bench) as (intake, other):
        confirming = asyncio.create_task(intake.enqueue(job, 77))
        for _ in range(tries):
            await bench.clock.asleep_within(confirming)
            await bench.clock.advance(1)
        await bench.clock.asleep_within(confirming)
        other.execute("ROLLBACK")
        await bench.clock.advance(1)
        assert await confirming
    assert (await bench.job(job)).card_message_id == 77
    await bench.engine.run_until_idle()
    assert len(bench.api.created) == 1


async def test_a_confirmation_is_given_up_when_its_minute_is_over(bench: EngineHarness) -> None:
    """Then the sweep withdraws the order, and a confirmation that came later would meet it."""
    job = await bench.place()
    async with locked_out(bench) as (intake, other):
        await bench.clock.advance(58.5)
        confirming = asyncio.create_task(intake.enqueue(job, 77))
        await bench.clock.asleep_within(confirming)
        await bench.clock.advance(1)
        assert not await confirming
        assert (await intake.current(job)).acknowledged_at is None
        other.execute("ROLLBACK")
    await bench.advance_and_run(1)
    assert (await bench.job(job)).state is JobState.CANCELLED
    assert bench.member() == BudgetTotals(used=0, held=0)
    assert [each.type for each in bench.screen.accepted] == [NotificationType.CANCELLED]


async def test_a_confirmation_that_no_retry_can_help_is_not_retried(bench: EngineHarness) -> None:
    """A rule of the tables forbids it: that is an error, and not a matter of time."""
    job = await bench.place()
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.execute(
            "CREATE TRIGGER never BEFORE UPDATE OF acknowledged_at ON jobs BEGIN SELECT RAISE(ABORT, 'never'); END"
        )
    with pytest.raises(ConstraintViolation):
        await asyncio.wait_for(bench.engine.intake.enqueue(job, 77), 60)


async def test_an_order_whose_process_died_is_swept_up_after_a_minute(bench: EngineHarness) -> None:
    """A crash between hold and answer costs the member nothing, and they are told."""
    job = await bench.place()
    bench.engine = bench.new_engine()
    await bench.advance_and_run(60)
    assert (await bench.job(job)).state is JobState.RESERVED
    await bench.advance_and_run(0.001)
    assert (await bench.job(job)).state is JobState.CANCELLED
    assert bench.member() == BudgetTotals(used=0, held=0)
    assert [each.type for each in bench.screen.accepted] == [NotificationType.CANCELLED]


async def test_a_process_that_starts_alone_gives_unanswered_orders_back_at_once(bench: EngineHarness) -> None:
    """Nobody is left who could answer them: the member is told, and can order again, without a minute's wait."""
    job = await bench.place()
    queued = await bench.queue()
    bench.engine = bench.new_engine()
    await bench.engine.recover()
    assert (await bench.job(job)).end_reason is EndReason.RESPONSE_FAILED
    assert (await bench.job(queued)).state is JobState.QUEUED
    assert bench.member() == BudgetTotals(used=0, held=100)
    await bench.engine.run_until_idle()
    assert [each.type for each in bench.screen.accepted] == [NotificationType.CANCELLED]


async def test_a_process_that_starts_beside_another_leaves_it_a_minute_to_answer(bench: EngineHarness) -> None:
    """In a deploy's overlap, the old process may be about to show the card."""
    await bench.engine.recover()
    job = await bench.place()
    new = bench.new_engine(beside=True)
    await new.recover()
    assert (await bench.job(job)).state is JobState.RESERVED
    assert await bench.engine.intake.enqueue(job, 77)
    assert (await bench.job(job)).card_message_id == 77


async def test_the_sweep_leaves_what_was_answered_alone(bench: EngineHarness) -> None:
    """However long a job waits in the queue, the sweep never takes it."""
    job = await bench.queue()
    await bench.clock.advance(3600)
    await bench.engine.intake.void_unacknowledged()
    assert (await bench.job(job)).state is JobState.QUEUED


async def test_the_same_interaction_makes_one_job(bench: EngineHarness) -> None:
    """During a deploy two processes can be handed the same command: one of them places it."""
    twice = [bench.engine.intake.place(*order(interaction=5)), bench.new_engine().intake.place(*order(interaction=5))]
    placed = await asyncio.gather(*twice)
    assert sorted(type(each).__name__ for each in placed) == ["NoneType", "OrderPlaced"]
    assert len(ledger_checks.jobs(bench.path)) == 1
    assert bench.member() == BudgetTotals(used=0, held=100)


async def test_an_order_beyond_the_allowance_holds_nothing(bench: EngineHarness) -> None:
    """What does not fit leaves no job and no hold behind, and what is left can still be spent."""
    await bench.place(seconds=50)
    shortfall = too_dear(await bench.engine.intake.place(*order(ALICE, seconds=20)))
    assert (shortfall.required, shortfall.available, shortfall.affordable_seconds(10)) == (200, 100, 10)
    assert len(ledger_checks.jobs(bench.path)) == 1
    assert bench.member() == BudgetTotals(used=0, held=500)
    assert isinstance(await bench.engine.intake.place(*order(ALICE, seconds=10)), OrderPlaced)


async def test_orders_at_the_same_moment_never_pass_the_allowance(bench: EngineHarness) -> None:
    """Ten at once, room for six: six are placed."""
    placed = await asyncio.gather(*(bench.engine.intake.place(*order()) for _ in range(10)))
    assert sum(isinstance(each, OrderPlaced) for each in placed) == 6
    assert bench.member() == BudgetTotals(used=0, held=600)
