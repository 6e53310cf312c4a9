"""A server's data is deleted 30 days after the bot leaves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.domain.delivery import PostedMessage
from bot.domain.jobs import EndReason, JobState
from bot.domain.message import MessageKind
from bot.domain.orders import Quote
from bot.domain.process import Shard
from bot.domain.quota import AuditContext, LimitScope
from bot.services.privacy import clear_old_data
from data import blocks, budgets, departed_servers, gifts, message_deletions, messages, orders, renders, server_policies
from data.engine import rows
from data.quotes import save as save_quote
from data.reconciliation import find_discrepancies
from tests.helpers.at_time import at_time
from tests.helpers.due_work import to_delete
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query
from tests.helpers.member_data import ADA, MARKS, OTHER_GUILD, erase, fill_member, traces
from tests.helpers.personal_columns import EXPORTED, NOTHING, OWN
from tests.helpers.pitching import Pitching
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job

DANA, OTHER = 9, 11
ONLY = Shard(0, 1)
LATER = NOW + 20 * DAY


async def filled(store: StoreHarness) -> None:
    for guild in (GUILD, OTHER):
        by = AuditContext(DANA, guild, "as agreed")
        await choose_staff_channel(store.database, by, 555, NOW)
        await store.database.write(budgets.set_limit, LimitScope.MEMBER, ALICE, 500, by=by)
        await store.database.write(gifts.grant, ALICE, 100, by=by)
        await store.database.write(blocks.block, BOB, None, by=by)
        await store.decline_credits(ALICE, guild, by=DANA)
        for number, member in ((1, ALICE), (2, ALICE), (3, 4)):
            job = replace(a_job(100 * guild + number, member, cost=10, guild=guild), member_name="someone")
            await store.in_state(job, JobState.COMPLETED)


async def forget(store: StoreHarness, *, after: int) -> None:
    store.now = NOW + after
    await clear_old_data(store.database, store.clock, 0)


def ids_in(store: StoreHarness, guild: int) -> set[int]:
    return {
        row["id"]
        for table, column in OWN
        if (table, "guild_id") in EXPORTED | NOTHING
        for row in query(store.place, f"SELECT {column} AS id FROM {table} WHERE guild_id = ?", guild)
        if row["id"] is not None and row["id"] > 0
    }


async def test_a_departed_servers_data_goes_after_30_days(store: StoreHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(departed_servers, "_BATCH", 1)
    await filled(store)
    for guild in (GUILD, OTHER):
        message = PostedMessage(CHANNEL, guild)
        await store.database.write(message_deletions.delete, a_job(100 * guild + 1).id, message)
    await store.database.write(server_policies.set_blocked, GUILD, blocked=True)
    await store.database.write(departed_servers.record_left, GUILD)
    before = assert_ledger_consistent(store.place)
    await forget(store, after=30 * DAY)
    assert ids_in(store, GUILD) >= {ALICE, BOB, DANA}
    await forget(store, after=30 * DAY + HOUR)
    assert ids_in(store, GUILD) == set()
    for table in ("guild_settings", "audit_log", "quotes", "member_blocks", "quota_limits", "credit_requests"):
        assert query(store.place, f"SELECT 1 AS one FROM {table} WHERE guild_id = {GUILD}") == []
    words = query(store.place, f"SELECT prompt, member_name, movie_url FROM jobs WHERE guild_id = {GUILD}")
    assert words == [{"prompt": "", "member_name": "", "movie_url": None}] * 3
    assert ids_in(store, OTHER) >= {ALICE, BOB, DANA, 4}
    after = assert_ledger_consistent(store.place)
    totals = {key: total for key, total in before.items() if key[0] in ("server", "plan")}
    assert {key: total for key, total in after.items() if key[0] in ("server", "plan")} == totals
    assert await store.database.read_long(find_discrepancies) == ()
    assert [each.message_id for each in await store.database.read(at_time(NOW + 31 * DAY, to_delete))] == [OTHER]
    assert (await store.database.read(server_policies.list_all))[GUILD].blocked
    assert query(store.place, "SELECT * FROM departed_servers") == []


async def test_nothing_of_a_member_is_left_of_the_servers_that_the_bot_left(store: StoreHarness) -> None:
    await fill_member(store)
    await store.database.write(
        orders.cancel, a_job(9).id, EndReason.CANCELLED_BY_MEMBER, only_from=(JobState.QUEUED,), notify=False
    )
    for guild in (9, GUILD, OTHER_GUILD):
        await store.database.write(departed_servers.record_left, guild)
    kept = "SELECT * FROM member_preferences ORDER BY member_id"
    before = query(store.place, kept)
    await forget(store, after=31 * DAY)
    assert query(store.place, "SELECT * FROM departed_servers") == []
    assert traces(store.place, *MARKS) == {("member_preferences", "member_id")}
    assert query(store.place, kept) == before
    assert await store.database.read_long(find_discrepancies) == ()


@pytest.mark.parametrize(("left", "kept"), [(GUILD, 0), (OTHER, 1)])
async def test_a_departed_servers_blocks_of_erased_members_go(store: StoreHarness, left: int, kept: int) -> None:
    await store.database.write(blocks.block, ADA, None, by=AuditContext(DANA, GUILD))
    assert await erase(store.database)
    await store.database.write(departed_servers.record_left, left)
    await forget(store, after=31 * DAY)
    assert len(query(store.place, "SELECT * FROM erased_decisions")) == kept


async def test_open_jobs_end_before_their_member_is_forgotten(store: StoreHarness) -> None:
    await filled(store)
    job = await store.rendering(a_job(5000, 4, cost=10))
    await store.database.write(departed_servers.record_left, GUILD)
    await forget(store, after=31 * DAY)
    assert ALICE not in {row["member_id"] for row in query(store.place, "SELECT * FROM jobs WHERE guild_id = 10")}
    assert (await store.found(job.id)).member_id == 4
    kept = query(store.place, f"SELECT staff_channel_id FROM guild_settings WHERE guild_id = {GUILD}")
    assert kept == [{"staff_channel_id": 555}]
    await store.database.write(at_time(NOW + 31 * DAY, renders.complete), job.id, "https://movies.test/1.mp4")
    await forget(store, after=62 * DAY)
    assert ids_in(store, GUILD) == set()
    assert await store.database.read_long(find_discrepancies) == ()


async def test_a_member_s_words_and_choices_go_while_another_member_has_an_open_job(store: StoreHarness) -> None:
    await filled(store)
    await store.rendering(a_job(5000, 4, cost=10))
    pitching = Pitching(store.database, store.place, LIMITS)
    pitch = await pitching.made(300, 4)
    for guild in (GUILD, OTHER):
        asked = Quote(f"quote-{guild}", guild, CHANNEL, ALICE, a_job(1).request, 10, NOW)
        await store.database.write(save_quote, asked)
        await store.database.write(messages.announce, MessageKind.RETURNED, f"{pitch.id}-{guild}", ALICE, guild)
    votes = f"('{pitch.id}', {ALICE}), ('{pitch.id}', 4)"
    execute(store.place, f"INSERT INTO pitch_votes (pitch_id, member_id) VALUES {votes}")
    await store.database.write(departed_servers.record_left, GUILD)
    await forget(store, after=31 * DAY)
    for table in ("quotes", "credit_requests", "messages"):
        guilds = query(store.place, f"SELECT DISTINCT guild_id FROM {table} WHERE member_id = {ALICE}")
        assert guilds == [{"guild_id": OTHER}]
    assert query(store.place, "SELECT member_id FROM pitch_votes") == [{"member_id": 4}]
    assert len(query(store.place, f"SELECT * FROM member_blocks WHERE guild_id = {GUILD}")) == 1, "it may come back"


async def test_servers_that_the_bot_left_meanwhile_are_found_by_comparison(store: StoreHarness) -> None:
    departed = "SELECT * FROM departed_servers"
    await store.database.write(departed_servers.compare, {GUILD}, ONLY)
    await store.database.write(departed_servers.record_joined, OTHER)
    elsewhere = Shard(1, 2)
    await store.database.write(departed_servers.compare, {GUILD}, elsewhere)
    assert query(store.place, departed) == []
    await store.database.write(departed_servers.compare, {GUILD}, ONLY)
    assert query(store.place, departed) == [{"guild_id": OTHER, "left_at": NOW}]
    await store.database.write(at_time(NOW + DAY, departed_servers.compare), {GUILD}, ONLY)
    assert query(store.place, departed) == [{"guild_id": OTHER, "left_at": NOW}]
    await store.database.write(at_time(NOW + DAY, departed_servers.compare), {GUILD, OTHER}, ONLY)
    assert query(store.place, departed) == []
    await store.database.write(at_time(NOW + 2 * DAY, departed_servers.compare), set[int](), ONLY)
    assert [row["guild_id"] for row in query(store.place, departed)] == [GUILD, OTHER]


async def test_a_server_that_comes_back_while_it_is_forgotten_keeps_the_rest(store: StoreHarness) -> None:
    await filled(store)
    await store.database.write(departed_servers.record_left, GUILD)
    later = NOW + 31 * DAY
    assert await store.database.read(at_time(later, departed_servers.due)) == [GUILD]
    await store.database.write(departed_servers.record_joined, GUILD)
    assert not await store.database.write(at_time(later, departed_servers.forget_member), GUILD, ALICE)
    for forget_rest in (departed_servers.forget_entries, departed_servers.forget_server):
        assert not await store.database.write(at_time(later, forget_rest), GUILD)
    assert ids_in(store, GUILD) >= {ALICE, BOB, DANA}


async def _joins_and_leaves_again(store: StoreHarness) -> None:
    """A new period of 30 days begins when it leaves again."""
    await store.database.write(departed_servers.record_joined, GUILD)
    await store.database.write(at_time(LATER, departed_servers.record_left), GUILD)
    await store.database.write(at_time(NOW + 1, departed_servers.record_left), GUILD)  # another gateway, later


@pytest.mark.parametrize(
    "since",
    [
        _joins_and_leaves_again,
        lambda store: store.queued(a_job(5000, cost=10, at=LATER)),  # an app that has commands only is in no server
        lambda store: store.database.write(at_time(LATER, blocks.block), 4, None, by=AuditContext(DANA, GUILD)),
    ],
)
async def test_a_used_server_keeps_data(store: StoreHarness, since: Callable[[StoreHarness], Awaitable[None]]) -> None:
    await filled(store)
    await store.database.write(departed_servers.record_left, GUILD)
    await since(store)
    await forget(store, after=40 * DAY)
    assert ids_in(store, GUILD) >= {ALICE, BOB, DANA}


async def test_a_forgotten_server_is_not_found_again_and_greeted_when_it_is_back(store: StoreHarness) -> None:
    await filled(store)
    greeted = [f"{name}:{guild}" for guild in (GUILD, OTHER) for name in ("welcome", "gallery")]
    for key in greeted:
        await store.database.write(rows.add, key, "1")
    await store.database.write(departed_servers.record_joined, GUILD)
    await store.database.write(departed_servers.record_left, GUILD)
    await forget(store, after=31 * DAY)
    assert [await store.database.read(rows.get, key) for key in greeted] == [None, None, "1", "1"]
    await store.database.write(at_time(NOW + 32 * DAY, departed_servers.compare), {777}, ONLY)
    await forget(store, after=400 * DAY)
    assert query(store.place, "SELECT * FROM departed_servers") == []
    assert ids_in(store, OTHER) >= {ALICE, BOB, DANA}
