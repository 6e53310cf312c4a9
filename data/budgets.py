"""Rows of the balances table, where limits are enforced, and the monthly limits of servers and members.

A limit is one conditional statement (`_HOLD`, or `_FIRST_HOLD` where the balance has no row yet) whose row count
decides, the same for every scope. The sums over the ledger always equal these totals, so each change here has its entry
in the same transaction: see data/ledger.py and data/pledges.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from bot.domain.credits import Budget, BudgetScope, Limits, Month
from bot.domain.quota import (
    Allowance,
    AuditContext,
    AuditEvent,
    EffectiveLimits,
    LimitScope,
    ServerSpending,
)
from bot.domain.refusal import RefusalCode, Refused
from data import audit_log, erased_members, failures, preferences
from data.database import Transaction
from data.ledger_entries import Account

_NO_LIMIT = 2**53
"""The limit of a server that has none."""

ONE = "scope = :scope AND guild_id = :guild_id AND member_id = :member_id AND month = :month"
"""The condition of one balance, by the parameters of `where`."""

_HOLD = f"UPDATE balances SET held = held + :credits WHERE {ONE} AND used + held + :credits <= :limit + granted"

_FIRST_HOLD = """
INSERT INTO balances (scope, guild_id, member_id, month, held)
SELECT :scope, :guild_id, :member_id, :month, :credits WHERE :credits <= :limit
ON CONFLICT (scope, guild_id, member_id, month) DO NOTHING
"""
"""The first hold on a balance; where it has a row already, `_HOLD` decides."""

WITHIN_OPERATOR_LIMIT: Final = f"""
EXISTS (SELECT 1 FROM balances
    WHERE scope = 'server' AND guild_id = :guild_id AND member_id = 0 AND month = :month
        AND used + held <= :limit AND used + held + ({failures.OVERAGE}) <= :limit)
"""
"""Whether a server is within the operator's limit, for a statement after its hold, which locks the server's row.

A movie that ends meanwhile changes that row too, so its charge counts as held or as charged. Inside `_HOLD`, PostgreSQL
would use the charges from before its wait for the lock. Movies that were cheaper than their price make up for dearer
and failed ones, but raise no limit.
"""


_NOT_SET: Final[Mapping[LimitScope, RefusalCode]] = {
    LimitScope.DEFAULT: "quota-default-not-set",
    LimitScope.SERVER: "quota-server-not-set",
    LimitScope.MEMBER: "quota-member-not-set",
    LimitScope.ROLE: "quota-current-role-none",
}

OWN: Final = """
(SELECT granted - used - held FROM balances WHERE scope = 'member' AND guild_id = :guild_id
    AND member_id = :member_id AND month = :month) AS of_allowance,
(SELECT granted - used - held FROM balances WHERE scope = 'extra' AND guild_id = :guild_id
    AND member_id = :member_id AND month = '') AS of_extra
"""
"""The columns of a query, by the parameters of risk.py, that say what a member has taken of the allowance, and has left
of the extra credits; NULL where that is nothing yet."""

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


def hold_of_member(tx: Transaction, account: Account, amount: int, limits: Limits) -> tuple[int, int] | None:
    """Hold an amount of a member; return its allowance and extra parts.

    None where both do not suffice. The allowance may have changed then.
    """
    if hold(tx, BudgetScope.MEMBER, account, amount, limits.member):
        return amount, 0
    # locked: a hold that ends meanwhile must not make the statement below fail
    allowance = get(tx, BudgetScope.MEMBER, account, limits.member, lock=True).available
    if allowance and not hold(tx, BudgetScope.MEMBER, account, allowance, limits.member):
        return None
    if not hold(tx, BudgetScope.EXTRA, account, amount - allowance, limit=0):  # only what was granted
        return None
    return allowance, amount - allowance


def where(scope: BudgetScope, account: Account) -> dict[str, int | str]:
    """Return the parameters that name an account's balance in a scope."""
    own = scope in (BudgetScope.MEMBER, BudgetScope.EXTRA)
    return {
        "scope": scope,
        "guild_id": 0 if scope is BudgetScope.PLAN else account.guild_id,
        "member_id": account.member_id if own else 0,
        "month": "" if scope is BudgetScope.EXTRA else account.month,
    }


def hold(tx: Transaction, scope: BudgetScope, account: Account, amount: int, limit: int | None) -> bool:
    """Hold an amount in one scope; False where it exceeds the limit, as nothing does.

    A server's is that of its managers, None without one; the caller then asks whether it is `WITHIN_OPERATOR_LIMIT`.
    That of the plan is held last, because orders of all servers wait for its row until the transaction ends. The last
    statement is for two transactions that insert the first row at once, which SQLite does not allow.
    """
    if not amount:
        return True
    params = {**where(scope, account), "credits": amount, "limit": _NO_LIMIT if limit is None else limit}
    return any(tx.execute(statement, params) == 1 for statement in (_HOLD, _FIRST_HOLD, _HOLD))


def settle(tx: Transaction, scope: BudgetScope, account: Account, held: int, *, used: int) -> None:
    """Subtract from what is held, and add to what is used.

    Raises:
        LookupError: There is no such balance.
    """
    if not held and not used:
        return
    changed = tx.execute(
        f"UPDATE balances SET held = held - :held, used = used + :used WHERE {ONE}",
        {**where(scope, account), "held": held, "used": used},
    )
    if changed != 1:
        raise LookupError(f"no {scope} budget of {account} holds {held}")


