"""The ledger of credits: holds, captures and releases.

The caller decides which, and moves the job in the same transaction (data/orders.py, submissions.py, renders.py). A
limit is enforced by one conditional statement (`_HOLD`, or `_FIRST_HOLD` where the balance has no row yet) whose row
count decides, the same for every scope. The sums over the append-only ledger always equal the totals in `balances`;
data/reconciliation.py recomputes them.
"""

from __future__ import annotations

from bot.domain.credits import Budget, BudgetScope, EntryType, Limits, Month, Shortfall
from bot.domain.quota import Allowance, Balance
from data import failures, ledger_entries
from data.accounts import Account, Hold
from data.audit_log import AuditEvent
from data.database import Savepoint, Transaction
from data.limits import lowest_server_limit
from data.row_id import generate_row_id

_NO_LIMIT = 2**53
"""The limit of a server that has none."""


class InsufficientGrant(Exception):
    """More was revoked than is available; `left` is how much could be."""

    def __init__(self, left: int) -> None:
        super().__init__(f"only {left} credits can be taken")
        self.left = left


_BUDGET = "scope = :scope AND guild_id = :guild_id AND member_id = :member_id AND month = :month"

_HOLD = f"UPDATE balances SET held = held + :credits WHERE {_BUDGET} AND used + held + :credits <= :limit + granted"

_FIRST_HOLD = """
INSERT INTO balances (scope, guild_id, member_id, month, held)
SELECT :scope, :guild_id, :member_id, :month, :credits WHERE :credits <= :limit
ON CONFLICT (scope, guild_id, member_id, month) DO NOTHING
"""
"""The first hold on a balance; where it has a row already, `_HOLD` decides."""

_WITHIN_OPERATOR_LIMIT = f"""
SELECT 1 FROM balances
WHERE {_BUDGET} AND used + held <= :limit AND used + held + ({failures.OVERAGE}) <= :limit
"""
"""Runs after the hold, which locks the server's row. A movie that ends meanwhile changes that row too, so its charge
counts as held or as charged. Inside `_HOLD`, PostgreSQL would use the charges from before its wait for the lock.
Movies that were cheaper than their price make up for dearer and failed ones, but raise no limit.
"""


def hold(
    tx: Transaction, undo: Savepoint, job_id: str, account: Account, amount: int, limits: Limits, now: int
) -> Hold | Shortfall:
    """Hold credits in every scope: the allowance first, then the extra credits.

    Where a limit would be passed, it rolls back to `undo`, the caller's innermost savepoint. It opens none of its own,
    which would cost each order 30 µs.
    """
    parts = _hold_of_member(tx, account, amount, limits)
    if parts is not None:
        held = Hold(generate_row_id(now), job_id, account, *parts)
        # before the rows for which other orders wait until this transaction ends
        ledger_entries.insert(
            tx, EntryType.HOLD, account, now, entry_id=held.id, allowance=parts[0], extra=parts[1], job_id=job_id
        )
        if _hold_of_server_and_plan(tx, account, amount, limits):
            return held
    undo.rollback()  # so that the shortfall counts what was available before
    return shortfall(tx, account, amount, limits)


def _hold_of_member(tx: Transaction, account: Account, amount: int, limits: Limits) -> tuple[int, int] | None:
    """Hold an amount of a member; return its allowance and extra parts.

    None where both do not suffice. The allowance may have changed then.
    """
    if _hold_in_scope(tx, BudgetScope.MEMBER, account, amount, limits.member):
        return amount, 0
    # locked: a hold that ends meanwhile must not make the statement below fail
    allowance = _budget(tx, BudgetScope.MEMBER, account, limits.member, lock=True).available
    if allowance and not _hold_in_scope(tx, BudgetScope.MEMBER, account, allowance, limits.member):
        return None
    if not _hold_in_scope(tx, BudgetScope.EXTRA, account, amount - allowance, limit=0):  # only what was granted
        return None
    return allowance, amount - allowance


def _hold_of_server_and_plan(tx: Transaction, account: Account, amount: int, limits: Limits) -> bool:
    """Hold an amount in both scopes.

    False where a limit would be passed. The server's balance may have changed then.
    """
    managers = _NO_LIMIT if limits.managers is None else limits.managers
    if not _hold_in_scope(tx, BudgetScope.SERVER, account, amount, managers):
        return False
    if limits.server is not None and not _is_within_operator_limit(tx, account, limits.server):
        return False
    return _hold_in_scope(tx, BudgetScope.PLAN, account, amount, limits.plan)


