"""Effects of other changes on orders that wait for staff."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.approval import APPROVAL_TTL_MS, ApprovalFallback, ApprovalScope
from bot.domain.approval_decision import Decision
from bot.domain.breaker import MAX_OUTAGE_WAIT_MS, Outage
from bot.domain.catalogue import Catalogue, ModelKind, RequestLimits
from bot.domain.job import EndReason, JobState
from bot.domain.quota import SYSTEM_ACTOR_ID
from data import (
    approvals,
    breakers,
    clock_change,
    erasure,
    job_actions,
    refused_models,
    submissions,
)
from data.refused_models import RefusedModel
from tests.helpers.approving import (
    CANCELLED,
    CATALOGUE,
    ELSEWHERE,
    approve,
    assert_refunded_once,
    decline,
    fail_channel,
    lapsed,
    logged,
    ordered,
    set_up,
    with_channel,
)
from tests.helpers.ledger_checks import assert_ledger_consistent
from tests.helpers.store_harness import ALICE, BOB, DAY, GUILD, NOW, StoreHarness, a_job


def _switched_off(kind: ModelKind) -> Catalogue:
    videos = tuple(replace(each, enabled=each.key != "LUMA") for each in CATALOGUE.video_models)
    images = tuple(replace(each, enabled=each.key != "FLUX1.1PRO") for each in CATALOGUE.image_models)
    if kind is ModelKind.VIDEO:
        return replace(CATALOGUE, video_models=videos)
    return replace(CATALOGUE, image_models=images)


async def test_what_is_not_offered_any_more_is_declined_and_refunded(store: StoreHarness) -> None:
    for number, catalogue in enumerate(
        (
            _switched_off(ModelKind.VIDEO),
            _switched_off(ModelKind.IMAGE),
            replace(CATALOGUE, video_models=CATALOGUE.video_models[1:]),
            replace(CATALOGUE, limits=RequestLimits(max_seconds=9)),
        )
    ):
        job = await store.awaiting(a_job(number))
        decided = await store.database.write(approve, job, number, catalogue=catalogue)
        assert decided is not None
        assert (decided.counted, decided.job.end_reason) == (False, EndReason.NOT_OFFERED)
        assert logged(store)[-1] == (SYSTEM_ACTOR_ID, "decline_movie", None)
        assert (job.id, "cancelled") in await store.pending_notifications()
    assert_ledger_consistent(store.place)
    assert (await store.member()).held == 0


async def test_a_model_that_the_api_or_the_server_took_away_is_not_offered(store: StoreHarness) -> None:
    waiting = [await store.awaiting(a_job(number)) for number in (1, 2, 3)]
    refused = RefusedModel(ModelKind.VIDEO, "LUMA", NOW, "no")
    for number, job in enumerate(waiting):
        if number < 2:
            await set_up(store, video_models=("KLING", "GONE")[number : number + 1])  # the latter leaves nothing
        else:
            await set_up(store, video_models=())
            await store.database.write(refused_models.record, refused)
        decided = await store.database.write(approve, job, 900 + number)
        assert decided is not None
        assert decided.job.end_reason is EndReason.NOT_OFFERED


async def outage_since(store: StoreHarness, at: int) -> None:
    """Let the API be out of reach from a time on."""
    await store.database.write(breakers.change, lambda breaker: breaker.failed("other", Outage.UNREACHABLE, at))
    await store.database.write(breakers.change, lambda breaker: replace(breaker, retry_at=NOW + 2 * DAY))


async def test_an_outage_counts_from_the_approval(store: StoreHarness) -> None:
    """Or from the moment that staff can't be asked: time spent waiting for staff is not time waiting for the API."""
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=ApprovalFallback.START)
    job, unasked = [await ordered(store, number, now=NOW - DAY) for number in (1, 2)]
    await outage_since(store, NOW - DAY)
    await store.database.write(approve, job)
    await store.database.write(fail_channel, NOW)
    assert await store.state(unasked) is JobState.QUEUED
    assert await store.database.read(submissions.overdue, NOW + MAX_OUTAGE_WAIT_MS) == []
    assert {*await store.database.read(submissions.overdue, NOW + MAX_OUTAGE_WAIT_MS + 1)} == {job.id, unasked.id}


