"""Remembers what erased members have spent, until the month ends.

An erasure is no way out of a block, a limit or spent credits. A keyed hash recognizes the member, and the key goes with
the month. When they order again, what was remembered is theirs again: their allowance is used as far as before, and
their failed movies count. What was decided about them outlasts the month: see data/erased_decisions.py. What they did
lately stays behind the hash: see data/erased_events.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.credits import EntryType, Month
from data import erased_decisions, erased_events, erasure_keys, failures, ledger_entries
from data.accounts import Account
from data.database import Transaction
from data.member_digest import day_of

_SPENT: Final = """
SELECT guild_id, used + held AS spent FROM balances
WHERE scope = 'member' AND month = :month AND member_id = :member_id AND used + held > 0
"""
"""What is on hold pays for an unknown movie of someone else, and may be spent yet."""

_KEEP: Final = """
INSERT INTO erased_accounts (month, digest, guild_id, spent, failed)
VALUES (:month, :digest, :guild_id, :spent, :failed)
"""

_CARRY: Final = """
INSERT INTO balances (scope, guild_id, member_id, month, used) VALUES ('member', :guild_id, :member_id, :month, :spent)
ON CONFLICT (scope, guild_id, member_id, month) DO UPDATE SET used = balances.used + :spent
"""


@dataclass(slots=True)
class _Kept:
    """What is remembered of a member in one server."""

    spent: int = 0
    failed: int = 0


def remember(tx: Transaction, member_id: int) -> None:
    """Remember a member's month, before their data is erased.

    What was remembered before and is not recalled stays. The caller holds the member's lock.
    """
    recall(tx, member_id)
    erased_decisions.remember(tx, member_id)
    erased_events.remember(tx, member_id)
    month = Month.containing(tx.now)
    kept = _kept(tx, member_id, month)
    if not kept:
        return
    digest = erasure_keys.make_digest(tx, month, member_id)
    for guild_id, account in sorted(kept.items()):
        values = {
            "month": str(month),
            "digest": digest,
            "guild_id": guild_id,
            "spent": account.spent,
            "failed": account.failed,
        }
        tx.execute(_KEEP, values)


def _kept(tx: Transaction, member_id: int, month: Month) -> Mapping[int, _Kept]:
    """Return what is to be remembered, by server."""
    kept: dict[int, _Kept] = {}
    for row in tx.fetch_all(_SPENT, {"month": str(month), "member_id": member_id}):
        kept.setdefault(row["guild_id"], _Kept()).spent = row["spent"]
    for guild_id, failed in failures.failed_by_server(tx, member_id, month).items():
        kept.setdefault(guild_id, _Kept()).failed = failed
    return kept


def is_remembered(tx: Transaction, member_id: int) -> bool:
    """Return whether something waits for a member's return."""
    month = Month.containing(tx.now)
    whose = {"month": str(month), "digest": erasure_keys.find_digest(tx, month, member_id)}
    sql = "SELECT 1 FROM erased_accounts WHERE month = :month AND digest = :digest LIMIT 1"
    return tx.fetch_one(sql, whose) is not None or erased_decisions.is_remembered(tx, member_id)


def recall(tx: Transaction, member_id: int) -> bool:
    """Give a member who is back what was remembered of them, and decided.

    Return False where nothing was. The deletion decides, so it happens once. The entry in the ledger counts for the
    member only: the plan and the server have their part in the entries from before.
    """
    month = Month.containing(tx.now)
    decided = erased_decisions.recall(tx, member_id)
    digest = erasure_keys.find_digest(tx, month, member_id)
    if digest is None:
        return decided
    rows = tx.fetch_all(
        "DELETE FROM erased_accounts WHERE month = :month AND digest = :digest RETURNING guild_id, spent, failed",
        {"month": str(month), "digest": digest},
    )
    for row in sorted(rows, key=lambda each: each["guild_id"]):
        account = {"guild_id": row["guild_id"], "member_id": member_id}
        tx.execute(_CARRY, {**account, "month": str(month), "spent": row["spent"]})
        ledger_entries.insert(
            tx,
            EntryType.ADJUST,
            Account.at(row["guild_id"], member_id, tx.now),
            tx.now,
            allowance=row["spent"],
            upstream_charge=row["failed"],
            charge_difference=-row["failed"],
        )
    return bool(rows) or decided


def forget_past_months(tx: Transaction) -> int:
    """Forget what was remembered in past months; return the rows."""
    month = {"month": str(Month.containing(tx.now))}
    tables = ("erasure_keys", "erased_accounts", "erased_events", "erased_decisions")
    past = f"{erasure_keys.OF_MONTHS} AND month < :month"
    return sum(tx.execute(f"DELETE FROM {table} WHERE {past}", month) for table in tables)


def lapse_bonus(tx: Transaction, member_id: int) -> int:
    """Take back a member's bonus credits that are neither used nor held.

    Return how many lapsed. They were for this member alone, who leaves. The entries have the day and not the moment,
    which would be the same in each server.
    """
    rows = tx.fetch_all(
        "SELECT guild_id, granted - used - held AS available FROM balances"
        " WHERE scope = 'extra' AND member_id = :member_id AND granted - used - held > 0 ORDER BY guild_id"
        f"{tx.for_update}",
        {"member_id": member_id},
    )
    for row in rows:
        tx.execute(
            "UPDATE balances SET granted = granted - :credits"
            " WHERE scope = 'extra' AND guild_id = :guild_id AND member_id = :member_id AND month = ''",
            {"credits": row["available"], "guild_id": row["guild_id"], "member_id": member_id},
        )
        account = Account.at(row["guild_id"], member_id, tx.now)
        ledger_entries.insert(tx, EntryType.ADJUST, account, day_of(tx.now), extra=-row["available"])
    return sum(row["available"] for row in rows)
