"""Orders are submitted after the acknowledgment, and holds are always resolved."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, JobState
from bot.services.orders import OrderService
from bot.services.refused_prompts import RefusedPrompts
from data.compiled_filters import CompiledFilters
from data.sqlite import SqliteDatabase
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.worker_harness import WorkerHarness


@pytest.mark.parametrize("notify", [False, True])
async def test_an_order_that_was_not_answered_is_released(harness: WorkerHarness, *, notify: bool) -> None:
    job = await harness.place(seconds=12)
    assert harness.member() == harness.plan() == BudgetTotals(used=0, held=120)
    await harness.advance_and_run(1)
    await harness.orders.void(job, notify=notify)
    assert not await harness.orders.enqueue(job, 77), "a confirmation that comes too late changes nothing"
    await harness.advance_and_run(60)
    ended = await harness.job(job)
    assert (ended.state, ended.end_reason) == (JobState.CANCELLED, EndReason.RESPONSE_FAILED)
    assert harness.member() == harness.plan() == BudgetTotals(used=0, held=0)
    assert harness.api.created == []
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.CANCELLED] * notify


@asynccontextmanager
async def locked_out(harness: WorkerHarness) -> AsyncGenerator[tuple[OrderService, sqlite3.Connection]]:
    database = await SqliteDatabase.open(harness.path, busy_seconds=0)
    parts = (database, harness.clock, harness.catalogue, harness.config.limits, harness.signals)
    orders = OrderService(*parts, CompiledFilters(), RefusedPrompts(harness.signals))
    try:
        with closing(sqlite3.connect(harness.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield orders, other
    finally:
        await database.close()


async def test_a_confirmation_is_retried_while_the_database_is_locked(harness: WorkerHarness) -> None:
    """Backups and deploys may hold the lock for seconds. The card is posted, so the order must go on."""
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
    await harness.worker.run_until_idle()
    assert len(harness.api.created) == 1


async def test_a_confirmation_is_given_up_when_its_minute_is_over(harness: WorkerHarness) -> None:
    job = await harness.place()
    async with locked_out(harness) as (orders, other):
        await harness.clock.advance(58.5)
        confirming = asyncio.create_task(orders.enqueue(job, 77))
        await harness.clock.asleep_within(confirming)
        await harness.clock.advance(1)
        assert not await confirming
        assert (await orders.current(job)).acknowledged_at is None
        other.execute("ROLLBACK")
    await harness.advance_and_run(1)
    assert (await harness.job(job)).state is JobState.CANCELLED
    assert harness.member() == BudgetTotals(used=0, held=0)
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.CANCELLED]


async def test_an_order_whose_process_died_is_swept_up_after_a_minute(harness: WorkerHarness) -> None:
    job = await harness.place()
    harness.worker = harness.new_worker()
    await harness.advance_and_run(60)
    assert (await harness.job(job)).state is JobState.RESERVED
    await harness.advance_and_run(0.001)
    assert (await harness.job(job)).state is JobState.CANCELLED
    assert harness.member() == BudgetTotals(used=0, held=0)
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.CANCELLED]


async def test_the_only_process_voids_unacknowledged_orders_at_once(harness: WorkerHarness) -> None:
    """No other process could still confirm them. The member can order again without a minute's wait."""
    job = await harness.place()
    queued = await harness.queue()
    await harness.restart()
    assert (await harness.job(job)).end_reason is EndReason.RESPONSE_FAILED
    assert (await harness.job(queued)).state is JobState.QUEUED
    assert harness.member() == BudgetTotals(used=0, held=100)
    await harness.worker.run_until_idle()
    assert [each.type for each in harness.publisher.accepted] == [NotificationType.CANCELLED]


async def test_a_process_that_starts_beside_another_leaves_it_a_minute_to_answer(harness: WorkerHarness) -> None:
    """During a deploy, the other process may still post the card."""
    await harness.worker.recover()
    job = await harness.place()
    new = harness.new_worker(beside=True)
    await new.recover()
    assert (await harness.job(job)).state is JobState.RESERVED
    assert await harness.orders.enqueue(job, 77)
    assert (await harness.job(job)).card_message_id == 77
