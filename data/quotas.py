"""The limits, blocks and audit rows of a server. Plain functions over an open transaction.

Every change writes its audit row in the same transaction; the row is owed to the server's audit channel, if one is set.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.credits import Limits
from bot.domain.quota import Allowance, AuditContext, AuditEntry, Block, GuildQuotas, QuotaAction, resolve_allowance
from bot.errors import DuplicateInteraction
from data.database import Row, Transaction

_order = itertools.count()
"""Keeps changes of the same millisecond in the order in which they were made."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """What follows from a decision: what, about whom, how much, and when (UTC epoch milliseconds)."""

    by: AuditContext
    action: QuotaAction
    subject_id: int
    credits: int | None
    at: int


def set_limit(tx: Transaction, change: AuditEvent) -> None:
    """Set a monthly limit, or drop it where `credits` is None; `action` says whose (DEFAULT, SERVER, MEMBER, ROLE)."""
    where = {"guild_id": change.by.guild_id, "scope": change.action.value, "subject_id": change.subject_id}
    if change.credits is None:
        tx.execute(
            "DELETE FROM quota_limits WHERE guild_id = :guild_id AND scope = :scope AND subject_id = :subject_id", where
        )
    else:
        tx.execute(
            "INSERT INTO quota_limits (guild_id, scope, subject_id, credits)"
            " VALUES (:guild_id, :scope, :subject_id, :credits)"
            " ON CONFLICT (guild_id, scope, subject_id) DO UPDATE SET credits = :credits",
            {**where, "credits": change.credits},
        )
    record(tx, change)


_IN_FORCE = """
SELECT scope, subject_id, credits FROM quota_limits WHERE guild_id = :guild_id AND scope IN ('default', 'server',
'role')
UNION ALL
SELECT scope, subject_id, credits FROM quota_limits
WHERE guild_id = :guild_id AND scope = 'member' AND subject_id = :member_id
"""
"""Every limit that can be in force for a member, in one statement: each movie that is ordered asks."""


def role_limits(tx: Transaction, guild_id: int) -> Mapping[int, int]:
    """The limits set for roles of a server."""
    rows = tx.fetch_all(
        "SELECT subject_id, credits FROM quota_limits WHERE guild_id = :guild_id AND scope = 'role'",
        {"guild_id": guild_id},
    )
    return {row["subject_id"]: row["credits"] for row in rows}


def server_limit(tx: Transaction, guild_id: int) -> int | None:
    """The server's share of the plan, None where it has no limit of its own."""
    return _limit(tx, guild_id, QuotaAction.SERVER, 0)


def server_default(tx: Transaction, guild_id: int) -> int | None:
    """What the server gives members who have no limit of their own or of a role."""
    return _limit(tx, guild_id, QuotaAction.DEFAULT, 0)


@dataclass(frozen=True, slots=True)
class EffectiveLimits:
    """What a server has set that can decide about a member: None and nothing where it has set nothing."""

    own: int | None
    default: int | None
    server: int | None
    roles: Mapping[int, int]

    def limits(self, role_ids: Iterable[int], defaults: Limits) -> tuple[Limits, Allowance]:
        """Every limit in force for a member with these roles. `defaults` are the operator's."""
        source = resolve_allowance(self.own, self.roles, role_ids, self.default, defaults.member)
        return Limits(member=source.credits, plan=defaults.plan, server=self.server), source


_NOTHING_SET = EffectiveLimits(None, None, None, MappingProxyType({}))


def effective_limits(tx: Transaction, guild_id: int, member_id: int) -> EffectiveLimits:
    """What a server has set for a member, whatever their roles are."""
    rows = tx.fetch_all(_IN_FORCE, {"guild_id": guild_id, "member_id": member_id})
    if not rows:
        return _NOTHING_SET
    found: dict[str, dict[int, int]] = {}
    for row in rows:
        found.setdefault(row["scope"], {})[row["subject_id"]] = row["credits"]
    own, default, server = (
        found.get(action.value, {}).get(subject)
        for action, subject in ((QuotaAction.MEMBER, member_id), (QuotaAction.DEFAULT, 0), (QuotaAction.SERVER, 0))
    )
    return EffectiveLimits(own, default, server, found.get(QuotaAction.ROLE.value, {}))


