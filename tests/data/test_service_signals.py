"""Signals of services to the poll loops whose work becomes due."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Awaitable
from dataclasses import replace

import pytest

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.filter_rules import OPERATOR
from bot.domain.job import Approval, JobState
from bot.domain.order import OrderContext
from bot.domain.pitch import Pitched
from bot.domain.prompt_filter import FilterRule
from bot.domain.quota import AuditContext
from bot.domain.request import Draft
from bot.domain.server_setup import NOTHING_SET, Setting
from bot.services.approvals import ApprovalService
from bot.services.cancellations import CancellationService
from bot.services.gifts import GiftService
from bot.services.movie_reports import MovieReportService
from bot.services.orders import OrderService
from bot.services.pitches import PitchService
from bot.services.refused_prompts import RefusedPrompts
from bot.services.removals import RemovalService
from bot.services.request_limits import LimitFactory
from bot.services.server_setup import ServerSetupService
from bot.services.signals import TOPICS, Signals
from bot.services.stars import StarService
from data import grants, orders, outbox
from data.compiled_filters import CompiledFilters
from tests.helpers.approving import CATALOGUE
from tests.helpers.clock import ManualClock
from tests.helpers.fakes import FakeMovieApi
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, GUILD, LIMITS, NOW, StoreHarness, a_job, a_message

pytestmark = pytest.mark.sqlite

STAFF = AuditContext(9, GUILD)
CLOCK = ManualClock(NOW)


class HeardSignals(Signals):
    """Signals that record which topics were sent during a change."""

    def __init__(self) -> None:
        super().__init__()
        self._heard: set[str] = set()
        for topic in TOPICS:
            self.subscribe(topic, functools.partial(self._heard.add, topic))

    async def during(self, change: Awaitable[object]) -> set[str]:
        """Return the topics that were signaled during a change."""
        self._heard.clear()
        await change
        return set(self._heard)


@pytest.fixture
def signals() -> HeardSignals:
    """The signals of a process."""
    return HeardSignals()


async def test_a_decision_wakes_who_tells_its_member_and_an_approval_who_submits(
    store: StoreHarness, signals: HeardSignals
) -> None:
    approvals = ApprovalService(store.database, CLOCK, CATALOGUE, signals, CompiledFilters())
    approved, declined = [(await store.awaiting(a_job(number))).id for number in (1, 2)]
    woken = await signals.during(approvals.approve(STAFF, approved, manages=True))
    assert woken == {"submissions", "notifications", "audit"}
    assert await signals.during(approvals.decline(STAFF, declined)) == {"notifications", "audit"}


async def test_a_report_wakes_who_shows_it_and_a_removal_who_deletes(
    store: StoreHarness, signals: HeardSignals
) -> None:
    reports = MovieReportService(store.database, CLOCK, signals)
    job, other = [await store.in_state(a_job(number), JobState.COMPLETED) for number in (1, 2)]
    told = reports.report(job, "rude", AuditContext(BOB, GUILD, interaction_id=5))
    assert await signals.during(told) == {"audit"}
    assert await signals.during(reports.block(job.id, 1, STAFF)) == {"audit"}
    await reports.report(other, "rude", AuditContext(BOB, GUILD, interaction_id=6))
    assert await signals.during(reports.dismiss(other.id, STAFF)) == {"audit"}
    assert await signals.during(reports.remove(job.id, STAFF)) == {"deletions", "notifications", "audit"}


async def test_a_deletion_wakes_who_deletes_also_where_the_message_is_found_later(
    store: StoreHarness, signals: HeardSignals
) -> None:
    removals = RemovalService(store.database, CLOCK, signals)
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    removed = removals.remove(job.id, AuditContext(ALICE, GUILD))
    assert await signals.during(removed) == {"deletions", "notifications", "audit"}
    found = removals.found_at(await store.found(job.id), NotificationType.COMPLETED, a_message().posted)
    assert await signals.during(found) == {"deletions"}
    shown = await store.in_state(a_job(2), JobState.COMPLETED)
    starred = Delivery(shown.id, NotificationType.STARRED, 0)
    await store.database.write(outbox.enqueue, shown.id, starred.type, NOW)
    await store.database.write(outbox.mark_sent, starred, a_message(), NOW)
    assert await signals.during(removals.leave_gallery(shown.id, STAFF)) == {"deletions", "audit"}
    assert await signals.during(removals.leave_gallery(shown.id, STAFF)) == set()


async def test_a_request_to_cancel_wakes_who_asks_the_api(store: StoreHarness, signals: HeardSignals) -> None:
    limits = LimitFactory(CLOCK)
    cancellations = CancellationService(store.database, FakeMovieApi(), CLOCK, signals, limits, supported=True)
    job = await store.rendering(a_job(1))
    assert await signals.during(cancellations.request(job.id, ALICE)) == {"status_polls"}


async def test_waiting_movies_that_staff_cancel_are_in_the_audit_log_at_once(
    store: StoreHarness, signals: HeardSignals
) -> None:
    limits = LimitFactory(CLOCK)
    cancellations = CancellationService(store.database, FakeMovieApi(), CLOCK, signals, limits, supported=True)
    await store.queued(a_job(1))
    assert await signals.during(cancellations.cancel_queued(STAFF, ALICE)) == {"audit"}
    assert await signals.during(cancellations.cancel_queued(STAFF, ALICE)) == set()


async def test_a_star_wakes_who_posts_in_the_gallery_unless_it_was_taken_back(
    store: StoreHarness, signals: HeardSignals
) -> None:
    stars = StarService(store.database, CLOCK, signals)
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    for number, topics in ((1, {"notifications"}), (2, set[str]())):
        pressed = stars.toggle(job, BOB, interaction_id=number, may_post=True)
        assert await signals.during(pressed) == topics


async def test_an_order_wakes_who_submits_it_also_where_staff_may_not_be_asked_any_more(
    store: StoreHarness, signals: HeardSignals
) -> None:
    """An order that was voided meanwhile has its card deleted."""
    refused = RefusedPrompts(signals)
    placed = OrderService(store.database, CLOCK, CATALOGUE, LIMITS, signals, CompiledFilters(), refused)
    order, asked, voided = [
        await store.reserved(replace(a_job(number), approval=approval))
        for number, approval in ((1, None), (2, Approval.REQUIRED), (3, None))
    ]
    await store.database.write(orders.void, voided.id, NOW, notify=False)
    for job, topics in ((order, {"submissions"}), (asked, {"audit", "submissions"}), (voided, {"deletions"})):
        assert await signals.during(placed.enqueue(job, 77)) == topics


async def test_a_pitch_that_is_posted_wakes_who_updates_it(store: StoreHarness, signals: HeardSignals) -> None:
    """The pitch may have changed meanwhile; a second message is deleted."""
    refused = RefusedPrompts(signals)
    pitches = PitchService(store.database, CLOCK, CATALOGUE, LIMITS, signals, CompiledFilters(), refused)
    pitched = await pitches.pitch(OrderContext(1, GUILD, CHANNEL, ALICE), Draft("a fox", 10, "LUMA"))
    assert isinstance(pitched, Pitched)
    for message_id in (77, 78):
        assert await signals.during(pitches.record_message(pitched.pitch, message_id)) == {"pitches", "deletions"}


async def test_a_press_on_a_pitch_wakes_who_updates_it_and_its_end_who_tells_staff(
    store: StoreHarness, signals: HeardSignals
) -> None:
    """Who submits is woken by the last pledge."""
    refused = RefusedPrompts(signals)
    pitches = PitchService(store.database, CLOCK, CATALOGUE, LIMITS, signals, CompiledFilters(), refused)
    numbers = itertools.count(1)
    made = [
        await pitches.pitch(OrderContext(next(numbers), GUILD, CHANNEL, ALICE), Draft("a fox", 10, "LUMA"))
        for _ in range(3)
    ]
    paid, withdrawn, removed = [each.pitch.id for each in made if isinstance(each, Pitched)]

    def bob() -> OrderContext:
        return OrderContext(next(numbers), GUILD, CHANNEL, BOB)

    for press, topics in (
        (lambda: pitches.vote(GUILD, BOB, paid), {"pitches"}),
        (lambda: pitches.vote(GUILD, BOB, paid), set[str]()),
        (lambda: pitches.chip_in(bob(), paid, 10), {"pitches"}),
        (lambda: pitches.take_back(bob(), paid), {"pitches"}),
        (lambda: pitches.chip_in(bob(), paid, None), {"submissions", "audit", "pitches"}),
        (lambda: pitches.withdraw(GUILD, ALICE, withdrawn), {"pitches", "audit"}),
        (lambda: pitches.remove(STAFF, removed), {"pitches", "audit"}),
    ):
        assert await signals.during(press()) == topics


async def test_a_gift_and_a_new_setting_are_told_at_once(store: StoreHarness, signals: HeardSignals) -> None:
    """A gift that is refused wakes nobody."""
    setup = ServerSetupService(store.database, CATALOGUE, CLOCK, signals)
    changes = {Setting.GIFT_CREDITS: 50}
    changed = setup.change(STAFF, changes, NOTHING_SET.fingerprint(changes))
    assert await signals.during(changed) == {"audit"}
    gifts = GiftService(store.database, CLOCK, signals)
    await store.database.write(grants.grant, ALICE, 10, by=STAFF, now=NOW)
    for topics in ({"audit"}, set[str]()):
        given = gifts.give(AuditContext(ALICE, GUILD), BOB, 10, channel_id=CHANNEL)
        assert await signals.during(given) == topics


async def test_an_order_that_is_voided_or_refused_is_told_at_once(store: StoreHarness, signals: HeardSignals) -> None:
    """Its member reads the first, and staff the second."""
    refused = RefusedPrompts(signals)
    filters = CompiledFilters([FilterRule("fox", OPERATOR)])
    placed = OrderService(store.database, CLOCK, CATALOGUE, LIMITS, signals, filters, refused)
    job = await store.reserved(a_job(1))
    assert await signals.during(placed.void(job, notify=True)) == {"notifications"}
    broken = placed.place(OrderContext(1, GUILD, CHANNEL, ALICE), Draft("a fox", 10, "LUMA"))
    assert await signals.during(broken) == {"audit"}
