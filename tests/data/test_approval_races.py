"""Concurrent decisions about one order on PostgreSQL: the first counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.approval import ApprovalFallback, ApprovalScope
from bot.domain.approval_decision import Decision
from bot.domain.delivery import PostedMessage
from bot.domain.job import Job
from data import (
    approvals,
    audit_log,
    erasure,
    job_actions,
    orders,
)
from data.database import Transaction
from tests.helpers.approving import (
    CANCELLED,
    DANA,
    ERIN,
    QUEUED,
    WAITING,
    approve,
    decline,
    fail_channel,
    logged,
    ordered,
    placed,
    set_up,
    with_channel,
)
from tests.helpers.interleaving import side_by_side
from tests.helpers.ledger_checks import assert_ledger_consistent
from tests.helpers.store_harness import ALICE, NOW, StoreHarness, a_job

_RACES: dict[str, Callable[[Transaction, Job], object]] = {
    "approve": approve,
    "decline": decline,
    "lapse": lambda tx, job: approvals.lapse(tx, job.id, NOW),
    "withdraw": lambda tx, job: job_actions.cancel(tx, job.id, ALICE, NOW),
    "erase": lambda tx, job: erasure.cancel(tx, job, NOW),
}


ENGINES = ("postgresql",)


@pytest.mark.parametrize("first", _RACES)
@pytest.mark.parametrize("second", _RACES)
async def test_of_two_at_once_in_two_processes_the_first_decides(store: StoreHarness, first: str, second: str) -> None:
    job = await store.awaiting(a_job(1))

    def other(tx: Transaction) -> object:
        if second == "approve":
            return approve(tx, job, 903, by=ERIN)
        return decline(tx, job, 904, by=ERIN) if second == "decline" else _RACES[second](tx, job)

    one, two = await side_by_side(store.database, lambda tx: _RACES[first](tx, job), other)
    withdrawn = (first, second) == ("approve", "withdraw")  # from the queue
    assert (counted(one), counted(two)) == (True, withdrawn)
    found = await store.found(job.id)
    assert found.state is (QUEUED if first == "approve" and not withdrawn else CANCELLED)
    assert (await store.member()).held == (job.price if found.state is QUEUED else 0)
    assert_ledger_consistent(store.place)
    assert len(await store.pending_notifications()) == (first in ("decline", "lapse"))


def counted(outcome: object) -> bool:
    """Return whether a decision, a cancellation or a lapse changed the order."""
    return outcome.counted if isinstance(outcome, Decision) else bool(outcome)


async def test_a_failing_channel_beside_an_approval_starts_nothing_twice(store: StoreHarness) -> None:
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=ApprovalFallback.START)
    job = await ordered(store)
    await side_by_side(store.database, lambda tx: approve(tx, job), fail_channel)
    assert [action for _, action, _ in logged(store)] == ["request_approval", "approve_movie"]
    assert (await store.found(job.id)).decided_by == DANA


async def test_a_failing_channel_beside_a_posted_request_ends_without_a_deadlock(store: StoreHarness) -> None:
    """Both transactions lock the order first, so neither runs twice."""
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=ApprovalFallback.START)
    await store.posted_lines(NOW)
    job = await ordered(store)
    [(entry, channel)] = await store.database.read(audit_log.due_entries, NOW, 9, ())
    runs: list[str] = []

    def mark_posted(tx: Transaction) -> None:
        runs.append("posted")
        approvals.mark_posted(tx, entry.id, job.id, PostedMessage(channel, 999), NOW)

    def fail(tx: Transaction) -> None:
        runs.append("failed")
        fail_channel(tx)

    await side_by_side(store.database, mark_posted, fail, after="FOR NO KEY UPDATE")
    assert runs == ["posted", "failed"]
    assert await store.state(job) is WAITING  # its request is posted


async def test_an_order_beside_a_failing_channel_waits_or_starts_but_is_asked_for(store: StoreHarness) -> None:
    """Otherwise an order could wait without a request to staff."""
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=ApprovalFallback.START)
    await ordered(store, 1)
    order = await placed(store, 2)
    await side_by_side(
        store.database,
        fail_channel,
        lambda tx: orders.enqueue(tx, order.job.id, 77, NOW),
        after="UPDATE guild_settings SET staff_channel_failed_at",
    )
    found = await store.found(order.job.id)
    due = {entry.job_id for entry, _ in await store.database.read(audit_log.due_entries, NOW, 9, ())}
    assert found.state is QUEUED or order.job.id in due
    await store.database.write(fail_channel)
    assert await store.state(order.job) is QUEUED
