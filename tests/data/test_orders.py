"""Orders, their quotes, and what is remembered of them as preferences; concurrent ones exceed no bound."""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.catalogue import AspectRatio
from bot.domain.credit_request import AskOption
from bot.domain.credits import Budget, BudgetScope, Limits, Shortfall
from bot.domain.durations import MAX_QUEUE_POSITION
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.orders import (
    QUOTE_TTL_MS,
    ConfirmationRule,
    InvalidDraft,
    Order,
    OrderContext,
    OrderPlaced,
    OrderRefused,
    Quote,
    QuotePreview,
)
from bot.domain.preferences import DeliveryTarget, PreferenceField, Preferences
from bot.domain.quota import Allowance, AllowanceSource, AuditContext, LimitScope
from bot.domain.refusal import RefusalCode, Refused
from bot.domain.request import Draft, Problem, to_draft
from bot.domain.text import Language, Wording
from data import blocks, budgets, gifts, job_actions, jobs, orders, preferences, quotes
from data.database import Database
from tests.helpers import approving
from tests.helpers.at_time import at_time, under
from tests.helpers.factories import CATALOGUE
from tests.helpers.forked_process import ForkedProcess, fork
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent, query
from tests.helpers.order_process import BOUNDS, COST, FITS, order_all
from tests.helpers.refusing import is_refused
from tests.helpers.reserving import offer, place, reserve
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job


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


async def left(store: StoreHarness, *roles: int) -> int:
    context = OrderContext(9, GUILD, CHANNEL, ALICE, roles)
    return (await store.database.read(orders.read, context, Draft("a fox"))).left


async def test_a_large_part_of_what_is_left_needs_a_confirmation(store: StoreHarness) -> None:
    """Where only the price itself may need one, more than is left is refused without a question."""

    async def ordered(interaction: int, seconds: int, percent: int = 50) -> object:
        context, rule = OrderContext(interaction, GUILD, CHANNEL, ALICE), ConfirmationRule(1000, percent)
        draft = Draft("a fox", seconds, "LUMA")
        return await store.database.write(place, context, draft, CATALOGUE, LIMITS, confirm=rule)

    assert isinstance(await ordered(1, 31), QuotePreview)
    assert await store.member() == Budget(600)
    assert isinstance(await ordered(2, 30), OrderPlaced)
    assert isinstance(await ordered(3, 31, percent=100), Shortfall)
    assert (await store.member(), await left(store)) == (Budget(600, held=300), 300)
    await store.database.write(gifts.grant, ALICE, 200, by=AuditContext(9, GUILD))
    assert await left(store) == 500, "bonus credits count as left"
    await store.database.write(budgets.set_limit, LimitScope.MEMBER, ALICE, 100, by=AuditContext(9, GUILD))
    assert await left(store) == 200, "also where the allowance is overspent"


async def test_a_refused_order_brings_a_quote_of_what_fits_and_says_nothing_of_the_plan(store: StoreHarness) -> None:
    for number, (plan, member, price) in enumerate(((1000, 600, 600), (500, 600, 700), (1000, 9, 700))):
        order = Order(OrderContext(number, GUILD, CHANNEL, ALICE), Draft("a fox", 70, "LUMA"))
        low = replace(LIMITS, plan=plan, member=member)
        refused = await store.database.write(under(orders.place, limits=low), order)
        assert isinstance(refused.reason, Shortfall)
        assert refused.editable is not None
        assert refused.editable.price == price
        assert (refused.reason.scope is BudgetScope.PLAN) == (plan == 500)
        assert (refused.affordable is None) == (price == 700)
        assert refused.ask is (AskOption.NO_HELP if plan == 500 else AskOption.NO_CHANNEL)
        assert await store.database.read(quotes.get, refused.editable.id, ALICE) == refused.editable
    assert await store.member() == Budget(600)


