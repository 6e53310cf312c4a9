"""Servers that the bot left; their data goes after 30 days.

A server that orders without the bot in it (an app may be authorized for commands only) keeps its data. What a server
cost the plan, and the operator's own decisions about it, stay. Times are UTC epoch milliseconds.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bot.domain.credits import Month
from bot.domain.shards import Shard
from data import preferences, pseudonyms
from data.database import Transaction

KEPT_MS: Final = 30 * 24 * 3_600_000

_BATCH: Final = 500

_WITH_DATA: Final = """
SELECT guild_id FROM guild_settings UNION SELECT guild_id FROM quota_limits
UNION SELECT guild_id FROM member_blocks WHERE guild_id > 0
UNION SELECT guild_id FROM balances WHERE scope IN ('member', 'extra') AND member_id > 0
"""

_DUE: Final = """
SELECT guild_id FROM departed_servers AS departed WHERE left_at < :before AND NOT EXISTS (
    SELECT 1 FROM ledger_entries AS entries WHERE entries.guild_id = departed.guild_id
    AND entries.month >= :month AND entries.created_at >= :before)
ORDER BY left_at
"""

_MEMBERS: Final = """
SELECT member_id FROM balances
WHERE scope IN ('member', 'extra') AND guild_id = :guild_id AND member_id > :after
GROUP BY member_id ORDER BY member_id LIMIT :limit
"""

_SETTINGS: Final = ("quota_limits", "member_blocks", "guild_settings", "failure_waivers", "quotes", "credit_requests")


def record_left(tx: Transaction, guild_id: int, now: int) -> None:
    """Record that the bot is no longer in a server.

    Idempotent: the first time counts.
    """
    tx.execute(
        "INSERT INTO departed_servers (guild_id, left_at) VALUES (:guild_id, :now) ON CONFLICT (guild_id) DO NOTHING",
        {"guild_id": guild_id, "now": now},
    )


def record_joined(tx: Transaction, guild_id: int) -> None:
    """Record that the bot is in a server again."""
    tx.execute("DELETE FROM departed_servers WHERE guild_id = :guild_id", {"guild_id": guild_id})


def compare(tx: Transaction, present: Collection[int], shard: Shard, now: int) -> None:
    """Compare the servers of a shard with those that have data.

    `present` are the shard's own, as Discord lists them at the start of a session. Unavailable ones are among them.
    """
    departed = {row["guild_id"] for row in tx.fetch_all("SELECT guild_id FROM departed_servers")}
    for guild_id in departed.intersection(present):
        record_joined(tx, guild_id)
    for row in tx.fetch_all(_WITH_DATA):
        guild_id = row["guild_id"]
        if guild_id not in present and guild_id not in departed and Shard.serving(guild_id, shard.count) == shard:
            record_left(tx, guild_id, now)


def due(tx: Transaction, now: int) -> list[int]:
    """Return the servers whose data goes now."""
    before = now - KEPT_MS
    rows = tx.fetch_all(_DUE, {"before": before, "month": str(Month.containing(before))})
    return [row["guild_id"] for row in rows]


def members(tx: Transaction, guild_id: int, after: int) -> list[int]:
    """Return the next members of a server that have an account."""
    rows = tx.fetch_all(_MEMBERS, {"guild_id": guild_id, "after": after, "limit": _BATCH})
    return [row["member_id"] for row in rows]


def forget_member(tx: Transaction, guild_id: int, member_id: int) -> bool:
    """Take a member out of a server's records.

    Return False where they have open jobs: those end first.
    """
    preferences.lock(tx, member_id)
    if pseudonyms.has_open_jobs(tx, guild_id, member_id):
        return False
    pseudonyms.replace(tx, guild_id, member_id, pseudonyms.generate())
    return True


def forget_entries(tx: Transaction, guild_id: int) -> int:
    """Delete entries of a server's audit log; return how many."""
    return tx.execute(
        "DELETE FROM audit_log WHERE id IN"
        " (SELECT id FROM audit_log WHERE guild_id = :guild_id ORDER BY id LIMIT :limit)",
        {"guild_id": guild_id, "limit": _BATCH},
    )


def forget_server(tx: Transaction, guild_id: int) -> None:
    """Delete a server's settings, once its members are forgotten."""
    server = {"guild_id": guild_id}
    for table in _SETTINGS:
        tx.execute(f"DELETE FROM {table} WHERE guild_id = :guild_id", server)
    tx.execute(
        "UPDATE ledger_entries SET actor_id = :pseudonym, reason = '' WHERE guild_id = :guild_id AND actor_id > 0"
        " AND entry_type IN ('grant', 'adjust')",
        {**server, "pseudonym": pseudonyms.generate()},
    )
    tx.execute("DELETE FROM key_value WHERE key = :key", {"key": f"welcome:{guild_id}"})
    record_joined(tx, guild_id)
