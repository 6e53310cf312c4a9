"""Approval fallbacks: orders wait or start when staff can't be asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.approval import ApprovalFallback, ApprovalScope
from bot.domain.delivery import PostedMessage
from bot.domain.estimates import Estimate
from bot.domain.job import Approval, EndReason, JobState
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditReason
from bot.domain.server_setup import NOTHING_SET, Setting, SettingValue
from bot.services.durations import DurationHistory
from bot.services.estimates import Estimator
from data import (
    approvals,
    audit_log,
    blocks,
    departed_servers,
    erasure,
    message_deletions,
    orders,
    server_policies,
    setup_changes,
)
from data.database import Transaction
from tests.helpers.approving import (
    CANCELLED,
    DANA,
    ELSEWHERE,
    LOG,
    QUEUED,
    WAITING,
    approve,
    fail_channel,
    logged,
    ordered,
    placed,
    set_up,
    with_channel,
)
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, DAY, GUILD, NOW, StoreHarness, a_job

Change = Callable[[Transaction], object]


def _block(guild: int) -> Change:
    return lambda tx: blocks.block(tx, ALICE, None, by=AuditContext(DANA, guild), now=NOW)


def _unblock(guild: int) -> Change:
    return lambda tx: blocks.unblock(tx, ALICE, by=AuditContext(DANA, guild), now=NOW)


def _block_server(*, blocked: bool) -> Change:
    return lambda tx: server_policies.set_blocked(tx, GUILD, NOW, blocked=blocked)


def _pause(*, paused: bool) -> Change:
    return lambda tx: server_policies.set_paused(tx, NOW, paused=paused)


STOPS = [
    pytest.param(_block(GUILD), _unblock(GUILD), id="member blocked in the server"),
    pytest.param(_block(blocks.EVERYWHERE), _unblock(blocks.EVERYWHERE), id="member blocked everywhere"),
    pytest.param(_block_server(blocked=True), _block_server(blocked=False), id="server blocked"),
    pytest.param(_pause(paused=True), _pause(paused=False), id="paused"),
]
"""What keeps an order from starting, and how it ends."""


@pytest.mark.parametrize(
    ("channel", "fallback", "state"),
    [
        ("open", None, WAITING),
        ("closed", None, WAITING),
        ("open", ApprovalFallback.START, WAITING),
        ("closed", ApprovalFallback.START, QUEUED),
        ("none", ApprovalFallback.START, WAITING),
    ],
)
async def test_a_closed_staff_channel_lets_orders_wait_or_start(
    store: StoreHarness, channel: str, fallback: ApprovalFallback | None, state: JobState
) -> None:
    """The fallback is for channels that fail, not for a missing one."""
    if channel != "none":
        await with_channel(store, failed=channel == "closed")
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=fallback)
    order = await placed(store)
    assert order.staff_informed == (channel == "open" or state is QUEUED)
    await store.database.write(orders.enqueue, order.job.id, 77, NOW)
    assert await store.state(order.job) is state
    if state is WAITING:
        estimator = Estimator(store.database, DurationHistory(store.database), store.clock, per_member=None)
        expected = Estimate(staff_informed=channel == "open")
        assert await estimator.for_job(await store.found(order.job.id)) == expected
    else:
        assert logged(store) == [(SYSTEM_ACTOR_ID, "approve_movie", AuditReason.STAFF_UNREACHABLE)]


@pytest.mark.parametrize("fallback", [None, ApprovalFallback.START])
async def test_a_staff_channel_that_closes_later_lets_unposted_orders_wait_or_start(
    store: StoreHarness, fallback: ApprovalFallback | None
) -> None:
    """Posted requests can still be approved, so their orders wait."""
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=fallback)
    asked = await ordered(store, 1)
    await store.posted_lines(NOW)
    unasked = await ordered(store, 2)
    await store.database.write(fail_channel, NOW + 5)
    starts = fallback is ApprovalFallback.START
    assert await store.state(asked) is WAITING
    found = await store.found(unasked.id)
    assert (found.state, found.approval) == ((QUEUED, Approval.WAIVED) if starts else (WAITING, Approval.REQUIRED))
    assert [each.id for each in await store.claimed(NOW + 5, 10, 10, 10)] == [unasked.id] * starts
    assert (SYSTEM_ACTOR_ID, "approve_movie", AuditReason.STAFF_UNREACHABLE) in logged(store) or not starts


@pytest.mark.parametrize("fallback", [None, ApprovalFallback.START])
async def test_a_staff_channel_that_closes_before_the_response_lets_the_order_wait_or_start(
    store: StoreHarness, fallback: ApprovalFallback | None
) -> None:
    """The order's request is not pending when the failure is recorded."""
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=fallback)
    order = await placed(store)
    await store.database.write(fail_channel)
    assert await store.database.write(orders.enqueue, order.job.id, 77, NOW)
    assert await store.state(order.job) is (WAITING if fallback is None else QUEUED)


