"""Orders are queued after Discord's acceptance, or release their holds, and are remembered as preferences."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.domain.catalogue import (
    API_DEFAULTS,
    NO_EXTRAS,
    AspectRatio,
    Catalogue,
    Extras,
    ImageModel,
    SpokenLanguage,
    Tone,
    VideoModel,
)
from bot.domain.credit_request import AskOption
from bot.domain.credits import Budget, BudgetScope, Limits, Shortfall
from bot.domain.durations import MAX_QUEUE_POSITION
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.orders import ConfirmationRule, Order, OrderContext, OrderPlaced, Quote, QuotePreview
from bot.domain.preferences import DeliveryTarget, PreferenceField, Preferences
from bot.domain.quota import AuditContext, LimitScope
from bot.domain.request import Draft
from bot.domain.text import Language
from data import budgets, gifts, jobs, orders, preferences, quotes
from data.database import Database
from tests.helpers.at_time import at_time, under
from tests.helpers.factories import CATALOGUE
from tests.helpers.ledger_checks import query
from tests.helpers.reserving import place, reserve
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job


async def test_a_job_is_kept_as_it_was_written_and_queued_with_its_card_once_confirmed(store: StoreHarness) -> None:
    job = a_job(1)
    assert await store.reserved(job) == await store.found(job.id) == job
    assert await store.claimed(NOW + HOUR, 10, 10, 10) == []
    assert await store.database.write(at_time(NOW + 5, orders.enqueue), job.id, 77)
    assert not await store.database.write(at_time(NOW + 5, orders.void), job.id, notify=True)
    assert await store.pending_notifications() == []
    queued = await store.found(job.id)
    assert (queued.state, queued.card_message_id) == (JobState.QUEUED, 77)
    assert (queued.acknowledged_at, queued.next_run_at) == (NOW + 5, NOW + 5)
    [claimed] = await store.claimed(NOW + 5, 10, 10, 10)
    assert claimed.id == job.id


async def place_or_confirm(store: StoreHarness, interaction: int, seconds: int, percent: int = 50) -> object:
    context, rule = OrderContext(interaction, GUILD, CHANNEL, ALICE), ConfirmationRule(1000, percent=percent)
    return await store.database.write(place, context, Draft("a fox", seconds, "LUMA"), CATALOGUE, LIMITS, confirm=rule)


async def test_a_large_part_of_what_is_left_needs_a_confirmation(store: StoreHarness) -> None:
    """Where only the price itself may need one, more than is left is refused without a question."""
    assert isinstance(await place_or_confirm(store, 1, 31), QuotePreview)
    assert await store.member() == Budget(600)
    assert isinstance(await place_or_confirm(store, 2, 30), OrderPlaced)
    assert isinstance(await place_or_confirm(store, 3, 16), QuotePreview)
    assert isinstance(await place_or_confirm(store, 4, 15), OrderPlaced)
    assert isinstance(await place_or_confirm(store, 5, 16, percent=100), Shortfall)
    assert await store.member() == Budget(600, held=450)
    await store.database.write(gifts.grant, ALICE, 200, by=AuditContext(9, GUILD))
    assert isinstance(await place_or_confirm(store, 6, 18), QuotePreview)
    assert isinstance(await place_or_confirm(store, 7, 17), OrderPlaced), "bonus credits count as left"


async def test_a_refused_order_brings_a_quote_of_what_fits_and_says_nothing_of_the_plan(store: StoreHarness) -> None:
    for number, (plan, member, price) in enumerate(((1000, 600, 600), (500, 600, 700), (1000, 9, 700))):
        order = Order(OrderContext(number, GUILD, CHANNEL, ALICE), Draft("a fox", 70, "LUMA"))
        low = replace(LIMITS, plan=plan, member=member)
        refused = await store.database.write(under(orders.place, limits=low), order)
        assert isinstance(refused.reason, Shortfall)
        assert refused.editable is not None
        assert refused.editable.price == price
        assert (refused.reason.scope is BudgetScope.PLAN) == (plan == 500)
        assert (refused.smaller is None) == (price == 700)
        assert refused.ask is (AskOption.NO_HELP if plan == 500 else AskOption.NO_CHANNEL)
        assert await store.database.read(quotes.get, refused.editable.id, ALICE) == refused.editable
    assert await store.member() == Budget(600)


async def test_the_allowance_of_a_role_counts_as_left_when_a_price_is_compared(store: StoreHarness) -> None:
    by = AuditContext(9, GUILD)
    await store.database.write(budgets.set_limit, LimitScope.ROLE, 31, 1000, by=by)
    draft, rule = Draft("a fox", 50, "LUMA"), ConfirmationRule(1000, percent=50)
    for number, (roles, left, expected) in enumerate((((), 600, QuotePreview), ((31,), 1000, OrderPlaced)), start=1):
        context = OrderContext(number, GUILD, CHANNEL, ALICE, roles)
        shown = await store.database.read(orders.price_per_second, context, draft)
        assert (shown.credits, shown.balance.member_available) == (10, left)
        placed = await store.database.write(place, context, draft, CATALOGUE, LIMITS, confirm=rule)
        assert isinstance(placed, expected)
    context, draft = OrderContext(3, GUILD, CHANNEL, ALICE, (30, 31)), Draft("a fox", 45, "LUMA")
    more = await store.database.write(place, context, draft, CATALOGUE, LIMITS)
    assert isinstance(more, OrderPlaced), "500 credits are left with the role, and 100 without"
    found = await store.found(more.job.id)
    assert more.job.role_ids == found.role_ids == (31,), "the other role has no limit"


async def test_an_order_goes_where_its_member_wants_and_belongs_to_its_trace(store: StoreHarness) -> None:
    await store.database.write(preferences.set_delivery_target, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    context = OrderContext(
        1,
        GUILD,
        CHANNEL,
        ALICE,
        (),
        "al\u202eice",
        Language.FRENCH,
        Language.JAPANESE,
        traceparent="00-trace-01",
    )
    placed = await store.database.write(place, context, Draft("a fox", 10, "LUMA"), CATALOGUE, LIMITS)
    assert isinstance(placed, OrderPlaced)
    found = await store.found(placed.job.id)
    assert (found.delivery_target, found.traceparent) == (DeliveryTarget.DIRECT_MESSAGE, "00-trace-01")
    assert (found.member_language, found.server_language) == (Language.FRENCH, Language.JAPANESE)
    assert found.member_name == "alice", "without what hides in it"
    assert (found.interaction_id, found.guild_id, found.channel_id, found.created_at) == (1, GUILD, CHANNEL, NOW)


async def test_a_second_costs_what_it_does_with_the_model_that_the_member_last_chose(store: StoreHarness) -> None:
    dearer = VideoModel("KLING", "Kling", 30, CATALOGUE.video_models[0].aspect_ratios)
    catalogue = replace(CATALOGUE, video_models=(*CATALOGUE.video_models, dearer))
    context, draft = OrderContext(1, GUILD, CHANNEL, ALICE), Draft("a fox", 10)
    for model, credits in ((None, 10), ("KLING", 30)):
        if model is not None:
            field = PreferenceField.VIDEO_MODEL
            assert await store.database.write(preferences.update, ALICE, field, model, catalogue) is not None
        shown = await store.database.read(under(orders.price_per_second, catalogue=catalogue), context, draft)
        assert shown.credits == credits


async def test_the_same_interaction_makes_one_job(store: StoreHarness) -> None:
    """Discord may send it to two processes."""
    twins = [Job(**{**{name: getattr(a_job(1), name) for name in Job.__slots__}, "id": f"{n:013}"}) for n in (1, 2)]
    placed = await asyncio.gather(*(reserve(store.database, twin, (), LIMITS) for twin in twins))
    assert sum(each is None for each in placed) == 1
    assert await store.member() == Budget(600, held=100)
    assert len(query(store.place, "SELECT 1 FROM jobs")) == 1


async def test_a_job_is_placed_with_how_many_wait_in_front_of_it(store: StoreHarness) -> None:
    store.limits = Limits(member=10**6, plan=10**6)
    await store.reserved(a_job(1, cost=1))
    for number in range(2, MAX_QUEUE_POSITION + 3):
        placed = await reserve(store.database, a_job(number, cost=1), (), store.limits)
        assert placed == OrderPlaced(a_job(number, cost=1), number - 2, own_ahead=number - 2)
        await store.database.write(orders.enqueue, a_job(number).id, 77)
    placed = await reserve(store.database, a_job(MAX_QUEUE_POSITION + 3, cost=1), (), store.limits)
    assert placed == OrderPlaced(
        a_job(MAX_QUEUE_POSITION + 3, cost=1), MAX_QUEUE_POSITION + 1, own_ahead=MAX_QUEUE_POSITION + 1
    )


@pytest.mark.parametrize("notify", [True, False])
async def test_a_voided_job_releases_its_credits(store: StoreHarness, notify: bool) -> None:
    job = await store.reserved(a_job(1))
    assert await store.database.write(at_time(NOW + 5, orders.void), job.id, notify=notify)
    ended = await store.database.read(jobs.find, job.id)
    assert (ended.state, ended.end_reason, ended.finished_at) == (
        JobState.CANCELLED,
        EndReason.RESPONSE_FAILED,
        NOW + 5,
    )
    assert await store.member() == Budget(600)
    assert await store.pending_notifications() == ([(job.id, "cancelled")] if notify else [])
    assert not await store.database.write(at_time(NOW + 6, orders.void), job.id, notify=True)
    assert not await store.database.write(at_time(NOW + 6, orders.enqueue), job.id, 77)
    assert await store.state(job) is JobState.CANCELLED
    assert len(await store.moves()) == 2


async def test_jobs_whose_process_died_before_the_response_are_voided(store: StoreHarness) -> None:
    dead = await store.reserved(a_job(1, at=NOW - HOUR))
    answered = await store.queued(a_job(2, BOB, at=NOW - HOUR))
    fresh = await store.reserved(a_job(3, at=NOW))
    assert await store.voided(NOW, NOW + 5) == [dead.id]
    assert [await store.state(job) for job in (dead, answered, fresh)] == [
        JobState.CANCELLED,
        JobState.QUEUED,
        JobState.RESERVED,
    ]
    assert await store.pending_notifications() == [(dead.id, "cancelled")]
    assert await store.member(ALICE) == Budget(600, held=100)
    assert await store.voided(NOW, NOW + 5) == []


# ── preferences ───────────────────────────────────────────────────────────────────────────────────────────────────────

TWO_MODELS = Catalogue(
    (
        VideoModel("LUMA", "Luma", 10, (AspectRatio.WIDE,)),
        VideoModel("KLING", "Kling", 10, (AspectRatio.WIDE, AspectRatio.TALL)),
    ),
    (ImageModel("FLUX1.1PRO", "Flux 1.1 Pro"),),
)


async def test_an_order_is_remembered_and_goes_where_its_member_wants(database: Database, store: StoreHarness) -> None:
    assert await database.read(preferences.get, ALICE) == Preferences()
    await database.write(preferences.set_delivery_target, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    await database.write(preferences.set_unlisted, ALICE, unlisted=True)
    job = await store.reserved(a_job(1))
    assert job.delivery_target is DeliveryTarget.DIRECT_MESSAGE
    assert await database.read(preferences.get, ALICE) == Preferences(
        10, "LUMA", "FLUX1.1PRO", "16:9", DeliveryTarget.DIRECT_MESSAGE, unlisted=True
    )
    assert (await store.reserved(a_job(2, BOB))).delivery_target is DeliveryTarget.CHANNEL


async def test_extras_are_kept_with_a_job_and_a_quote_and_remembered(database: Database, store: StoreHarness) -> None:
    """An order at an API without extras forgets none: the operator may switch back."""
    remembered: list[tuple[str | None, bool | None, str | None]] = []
    extras = Extras(SpokenLanguage.FRENCH, subtitles=True, tone=Tone.CINEMATIC)
    for number, each in enumerate((extras, NO_EXTRAS, Extras(subtitles=False), API_DEFAULTS)):
        job = replace(a_job(number), request=replace(a_job(number).request, extras=each))
        await store.reserved(job)
        assert (await database.read(jobs.get, job.id)).request == job.request
        quote = Quote(f"{number:07}quote0", GUILD, 20, ALICE, job.request, 100, NOW)
        await database.write(quotes.save, quote)
        assert await database.read(quotes.get, quote.id, ALICE) == quote
        kept = await database.read(preferences.get, ALICE)
        remembered.append((kept.language, kept.subtitles, kept.tone))
    french = ("fr", True, "cinematic")
    assert remembered == [french, french, ("fr", False, "cinematic"), ("auto", False, "grounded")]


async def test_neither_a_shortfall_nor_an_unavailable_value_changes_it(database: Database, store: StoreHarness) -> None:
    await database.write(preferences.update, ALICE, PreferenceField.SECONDS, "12", TWO_MODELS)
    await database.write(preferences.update, ALICE, PreferenceField.ASPECT_RATIO, "9:16", TWO_MODELS)
    await reserve(store.database, a_job(1, cost=10_000), (), store.limits)
    assert await database.write(preferences.update, ALICE, PreferenceField.VIDEO_MODEL, "SORA", TWO_MODELS) is None
    assert await database.read(preferences.get, ALICE) == Preferences(12, aspect_ratio="9:16")