def grant(tx: Transaction, account: Account, credits: int) -> None:
    """Grant extra credits."""
    tx.execute(
        "INSERT INTO balances (scope, guild_id, member_id, month, granted)"
        " VALUES (:scope, :guild_id, :member_id, :month, :credits)"
        " ON CONFLICT (scope, guild_id, member_id, month) DO UPDATE SET granted = balances.granted + :credits",
        {**where(BudgetScope.EXTRA, account), "credits": credits},
    )


def get(tx: Transaction, scope: BudgetScope, account: Account, limit: int, *, lock: bool = False) -> Budget:
    """Read a balance, and lock it until the transaction ends if wanted."""
    row = tx.fetch_one(
        f"SELECT granted, used, held FROM balances WHERE {ONE}{tx.for_update if lock else ''}",
        where(scope, account),
    )
    return Budget(limit + row["granted"], row["used"], row["held"]) if row else Budget(limit)


def set_limit(tx: Transaction, scope: LimitScope, subject_id: int, credits: int, *, by: AuditContext) -> AuditEvent:
    """Set a monthly limit.

    `subject_id` is the member's or the role's, 0 for the other scopes.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    if scope is LimitScope.MEMBER:
        preferences.lock(tx, subject_id)
        erased_members.recall(tx, subject_id)  # an earlier limit must not come back after this one
    limit = {"guild_id": by.guild_id, "scope": scope, "subject_id": subject_id, "credits": credits}
    tx.insert("quota_limits", limit, replace="guild_id, scope, subject_id")
    return audit_log.record(tx, AuditEvent(by, scope.change, subject_id, credits))


def clear_limit(tx: Transaction, scope: LimitScope, subject_id: int, *, by: AuditContext) -> AuditEvent | Refused:
    """Delete a monthly limit.

    Where there is none, nothing is recorded.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    if scope is LimitScope.MEMBER:
        preferences.lock(tx, subject_id)
        erased_members.recall(tx, subject_id)  # a limit may outlast its member's data
    deleted = tx.execute(
        "DELETE FROM quota_limits WHERE guild_id = :guild_id AND scope = :scope AND subject_id = :subject_id",
        {"guild_id": by.guild_id, "scope": scope, "subject_id": subject_id},
    )
    if not deleted:
        audit_log.require_new(tx, by)  # after the DELETE, which waits for a process that runs the same interaction
        return Refused(_NOT_SET[scope], {scope.value: subject_id})  # the texts of a member's and of a role's name them
    return audit_log.record(tx, AuditEvent(by, scope.change, subject_id, None))


def member_limits(tx: Transaction, guild_id: int) -> Mapping[int, int]:
    """Return the limits of a server's members who have one of their own."""
    sql = "SELECT subject_id, credits FROM quota_limits WHERE guild_id = :guild_id AND scope = 'member'"
    return tx.fetch_dict(sql, {"guild_id": guild_id})


def effective_limits(tx: Transaction, guild_id: int, member_id: int) -> EffectiveLimits:
    """Read every limit of a server that can decide for a member."""
    by_scope = defaultdict[str, dict[int, int]](dict)
    for scope, subject_id, credits in tx.fetch_all(EFFECTIVE, {"guild_id": guild_id, "member_id": member_id}):
        by_scope[scope][subject_id] = credits
    return EffectiveLimits(
        own=by_scope[LimitScope.MEMBER].get(member_id),
        default=by_scope[LimitScope.DEFAULT].get(0),
        server=by_scope[LimitScope.SERVER].get(0),
        operator=by_scope["operator"].get(0),
        roles=by_scope[LimitScope.ROLE],
    )


def resolve_limits(tx: Transaction, guild_id: int, member_id: int, role_ids: Iterable[int]) -> tuple[Limits, Allowance]:
    """Resolve the limits that apply to a member."""
    return effective_limits(tx, guild_id, member_id).resolve(role_ids, tx.policy.limits)


def server_spending(tx: Transaction, guild_id: int, month: Month) -> ServerSpending | None:
    """Return what a server spent in a month of the limit that decides: its managers' or the operator's.

    What its movies cost the plan above what its members paid counts in the operator's only.
    """
    limits, _ = resolve_limits(tx, guild_id, 0, ())
    account = Account(guild_id, 0, str(month))
    charges = failures.server_charges(tx, guild_id, month)
    overage = charges.overage
    if limits.server is not None and (limits.managers is None or limits.server - overage <= limits.managers):
        budget = get(tx, BudgetScope.SERVER, account, limits.server)
        return ServerSpending(replace(budget, used=budget.used + overage), failed=min(charges.failed, overage))
    return None if limits.managers is None else ServerSpending(get(tx, BudgetScope.SERVER, account, limits.managers))


def server_budget(tx: Transaction, account: Account, limits: Limits) -> Budget | None:
    """Read an account's server's month, by the lower of its managers' and the operator's limit; None without any."""
    operator = operator_limit(tx, account.guild_id, limits.server, account.parsed_month)
    limit = min((each for each in (limits.managers, operator) if each is not None), default=None)
    return None if limit is None else get(tx, BudgetScope.SERVER, account, limit)


def operator_limit(tx: Transaction, guild_id: int, limit: int | None, month: Month) -> int | None:
    """Return what is left of the operator's limit of a server, None where there is none.

    What its movies cost the plan above what its members paid is subtracted.
    """
    return None if limit is None else max(0, limit - failures.server_charges(tx, guild_id, month).overage)
