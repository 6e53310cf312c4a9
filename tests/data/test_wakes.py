"""What a transaction wakes: the poll loops whose work it makes due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.domain.delivery import NotificationType, PostedMessage
from bot.domain.jobs import Approval, JobState
from bot.domain.message import Delivery, MessageKind
from bot.domain.movie_reports import ReportState
from bot.domain.orders import Order, OrderContext
from bot.domain.pitches import Pitch
from bot.domain.quota import AuditContext
from bot.domain.request import Draft
from bot.domain.server_setup import NOTHING_SET, ServerSetup
from bot.domain.text import Language
from bot.services.cancellations import CancellationService
from bot.services.orders import OrderService
from bot.services.request_limits import LimitFactory
from data import (
    approvals,
    credit_requests,
    gifts,
    job_actions,
    orders,
    outbox,
    pitch_ends,
    pitches,
    pledging,
    removals,
    staff_subjects,
)
from data.callbacks import record_callback
from data.database import Topic
from data.leases import release
from data.message_deletions import delete_many
from data.messages import announce
from data.movie_nights import drop_movie
from data.movie_report_decisions import decide
from data.movie_reports import report
from data.rankings import toggle
from data.renders import complete, end_cancelled
from data.setup_changes import change
from tests.helpers.approving import set_up
from tests.helpers.fakes import COMPLETED, PENDING, FakeMovieApi
from tests.helpers.ledger_checks import execute, query
from tests.helpers.pitching import pressing
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job, a_message
from tests.helpers.woken import Woken

pytestmark = pytest.mark.sqlite

STAFF = AuditContext(9, GUILD)
NOTHING = set[Topic]()
Prepare = Callable[[StoreHarness], Awaitable[Awaitable[object]]]


@pytest.fixture
def orders_of(store: StoreHarness) -> OrderService:
    return OrderService(store.database, store.clock)


async def test_a_decision_wakes_who_tells_its_member_and_approval_submits(store: StoreHarness, woken: Woken) -> None:
    approved, declined = [(await store.awaiting(a_job(number))).id for number in (1, 2)]
    approve = store.database.write(approvals.approve, approved, manages=True, by=STAFF)
    assert await woken.during(approve) == {"submissions", "messages"}
    decline = store.database.write(approvals.decline, declined, by=STAFF)
    assert await woken.during(decline) == {"notifications", "messages"}


async def test_a_report_wakes_who_shows_it_and_a_removal_who_deletes(store: StoreHarness, woken: Woken) -> None:
    write = store.database.write
    job, kept, own = [await store.posted(a_job(number)) for number in (1, 2, 3)]
    for number, each in enumerate((job, kept)):
        by = AuditContext(BOB, GUILD, interaction_id=5 + number)
        assert await woken.during(write(report, each.id, "rude", by=by)) == {"messages"}
    assert await woken.during(write(decide, job.id, ReportState.REMOVED, by=STAFF)) == {"messages"}
    assert await woken.during(write(staff_subjects.block, kept.id, 1, by=STAFF)) == {"messages"}
    assert await woken.during(write(decide, kept.id, ReportState.DISMISSED, by=STAFF)) == {"messages"}
    assert await woken.during(write(removals.remove, own.id, AuditContext(ALICE, GUILD))) == {"messages"}
    found = write(removals.found_at, own.id, NotificationType.COMPLETED, a_message().posted)
    assert await woken.during(found) == {"messages"}


async def test_a_star_wakes_who_posts_in_the_gallery_and_who_deletes_there(store: StoreHarness, woken: Woken) -> None:
    write = store.database.write
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    await set_up(store, gallery=5, gallery_stars=1, staff_channel=6)
    for number, topics in ((1, {"notifications", "messages"}), (2, {"messages"})):
        pressed = write(toggle, job.id, BOB, interaction_id=number, may_post=True)
        assert await woken.during(pressed) == topics
    sent = "status = 'sent', next_attempt_at = NULL, sent_at = 0, message_id = 9, channel_id = 5"
    execute(store.place, f"UPDATE outbox SET {sent} WHERE type = 'starred'")
    for topics in ({"messages"}, NOTHING):
        assert await woken.during(write(removals.leave_gallery, job.id, STAFF)) == topics


async def test_a_cancellation_wakes_who_asks_the_api_or_delivers_the_end(store: StoreHarness, woken: Woken) -> None:
    rendering, ended = [await store.rendering(a_job(number)) for number in (1, 2)]
    api = FakeMovieApi(statuses={str(ended.request_id): [PENDING, COMPLETED]})
    cancellations = CancellationService(store.database, api, LimitFactory(store.clock), supported=True)
    for topics in ({"status_polls"}, NOTHING):
        request = store.database.write(job_actions.request_cancel, rendering.id, ALICE)
        assert await woken.during(request) == topics
    for topics in (NOTHING, {"status_polls"}):
        assert await woken.during(cancellations.preview(ended)) == topics
    await store.queued(a_job(3))
    await set_up(store, staff_channel=6)
    for topics in ({"messages"}, NOTHING):
        assert await woken.during(store.database.write(job_actions.cancel_queued, ALICE, by=STAFF)) == topics


async def test_an_order_wakes_who_submits_or_tells(store: StoreHarness, woken: Woken, orders_of: OrderService) -> None:
    await set_up(store, staff_channel=6)
    order, asked, voided = [
        await store.reserved(replace(a_job(number), approval=approval))
        for number, approval in ((1, None), (2, Approval.REQUIRED), (3, None))
    ]
    await store.database.write(orders.void, voided.id, notify=True)
    await store.database.write(outbox.mark_sent, Delivery(voided, NotificationType.CANCELLED, 0), a_message())
    for job, topics in ((order, {"submissions"}), (asked, {"messages"}), (voided, {"messages"})):
        assert await woken.during(orders_of.enqueue(job, 77)) == topics
    failed, _ = [await store.reserved(a_job(number)) for number in (11, 12)]
    assert await woken.during(orders_of.void(failed, notify=True)) == {"notifications"}
    for topics in ({"notifications"}, NOTHING):
        assert await woken.during(orders_of.void_unacknowledged(only_instance=True)) == topics


async def test_what_staff_and_members_agree_on_is_told_at_once(store: StoreHarness, woken: Woken) -> None:
    write = store.database.write
    changes = {ServerSetup.gift_credits: 50, ServerSetup.staff_channel: 555}
    assert await woken.during(write(change, changes, NOTHING_SET.fingerprint(changes), by=STAFF)) == {"messages"}
    await write(gifts.grant, ALICE, 10, by=STAFF)
    for topics in ({"messages"}, NOTHING):
        given = write(gifts.give, BOB, 10, channel_id=CHANNEL, by=AuditContext(ALICE, GUILD))
        assert await woken.during(given) == topics
    by, language = AuditContext(ALICE, GUILD, interaction_id=1), Language.ENGLISH
    asked = write(credit_requests.ask, 700, channel_id=CHANNEL, role_ids=(), language=language, by=by)
    assert await woken.during(asked) == {"messages"}
    [row] = query(store.place, "SELECT id FROM credit_requests")
    answered = write(credit_requests.answer, row["id"], grant=True, message=PostedMessage(555, 9), by=STAFF)
    assert await woken.during(answered) == {"messages"}


async def test_a_prompt_that_is_refused_is_in_the_audit_log_at_once(store: StoreHarness, woken: Woken) -> None:
    await set_up(store, filter_rules=("balloon",), staff_channel=6)
    context = OrderContext(1, GUILD, CHANNEL, ALICE)
    refused = store.database.write(orders.place, Order(context, Draft("a balloon", 10, "LUMA")))
    assert await woken.during(refused) == {"messages"}


async def pitched(store: StoreHarness, number: int) -> Pitch:
    made = await store.database.write(pledging.pitch, Order(pressing(ALICE), Draft("a fox", 10, "LUMA")))
    assert await store.database.write(pitches.record, made.id, number)
    return made


async def test_each_press_on_a_pitch_wakes_who_shows_what_it_led_to(store: StoreHarness, woken: Woken) -> None:
    write = store.database.write
    first, second = [await pitched(store, number) for number in (77, 78)]
    assert await woken.during(write(pitches.record, first.id, 79)) == NOTHING
    shown: set[Topic] = {"messages"}
    assert await woken.during(write(pledging.chip_in, pressing(BOB), first.id, 40)) == shown
    assert await woken.during(write(pledging.take_back, pressing(BOB), first.id)) == shown
    assert await woken.during(write(pledging.vote, first.id, GUILD, BOB)) == shown
    assert await woken.during(write(pledging.vote, first.id, GUILD, BOB)) == NOTHING
    funded = write(pledging.chip_in, pressing(BOB), first.id, None)
    assert await woken.during(funded) == {"submissions", "messages"}
    assert await woken.during(write(pitch_ends.withdraw, second.id, GUILD, ALICE)) == shown
    removed = write(pitch_ends.remove, (await pitched(store, 79)).id, by=STAFF)
    assert await woken.during(removed) == {"messages"}
    pitch = write(pledging.pitch, Order(pressing(ALICE), Draft("a fox", 10, "LUMA")))
    assert await woken.during(pitch) == NOTHING
    [unposted] = await store.database.read(pitches.unposted, None, 9)
    assert await woken.during(write(pitch_ends.withdraw_unposted, unposted)) == NOTHING


async def test_a_pitch_that_waits_wakes_who_shows_and_later_who_submits_it(store: StoreHarness, woken: Woken) -> None:
    pitch = await pitched(store, 77)
    store.limits = replace(LIMITS, plan=0)
    assert await woken.during(store.database.write(pledging.chip_in, pressing(BOB), pitch.id, None)) == {"messages"}
    store.limits = LIMITS
    execute(store.place, f"UPDATE pitches SET next_run_at = {NOW}")
    assert await woken.during(store.database.write(pledging.run_due, pitch.id)) == {"submissions", "messages"}


async def called_back(store: StoreHarness, state: JobState) -> Awaitable[object]:
    await store.in_state(a_job(1), state)
    [row] = query(store.place, "SELECT callback_token_hash FROM jobs")
    return store.database.write(record_callback, row["callback_token_hash"], "request-1")


async def cancelled_at_the_api(store: StoreHarness) -> Awaitable[object]:
    job = await store.rendering(a_job(1))
    await store.database.write(job_actions.request_cancel, job.id, ALICE)
    return store.database.write(end_cancelled, job.id, 10)


async def rejected(store: StoreHarness) -> Awaitable[object]:
    job = await store.rendering(a_job(1))
    await store.database.write(job_actions.follow, job.id, BOB)
    await store.database.write(complete, job.id, "https://movies.test/1.mp4")
    return store.database.write(outbox.reject, Delivery(job, NotificationType.COMPLETED, 0, (BOB,)))


async def unposted(store: StoreHarness) -> Awaitable[object]:
    await set_up(store, staff_channel=555)
    asked = {"channel_id": CHANNEL, "role_ids": (), "language": Language.ENGLISH, "by": AuditContext(ALICE, GUILD)}
    await store.database.write(credit_requests.ask, 700, **asked)
    return store.database.write(credit_requests.mark_unposted, GUILD)


async def removed_from_a_night(store: StoreHarness) -> Awaitable[object]:
    job = await store.posted(a_job(1))
    columns = "id, guild_id, week, starts_at, state, created_at"
    execute(store.place, f"INSERT INTO movie_nights ({columns}) VALUES ('night', {GUILD}, '2026-W46', 1, 'posted', 1)")
    execute(store.place, f"INSERT INTO movie_night_movies VALUES ('night', 1, '{job.id}', 1)")
    return store.database.write(drop_movie, job.id)


async def recorded_message(store: StoreHarness) -> Awaitable[object]:
    made = await store.database.write(pledging.pitch, Order(pressing(ALICE), Draft("a fox", 10, "LUMA")))
    assert isinstance(made, Pitch)
    await store.database.write(pledging.vote, made.id, GUILD, BOB)
    return store.database.write(pitches.record, made.id, 77)


async def told(store: StoreHarness) -> Awaitable[object]:
    return store.database.write(announce, MessageKind.LAPSED, (await pitched(store, 77)).id, BOB, GUILD, once=True)


async def deleted_in_bulk(store: StoreHarness) -> Awaitable[object]:
    await store.posted(a_job(1))
    return store.database.write(delete_many, "SELECT id FROM jobs", {})


async def notification(store: StoreHarness, due_at: int) -> Awaitable[object]:
    await store.in_state(a_job(1), JobState.COMPLETED)
    await store.database.write(outbox.reschedule, await store.pending_notification(), due_at, "tests")
    return store.database.write(outbox.retry_now)


async def stopped(store: StoreHarness) -> Awaitable[object]:
    return store.database.write(release, "a process")


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
    store: StoreHarness, woken: Woken, prepared: Prepare, topics: set[Topic]
) -> None:
    """Without that, it is done at the next poll, up to 15 seconds later."""
    assert await woken.during(await prepared(store)) == topics
