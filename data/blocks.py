"""Members who may not order movies in a server."""

from __future__ import annotations

from bot.domain.quota import AuditAction, AuditContext, Block
from data import audit_log
from data.audit_log import AuditEvent
from data.database import Transaction

_HOUR_MS = 3_600_000

_ACTIVE = "guild_id = :guild_id AND (expires_at IS NULL OR expires_at > :now)"


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


def unblock(tx: Transaction, member_id: int, *, by: AuditContext, now: int) -> bool:
    """Remove an active block. Return False, and record nothing, where there was none.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    was_blocked = active_block(tx, by.guild_id, member_id, now) is not None
    tx.execute(
        "DELETE FROM member_blocks WHERE guild_id = :guild_id AND member_id = :member_id",
        {"guild_id": by.guild_id, "member_id": member_id},
    )
    if was_blocked:
        audit_log.record(tx, AuditEvent(by, AuditAction.UNBLOCK, member_id, None, now))
    return was_blocked


def active_block(tx: Transaction, guild_id: int, member_id: int, now: int) -> Block | None:
    """Return a member's block; an expired one counts as none."""
    row = tx.fetch_one(
        f"SELECT expires_at, reason FROM member_blocks WHERE member_id = :member_id AND {_ACTIVE}",
        {"guild_id": guild_id, "member_id": member_id, "now": now},
    )
    return Block(row["expires_at"], row["reason"]) if row else None


def active_blocks(tx: Transaction, guild_id: int, now: int) -> tuple[tuple[int, Block], ...]:
    """Return every active block of a server, with its member's id."""
    rows = tx.fetch_all(
        f"SELECT member_id, expires_at, reason FROM member_blocks WHERE {_ACTIVE}", {"guild_id": guild_id, "now": now}
    )
    return tuple((row["member_id"], Block(row["expires_at"], row["reason"])) for row in rows)
