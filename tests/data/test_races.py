"""Two transactions at once on PostgreSQL, which see each other's commits.

Each test fails on code that decides by rows that it read without a lock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.errors import DuplicateInteraction
from bot.domain.breaker import BreakerState, Outage
from bot.domain.callback_token import CallbackToken
from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.credit_request import CreditRequest
from bot.domain.credits import Budget
from bot.domain.delivery import MAX_FOLLOWERS, NotificationType, PostedMessage
from bot.domain.jobs import Decision, Job, JobState
from bot.domain.message import MessageKind
from bot.domain.movie_reports import ReportState
from bot.domain.operations import Operation
from bot.domain.orders import OrderContext, OrderPlaced, Quote, QuotePreview
from bot.domain.pitches import PitchEndReason, PitchState
from bot.domain.preferences import DeliveryTarget, PreferenceField
from bot.domain.quota import AuditAction, AuditContext, AuditEvent, LimitScope
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from bot.domain.risk import RiskLimits
from bot.domain.server_setup import NOTHING_SET, ServerSetup, Weekday
from bot.domain.setting_kinds import Setting, SettingValue
from data import (
    approvals,
    audit_log,
    blocks,
    breakers,
    budgets,
    callbacks,
    departed_servers,
    erasure,
    gifts,
    job_actions,
    leases,
    movie_nights,
    movie_reports,
    notices,
    orders,
    outbox,
    pitch_ends,
    pledging,
    preferences,
    quotes,
    reconciliation,
    removals,
    renders,
    retention,
    server_policies,
    server_setup,
    setup_changes,
    submissions,
)
from data.database import Transaction
from data.erasure import ErasureRecord
from data.leases import Lease
from data.ledger_entries import Account
from tests.data.test_credit_requests import answer, ask, asked, granted, requests
from tests.data.test_movie_reports import decide, finished, report, reported
from tests.helpers import claims
from tests.helpers.approving import DANA, ERIN, approve, ask_staff, decline, fail_channel, ordered, placed, with_channel
from tests.helpers.at_time import at_time
from tests.helpers.due_work import due_entries, due_states, every_due
from tests.helpers.interleaving import side_by_side
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.member_data import ADA, PROMPT, ada_job, deliver, traces
from tests.helpers.pitching import Pitching, pressing
from tests.helpers.refusing import blocked, is_refused
from tests.helpers.reserving import hold, offer, place
from tests.helpers.server_settings import change_setup
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job

CATALOGUE = Catalogue(
    (VideoModel("LUMA", "Luma", 10, (AspectRatio.WIDE,)), VideoModel("KLING", "Kling", 10, (AspectRatio.WIDE,))),
    (ImageModel("FLUX1.1PRO", "Flux 1.1 Pro"),),
)
BY = AuditContext(99, GUILD)
Work = Callable[[Transaction], object]


pytestmark = pytest.mark.postgresql


def claim(limit: int, max_open: int) -> Callable[[Transaction], list[str]]:
    return lambda tx: [claimed.job.id for claimed in submissions.claim(tx, limit, max_open, max_open)]


def fail_api(tx: Transaction) -> None:
    breakers.change(tx, lambda breaker: breaker.failed("other", Outage.NO_ANSWER, NOW))


def nothing(_: Transaction) -> None:
    pass


async def claimed_token(store: StoreHarness, number: int) -> tuple[str, CallbackToken]:
    job = await store.queued(a_job(number))
    [(claimed, token, _)] = await store.database.write(submissions.claim, 1, 10, 10)
    assert claimed.id == job.id
    return job.id, token


async def test_claims_at_once_pass_no_limit(store: StoreHarness) -> None:
    for number in (1, 2):
        await store.queued(a_job(number))
    first, second = await side_by_side(store.database, claim(1, 1), claim(1, 1), after="SELECT id, member_id")
    assert len(first + second) == 1


async def test_a_late_failure_beside_the_claim_of_the_trial_does_not_open_the_breaker(store: StoreHarness) -> None:
    late, _ = await claimed_token(store, 1)
    trial = await store.queued(a_job(2))
    await store.database.write(fail_api)
    await store.database.write(breakers.probe_answered)
    await side_by_side(store.database, claim(1, 10), lambda tx: submissions.mark_unknown(tx, late))
    breaker = await store.database.read(breakers.read)
    assert (breaker.state, breaker.trial_job_id) == (BreakerState.HALF_OPEN, trial.id)


@pytest.mark.parametrize(
    ("before", "change", "after", "entries"),
    [
        (fail_api, at_time(NOW + HOUR, breakers.lease_probe), "", 0),
        (lambda tx: blocks.block(tx, ALICE, None, by=BY), lambda tx: blocks.unblock(tx, ALICE, by=BY), "", 2),
        (nothing, lambda tx: server_policies.set_blocked(tx, GUILD, blocked=True), "SELECT * FROM server_policies", 1),
        (nothing, lambda tx: server_policies.set_paused(tx, paused=True), "SELECT value", 0),
    ],
)
async def test_what_two_do_at_once_is_done_and_recorded_once(
    store: StoreHarness, before: Work, change: Work, after: str, entries: int
) -> None:
    await store.database.write(before)
    made = await side_by_side(store.database, change, change, after=after)
    assert [*map(bool, made)] == [True, False]
    assert len(query(store.place, "SELECT 1 FROM audit_log")) == entries


async def test_a_claim_beside_a_cancel_leaves_the_cancelled_job(store: StoreHarness) -> None:
    jobs = [await store.queued(a_job(number)) for number in (1, 2)]
    _, claimed = await side_by_side(store.database, lambda tx: job_actions.cancel(tx, jobs[0].id, ALICE), claim(2, 10))
    assert claimed == [jobs[1].id]
    assert await store.state(jobs[0]) is JobState.CANCELLED


async def test_of_two_first_movies_that_are_ready_at_once_one_is_on_the_house(store: StoreHarness) -> None:
    await change_setup(store.database, BY, NOW, starter_credits=200)
    first, second = [await store.rendering(a_job(number)) for number in (1, 2)]
    await side_by_side(store.database, complete(first), complete(second), after="INSERT INTO starter_movies")
    assert await store.member() == Budget(600, used=100)
    assert await store.plan() == Budget(1000, used=200)
    assert len(query(store.place, "SELECT 1 FROM starter_movies")) == 1


def complete(job: Job) -> Callable[[Transaction], Job | None]:
    return lambda tx: renders.complete(tx, job.id, "https://movies.test/a.mp4")


async def test_two_managers_at_once_do_not_overwrite_each_other(store: StoreHarness) -> None:
    def choose(channel: int) -> Callable[[Transaction], setup_changes.SetupOutcome]:
        changes: dict[Setting, SettingValue] = {ServerSetup.channels: (channel,)}
        seen = NOTHING_SET.fingerprint(changes)
        return lambda tx: setup_changes.change(tx, changes, seen, by=BY)

    made, lost = await side_by_side(store.database, choose(1), choose(2), after="SELECT * FROM guild_settings")
    assert made.changed
    assert lost == setup_changes.SetupOutcome(made.setup, conflict=True)
    assert await store.database.read(server_setup.get, GUILD) == made.setup


async def test_an_order_is_acknowledged_or_voided_but_not_both(store: StoreHarness) -> None:
    job = await store.reserved(a_job(1))
    acknowledged, voided = await side_by_side(
        store.database, lambda tx: orders.enqueue(tx, job.id, 77), lambda tx: orders.void(tx, job.id, notify=True)
    )
    assert (acknowledged, voided) == (True, False)
    assert await store.state(job) is JobState.QUEUED
    assert (await store.member()).held == job.price


async def test_two_followers_at_once_pass_no_limit(store: StoreHarness) -> None:
    job = await store.queued(a_job(1))
    for member in range(100, 99 + MAX_FOLLOWERS):
        assert await store.database.write(job_actions.follow, job.id, member) is None
    results = await side_by_side(
        store.database, lambda tx: job_actions.follow(tx, job.id, 1000), lambda tx: job_actions.follow(tx, job.id, 1001)
    )
    assert results == (None, Refused("buttons-follow-full"))


async def test_a_block_that_is_renewed_while_old_ones_go_stays(store: StoreHarness) -> None:
    await store.database.write(at_time(NOW - DAY, blocks.block), ALICE, 1, by=BY)
    _, cleared = await side_by_side(
        store.database,
        lambda tx: blocks.block(tx, ALICE, 1, by=replace(BY, interaction_id=None)),
        lambda tx: retention.clear_old(tx, "member_blocks", NOW - HOUR),
    )
    assert cleared == 0
    assert await store.database.read(blocks.active_block, GUILD, ALICE) is not None


async def test_choices_made_at_once_are_all_kept(store: StoreHarness) -> None:
    read = "SELECT * FROM member_preferences"
    await side_by_side(
        store.database,
        lambda tx: preferences.change(tx, ALICE, delivery_target=DeliveryTarget.DIRECT_MESSAGE),
        lambda tx: preferences.update(tx, ALICE, PreferenceField.VIDEO_MODEL, "KLING", CATALOGUE),
        after=read,
    )
    await side_by_side(
        store.database,
        lambda tx: preferences.update(tx, ALICE, PreferenceField.SECONDS, "12", CATALOGUE),
        lambda tx: preferences.update(tx, ALICE, PreferenceField.ASPECT_RATIO, "16:9", CATALOGUE),
        after=read,
    )
    kept = await store.database.read(preferences.get, ALICE)
    assert (kept.video_model, kept.seconds, kept.aspect_ratio) == ("KLING", 12, "16:9")
    assert kept.delivery_target is DeliveryTarget.DIRECT_MESSAGE


async def test_an_order_keeps_where_its_member_wants_movies_from_now_on(store: StoreHarness) -> None:
    context = OrderContext(1, GUILD, CHANNEL, ALICE, member_name="alice")
    placed, _ = await side_by_side(
        store.database,
        lambda tx: place(tx, context, Draft("a fox", 10, "KLING"), CATALOGUE, LIMITS),
        lambda tx: preferences.change(tx, ALICE, delivery_target=DeliveryTarget.DIRECT_MESSAGE),
        after="SELECT member_preferences.*",
    )
    assert isinstance(placed, OrderPlaced)
    kept = await store.database.read(preferences.get, ALICE)
    assert (kept.video_model, kept.delivery_target) == ("KLING", DeliveryTarget.DIRECT_MESSAGE)


async def test_two_resets_at_once_reset_once(store: StoreHarness) -> None:
    await store.in_state(a_job(1, cost=200), JobState.COMPLETED)
    reset, again = await side_by_side(
        store.database,
        lambda tx: gifts.reset_usage(tx, ALICE, by=BY),
        lambda tx: gifts.reset_usage(tx, ALICE, by=BY),
        after="SELECT granted, used, held",
    )
    assert (reset.credits, again) == (200, Refused("quota-nothing-to-reset", {"member": ALICE}))
    assert (await store.member()).used == 0


async def test_a_hold_from_allowance_and_extra_is_not_refused_because_of_another(store: StoreHarness) -> None:
    await store.database.write(gifts.grant, ALICE, 400, by=BY)
    await store.reserved(a_job(3, ALICE, cost=10))
    jobs = [await store.reserved(a_job(number, BOB, cost=10)) for number in (1, 2)]
    account = Account.at(GUILD, ALICE, NOW)

    def hold_for(number: int, amount: int) -> Callable[[Transaction], bool]:
        return lambda tx: hold(tx, jobs[number].id, account, amount, replace(LIMITS, plan=5000))

    assert all(
        await side_by_side(store.database, hold_for(0, 700), hold_for(1, 50), after="SELECT granted, used, held")
    )


@pytest.mark.parametrize(
    ("is_lost", "after"), [(False, "FROM jobs WHERE id = :id"), (True, "SELECT unverified_request_id")]
)
async def test_a_callback_beside_an_answer_makes_the_job_due(store: StoreHarness, is_lost: bool, after: str) -> None:
    job_id, token = await claimed_token(store, 1)

    def answer(tx: Transaction) -> object:
        if is_lost:
            return submissions.mark_unknown(tx, job_id)
        return submissions.mark_rendering(tx, job_id, "request-1", NOW + 60_000)

    callback = at_time(NOW + 5, callbacks.record_callback)
    await side_by_side(store.database, answer, lambda tx: callback(tx, token.hash, "request-1"), after=after)
    job = await store.found(job_id)
    expected = (JobState.UNKNOWN, "request-1") if is_lost else (JobState.RENDERING, None)
    assert (job.state, job.unverified_request_id, job.next_run_at) == (*expected, NOW + 5)


async def test_an_unverified_id_that_comes_while_the_last_is_rejected_stays(store: StoreHarness) -> None:
    job_id, token = await claimed_token(store, 1)
    await store.database.write(submissions.mark_unknown, job_id)
    await store.database.write(callbacks.record_callback, token.hash, "request-1")
    await side_by_side(
        store.database,
        lambda tx: renders.reject_unverified_id(tx, job_id, "request-1"),
        lambda tx: at_time(NOW + 5, callbacks.record_callback)(tx, token.hash, "request-2"),
        after="FROM jobs WHERE id = :id",
    )
    job = await store.found(job_id)
    assert (job.unverified_request_id, job.next_run_at) == ("request-2", NOW + 5)


async def test_a_callback_while_the_operator_gives_many_jobs_up_keeps_its_job(store: StoreHarness) -> None:
    job_id, token = await claimed_token(store, 1)
    await store.database.write(submissions.mark_unknown, job_id)
    change = AuditEvent(BY, AuditAction.JOB_RESOLVED, ALICE, None, job_id=job_id)
    _, resolved = await side_by_side(
        store.database,
        lambda tx: callbacks.record_callback(tx, token.hash, "request-1"),
        lambda tx: renders.resolve_failed(tx, job_id, change, upstream_charged=False, without_callback=True),
    )
    assert resolved is None
    assert (await store.found(job_id)).state is JobState.UNKNOWN


async def test_a_submission_that_ends_beside_the_recovery_is_not_unknown(store: StoreHarness) -> None:
    job_id, _ = await claimed_token(store, 1)
    _, unknown = await side_by_side(
        store.database,
        lambda tx: submissions.mark_rendering(tx, job_id, "request-1", NOW),
        lambda tx: submissions.recover_stalled(tx, job_id),
    )
    assert unknown is None
    assert (await store.found(job_id)).state is JobState.RENDERING


async def test_a_submission_that_becomes_unknown_is_not_claimed_again(store: StoreHarness) -> None:
    job_id, _ = await claimed_token(store, 1)

    def requeue_and_claim(tx: Transaction) -> list[str]:
        claims.requeue(tx, job_id, NOW, 1)
        return claim(1, 10)(tx)

    unknown, claimed = await side_by_side(
        store.database,
        lambda tx: submissions.recover_stalled(tx, job_id),
        requeue_and_claim,
        after="SELECT 1 FROM jobs",
    )
    assert unknown is not None
    assert claimed == []


async def _handed_over_twice(store: StoreHarness, change: Work) -> None:
    with pytest.raises(DuplicateInteraction):
        await side_by_side(store.database, change, change)
    assert len(query(store.place, "SELECT 1 FROM audit_log WHERE interaction_id = 7")) == 1


@pytest.mark.parametrize("scope", LimitScope)
async def test_a_limit_cleared_twice_by_one_interaction_was_there(store: StoreHarness, scope: LimitScope) -> None:
    await store.database.write(budgets.set_limit, scope, ALICE, 5, by=BY)
    by = AuditContext(99, GUILD, interaction_id=7)
    await _handed_over_twice(store, lambda tx: budgets.clear_limit(tx, scope, ALICE, by=by))


async def test_jobs_cancelled_twice_by_one_interaction_were_there(store: StoreHarness) -> None:
    await store.queued(a_job(1, cost=10))
    by = AuditContext(99, GUILD, interaction_id=7)
    await _handed_over_twice(store, lambda tx: job_actions.cancel_queued(tx, ALICE, by=by))


async def test_a_recovery_beside_orders_ends_without_a_deadlock(store: StoreHarness) -> None:
    jobs = [await store.reserved(a_job(number, cost=10)) for number in range(1, 31)]
    placed, voided = await asyncio.gather(
        asyncio.gather(*(store.reserved(a_job(number, BOB, cost=10)) for number in range(31, 61))),
        store.voided(NOW + 1, NOW + 2),
    )
    assert {job.id for job in jobs} <= {*voided}
    assert (await store.member()).held == 0
    assert (await store.plan()).held + 10 * len({*voided} - {job.id for job in jobs}) == 10 * len(placed)


async def test_two_starts_at_once_both_count(store: StoreHarness) -> None:
    await side_by_side(
        store.database, lambda tx: leases.record(tx, "0"), lambda tx: leases.record(tx, "0"), after="FROM key_value"
    )
    assert await store.database.write(leases.record, "0") == (NOW, NOW)


def take_polls(holder: str) -> Callable[[Transaction], list[str]]:
    return lambda tx: [job.id for job in renders.take_due_polls(tx, 1, (), Lease(holder, NOW + 90_000))]


async def test_two_workers_at_once_poll_different_jobs_and_share_a_channel(store: StoreHarness) -> None:
    ids = [(await store.rendering(a_job(number), NOW)).id for number in (1, 2)]
    one, other = await side_by_side(store.database, take_polls("a"), take_polls("b"))
    assert [*one, *other] == ids
    for number in (3, 4, 5, 6):
        await store.in_state(a_job(number, cost=10), JobState.COMPLETED)
    one, other = await side_by_side(store.database, take_notifications("a"), take_notifications("b"))
    assert (len(one), other) == (2, [])


def take_notifications(holder: str) -> Callable[[Transaction], list[str]]:
    types, lease = tuple(NotificationType), Lease(holder, NOW + 300_000)
    return lambda tx: [delivery.job.id for delivery in outbox.take_due(tx, 10, (), types, lease, per_channel=2)]


_RACES: dict[str, Callable[[Transaction, Job], object]] = {
    "approve": approve,
    "decline": decline,
    "lapse": lambda tx, job: approvals.lapse(tx, job.id),
    "withdraw": lambda tx, job: job_actions.cancel(tx, job.id, ALICE),
    "erase": erasure.cancel,
}


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
    assert found.state is (JobState.QUEUED if first == "approve" and not withdrawn else JobState.CANCELLED)
    assert (await store.member()).held == (job.price if found.state is JobState.QUEUED else 0)
    assert_ledger_consistent(store.place)
    assert len(await store.pending_notifications()) == (first in ("decline", "lapse"))


def counted(outcome: object) -> bool:
    return outcome.counted if isinstance(outcome, Decision) else bool(outcome)


async def test_a_failing_channel_beside_an_approval_starts_nothing_twice(store: StoreHarness) -> None:
    await ask_staff(store)
    job = await ordered(store)
    await side_by_side(store.database, lambda tx: approve(tx, job), fail_channel)
    logged = query(store.place, "SELECT action FROM audit_log WHERE job_id IS NOT NULL ORDER BY id")
    assert [row["action"] for row in logged] == ["request_approval", "approve_movie"]
    assert (await store.found(job.id)).decided_by == DANA


async def test_a_failing_channel_beside_a_posted_request_ends_without_a_deadlock(store: StoreHarness) -> None:
    """Both transactions lock the order first, so neither runs twice."""
    await ask_staff(store)
    await store.posted_lines(NOW)
    job = await ordered(store)
    [message] = await store.database.read(due_states, MessageKind.AUDIT_LOG)
    [(entry, channel)] = await store.database.read(due_entries)
    runs: list[str] = []

    def mark_posted(tx: Transaction) -> None:
        runs.append("posted")
        approvals.mark_posted(tx, job.id, PostedMessage(channel, 999))
        audit_log.end_entry(tx, message, entry.id)

    def fail(tx: Transaction) -> None:
        runs.append("failed")
        fail_channel(tx)

    await side_by_side(store.database, mark_posted, fail, after="FOR NO KEY UPDATE")
    assert runs == ["posted", "failed"]
    assert await store.state(job) is JobState.AWAITING_APPROVAL  # its request is posted


async def test_an_order_beside_a_failing_channel_waits_or_starts_but_is_asked_for(store: StoreHarness) -> None:
    """Otherwise an order could wait without a request to staff."""
    await ask_staff(store)
    await ordered(store, 1)
    order = await placed(store, 2)
    await side_by_side(
        store.database,
        fail_channel,
        lambda tx: orders.enqueue(tx, order.job.id, 77),
        after="UPDATE guild_settings SET staff_channel_failed_at",
    )
    found = await store.found(order.job.id)
    due = {entry.job_id for entry, _ in await store.database.read(due_entries)}
    assert found.state is JobState.QUEUED or order.job.id in due
    await store.database.write(fail_channel)
    assert await store.state(order.job) is JobState.QUEUED


@pytest.mark.parametrize("after", ["", "SELECT 1 FROM credit_requests WHERE id"])
async def test_two_managers_grant_once(store: StoreHarness, after: str) -> None:
    await with_channel(store)
    request = await asked(store)
    first, second = await side_by_side(
        store.database, lambda tx: answer(tx, request, 2), lambda tx: answer(tx, request, 3, by=ERIN), after=after
    )
    assert (first.counted, second.counted, second.request.decided_by) == (True, False, DANA)
    assert len(granted(store)) == 1


async def test_a_press_that_reaches_both_grants_once(store: StoreHarness) -> None:
    await with_channel(store)
    request = await asked(store)
    with pytest.raises(DuplicateInteraction):
        await side_by_side(
            store.database, lambda tx: answer(tx, request, 2), lambda tx: answer(tx, request, 2), after="FROM audit"
        )
    assert len(granted(store)) == 1


@pytest.mark.parametrize("second_id", [1, 2])
async def test_a_member_asks_once(store: StoreHarness, second_id: int) -> None:
    await with_channel(store)

    def second(tx: Transaction) -> object:
        try:
            return ask(tx, second_id)
        except DuplicateInteraction:
            return DuplicateInteraction

    made, other = await side_by_side(store.database, lambda tx: ask(tx, 1), second, after="INSERT INTO credit_requests")
    assert isinstance(made, CreditRequest)
    assert other is DuplicateInteraction if second_id == 1 else is_refused(other, "requests-asked-today")
    assert len(requests(store)) == 1


async def test_a_new_request_beside_the_grant_of_the_old_one_asks_for_nothing_more(store: StoreHarness) -> None:
    await with_channel(store)
    old = await asked(store)
    answered, made = await side_by_side(
        store.database, lambda tx: answer(tx, old, 2, now=NOW + DAY), lambda tx: ask(tx, 3, now=NOW + DAY)
    )
    assert answered.counted
    assert made == Refused("requests-enough")
    assert [row["state"] for row in requests(store)] == ["granted"]


@pytest.mark.parametrize("after", ["", "SELECT guild_id FROM reported_movies"])
@pytest.mark.parametrize("second", [ReportState.REMOVED, ReportState.DISMISSED])
async def test_two_staff_members_decide_about_a_movie_once(
    store: StoreHarness, second: ReportState, after: str
) -> None:
    job = await reported(store)
    first, other = await side_by_side(
        store.database,
        lambda tx: decide(tx, ReportState.REMOVED, job, 2),
        lambda tx: decide(tx, second, job, 3, by=ERIN),
        after=after,
    )
    assert sorted((first.counted, other.counted)) == [False, True]
    assert (first.movie.state, first.movie.decided_by) == (other.movie.state, other.movie.decided_by)


async def test_a_report_beside_the_removal_leaves_no_open_report(store: StoreHarness) -> None:
    job = await finished(store)
    _, outcome = await side_by_side(
        store.database,
        lambda tx: removals.remove(tx, job.id, AuditContext(ALICE, GUILD)),
        lambda tx: report(tx, job),
        after="UPDATE jobs",
    )
    assert outcome == Refused("buttons-deleted-already")
    assert query(store.place, "SELECT * FROM reported_movies") == []


async def test_a_departure_beside_the_withdrawal_of_a_pitch_that_is_over_ends_it_once(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    end, leave = (at_time(pitch.ends_at, each) for each in (pitch_ends.withdraw, departed_servers.record_left))
    _, refused = await side_by_side(
        pitching.database, lambda tx: leave(tx, GUILD), lambda tx: end(tx, pitch.id, GUILD, ALICE), after="AS votes"
    )
    assert isinstance(refused, Refused)
    assert (await pitching.found(pitch)).end_reason is PitchEndReason.LAPSED


@pytest.mark.parametrize("order_is_first", [True, False])
@pytest.mark.parametrize("by_press", [True, False])
async def test_an_order_beside_a_funding_is_bounded(pitching: Pitching, by_press: bool, order_is_first: bool) -> None:
    """Open work counts over all servers, and the pitch is in another one."""
    pitching.limits = replace(LIMITS, risk=RiskLimits(1, 50, queued_credits=1000, failed_credits=1000))
    pitch = await pitching.made(300, ALICE, guild=GUILD + 1)
    if not by_press:
        await pitching.waiting(pitch, BOB, guild=GUILD + 1)

    def order(tx: Transaction) -> object:
        return place(tx, OrderContext(1, GUILD, CHANNEL, ALICE), Draft("a fox", 10), CATALOGUE, pitching.limits)

    def fund(tx: Transaction) -> object:
        if by_press:
            return pledging.chip_in(tx, pressing(BOB, guild=GUILD + 1), pitch.id, None)
        return pledging.run_due(tx, pitch.id)

    if order_is_first:
        outcomes = await side_by_side(pitching.database, order, fund, after="AS has_departed")
    else:
        outcomes = await side_by_side(pitching.database, fund, order)
    assert isinstance(outcomes[0 if order_is_first else 1], OrderPlaced if order_is_first else Refused)
    state = PitchState.WAITING_FOR_PLAN if order_is_first else PitchState.FUNDED
    assert (await pitching.found(pitch)).state is state
    assert len(query(pitching.place, f"SELECT 1 FROM jobs WHERE member_id = {ALICE}")) == 1


@pytest.mark.parametrize("waits_first", [True, False])
async def test_a_waiting_report_is_tried_where_a_channel_is_chosen(store: StoreHarness, *, waits_first: bool) -> None:
    await store.database.write(report, await finished(store))
    [message] = await store.database.read(due_states, MessageKind.REPORT)
    changes: dict[Setting, SettingValue] = {ServerSetup.staff_channel: CHANNEL}

    def wait(tx: Transaction) -> object:
        return movie_reports.wait(tx, message)

    def choose(tx: Transaction) -> object:
        return setup_changes.change(tx, changes, NOTHING_SET.fingerprint(changes), by=BY)

    await side_by_side(store.database, *((wait, choose) if waits_first else (choose, wait)))
    assert await store.database.read(due_states, MessageKind.REPORT) == [message]


async def test_another_day_beside_the_start_of_a_movie_night_is_the_day_of_the_next(store: StoreHarness) -> None:
    start_at = NOW + 6 * HOUR
    await change_setup(store.database, BY, NOW, movie_night=Weekday.TUESDAY)
    [start] = await store.database.read(at_time(start_at, every_due), MessageKind.MOVIE_NIGHT_START)
    changes: dict[Setting, SettingValue] = {ServerSetup.movie_night: Weekday.FRIDAY}
    before = await store.database.read(server_setup.get, GUILD)
    await side_by_side(
        store.database,
        lambda tx: at_time(start_at, movie_nights.begin)(tx, start),
        lambda tx: at_time(start_at, setup_changes.change)(tx, changes, before.fingerprint(changes), by=BY),
    )
    [row] = query(store.place, "SELECT due_at FROM messages WHERE kind = 'movie_night_start'")
    assert row["due_at"] == start_at + 3 * DAY


BY_DANA = AuditContext(9, GUILD)
QUOTE = Quote("q" * 13, GUILD, CHANNEL, ADA, ada_job(90).request, 300, NOW)


def erase(tx: Transaction) -> bool:
    return not erasure.erase(tx, ErasureRecord.of(erasure.request(tx, ADA).id, ADA, NOW), ADA)


def make_quote(tx: Transaction) -> object:
    return offer(tx, QUOTE, (), LIMITS)


def keep_quote(tx: Transaction) -> None:
    preferences.lock(tx, ADA)
    quotes.save(tx, QUOTE)


def follow(tx: Transaction) -> object:
    return job_actions.follow(tx, a_job(50).id, ADA)


def block(tx: Transaction) -> object:
    return blocks.block(tx, ADA, None, by=BY_DANA)


def set_limit(tx: Transaction) -> None:
    budgets.set_limit(tx, LimitScope.MEMBER, ADA, 50, by=BY_DANA)


@pytest.mark.parametrize(
    ("change", "statement"),
    [
        (make_quote, "AS remembered"),
        (make_quote, "INSERT INTO quotes"),
        (keep_quote, "INSERT INTO quotes"),
        (follow, "INSERT INTO followers"),
        (block, "INSERT INTO member_blocks"),
        (set_limit, "INSERT INTO quota_limits"),
    ],
)
async def test_changes_are_erased(store: StoreHarness, change: Work, statement: str) -> None:
    await store.queued(a_job(50, BOB, cost=10))
    _, erased = await side_by_side(store.database, change, erase, after=statement)
    assert erased
    assert traces(store.place, ADA, PROMPT) == set()
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()


async def test_what_a_follower_was_about_to_be_told_is_erased_too(store: StoreHarness) -> None:
    job = await store.rendering(a_job(50, BOB, cost=10))
    await store.database.write(follow)
    _, erased = await side_by_side(
        store.database, lambda tx: notices.announce(tx, job, (ADA,)), erase, after="INSERT INTO messages"
    )
    assert erased
    assert traces(store.place, ADA, PROMPT) == set()
    assert query(store.place, "SELECT * FROM messages") == []


async def test_a_block_or_limit_that_was_under_way_is_remembered(store: StoreHarness) -> None:
    await side_by_side(store.database, block, erase, after="INSERT INTO member_blocks")
    assert await store.database.write(make_quote) == blocked(None, "")
    await store.database.write(lambda tx: blocks.unblock(tx, ADA, by=BY_DANA))
    await side_by_side(store.database, set_limit, erase, after="INSERT INTO quota_limits")
    assert (await store.database.write(make_quote)).available == 50


async def test_a_quote_beside_the_erasure_knows_what_was_spent(store: StoreHarness) -> None:
    await store.in_state(ada_job(1, cost=400), JobState.COMPLETED)
    await deliver(store.database, ada_job(1), NotificationType.COMPLETED)
    erased, quoted = await side_by_side(store.database, erase, make_quote)
    assert erased
    assert quoted.available == 200


async def test_a_block_that_is_lifted_beside_the_erasure_is_lifted(store: StoreHarness) -> None:
    await store.database.write(block)
    erased, lifted = await side_by_side(
        store.database, erase, lambda tx: blocks.unblock(tx, ADA, by=BY_DANA), after="INSERT INTO erased_dec"
    )
    assert erased
    assert lifted
    assert isinstance(await store.database.write(make_quote), QuotePreview)
    assert query(store.place, "SELECT * FROM member_blocks") == []


async def test_a_claim_that_finds_a_movie_gone_locks_no_balance_before_another_order(store: StoreHarness) -> None:
    """A cancellation of the next order has its row, and waits for the balances."""
    source = await store.in_state(a_job(1, BOB), JobState.COMPLETED)
    dub = replace(a_job(2).request, operation=Operation.DUB, sources=(source.id,))
    await store.queued(replace(a_job(2), request=dub))
    other = await store.queued(a_job(3))
    await store.database.write(removals.remove, source.id, by=BY)
    runs: list[str] = []

    def cancel(tx: Transaction) -> None:
        runs.append("cancel")
        job_actions.cancel(tx, other.id, ALICE)

    def claim_both(tx: Transaction) -> None:
        runs.append("claim")
        submissions.claim(tx, 5, 10, 10)

    await side_by_side(store.database, cancel, claim_both, after="UPDATE jobs SET state")
    assert runs == ["cancel", "claim"]
