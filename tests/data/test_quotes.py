"""A quote is one member's, for 15 minutes, and accepted once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.credits import Shortfall
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.orders import (
    ALWAYS_CONFIRM,
    QUOTE_TTL_MS,
    InvalidDraft,
    Order,
    OrderContext,
    OrderPlaced,
    OrderRefused,
    Quote,
    QuotePreview,
)
from bot.domain.quota import Allowance, AllowanceSource, AuditContext, LimitScope
from bot.domain.refusal import RefusalCode, Refused
from bot.domain.request import Draft, Problem, ProblemCode
from bot.domain.text import Wording
from data import blocks, budgets, job_actions, jobs, orders, quotes
from tests.helpers.at_time import at_time
from tests.helpers.factories import CATALOGUE
from tests.helpers.refusing import is_refused
from tests.helpers.reserving import offer, place, reserve
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, GUILD, LIMITS, NOW, StoreHarness, a_job

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


async def test_a_quote_has_the_time_of_its_transaction(store: StoreHarness) -> None:
    """At a month's end, another clock would check one month and show the other."""
    context, draft = OrderContext(1, GUILD, CHANNEL, ALICE), Draft("a fox", 10, "LUMA")
    order = at_time(NOW + DAY, place)
    shown = await store.database.write(order, context, draft, CATALOGUE, LIMITS, confirm=ALWAYS_CONFIRM)
    assert shown.quote.created_at == NOW + DAY
    assert await kept(store, shown.quote.id) == shown.quote


async def test_a_quote_that_does_not_fit_is_not_made(store: StoreHarness) -> None:
    assert isinstance(await store.database.write(offer, a_quote(cost=601), (), LIMITS), Shortfall)
    assert await kept(store) is None
    await store.reserved(a_job(9, cost=500))
    short = await store.database.write(offer, a_quote("0000000quote1", cost=101), (), LIMITS)
    assert isinstance(short, Shortfall)
    await made(store, a_quote(cost=100))
    assert isinstance(await take(store, 1), Job), "all that was left"
    assert (await store.member()).held == 600
    await store.database.write(blocks.block, ALICE, None, by=AuditContext(BOB, GUILD))
    assert is_refused(await store.database.write(offer, a_quote(), (), LIMITS), "refusals-blocked")


async def test_a_quote_counts_with_the_members_roles(store: StoreHarness) -> None:
    await store.database.write(budgets.set_limit, LimitScope.ROLE, STARS, 900, by=AuditContext(BOB, GUILD))
    short, shown = [await store.database.write(offer, a_quote(cost=700), roles, LIMITS) for roles in ((), (STARS,))]
    assert isinstance(short, Shortfall)
    assert shown.balance.source == Allowance(900, AllowanceSource.ROLE, STARS)


async def test_what_is_noted_need_not_fit_and_is_checked_when_it_is_taken(store: StoreHarness) -> None:
    """An oversized quote can be edited first."""
    await store.database.write(quotes.save, a_quote(cost=700))
    placed = await reserve(store.database, a_job(1, cost=700), (), LIMITS, QUOTE)
    assert isinstance(placed, Shortfall)
    assert await why(store) is None


async def test_a_quote_is_taken_once(store: StoreHarness) -> None:
    await made(store)
    job = await take(store, 1)
    assert isinstance(job, Job)
    stale = await take(store, 2)
    assert stale == Refused("quotes-already-ordered", {"job": job})
    assert (await store.member()).held == 100
    assert await store.database.read(jobs.find, a_job(2).id) is None
    assert not await store.database.write(quotes.cancel, QUOTE, ALICE)


async def test_only_the_member_accepts_cancels_or_replaces_a_quote(store: StoreHarness) -> None:
    """Another member reads that the quote expired, and it stays open."""
    await made(store)
    stale = await take(store, 1, member=BOB)
    assert stale == Refused("quotes-expired")
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
    problems, missing = ((Problem(ProblemCode.LANGUAGE_UNKNOWN),), ()) if is_invalid else ((), ("embed_links",))
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


async def test_a_quote_lives_for_a_quarter_of_an_hour(store: StoreHarness) -> None:
    await made(store)
    late = NOW + QUOTE_TTL_MS + 1
    assert is_refused(await take(store, 1, at=late), "quotes-expired")
    found = await store.database.read(at_time(late, quotes.get), QUOTE, ALICE)
    assert found == Refused("quotes-expired", {"quote": await kept(store)}), "it can be edited"
    assert isinstance(await take(store, 2, at=NOW + QUOTE_TTL_MS), Job)


async def test_a_quote_that_was_closed_cannot_be_taken(store: StoreHarness) -> None:
    """Closing it twice is no error, since presses may repeat."""
    quote = await made(store)
    assert await store.database.write(quotes.cancel, QUOTE, ALICE)
    assert await store.database.write(at_time(NOW + 1, quotes.cancel), QUOTE, ALICE)
    assert is_refused(await take(store, 1), "quotes-replaced")
    found = await store.database.read(quotes.get, QUOTE, ALICE)
    assert found == Refused("quotes-replaced", {"quote": quote}), "it can be edited"
    assert (await store.member()).held == 0


async def replacing(store: StoreHarness, *, at: int = NOW + 1) -> Quote:
    return await made(store, replace(a_quote("0000000quote1", at=at), root_id=QUOTE))


async def test_a_quote_that_replaces_another_is_kept_with_its_root_and_closes_the_other(store: StoreHarness) -> None:
    await made(store)
    second = await replacing(store)
    assert await kept(store, second.id) == second
    assert await why(store) == "quotes-replaced"
    third = await made(store, replace(a_quote("0000000quote2", at=NOW + 2), root_id=QUOTE))
    found = await store.database.read(quotes.get, second.id, ALICE)
    assert is_refused(found, "quotes-replaced")
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


async def test_a_quote_that_is_written_twice_is_one_and_closes_nothing_later(store: StoreHarness) -> None:
    """Two processes may get the same interaction."""
    await made(store)
    second = await replacing(store)
    assert await replacing(store) == second
    third = await made(store, replace(a_quote("0000000quote2", at=NOW + 2), root_id=QUOTE))
    await replacing(store)
    assert await store.database.read(quotes.get, third.id, ALICE) == third


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


async def test_a_quote_whose_movie_its_member_cancelled_stays_taken(store: StoreHarness) -> None:
    await made(store)
    job = await take(store, 1)
    assert isinstance(job, Job)
    await store.database.write(orders.enqueue, job.id, 77)
    cancelled = await store.database.write(job_actions.cancel, job.id, ALICE)
    assert (cancelled.state, cancelled.end_reason) == (JobState.CANCELLED, EndReason.CANCELLED_BY_MEMBER)
    assert await why(store) == "quotes-already-ordered-there"


async def test_a_quote_is_kept_for_a_day_while_others_are_made(store: StoreHarness) -> None:
    """It can be edited into another quote during that day."""
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
