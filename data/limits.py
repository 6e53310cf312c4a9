"""The monthly limits of servers, and which apply to a member.

They are enforced in data/budgets.py, when credits are held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from bot.domain.credits import Limits, Month
from bot.domain.quota import Allowance, AuditAction, AuditContext, LimitScope, resolve_allowance
from data import audit_log, erased_members, failures, preferences
from data.audit_log import AuditEvent
from data.database import Transaction
from data.server_policies import ServerPolicy

_AUDIT_ACTIONS = {
    LimitScope.DEFAULT: AuditAction.SET_DEFAULT_LIMIT,
    LimitScope.SERVER: AuditAction.SET_SERVER_LIMIT,
    LimitScope.MEMBER: AuditAction.SET_MEMBER_LIMIT,
    LimitScope.ROLE: AuditAction.SET_ROLE_LIMIT,
}

EFFECTIVE: Final = """
SELECT scope, subject_id, credits FROM quota_limits
WHERE guild_id = :guild_id AND scope IN ('default', 'server', 'role')
UNION ALL
SELECT scope, subject_id, credits FROM quota_limits
WHERE guild_id = :guild_id AND scope = 'member' AND subject_id = :member_id
UNION ALL
SELECT 'operator', 0, monthly_credits FROM server_policies
WHERE guild_id = :guild_id AND monthly_credits IS NOT NULL
"""
"""The limits of a server that can decide for a member."""


@dataclass(frozen=True, slots=True)
class EffectiveLimits:
    """The limits of a server that can apply to one member.

    Each is None where the server set none. `server` is what its managers set, `policy` the operator's decision about
    it.
    """

    own: int | None
    default: int | None
    server: int | None
    policy: ServerPolicy
    roles: Mapping[int, int]

    def allowance(self, role_ids: Iterable[int], defaults: Limits) -> Allowance:
        """Resolve the allowance of a member with these roles.

        `defaults` are the operator's limits.
        """
        return resolve_allowance(self.own, self.roles, role_ids, self.default, defaults.member)


NOT_SET: Final = EffectiveLimits(None, None, None, ServerPolicy(), MappingProxyType({}))


def set_limit(tx: Transaction, scope: LimitScope, subject_id: int, credits: int, *, by: AuditContext) -> None:
    """Set a monthly limit.

    `subject_id` is the member's or the role's, 0 for the other scopes.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    if scope is LimitScope.MEMBER:
        preferences.lock(tx, subject_id)
        erased_members.recall(tx, subject_id)  # an earlier limit must not come back after this one
    tx.execute(
        "INSERT INTO quota_limits (guild_id, scope, subject_id, credits)"
        " VALUES (:guild_id, :scope, :subject_id, :credits)"
        " ON CONFLICT (guild_id, scope, subject_id) DO UPDATE SET credits = :credits",
        {"guild_id": by.guild_id, "scope": scope.value, "subject_id": subject_id, "credits": credits},
    )
    audit_log.record(tx, AuditEvent(by, _AUDIT_ACTIONS[scope], subject_id, credits))


def clear_limit(tx: Transaction, scope: LimitScope, subject_id: int, *, by: AuditContext) -> bool:
    """Delete a monthly limit.

    Return False, and record nothing, where there is none.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    if scope is LimitScope.MEMBER:
        preferences.lock(tx, subject_id)
        erased_members.recall(tx, subject_id)  # a limit may outlast its member's data
    deleted = tx.execute(
        "DELETE FROM quota_limits WHERE guild_id = :guild_id AND scope = :scope AND subject_id = :subject_id",
        {"guild_id": by.guild_id, "scope": scope.value, "subject_id": subject_id},
    )
    if not deleted:
        audit_log.require_new(tx, by)  # after the DELETE, which waits for a process that runs the same interaction
        return False
    audit_log.record(tx, AuditEvent(by, _AUDIT_ACTIONS[scope], subject_id, None))
    return True


def limits_by_subject(tx: Transaction, guild_id: int, scope: LimitScope) -> Mapping[int, int]:
    """Return a server's limits of one scope by subject id."""
    rows = tx.fetch_all(
        "SELECT subject_id, credits FROM quota_limits WHERE guild_id = :guild_id AND scope = :scope",
        {"guild_id": guild_id, "scope": scope.value},
    )
    return {row["subject_id"]: row["credits"] for row in rows}


def server_limit(tx: Transaction, guild_id: int) -> int | None:
    """Return the server's share of the plan; None without a limit."""
    return limits_by_subject(tx, guild_id, LimitScope.SERVER).get(0)


def effective_limits(tx: Transaction, guild_id: int, member_id: int) -> EffectiveLimits:
    """Read every limit of a server that can decide for a member."""
    rows = tx.fetch_all(EFFECTIVE, {"guild_id": guild_id, "member_id": member_id})
    if not rows:
        return NOT_SET
    by_scope: dict[str, dict[int, int]] = {}
    for row in rows:
        by_scope.setdefault(row["scope"], {})[row["subject_id"]] = row["credits"]

    def limit(scope: LimitScope, subject_id: int) -> int | None:
        return by_scope.get(scope.value, {}).get(subject_id)

    return EffectiveLimits(
        own=limit(LimitScope.MEMBER, member_id),
        default=limit(LimitScope.DEFAULT, 0),
        server=limit(LimitScope.SERVER, 0),
        policy=ServerPolicy(by_scope.get("operator", {}).get(0)),
        roles=by_scope.get(LimitScope.ROLE.value, {}),
    )


def resolve_limits(tx: Transaction, guild_id: int, member_id: int, role_ids: Iterable[int]) -> tuple[Limits, Allowance]:
    """Resolve the limits that apply to a member."""
    return resolve(effective_limits(tx, guild_id, member_id), role_ids, tx.policy.limits)


def resolve(found: EffectiveLimits, role_ids: Iterable[int], defaults: Limits) -> tuple[Limits, Allowance]:
    """Resolve the limits that apply to a member with these roles; `defaults` are the operator's."""
    allowance = found.allowance(role_ids, defaults)
    operator = found.policy.monthly_limit(defaults)
    return replace(defaults, member=allowance.credits, server=operator, managers=found.server), allowance


def resolve_server_limit(tx: Transaction, guild_id: int, month: Month) -> int | None:
    """Return what a server may spend in a month.

    It is the lower of its managers' and the operator's limit.
    """
    resolved, _ = resolve_limits(tx, guild_id, 0, ())
    return lowest_server_limit(tx, guild_id, resolved, month)


def lowest_server_limit(tx: Transaction, guild_id: int, resolved: Limits, month: Month) -> int | None:
    """Return the lower of the managers' and the operator's limit."""
    operator = _less_overage(tx, guild_id, resolved.server, month)
    return min((limit for limit in (resolved.managers, operator) if limit is not None), default=None)


def operator_limit(tx: Transaction, guild_id: int, policy: ServerPolicy, month: Month) -> int | None:
    """Return what a server may spend by the operator's decision.

    What its movies cost the plan above what its members paid is subtracted.
    """
    return _less_overage(tx, guild_id, policy.monthly_limit(tx.policy.limits), month)


def _less_overage(tx: Transaction, guild_id: int, limit: int | None, month: Month) -> int | None:
    return None if limit is None else max(0, limit - failures.server_charges(tx, guild_id, month).overage)
