"""The ledger of credits: holds, captures and releases.

The caller decides which, and moves the job in the same transaction (data/orders.py, submissions.py, renders.py).
Limits are enforced in data/budgets.py. The sums over the append-only ledger always equal the totals in `balances`;
data/reconciliation.py recomputes them. Several accounts may pay for one job, each with a hold of its own: those who
pledged to its pitch (data/pledges.py). What a capture or release does to their pledges is decided here, for every
way in which a job ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.credits import Budget, BudgetScope, EntryType, Limits, Month, Shortfall, least_left, month_of
from bot.domain.quota import Allowance, AuditEvent, Balance, split
from data import budgets, ledger_entries, pledges, starter_movies
from data.database import Transaction
from data.ledger_entries import Account, Hold


def hold(tx: Transaction, job_id: str, account: Account, amount: int, limits: Limits) -> bool:
    """Hold credits in every scope but the plan's: the allowance first, then the extra credits.

    The plan's hold follows, after whatever else the transaction does, and before it the question whether the server is
    within the operator's limit. Where a limit would be passed, return False: the caller rolls back to its savepoint.
    """
    parts = budgets.hold_of_member(tx, account, amount, limits)
    if parts is None:
        return False
    # before the rows for which other orders wait until this transaction ends
    ledger_entries.insert(tx, EntryType.HOLD, account, tx.now, allowance=parts[0], extra=parts[1], job_id=job_id)
    return budgets.hold(tx, BudgetScope.SERVER, account, amount, limits.managers)


def capture(tx: Transaction, job_id: str, *, charged: int | None = None, at_most: int | None = None) -> None:
    """Spend what is held for the job, or `at_most` so much, and release the rest.

    `charged` is what the API charged, where it said so: the operator's plan counts that, everyone else what is spent.

    Raises:
        LookupError: Nothing is held for it.
        StorageError: A hold was resolved before (the schema allows one resolution).
    """
    holds = get_holds(tx, job_id)
    spent = _at_most(holds, at_most)
    _spend(tx, holds, spent, spent if charged is None else charged, made=True)


def capture_part(tx: Transaction, job_id: str, charged: int, *, at_most: int | None = None) -> int:
    """Spend what the API `charged` of a job's hold; release the rest.

    Never more than is held, which is the price, or than `at_most`, which is not 0. `Hold.limited_to` says in which
    order. Several accounts pay in proportion to their holds, and the odd credits fall to those who lost most by
    rounding, then to the earlier ones (`split`). The operator's plan counts the charge, also where it is above that.
    Return what was spent.

    Raises:
        LookupError: Nothing is held for it.
        StorageError: A hold was resolved before (the schema allows one resolution).
    """
    holds = get_holds(tx, job_id)
    spent = min(charged, _at_most(holds, at_most))
    _spend(tx, holds, spent, charged, made=False)
    return spent


def release(
    tx: Transaction, job_id: str, *, upstream_charged: bool, charged: int | None = None, late: bool = False
) -> None:
    """Return a job's held credits to their sources.

    They return to the month of the hold. `upstream_charged`: the API keeps what it charged, as it does for a FAILED
    job. The member and the server get everything back all the same, and the operator's plan counts the credits as used:
    those that were `charged`, or the price where the API did not say. Of several accounts, each has a share in it.

    `late`: the bot took long to decide, so an allowance of a month that is over, which is worth nothing any more, is
    granted as extra credits.

    Raises:
        LookupError: Nothing is held for it.
        StorageError: A hold was resolved before (the schema allows one resolution).
    """
    holds = get_holds(tx, job_id)
    total = sum(held.credits for held in holds) if charged is None else charged
    charges = _shares(total if upstream_charged else 0, holds)
    grants = [_lost_allowance(held, tx.now) if late else 0 for held in holds]
    for held, charge, granted in zip(holds, charges, grants, strict=True):
        _record_resolution(tx, EntryType.RELEASE, held, upstream_charge=charge)
        if granted:
            this_month = replace(held.account, month=month_of(tx.now))
            ledger_entries.insert(tx, EntryType.GRANT, this_month, tx.now, extra=granted)
        pledges.end_funded(tx, held, 0, made=False, late=granted > 0)
    _settle(tx, holds, [held.limited_to(0) for held in holds], sum(charges), grants)


def _lost_allowance(held: Hold, now: int) -> int:
    """Return how much of a hold is of a month that is over.

    0 for an erased member, who could not spend it.
    """
    is_over = held.account.month < month_of(now)
    return held.allowance if is_over and held.account.member_id > 0 else 0


def charge_late(tx: Transaction, job_id: str, credits: int) -> None:
    """Count what the API charged for a job after its hold was resolved.

    The operator pays it, because its member was told what it costs. It counts for the month of the hold.

    Raises:
        LookupError: Nothing was held for it.
        StorageError: A late charge was counted before (the schema allows one).
    """
    held = get_holds(tx, job_id)[0]
    ledger_entries.insert(
        tx,
        EntryType.CHARGE,
        held.account,
        tx.now,
        charge_difference=credits,
        job_id=job_id,
        pitch_id=held.pitch_id,
    )
    # an order that is checked against the operator's limit of the server waits for this row
    budgets.get(tx, BudgetScope.SERVER, held.account, 0, lock=True)
    budgets.settle(tx, BudgetScope.PLAN, held.account, 0, used=credits)


def _spend(tx: Transaction, holds: Sequence[Hold], spent: int, of_plan: int, *, made: bool) -> None:
    """Spend so much of the holds, and release the rest of them.

    `of_plan` is what the plan counts. `made`: there is a movie, which may be its member's starter movie.
    """
    parts = [each.limited_to(share) for each, share in zip(holds, _shares(spent, holds), strict=True)]
    uncounted = of_plan - spent
    free = made and starter_movies.claim(tx, parts)
    for held, part in zip(holds, parts, strict=True):
        if made or part.credits:
            _record_resolution(tx, EntryType.CAPTURE, held, captured=part, charge_difference=uncounted)
            uncounted = 0  # it counts once
        else:
            _record_resolution(tx, EntryType.RELEASE, held)
        pledges.end_funded(tx, held, part.credits, made=made)
    _settle(tx, holds, parts, of_plan, free=free)


def _settle(
    tx: Transaction,
    holds: Sequence[Hold],
    parts: Sequence[Hold],
    of_plan: int,
    grants: Sequence[int] = (),
    *,
    free: bool = False,
) -> None:
    """Count a part of each hold as used, and nothing as held.

    `of_plan` is what the plan counts, `grants` the extra credits for each hold. `free`: the members get back what is
    used, and only the server and the plan count it. The members' balances come first, and
    the plan's last: the order of locks. Called after all else, because orders of all servers wait for the plan's until
    the transaction ends.
    """
    granting = grants or [0] * len(holds)
    for held, granted in zip(holds, granting, strict=True):
        if granted:  # past months' allowances are locked before all other balances
            budgets.get(tx, BudgetScope.MEMBER, held.account, 0, lock=True)
    for held, part, granted in zip(holds, parts, granting, strict=True):
        budgets.settle(tx, BudgetScope.MEMBER, held.account, held.allowance, used=0 if free else part.allowance)
        budgets.settle(tx, BudgetScope.EXTRA, held.account, held.extra, used=part.extra)
        if back := granted + (part.extra if free else 0):
            budgets.grant(tx, held.account, back)
    account, credits = holds[0].account, sum(held.credits for held in holds)
    budgets.settle(tx, BudgetScope.SERVER, account, credits, used=sum(part.credits for part in parts))
    budgets.settle(tx, BudgetScope.PLAN, account, credits, used=of_plan)


def _at_most(holds: Sequence[Hold], credits: int | None) -> int:
    held = sum(each.credits for each in holds)
    return held if credits is None else min(credits, held)


def _shares(total: int, holds: Sequence[Hold]) -> tuple[int, ...]:
    """Divide a total among holds; the parts are in their order.

    Of equals, the hold that was made first comes first.
    """
    by_age = sorted(range(len(holds)), key=lambda index: holds[index].id)
    parts = split(total, [holds[index].credits for index in by_age])
    shares = dict(zip(by_age, parts, strict=True))
    return tuple(shares[index] for index in range(len(holds)))


def get_holds(tx: Transaction, job_id: str) -> tuple[Hold, ...]:
    """Read a job's holds, by account.

    Budgets are locked in this order.

    Raises:
        LookupError: There is none.
    """
    rows = tx.fetch_all(
        "SELECT id, guild_id, member_id, month, allowance, extra, pitch_id FROM ledger_entries"
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
            row["pitch_id"],
        )
        for row in rows
    )


def grant(tx: Transaction, change: AuditEvent, *, entry_id: str | None = None) -> None:
    """Grant a member extra credits."""
    account, amount = _account_of(tx, change)
    budgets.grant(tx, account, amount)
    ledger_entries.insert(tx, EntryType.GRANT, account, tx.now, entry_id=entry_id, extra=amount, by=change.by)


def revoke(tx: Transaction, change: AuditEvent, *, entry_id: str | None = None) -> int | None:
    """Revoke extra credits that are neither used nor held.

    Where fewer are available, return how many; nothing is revoked.
    """
    account, amount = _account_of(tx, change)
    changed = tx.execute(
        f"UPDATE balances SET granted = granted - :credits WHERE {budgets.ONE} AND granted - used - held >= :credits",
        {**budgets.where(BudgetScope.EXTRA, account), "credits": amount},
    )
    if changed == 0:
        return budgets.get(tx, BudgetScope.EXTRA, account, 0).available
    ledger_entries.insert(tx, EntryType.ADJUST, account, tx.now, entry_id=entry_id, extra=-amount, by=change.by)
    return None


def reset_usage(tx: Transaction, change: AuditEvent) -> int:
    """Reset a member's used allowance; return how much it was.

    Only this month's is reset. Holds stay, and so does what the server and the plan have used, because the API was
    paid.
    """
    account = Account.at(change.by.guild_id, change.subject_id, tx.now)
    used = budgets.get(tx, BudgetScope.MEMBER, account, 0, lock=True).used
    if used:
        budgets.settle(tx, BudgetScope.MEMBER, account, 0, used=-used)
        ledger_entries.insert(tx, EntryType.ADJUST, account, tx.now, allowance=-used, by=change.by)
    return used


def balance(tx: Transaction, account: Account, limits: Limits, source: Allowance) -> Balance:
    """Read what decides whether a member's next movie fits."""
    return Balance(
        allowance=budgets.get(tx, BudgetScope.MEMBER, account, limits.member),
        source=source,
        extra=budgets.get(tx, BudgetScope.EXTRA, account, 0),
        server=budgets.server_budget(tx, account, limits),
        plan=budgets.get(tx, BudgetScope.PLAN, account, limits.plan),
    )


