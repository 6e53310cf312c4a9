"""The audit log: each entry is due once, servers take turns, and a channel that Discord forbids is skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.jobs import JobState
from bot.domain.message import MessageKind
from bot.domain.quota import AuditAction, AuditContext, AuditEvent, LimitScope
from data import account_queries, audit_log, blocks, budgets, gifts, messages, staff_channel
from data.database import Transaction
from data.messages import DueMessage
from tests.helpers.at_time import at_time
from tests.helpers.due_work import due_entries, due_states
from tests.helpers.ledger_checks import execute, snapshot
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, GUILD, HOUR, NOW, StoreHarness, a_job

DANA = 9
MINUTE = 60_000


def dana(reason: str = "", guild: int = GUILD) -> AuditContext:
    return AuditContext(DANA, guild, reason)


async def flood(store: StoreHarness, guild: int, count: int, at: int = NOW) -> None:
    await choose_staff_channel(store.database, dana(guild=guild), CHANNEL, at)

    def record(tx: Transaction) -> None:
        for member in range(1, count):
            audit_log.record(tx, AuditEvent(dana(guild=guild), AuditAction.SET_MEMBER_LIMIT, member, 5))

    await store.database.write(at_time(at, record))


async def due(store: StoreHarness) -> list[int]:
    return [entry.by.guild_id for entry, _ in await store.database.read(due_entries)]


async def test_what_was_noted_before_there_was_a_channel_is_not_posted(store: StoreHarness) -> None:
    await choose_staff_channel(store.database, dana(guild=GUILD + 1), 21, NOW)
    await store.database.write(budgets.set_limit, LimitScope.DEFAULT, 0, 300, by=dana())
    await choose_staff_channel(store.database, dana(), 20, NOW)
    await store.database.write(blocks.block, BOB, None, by=dana("spam"))
    posted = [(entry.action, channel) for entry, channel in await store.posted_lines(NOW) if entry.by.guild_id == GUILD]
    assert posted == [(AuditAction.CHANGE_SETTING, 20), (AuditAction.BLOCK, 20)]


async def test_entries_are_posted_in_order_in_their_servers_current_channel(store: StoreHarness) -> None:
    other = GUILD + 1
    for guild, channel in ((GUILD, CHANNEL), (other, CHANNEL + 5), (GUILD, CHANNEL + 1)):
        await choose_staff_channel(store.database, dana(guild=guild), channel, store.now)
        store.now += 1
    entries = await store.database.read(due_entries)
    assert {(entry.by.guild_id, channel) for entry, channel in entries} == {(GUILD, CHANNEL + 1), (other, CHANNEL + 5)}
    mine, _ = await store.database.read(due_states, MessageKind.AUDIT_LOG)
    await store.database.write(messages.retry, mine, NOW + HOUR)
    assert await due(store) == [other], "a later entry waits for the first"
    await choose_staff_channel(store.database, dana(), CHANNEL + 2, store.now)
    assert await due(store) == [other, GUILD], "another channel is tried at once"
    posted = [(entry.setting_value, channel) for entry, channel in await store.posted_lines(store.now)]
    assert posted[1:] == [(CHANNEL + number, CHANNEL + 2) for number in range(3)]
    assert await store.database.read(messages.next_due_at, 0) is None
    for channel, changed in ((CHANNEL, True), (None, True), (None, False)):
        assert bool((await choose_staff_channel(store.database, dana(), channel, store.now)).changed) is changed
    assert await due(store) == []


async def test_a_change_and_its_note_are_one(store: StoreHarness, path: Path) -> None:
    execute(path, "CREATE TRIGGER full BEFORE INSERT ON audit_log BEGIN SELECT RAISE(ABORT, 'full'); END")
    await store.in_state(a_job(1, cost=100, at=store.now), JobState.COMPLETED)
    before = snapshot(path)
    for change in (
        store.database.write(budgets.set_limit, LimitScope.DEFAULT, 0, 300, by=dana()),
        store.database.write(gifts.grant, ALICE, 50, by=dana("a prize")),
        store.database.write(blocks.block, ALICE, None, by=dana("spam")),
        store.database.write(gifts.reset_usage, ALICE, by=dana()),
        choose_staff_channel(store.database, dana(), 20, store.now),
    ):
        with pytest.raises(Exception, match="full"):
            await change
    assert snapshot(path) == before


async def test_servers_take_turns_where_more_are_due_than_fit(store: StoreHarness) -> None:
    for guild_id in range(1, 6):
        await flood(store, guild_id, 20, NOW - 1000)
    await flood(store, 6, 1, NOW - 1)
    seen: list[int] = []
    while len(seen) < 6:
        [message] = await store.database.read(messages.due, 1, ())
        seen.append(message.guild_id)
        await flood(store, message.guild_id, 2)  # even where more are noted meanwhile
        await store.database.write(end_first, message)
    assert sorted(seen) == [1, 2, 3, 4, 5, 6]


def end_first(tx: Transaction, message: DueMessage) -> None:
    audit_log.end_entry(tx, message, audit_log.next_entry(tx, message.guild_id)[0].id)


async def fail(store: StoreHarness) -> None:
    await store.database.write(staff_channel.mark_closed, GUILD, CHANNEL)


async def test_a_forbidden_channel_drops_its_servers_entries_for_ten_minutes(store: StoreHarness) -> None:
    """Thousands of 403 responses would get the bot's address banned."""
    await flood(store, GUILD, 50)
    await flood(store, GUILD + 1, 1)
    await fail(store)
    assert await due(store) == [GUILD + 1]
    for guild, failed_at in ((GUILD, NOW), (GUILD + 1, None)):
        assert (await store.database.read(account_queries.guild_quotas, guild)).staff_channel_failed_at == failed_at
    for channel in (CHANNEL, CHANNEL + 1):
        await choose_staff_channel(store.database, dana(), channel, NOW)
        (entry, place), *_ = await store.database.read(due_entries)
        assert (entry.action, place) == (AuditAction.CHANGE_SETTING, channel)
        assert (await store.database.read(account_queries.guild_quotas, GUILD)).staff_channel_failed_at is None
    await fail(store)
    assert GUILD in await due(store), "the server has another staff channel by now"
    assert (await store.database.read(account_queries.guild_quotas, GUILD)).staff_channel_failed_at is None
    await flood(store, GUILD, 1)
    await fail(store)
    for after, posted in ((1, []), (10 * MINUTE - 1, []), (10 * MINUTE, [GUILD]), (-60 * MINUTE, [GUILD])):
        await store.posted_lines(NOW + HOUR)
        store.now = NOW + after
        await store.database.write(budgets.set_limit, LimitScope.MEMBER, ALICE, 5, by=dana())
        assert await due(store) == posted
