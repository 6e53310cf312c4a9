"""A server's own settings: its audit channel, and its managers' settings."""

from __future__ import annotations

from bot.domain.credits import Limits, Month
from bot.domain.quota import AuditAction, AuditContext, GuildQuotas, LimitScope
from data import audit_log, blocks, credit_requests, limits, server_policies
from data.audit_log import AuditEvent
from data.database import Transaction


def set_audit_channel(tx: Transaction, channel_id: int, *, by: AuditContext, now: int) -> None:
    """Choose the channel for audit messages.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    tx.execute(
        "INSERT INTO guild_settings (guild_id, audit_channel_id, language) VALUES (:guild_id, :channel_id, :language)"
        " ON CONFLICT (guild_id) DO UPDATE"
        " SET audit_channel_id = :channel_id, language = :language, audit_channel_failed_at = NULL",
        {"guild_id": by.guild_id, "channel_id": channel_id, "language": by.language.value},
    )
    audit_log.record(tx, AuditEvent(by, AuditAction.SET_AUDIT_CHANNEL, channel_id, None, now))


def clear_audit_channel(tx: Transaction, *, by: AuditContext, now: int) -> bool:
    """Post changes in no channel; return False where there is none.

    Members whose requests for credits were not posted yet are told.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    audit_log.require_new(tx, by)
    cleared = tx.execute(
        "UPDATE guild_settings SET audit_channel_id = NULL, audit_channel_failed_at = NULL"
        " WHERE guild_id = :guild_id AND audit_channel_id IS NOT NULL",
        {"guild_id": by.guild_id},
    )
    if cleared:
        credit_requests.mark_unposted(tx, by.guild_id, now)
        audit_log.drop_pending(tx, by.guild_id)
        audit_log.record(tx, AuditEvent(by, AuditAction.SET_AUDIT_CHANNEL, 0, None, now))
    return bool(cleared)


def mark_audit_channel_failed(tx: Transaction, entry_id: str, now: int) -> None:
    """Record that Discord forbids posting in the channel of an audit entry.

    All pending entries of the server stay in the log and are not tried again: each would be one more answer of 403.
    `/quota show` tells the server's managers. Members whose requests for credits are among the entries are told.
    """
    row = tx.fetch_one("SELECT guild_id FROM audit_log WHERE id = :id", {"id": entry_id})
    if row is None:
        return
    tx.execute(
        "UPDATE guild_settings SET audit_channel_failed_at = :now WHERE guild_id = :guild_id",
        {"guild_id": row["guild_id"], "now": now},
    )
    credit_requests.mark_unposted(tx, row["guild_id"], now)
    audit_log.drop_pending(tx, row["guild_id"])


def guild_quotas(tx: Transaction, guild_id: int, defaults: Limits, now: int) -> GuildQuotas:
    """Read every limit, block and setting of a server."""
    row = tx.fetch_one(
        "SELECT audit_channel_id, audit_channel_failed_at FROM guild_settings WHERE guild_id = :guild_id",
        {"guild_id": guild_id},
    )
    policy = server_policies.get(tx, guild_id)
    return GuildQuotas(
        bot_default=defaults.member,
        default=limits.limits_by_subject(tx, guild_id, LimitScope.DEFAULT).get(0),
        server=limits.server_limit(tx, guild_id),
        members=tuple(limits.limits_by_subject(tx, guild_id, LimitScope.MEMBER).items()),
        roles=tuple(limits.limits_by_subject(tx, guild_id, LimitScope.ROLE).items()),
        operator=limits.operator_limit(tx, guild_id, policy, defaults, Month.containing(now)),
        blocked=blocks.active_blocks(tx, guild_id, now),
        audit_channel_id=row["audit_channel_id"] if row else None,
        audit_channel_failed_at=row["audit_channel_failed_at"] if row else None,
    )