@pytest.mark.parametrize(("stop", "end"), STOPS)
async def test_a_staff_channel_that_closes_starts_no_order_that_is_blocked_or_paused(
    store: StoreHarness, stop: Change, end: Change
) -> None:
    """Also where it closed before the response. Staff find the waiting orders in /movies and can approve them later."""
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=ApprovalFallback.START)
    job, unanswered = await ordered(store), (await placed(store, 2)).job
    await store.database.write(stop)
    await store.database.write(fail_channel)
    assert await store.database.write(orders.enqueue, unanswered.id, 77, NOW)
    found = [await store.found(each.id) for each in (job, unanswered)]
    assert [(each.state, each.approval) for each in found] == [(WAITING, Approval.REQUIRED)] * 2
    assert await store.claimed(NOW + 5, 10, 10, 10) == []
    assert (await store.database.read(approvals.page, GUILD, 0, 5)).items == (*found,)
    await store.database.write(end)
    decided = await store.database.write(approve, job)
    assert decided is not None
    assert (decided.counted, decided.job.state) == (True, QUEUED)
    assert await store.state(await ordered(store, 3)) is QUEUED


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"filter_rules": ("fox",)}, WAITING),
        ({"filter_presets": ("en-US/minors",)}, WAITING),
        ({"video_models": ("KLING",)}, WAITING),
        ({"image_models": ("IMAGEN",)}, WAITING),
        ({"longest_seconds": 5}, WAITING),
        ({"gift_credits": 5}, QUEUED),
    ],
)
async def test_a_staff_channel_that_closes_starts_no_order_from_before_a_new_rule(
    store: StoreHarness, change: dict[str, SettingValue], state: JobState
) -> None:
    """An approval checks the rules that apply when staff decide."""
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=ApprovalFallback.START)
    job = await ordered(store, now=NOW - 1)
    await set_up(store, **change)
    await store.database.write(fail_channel, NOW + 5)
    assert await store.state(job) is state


async def test_a_staff_channel_that_closes_starts_an_order_from_after_a_new_rule(store: StoreHarness) -> None:
    """Another server's newer rule does not count."""
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=ApprovalFallback.START)
    await set_up(store, filter_rules=("badger",), longest_seconds=60)
    job = await ordered(store, now=NOW + 1)
    rules: dict[Setting, SettingValue] = {Setting.FILTER_RULES: ("fox",)}
    seen, by = NOTHING_SET.fingerprint(rules), AuditContext(DANA, ELSEWHERE)
    await store.database.write(setup_changes.change, rules, seen, by=by, now=NOW + 2)
    await store.database.write(fail_channel, NOW + 5)
    assert await store.state(job) is QUEUED


async def test_an_order_that_may_not_start_keeps_no_other_waiting(store: StoreHarness) -> None:
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=ApprovalFallback.START)
    jobs = [await store.awaiting(a_job(member, member, cost=100 + member)) for member in (BOB - 1, BOB, BOB + 1)]
    await store.database.write(blocks.block, BOB, None, by=AuditContext(DANA, GUILD), now=NOW)
    await store.database.write(fail_channel, NOW + 5)
    assert [await store.state(job) for job in jobs] == [QUEUED, WAITING, QUEUED]
    started = query(store.place, "SELECT job_id, amount FROM audit_log WHERE action = 'approve_movie' ORDER BY job_id")
    assert started == [{"job_id": job.id, "amount": job.price} for job in (jobs[0], jobs[2])]