def capture(tx: Transaction, job_id: str, now: int, *, charged: int | None = None) -> None:
    """Spend what is held for the job.

    `charged` is what the API charged, where it said so: the operator's plan counts that, everyone else the price.

    Raises:
        LookupError: Nothing is held for it.
        StorageError: A hold was resolved before (the schema allows one resolution).
    """
    holds = get_holds(tx, job_id)
    difference = 0 if charged is None else charged - sum(held.credits for held in holds)
    for held in holds:
        for scope, part in held.parts:
            _apply(tx, scope, held.account, part, used=part + (difference if scope is BudgetScope.PLAN else 0))
        _record_resolution(tx, EntryType.CAPTURE, held, now, charge_difference=difference)
        difference = 0  # it counts once


def capture_part(tx: Transaction, job_id: str, charged: int, now: int) -> int:
    """Spend what the API `charged` of a job's hold; release the rest.

    Never more than is held, which is the price. `Hold.limited_to` says in which order. Several accounts pay in the
    order of `get_holds`, each as far as it holds. The operator's plan counts the charge, also where it is above the
    price. Return what was spent.

    Raises:
        LookupError: Nothing is held for it.
        StorageError: A hold was resolved before (the schema allows one resolution).
    """
    holds = get_holds(tx, job_id)
    left = spent = min(charged, sum(held.credits for held in holds))
    difference = charged - spent
    for held in holds:
        part = held.limited_to(left)
        left -= part.credits
        for (scope, released), (_, used) in zip(held.parts, part.parts, strict=True):
            _apply(tx, scope, held.account, released, used=used + (difference if scope is BudgetScope.PLAN else 0))
        if part.credits:
            _record_resolution(tx, EntryType.CAPTURE, held, now, captured=part, charge_difference=difference)
        else:
            _record_resolution(tx, EntryType.RELEASE, held, now)
        difference = 0  # it counts once
    return spent


def release(tx: Transaction, job_id: str, now: int, *, upstream_charged: bool, charged: int | None = None) -> None:
    """Return a job's held credits to their sources.

    They return to the month of the hold. `upstream_charged`: the API keeps what it charged, as it does for a FAILED
    job. The member and the server get everything back all the same, and the operator's plan counts the credits as used:
    those that were `charged`, or the price where the API did not say.

    Raises:
        LookupError: Nothing is held for it.
        StorageError: A hold was resolved before (the schema allows one resolution).
    """
    holds = get_holds(tx, job_id)
    left = charged if upstream_charged else 0
    for held in holds:
        charge = held.credits if left is None else left  # a known charge counts once
        left = None if left is None else 0
        for scope, part in held.parts:
            _apply(tx, scope, held.account, part, used=charge if scope is BudgetScope.PLAN else 0)
        _record_resolution(tx, EntryType.RELEASE, held, now, upstream_charge=charge)


def get_holds(tx: Transaction, job_id: str) -> tuple[Hold, ...]:
    """Read a job's holds, by account.

    Budgets are locked in this order.

    Raises:
        LookupError: There is none.
    """
    rows = tx.fetch_all(
        "SELECT id, guild_id, member_id, month, allowance, extra FROM ledger_entries"
        " WHERE job_id = :job_id AND entry_type = 'hold' ORDER BY guild_id, member_id",
        {"job_id": job_id},
    )
    if not rows:
        raise LookupError(f"nothing is held for job {job_id}")
    return tuple(
        Hold(
            row["id"],
            job_id,
            Account(row["guild_id"], row["member_id"], row["month"]),
            row["allowance"],
            row["extra"],
        )
        for row in rows
    )


def grant(tx: Transaction, change: AuditEvent) -> None:
    """Grant a member extra credits."""
    account, amount = _account_of(change)
    tx.execute(
        "INSERT INTO balances (scope, guild_id, member_id, month, granted)"
        " VALUES (:scope, :guild_id, :member_id, :month, :credits)"
        " ON CONFLICT (scope, guild_id, member_id, month) DO UPDATE SET granted = balances.granted + :credits",
        {**_where(BudgetScope.EXTRA, account), "credits": amount},
    )
    ledger_entries.insert(tx, EntryType.GRANT, account, change.at, extra=amount, by=change.by)


def revoke(tx: Transaction, change: AuditEvent) -> None:
    """Revoke extra credits that are neither used nor held.

    Raises:
        InsufficientGrant: Fewer are available; nothing is revoked.
    """
    account, amount = _account_of(change)
    changed = tx.execute(
        f"UPDATE balances SET granted = granted - :credits WHERE {_BUDGET} AND granted - used - held >= :credits",
        {**_where(BudgetScope.EXTRA, account), "credits": amount},
    )
    if changed == 0:
        raise InsufficientGrant(_budget(tx, BudgetScope.EXTRA, account, 0).available)
    ledger_entries.insert(tx, EntryType.ADJUST, account, change.at, extra=-amount, by=change.by)


