"""Servers that the bot left; their data goes after 30 days.

An app may be authorized for commands only: a server that the bot was never in keeps its data, and so does one that has
used it since. What a server cost the plan, and the operator's own decisions about it, stay. Times are UTC epoch
milliseconds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from bot.domain.credits import DAY_MS, month_of
from bot.domain.process import Shard
from data import approvals, message_deletions, movie_nights, personal, pitch_ends, pitches, preferences
from data.database import Transaction
from data.jobs import OPEN
from data.personal import PERSONAL

KEPT_MS: Final = 30 * DAY_MS

_BATCH: Final = 500

_DUE: Final = """
SELECT guild_id FROM departed_servers AS departed WHERE left_at < :before AND NOT EXISTS (
    SELECT 1 FROM ledger_entries AS entries WHERE entries.guild_id = departed.guild_id
    AND entries.month >= :month AND entries.created_at >= :before)
AND NOT EXISTS (
    SELECT 1 FROM audit_log AS entries WHERE entries.guild_id = departed.guild_id AND entries.created_at >= :before)
"""

_MEMBERS: Final = " UNION ".join(
    f"SELECT {column} AS member_id FROM {table} WHERE guild_id = :guild_id AND {column} > :after AND {named.only}"
    for table, column, named in personal.COLUMNS
    if not named.deletes and not PERSONAL[table].with_server
)

_OPEN_WORK: Final = tuple(
    f"SELECT 1 FROM {table} WHERE guild_id = :guild_id AND member_id = :member_id AND {is_open} LIMIT 1"
    for table, is_open in (("jobs", OPEN), ("pitches", pitches.OPEN), ("pledges", "state IN ('open', 'funded')"))
)

_OF_MEMBER: Final = {
    "quotes": "guild_id = :guild_id",
    "credit_requests": "guild_id = :guild_id",
    "pitch_votes": "pitch_id IN (SELECT id FROM pitches WHERE guild_id = :guild_id)",
    "messages": "guild_id = :guild_id",
}
"""What goes with a member, for another one's open work may last. Decisions go with the server, which may come back."""

_OF_SERVER: Final = (
    *(table for table, each in PERSONAL.items() if each.with_server),
    *("guild_settings", "erased_decisions"),
)


def record_left(tx: Transaction, guild_id: int) -> None:
    """Record that the bot is no longer in a server.

    Idempotent: the first time counts. Open pitches, and orders that wait there for approval, end each time.
    """
    tx.execute("DELETE FROM present_servers WHERE guild_id = :guild_id", {"guild_id": guild_id})
    tx.insert("departed_servers", {"guild_id": guild_id, "left_at": tx.now}, ignore="guild_id")
    open_pitches = pitches.lock_open(tx, guild_id)  # before any job and balance
    approvals.end_of_server(tx, guild_id)
    pitch_ends.end_of_server(tx, open_pitches)


def record_joined(tx: Transaction, guild_id: int) -> None:
    """Record that the bot is in a server."""
    tx.execute("DELETE FROM departed_servers WHERE guild_id = :guild_id", {"guild_id": guild_id})
    tx.insert("present_servers", {"guild_id": guild_id}, ignore="guild_id")


def compare(tx: Transaction, present: Collection[int], shard: Shard) -> None:
    """Compare the servers of a shard with those of before.

    `present` are the shard's own, as Discord lists them at the start of a session. Unavailable ones are among them.
    """
    before = set(tx.fetch_column("SELECT guild_id FROM present_servers"))
    departed = set(tx.fetch_column("SELECT guild_id FROM departed_servers"))
    for guild_id in sorted(set(present) - (before - departed)):
        record_joined(tx, guild_id)
    for guild_id in sorted(before.difference(present)):
        if Shard.serving(guild_id, shard.count) == shard:
            record_left(tx, guild_id)


def due(tx: Transaction) -> list[int]:
    """Return the servers whose data goes now, oldest departure first."""
    return tx.fetch_column(f"{_DUE} ORDER BY left_at", _due_params(tx.now))


def _is_due(tx: Transaction, guild_id: int) -> bool:
    """Return whether a server's data still goes.

    Its return waits until this transaction has ended.
    """
    sql = f"{_DUE} AND guild_id = :guild_id{tx.for_update}"
    return tx.fetch_one(sql, {**_due_params(tx.now), "guild_id": guild_id}) is not None


def _due_params(now: int) -> Mapping[str, int | str]:
    before = now - KEPT_MS
    return {"before": before, "month": month_of(before)}


def members(tx: Transaction, guild_id: int, after: int) -> list[int]:
    """Return the next members of a server whom its lasting rows name."""
    values = {"guild_id": guild_id, "after": after, "limit": _BATCH}
    return tx.fetch_column(f"{_MEMBERS} ORDER BY member_id LIMIT :limit", values)


def has_open_work(tx: Transaction, guild_id: int, member_id: int) -> bool:
    """Return whether a member has open work or pledges in a server."""
    account = {"guild_id": guild_id, "member_id": member_id}
    return any(tx.fetch_one(sql, account) is not None for sql in _OPEN_WORK)


def forget_member(tx: Transaction, guild_id: int, member_id: int) -> bool:
    """Take a member out of a server's records.

    Return False where they have open jobs or pledges, which end first, or the server's data no longer goes.
    """
    preferences.lock(tx, member_id)
    if not _is_due(tx, guild_id) or has_open_work(tx, guild_id, member_id):
        return False
    message_deletions.forget(tx, member_id, guild_id)  # where the bot is not, it deletes nothing
    personal.replace(tx, guild_id, member_id, personal.generate_pseudonym(), departed=True)
    account = {"guild_id": guild_id, "member_id": member_id}
    for table, where in _OF_MEMBER.items():
        tx.execute(f"DELETE FROM {table} WHERE member_id = :member_id AND {where}", account)
    return True


def forget_entries(tx: Transaction, guild_id: int) -> int:
    """Delete entries of a server's audit log; return how many."""
    if not _is_due(tx, guild_id):
        return 0
    return tx.execute(
        "DELETE FROM audit_log WHERE id IN"
        " (SELECT id FROM audit_log WHERE guild_id = :guild_id ORDER BY id LIMIT :limit)",
        {"guild_id": guild_id, "limit": _BATCH},
    )


def forget_server(tx: Transaction, guild_id: int) -> bool:
    """Delete a server's settings, once its members are forgotten.

    Return False where its data no longer goes.
    """
    if not _is_due(tx, guild_id):
        return False
    server = {"guild_id": guild_id}
    personal.delete_parts(tx, "pitches", "SELECT id FROM pitches WHERE guild_id = :guild_id", server)
    # where the bot is not, it updates nothing
    tx.execute("UPDATE pitches SET message_id = NULL WHERE guild_id = :guild_id", server)
    movie_nights.delete_where(tx, "guild_id = :guild_id", server)
    for table in _OF_SERVER:
        tx.execute(f"DELETE FROM {table} WHERE guild_id = :guild_id", server)
    for name in ("welcome", "gallery"):
        tx.execute("DELETE FROM key_value WHERE key = :key", {"key": f"{name}:{guild_id}"})
    tx.execute("DELETE FROM departed_servers WHERE guild_id = :guild_id", server)
    return True
