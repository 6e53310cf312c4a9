"""How many prompts of a member broke rules today, by server.

The audit log has an entry of each. Those from before the member was unblocked count no more.
"""

from __future__ import annotations

from typing import Final

from bot.domain.days import day_of
from bot.domain.quota import AuditAction
from data import erased_members
from data.database import Transaction
from data.erased_members import EventKind

_DAY_MS: Final = 24 * 3_600_000

_TODAY: Final = """
SELECT action, created_at FROM audit_log
WHERE subject_id = :member_id AND action IN ('prompt_refused', 'unblock')
    AND guild_id = :guild_id AND created_at > :since AND created_at <= :now
"""
"""Repeats the words of the index audit_log_moderation."""


def count(tx: Transaction, guild_id: int, member_id: int) -> int:
    """Count a member's prompts that broke rules today (UTC) in a server."""
    rows = tx.fetch_all(
        _TODAY, {"guild_id": guild_id, "member_id": member_id, "since": tx.now - _DAY_MS, "now": tx.now}
    )
    unblocked_at = max((row["created_at"] for row in rows if row["action"] == AuditAction.UNBLOCK), default=0)
    own = [row["created_at"] for row in rows if row["action"] == AuditAction.PROMPT_REFUSED]
    before = erased_members.moments(tx, member_id, EventKind.REFUSED_PROMPT, guild_id)
    return sum(at > unblocked_at and day_of(at) == day_of(tx.now) for at in (*own, *before))
