"""The ledger of pledges.

They are held for a pitch, and then returned, lapsed, or turned into the holds of its movie. A pledge holds the
pledger's own budgets only, as a hold does: the allowance first, then the extra credits. The server's and the plan's are
held when the pitch is funded, so that no idle pitch keeps others from ordering.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.credits import BudgetScope, EntryType, Limits, Month, Shortfall
from bot.domain.pitches import Pledge
from data import budgets, ledger, ledger_entries
from data.accounts import Account
from data.database import Savepoint, Transaction
from data.engine import move_record


def pledge(
    tx: Transaction, undo: Savepoint, pitch_id: str, account: Account, amount: int, limits: Limits
) -> tuple[int, int] | Shortfall:
    """Hold credits for a pitch; return the allowance and extra parts.

    Where they do not suffice, it rolls back to `undo`, the caller's innermost savepoint.

    Raises:
        DatabaseMoved: The rows are in another database.
    """
    parts = budgets.hold_of_member(tx, account, amount, limits)
    if parts is None:
        undo.rollback()
        left = sum(budgets.own(tx, account, limits))
        return Shortfall(BudgetScope.MEMBER, amount, left, Month.containing(tx.now).ends_at)
    ledger_entries.insert(tx, EntryType.PLEDGE, account, tx.now, allowance=parts[0], extra=parts[1], pitch_id=pitch_id)
    move_record.reject_moved(tx)
    return parts


def unpledge(tx: Transaction, pledged: Pledge, allowance: int, extra: int, *, taken_back: bool = False) -> None:
    """Return a part of a pledge to its sources and month.

    `taken_back`: by its member, which counts as a cancellation.
    """
    account = _account(pledged)
    budgets.settle(tx, BudgetScope.MEMBER, account, allowance, used=0)
    budgets.settle(tx, BudgetScope.EXTRA, account, extra, used=0)
    _record_end(tx, pledged, allowance, extra, taken_back=taken_back)


def convert(
    tx: Transaction, undo: Savepoint, job_id: str, pledged: Sequence[Pledge], limits: Limits
) -> Shortfall | None:
    """Turn pledges into the holds of a job.

    The server's and the plan's budgets hold the same. The members' own budgets stay as they are. Their allowances are
    of this month. Return what the server or the plan lacks; nothing was changed then.

    Raises:
        DatabaseMoved: The rows are in another database.
    """
    total = sum(each.credits for each in pledged)
    for each in pledged:
        _record_end(tx, each, each.allowance, each.extra)
        ledger_entries.insert(
            tx,
            EntryType.HOLD,
            Account.at(each.guild_id, each.member_id, tx.now),
            tx.now,
            allowance=each.allowance,
            extra=each.extra,
            job_id=job_id,
            pitch_id=each.pitch_id,
        )
    move_record.reject_moved(tx)  # before the rows for which other orders wait
    account = Account.at(pledged[0].guild_id, 0, tx.now)
    if budgets.hold_of_server(tx, account, total, limits) and budgets.hold_of_plan(tx, account, total, limits):
        return None
    undo.rollback()
    return ledger.shared_shortfall(tx, account, total, limits)


def _record_end(tx: Transaction, pledged: Pledge, allowance: int, extra: int, *, taken_back: bool = False) -> None:
    ledger_entries.insert(
        tx,
        EntryType.UNPLEDGE,
        _account(pledged),
        tx.now,
        allowance=allowance,
        extra=extra,
        pitch_id=pledged.pitch_id,
        taken_back=taken_back,
    )


def _account(pledged: Pledge) -> Account:
    return Account(pledged.guild_id, pledged.member_id, pledged.month)
