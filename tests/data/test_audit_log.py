"""Audit entries that are due.

Each server has its turn, and a channel that Discord forbids is left alone.
"""

from __future__ import annotations

import pytest

from bot.domain.quota import AuditAction, AuditContext, LimitScope
from bot.services.quotas import QuotaService
from bot.services.signals import Signals
from data import audit_log, guild_settings
from tests.helpers import audit_flood
from tests.helpers.plans import plans
from tests.helpers.store_harness import ALICE, CHANNEL, GUILD, LIMITS, NOW, StoreHarness

DANA = 9
MINUTE = 60_000


@pytest.fixture
def quotas(store: StoreHarness) -> QuotaService:
    """The managers' changes."""
    return QuotaService(store.database, LIMITS, lambda: store.now, Signals())


async def due(store: StoreHarness, limit: int = 100, after: int = 0) -> list[int]:
    """Return the servers of the due entries."""
    entries = await store.database.read(audit_log.due_entries, store.now, limit, (), after)
    return [entry.guild_id for entry, _ in entries]


async def change(store: StoreHarness, quotas: QuotaService) -> None:
    """Change a limit, a millisecond later."""
    store.now += 1
    await quotas.set_limit(AuditContext(DANA, GUILD), LimitScope.MEMBER, ALICE, 5)


@pytest.mark.sqlite
async def test_due_entries_walk_over_no_servers_backlog(store: StoreHarness) -> None:
    """One index entry of each server is read."""
    steps = await plans(store.database, lambda: due(store))
    assert [step for step in steps if step.startswith(("SCAN audit_log", "SCAN pending"))] == []
    assert sum("audit_log_pending_by_guild" in step for step in steps) == 3


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
async def test_servers_take_turns_where_more_are_due_than_fit(store: StoreHarness, limit: int) -> None:
    """Each gets one entry before any gets a second."""
    for guild_id in range(1, 6):
        audit_flood.write(store.place, guild_id, 20, channel_id=CHANNEL, due_at=NOW - 1000)
    audit_flood.write(store.place, 6, 1, channel_id=CHANNEL, due_at=NOW)
    seen: list[int] = []
    while len(seen) < 6:
        seen += await due(store, limit, seen[-1] if seen else 0)
    assert sorted(seen[:6]) == [1, 2, 3, 4, 5, 6]


async def fail(store: StoreHarness) -> None:
    """Learn that Discord forbids the channel of the oldest entry."""
    [(entry, _)] = await store.database.read(audit_log.due_entries, store.now, 1, ())
    await store.database.write(guild_settings.mark_audit_channel_failed, entry.id, store.now)


async def test_a_forbidden_channel_drops_all_of_its_servers_entries(store: StoreHarness) -> None:
    """5,000 more answers of 403 would have Discord ban the bot's address.

    Other servers keep theirs.
    """
    audit_flood.write(store.place, GUILD, 5_000, channel_id=CHANNEL, due_at=NOW)
    audit_flood.write(store.place, GUILD + 1, 1, channel_id=CHANNEL, due_at=NOW)
    await fail(store)
    assert await due(store) == [GUILD + 1]


async def test_changes_after_that_are_posted_once_ten_minutes_have_passed(
    store: StoreHarness, quotas: QuotaService
) -> None:
    """At most one 403 in ten minutes."""
    audit_flood.write(store.place, GUILD, 1, channel_id=CHANNEL, due_at=NOW)
    await fail(store)
    failed_at = store.now
    for _ in range(3):
        await change(store, quotas)
    assert await due(store) == []
    store.now = failed_at + 10 * MINUTE - 2
    await change(store, quotas)
    assert await due(store) == []
    await change(store, quotas)
    assert await due(store) == [GUILD]


async def test_a_forbidden_channel_that_is_set_again_is_used_at_once(store: StoreHarness, quotas: QuotaService) -> None:
    """As /quota show asks for."""
    audit_flood.write(store.place, GUILD, 1, channel_id=CHANNEL, due_at=NOW)
    await fail(store)
    await quotas.set_audit_channel(AuditContext(DANA, GUILD), CHANNEL)
    [(entry, _)] = await store.database.read(audit_log.due_entries, store.now, 9, ())
    assert entry.action is AuditAction.SET_AUDIT_CHANNEL


async def test_a_clock_that_is_set_back_does_not_prolong_the_pause(store: StoreHarness, quotas: QuotaService) -> None:
    """A failure in the future does not count."""
    audit_flood.write(store.place, GUILD, 1, channel_id=CHANNEL, due_at=NOW)
    await fail(store)
    store.now -= 60 * MINUTE
    await change(store, quotas)
    assert await due(store) == [GUILD]