def reset_usage(tx: Transaction, change: AuditEvent) -> int:
    """Reset a member's used allowance; return how much it was.

    Only this month's is reset. Holds stay, and so does what the server and the plan have used, because the API was
    paid.
    """
    account = Account.at(change.by.guild_id, change.subject_id, change.at)
    used = _budget(tx, BudgetScope.MEMBER, account, 0, lock=True).used
    if used:
        _apply(tx, BudgetScope.MEMBER, account, 0, used=-used)
        ledger_entries.insert(tx, EntryType.ADJUST, account, change.at, allowance=-used, by=change.by)
    return used


def balance(tx: Transaction, account: Account, limits: Limits, source: Allowance) -> Balance:
    """Read what decides whether a member's next movie fits."""
    return Balance(
        allowance=_budget(tx, BudgetScope.MEMBER, account, limits.member),
        source=source,
        extra=_budget(tx, BudgetScope.EXTRA, account, 0),
        server=_server_budget(tx, account, limits),
        plan=_budget(tx, BudgetScope.PLAN, account, limits.plan),
    )


def server_budget(tx: Transaction, guild_id: int, month: Month, limit: int | None) -> Budget | None:
    """Read a server's month.

    None where it has no limit of its own.
    """
    return None if limit is None else _budget(tx, BudgetScope.SERVER, Account(guild_id, 0, str(month)), limit)


def plan_budget(tx: Transaction, month: Month, limit: int) -> Budget:
    """Read the plan's month, over all servers."""
    return _budget(tx, BudgetScope.PLAN, Account(0, 0, str(month)), limit)


def _account_of(change: AuditEvent) -> tuple[Account, int]:
    assert change.credits is not None
    assert change.credits > 0
    return Account.at(change.by.guild_id, change.subject_id, change.at), change.credits


def _where(scope: BudgetScope, account: Account) -> dict[str, int | str]:
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
    params = {**_where(scope, account), "credits": amount, "limit": limit}
    return any(tx.execute(statement, params) == 1 for statement in (_HOLD, _FIRST_HOLD, _HOLD))


def _is_within_operator_limit(tx: Transaction, account: Account, limit: int) -> bool:
    params = {**_where(BudgetScope.SERVER, account), "limit": limit}
    return tx.fetch_one(_WITHIN_OPERATOR_LIMIT, params) is not None


def _apply(tx: Transaction, scope: BudgetScope, account: Account, held: int, *, used: int) -> None:
    if not held and not used:
        return
    changed = tx.execute(
        f"UPDATE balances SET held = held - :held, used = used + :used WHERE {_BUDGET}",
        {**_where(scope, account), "held": held, "used": used},
    )
    if changed != 1:
        raise LookupError(f"no {scope} budget of {account} holds {held}")


def _budget(tx: Transaction, scope: BudgetScope, account: Account, limit: int, *, lock: bool = False) -> Budget:
    row = tx.fetch_one(
        f"SELECT granted, used, held FROM balances WHERE {_BUDGET}{tx.for_update if lock else ''}",
        _where(scope, account),
    )
    return Budget(limit + row["granted"], row["used"], row["held"]) if row else Budget(limit)


def shortfall(tx: Transaction, account: Account, needed: int, limits: Limits) -> Shortfall:
    """Describe the scope with the least credits available.

    The amount may fit it.
    """
    own = (
        _budget(tx, BudgetScope.MEMBER, account, limits.member).available
        + _budget(tx, BudgetScope.EXTRA, account, 0).available
    )
    candidates = [
        (own, BudgetScope.MEMBER),
        (_budget(tx, BudgetScope.PLAN, account, limits.plan).available, BudgetScope.PLAN),
    ]
    if (server := _server_budget(tx, account, limits)) is not None:
        candidates.insert(1, (server.available, BudgetScope.SERVER))
    left, scope = min(candidates, key=lambda candidate: candidate[0])
    return Shortfall(scope, needed, left, _month_of(account).ends_at)


def _server_budget(tx: Transaction, account: Account, limits: Limits) -> Budget | None:
    """Read the server's budget; None where nothing limits the server."""
    limit = lowest_server_limit(tx, account.guild_id, limits, _month_of(account))
    return server_budget(tx, account.guild_id, _month_of(account), limit)


def _month_of(account: Account) -> Month:
    month = Month.parse(account.month)
    assert month is not None
    return month


def _record_resolution(
    tx: Transaction,
    entry_type: EntryType,
    held: Hold,
    now: int,
    *,
    captured: Hold | None = None,
    upstream_charge: int = 0,
    charge_difference: int = 0,
) -> None:
    """Write the resolution of a hold.

    `captured` is the part that is spent, where the rest is released.
    """
    part = captured or held
    ledger_entries.insert(
        tx,
        entry_type,
        held.account,
        now,
        allowance=part.allowance,
        extra=part.extra,
        released_allowance=held.allowance - part.allowance,
        released_extra=held.extra - part.extra,
        upstream_charge=upstream_charge,
        charge_difference=charge_difference,
        job_id=held.job_id,
        hold_id=held.id,
    )