async def test_a_late_failure_of_the_channel_before_closes_no_new_one(store: StoreHarness) -> None:
    """The new channel is asked, so the order does not start; nor where there is none."""
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=ApprovalFallback.START)
    job = await ordered(store)
    by = AuditContext(DANA, GUILD)
    await choose_staff_channel(store.database, by, LOG + 1, NOW)
    await store.database.write(fail_channel)
    assert await store.state(job) is WAITING
    assert await store.database.read(audit_log.has_open_channel, GUILD, NOW)
    assert (job.id, LOG + 1) in [(entry.job_id, channel) for entry, channel in await store.posted_lines(NOW)]
    await choose_staff_channel(store.database, by, None, NOW)
    assert await store.state(job) is WAITING


async def test_orders_that_wait_in_a_server_that_the_bot_left_are_refunded(store: StoreHarness) -> None:
    """The fallback starts no movie that members would never see."""
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=ApprovalFallback.START)
    job, late = await ordered(store), await placed(store, 2)
    elsewhere = await store.awaiting(a_job(9, BOB, guild=ELSEWHERE))
    await store.database.write(departed_servers.record_left, GUILD, NOW)
    ended = await store.found(job.id)
    assert (ended.state, ended.end_reason) == (CANCELLED, EndReason.SERVER_LEFT)
    await store.database.write(fail_channel)
    await store.database.write(orders.enqueue, late.job.id, 78, NOW)
    assert await store.state(late.job) is WAITING
    await store.database.write(departed_servers.record_left, GUILD, NOW)
    assert await store.state(late.job) is CANCELLED
    assert await store.state(elsewhere) is WAITING
    assert_ledger_consistent(store.place)
    assert (await store.member()).held == 0
    assert {*await store.pending_notifications(NOW + DAY)} == {(job.id, "cancelled"), (late.job.id, "cancelled")}
    assert [action for actor, action, _ in logged(store) if actor == SYSTEM_ACTOR_ID] == ["lapse_approval"] * 2


async def test_a_new_staff_channel_is_asked_about_everything_that_waits(store: StoreHarness) -> None:
    """Requests are posted again because the old channel may be deleted."""
    moved, here = await store.awaiting(a_job(1)), await store.awaiting(a_job(2))
    decided = await store.awaiting(a_job(3))
    entries = {entry.job_id: entry.id for entry, _ in await store.posted_lines(NOW)}
    for job, place in ((moved, LOG), (here, LOG + 1), (decided, LOG)):
        posted = PostedMessage(place, 990 + int(job.id))
        await store.database.write(approvals.mark_posted, entries[job.id], job.id, posted, NOW)
    await store.database.write(approve, decided)
    by = AuditContext(DANA, GUILD)
    await choose_staff_channel(store.database, by, None, NOW)
    unposted = await store.awaiting(a_job(4), channel_id=None)
    await choose_staff_channel(store.database, by, LOG + 1, NOW)
    lines = await store.posted_lines(NOW)
    asked = [entry.job_id for entry, _ in lines if entry.action is AuditAction.REQUEST_APPROVAL]
    assert asked == [moved.id, unposted.id]
    await store.database.write(approvals.mark_posted, entries[moved.id], moved.id, PostedMessage(LOG + 1, 5), NOW)
    due = [each.message for each in await store.database.read(message_deletions.due, NOW, 9, ())]
    assert due == [PostedMessage(LOG, 990 + int(moved.id))]
    assert (await store.found(moved.id)).staff_message == PostedMessage(LOG + 1, 5)


@pytest.mark.parametrize("erased", ["before it was posted", "afterwards", None])
async def test_a_request_that_is_posted_for_an_erased_member_is_deleted(
    store: StoreHarness, erased: str | None
) -> None:
    """Discord may accept it after the order was cancelled."""
    job = await store.awaiting(a_job(1))
    [_, (entry, channel)] = await store.posted_lines(NOW)
    if erased == "before it was posted":
        await store.database.write(erasure.request, ALICE, NOW)
        assert await store.database.write(erasure.cancel, job, NOW)
    await store.database.write(audit_log.reschedule, entry.id, NOW)
    for _ in range(2):  # Discord answers a request that is sent again with the same message
        await store.database.write(approvals.mark_posted, entry.id, job.id, PostedMessage(channel, 999), NOW)
    assert (await store.found(job.id)).staff_message == PostedMessage(channel, 999)
    assert await store.posted_lines(NOW) == []
    if erased == "afterwards":
        assert await store.database.write(erasure.cancel, await store.found(job.id), NOW)
    due = [each.message for each in await store.database.read(message_deletions.due, NOW, 9, ())]
    assert (PostedMessage(channel, 999) in due) == bool(erased)