def plan_budget(tx: Transaction, month: Month, limit: int) -> Budget:
    """Read the plan's month, over all servers."""
    return budgets.get(tx, BudgetScope.PLAN, Account(0, 0, str(month)), limit)


def _account_of(tx: Transaction, change: AuditEvent) -> tuple[Account, int]:
    assert change.credits is not None
    assert change.credits > 0
    return Account.at(change.by.guild_id, change.subject_id, tx.now), change.credits


def shared_shortfall(tx: Transaction, account: Account, needed: int, limits: Limits) -> Shortfall:
    """Describe which has the least available: the server, or the plan."""
    server, plan = budgets.server_budget(tx, account, limits), budgets.get(tx, BudgetScope.PLAN, account, limits.plan)
    of_server = None if server is None else server.available
    scope, available = least_left({BudgetScope.SERVER: of_server, BudgetScope.PLAN: plan.available})
    return Shortfall(scope, needed, available, account.parsed_month.ends_at)


def _record_resolution(
    tx: Transaction,
    entry_type: EntryType,
    held: Hold,
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
        tx.now,
        allowance=part.allowance,
        extra=part.extra,
        released_allowance=held.allowance - part.allowance,
        released_extra=held.extra - part.extra,
        upstream_charge=upstream_charge,
        charge_difference=charge_difference,
        job_id=held.job_id,
        hold_id=held.id,
        pitch_id=held.pitch_id,
    )
