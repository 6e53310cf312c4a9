"""A member's balance, from the limits in force and the ledger's totals."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.credits import Limits
from bot.domain.quota import Balance
from data import ledger, limits
from data.database import Transaction


def balance(
    tx: Transaction, guild_id: int, member_id: int, role_ids: Sequence[int], *, defaults: Limits, now: int
) -> Balance:
    """Return a member's balance in all budgets.

    `defaults` are the operator's limits; `now` is UTC epoch milliseconds.
    """
    in_force, allowance = limits.resolve_limits(tx, guild_id, member_id, role_ids, defaults, now)
    return ledger.balance(tx, ledger.Account.at(guild_id, member_id, now), in_force, allowance)
