"""Gifts of bonus credits between members, made once and within bounds."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.core.errors import DuplicateInteraction
from bot.domain.credits import day_starts_at
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext
from bot.domain.refusal import Refused
from bot.domain.text import Language
from bot.services.privacy import read_balance
from data import blocks, erasure, gifts, messages, preferences, reconciliation, restore_review, server_policies
from tests.helpers.at_time import at_time
from tests.helpers.due_work import due_notices, end_notices
from tests.helpers.giving import allow_gifts
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query
from tests.helpers.member_data import erase
from tests.helpers.server_settings import change_setup
from tests.helpers.store_harness import ALICE, BOB, CAROL, CHANNEL, DAY, GUILD, LIMITS, NOW, StoreHarness, a_job

BY = AuditContext(9, GUILD)


@pytest.fixture(autouse=True)
async def _gifts_are_on(store: StoreHarness) -> None:
    for guild in (GUILD, GUILD + 1):
        await allow_gifts(store.database, guild, 100, NOW)


async def give(
    store: StoreHarness, credits: int, *, giver: int = ALICE, to: int = BOB, guild: int = GUILD, press: int = 0
) -> Refused | None:
    by = AuditContext(giver, guild, interaction_id=press or None)
    return await store.database.write(gifts.give, to, credits, channel_id=CHANNEL, by=by)


async def extra(store: StoreHarness, *members: int, guild: int = GUILD) -> list[int]:
    return [(await read_balance(store.database, guild, member, ())).extra.available for member in members]


async def test_a_gift_is_made_once_and_compared_with_its_entries(store: StoreHarness) -> None:
    await store.database.write(gifts.grant, ALICE, 80, by=BY)
    assert await give(store, 30, press=5) is None
    with pytest.raises(DuplicateInteraction):
        await give(store, 30, press=5)
    assert await extra(store, ALICE, BOB) == [50, 30]
    assert_ledger_consistent(store.place)
    assert await store.database.read(reconciliation.find_discrepancies) == ()
    [gift] = query(store.place, "SELECT * FROM gifts")
    for (column, value), compared in {
        ("credits", 31): "of 31: -30 was taken, and 30 given",
        ("giver_id", 77): "of 30: None was taken, and 30 given",
        ("recipient_id", 77): "of 30: -30 was taken, and None given",
        ("guild_id", 77): "of 30: None was taken, and None given",
    }.items():
        execute(store.place, f"UPDATE gifts SET {column} = {value}")
        [line] = await store.database.read(reconciliation.find_discrepancies)
        assert line.endswith(compared)
        execute(store.place, f"UPDATE gifts SET {column} = {gift[column]}")


async def test_a_gift_is_refused_wholly_and_says_what_is_possible(store: StoreHarness) -> None:
    await store.database.write(gifts.grant, ALICE, 80, by=BY)
    assert await give(store, 1, to=ALICE) == Refused("gifts-self")
    assert await give(store, 81) == Refused("gifts-too-few", {"credits": 80})
    assert await give(store, 1, giver=BOB, to=ALICE) == Refused("gifts-too-few", {"credits": 0})
    assert await give(store, 1, guild=GUILD + 2) == Refused("gifts-off")
    await store.queued(a_job(1, cost=LIMITS.member + 50))
    assert await give(store, 31) == Refused("gifts-too-few", {"credits": 30})
    for member, reason in ((ALICE, "gifts-blocked"), (BOB, "gifts-recipient-blocked")):
        await store.database.write(blocks.block, member, None, by=BY)
        assert await give(store, 1) == Refused(reason)
        await store.database.write(blocks.unblock, member, by=BY)
    await store.database.write(server_policies.set_blocked, GUILD, blocked=True)
    assert await give(store, 1) == Refused("gifts-paused")
    await store.database.write(server_policies.set_blocked, GUILD, blocked=False)
    await store.database.write(erasure.request, BOB)  # the credits would be erased, too
    assert await give(store, 1) == Refused("gifts-recipient-blocked")
    assert await give(store, 1, giver=BOB, to=ALICE) == Refused("gifts-erasing")
    assert await extra(store, ALICE, BOB) == [30, 0]
    assert query(store.place, "SELECT 1 FROM gifts") == []


async def test_a_day_has_one_bound_however_it_is_divided(store: StoreHarness) -> None:
    """Concurrent gifts in both directions must not deadlock."""
    for member in (ALICE, BOB):
        await store.database.write(gifts.grant, member, 1000, by=BY)
    there = [give(store, 40) for _ in range(4)]
    back = [give(store, 40, giver=BOB, to=ALICE) for _ in range(4)]
    got = await asyncio.gather(*there, *back)
    assert got.count(None) == 4
    assert got.count(Refused("gifts-over-bound", {"credits": 20})) == 4
    assert await give(store, 20) is None
    await allow_gifts(store.database, GUILD, 60, NOW)
    assert await give(store, 1) == Refused("gifts-over-bound", {"credits": 0})
    await allow_gifts(store.database, GUILD, 100, NOW)
    store.now += DAY
    assert await give(store, 100) is None
    assert await extra(store, ALICE, BOB) == [880, 1120]
    assert_ledger_consistent(store.place)


async def test_an_erasure_is_no_way_to_give_more_on_a_day(store: StoreHarness) -> None:
    """Only a gift's day is kept: its time would identify the giver."""
    for guild in (GUILD, GUILD + 1):
        await store.database.write(gifts.grant, BOB, 1000, by=AuditContext(9, guild))
    store.now = NOW + 5
    for credits in (30, 30):
        assert await give(store, credits, giver=BOB, to=ALICE) is None
        assert await erase(store.database, BOB, store.now)
        await store.database.write(gifts.grant, BOB, 1000, by=BY)  # what was left has lapsed
    moments = "SELECT happened_at, times FROM erased_events WHERE kind = 'gift'"
    assert query(store.place, moments) == [{"happened_at": day_starts_at(NOW), "times": 60}]
    assert await give(store, 41, giver=BOB, to=ALICE) == Refused("gifts-over-bound", {"credits": 40})
    assert await give(store, 40, giver=BOB, to=ALICE) is None
    await store.database.write(gifts.grant, BOB, 1000, by=AuditContext(9, GUILD + 1))
    assert await give(store, 100, giver=BOB, to=ALICE, guild=GUILD + 1) is None
    store.now = day_starts_at(NOW) + DAY
    assert await give(store, 100, giver=BOB, to=ALICE) is None
    assert await give(store, 1, giver=BOB, to=ALICE) == Refused("gifts-over-bound", {"credits": 0})