def resolve_limits(
    tx: Transaction, guild_id: int, member_id: int, role_ids: Iterable[int], defaults: Limits
) -> tuple[Limits, Allowance]:
    """Every limit in force for a member now. `defaults` are the operator's."""
    return effective_limits(tx, guild_id, member_id).limits(role_ids, defaults)


def block(tx: Transaction, change: AuditEvent, until: int | None) -> None:
    """Block a member, until a moment or until it is lifted; a new block replaces the old."""
    tx.execute(
        "INSERT INTO member_blocks (guild_id, member_id, expires_at, reason) VALUES (:guild_id,"
        " :member_id, :until, :reason)"
        " ON CONFLICT (guild_id, member_id) DO UPDATE SET expires_at = :until, reason = :reason",
        {"guild_id": change.by.guild_id, "member_id": change.subject_id, "until": until, "reason": change.by.reason},
    )
    record(tx, change)


def unblock(tx: Transaction, change: AuditEvent) -> bool:
    """Lift a block that is in force. False where there was none, and then nothing is noted."""
    where = {"guild_id": change.by.guild_id, "member_id": change.subject_id}
    blocked = active_block(tx, change.by.guild_id, change.subject_id, change.at) is not None
    tx.execute("DELETE FROM member_blocks WHERE guild_id = :guild_id AND member_id = :member_id", where)
    if blocked:
        record(tx, change)
    return blocked


def active_block(tx: Transaction, guild_id: int, member_id: int, now: int) -> Block | None:
    """The block in force for a member; one whose end has passed is none."""
    row = tx.fetch_one(
        "SELECT expires_at, reason FROM member_blocks WHERE guild_id = :guild_id AND member_id = :member_id"
        " AND (expires_at IS NULL OR expires_at > :now)",
        {"guild_id": guild_id, "member_id": member_id, "now": now},
    )
    return Block(row["expires_at"], row["reason"]) if row else None


def set_channel(tx: Transaction, change: AuditEvent) -> None:
    """Name the channel that audit lines go to; `subject_id` 0 for none."""
    tx.execute(
        "INSERT INTO guild_settings (guild_id, audit_channel_id) VALUES (:guild_id, :channel)"
        " ON CONFLICT (guild_id) DO UPDATE SET audit_channel_id = :channel, audit_channel_failed_at = NULL",
        {"guild_id": change.by.guild_id, "channel": change.subject_id or None},
    )
    record(tx, change)


def audit_channel(tx: Transaction, guild_id: int) -> int | None:
    """The channel that audit lines go to."""
    row = tx.fetch_one("SELECT audit_channel_id FROM guild_settings WHERE guild_id = :guild_id", {"guild_id": guild_id})
    return row["audit_channel_id"] if row else None


def guild_quotas(tx: Transaction, guild_id: int, bot_default: int, now: int) -> GuildQuotas:
    """Every limit of a server, and who is blocked."""
    where = {"guild_id": guild_id, "now": now}
    members = tx.fetch_all(
        "SELECT subject_id, credits FROM quota_limits WHERE guild_id = :guild_id AND scope = 'member'", where
    )
    blocked = tx.fetch_all(
        "SELECT member_id, expires_at, reason FROM member_blocks WHERE guild_id = :guild_id AND"
        " (expires_at IS NULL OR expires_at > :now)",
        where,
    )
    return GuildQuotas(
        bot_default=bot_default,
        default=server_default(tx, guild_id),
        server=server_limit(tx, guild_id),
        members=tuple((row["subject_id"], row["credits"]) for row in members),
        roles=tuple(role_limits(tx, guild_id).items()),
        blocked=tuple((row["member_id"], Block(row["expires_at"], row["reason"])) for row in blocked),
        audit_channel_id=audit_channel(tx, guild_id),
        audit_closed_at=_audit_closed_at(tx, guild_id),
    )


