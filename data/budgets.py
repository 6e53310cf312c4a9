"""Rows of the balances table, where limits are enforced.

A limit is one conditional statement (`_HOLD`, or `_FIRST_HOLD` where the balance has no row yet) whose row count
decides, the same for every scope. The sums over the ledger always equal these totals, so each change here has its entry
in the same transaction: see data/ledger.py and data/pledge_ledger.py.
"""

from __future__ import annotations

from bot.domain.credits import Budget, BudgetScope, Limits
from data import failures
from data.accounts import Account
from data.database import Transaction

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

_WITHIN_OPERATOR_LIMIT = f"""
SELECT 1 FROM balances
WHERE {ONE} AND used + held <= :limit AND used + held + ({failures.OVERAGE}) <= :limit
"""
"""Runs after the hold, which locks the server's row. A movie that ends meanwhile changes that row too, so its charge
counts as held or as charged. Inside `_HOLD`, PostgreSQL would use the charges from before its wait for the lock.
Movies that were cheaper than their price make up for dearer and failed ones, but raise no limit.
"""


def hold_of_member(tx: Transaction, account: Account, amount: int, limits: Limits) -> tuple[int, int] | None:
    """Hold an amount of a member; return its allowance and extra parts.

    None where both do not suffice. The allowance may have changed then.
    """
    if _hold_in_scope(tx, BudgetScope.MEMBER, account, amount, limits.member):
        return amount, 0
    # locked: a hold that ends meanwhile must not make the statement below fail
    allowance = get(tx, BudgetScope.MEMBER, account, limits.member, lock=True).available
    if allowance and not _hold_in_scope(tx, BudgetScope.MEMBER, account, allowance, limits.member):
        return None
    if not _hold_in_scope(tx, BudgetScope.EXTRA, account, amount - allowance, limit=0):  # only what was granted
        return None
    return allowance, amount - allowance


def hold_of_server(tx: Transaction, account: Account, amount: int, limits: Limits) -> bool:
    """Hold an amount of a server.

    False where one of its limits would be passed. Its balance may have changed then.
    """
    managers = _NO_LIMIT if limits.managers is None else limits.managers
    if not _hold_in_scope(tx, BudgetScope.SERVER, account, amount, managers):
        return False
    return limits.server is None or _is_within_operator_limit(tx, account, limits.server)


def hold_of_plan(tx: Transaction, account: Account, amount: int, limits: Limits) -> bool:
    """Hold an amount of the plan; False where its limit would be passed.

    Last, because orders of all servers wait for this row until the transaction ends.
    """
    return _hold_in_scope(tx, BudgetScope.PLAN, account, amount, limits.plan)


def where(scope: BudgetScope, account: Account) -> dict[str, int | str]:
    """Return the parameters that name an account's balance in a scope."""
    own = scope in (BudgetScope.MEMBER, BudgetScope.EXTRA)
    return {
        "scope": scope.value,
        "guild_id": 0 if scope is BudgetScope.PLAN else account.guild_id,
        "member_id": account.member_id if own else 0,
        "month": "" if scope is BudgetScope.EXTRA else account.month,
    }


def _hold_in_scope(tx: Transaction, scope: BudgetScope, account: Account, amount: int, limit: int) -> bool:
    """Hold an amount in one scope; False where it exceeds the limit.

    The last statement is for two transactions that insert the first row at once, which SQLite does not allow.
    """
    params = {**where(scope, account), "credits": amount, "limit": limit}
    return any(tx.execute(statement, params) == 1 for statement in (_HOLD, _FIRST_HOLD, _HOLD))


def _is_within_operator_limit(tx: Transaction, account: Account, limit: int) -> bool:
    params = {**where(BudgetScope.SERVER, account), "limit": limit}
    return tx.fetch_one(_WITHIN_OPERATOR_LIMIT, params) is not None


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


def own(tx: Transaction, account: Account, limits: Limits) -> tuple[int, int]:
    """Return what a member has left of the allowance and extra credits."""
    return (
        get(tx, BudgetScope.MEMBER, account, limits.member).available,
        get(tx, BudgetScope.EXTRA, account, 0).available,
    )
