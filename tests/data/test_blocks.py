"""Blocks and staff channels, with their audit entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.quota import AuditAction, AuditContext, Block, LimitScope
from bot.errors import DuplicateInteraction
from bot.services.quotas import QuotaService
from bot.services.signals import Signals
from data import audit_log, blocks, staff_channel
from data.setup_changes import SetupChanged, SetupUnchanged
from tests.helpers.ledger_checks import query, snapshot
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, HOUR, LIMITS, NOW, StoreHarness

DANA, ELSEWHERE, ANYWHERE, CHANNEL = 9, 99, 100, 20


@pytest.fixture
def quotas(store: StoreHarness) -> QuotaService:
    """The quota service, which managers use."""
    return QuotaService(store.database, LIMITS, store.clock, Signals())


def dana(guild: int = GUILD, reason: str = "spam") -> AuditContext:
    """Return the context of a change by Dana without an interaction."""
    return AuditContext(DANA, guild, reason)


async def lines(store: StoreHarness) -> list[tuple[int, AuditAction, int]]:
    """Return the server, action and channel of each due audit entry."""
    return [
        (each.guild_id, each.action, channel)
        for each, channel in await store.database.read(audit_log.due_entries, store.now, 10, ())
    ]


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_new_block_replaces_the_old(store: StoreHarness, quotas: QuotaService) -> None:
    """The new end and reason replace the earlier ones."""
    await quotas.block(dana(), ALICE, None)
    await quotas.block(dana(reason="less spam"), ALICE, 1)
    assert await quotas.active_block(GUILD, ALICE) == Block(NOW + HOUR, "less spam")
    lengths = query(store.place, "SELECT duration_hours FROM audit_log WHERE action = 'block'")
    assert {row["duration_hours"] for row in lengths} == {None, 1}
    assert await quotas.unblock(dana(), ALICE) is True
    assert await quotas.active_block(GUILD, ALICE) is None


async def test_a_block_that_has_ended_is_none(store: StoreHarness, quotas: QuotaService) -> None:
    await quotas.block(dana(), ALICE, 1)
    store.now += HOUR
    assert await quotas.active_block(GUILD, ALICE) is None


async def test_a_block_is_lifted_in_one_server_and_for_one_member(quotas: QuotaService) -> None:
    """The same member elsewhere, and another one here, stay blocked."""
    for guild, member in ((GUILD, ALICE), (ELSEWHERE, ALICE), (GUILD, BOB)):
        await quotas.block(dana(guild), member, None)
    assert await quotas.unblock(dana(), ALICE)
    assert await quotas.active_block(GUILD, ALICE) is None
    assert await quotas.active_block(ELSEWHERE, ALICE) == await quotas.active_block(GUILD, BOB) == Block(None, "spam")


async def test_a_block_that_has_ended_by_itself_is_not_lifted(store: StoreHarness, quotas: QuotaService) -> None:
    """The log has no line about it."""
    await quotas.block(dana(), ALICE, 1)
    store.now += HOUR
    assert not await quotas.unblock(dana(), ALICE)
    assert query(store.place, "SELECT 1 AS one FROM audit_log WHERE action = 'unblock'") == []


async def test_an_interaction_unblocks_once(quotas: QuotaService) -> None:
    """Around a deploy two processes get it; only the first may respond."""
    await quotas.block(dana(), ALICE, None)
    by = AuditContext(DANA, GUILD, interaction_id=5)
    assert await quotas.unblock(by, ALICE)
    with pytest.raises(DuplicateInteraction):
        await quotas.unblock(by, ALICE)


@pytest.mark.parametrize(("hours", "stays"), [(None, True), (1, False)])
async def test_a_time_out_replaces_only_a_block_that_has_ended(
    store: StoreHarness, quotas: QuotaService, hours: int | None, stays: bool
) -> None:
    await quotas.block(dana(), ALICE, hours)
    store.now += HOUR
    timed_out = await store.database.write(lambda tx: blocks.time_out(tx, ALICE, 2, by=dana(), now=store.now))
    assert await quotas.active_block(GUILD, ALICE) == (Block(None, "spam") if stays else timed_out)


async def test_a_block_everywhere_is_named_before_the_servers_own(quotas: QuotaService) -> None:
    """The server's staff can't end it."""
    await quotas.block(dana(), ALICE, None)
    await quotas.block(AuditContext(0, blocks.EVERYWHERE, "spam"), ALICE, None)
    found = await quotas.active_block(GUILD, ALICE)
    assert found == Block(None, "spam", everywhere=True)


async def test_a_new_block_leaves_the_others_as_they_are(quotas: QuotaService) -> None:
    """A block replaces only one of the same member and server."""
    for guild, member in ((ELSEWHERE, ALICE), (GUILD, BOB), (GUILD, ALICE)):
        await quotas.block(dana(guild), member, None)
    await quotas.block(dana(reason="less spam"), ALICE, 1)
    assert await quotas.active_block(GUILD, ALICE) == Block(NOW + HOUR, "less spam")
    assert await quotas.active_block(ELSEWHERE, ALICE) == await quotas.active_block(GUILD, BOB) == Block(None, "spam")


async def test_an_overview_lists_current_blocks(store: StoreHarness, quotas: QuotaService) -> None:
    """Ended blocks and those of other servers are left out."""
    await quotas.block(dana(), ALICE, 1)
    await quotas.block(dana(), BOB, None)
    await quotas.block(dana(), CAROL, 2)
    await quotas.block(dana(ELSEWHERE), DANA, None)
    store.now += HOUR - 1
    everyone = {ALICE: Block(NOW + HOUR, "spam"), BOB: Block(None, "spam"), CAROL: Block(NOW + 2 * HOUR, "spam")}
    assert dict((await quotas.guild_quotas(GUILD)).blocked) == everyone
    store.now += 1
    del everyone[ALICE]
    assert dict((await quotas.guild_quotas(GUILD)).blocked) == everyone


async def test_an_overview_shows_the_limits_of_its_server(store: StoreHarness, quotas: QuotaService) -> None:
    """Limits that another server set are left out."""
    for guild, more in ((ELSEWHERE, 1000), (GUILD, 0)):
        await quotas.set_limit(dana(guild), LimitScope.DEFAULT, 0, more + 1)
        await quotas.set_limit(dana(guild), LimitScope.SERVER, 0, more + 2)
        await quotas.set_limit(dana(guild), LimitScope.MEMBER, ALICE, more + 3)
        await quotas.set_limit(dana(guild), LimitScope.ROLE, 31, more + 4)
        await choose_staff_channel(store.database, dana(guild), more + 5, store.now)
    seen = await quotas.guild_quotas(GUILD)
    assert (seen.bot_default, seen.default, seen.server) == (LIMITS.member, 1, 2)
    assert (seen.members, seen.roles) == (((ALICE, 3),), ((31, 4),))
    assert (seen.staff_channel_id, seen.staff_channel_failed_at) == (5, None)


# ── staff channels ───────────────────────────────────────────────────────────────────────────────────────────────


async def closed(store: StoreHarness) -> None:
    """Have Discord forbid one server's staff channel, but not another's."""
    for guild in (ELSEWHERE, GUILD):
        await choose_staff_channel(store.database, dana(guild), CHANNEL, store.now)
        store.now += 1
    [(entry, _), _] = await store.database.read(audit_log.due_entries, store.now, 10, ())
    assert entry.guild_id == GUILD
    await store.database.write(staff_channel.mark_staff_channel_failed, entry.id, CHANNEL, store.now)


async def test_a_closed_channel_is_told_in_its_servers_overview_alone(
    store: StoreHarness, quotas: QuotaService
) -> None:
    """The failed channel's entry stays in the log, but isn't due."""
    await closed(store)
    assert (await quotas.guild_quotas(GUILD)).staff_channel_failed_at == store.now
    assert (await quotas.guild_quotas(ELSEWHERE)).staff_channel_failed_at is None
    assert await lines(store) == [(ELSEWHERE, AuditAction.CHANGE_SETTING, CHANNEL)]
    assert len(query(store.place, "SELECT id FROM audit_log")) == 2


@pytest.mark.parametrize("channel", [CHANNEL, CHANNEL + 1, None])
async def test_a_channel_that_is_named_anew_counts_as_open(
    store: StoreHarness, quotas: QuotaService, channel: int | None
) -> None:
    """The choice may be the same channel, another one, or none."""
    await closed(store)
    if channel is None:
        await choose_staff_channel(store.database, dana(), None, store.now)
    else:
        await choose_staff_channel(store.database, dana(), channel, store.now)
    seen = await quotas.guild_quotas(GUILD)
    assert (seen.staff_channel_id, seen.staff_channel_failed_at) == (channel, None)


async def test_entries_in_progress_are_excluded_from_due_entries(store: StoreHarness) -> None:
    """The limit does not include entries in progress."""
    for guild in (GUILD, ELSEWHERE, ANYWHERE):
        await choose_staff_channel(store.database, dana(guild), CHANNEL, store.now)
        store.now += 1
    first, second, third = (
        entry.id for entry, _ in await store.database.read(audit_log.due_entries, store.now, 10, ())
    )
    for limit, exclude, left in ((1, (first, second), [third]), (1, (second,), [first]), (2, (), [first, second])):
        assert [
            entry.id for entry, _ in await store.database.read(audit_log.due_entries, store.now, limit, exclude)
        ] == left


async def test_an_entry_is_due_in_its_servers_current_channel(store: StoreHarness) -> None:
    """A server without a staff channel has no due entry."""
    for guild, channel in ((GUILD, CHANNEL), (ELSEWHERE, CHANNEL + 5), (GUILD, CHANNEL + 1)):
        await choose_staff_channel(store.database, dana(guild), channel, store.now)
        store.now += 1
    assert {(server, channel) for server, _, channel in await lines(store)} == {
        (GUILD, CHANNEL + 1),
        (ELSEWHERE, CHANNEL + 5),
    }
    assert isinstance(await choose_staff_channel(store.database, dana(), None, store.now), SetupChanged)
    assert isinstance(await choose_staff_channel(store.database, dana(), None, store.now), SetupUnchanged)
    assert {server for server, _, _ in await lines(store)} == {ELSEWHERE}


async def test_a_rescheduled_entry_is_due_at_its_time(store: StoreHarness) -> None:
    for guild in (GUILD, ELSEWHERE):
        await choose_staff_channel(store.database, dana(guild), CHANNEL, store.now)
        store.now += 1
    [first, _] = [entry.id for entry, _ in await store.database.read(audit_log.due_entries, store.now, 10, ())]
    await store.database.write(audit_log.reschedule, first, NOW + HOUR)
    assert [server for server, _, _ in await lines(store)] == [ELSEWHERE]
    assert await store.database.read(audit_log.next_due_at, store.now) == NOW + HOUR
    store.now = NOW + HOUR
    assert sorted(server for server, _, _ in await lines(store)) == [GUILD, ELSEWHERE]
    await store.database.write(audit_log.reschedule, first, None)
    assert [server for server, _, _ in await lines(store)] == [ELSEWHERE]


# ── the record ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_changes_of_one_millisecond_keep_their_order(store: StoreHarness, quotas: QuotaService) -> None:
    for credits in range(1, 21):
        await quotas.set_limit(dana(), LimitScope.DEFAULT, 0, credits)
    rows = query(store.place, "SELECT amount FROM audit_log ORDER BY id DESC")
    assert [row["amount"] for row in rows] == list(range(20, 0, -1))


async def test_each_committed_change_signals_a_due_entry(store: StoreHarness, path: Path) -> None:
    """The entry is committed before the signal, and refusals signal nothing."""
    noted, signals = list[int](), Signals()
    signals.subscribe("audit", lambda: noted.append(len(snapshot(path)["audit_log"])))
    quotas = QuotaService(store.database, LIMITS, store.clock, signals)
    await quotas.set_limit(dana(), LimitScope.SERVER, 0, 300)
    await quotas.set_limit(dana(), LimitScope.DEFAULT, 0, 300)
    await quotas.grant(dana(), ALICE, 50)
    await quotas.block(dana(), BOB, None)
    assert await quotas.revoke(dana(), ALICE, 51) == 50
    assert await quotas.unblock(dana(), BOB)
    assert noted == [1, 2, 3, 4, 5]
