"""Bonus credits: gifts of members, and what managers and the operator grant, take back and reset.

A gift is two entries of the ledger that its row names, written in one transaction. Each change has its audit entry.
Times are UTC epoch milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.domain.credits import Gift
from bot.domain.jobs import generate_id
from bot.domain.message import MessageKind
from bot.domain.quota import AuditAction, AuditContext, AuditEvent
from bot.domain.refusal import RefusalCode, Refused
from bot.domain.text import language_of
from data import audit_log, erased_members, ledger, messages, preferences, risk, server_setup
from data.database import Transaction
from data.engine.rows import generate_row_id

_GIVER_BARRED: Final[Mapping[RefusalCode, RefusalCode]] = {
    "refusals-blocked": "gifts-blocked",
    "refusals-erasing": "gifts-erasing",
}


def give(tx: Transaction, recipient_id: int, credits: int, *, channel_id: int, by: AuditContext) -> Refused | None:
    """Give bonus credits to another member of the server.

    Both sides are written, or none. Return why it is refused.

    Raises:
        DuplicateInteraction: The interaction has made its gift already.
    """
    giver_id = by.actor_id
    preferences.lock(tx, giver_id, recipient_id)
    audit_log.require_new(tx, by)
    refused = _refusal(tx, by, recipient_id, credits)
    if refused is not None:
        return refused
    taken_id, given_id, gift_id = generate_id(tx.now), generate_id(tx.now), generate_row_id(tx.now)
    with tx.savepoint() as undo:
        left = None
        for member_id in sorted((giver_id, recipient_id)):  # the order of locks, as by `ledger.get_holds`
            change = AuditEvent(by, AuditAction.GIFT, member_id, credits)
            if member_id == giver_id:
                left = ledger.revoke(tx, change, entry_id=taken_id)
            else:
                ledger.grant(tx, change, entry_id=given_id)
        if left is not None:
            undo.rollback()
            return Refused("gifts-too-few", {"credits": left})
    gift = {
        "id": gift_id,
        "guild_id": by.guild_id,
        "channel_id": channel_id,
        "giver_id": giver_id,
        "recipient_id": recipient_id,
        "credits": credits,
        "taken_entry_id": taken_id,
        "given_entry_id": given_id,
        "created_at": tx.now,
    }
    tx.insert("gifts", gift)
    audit_log.record(tx, AuditEvent(by, AuditAction.GIFT, recipient_id, credits))
    messages.announce(tx, MessageKind.GIFT, gift_id, recipient_id, by.guild_id)
    return None


def find(tx: Transaction, gift_id: str) -> Gift | None:
    """Read a gift."""
    return tx.fetch_as(
        lambda row: Gift(*row[:-1], server_language=language_of(row["language"])),
        "SELECT gifts.id, gifts.guild_id, channel_id, giver_id, recipient_id, credits, created_at,"
        " COALESCE(guild_settings.chosen_language, guild_settings.language) AS language"
        " FROM gifts LEFT JOIN guild_settings ON guild_settings.guild_id = gifts.guild_id WHERE gifts.id = :id",
        {"id": gift_id},
    )


def _refusal(tx: Transaction, by: AuditContext, recipient_id: int, credits: int) -> Refused | None:
    """Return why a member may not give so much to another, if so.

    A block may outlast its member's data. What is given to a member whose data is about to be erased would be, too.
    """
    bound = server_setup.get(tx, by.guild_id).gift_credits
    if bound is None:
        return Refused("gifts-off")
    if recipient_id == by.actor_id:
        return Refused("gifts-self")
    barred = risk.refusal(tx, by.guild_id, by.actor_id, None, recall=True)
    if barred is not None:
        return Refused(_GIVER_BARRED.get(barred.code, "gifts-paused"))
    if risk.refusal(tx, by.guild_id, recipient_id, None, recall=True) is not None:
        return Refused("gifts-recipient-blocked")
    left = max(0, bound - erased_members.credits_given(tx, by.actor_id, by.guild_id))
    return Refused("gifts-over-bound", {"credits": left}) if credits > left else None


def grant(tx: Transaction, member_id: int, credits: int, *, by: AuditContext) -> AuditEvent:
    """Grant a member extra credits.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    preferences.lock(tx, member_id)
    event = AuditEvent(by, AuditAction.GRANT, member_id, credits)
    ledger.grant(tx, event)
    return audit_log.record(tx, event)


def revoke(tx: Transaction, member_id: int, credits: int, *, by: AuditContext) -> AuditEvent | Refused:
    """Take extra credits back that are neither spent nor held.

    Where there are fewer, nothing is taken.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    preferences.lock(tx, member_id)
    event = AuditEvent(by, AuditAction.REVOKE, member_id, credits)
    available = ledger.revoke(tx, event)
    if available is not None:
        code = "quota-too-little-bonus" if available else "quota-no-bonus"
        return Refused(code, {"member": member_id, "credits": available})
    return audit_log.record(tx, event)


def reset_usage(tx: Transaction, member_id: int, *, by: AuditContext) -> AuditEvent | Refused:
    """Set a member's used allowance to zero.

    Raises:
        DuplicateInteraction: The interaction has made its change already.
    """
    preferences.lock(tx, member_id)
    audit_log.require_new(tx, by)
    erased_members.recall(tx, member_id)
    event = AuditEvent(by, AuditAction.RESET_USAGE, member_id, None)
    used = ledger.reset_usage(tx, event)
    if not used:
        return Refused("quota-nothing-to-reset", {"member": member_id})
    return audit_log.record(tx, replace(event, credits=used))
