"""Orders that wait for staff on both engines: held once, decided once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bot.domain.approval import ApprovalScope
from bot.domain.approval_decision import ApprovalObstacle, Decision
from bot.domain.credits import Shortfall
from bot.domain.job import Approval, EndReason, JobState
from bot.domain.order import OrderRejected
from bot.domain.quota import AuditAction, AuditContext
from bot.domain.risk import RiskLimits
from bot.domain.server_setup import SettingValue
from bot.errors import DuplicateInteraction, StorageError
from bot.services.approvals import ApprovalService
from bot.services.signals import Signals
from data import (
    blocks,
    jobs,
    orders,
    server_policies,
    submissions,
)
from data.compiled_filters import CompiledFilters
from data.database import Transaction
from tests.helpers.approving import (
    CANCELLED,
    CATALOGUE,
    DANA,
    ELSEWHERE,
    ERIN,
    LOG,
    QUEUED,
    TRUSTED,
    WAITING,
    approve,
    assert_refunded_once,
    decline,
    logged,
    ordered,
    placed,
    set_up,
    with_channel,
)
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.reserving import create_job
from tests.helpers.store_harness import ALICE, BOB, DAY, GUILD, LIMITS, NOW, StoreHarness, a_job

# ── which orders wait ────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_servers_settings_decide_when_a_movie_is_ordered(store: StoreHarness) -> None:
    everyone, untrusted = ApprovalScope.EVERYONE, ApprovalScope.UNTRUSTED
    off: dict[str, SettingValue] = {"approval": None, "approval_credits": None, "trusted_roles": ()}
    await with_channel(store)
    cases: list[tuple[dict[str, SettingValue], dict[str, Any], JobState]] = [
        ({}, {}, QUEUED),
        ({"approval_credits": 1}, {}, QUEUED),
        ({"approval": everyone}, {}, WAITING),
        ({"approval": everyone}, {"manages_server": True}, QUEUED),
        ({"approval": everyone, "approval_credits": 20}, {"seconds": 2}, QUEUED),
        ({"approval": everyone, "approval_credits": 20}, {"seconds": 3}, WAITING),
        ({"approval": untrusted, "trusted_roles": (TRUSTED,)}, {"role_ids": (32,)}, WAITING),
        ({"approval": untrusted, "trusted_roles": (TRUSTED,)}, {"role_ids": (32, TRUSTED)}, QUEUED),
    ]
    for number, (settings, order, state) in enumerate(cases, 1):
        await set_up(store, **off | settings)
        job = await ordered(store, number, **{"seconds": 1} | order)
        assert (job.state, job.approval) == (state, Approval.REQUIRED if state is WAITING else None), (settings, order)
    assert (await store.member()).held == 10 * 6 + 20 + 30
    assert_ledger_consistent(store.place)


async def test_what_is_changed_afterwards_decides_about_later_orders_only(store: StoreHarness) -> None:
    await set_up(store, approval=ApprovalScope.EVERYONE)
    order = await placed(store)
    await set_up(store, approval=None)
    assert await store.database.write(orders.enqueue, order.job.id, 77, NOW)
    assert await store.state(order.job) is WAITING


async def test_a_waiting_order_is_in_the_staff_channel_and_in_no_queue(store: StoreHarness) -> None:
    job = await store.awaiting(a_job(1))
    await store.queued(a_job(2, BOB))
    [_, (entry, channel)] = await store.posted_lines(NOW)
    assert (entry.action, entry.job_id, entry.subject_id, entry.credits) == (
        AuditAction.REQUEST_APPROVAL,
        job.id,
        ALICE,
        job.price,
    )
    assert channel == LOG
    assert await store.database.read(jobs.queue_position, a_job(3).id) == 1
    assert await store.database.read(jobs.own_ahead, a_job(3), NOW) == 0
    claimed = await store.claimed(NOW + 3 * DAY, 10, 10, 10)
    assert [each.id for each in claimed] == [a_job(2).id]
    assert await store.database.read(submissions.next_claimable_at, NOW) is None


async def test_a_waiting_order_counts_as_open_work(store: StoreHarness) -> None:
    store.limits = replace(LIMITS, risk=RiskLimits(1, 50, 1000, 600))
    await store.awaiting(a_job(1))
    with pytest.raises(AssertionError):
        await store.queued(a_job(2))
    store.limits = replace(LIMITS, risk=RiskLimits(9, 50, 150, 600))
    made = await store.database.write(create_job, a_job(3), (), store.limits)
    assert isinstance(made, OrderRejected)
    assert isinstance(made.reason, Shortfall)
    assert made.reason.available == 50


async def test_an_accepted_response_that_seems_lost_asks_once(store: StoreHarness) -> None:
    job = await store.awaiting(a_job(1))
    assert await store.database.write(orders.enqueue, job.id, 77, NOW + 5)
    assert logged(store) == [(ALICE, "request_approval", None)]
    assert await store.found(job.id) == job


async def test_an_order_that_was_never_shown_waits_for_nobody(store: StoreHarness) -> None:
    await with_channel(store)
    job = await store.reserved(replace(a_job(1), approval=Approval.REQUIRED))
    assert await store.voided(NOW + 1, NOW + DAY) == [job.id]
    assert not await store.database.write(orders.enqueue, job.id, 77, NOW + DAY)
    assert logged(store) == []
    assert (await store.member()).held == 0


# ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_approved_order_takes_its_place_in_the_queue_at_its_price(store: StoreHarness) -> None:
    """The queue is ordered by command time, not by approval time."""
    job = await store.awaiting(a_job(1, cost=123))
    await store.queued(a_job(2, BOB))
    decided = await store.database.write(approve, job, now=NOW + 5)
    assert decided is not None
    assert (decided.counted, decided.job.state, decided.job.decided_by) == (True, QUEUED, DANA)
    assert (decided.job.acknowledged_at, decided.job.price) == (NOW + 5, 123)
    assert await store.database.read(jobs.queue_position, job.id) == 0
    assert logged(store)[-1] == (DANA, "approve_movie", None)
    assert [each.id for each in await store.claimed(NOW + 5, 10, 10, 10)] == [job.id, a_job(2).id]
    assert await store.pending_notifications() == []


async def test_a_declined_order_is_refunded_and_its_member_told_why(store: StoreHarness) -> None:
    job = await store.awaiting(a_job(1))
    decided = await store.database.write(decline, job)
    assert decided is not None
    assert (decided.counted, decided.job.state, decided.job.decided_by) == (True, CANCELLED, DANA)
    assert (decided.job.end_reason, decided.job.decline_reason) == (EndReason.DECLINED, "too gory")
    assert logged(store)[-1] == (DANA, "decline_movie", None)
    [row] = query(store.place, "SELECT subject_id, amount FROM audit_log WHERE action = 'decline_movie'")
    assert [*row.values()] == [ALICE, job.price]
    await assert_refunded_once(store, job)


async def test_an_order_is_decided_once(store: StoreHarness) -> None:
    for number, (first, second) in enumerate(product((approve, decline), repeat=2)):
        job = await store.awaiting(a_job(number, cost=10))
        decided = await store.database.write(first, job, 900 + number)
        again = await store.database.write(second, job, 910 + number, by=ERIN)
        assert decided is not None
        assert decided.counted
        assert again == Decision(decided.job, counted=False)
    assert len(logged(store)) == 8


async def test_staff_do_not_approve_what_is_theirs_unless_they_manage_the_server(store: StoreHarness) -> None:
    job = await store.awaiting(a_job(1))
    service = ApprovalService(store.database, store.clock, CATALOGUE, Signals(), CompiledFilters())
    for manages, obstacle, state in ((False, ApprovalObstacle.OWN, WAITING), (True, None, QUEUED)):
        decided = await service.approve(AuditContext(ALICE, GUILD), job.id, manages=manages)
        assert decided is not None
        assert (decided.obstacle, await store.state(job)) == (obstacle, state)


async def test_nothing_is_approved_while_the_operator_takes_no_orders(store: StoreHarness) -> None:
    job = await store.awaiting(a_job(1))
    paused = Decision(job, counted=False, obstacle=ApprovalObstacle.PAUSED)
    await store.database.write(server_policies.set_paused, NOW, paused=True)
    assert await store.database.write(approve, job, 1) == paused
    await store.database.write(server_policies.set_paused, NOW, paused=False)
    await store.database.write(server_policies.set_blocked, GUILD, NOW, blocked=True)
    assert await store.database.write(approve, job, 2) == paused


async def test_a_prompt_that_breaks_a_newer_rule_is_not_approved(store: StoreHarness) -> None:
    """The rule is newer than the order, so no refusal is logged."""
    job = await store.awaiting(a_job(1))
    await set_up(store, filter_rules=(job.request.prompt.split()[-1],))
    decided = await store.database.write(approve, job)
    assert decided == Decision(job, counted=False, obstacle=ApprovalObstacle.PROMPT)
    assert query(store.place, "SELECT 1 FROM audit_log WHERE action = 'prompt_refused'") == []
    await set_up(store, filter_rules=())
    decided = await store.database.write(approve, job, 902)
    assert decided is not None
    assert decided.counted


@pytest.mark.parametrize("decision", [approve, decline])
async def test_a_decision_and_its_record_are_kept_once_and_together(
    store: StoreHarness, decision: Callable[..., Decision]
) -> None:
    """An order of another server is not found."""
    job = await store.awaiting(a_job(1))

    def fail_before_the_commit(tx: Transaction) -> None:
        decision(tx, job)
        raise StorageError("the disk is full")

    with pytest.raises(StorageError):
        await store.database.write(fail_before_the_commit)
    assert await store.database.write(decision, job, guild=ELSEWHERE) is None
    assert (await store.state(job), len(logged(store))) == (WAITING, 1)
    assert (await store.member()).held == job.price
    await store.database.write(decision, job)
    with pytest.raises(DuplicateInteraction):
        await store.database.write(decision, job)
    assert len(logged(store)) == 2


async def test_the_order_of_a_member_who_was_blocked_meanwhile_is_declined_but_not_approved(
    store: StoreHarness,
) -> None:
    """The order can be approved once the member is unblocked."""
    job, other = await store.awaiting(a_job(1)), await store.awaiting(a_job(2))
    for number, guild, obstacle in (
        (1, GUILD, ApprovalObstacle.BLOCKED),
        (2, blocks.EVERYWHERE, ApprovalObstacle.BLOCKED_EVERYWHERE),
    ):
        await store.database.write(blocks.block, ALICE, None, by=AuditContext(DANA, guild), now=NOW)
        decided = await store.database.write(approve, job, number)
        assert decided == Decision(job, counted=False, obstacle=obstacle)
    declined = await store.database.write(decline, other)
    for guild in (GUILD, blocks.EVERYWHERE):
        await store.database.write(blocks.unblock, ALICE, by=AuditContext(DANA, guild), now=NOW)
    decided = await store.database.write(approve, job, 902)
    assert [each is not None and each.counted for each in (declined, decided)] == [True, True]
