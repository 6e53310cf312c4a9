"""Members who may not order movies in a server."""

from __future__ import annotations

from bot.domain.quota import AuditAction, AuditContext, Block
from data import audit_log, erased_accounts, failures
from data.audit_log import AuditEvent
from data.database import Transaction

_HOUR_MS = 3_600_000

EVERYWHERE = 0
"""The guild id of the operator's blocks, which hold in all servers."""

_ACTIVE = "(expires_at IS NULL OR expires_at > :now)"

ACTIVE_BLOCK = f"""
FROM member_blocks WHERE guild_id IN (:guild_id, {EVERYWHERE}) AND member_id = :member_id AND {_ACTIVE}
"""
"""A member's block in a server, and the operator's in all."""


def block(tx: Transaction, member_id: int, hours: int | None, *, by: AuditContext, now: int) -> Block:
    """Block a member for some hours, or until someone unblocks them.

    A new block replaces the old one.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    until = None if hours is None else now + hours * _HOUR_MS
    tx.execute(
        "INSERT INTO member_blocks (guild_id, member_id, expires_at, reason)"
        " VALUES (:guild_id, :member_id, :until, :reason)"
        " ON CONFLICT (guild_id, member_id) DO UPDATE SET expires_at = :until, reason = :reason",
        {"guild_id": by.guild_id, "member_id": member_id, "until": until, "reason": by.reason},
    )
    audit_log.record(tx, AuditEvent(by, AuditAction.BLOCK, member_id, None, now, duration_hours=hours))
    return Block(until, by.reason)


def unblock(
    tx: Transaction, member_id: int, *, by: AuditContext, now: int, max_failed_credits: int | None = None
) -> bool:
    """Remove an active block, and the stop after failed movies.

    A member is stopped when their failed movies cost `max_failed_credits`. Return False, and record nothing, where
    there was neither a block nor a stop.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    audit_log.require_new(tx, by)
    erased_accounts.recall(tx, member_id, now)  # a block may outlast its member's data
    deleted = tx.execute(
        f"DELETE FROM member_blocks WHERE guild_id = :guild_id AND member_id = :member_id AND {_ACTIVE}",
        {"guild_id": by.guild_id, "member_id": member_id, "now": now},
    )
    waived = max_failed_credits is not None and failures.waive(tx, by.guild_id, member_id, max_failed_credits, now)
    if deleted or waived:
        audit_log.record(tx, AuditEvent(by, AuditAction.UNBLOCK, member_id, None, now))
    return bool(deleted) or waived


def active_block(tx: Transaction, guild_id: int, member_id: int, now: int) -> Block | None:
    """Return a member's block in a server, or the operator's in all.

    An expired block counts as none.
    """
    row = tx.fetch_one(
        f"SELECT guild_id, expires_at, reason {ACTIVE_BLOCK} ORDER BY guild_id",
        {"guild_id": guild_id, "member_id": member_id, "now": now},
    )
    return Block(row["expires_at"], row["reason"], everywhere=row["guild_id"] == EVERYWHERE) if row else None


def active_blocks(tx: Transaction, guild_id: int, now: int) -> tuple[tuple[int, Block], ...]:
    """Return every active block of a server, with its member's id."""
    rows = tx.fetch_all(
        f"SELECT member_id, expires_at, reason FROM member_blocks WHERE guild_id = :guild_id AND {_ACTIVE}",
        {"guild_id": guild_id, "now": now},
    )
    return tuple((row["member_id"], Block(row["expires_at"], row["reason"])) for row in rows)