async def test_the_allowance_of_a_role_counts_as_left_when_a_price_is_compared(store: StoreHarness) -> None:
    await store.database.write(budgets.set_limit, LimitScope.ROLE, 31, 1000, by=AuditContext(9, GUILD))
    for roles, expected in (((), 600), ((31,), 1000)):
        context = OrderContext(1, GUILD, CHANNEL, ALICE, roles)
        shown = await store.database.read(orders.price_per_second, context, Draft("a fox", 50, "LUMA"))
        assert (shown.credits, shown.balance.member_available, await left(store, *roles)) == (10, expected, expected)
    context, draft = OrderContext(3, GUILD, CHANNEL, ALICE, (30, 31)), Draft("a fox", 65, "LUMA")
    more = await store.database.write(place, context, draft, CATALOGUE, LIMITS)
    assert isinstance(more, OrderPlaced), "1000 credits are left with the role, and 600 without"
    assert more.job.role_ids == (await store.found(more.job.id)).role_ids == (31,), "the other role has no limit"


async def test_an_order_goes_where_its_member_wants_and_is_remembered(store: StoreHarness) -> None:
    direct = DeliveryTarget.DIRECT_MESSAGE
    await store.database.write(preferences.change, ALICE, delivery_target=direct)
    await store.database.write(preferences.change, ALICE, unlisted=True)
    context = OrderContext(1, GUILD, CHANNEL, ALICE, (), "al\u202eice", Language.FRENCH, Language.JAPANESE)
    placed = await store.database.write(place, context, Draft("a fox", 10, "LUMA"), CATALOGUE, LIMITS)
    assert isinstance(placed, OrderPlaced)
    found = await store.found(placed.job.id)
    assert found.delivery_target == direct
    kept = await store.database.read(preferences.get, ALICE)
    assert kept == Preferences(10, "LUMA", found.request.image_model, "16:9", direct, unlisted=True)
    assert (found.member_language, found.server_language) == (Language.FRENCH, Language.JAPANESE)
    assert found.member_name == "alice", "without what hides in it"
    assert (found.interaction_id, found.guild_id, found.channel_id, found.created_at) == (1, GUILD, CHANNEL, NOW)


async def test_the_same_interaction_makes_one_job(store: StoreHarness) -> None:
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
    last, ahead = a_job(MAX_QUEUE_POSITION + 3, cost=1), MAX_QUEUE_POSITION + 1
    assert await reserve(store.database, last, (), store.limits) == OrderPlaced(last, ahead, own_ahead=ahead)


@pytest.mark.parametrize("notify", [True, False])
async def test_a_voided_job_releases_its_credits(store: StoreHarness, notify: bool) -> None:
    job = await store.reserved(a_job(1))
    assert await store.database.write(at_time(NOW + 5, orders.void), job.id, notify=notify)
    ended = await store.found(job.id)
    assert (ended.state, ended.end_reason, ended.finished_at) == ("cancelled", EndReason.RESPONSE_FAILED, NOW + 5)
    assert await store.member() == Budget(600)
    assert await store.pending_notifications() == ([(job.id, "cancelled")] if notify else [])
    assert not await store.database.write(at_time(NOW + 6, orders.void), job.id, notify=True)
    assert not await store.database.write(at_time(NOW + 6, orders.enqueue), job.id, 77)
    assert await store.state(job) is JobState.CANCELLED
    assert len(await store.moves()) == 2


TALL_TOO = replace(CATALOGUE.video_models[0], aspect_ratios=(AspectRatio.WIDE, AspectRatio.TALL))
TWO_SHAPES = replace(CATALOGUE, video_models=(TALL_TOO,))


async def test_neither_shortfall_nor_unavailable_value_is_remembered(database: Database, store: StoreHarness) -> None:
    await database.write(preferences.update, ALICE, PreferenceField.SECONDS, "12", TWO_SHAPES)
    await database.write(preferences.update, ALICE, PreferenceField.ASPECT_RATIO, "9:16", TWO_SHAPES)
    await reserve(store.database, a_job(1, cost=10_000), (), store.limits)
    assert await database.write(preferences.update, ALICE, PreferenceField.VIDEO_MODEL, "SORA", TWO_SHAPES) is None
    assert await database.read(preferences.get, ALICE) == Preferences(12, aspect_ratio="9:16")


HOUSE = Path(__file__).parent.parent.parent

