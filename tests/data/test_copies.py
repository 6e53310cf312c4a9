"""What is made of finished movies, on both engines: who may order it, what is sent, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.credits import Month
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.operations import Operation
from bot.domain.orders import ALWAYS_CONFIRM, Order, OrderContext, OrderPlaced, OrderRefused, Quote, QuotePreview
from bot.domain.pitches import Pitch
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEvent
from bot.domain.refusal import Refused
from bot.domain.request import Draft, to_draft
from bot.domain.risk import RiskLimits
from bot.samsar.config import AUTUMN_2026
from data import (
    callbacks,
    departed_servers,
    erasure,
    job_actions,
    orders,
    pledging,
    preferences,
    quotes,
    reconciliation,
    removals,
    renders,
    reports,
    restore_review,
    submissions,
)
from data.database import Transaction
from data.leases import Lease
from tests.helpers.ledger_checks import assert_ledger_consistent
from tests.helpers.pitching import Pitching, pressing
from tests.helpers.store_harness import ALICE, BOB, CAROL, CATALOGUE, CHANNEL, DAY, GUILD, NOW, StoreHarness, a_job

OFFERED = replace(CATALOGUE, limits=AUTUMN_2026.limits)
URL = "https://movies.test/a.mp4"
NEXT_MONTH = Month.containing(NOW).ends_at


@pytest.fixture(autouse=True)
def _with_operations(request: pytest.FixtureRequest) -> None:
    for name in ("store", "pitching"):
        if name in request.fixturenames:
            database = request.getfixturevalue(name).database
            database.policy = replace(database.policy, catalogue=OFFERED)


async def finished(store: StoreHarness, number: int = 1, guild: int = GUILD) -> Job:
    return await store.in_state(a_job(number, BOB, guild=guild), JobState.COMPLETED)


def a_draft(operation: Operation, *sources: Job, **more: object) -> Draft:
    said: dict[Operation, dict[str, object]] = {
        Operation.SCENE: {"scenes": (2,)},
        Operation.DUB: {"language": "fr"},
        Operation.SUBTITLES: {"subtitles": True},
    }
    draft = Draft("", operation=operation, sources=tuple(each.id for each in sources))
    return replace(draft, **said.get(operation, {}), **more)  # type: ignore[arg-type]


def an_order(draft: Draft, interaction: int = 50, **more: object) -> Order:
    return replace(Order(OrderContext(interaction, GUILD, CHANNEL, ALICE), draft, quoted=40), **more)  # type: ignore[arg-type]


async def ordered(store: StoreHarness, draft: Draft, interaction: int = 50) -> Job:
    """Show the price of a draft and accept it, up to the queue."""
    quoted = await store.database.write(orders.place, an_order(draft, interaction, confirm=ALWAYS_CONFIRM))
    assert isinstance(quoted, QuotePreview), quoted
    accepted = to_draft(quoted.quote.request)
    accepting = an_order(accepted, interaction + 1, quote=quoted.quote, accepts=True, quoted=None)
    placed = await store.database.write(orders.place, accepting)
    assert isinstance(placed, OrderPlaced), placed
    again = replace(accepting, context=replace(accepting.context, interaction_id=interaction + 2))
    assert isinstance(await store.database.write(orders.place, again), OrderRefused), "a price is accepted once"
    assert await store.database.write(orders.enqueue, placed.job.id, 77)
    return await store.found(placed.job.id)


async def claimed(store: StoreHarness) -> list[submissions.Claim]:
    return await store.database.write(submissions.claim, 5, 100, 100)


async def clean(store: StoreHarness) -> None:
    assert_ledger_consistent(store.place)
    assert not await store.database.read_long(reconciliation.find_discrepancies)


COPIES = [
    (Operation.SCENE, 40, 40, 40),
    (Operation.DUB, 30, 30, 30),
    (Operation.DUB, 30, 27, 27),
    (Operation.DUB, 30, 33, 30),
    (Operation.SUBTITLES, 0, None, 0),
    (Operation.FILM, 60, 57, 57),
]
"""What each costs as shown, what the API charges, and what its member pays."""


@pytest.mark.parametrize(("operation", "price", "charged", "paid"), COPIES)
async def test_a_copy_is_shown_held_sent_once_with_its_sources_and_paid(
    store: StoreHarness, operation: Operation, price: int, charged: int | None, paid: int
) -> None:
    sources = [await finished(store, number) for number in range(1, 3 if operation is Operation.FILM else 2)]
    before = await store.plan()
    job = await ordered(store, a_draft(operation, *reversed(sources)))
    assert (job.price, (await store.member()).held) == (price, price)
    [(sent, _, request_ids)] = await claimed(store)
    assert (sent.id, request_ids) == (job.id, tuple(f"request-{each.id}" for each in reversed(sources)))
    await store.database.write(submissions.mark_rendering, job.id, "copy", NOW, charged)
    assert await store.database.write(job_actions.request_cancel, job.id, ALICE) is None, "it is charged already"
    done = await store.database.write(renders.complete, job.id, URL, None, charged)
    assert done is not None
    assert (done.spent, (await store.member()).used, (await store.member()).held) == (paid, paid, 0)
    assert (await store.plan()).used - before.used == (charged or 0), "the operator pays what was charged"
    assert await store.database.read(preferences.get, ALICE) == preferences.Preferences()
    [newest, *_], _ = await store.database.read(reports.receipts_of_member, GUILD, ALICE, 9, 0)
    assert (newest.spent, newest.request) == (paid, done.request), "its receipt says what was made"
    await clean(store)


@pytest.mark.parametrize("server", [0, 50, 100])
async def test_what_costs_nothing_is_made_whatever_is_left(store: StoreHarness, server: int) -> None:
    """The server has used 100 of its limit, or nothing of it in a new month."""
    movie = await finished(store)
    if not server:
        store.now = NEXT_MONTH
    limits = replace(store.limits, member=0, server=server, managers=server, plan=0)
    store.database.policy = replace(store.database.policy, limits=limits)
    job = await ordered(store, a_draft(Operation.SUBTITLES, movie))
    assert job.price == 0
    await clean(store)


async def test_what_costs_nothing_passes_no_bound_on_waiting_credits(store: StoreHarness) -> None:
    """Which the operator has lowered since the last order."""
    movie = await finished(store)
    await ordered(store, a_draft(Operation.DUB, movie))
    policy = store.database.policy
    bounds = RiskLimits(open_jobs_per_member=2, open_jobs_per_server=9, queued_credits=20, failed_credits=1000)
    store.database.policy = replace(policy, limits=replace(policy.limits, risk=bounds))
    await ordered(store, a_draft(Operation.SUBTITLES, movie), 60)
    refused = await store.database.write(orders.place, an_order(a_draft(Operation.SUBTITLES, movie), 70))
    assert isinstance(refused, OrderRefused), "it counts among the open movies"


@pytest.mark.parametrize(("answered", "paid"), [(True, 27), (False, 30)])
async def test_a_callback_before_the_answer_ends_a_dub_once(store: StoreHarness, *, answered: bool, paid: int) -> None:
    """What it was charged is only in the answer; without it, its member pays what was shown."""
    movie = await finished(store)
    job = await ordered(store, a_draft(Operation.DUB, movie))
    [claim] = await claimed(store)
    await store.database.write(callbacks.record_callback, claim.token.hash, "copy")
    if answered:
        await store.database.write(submissions.mark_rendering, job.id, "copy", NOW + DAY, 27)
    else:
        await store.database.write(submissions.mark_unknown, job.id)
        assert await store.database.write(renders.attach_request_id, job.id, "copy", NOW) is not None
    [due] = await store.database.write(renders.take_due_polls, 5, (), Lease("a", NOW + DAY))
    assert (due.id, due.request_id) == (job.id, "copy")
    assert await store.database.write(renders.complete, job.id, URL, None, due.charged) is not None
    assert ((await store.member()).used, (await store.member()).held) == (paid, 0)
    await clean(store)


@pytest.mark.parametrize("end", ["lost", "resolved"])
async def test_what_the_call_charged_counts_for_the_plan_however_the_copy_fails(store: StoreHarness, end: str) -> None:
    movie = await finished(store)
    before = await store.plan()
    job = await ordered(store, a_draft(Operation.DUB, movie))
    await claimed(store)
    await store.database.write(submissions.mark_rendering, job.id, "copy", NOW, 27)
    if end == "lost":
        await store.database.write(renders.fail_charged, job.id, EndReason.UPSTREAM_LOST_JOB, None)
    else:
        by = AuditContext(SYSTEM_ACTOR_ID, GUILD)
        change = AuditEvent(by, AuditAction.JOB_RESOLVED, ALICE, None)
        await store.database.write(renders.resolve_failed, job.id, change, upstream_charged=True)
    assert (await store.plan()).used - before.used == (await store.found(job.id)).charged == 27
    assert ((await store.member()).used, (await store.member()).held) == (0, 0)
    await clean(store)


async def removed(store: StoreHarness, movie: Job) -> None:
    await store.database.write(removals.remove, movie.id, AuditContext(BOB, GUILD))


MEANWHILE: dict[str, Callable[[Transaction, Job], object]] = {
    "removed": lambda tx, movie: removals.remove(tx, movie.id, AuditContext(BOB, GUILD)),
    "erased": lambda tx, _: erasure.erase_in_copy(tx, "an id", (BOB,)),
    "restored": lambda tx, _: restore_review.hold_open_work(tx),
    "left": lambda tx, _: departed_servers.record_left(tx, GUILD),
}


@pytest.mark.parametrize("operation", [Operation.DUB, Operation.SUBTITLES])
@pytest.mark.parametrize(
    ("event", "before", "at_api"),
    [
        ("removed", "failed", "completed"),
        ("erased", "failed", "completed"),
        ("restored", "unknown", "completed"),
        ("left", "completed", "completed"),
    ],
)
async def test_what_happens_to_a_copy_whose_source_or_server_changes(
    store: StoreHarness, operation: Operation, event: str, before: str, at_api: str
) -> None:
    """Before it is sent, it ends unpaid or waits for the operator; after that, it is made and paid."""
    for number, ends in ((2, at_api), (1, before)):
        movie = await store.posted(a_job(number, BOB))
        job = await ordered(store, a_draft(operation, movie), 100 * number)
        if ends == at_api:
            await claimed(store)
            await store.database.write(submissions.mark_rendering, job.id, f"copy{number}", NOW, job.price)
        await store.database.write(MEANWHILE[event], movie)
        for each in await claimed(store):
            if each.is_sourceless:
                await store.database.write(submissions.end_sourceless, each.job.id)
            else:
                await store.database.write(submissions.mark_rendering, each.job.id, f"copy{number}", NOW, job.price)
        await store.database.write(renders.complete, job.id, URL, None, job.price)
        assert (await store.state(job)).value == ends
        await clean(store)
    member = await store.member()
    paid = job.price * [before, at_api].count("completed")
    assert (member.used, member.held) == (paid, job.price * (before == "unknown"))


@pytest.mark.parametrize("what", ["removed", "other server", "rendering", "unknown"])
async def test_nothing_is_made_of_a_movie_that_is_not_finished_here(store: StoreHarness, what: str) -> None:
    movie = a_job(7, BOB)
    if what == "removed":
        movie = await finished(store)
        await removed(store, movie)
    elif what == "other server":
        movie = await finished(store, guild=GUILD + 1)
    elif what == "rendering":
        await store.rendering(movie)
    refused = await store.database.write(orders.place, an_order(a_draft(Operation.DUB, movie)))
    assert isinstance(refused, OrderRefused)
    assert refused.reason == Refused("copies-source-gone")
    assert (refused.editable, refused.affordable) == (None, None), "no form and no shorter one would help"


async def test_a_copy_that_is_too_dear_is_not_offered_shorter(store: StoreHarness) -> None:
    movie = await finished(store)
    refused = await store.database.write(orders.place, an_order(a_draft(Operation.SCENE, movie), quoted=5000))
    assert isinstance(refused, OrderRefused)
    assert (refused.editable, refused.affordable) == (None, None)


@pytest.mark.parametrize("price", [39, 41])
async def test_a_scene_costs_what_its_quote_said_and_a_dub_what_it_costs_now(store: StoreHarness, price: int) -> None:
    movie = await finished(store)
    quoted = await store.database.write(orders.place, an_order(a_draft(Operation.SCENE, movie), confirm=ALWAYS_CONFIRM))
    assert isinstance(quoted, QuotePreview)
    accepting = an_order(to_draft(quoted.quote.request), 51, quote=quoted.quote, accepts=True, quoted=price)
    placed = await store.database.write(orders.place, accepting)
    assert isinstance(placed, OrderPlaced)
    assert placed.job.price == 40, "what its member read, whatever the API would say now"
    dub = replace(quoted.quote, request=replace(quoted.quote.request, operation=Operation.DUB), price=29)
    shown = await store.database.write(
        orders.place, an_order(a_draft(Operation.DUB, movie), 52, quote=dub, accepts=True)
    )
    assert isinstance(shown, QuotePreview), "it costs 30 by now"


async def test_members_pay_for_a_dub_together_and_what_is_not_charged_comes_back(
    pitching: Pitching, store: StoreHarness
) -> None:
    movie = await finished(store)
    pitch = await store.database.write(pledging.pitch, Order(pressing(ALICE), a_draft(Operation.DUB, movie)))
    assert isinstance(pitch, Pitch)
    job = await pitching.funded(pitch, (ALICE, 10), (BOB, 10), (CAROL, 10))
    assert (job.request.operation, job.request.sources) == (Operation.DUB, (movie.id,))
    await claimed(store)
    await store.database.write(submissions.mark_rendering, job.id, "dub", NOW, 20)
    await store.database.write(renders.complete, job.id, URL, None, 20)
    assert [(await store.member(each)).used for each in (ALICE, CAROL)] == [7, 6]
    await clean(store)


async def test_a_copy_whose_price_does_not_last_is_not_pitched(store: StoreHarness) -> None:
    order = replace(Order(pressing(ALICE), a_draft(Operation.SCENE, await finished(store))), quoted=40)
    assert await store.database.write(pledging.pitch, order) == Refused("pitch-not-offered")


async def quoted(store: StoreHarness, operation: Operation = Operation.DUB) -> Quote:
    draft = a_draft(operation, await finished(store))
    shown = await store.database.write(orders.place, an_order(draft, confirm=ALWAYS_CONFIRM))
    assert isinstance(shown, QuotePreview), shown
    return shown.quote


def pitching_of(quote: Quote, interaction: int) -> Order:
    context = pressing(ALICE, interaction)
    return Order(context, to_draft(quote.request), quote=quote, accepts=True, is_new=False)


async def test_of_a_quote_one_pitch_is_made_at_its_price_and_nothing_else(store: StoreHarness) -> None:
    quote = await quoted(store)
    pitch = await store.database.write(pledging.pitch, pitching_of(quote, 60))
    assert isinstance(pitch, Pitch)
    assert (pitch.request, pitch.price) == (quote.request, quote.price)
    assert await store.database.write(pledging.pitch, pitching_of(quote, 60)) is None, "another process has it"
    again = await store.database.write(pledging.pitch, pitching_of(quote, 61))
    assert again == Refused("quotes-replaced", {"quote": quote})
    accepted = await store.database.write(
        orders.place, an_order(to_draft(quote.request), 62, quote=quote, accepts=True)
    )
    assert isinstance(accepted, OrderRefused)
    assert accepted.reason == Refused("quotes-replaced", {"quote": quote})


@pytest.mark.parametrize("why", ["price", "source", "subtitles"])
async def test_a_quote_that_is_not_pitched_can_still_be_ordered(store: StoreHarness, why: str) -> None:
    quote = await quoted(store, Operation.SUBTITLES if why == "subtitles" else Operation.DUB)
    asked, refused = quote, Refused("quotes-expired")
    if why == "price":
        asked = replace(quote, price=29)
    elif why == "source":
        await removed(store, await store.found(quote.request.sources[0]))
        refused = Refused("copies-source-gone")
    else:
        refused = Refused("pitch-not-offered")
    assert await store.database.write(pledging.pitch, pitching_of(asked, 60)) == refused
    assert await store.database.read(quotes.get, quote.id, ALICE) == quote
