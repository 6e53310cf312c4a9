"""Members who may not order movies in a server."""

from __future__ import annotations

from bot.domain.quota import AuditAction, AuditContext, AuditEvent, Block
from data import audit_log, erased_members, failures, preferences
from data.database import Row, Transaction

_HOUR_MS = 3_600_000

EVERYWHERE = 0
"""The guild id of the operator's blocks, which hold in all servers."""

ACTIVE = "(expires_at IS NULL OR expires_at > :now)"
"""The condition of a block that has not expired."""

ACTIVE_BLOCK = f"""
FROM member_blocks WHERE guild_id IN (:guild_id, {EVERYWHERE}) AND member_id = :member_id AND {ACTIVE}
"""
"""A member's block in a server, and the operator's in all."""


def block(
    tx: Transaction, member_id: int, hours: int | None, *, by: AuditContext, keep_longer: bool = False
) -> AuditEvent:
    """Block a member for some hours, or until someone unblocks them.

    A new block replaces the old one. `keep_longer`: not one that lasts longer.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    preferences.lock(tx, member_id)  # their data may be erased at the same time
    erased_members.recall(tx, member_id)  # an earlier block may outlast their data, and come back after this one
    until = None if hours is None else tx.now + hours * _HOUR_MS
    tx.execute(
        "INSERT INTO member_blocks (guild_id, member_id, expires_at, reason)"
        " VALUES (:guild_id, :member_id, :until, :reason)"
        " ON CONFLICT (guild_id, member_id) DO UPDATE SET expires_at = :until, reason = :reason, is_timeout = 0"
        " WHERE CAST(:keep_longer AS BIGINT) = 0 OR CAST(:until AS BIGINT) IS NULL"
        " OR member_blocks.expires_at < :until",  # NULL lasts longest
        {
            "guild_id": by.guild_id,
            "member_id": member_id,
            "until": until,
            "reason": by.reason,
            "keep_longer": int(keep_longer),
        },
    )
    return audit_log.record(tx, AuditEvent(by, AuditAction.BLOCK, member_id, None, duration_hours=hours))


def time_out(tx: Transaction, member_id: int, hours: int, *, by: AuditContext) -> Block:
    """Block a member for some hours because their prompts broke rules.

    A block that is active stays. Managers can end it like any other.
    """
    until = tx.now + hours * _HOUR_MS
    tx.execute(
        "INSERT INTO member_blocks (guild_id, member_id, expires_at, reason, is_timeout)"
        " VALUES (:guild_id, :member_id, :until, '', 1)"
        " ON CONFLICT (guild_id, member_id) DO UPDATE SET expires_at = :until, reason = '', is_timeout = 1"
        " WHERE member_blocks.expires_at <= :now",
        {"guild_id": by.guild_id, "member_id": member_id, "until": until, "now": tx.now},
    )
    audit_log.record(tx, AuditEvent(by, AuditAction.TIME_OUT, member_id, None, duration_hours=hours))
    return Block(until, "", is_timeout=True)


def unblock(tx: Transaction, member_id: int, *, by: AuditContext) -> AuditEvent | None:
    """Remove an active block, and the stop after failed movies.

    Return None, and record nothing, where there was neither.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    preferences.lock(tx, member_id)
    audit_log.require_new(tx, by)
    erased_members.recall(tx, member_id)  # a block may outlast its member's data
    deleted = tx.execute(
        f"DELETE FROM member_blocks WHERE guild_id = :guild_id AND member_id = :member_id AND {ACTIVE}",
        {"guild_id": by.guild_id, "member_id": member_id, "now": tx.now},
    )
    waived = failures.waive(tx, by.guild_id, member_id)
    return audit_log.record(tx, AuditEvent(by, AuditAction.UNBLOCK, member_id, None)) if deleted or waived else None


def active_block(tx: Transaction, guild_id: int, member_id: int) -> Block | None:
    """Return a member's block in a server, or the operator's in all.

    An expired block counts as none.
    """
    return tx.fetch_as(
        _block,
        f"SELECT guild_id, expires_at, reason, is_timeout {ACTIVE_BLOCK} ORDER BY guild_id",
        {"guild_id": guild_id, "member_id": member_id, "now": tx.now},
    )


def active_blocks(tx: Transaction, guild_id: int) -> tuple[tuple[int, Block], ...]:
    """Return every active block of a server, with its member's id."""
    rows = tx.fetch_all(
        "SELECT guild_id, member_id, expires_at, reason, is_timeout FROM member_blocks"
        f" WHERE guild_id = :guild_id AND {ACTIVE}",
        {"guild_id": guild_id, "now": tx.now},
    )
    return tuple((row["member_id"], _block(row)) for row in rows)


def _block(row: Row) -> Block:
    return Block(
        row["expires_at"],
        row["reason"],
        everywhere=row["guild_id"] == EVERYWHERE,
        is_timeout=bool(row["is_timeout"]),
    )