THREE_HELD = {
    ("member", 1, 3, "2026-11"): BudgetTotals(held=3 * COST),
    ("server", 1, 0, "2026-11"): BudgetTotals(held=3 * COST),
    ("plan", 0, 0, "2026-11"): BudgetTotals(held=3 * COST),
}


async def test_of_200_orders_at_once_exactly_those_that_fit_are_held(store: StoreHarness) -> None:
    assert await order_all(store.database, 200, first=1) == {"OrderPlaced": 3, "Shortfall": 197}
    assert assert_ledger_consistent(store.place) == THREE_HELD


@pytest.mark.full
@pytest.mark.parametrize("bound", BOUNDS)
async def test_of_200_orders_through_two_processes_exactly_what_fits_is_held(store: StoreHarness, bound: str) -> None:
    if bound == "extra":
        await store.database.write(gifts.grant, 3, FITS, by=AuditContext(4, 1, "a prize"))
    refused = "Refused" if "jobs" in bound else "Shortfall"
    assert await _order(store, 100, (1, 1001), bound) == {"OrderPlaced": 3, refused: 197}
    assert assert_ledger_consistent(store.place)["plan", 0, 0, "2026-11"] == BudgetTotals(held=3 * COST)


@pytest.mark.full
async def test_the_same_interactions_in_two_processes_are_held_once(store: StoreHarness) -> None:
    assert await _order(store, 3, (1, 1), "member") == {"OrderPlaced": 3, "NoneType": 3}
    assert assert_ledger_consistent(store.place) == THREE_HELD


async def _order(store: StoreHarness, count: int, firsts: tuple[int, int], bound: str) -> Counter[str]:
    """Start a process for each, wait until both are ready, let them order, and count outcomes."""
    processes: list[ForkedProcess] = []
    for first in firsts:
        args = [str(store.place), str(count), str(first), bound]
        processes.append(await fork("tests.helpers.order_process", args, cwd=HOUSE, env=os.environ))
    for process in processes:
        assert await process.stdout.readline() == b"ready\n", await process.stderr.read()
    for process in processes:
        process.stdin.write(b"go\n")
    results = await asyncio.gather(*(process.communicate() for process in processes))
    return sum((Counter(json.loads(out)) for out, _ in results), Counter())


QUOTE = "0000000quote0"

STARS = 32
"""The id of a role."""


def a_quote(quote_id: str = QUOTE, *, member: int = ALICE, cost: int = 100, at: int = NOW) -> Quote:
    return Quote(quote_id, GUILD, 20, member, a_job(1).request, cost, at)


async def made(store: StoreHarness, quote: Quote | None = None) -> Quote:
    quote = quote or a_quote()
    assert isinstance(await store.database.write(at_time(quote.created_at, offer), quote, (), LIMITS), QuotePreview)
    return quote


async def take(store: StoreHarness, number: int, *, member: int = ALICE, at: int = NOW) -> object:
    got = await reserve(store.database, a_job(number, member, at=at), (), LIMITS, QUOTE)
    return got.job if isinstance(got, OrderPlaced) else got


async def why(store: StoreHarness, at: int = NOW) -> RefusalCode | None:
    found = await store.database.read(at_time(at, quotes.get), QUOTE, ALICE)
    return found.code if isinstance(found, Refused) else None


async def kept(store: StoreHarness, quote_id: str = QUOTE, member: int = ALICE) -> Quote | None:
    found = await store.database.read(quotes.get, quote_id, member)
    return found.data.get("quote") if isinstance(found, Refused) else found


@pytest.mark.parametrize(
    "wording",
    [None, Wording("a fox", "A robot dances."), Wording("a fox", "a fox", 0, "noir"), Wording("", "", 1295)],
)
async def test_a_quote_is_kept_as_it_was_made(store: StoreHarness, wording: Wording | None) -> None:
    quote = await made(store, replace(a_quote(), wording=wording))
    assert await kept(store) == quote
    assert quote.full_wording == (wording or Wording(quote.request.prompt, quote.request.prompt))
    assert await kept(store, member=BOB) is None
    assert (await store.member()).held == 0
    assert await why(store) is None