def record(tx: Transaction, change: AuditEvent) -> None:
    """Write the audit row of a change; it is owed to the server's audit channel from now on.

    Raises:
        DuplicateInteraction: The interaction behind it has a row already.
    """
    written = tx.execute(
        "INSERT INTO audit_log (id, created_at, guild_id, actor_id, action, subject_id, amount,"
        " reason, interaction_id, next_attempt_at)"
        " VALUES (:id, :at, :guild_id, :actor_id, :action, :subject_id, :credits, :reason, :interaction_id,"
        " (SELECT :at FROM guild_settings WHERE guild_id = :guild_id AND audit_channel_id IS NOT NULL))"
        " ON CONFLICT (interaction_id) DO NOTHING",
        {
            "id": f"{change.at:013}-{next(_order) % 2**24:06x}-{secrets.token_hex(5)}",
            "at": change.at,
            "guild_id": change.by.guild_id,
            "actor_id": change.by.actor_id,
            "action": change.action.value,
            "subject_id": change.subject_id,
            "credits": change.credits,
            "reason": change.by.reason,
            "interaction_id": change.by.interaction_id,
        },
    )
    if not written:
        raise DuplicateInteraction


_OWED_LINES = """
SELECT audit_log.*, guild_settings.audit_channel_id
FROM (SELECT MIN(id) AS id FROM audit_log WHERE next_attempt_at IS NOT NULL GROUP BY guild_id) AS oldest
JOIN audit_log ON audit_log.id = oldest.id
JOIN guild_settings ON guild_settings.guild_id = audit_log.guild_id
WHERE audit_log.next_attempt_at <= :now AND guild_settings.audit_channel_id IS NOT NULL
ORDER BY audit_log.next_attempt_at, audit_log.id LIMIT :most
"""
"""Only the oldest line of a server counts: while it is under way or postponed, the later ones wait behind it."""


def due_entries(tx: Transaction, now: int, limit: int, exclude: Sequence[str]) -> list[tuple[AuditEntry, int]]:
    """Find the next line of each server that is owed one, with the channel it belongs in.

    `without` are the lines under way: their servers are left out.
    """
    rows = tx.fetch_all(_OWED_LINES, {"now": now, "most": limit + len(exclude)})
    busy = set(exclude)
    return [(_entry(row), row["audit_channel_id"]) for row in rows if row["id"] not in busy][:limit]


def next_due_at(tx: Transaction, now: int) -> int | None:
    """Return when the next audit entry is due."""
    row = tx.fetch_one("SELECT MIN(next_attempt_at) FROM audit_log WHERE next_attempt_at > :now", {"now": now})
    return row[0] if row else None


def mark_channel_closed(tx: Transaction, line_id: str, now: int) -> None:
    """Discord does not let us post in the audit channel: the line is kept, and `overview` says so."""
    tx.execute(
        "UPDATE guild_settings SET audit_channel_failed_at = :now WHERE guild_id = (SELECT guild_id"
        " FROM audit_log WHERE id = :id)",
        {"id": line_id, "now": now},
    )
    reschedule(tx, line_id, None)


def reschedule(tx: Transaction, line_id: str, due_at: int | None) -> None:
    """Post an audit row later, or (None) never again: it was posted, or its channel is closed."""
    tx.execute("UPDATE audit_log SET next_attempt_at = :due_at WHERE id = :id", {"id": line_id, "due_at": due_at})


def audit_entries(tx: Transaction, guild_id: int, limit: int) -> tuple[AuditEntry, ...]:
    """The last changes in a server, the newest first."""
    rows = tx.fetch_all(
        "SELECT * FROM audit_log WHERE guild_id = :guild_id ORDER BY id DESC LIMIT :most",
        {"guild_id": guild_id, "most": limit},
    )
    return tuple(_entry(row) for row in rows)


def _audit_closed_at(tx: Transaction, guild_id: int) -> int | None:
    row = tx.fetch_one(
        "SELECT audit_channel_failed_at FROM guild_settings WHERE guild_id = :guild_id", {"guild_id": guild_id}
    )
    return row["audit_channel_failed_at"] if row else None


def _limit(tx: Transaction, guild_id: int, action: QuotaAction, subject_id: int) -> int | None:
    row = tx.fetch_one(
        "SELECT credits FROM quota_limits WHERE guild_id = :guild_id AND scope = :scope AND subject_id = :subject_id",
        {"guild_id": guild_id, "scope": action.value, "subject_id": subject_id},
    )
    return row["credits"] if row else None


def _entry(row: Row) -> AuditEntry:
    return AuditEntry(
        row["id"],
        row["created_at"],
        row["guild_id"],
        row["actor_id"],
        QuotaAction(row["action"]),
        row["subject_id"],
        row["amount"],
        row["reason"],
    )
