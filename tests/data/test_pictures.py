"""Pictures on both engines: kept for an open order, and for no longer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.domain.jobs import EndReason, Job, JobState, encode_id
from bot.domain.operations import Operation
from bot.domain.orders import ALWAYS_CONFIRM, QUOTE_TTL_MS, Order, OrderContext, OrderPlaced, OrderRefused, QuotePreview
from bot.domain.pictures import Picture, PictureType
from bot.domain.pitches import Pitch, PitchEndReason
from bot.domain.refusal import Refused
from bot.domain.request import Draft, to_draft
from bot.samsar.config import AUTUMN_2026
from data import erasure, orders, personal, pictures, pitch_ends, pledging, quotes, submissions
from data.database import Transaction
from tests.helpers.at_time import at_time
from tests.helpers.ledger_checks import query
from tests.helpers.member_data import erase
from tests.helpers.store_harness import ALICE, BOB, CATALOGUE, CHANNEL, GUILD, NOW, StoreHarness

MIB = 2**20
PNG, JPEG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 6144, b"\xff\xd8\xff small"
"""1.5 MiB, and some bytes."""

WITH_PICTURES = replace(CATALOGUE, limits=replace(CATALOGUE.limits, operations=AUTUMN_2026.limits.operations))
GONE = Refused("pictures-gone")


@pytest.fixture(autouse=True)
def _has_pictures(store: StoreHarness) -> None:
    store.database.policy = replace(store.database.policy, catalogue=WITH_PICTURES)


def an_order(number: int = 1, *contents: bytes, member: int = ALICE) -> Order:
    """An order that brings pictures; its interaction has this number."""
    types = {PNG: PictureType.PNG, JPEG: PictureType.JPEG}
    came = tuple(
        Picture(f"{encode_id(number)}.{each}", types[content], content) for each, content in enumerate(contents, 1)
    )
    draft = Draft("a cat", operation=Operation.PICTURES, sources=tuple(each.id for each in came))
    return Order(OrderContext(number, GUILD, CHANNEL, member), draft, confirm=ALWAYS_CONFIRM, pictures=came)


async def quoted(store: StoreHarness, order: Order | None = None) -> QuotePreview:
    preview = await store.database.write(orders.place, order or an_order(1, PNG, JPEG))
    assert isinstance(preview, QuotePreview)
    return preview


def accepting(preview: QuotePreview, number: int = 9) -> Order:
    context = OrderContext(number, GUILD, CHANNEL, ALICE)
    return Order(context, to_draft(preview.quote.request), quote=preview.quote, accepts=True)


async def ordered(store: StoreHarness) -> Job:
    placed = await store.database.write(orders.place, accepting(await quoted(store)))
    assert isinstance(placed, OrderPlaced)
    return placed.job


async def queued(store: StoreHarness) -> Job:
    job = await ordered(store)
    assert await store.database.write(orders.enqueue, job.id, 7)
    return job


async def submitting(store: StoreHarness) -> Job:
    await queued(store)
    [claim] = await store.database.write(submissions.claim, 1, 9, 9)
    return claim.job


def stored(store: StoreHarness) -> list[str]:
    parts = query(store.place, "SELECT DISTINCT picture_id FROM picture_parts ORDER BY picture_id")
    ids = [each["id"] for each in query(store.place, "SELECT id FROM pictures ORDER BY id")]
    assert [each["picture_id"] for each in parts] == ids
    return ids


async def test_pictures_are_kept_with_their_price_and_a_large_one_in_pieces(store: StoreHarness) -> None:
    preview = await quoted(store)
    assert (preview.quote.request.duration_seconds, preview.quote.price) == (20, 200), "the longest clip of each"
    assert stored(store) == [*preview.quote.request.sources]
    large = query(
        store.place, "SELECT number, LENGTH(content) AS length FROM picture_parts WHERE picture_id LIKE '%.1'"
    )
    assert sorted((each["number"], each["length"]) for each in large) == [(0, MIB), (1, MIB), (2, 12)]
    for picture_id, content in zip(preview.quote.request.sources, (PNG, JPEG), strict=True):
        picture = await store.database.read(pictures.read, picture_id)
        assert picture is not None
        assert picture.content == content
    again = await store.database.write(orders.place, an_order(1, PNG, JPEG))
    assert isinstance(again, QuotePreview), "another process got the same interaction"
    assert stored(store) == [*preview.quote.request.sources]


async def test_what_edits_a_price_keeps_its_pictures_and_others_take_their_place(store: StoreHarness) -> None:
    preview = await quoted(store)
    context = OrderContext(2, GUILD, CHANNEL, ALICE)
    edited = Order(context, to_draft(preview.quote.request), confirm=ALWAYS_CONFIRM, quote=preview.quote)
    second = await quoted(store, edited)
    assert stored(store) == [*preview.quote.request.sources]
    other = replace(an_order(3, JPEG), quote=second.quote)
    third = await quoted(store, other)
    assert stored(store) == [*third.quote.request.sources] == [f"{encode_id(3)}.1"]
    refused = await store.database.write(orders.place, replace(edited, context=replace(context, interaction_id=4)))
    assert isinstance(refused, OrderRefused)
    assert refused.reason == GONE, "an old form has pictures that were replaced"


@pytest.mark.parametrize(
    ("member", "sources"), [(BOB, ()), (ALICE, ("no.1",)), (ALICE, ("%",)), (ALICE, ("no.1",) * 11)]
)
async def test_nobody_orders_with_pictures_of_others_or_that_are_not_there(
    store: StoreHarness, member: int, sources: tuple[str, ...]
) -> None:
    kept = (await quoted(store)).quote.request.sources
    forged = an_order(5, member=member)
    forged = replace(forged, draft=replace(forged.draft, sources=sources or kept))
    refused = await store.database.write(orders.place, forged)
    assert isinstance(refused, OrderRefused)
    assert refused.reason == GONE


async def cancel_price(store: StoreHarness) -> None:
    assert await store.database.write(quotes.cancel, (await quoted(store)).quote.id, ALICE)


async def cancel_movie(store: StoreHarness) -> None:
    job = await queued(store)
    cancelled = store.database.write(
        orders.cancel, job.id, EndReason.CANCELLED_BY_MEMBER, only_from=(JobState.QUEUED,), notify=False
    )
    assert await cancelled


async def take(store: StoreHarness) -> None:
    assert await store.database.write(submissions.mark_rendering, (await submitting(store)).id, "request", NOW)


async def reject(store: StoreHarness) -> None:
    job = await submitting(store)
    assert await store.database.write(submissions.refuse, job.id, EndReason.REQUEST_REJECTED, None)


async def lose(store: StoreHarness) -> None:
    assert await store.database.write(submissions.mark_unknown, (await submitting(store)).id)


async def expire(store: StoreHarness) -> None:
    await quoted(store)
    assert await store.database.write(pictures.forget_unused) == 0
    assert await store.database.write(at_time(NOW + QUOTE_TTL_MS + 61_000, pictures.forget_unused)) == 2


async def end_pitch(store: StoreHarness) -> None:
    pitch = await store.database.write(pledging.pitch, an_order(1, PNG, JPEG))
    assert isinstance(pitch, Pitch)
    assert await store.database.write(pictures.forget_unused) == 0
    assert len(stored(store)) == 2

    def end(tx: Transaction) -> None:
        pitch_ends.end(tx, pitch, PitchEndReason.WITHDRAWN)

    await store.database.write(end)


async def erase_member(store: StoreHarness) -> None:
    job = await queued(store)
    await store.database.write(erasure.request, ALICE)
    assert await store.database.write(erasure.cancel, await store.found(job.id))
    assert stored(store) == []
    await quoted(store, an_order(8, JPEG, member=BOB))
    assert await erase(store.database, BOB)


@pytest.mark.parametrize("end", [cancel_price, cancel_movie, take, reject, lose, expire, end_pitch, erase_member])
async def test_pictures_are_gone_once_nothing_needs_them(
    store: StoreHarness, end: Callable[[StoreHarness], Awaitable[None]]
) -> None:
    await end(store)
    assert stored(store) == []
    assert query(store.place, "SELECT 1 AS one FROM picture_parts") == []


async def test_an_order_keeps_its_pictures_until_the_api_has_taken_them(store: StoreHarness) -> None:
    job = await submitting(store)
    kept = stored(store)
    later = at_time(NOW + 90 * 24 * 3_600_000, pictures.forget_unused)
    assert (kept, await store.database.write(later)) == ([*job.request.sources], 0)
    assert await store.database.write(submissions.requeue, job.id, "another claim", 0) is None
    assert await store.database.read(pictures.kept, ALICE, job.request.sources) == {*kept}


async def test_a_price_whose_order_was_not_shown_keeps_its_pictures_to_be_accepted_again(store: StoreHarness) -> None:
    preview = await quoted(store)
    for number in (9, 10):
        placed = await store.database.write(orders.place, accepting(preview, number))
        assert isinstance(placed, OrderPlaced)
        assert len(stored(store)) == 2
        await store.database.write(orders.void, placed.job.id, notify=False)


async def test_an_order_whose_pictures_are_gone_is_refunded_and_not_sent(store: StoreHarness) -> None:
    job = await queued(store)
    await store.database.write(lambda tx: tx.execute("DELETE FROM pictures WHERE id LIKE '%.2'"))
    [claim] = await store.database.write(submissions.claim, 1, 9, 9)
    assert claim.is_sourceless
    await store.database.write(submissions.end_sourceless, job.id)
    failed = await store.found(job.id)
    assert (failed.state, failed.end_reason) == (JobState.FAILED, EndReason.SOURCE_GONE)
    assert ((await store.member()).held, stored(store)) == (0, [])


@pytest.mark.parametrize("sent", [False, True])
async def test_a_process_that_dies_while_it_gives_pictures_has_ordered_nothing(store: StoreHarness, sent: bool) -> None:
    await queued(store)
    [claim] = await store.database.write(submissions.claim, 1, 9, 9)
    if sent:
        assert await store.database.write(pictures.begin_sending, claim.job, claim.token.hash)
    at = NOW + 60_000
    for before in (at - 75_000, at - 1):
        stalled = await store.database.read(at_time(at, submissions.stalled), before=before)
        assert stalled == [], "ten pictures take their time"
    at = NOW + 21 * 60_000
    [stalled] = await store.database.read(at_time(at, submissions.stalled), before=at - 1)
    recovered = await store.database.write(at_time(at, submissions.recover_stalled), stalled, before=at - 1)
    assert recovered is not None
    assert recovered.state is (JobState.UNKNOWN if sent else JobState.QUEUED)
    assert len(stored(store)) == (0 if sent else 2)
    assert not await store.database.write(pictures.begin_sending, claim.job, claim.token.hash), "it lives after all"
    if not sent:
        [again] = await store.database.write(at_time(at, submissions.claim), 1, 9, 9)
        assert again.token != claim.token
        assert not await store.database.write(pictures.begin_sending, claim.job, claim.token.hash)
        assert await store.database.write(pictures.begin_sending, again.job, again.token.hash)


async def test_a_member_is_told_which_pictures_are_kept(store: StoreHarness) -> None:
    await quoted(store)
    shown = (await store.database.read(personal.export, ALICE))["pictures"]
    assert [(each["type"], each["bytes"], each["created_at"]) for each in shown] == [
        ("png", len(PNG), NOW),
        ("jpg", len(JPEG), NOW),
    ]
    assert (await store.database.read(personal.export, BOB))["pictures"] == []


async def test_what_does_not_fit_now_can_be_edited_with_its_pictures(store: StoreHarness) -> None:
    dear = an_order(1, *[JPEG] * 7)
    refused = await store.database.write(orders.place, dear)
    assert isinstance(refused, OrderRefused)
    assert (refused.editable is not None, len(stored(store))) == (True, 7)
