"""Blocks of members, and the overview of a server."""

from __future__ import annotations

import pytest

from bot.domain.quota import AuditContext, Block, LimitScope
from bot.errors import DuplicateInteraction
from bot.services.quotas import QuotaService
from data import blocks
from tests.helpers.ledger_checks import query
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, HOUR, LIMITS, NOW, StoreHarness

DANA, ELSEWHERE = 9, 99
SPAM = Block(None, "spam")


def dana(guild: int = GUILD, reason: str = "spam") -> AuditContext:
    """Return the context of a change by Dana without an interaction."""
    return AuditContext(DANA, guild, reason)


async def test_a_block_is_of_one_member_and_server_and_replaces_theirs(
    store: StoreHarness, quotas: QuotaService
) -> None:
    for guild, member in ((ELSEWHERE, ALICE), (GUILD, BOB), (GUILD, ALICE)):
        await quotas.block(dana(guild), member, None)
    await quotas.block(dana(reason="less spam"), ALICE, 1)
    assert await quotas.active_block(GUILD, ALICE) == Block(NOW + HOUR, "less spam")
    lengths = query(store.place, "SELECT duration_hours FROM audit_log WHERE reason LIKE '%spam' ORDER BY id")
    assert [row["duration_hours"] for row in lengths] == [None, None, None, 1]
    assert await quotas.unblock(dana(), ALICE)
    assert await quotas.active_block(GUILD, ALICE) is None
    assert await quotas.active_block(ELSEWHERE, ALICE) == await quotas.active_block(GUILD, BOB) == SPAM


async def test_a_block_that_has_ended_by_itself_is_not_lifted(store: StoreHarness, quotas: QuotaService) -> None:
    """The log has no line about it."""
    await quotas.block(dana(), ALICE, 1)
    store.now += HOUR - 1
    assert await quotas.active_block(GUILD, ALICE) is not None
    store.now += 1
    assert await quotas.active_block(GUILD, ALICE) is None
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
    assert await quotas.active_block(GUILD, ALICE) == (SPAM if stays else timed_out)


async def test_a_block_everywhere_is_named_before_the_servers_own(quotas: QuotaService) -> None:
    """The server's staff can't end it."""
    await quotas.block(dana(), ALICE, None)
    await quotas.block(AuditContext(0, blocks.EVERYWHERE, "spam"), ALICE, None)
    assert await quotas.active_block(GUILD, ALICE) == Block(None, "spam", everywhere=True)


async def test_an_overview_has_the_blocks_and_limits_of_its_server(store: StoreHarness, quotas: QuotaService) -> None:
    """Ended blocks, and what another server set, are left out."""
    await quotas.block(dana(), ALICE, 1)
    await quotas.block(dana(), BOB, None)
    await quotas.block(dana(), CAROL, 2)
    await quotas.block(dana(ELSEWHERE), DANA, None)
    for guild, more in ((ELSEWHERE, 1000), (GUILD, 0)):
        await quotas.set_limit(dana(guild), LimitScope.DEFAULT, 0, more + 1)
        await quotas.set_limit(dana(guild), LimitScope.SERVER, 0, more + 2)
        await quotas.set_limit(dana(guild), LimitScope.MEMBER, ALICE, more + 3)
        await quotas.set_limit(dana(guild), LimitScope.ROLE, 31, more + 4)
        await choose_staff_channel(store.database, dana(guild), more + 5, store.now)
    store.now += HOUR
    seen = await quotas.guild_quotas(GUILD)
    assert dict(seen.blocked) == {BOB: SPAM, CAROL: Block(NOW + 2 * HOUR, "spam")}
    assert (seen.bot_default, seen.default, seen.server) == (LIMITS.member, 1, 2)
    assert (seen.members, seen.roles) == (((ALICE, 3),), ((31, 4),))
    assert (seen.staff_channel_id, seen.staff_channel_failed_at) == (5, None)