async def test_a_quote_that_does_not_fit_is_not_made(store: StoreHarness) -> None:
    assert isinstance(await store.database.write(offer, a_quote(cost=601), (), LIMITS), Shortfall)
    assert await kept(store) is None
    await store.reserved(a_job(9, cost=500))
    assert isinstance(await store.database.write(offer, a_quote("0000000quote1", cost=101), (), LIMITS), Shortfall)
    await made(store, a_quote(cost=100))
    assert isinstance(await take(store, 1), Job), "all that was left"
    assert (await store.member()).held == 600
    await store.database.write(blocks.block, ALICE, None, by=AuditContext(BOB, GUILD))
    assert is_refused(await store.database.write(offer, a_quote(), (), LIMITS), "refusals-blocked")


async def test_a_quote_counts_with_the_members_roles_and_is_checked_when_it_is_taken(store: StoreHarness) -> None:
    await store.database.write(budgets.set_limit, LimitScope.ROLE, STARS, 900, by=AuditContext(BOB, GUILD))
    short, shown = [await store.database.write(offer, a_quote(cost=700), roles, LIMITS) for roles in ((), (STARS,))]
    assert isinstance(short, Shortfall)
    assert shown.balance.source == Allowance(900, AllowanceSource.ROLE, STARS)
    assert isinstance(await reserve(store.database, a_job(1, cost=700), (), LIMITS, QUOTE), Shortfall)
    assert await why(store) is None


async def test_a_quote_is_taken_once(store: StoreHarness) -> None:
    await made(store)
    job = await take(store, 1)
    assert isinstance(job, Job)
    assert await take(store, 2) == Refused("quotes-already-ordered", {"job": job})
    assert (await store.member()).held == 100
    assert await store.database.read(jobs.find, a_job(2).id) is None
    assert not await store.database.write(quotes.cancel, QUOTE, ALICE)
    await store.database.write(orders.enqueue, job.id, 77)
    assert await store.database.write(job_actions.cancel, job.id, ALICE) is not None
    assert await why(store) == "quotes-already-ordered-there", "its movie is cancelled, and it stays taken"


async def test_only_the_member_accepts_cancels_or_replaces_a_quote(store: StoreHarness) -> None:
    await made(store)
    assert await take(store, 1, member=BOB) == Refused("quotes-expired")
    assert not await store.database.write(quotes.cancel, QUOTE, BOB)
    assert not await store.database.write(quotes.cancel, "nothing", ALICE)
    assert await store.database.read(quotes.get, QUOTE, BOB) == Refused("quotes-expired")
    await made(store, replace(a_quote("0000000quote1", member=BOB), root_id=QUOTE))
    assert await why(store) is None
    assert (await store.member(BOB)).held == 0
    assert isinstance(await take(store, 2), Job)


@pytest.mark.parametrize("is_invalid", [True, False])
async def test_a_quote_outlives_missing_rights_but_no_form_with_problems(store: StoreHarness, is_invalid: bool) -> None:
    quote = await made(store)
    problems, missing = ((Problem("errors-language"),), ()) if is_invalid else ((), ("embed_links",))
    context, request = OrderContext(5, GUILD, CHANNEL, ALICE), quote.request
    draft = Draft(request.prompt, request.duration_seconds, request.video_model, request.image_model)
    order = Order(context, draft, quote=quote, problems=problems, missing=missing)
    refused = await store.database.write(orders.place, order)
    assert isinstance(refused, OrderRefused)
    lacking = Refused("errors-missing-permissions", {"permissions": missing})
    assert isinstance(refused.reason, InvalidDraft) if is_invalid else refused.reason == lacking
    assert refused.editable is not None
    assert refused.editable.request == quote.request
    assert (refused.editable == quote) is not is_invalid
    assert await why(store) == ("quotes-replaced" if is_invalid else None)
    assert await store.database.read(quotes.get, refused.editable.id, ALICE) == refused.editable, "it is open"


async def test_missing_rights_are_said_before_a_rule_that_is_newer_than_the_quote(store: StoreHarness) -> None:
    quote = await made(store)
    await approving.set_up(store, filter_rules=(quote.request.prompt.split()[-1],))
    order = Order(
        OrderContext(5, GUILD, CHANNEL, ALICE), to_draft(quote.request), quote=quote, missing=("embed_links",)
    )
    refused = await store.database.write(orders.place, order)
    assert isinstance(refused, OrderRefused)
    assert is_refused(refused.reason, "errors-missing-permissions")
    assert query(store.place, "SELECT 1 FROM audit_log WHERE action = 'prompt_refused'") == []


