"""A member's first movie in a server is refunded once it is ready, where managers say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.credits import Budget, BudgetScope
from bot.domain.delivery import NotificationType
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.operations import Operation
from bot.domain.orders import ALWAYS_CONFIRM, Order, OrderPlaced, OrderRefused, QuotePreview
from bot.domain.quota import AuditContext
from bot.domain.request import Draft, to_draft
from bot.services.privacy import read_balance
from data import account_queries, budgets, gifts, orders, renders
from data.database import Transaction
from data.ledger_entries import Account
from data.reconciliation import find_discrepancies
from tests.helpers.at_time import at_time
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.member_data import ADA, ada_job, deliver, erase
from tests.helpers.pitching import Pitching, pressing
from tests.helpers.refusing import is_refused
from tests.helpers.server_settings import change_setup
from tests.helpers.store_harness import ALICE, BOB, DAY, GUILD, NOW, StoreHarness, a_job

DANA = 9
BY = AuditContext(DANA, GUILD)
NEXT_MONTH = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp() * 1000)


@pytest.fixture(autouse=True)
async def _gives_200(store: StoreHarness) -> None:
    await change_setup(store.database, BY, NOW, starter_credits=200)


async def spent(store: StoreHarness, member: int = ALICE) -> tuple[int, int, int]:
    """Return what a member, the server and the plan used. Nothing is held, and the ledger says the same."""
    assert_ledger_consistent(store.place)
    assert await store.database.read_long(find_discrepancies) == ()
    own, plan = await store.member(member), await store.plan()
    account = Account.at(GUILD, member, NOW)
    server = await store.database.read(budgets.get, BudgetScope.SERVER, account, 10_000)
    assert (own.held, server.held, plan.held) == (0, 0, 0)
    return own.used, server.used, plan.used


async def made(store: StoreHarness, number: int, member: int = ALICE, **more: int) -> Job:
    return await store.in_state(a_job(number, member, **more), JobState.COMPLETED)


async def test_the_first_movie_counts_for_the_server_and_the_plan_only(store: StoreHarness) -> None:
    await made(store, 1, cost=200)
    assert await spent(store) == (0, 200, 200)
    await made(store, 2)
    await made(store, 3, BOB, guild=11)  # another server, which gives nothing
    assert await spent(store) == (100, 300, 400)
    [refund] = await store.database.read(account_queries.member_adjustments, GUILD, ALICE, 9)
    assert (refund.is_starter, refund.allowance, refund.extra) == (True, -200, 0)


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED])
async def test_one_that_is_not_made_leaves_it_for_the_next(store: StoreHarness, state: JobState) -> None:
    await store.in_state(a_job(1), state)
    await made(store, 2, cost=200)
    assert (await spent(store))[0] == 0
    assert len(query(store.place, "SELECT * FROM starter_movies")) == 1


async def test_an_expensive_one_an_earlier_one_a_copy_and_a_pitch_are_paid(
    store: StoreHarness, pitching: Pitching
) -> None:
    await made(store, 1, cost=201)
    assert (await spent(store))[0] == 201
    await made(store, 2)
    assert (await spent(store))[0] == 301
    dub = replace(a_job(3, BOB), request=replace(a_job(3).request, operation=Operation.DUB, sources=(f"{1:013}",)))
    await store.in_state(dub, JobState.COMPLETED)
    assert (await spent(store, BOB))[0] == 100
    job = await pitching.funded(await pitching.made(100, member=ADA), (ADA, 100))
    await pitching.rendering(job)
    await pitching.complete(job)
    assert (await spent(store, ADA))[0] == 100
    assert query(store.place, "SELECT * FROM starter_movies") == []


async def test_bonus_credits_that_paid_a_part_are_bonus_credits_again(store: StoreHarness) -> None:
    await store.database.write(gifts.grant, ALICE, 150, by=BY)
    await change_setup(store.database, BY, NOW, starter_credits=700)
    await made(store, 1, cost=700)
    assert await spent(store) == (0, 700, 700)
    balance = await read_balance(store.database, GUILD, ALICE, ())
    assert (balance.allowance, balance.extra.available) == (Budget(600), 150)


async def test_one_that_is_ready_in_the_next_month_gives_its_bonus_credits_back(store: StoreHarness) -> None:
    """What was left of the allowance is over then, so nobody gets more than a refund in time."""
    await store.database.write(gifts.grant, ALICE, 150, by=BY)
    await change_setup(store.database, BY, NOW, starter_credits=700)
    await store.rendering(a_job(1, cost=700))
    await store.database.write(at_time(NEXT_MONTH, renders.complete), a_job(1).id, "https://movies.test/a.mp4")
    assert await spent(store) == (0, 700, 700)
    store.now = NEXT_MONTH
    balance = await read_balance(store.database, GUILD, ALICE, ())
    assert (balance.allowance, balance.extra.available) == (Budget(600), 150)


@pytest.mark.parametrize("first_one", [JobState.COMPLETED, JobState.FAILED])
async def test_the_one_that_was_ordered_first_counts_whichever_is_ready_first(
    store: StoreHarness, first_one: JobState
) -> None:
    await store.rendering(a_job(1, cost=200))
    await made(store, 2)
    if first_one is JobState.COMPLETED:
        await store.database.write(renders.complete, a_job(1).id, "https://movies.test/a.mp4")
    else:
        await store.database.write(renders.fail_charged, a_job(1).id, EndReason.UPSTREAM_FAILED, None)
    assert (await spent(store))[0] == 100, "of the second, whose member was told that they pay it"


async def test_of_two_prices_that_were_on_the_house_one_is_and_the_other_is_shown_again(store: StoreHarness) -> None:
    first, second = [await priced(store, number) for number in (1, 2)]
    assert (first.on_the_house, second.on_the_house) == (True, True)
    assert isinstance(await accepted(store, first, 3), OrderPlaced)
    assert await accepted(store, first, 3) is None, "another process has it"
    twice = await accepted(store, first, 6)
    assert isinstance(twice, OrderRefused)
    assert is_refused(twice.reason, "quotes-already-ordered")
    again = await accepted(store, second, 4)
    assert isinstance(again, QuotePreview)
    assert (again.on_the_house, again.quote.price) == (False, second.quote.price)
    assert isinstance(await accepted(store, again, 5), OrderPlaced)


async def priced(store: StoreHarness, number: int) -> QuotePreview:
    order = Order(pressing(ALICE, number), Draft("a red balloon", 10, "LUMA"), confirm=ALWAYS_CONFIRM)
    shown = await store.database.write(orders.place, order)
    assert isinstance(shown, QuotePreview)
    return shown


async def accepted(store: StoreHarness, shown: QuotePreview, number: int) -> object:
    quote = shown.quote
    order = Order(pressing(ALICE, number), to_draft(quote.request), quote=quote, accepts=True)
    store.clock.turn_to(store.clock.now() + 1)
    return await store.database.write(orders.place, order)


async def test_whoever_erased_their_data_and_is_back_has_no_other(store: StoreHarness) -> None:
    job = await store.in_state(ada_job(1), JobState.COMPLETED)
    await deliver(store.database, job, NotificationType.COMPLETED)
    assert await erase(store.database)
    assert query(store.place, "SELECT * FROM starter_movies") == []
    store.now = NOW + 400 * DAY
    later = ada_job(2, at=store.now)
    seen = await store.database.write(_may_start)
    assert not seen
    await store.in_state(later, JobState.COMPLETED)
    assert (await store.member(ADA)).used == later.price
    assert_ledger_consistent(store.place)


def _may_start(tx: Transaction) -> bool:
    context, draft = pressing(ADA), Draft("a red balloon")
    assert orders.read(tx, context, draft).may_start, "they are forgotten"
    recalled = orders.recall(tx, context, draft)
    assert recalled is not None
    return recalled.may_start
