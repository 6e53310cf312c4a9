"""What a transaction wakes: the poll loops whose work it makes due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.domain.credits import Limits
from bot.domain.delivery import Delivery, NotificationType, PostedMessage
from bot.domain.job import Approval, JobState
from bot.domain.language import Language
from bot.domain.message import MessageKind
from bot.domain.order import Order, OrderContext
from bot.domain.pitch import Pitch, Pitched
from bot.domain.quota import AuditContext
from bot.domain.request import Draft
from bot.domain.server_setup import NOTHING_SET, ServerSetup
from bot.services.approvals import ApprovalService
from bot.services.cancellations import CancellationService
from bot.services.credit_requests import CreditRequestService
from bot.services.gifts import GiftService
from bot.services.movie_reports import MovieReportService
from bot.services.orders import OrderService
from bot.services.pitches import PitchService
from bot.services.refused_prompts import RefusedPrompts
from bot.services.removals import RemovalService
from bot.services.request_limits import LimitFactory
from bot.services.server_setup import ServerSetupService
from bot.services.stars import StarService
from data import (
    callbacks,
    credit_requests,
    grants,
    job_actions,
    leases,
    message_deletions,
    messages,
    movie_nights,
    orders,
    outbox,
    pitch_messages,
    pitches,
    renders,
)
from data.compiled_filters import CompiledFilters
from data.database import Topic
from tests.helpers.approving import CATALOGUE, set_up
from tests.helpers.fakes import COMPLETED, PENDING, FakeMovieApi
from tests.helpers.ledger_checks import execute, query
from tests.helpers.pitching import pressing
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job, a_message
from tests.helpers.woken import Woken

ENGINES = ("sqlite",)

STAFF = AuditContext(9, GUILD)
NOTHING = set[Topic]()


@pytest.fixture
def orders_of(store: StoreHarness) -> OrderService:
    refused = RefusedPrompts()
    return OrderService(store.database, store.clock, CATALOGUE, LIMITS, CompiledFilters(), refused)


def pitches_of(store: StoreHarness, limits: Limits = LIMITS) -> PitchService:
    refused = RefusedPrompts()
    return PitchService(store.database, store.clock, CATALOGUE, limits, CompiledFilters(), refused)


async def test_a_decision_wakes_who_tells_its_member_and_an_approval_who_submits(
    store: StoreHarness, woken: Woken
) -> None:
    approvals = ApprovalService(store.database, CATALOGUE, CompiledFilters())
    approved, declined = [(await store.awaiting(a_job(number))).id for number in (1, 2)]
    assert await woken.during(approvals.approve(STAFF, approved, manages=True)) == {"submissions", "messages"}
    assert await woken.during(approvals.decline(STAFF, declined)) == {"notifications", "messages"}


async def test_a_report_wakes_who_shows_it_and_a_removal_who_deletes(store: StoreHarness, woken: Woken) -> None:
    reports, removals = MovieReportService(store.database), RemovalService(store.database)
    job, kept, own = [await store.posted(a_job(number)) for number in (1, 2, 3)]
    for number, each in enumerate((job, kept)):
        told = reports.report(each, "rude", AuditContext(BOB, GUILD, interaction_id=5 + number))
        assert await woken.during(told) == {"messages"}
    assert await woken.during(reports.remove(job.id, STAFF)) == {"messages"}
    assert await woken.during(reports.block(kept.id, 1, STAFF)) == {"messages"}
    assert await woken.during(reports.dismiss(kept.id, STAFF)) == {"messages"}
    removed = removals.remove(own.id, AuditContext(ALICE, GUILD))
    assert await woken.during(removed) == {"messages"}
    found = removals.found_at(await store.found(own.id), NotificationType.COMPLETED, a_message().posted)
    assert await woken.during(found) == {"messages"}


async def test_a_star_wakes_who_posts_in_the_gallery_and_who_takes_a_movie_out_who_deletes(
    store: StoreHarness, woken: Woken
) -> None:
    removals, stars = RemovalService(store.database), StarService(store.database)
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    await set_up(store, gallery=5, gallery_stars=1, staff_channel=6)
    for number, topics in ((1, {"notifications"}), (2, NOTHING)):
        pressed = stars.toggle(job, BOB, interaction_id=number, may_post=True)
        assert await woken.during(pressed) == topics
    sent = "status = 'sent', next_attempt_at = NULL, sent_at = 0, message_id = 9, channel_id = 5"
    execute(store.place, f"UPDATE outbox SET {sent} WHERE type = 'starred'")
    for topics in ({"messages"}, NOTHING):
        assert await woken.during(removals.leave_gallery(job.id, STAFF)) == topics


async def test_a_cancellation_wakes_who_asks_the_api_or_delivers_what_has_ended(
    store: StoreHarness, woken: Woken
) -> None:
    rendering, ended = [await store.rendering(a_job(number)) for number in (1, 2)]
    api = FakeMovieApi(statuses={str(ended.request_id): [PENDING, COMPLETED]})
    limits = LimitFactory(store.clock)
    cancellations = CancellationService(store.database, api, limits, supported=True)
    for topics in ({"status_polls"}, NOTHING):
        assert await woken.during(cancellations.request(rendering.id, ALICE)) == topics
    for topics in (NOTHING, {"status_polls"}):
        assert await woken.during(cancellations.preview(ended)) == topics
    await store.queued(a_job(3))
    await set_up(store, staff_channel=6)
    for topics in ({"messages"}, NOTHING):
        assert await woken.during(cancellations.cancel_queued(STAFF, ALICE)) == topics


async def test_an_order_wakes_who_submits_it_also_where_staff_may_not_be_asked_any_more(
    store: StoreHarness, woken: Woken, orders_of: OrderService
) -> None:
    await set_up(store, staff_channel=6)
    order, asked, voided = [
        await store.reserved(replace(a_job(number), approval=approval))
        for number, approval in ((1, None), (2, Approval.REQUIRED), (3, None))
    ]
    await store.database.write(orders.void, voided.id, notify=True)
    await store.database.write(outbox.mark_sent, Delivery(voided.id, NotificationType.CANCELLED, 0), a_message())
    for job, topics in ((order, {"submissions"}), (asked, {"messages"}), (voided, {"messages"})):
        assert await woken.during(orders_of.enqueue(job, 77)) == topics


async def test_an_order_whose_response_failed_wakes_who_tells_its_member(
    store: StoreHarness, woken: Woken, orders_of: OrderService
) -> None:
    failed, _ = [await store.reserved(a_job(number)) for number in (1, 2)]
    assert await woken.during(orders_of.void(failed, notify=True)) == {"notifications"}
    for topics in ({"notifications"}, NOTHING):
        assert await woken.during(orders_of.void_unacknowledged(only_instance=True)) == topics


async def test_a_prompt_that_is_refused_is_counted_and_in_the_audit_log_at_once(
    store: StoreHarness, woken: Woken, orders_of: OrderService
) -> None:
    await set_up(store, filter_rules=("balloon",), staff_channel=6)
    context = OrderContext(1, GUILD, CHANNEL, ALICE)
    assert await woken.during(orders_of.place(Order(context, Draft("a balloon", 10, "LUMA")))) == {"messages"}
    assert sum(orders_of._refused_prompts.by_category.values()) == 1


async def test_what_staff_and_members_agree_on_is_told_at_once(store: StoreHarness, woken: Woken) -> None:
    setup = ServerSetupService(store.database, CATALOGUE)
    changes = {ServerSetup.gift_credits: 50, ServerSetup.staff_channel: 555}
    assert await woken.during(setup.change(STAFF, changes, NOTHING_SET.fingerprint(changes))) == {"messages"}
    gifts = GiftService(store.database)
    await store.database.write(grants.grant, ALICE, 10, by=STAFF)
    for topics in ({"messages"}, NOTHING):
        given = gifts.give(AuditContext(ALICE, GUILD), BOB, 10, channel_id=CHANNEL)
        assert await woken.during(given) == topics
    requests = CreditRequestService(store.database, LIMITS, store.clock)
    by, language = AuditContext(ALICE, GUILD, interaction_id=1), Language.ENGLISH
    asked = requests.ask(by, 700, channel_id=CHANNEL, role_ids=(), language=language)
    assert await woken.during(asked) == {"messages"}
    [row] = query(store.place, "SELECT id FROM credit_requests")
    answered = requests.answer(STAFF, row["id"], PostedMessage(555, 9), grant=True)
    assert await woken.during(answered) == {"messages"}


# ── pitches ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def pitched(pitches: PitchService, number: int) -> Pitch:
    made = await pitches.pitch(Order(pressing(ALICE), Draft("a fox", 10, "LUMA")))
    assert isinstance(made, Pitched)
    assert await pitches.record_message(made.pitch, number)
    return made.pitch


async def test_each_press_on_a_pitch_wakes_who_shows_what_it_led_to(store: StoreHarness, woken: Woken) -> None:
    """The pitch may have changed until it was posted. No change wakes nobody."""
    pitches = pitches_of(store)
    first, second = [await pitched(pitches, number) for number in (77, 78)]
    assert await woken.during(pitches.record_message(first, 79)) == NOTHING
    shown: set[Topic] = {"messages"}
    assert await woken.during(pitches.chip_in(pressing(BOB), first.id, 40)) == shown
    assert await woken.during(pitches.take_back(pressing(BOB), first.id, 10)) == shown
    assert await woken.during(pitches.vote(GUILD, BOB, first.id)) == shown
    assert await woken.during(pitches.vote(GUILD, BOB, first.id)) == NOTHING
    funded = pitches.chip_in(pressing(BOB), first.id, None)
    assert await woken.during(funded) == {"submissions", "messages"}
    assert await woken.during(pitches.withdraw(GUILD, ALICE, second.id)) == shown
    assert await woken.during(pitches.remove(STAFF, (await pitched(pitches, 79)).id)) == {"messages"}
    assert await woken.during(pitches.pitch(Order(pressing(ALICE), Draft("a fox", 10, "LUMA")))) == NOTHING
    assert await woken.during(pitches.withdraw_unposted(only_instance=True)) == NOTHING


async def test_a_pitch_that_waits_wakes_who_shows_that_and_later_who_submits_it(
    store: StoreHarness, woken: Woken
) -> None:
    pitch = await pitched(pitches_of(store), 77)
    poor = pitches_of(store, replace(LIMITS, plan=0))
    assert await woken.during(poor.chip_in(pressing(BOB), pitch.id, None)) == {"messages"}
    execute(store.place, f"UPDATE pitches SET next_run_at = {NOW}")
    due = pitches_of(store).run_due()
    assert await woken.during(due) == {"submissions", "messages"}


# ── what no press leads to ───────────────────────────────────────────────────────────────────────────────────────


async def called_back(store: StoreHarness, state: JobState) -> Awaitable[object]:
    await store.in_state(a_job(1), state)
    [row] = query(store.place, "SELECT callback_token_hash FROM jobs")
    return store.database.write(callbacks.record_callback, row["callback_token_hash"], "request-1")


async def cancelled_at_the_api(store: StoreHarness) -> Awaitable[object]:
    job = await store.rendering(a_job(1))
    await store.database.write(job_actions.request_cancel, job.id, ALICE)
    return store.database.write(renders.end_cancelled, job.id, 10, None)


async def rejected(store: StoreHarness) -> Awaitable[object]:
    job = await store.rendering(a_job(1))
    await store.database.write(job_actions.follow, job.id, BOB)
    await store.database.write(renders.complete, job.id, "https://movies.test/1.mp4")
    return store.database.write(outbox.reject, Delivery(job.id, NotificationType.COMPLETED, 0, (BOB,)))


async def unposted(store: StoreHarness) -> Awaitable[object]:
    await set_up(store, staff_channel=555)
    requests = CreditRequestService(store.database, LIMITS, store.clock)
    await requests.ask(AuditContext(ALICE, GUILD), 700, channel_id=CHANNEL, role_ids=(), language=Language.ENGLISH)
    return store.database.write(credit_requests.mark_unposted, GUILD)


async def removed_from_a_night(store: StoreHarness) -> Awaitable[object]:
    job = await store.posted(a_job(1))
    columns = "id, guild_id, week, starts_at, state, created_at"
    execute(store.place, f"INSERT INTO movie_nights ({columns}) VALUES ('night', {GUILD}, '2026-W46', 1, 'posted', 1)")
    execute(store.place, f"INSERT INTO movie_night_movies VALUES ('night', 1, '{job.id}', 1)")
    return store.database.write(movie_nights.movie_removed, job.id)


async def recorded_message(store: StoreHarness) -> Awaitable[object]:
    made = await pitches_of(store).pitch(Order(pressing(ALICE), Draft("a fox", 10, "LUMA")))
    assert isinstance(made, Pitched)
    await store.database.write(pitches.vote, made.pitch.id, BOB)
    return store.database.write(pitch_messages.record, made.pitch.id, 77)


async def told(store: StoreHarness) -> Awaitable[object]:
    pitch = await pitched(pitches_of(store), 77)
    return store.database.write(messages.announce, MessageKind.LAPSED, pitch.id, BOB, GUILD, once=True)


async def deleted_in_bulk(store: StoreHarness) -> Awaitable[object]:
    await store.posted(a_job(1))
    return store.database.write(message_deletions.delete_many, "SELECT id FROM jobs", {})


async def notification(store: StoreHarness, due_at: int) -> Awaitable[object]:
    await store.in_state(a_job(1), JobState.COMPLETED)
    await store.database.write(outbox.reschedule, await store.pending_notification(), due_at, "tests")
    return store.database.write(outbox.retry_now)


async def stopped(store: StoreHarness) -> Awaitable[object]:
    return store.database.write(leases.release, "a process")


@pytest.mark.parametrize(
    ("prepared", "topics"),
    [
        (lambda store: called_back(store, JobState.RENDERING), {"status_polls"}),
        (lambda store: called_back(store, JobState.UNKNOWN), {"status_polls"}),
        (lambda store: called_back(store, JobState.SUBMITTING), NOTHING),
        (cancelled_at_the_api, {"submissions", "notifications"}),
        (rejected, {"messages"}),
        (unposted, {"messages"}),
        (removed_from_a_night, {"messages"}),
        (recorded_message, {"messages"}),
        (told, {"messages"}),
        (deleted_in_bulk, {"messages"}),
        (lambda store: notification(store, NOW + HOUR), {"notifications"}),
        (lambda store: notification(store, NOW), NOTHING),
        (stopped, {"status_polls", "notifications"}),
    ],
)
async def test_a_change_wakes_who_does_what_it_makes_due(
    store: StoreHarness,
    woken: Woken,
    prepared: Callable[[StoreHarness], Awaitable[Awaitable[object]]],
    topics: set[Topic],
) -> None:
    """Without that, it is done at the next poll, up to 15 seconds later."""
    assert await woken.during(await prepared(store)) == topics
