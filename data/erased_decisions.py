"""Remembers what was decided about erased members, until it ends.

An erasure ends no block and no allowance of 0: a keyed hash recognizes the member until the block expires or someone
removes it. Other limits let a member spend, and go with the month, as what was spent. When the member is back, or the
decision changes, it is in its own table again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bot.domain.credits import Month
from data import erasure_keys
from data.database import Transaction

EXISTS: Final = "EXISTS (SELECT 1 FROM erased_decisions) AS decided"
"""A column that tells whether anything is remembered."""


class DecisionKind(StrEnum):
    """What is remembered of an erased member."""

    BLOCK = "block"
    TIMEOUT = "timeout"
    LIMIT = "limit"


_DECISIONS: Final = f"""
SELECT guild_id, CASE WHEN is_timeout = 1 THEN '{DecisionKind.TIMEOUT}' ELSE '{DecisionKind.BLOCK}' END AS kind,
    expires_at AS ends_at, NULL AS credits
FROM member_blocks WHERE member_id = :member_id AND (expires_at IS NULL OR expires_at > :now)
UNION ALL
SELECT guild_id, '{DecisionKind.LIMIT}', NULL, credits
FROM quota_limits WHERE scope = 'member' AND subject_id = :member_id
"""

_KEEP: Final = """
INSERT INTO erased_decisions (month, digest, guild_id, kind, ends_at, credits)
VALUES (:month, :digest, :guild_id, :kind, :ends_at, :credits)
"""

_BLOCK: Final = """
INSERT INTO member_blocks (guild_id, member_id, expires_at, reason, is_timeout)
VALUES (:guild_id, :member_id, :ends_at, '', :is_timeout)
ON CONFLICT (guild_id, member_id) DO NOTHING
"""

_LIMIT: Final = """
INSERT INTO quota_limits (guild_id, scope, subject_id, credits) VALUES (:guild_id, 'member', :member_id, :credits)
ON CONFLICT (guild_id, scope, subject_id) DO NOTHING
"""


def remember(tx: Transaction, member_id: int) -> None:
    """Remember the decisions about a member, before their data is erased.

    What was remembered before is recalled already. The caller holds the member's lock.
    """
    for row in tx.fetch_all(_DECISIONS, {"member_id": member_id, "now": tx.now}):
        month = Month.containing(tx.now) if row["credits"] else None
        values = {
            "month": erasure_keys.period(month),
            "digest": erasure_keys.make_digest(tx, month, member_id),
            "guild_id": row["guild_id"],
            "kind": row["kind"],
            "ends_at": row["ends_at"],
            "credits": row["credits"],
        }
        tx.execute(_KEEP, values)


def is_remembered(tx: Transaction, member_id: int) -> bool:
    """Return whether a decision waits for a member's return."""
    sql = "SELECT 1 FROM erased_decisions WHERE month = :month AND digest = :digest LIMIT 1"
    return any(tx.fetch_one(sql, whose) is not None for whose in _whose(tx, member_id))


def recall(tx: Transaction, member_id: int) -> bool:
    """Apply to a member what was remembered of them; False where nothing was.

    A newer decision stays. The deletion decides, so it happens once.
    """
    rows = [
        row
        for whose in _whose(tx, member_id)
        for row in tx.fetch_all(
            "DELETE FROM erased_decisions WHERE month = :month AND digest = :digest"
            " RETURNING guild_id, kind, ends_at, credits",
            whose,
        )
    ]
    for row in rows:
        subject = {"guild_id": row["guild_id"], "member_id": member_id}
        if row["kind"] == DecisionKind.LIMIT:
            tx.execute(_LIMIT, {**subject, "credits": row["credits"]})
        elif row["ends_at"] is None or row["ends_at"] > tx.now:
            is_timeout = int(row["kind"] == DecisionKind.TIMEOUT)
            tx.execute(_BLOCK, {**subject, "ends_at": row["ends_at"], "is_timeout": is_timeout})
    return bool(rows)


def forget_ended(tx: Transaction) -> int:
    """Forget the blocks that have ended; return how many."""
    return tx.execute("DELETE FROM erased_decisions WHERE ends_at <= :now", {"now": tx.now})


def _whose(tx: Transaction, member_id: int) -> list[dict[str, str]]:
    """Return the keys of what may be remembered of a member."""
    digests = {month: erasure_keys.find_digest(tx, month, member_id) for month in (None, Month.containing(tx.now))}
    return [{"month": erasure_keys.period(month), "digest": digest} for month, digest in digests.items() if digest]