async def test_an_erasure_ends_no_block_of_either_side(store: StoreHarness) -> None:
    for member, giver, to, reason in (
        (BOB, ALICE, BOB, "gifts-recipient-blocked"),
        (CAROL, CAROL, ALICE, "gifts-blocked"),
    ):
        await store.database.write(blocks.block, member, None, by=BY)
        assert await erase(store.database, member)
        await store.database.write(gifts.grant, giver, 50, by=BY)
        assert await give(store, 10, giver=giver, to=to) == Refused(reason)


async def test_a_recipient_is_told_where_and_in_which_language_they_last_ordered(store: StoreHarness) -> None:
    by = AuditContext(9, GUILD, language=Language.JAPANESE)
    await change_setup(store.database, by, NOW, gift_credits=200)
    await store.database.write(gifts.grant, ALICE, 100, by=BY)
    told: list[tuple[Language, Language, bool, int]] = []
    for chosen, order in ((None, None), (Language.SPANISH, None), (None, Language.GERMAN), (None, Language.FRENCH)):
        if chosen is not None:
            await change_setup(store.database, by, NOW, language=chosen)
        target = DeliveryTarget.CHANNEL if order is None else DeliveryTarget.DIRECT_MESSAGE
        await store.database.write(preferences.change, BOB, delivery_target=target)
        if order is not None:
            await store.queued(replace(a_job(len(told), BOB, cost=1), member_language=order))
        await give(store, 10)
        [[notice]] = await store.database.read(due_notices)
        assert (notice.member_id, notice.subject.giver_id, notice.subject.credits) == (BOB, ALICE, 10)
        told.append((notice.language, notice.subject.server_language, notice.routes[0], notice.subject.channel_id))
        await store.database.write(end_notices, [notice])
    japanese, spanish = Language.JAPANESE, Language.SPANISH
    in_channel = [(each, each, False, CHANNEL) for each in (japanese, spanish)]
    assert told == in_channel + [(each, spanish, True, CHANNEL) for each in (Language.GERMAN, Language.FRENCH)]


async def test_a_recipient_who_is_erased_or_was_told_before_a_restore_is_not_told(store: StoreHarness) -> None:
    await store.database.write(gifts.grant, ALICE, 100, by=BY)
    for recipient in (BOB, CAROL):
        await give(store, 30, to=recipient)
    assert await erase(store.database, BOB)
    assert [each.member_id for [each] in await store.database.read(due_notices)] == [CAROL]
    await store.database.write(restore_review.hold_open_work)
    assert await store.database.read(at_time(NOW + DAY, due_notices)) == []
    assert await store.database.read(messages.next_due_at, NOW) is None
    assert await extra(store, ALICE, CAROL) == [40, 30]