# ── lapse, withdrawal, erasure, restore ──────────────────────────────────────────────────────────────────────────────


async def test_an_order_lapses_once_after_two_days(store: StoreHarness) -> None:
    job = await store.awaiting(a_job(1))
    assert await lapsed(store, NOW + APPROVAL_TTL_MS - 1) == []
    assert await lapsed(store, NOW + APPROVAL_TTL_MS) == [job.id]
    assert await lapsed(store, NOW + 2 * APPROVAL_TTL_MS) == []
    assert not await store.database.write(approvals.lapse, job.id, NOW + 2 * APPROVAL_TTL_MS)
    assert (await store.found(job.id)).end_reason is EndReason.APPROVAL_LAPSED
    assert logged(store)[-1] == (SYSTEM_ACTOR_ID, "lapse_approval", None)
    await assert_refunded_once(store, job)


@pytest.mark.parametrize("decision", [approve, decline])
async def test_a_decision_after_two_days_finds_the_order_lapsed(
    store: StoreHarness, decision: Callable[..., Decision]
) -> None:
    """A decision checks the time limit even before the cleanup runs."""
    job = await store.awaiting(a_job(1))
    decided = await store.database.write(decision, job, now=NOW + APPROVAL_TTL_MS)
    assert decided is not None
    assert (decided.counted, decided.job.end_reason) == (False, EndReason.APPROVAL_LAPSED)
    await assert_refunded_once(store, job)


async def test_the_member_withdraws_what_waits(store: StoreHarness) -> None:
    job = await store.awaiting(a_job(1))
    assert await store.database.write(job_actions.cancel, job.id, BOB, NOW) is None
    cancelled = await store.database.write(job_actions.cancel, job.id, ALICE, NOW)
    assert cancelled is not None
    assert cancelled.end_reason is EndReason.CANCELLED_BY_MEMBER
    decided = await store.database.write(approve, job)
    assert decided == Decision(cancelled, counted=False)
    assert (await store.member()).held == 0


async def test_an_erasure_cancels_what_waits(store: StoreHarness) -> None:
    job = await store.awaiting(a_job(1))
    await store.database.write(erasure.request, ALICE, NOW)
    assert (await store.database.read(erasure.open_work, ALICE)).waiting == 1
    [waiting] = await store.database.read(erasure.waiting_jobs, ALICE)
    assert await store.database.write(erasure.cancel, waiting, NOW)
    assert await store.state(job) is CANCELLED


async def test_an_order_from_a_clock_that_ran_ahead_lapses_two_days_later(store: StoreHarness) -> None:
    """A clock error must not hold the order's credits for weeks, nor start it."""
    job = await store.awaiting(a_job(1, at=NOW + 20 * DAY))
    await store.database.write(clock_change.make_due, NOW, NOW + DAY)
    assert await store.claimed(NOW, 10, 10, 10) == []
    assert await lapsed(store, NOW + APPROVAL_TTL_MS - 1) == []
    assert await lapsed(store, NOW + APPROVAL_TTL_MS) == [job.id]


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_staff_page_through_the_orders_that_wait_in_their_server(store: StoreHarness) -> None:
    waiting = [await store.awaiting(a_job(number, cost=10)) for number in (1, 2, 3)]
    await store.awaiting(a_job(4, cost=10, guild=ELSEWHERE))
    await store.queued(a_job(5, cost=10))
    first = await store.database.read(approvals.page, GUILD, 0, 2)
    assert (first.items, first.number, first.pages, first.total) == (tuple(waiting[:2]), 0, 2, 3)
    last = await store.database.read(approvals.page, GUILD, 7, 2)
    assert (last.items, last.number) == (tuple(waiting[2:]), 1)
    nothing = await store.database.read(approvals.page, 12, 3, 2)
    assert (nothing.items, nothing.number, nothing.pages, nothing.total) == ((), 0, 1, 0)
