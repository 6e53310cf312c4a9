"""Rows of the gifts table: bonus credits that a member gave another.

A gift is two entries of the ledger that its row names, written in one transaction. Times are UTC epoch milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.days import day_starts_at
from bot.domain.gift import Gift, GiftRefusal, GiftRefused
from bot.domain.language import Language, language_of
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditAction, AuditContext, Block
from bot.domain.risk import Refusal, RefusalCode
from data import audit_log, erased_members, ledger, preferences, risk, server_setup
from data.audit_log import AuditEvent
from data.database import Row, Transaction
from data.engine.rows import generate_row_id, list_params

_PENDING: Final = """
SELECT gifts.*, member_preferences.delivery_target,
    COALESCE(guild_settings.chosen_language, guild_settings.language) AS server_language,
    (SELECT member_language FROM jobs WHERE member_id = gifts.recipient_id ORDER BY id DESC LIMIT 1) AS last_language
FROM gifts
LEFT JOIN member_preferences ON member_preferences.member_id = gifts.recipient_id
LEFT JOIN guild_settings ON guild_settings.guild_id = gifts.guild_id
WHERE gifts.notice = 'pending' AND gifts.next_attempt_at <= :now AND gifts.id NOT IN ({excluded})
ORDER BY gifts.next_attempt_at, gifts.id LIMIT :limit
"""


def give(tx: Transaction, recipient_id: int, credits: int, *, channel_id: int, by: AuditContext) -> GiftRefused | None:
    """Give bonus credits to another member of the server.

    Both sides are written, or none. Return why it is refused.

    Raises:
        InsufficientGrant: The giver has fewer; nothing is written.
        DuplicateInteraction: The interaction has made its gift already.
    """
    giver_id = by.actor_id
    preferences.lock(tx, giver_id, recipient_id)
    audit_log.require_new(tx, by)
    refused = _refusal(tx, by, recipient_id, credits)
    if refused is not None:
        return refused
    taken_id, given_id = generate_row_id(tx.now), generate_row_id(tx.now)
    for member_id in sorted((giver_id, recipient_id)):  # balances are locked in this order, as by `ledger.get_holds`
        change = AuditEvent(by, AuditAction.GIFT, member_id, credits)
        if member_id == giver_id:
            ledger.revoke(tx, change, entry_id=taken_id)
        else:
            ledger.grant(tx, change, entry_id=given_id)
    tx.execute(
        "INSERT INTO gifts (id, guild_id, channel_id, giver_id, recipient_id, credits, taken_entry_id, given_entry_id,"
        " created_at, notice, next_attempt_at) VALUES (:id, :guild_id, :channel_id, :giver_id, :recipient_id, :credits,"
        " :taken_id, :given_id, :now, 'pending', :now)",
        {
            "id": generate_row_id(tx.now),
            "guild_id": by.guild_id,
            "channel_id": channel_id,
            "giver_id": giver_id,
            "recipient_id": recipient_id,
            "credits": credits,
            "taken_id": taken_id,
            "given_id": given_id,
            "now": tx.now,
        },
    )
    audit_log.record(tx, AuditEvent(by, AuditAction.GIFT, recipient_id, credits))
    return None


def _refusal(tx: Transaction, by: AuditContext, recipient_id: int, credits: int) -> GiftRefused | None:
    bound = server_setup.get(tx, by.guild_id).gift_credits
    if bound is None:
        return GiftRefused(GiftRefusal.OFF)
    if recipient_id == by.actor_id:
        return GiftRefused(GiftRefusal.SELF)
    reason = _barred(tx, by, recipient_id)
    if reason is not None:
        return GiftRefused(reason)
    left = max(0, bound - _given_today(tx, by))
    return GiftRefused(GiftRefusal.OVER_BOUND, left) if credits > left else None


def _barred(tx: Transaction, by: AuditContext, recipient_id: int) -> GiftRefusal | None:
    """Return which side may not take part now.

    A block may outlast its member's data. What is given to a member whose data is about to be erased would be, too.
    """
    match risk.refusal(tx, by.guild_id, by.actor_id, None, recall=True):
        case None:
            pass
        case Block():
            return GiftRefusal.GIVER_BLOCKED
        case Refusal(RefusalCode.ERASING):
            return GiftRefusal.GIVER_ERASING
        case Refusal():
            return GiftRefusal.PAUSED
    refused = risk.refusal(tx, by.guild_id, recipient_id, None, recall=True)
    return None if refused is None else GiftRefusal.RECIPIENT_BLOCKED


def _given_today(tx: Transaction, by: AuditContext) -> int:
    row = tx.fetch_one(
        "SELECT CAST(COALESCE(SUM(credits), 0) AS BIGINT) FROM gifts"
        " WHERE giver_id = :giver_id AND guild_id = :guild_id AND created_at >= :day",
        {"giver_id": by.actor_id, "guild_id": by.guild_id, "day": day_starts_at(tx.now)},
    )
    assert row is not None
    return row[0] + erased_members.credits_given(tx, by.actor_id, by.guild_id)


def due(tx: Transaction, limit: int, exclude: Sequence[str]) -> list[Gift]:
    """Return gifts whose recipients are to be told now.

    `exclude` are ids that are left out.
    """
    excluded = list_params("excluded", exclude)
    rows = tx.fetch_all(_PENDING.format(excluded=excluded.sql), {**excluded.params, "now": tx.now, "limit": limit})
    return [_gift(row) for row in rows]


def next_due_at(tx: Transaction, now: int) -> int | None:
    """Return when the next recipient after `now` is to be told."""
    row = tx.fetch_one(
        "SELECT MIN(next_attempt_at) FROM gifts WHERE notice = 'pending' AND next_attempt_at > :now", {"now": now}
    )
    return row[0] if row else None


def reschedule(tx: Transaction, gift_id: str, due_at: int) -> None:
    """Count a failed attempt to tell the recipient, and retry."""
    tx.execute(
        "UPDATE gifts SET next_attempt_at = :due_at, attempts = attempts + 1 WHERE id = :id AND notice = 'pending'",
        {"id": gift_id, "due_at": due_at},
    )


def end_notice(tx: Transaction, gift_id: str, *, sent: bool) -> None:
    """Record whether the recipient was told."""
    tx.execute(
        "UPDATE gifts SET notice = :notice, next_attempt_at = NULL WHERE id = :id AND notice = 'pending'",
        {"id": gift_id, "notice": "sent" if sent else "undeliverable"},
    )


def _gift(row: Row) -> Gift:
    server = Language.ENGLISH if row["server_language"] is None else language_of(row["server_language"])
    return Gift(
        id=row["id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        giver_id=row["giver_id"],
        recipient_id=row["recipient_id"],
        credits=row["credits"],
        created_at=row["created_at"],
        direct=row["delivery_target"] == DeliveryTarget.DIRECT_MESSAGE,
        server_language=server,
        recipient_language=server if row["last_language"] is None else language_of(row["last_language"]),
        attempts=row["attempts"],
    )
