"""Orders that wait for staff on both engines: held once, decided once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.core.errors import DuplicateInteraction, StorageError
from bot.domain.approvals import APPROVAL_TTL_MS, ApprovalFallback, ApprovalScope
from bot.domain.catalogue import ModelKind, RequestLimits
from bot.domain.delivery import PostedMessage
from bot.domain.durations import Estimate
from bot.domain.jobs import Approval, Decision, EndReason, JobState
from bot.domain.orders import OrderPlaced
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditReason
from bot.domain.refusal import RefusalCode, Refused
from bot.domain.risk import RiskLimits
from bot.domain.setting_kinds import SettingValue
from bot.services.orders import DurationHistory, Estimator
from data import approvals, availability, blocks, departed_servers, erasure, orders, server_policies, submissions
from data.availability import RefusedModel
from data.blocks import EVERYWHERE
from data.database import Transaction
from tests.helpers import approving
from tests.helpers.approving import DANA, QUEUED, WAITING, approve, ask_staff, decide, decline, logged, ordered, set_up
from tests.helpers.at_time import at_time
from tests.helpers.due_work import to_delete
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.refusing import is_refused
from tests.helpers.reserving import create_job
from tests.helpers.server_settings import change_setup
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CATALOGUE, DAY, GUILD, LIMITS, NOW, StoreHarness, a_job


async def test_the_servers_settings_decide_when_a_movie_is_ordered(store: StoreHarness) -> None:
    everyone, untrusted = ApprovalScope.EVERYONE, ApprovalScope.UNTRUSTED
    off: dict[str, SettingValue] = {"approval": None, "approval_credits": None, "trusted_roles": ()}
    await approving.with_channel(store)
    cases: list[tuple[dict[str, SettingValue], dict[str, Any], JobState]] = [
        ({}, {}, QUEUED),
        ({"approval_credits": 1}, {}, QUEUED),
        ({"approval": everyone}, {}, WAITING),
        ({"approval": everyone}, {"manages_server": True}, QUEUED),
        ({"approval": everyone, "approval_credits": 20}, {"seconds": 2}, QUEUED),
        ({"approval": everyone, "approval_credits": 20}, {"seconds": 3}, WAITING),
        ({"approval": untrusted, "trusted_roles": (approving.TRUSTED,)}, {"role_ids": (32,)}, WAITING),
        ({"approval": untrusted, "trusted_roles": (approving.TRUSTED,)}, {"role_ids": (32, approving.TRUSTED)}, QUEUED),
    ]
    for number, (settings, order, state) in enumerate(cases, 1):
        await set_up(store, **off | settings)
        job = await ordered(store, number, **{"seconds": 1} | order)
        assert (job.state, job.approval) == (state, Approval.REQUIRED if state is WAITING else None), (settings, order)
    assert (await store.member()).held == 10 * 6 + 20 + 30
    assert_ledger_consistent(store.place)


async def test_a_waiting_order_is_in_the_staff_channel_once_and_in_no_queue(store: StoreHarness) -> None:
    job = await store.awaiting(a_job(1))
    assert await store.database.write(at_time(NOW + 5, orders.enqueue), job.id, 77), "the response seemed lost"
    assert logged(store) == [(ALICE, "request_approval", None)]
    assert await store.found(job.id) == job
    await store.queued(a_job(2, BOB))
    [_, (entry, channel)] = await store.posted_lines(NOW)
    asked = (AuditAction.REQUEST_APPROVAL, job.id, ALICE, job.price, approving.LOG)
    assert (entry.action, entry.job_id, entry.subject_id, entry.credits, channel) == asked
    assert await store.database.read(orders.waiting, a_job(3)) == OrderPlaced(a_job(3), 1)
    assert [each.id for each in await store.claimed(NOW + 3 * DAY, 10, 10, 10)] == [a_job(2).id]
    assert await store.database.read(submissions.next_claimable_at, NOW) is None


async def test_a_waiting_order_counts_as_open_work(store: StoreHarness) -> None:
    store.limits = replace(LIMITS, risk=RiskLimits(1, 50, 1000, 600))
    await store.awaiting(a_job(1))
    with pytest.raises(AssertionError):
        await store.queued(a_job(2))
    store.limits = replace(LIMITS, risk=RiskLimits(9, 50, 150, 600))
    assert (await store.database.write(create_job, a_job(3), (), store.limits)).available == 50


async def test_an_order_that_was_never_shown_waits_for_nobody(store: StoreHarness) -> None:
    job = await store.reserved(replace(a_job(1), approval=Approval.REQUIRED))
    assert await store.voided(NOW + 1, NOW + DAY) == [job.id]
    assert not await store.database.write(at_time(NOW + DAY, orders.enqueue), job.id, 77)
    assert logged(store) == []
    assert (await store.member()).held == 0


async def test_an_approved_order_takes_its_place_in_the_queue_at_its_price(store: StoreHarness) -> None:
    job = await store.awaiting(a_job(1, cost=123))
    await store.queued(a_job(2, BOB))
    decided = await decide(store, approve, job, now=NOW + 5)
    assert (decided.counted, decided.job.state, decided.job.decided_by) == (True, QUEUED, DANA)
    assert (decided.job.acknowledged_at, decided.job.price) == (NOW + 5, 123)
    assert (await store.database.read(orders.waiting, job)).queue_position == 0
    assert logged(store)[-1] == (DANA, "approve_movie", None)
    assert [each.id for each in await store.claimed(NOW + 5, 10, 10, 10)] == [job.id, a_job(2).id]
    assert await store.pending_notifications() == []


async def test_staff_approve_neither_what_is_theirs_nor_a_prompt_that_breaks_a_newer_rule(store: StoreHarness) -> None:
    job = await store.awaiting(a_job(1))
    for manages, obstacle, state in ((False, "approvals-own", WAITING), (True, None, QUEUED)):
        decided = await store.database.write(approvals.approve, job.id, manages=manages, by=AuditContext(ALICE, GUILD))
        assert (getattr(decided, "code", None), await store.state(job)) == (obstacle, state)
    job = await store.awaiting(a_job(11))
    await set_up(store, filter_rules=(job.request.prompt.split()[-1],))
    decided = await store.database.write(approve, job)
    assert decided == Refused("approvals-prompt")
    assert query(store.place, "SELECT 1 FROM audit_log WHERE action = 'prompt_refused'") == []
    await set_up(store, filter_rules=())
    decided = await decide(store, approve, job, 902)
    assert decided.counted


@pytest.mark.parametrize("decision", [approve, decline])
async def test_a_decision_and_its_record_are_kept_once(store: StoreHarness, decision: Callable[..., Decision]) -> None:
    job = await store.awaiting(a_job(1))

    def fail_before_the_commit(tx: Transaction) -> None:
        decision(tx, job)
        raise StorageError("the disk is full")

    with pytest.raises(StorageError):
        await store.database.write(fail_before_the_commit)
    assert await store.database.write(decision, job, guild=approving.ELSEWHERE) == Refused("approvals-unknown")
    assert (await store.state(job), len(logged(store))) == (WAITING, 1)
    assert (await store.member()).held == job.price
    decided = await store.database.write(decision, job)
    assert decided.counted
    with pytest.raises(DuplicateInteraction):
        await store.database.write(decision, job)
    for number, second in enumerate((approve, decline), 910):
        assert await store.database.write(second, job, number, by=approving.ERIN) == Decision(
            decided.job, counted=False
        )
    assert len(logged(store)) == 2


async def test_what_is_not_offered_any_more_is_declined_and_refunded(store: StoreHarness) -> None:
    (luma, *videos), (flux, *images) = CATALOGUE.video_models, CATALOGUE.image_models
    changes: list[dict[str, Any]] = [
        {"video_models": (replace(luma, enabled=False), *videos)},
        {"image_models": (replace(flux, enabled=False), *images)},
        {"video_models": (*videos,)},
        {"limits": RequestLimits(max_seconds=9)},
    ]
    for number, change in enumerate((*changes, {}, {}, {})):
        catalogue = replace(CATALOGUE, **change)
        job = await store.awaiting(a_job(number))
        await set_up(store, video_models={4: ("KLING",), 5: ("GONE",)}.get(number, ()))  # the latter leaves nothing
        if number > 5:
            refused = RefusedModel(ModelKind.VIDEO, "LUMA", NOW, "no")
            await store.database.write(availability.record, refused)
        decided = await decide(store, approve, job, number, catalogue=catalogue)
        assert (decided.counted, decided.job.end_reason) == (False, EndReason.NOT_OFFERED)
        assert logged(store)[-1] == (SYSTEM_ACTOR_ID, "decline_movie", None)
        assert (job.id, "cancelled") in await store.pending_notifications()
    assert_ledger_consistent(store.place)
    assert (await store.member()).held == 0


@pytest.mark.parametrize("decision", [None, approve, decline])
async def test_an_order_lapses_after_two_days(store: StoreHarness, decision: Callable[..., Decision] | None) -> None:
    """A decision that comes too late finds it approving.lapsed."""
    job = await store.awaiting(a_job(1))
    assert await approving.lapsed(store, NOW + APPROVAL_TTL_MS - 1) == []
    if decision is None:
        assert await approving.lapsed(store, NOW + APPROVAL_TTL_MS) == [job.id]
    else:
        assert not (await decide(store, decision, job, now=NOW + APPROVAL_TTL_MS)).counted
    assert await approving.lapsed(store, NOW + 2 * APPROVAL_TTL_MS) == []
    assert not await store.database.write(at_time(NOW + 2 * APPROVAL_TTL_MS, approvals.lapse), job.id)
    assert (await store.found(job.id)).end_reason is EndReason.APPROVAL_LAPSED
    assert logged(store)[-1] == (SYSTEM_ACTOR_ID, "lapse_approval", None)
    await approving.assert_refunded_once(store, job)


async def test_staff_page_through_the_orders_that_wait_in_their_server(store: StoreHarness) -> None:
    waiting = [await store.awaiting(a_job(number, cost=10)) for number in (1, 2, 3)]
    await store.awaiting(a_job(4, cost=10, guild=approving.ELSEWHERE))
    await store.queued(a_job(5, cost=10))
    for guild, number, expected in (
        (GUILD, 0, ((*waiting[:2],), 0, 2, 3)),
        (GUILD, 7, ((*waiting[2:],), 1, 2, 3)),
        (12, 3, ((), 0, 1, 0)),
    ):
        page = await store.database.read(approvals.page, guild, number, 2)
        assert (page.items, page.number, page.pages, page.total) == expected


def _block(tx: Transaction, guild: int, on: bool) -> None:
    by = AuditContext(DANA, guild)
    if on:
        blocks.block(tx, ALICE, None, by=by)
    else:
        blocks.unblock(tx, ALICE, by=by)


STOPS: dict[str, tuple[Callable[..., object], RefusalCode]] = {
    "member blocked in the server": (lambda tx, on: _block(tx, GUILD, on), "approvals-blocked"),
    "member blocked everywhere": (lambda tx, on: _block(tx, EVERYWHERE, on), "approvals-blocked-everywhere"),
    "server blocked": (lambda tx, on: server_policies.set_blocked(tx, GUILD, blocked=on), "approvals-paused"),
    "paused": (lambda tx, on: server_policies.set_paused(tx, paused=on), "approvals-paused"),
}
"""What keeps an order from starting, and what staff read meanwhile."""


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
        await approving.with_channel(store, failed=channel == "closed")
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=fallback)
    order = await approving.placed(store)
    assert order.staff_informed == (channel == "open" or state is QUEUED)
    await store.database.write(orders.enqueue, order.job.id, 77)
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
    await ask_staff(store, fallback)
    asked = await ordered(store, 1)
    await store.posted_lines(NOW)
    unasked, unanswered = await ordered(store, 2), await approving.placed(store, 3)
    await store.database.write(approving.fail_channel, NOW + 5)
    assert await store.database.write(at_time(NOW + 5, orders.enqueue), unanswered.job.id, 77)
    assert await store.state(asked) is WAITING
    starts = fallback is ApprovalFallback.START
    expected = (QUEUED, Approval.WAIVED) if starts else (WAITING, Approval.REQUIRED)
    ids = [unasked.id, unanswered.job.id]
    for each in ids:
        found = await store.found(each)
        assert (found.state, found.approval) == expected
    assert [each.id for each in await store.claimed(NOW + 5, 10, 10, 10)] == ids * starts
    assert logged(store).count((SYSTEM_ACTOR_ID, "approve_movie", AuditReason.STAFF_UNREACHABLE)) == len(ids) * starts


@pytest.mark.parametrize("name", STOPS)
async def test_what_is_blocked_or_paused_is_neither_approved_nor_started(store: StoreHarness, name: str) -> None:
    await ask_staff(store)
    job, unanswered = await ordered(store), (await approving.placed(store, 2)).job
    stop, obstacle = STOPS[name]
    await store.database.write(stop, on=True)
    await store.database.write(approving.fail_channel)
    assert await store.database.write(orders.enqueue, unanswered.id, 77)
    found = [await store.found(each.id) for each in (job, unanswered)]
    assert [(each.state, each.approval) for each in found] == [(WAITING, Approval.REQUIRED)] * 2
    assert await store.claimed(NOW + 5, 10, 10, 10) == []
    assert (await store.database.read(approvals.page, GUILD, 0, 5)).items == (*found,)
    assert is_refused(await store.database.write(approve, job, 1), obstacle)
    declined = await decide(store, decline, unanswered)
    await store.database.write(stop, on=False)
    decided = await decide(store, approve, job)
    assert (declined.counted, decided.counted, decided.job.state) == (True, True, QUEUED)
    assert await store.state(await ordered(store, 3)) is QUEUED


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "change",
    [
        {"filter_rules": ("fox",)},
        {"filter_presets": ("en-US/minors",)},
        {"video_models": ("KLING",)},
        {"image_models": ("IMAGEN",)},
        {"longest_seconds": 5},
        {"gift_credits": 5},
    ],
)
async def test_no_order_from_before_a_new_rule_starts(store: StoreHarness, change: dict[str, SettingValue]) -> None:
    await ask_staff(store)
    job = await ordered(store, now=NOW - 1)
    await set_up(store, **change)
    await store.database.write(approving.fail_channel, NOW + 5)
    assert await store.state(job) is (QUEUED if "gift_credits" in change else WAITING)


async def test_a_staff_channel_that_closes_starts_an_order_from_after_a_new_rule(store: StoreHarness) -> None:
    await ask_staff(store)
    await set_up(store, filter_rules=("badger",), longest_seconds=60)
    job = await ordered(store, now=NOW + 1)
    await change_setup(store.database, AuditContext(DANA, approving.ELSEWHERE), NOW + 2, filter_rules=("fox",))
    await store.database.write(approving.fail_channel, NOW + 5)
    assert await store.state(job) is QUEUED


async def test_an_order_that_may_not_start_keeps_no_other_waiting(store: StoreHarness) -> None:
    await ask_staff(store)
    jobs = [await store.awaiting(a_job(member, member, cost=100 + member)) for member in (BOB - 1, BOB, BOB + 1)]
    await store.database.write(blocks.block, BOB, None, by=AuditContext(DANA, GUILD))
    await store.database.write(approving.fail_channel, NOW + 5)
    assert [await store.state(job) for job in jobs] == [QUEUED, WAITING, QUEUED]
    started = query(store.place, "SELECT job_id, amount FROM audit_log WHERE action = 'approve_movie' ORDER BY job_id")
    assert started == [{"job_id": job.id, "amount": job.price} for job in (jobs[0], jobs[2])]


async def test_orders_that_wait_in_a_server_that_the_bot_left_are_refunded(store: StoreHarness) -> None:
    await ask_staff(store)
    job, late = await ordered(store), await approving.placed(store, 2)
    elsewhere = await store.awaiting(a_job(9, BOB, guild=approving.ELSEWHERE))
    await store.database.write(departed_servers.record_left, GUILD)
    ended = await store.found(job.id)
    assert (ended.state, ended.end_reason) == (JobState.CANCELLED, EndReason.SERVER_LEFT)
    await store.database.write(approving.fail_channel)
    await store.database.write(orders.enqueue, late.job.id, 78)
    assert await store.state(late.job) is WAITING
    await store.database.write(departed_servers.record_left, GUILD)
    assert await store.state(late.job) is JobState.CANCELLED
    assert await store.state(elsewhere) is WAITING
    assert_ledger_consistent(store.place)
    assert (await store.member()).held == 0
    assert {*await store.pending_notifications(NOW + DAY)} == {(job.id, "cancelled"), (late.job.id, "cancelled")}
    assert [action for actor, action, _ in logged(store) if actor == SYSTEM_ACTOR_ID] == ["lapse_approval"] * 2


async def test_a_new_staff_channel_is_asked_about_everything_that_waits(store: StoreHarness) -> None:
    """Requests are posted again because the old channel may be deleted."""
    moved, here = await store.awaiting(a_job(1)), await store.awaiting(a_job(2))
    decided = await store.awaiting(a_job(3))
    await store.posted_lines(NOW)
    for job, place in ((moved, approving.LOG), (here, approving.LOG + 1), (decided, approving.LOG)):
        posted = PostedMessage(place, 990 + int(job.id))
        await store.database.write(approvals.mark_posted, job.id, posted)
    await store.database.write(approve, decided)
    by = AuditContext(DANA, GUILD)
    await choose_staff_channel(store.database, by, None, NOW)
    unposted = await store.awaiting(a_job(4), channel_id=None)
    await choose_staff_channel(store.database, by, approving.LOG + 1, NOW)
    lines = await store.posted_lines(NOW)
    asked = [entry.job_id for entry, _ in lines if entry.action is AuditAction.REQUEST_APPROVAL]
    assert asked == [moved.id, unposted.id]
    await store.database.write(approvals.mark_posted, moved.id, PostedMessage(approving.LOG + 1, 5))
    assert await store.database.read(to_delete) == [PostedMessage(approving.LOG, 990 + int(moved.id))]
    assert (await store.found(moved.id)).staff_message == PostedMessage(approving.LOG + 1, 5)


@pytest.mark.parametrize("erased", ["before it was posted", "afterwards", None])
async def test_a_request_posted_for_an_erased_member_is_deleted(store: StoreHarness, erased: str | None) -> None:
    """Discord may accept it after the order was cancelled."""
    job = await store.awaiting(a_job(1))
    [_, (_, channel)] = await store.posted_lines(NOW)
    if erased == "before it was posted":
        await store.database.write(erasure.request, ALICE)
        assert await store.database.write(erasure.cancel, job)
    for _ in range(2):  # Discord answers a request that is sent again with the same message
        await store.database.write(approvals.mark_posted, job.id, PostedMessage(channel, 999))
    assert (await store.found(job.id)).staff_message == PostedMessage(channel, 999)
    if erased == "afterwards":
        assert await store.database.write(erasure.cancel, await store.found(job.id))
    assert (PostedMessage(channel, 999) in await store.database.read(to_delete)) == bool(erased)
