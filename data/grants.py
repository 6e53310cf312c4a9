"""Changes to a member's credits, each with its audit entry.

They are made by managers and the operator.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.quota import AuditAction, AuditContext
from data import audit_log, erased_members, ledger, preferences
from data.audit_log import AuditEvent
from data.database import Transaction


def grant(tx: Transaction, member_id: int, credits: int, *, by: AuditContext) -> None:
    """Grant a member extra credits.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    preferences.lock(tx, member_id)
    event = AuditEvent(by, AuditAction.GRANT, member_id, credits)
    ledger.grant(tx, event)
    audit_log.record(tx, event)


def revoke(tx: Transaction, member_id: int, credits: int, *, by: AuditContext) -> int | None:
    """Take extra credits back that are neither spent nor held.

    Return None, or how many there are where they are fewer; nothing is taken then.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    preferences.lock(tx, member_id)
    event = AuditEvent(by, AuditAction.REVOKE, member_id, credits)
    try:
        ledger.revoke(tx, event)
    except ledger.InsufficientGrant as refused:
        return refused.available
    audit_log.record(tx, event)
    return None


def reset_usage(tx: Transaction, member_id: int, *, by: AuditContext) -> int:
    """Set a member's used allowance to zero; return how much it was.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    preferences.lock(tx, member_id)
    audit_log.require_new(tx, by)
    erased_members.recall(tx, member_id)
    event = AuditEvent(by, AuditAction.RESET_USAGE, member_id, None)
    used = ledger.reset_usage(tx, event)
    if used:
        audit_log.record(tx, replace(event, credits=used))
    return used