async def test_a_quote_lives_for_a_quarter_of_an_hour(store: StoreHarness) -> None:
    await made(store)
    late = NOW + QUOTE_TTL_MS + 1
    assert is_refused(await take(store, 1, at=late), "quotes-expired")
    found = await store.database.read(at_time(late, quotes.get), QUOTE, ALICE)
    assert found == Refused("quotes-expired", {"quote": await kept(store)}), "it can be edited"
    assert isinstance(await take(store, 2, at=NOW + QUOTE_TTL_MS), Job)


async def replacing(store: StoreHarness, *, at: int = NOW + 1) -> Quote:
    return await made(store, replace(a_quote("0000000quote1", at=at), root_id=QUOTE))


async def test_a_quote_that_replaces_another_is_kept_with_its_root_and_closes_the_other(store: StoreHarness) -> None:
    await made(store)
    second = await replacing(store)
    assert await kept(store, second.id) == await replacing(store) == second
    assert await why(store) == "quotes-replaced"
    third = await made(store, replace(a_quote("0000000quote2", at=NOW + 2), root_id=QUOTE))
    await replacing(store)  # the same interaction, in another process
    assert is_refused(await store.database.read(quotes.get, second.id, ALICE), "quotes-replaced")
    assert await store.database.read(quotes.get, third.id, ALICE) == third


async def test_a_quote_with_the_root_of_one_that_was_taken_cannot_be_taken(store: StoreHarness) -> None:
    """An edit's modal may come back while Make it is pressed."""
    await made(store)
    job = await take(store, 1)
    assert isinstance(job, Job)
    second = await replacing(store)
    placed = await reserve(store.database, a_job(2), (), LIMITS, second.id)
    assert placed == Refused("quotes-already-ordered", {"job": job})
    assert not await store.database.write(quotes.cancel, second.id, ALICE)
    assert (await store.member()).held == 100
    await store.database.write(orders.void, job.id, notify=False)
    assert isinstance(await reserve(store.database, a_job(3), (), LIMITS, second.id), OrderPlaced)
    assert await why(store) == "quotes-already-ordered"


async def test_a_quote_whose_job_discord_never_confirmed_is_open_again(store: StoreHarness) -> None:
    await made(store)
    await take(store, 1)
    await store.database.write(orders.void, a_job(1).id, notify=False)
    assert await why(store) is None
    assert await why(store, NOW + QUOTE_TTL_MS + 1) == "quotes-expired"
    assert isinstance(await take(store, 2), Job)
    assert await why(store) == "quotes-already-ordered"
    await store.database.write(orders.void, a_job(2).id, notify=False)
    assert await store.database.write(quotes.cancel, QUOTE, ALICE)
    assert await why(store) == "quotes-replaced"
    assert (await store.member()).held == 0


async def test_a_quote_is_kept_for_a_day_while_others_are_made(store: StoreHarness) -> None:
    await made(store)
    await made(store, a_quote("0000000quote1", at=NOW + 1))
    await made(store, a_quote("0000000quote2", member=BOB, at=NOW + DAY))
    assert await kept(store) == a_quote()
    await made(store, a_quote("0000000quote3", member=BOB, at=NOW + DAY + 1))
    assert await kept(store) is None
    assert await why(store) == "quotes-expired"


async def test_a_member_has_twenty_open_quotes_and_the_next_one_replaces_the_oldest(store: StoreHarness) -> None:
    others = await made(store, a_quote("0000000quoteb", member=BOB))
    await made(store)
    await take(store, 1)
    mine = [a_quote(f"{number:013}", at=NOW + number) for number in range(1, 23)]
    for quote in mine[:21]:
        await made(store, quote)
    await store.database.write(quotes.save, mine[21])
    assert [await kept(store, quote.id) for quote in mine] == [None, None, *mine[2:]]
    assert await kept(store, others.id, member=BOB) == others
    assert await why(store) == "quotes-already-ordered"
