"""The galleries of servers, and what happens when one is closed.

Times are UTC epoch milliseconds.
"""

from __future__ import annotations

from typing import Final

from bot.domain.message import Delivery
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEvent, AuditReason
from data import audit_log, jobs
from data.audit_log import CLOSED_CHANNEL_PAUSE_MS
from data.database import Transaction

OPEN: Final = (
    "CASE WHEN guild_settings.gallery_failed_at IS NULL OR guild_settings.gallery_failed_at <= :retry_before"
    " OR guild_settings.gallery_failed_at > :now THEN guild_settings.gallery_channel_id END"
)
"""A server's gallery, NULL while it is not tried: see CLOSED_CHANNEL_PAUSE_MS."""


def open_params(now: int) -> dict[str, int]:
    """Return the parameters of OPEN."""
    return {"now": now, "retry_before": now - CLOSED_CHANNEL_PAUSE_MS}


def find_open(tx: Transaction, guild_id: int) -> int | None:
    """Return a server's gallery, None while it is not tried."""
    sql = f"SELECT {OPEN} FROM guild_settings WHERE guild_id = :guild_id"
    return tx.fetch_value(sql, {**open_params(tx.now), "guild_id": guild_id})


def leave(tx: Transaction, delivery: Delivery, *, is_closed: bool, reason: AuditReason | None = None) -> None:
    """Send a notification to its order's channel instead of the gallery.

    `is_closed`: nothing can be posted in the gallery. Staff are told once, until that changes.
    """
    job = jobs.lock(tx, delivery.job.id)
    tx.execute(
        "UPDATE outbox SET venue = 'channel', gallery_id = NULL"
        " WHERE job_id = :job_id AND type = :type AND status = 'pending'",
        {"job_id": delivery.job.id, "type": delivery.type},
    )
    if is_closed:
        mark_closed(tx, job.guild_id, delivery.gallery_id or 0, reason)


def mark_closed(tx: Transaction, guild_id: int, gallery_id: int, reason: AuditReason | None = None) -> None:
    """Record that nothing can be posted in a gallery.

    Staff are told once, until that changes.
    """
    gallery = {"guild_id": guild_id, "gallery_id": gallery_id, "now": tx.now}
    whose = "guild_id = :guild_id AND gallery_channel_id = :gallery_id"
    close = f"UPDATE guild_settings SET gallery_failed_at = :now WHERE {whose}"
    if tx.execute(f"{close} AND gallery_failed_at IS NULL", gallery):
        by = AuditContext(SYSTEM_ACTOR_ID, guild_id, reason_code=reason)
        audit_log.record(tx, AuditEvent(by, AuditAction.GALLERY_FAILED, gallery_id, None))
    else:
        tx.execute(close, gallery)


def mark_open(tx: Transaction, guild_id: int) -> None:
    """Record that a server's gallery took a message."""
    tx.execute(
        "UPDATE guild_settings SET gallery_failed_at = NULL"
        " WHERE guild_id = :guild_id AND gallery_failed_at IS NOT NULL",
        {"guild_id": guild_id},
    )
