"""The audit log: who changed what in a server, and which entries are still to be posted.

A server's log is one message, which is due while there are any: they are posted one by one, in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.core.errors import DuplicateInteraction
from bot.domain.jobs import Job
from bot.domain.message import MessageKind
from bot.domain.prompt_filter import OPERATOR, FilterRule
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEntry, AuditEvent, AuditReason
from bot.domain.server_setup import SETTINGS
from bot.domain.text import language_of
from data import messages
from data.database import Row, Transaction
from data.engine.rows import generate_row_id
from data.messages import DueMessage

CLOSED_CHANNEL_PAUSE_MS: Final = 10 * 60_000
"""How long nothing is posted in a channel that Discord forbids, unless it is set again.

Discord bans an address that gets 10,000 answers of 401, 403 or 429 in ten minutes. So no server's changes may cause one
each.
"""

_CHANNEL_OPEN: Final = (
    f"staff_channel_id IS NOT NULL AND (staff_channel_failed_at IS NULL"
    f" OR staff_channel_failed_at <= :at - {CLOSED_CHANNEL_PAUSE_MS}"
    " OR staff_channel_failed_at > :at)"  # the clock was set back
)
"""The condition on guild_settings that its staff channel is not known to be closed."""

_NEXT: Final = """
SELECT audit_log.*, guild_settings.staff_channel_id,
    COALESCE(guild_settings.chosen_language, guild_settings.language) AS language
FROM audit_log JOIN guild_settings ON guild_settings.guild_id = audit_log.guild_id
WHERE audit_log.guild_id = :guild_id AND audit_log.is_pending = 1 AND guild_settings.staff_channel_id IS NOT NULL
ORDER BY audit_log.id LIMIT 1
"""

_HAS_OPEN_CHANNEL: Final = f"EXISTS (SELECT 1 FROM guild_settings WHERE guild_id = :guild_id AND {_CHANNEL_OPEN})"


def require_new(tx: Transaction, by: AuditContext) -> None:
    """Check that an interaction has made no change yet.

    For changes that otherwise find nothing to do the second time.

    Raises:
        DuplicateInteraction: It has an entry already.
    """
    known = "SELECT 1 FROM audit_log WHERE interaction_id = :interaction_id"
    if by.interaction_id is not None and tx.fetch_one(known, {"interaction_id": by.interaction_id}):
        raise DuplicateInteraction


def has_open_channel(tx: Transaction, guild_id: int) -> bool:
    """Return whether entries of a server can be posted.

    It has a staff channel that is not known to be closed.
    """
    server = {"guild_id": guild_id, "at": tx.now}
    return tx.fetch_one(f"SELECT 1 WHERE {_HAS_OPEN_CHANNEL}", server) is not None


def has_failed_channel(tx: Transaction, guild_id: int) -> bool:
    """Return whether a server's staff channel is known to be closed.

    False where it has none.
    """
    closed = f"guild_id = :guild_id AND staff_channel_id IS NOT NULL AND NOT ({_CHANNEL_OPEN})"
    server = {"guild_id": guild_id, "at": tx.now}
    return tx.fetch_one(f"SELECT 1 FROM guild_settings WHERE {closed}", server) is not None


def record_of_job(
    tx: Transaction, action: AuditAction, job: Job, credits: int | None = None, by: AuditContext | None = None
) -> None:
    """Append what was done about a job, by the bot unless `by` says who, as `record` does."""
    author = by or AuditContext(SYSTEM_ACTOR_ID, job.guild_id)
    record(tx, AuditEvent(author, action, job.member_id, credits, job_id=job.id))


def record(tx: Transaction, event: AuditEvent, *, entry_id: str | None = None) -> AuditEvent:
    """Append an event to the log, and return it.

    It is posted in the server's staff channel if there is one that is not known to be closed. `entry_id` is that of a
    row that the entry is about.

    Raises:
        DuplicateInteraction: Its interaction has an entry already.
    """
    inserted = tx.fetch_one(
        "INSERT INTO audit_log (id, created_at, guild_id, actor_id, action, subject_id, amount, duration_hours, job_id,"
        " reason_code, reason, interaction_id, setting, setting_value, rule_category, rule, is_pending)"
        " VALUES (:id, :at, :guild_id, :actor_id, :action, :subject_id, :credits, :duration_hours, :job_id,"
        " :reason_code, :reason, :interaction_id, :setting, :setting_value, :rule_category, :rule,"
        f" CASE WHEN {_HAS_OPEN_CHANNEL} THEN 1 ELSE 0 END)"
        " ON CONFLICT (interaction_id) DO NOTHING RETURNING is_pending",
        {
            "id": entry_id or generate_row_id(tx.now),
            "at": tx.now,
            "guild_id": event.by.guild_id,
            "actor_id": event.by.actor_id,
            "action": event.action,
            "subject_id": event.subject_id,
            "credits": event.credits,
            "duration_hours": event.duration_hours,
            "job_id": event.job_id,
            "reason_code": event.by.reason_code,
            "reason": event.by.reason,
            "interaction_id": event.by.interaction_id,
            "setting": event.setting.name if event.setting else None,
            "setting_value": event.setting.to_log(event.setting_value) if event.setting else None,
            "rule_category": event.rule.category if event.rule else None,
            "rule": event.rule.text if event.rule and event.rule.category != OPERATOR else None,
        },
    )
    if inserted is None:
        raise DuplicateInteraction
    if inserted["is_pending"]:
        show(tx, event.by.guild_id)
    return event


def show(tx: Transaction, guild_id: int) -> None:
    """Post a server's pending entries."""
    messages.show(tx, MessageKind.AUDIT_LOG, str(guild_id), guild_id)


def next_entry(tx: Transaction, guild_id: int) -> tuple[AuditEntry, int] | None:
    """Return a server's oldest pending entry, with the id of its staff channel."""
    return tx.fetch_as(lambda row: (_entry(row), row["staff_channel_id"]), _NEXT, {"guild_id": guild_id})


def end_entry(tx: Transaction, message: DueMessage, entry_id: str) -> None:
    """Record that an entry was posted, or never will be. The next one of its server is due, after other servers'."""
    tx.execute("UPDATE audit_log SET is_pending = 0 WHERE id = :id", {"id": entry_id})
    if next_entry(tx, message.guild_id) is not None:
        show(tx, message.guild_id)
    messages.settle(tx, message)


def drop_pending(tx: Transaction, guild_id: int) -> Mapping[str, str]:
    """Post none of a server's pending entries; they stay in the log.

    Return those among them that ask for the approval of a job, by its id.
    """
    rows = tx.fetch_all(
        "UPDATE audit_log SET is_pending = 0 WHERE guild_id = :guild_id AND is_pending = 1"
        " RETURNING id, action, job_id",
        {"guild_id": guild_id},
    )
    asking = (row for row in rows if row["action"] == AuditAction.REQUEST_APPROVAL and row["job_id"])
    return {row["job_id"]: row["id"] for row in asking}


def _entry(row: Row) -> AuditEntry:
    setting = SETTINGS[row["setting"]] if row["setting"] else None
    category = row["rule_category"]
    by = AuditContext(
        actor_id=row["actor_id"],
        guild_id=row["guild_id"],
        reason=row["reason"],
        interaction_id=row["interaction_id"],
        reason_code=AuditReason(row["reason_code"]) if row["reason_code"] else None,
        language=language_of(row["language"]),
    )
    return AuditEntry(
        by,
        AuditAction(row["action"]),
        row["subject_id"],
        row["amount"],
        duration_hours=row["duration_hours"],
        job_id=row["job_id"],
        setting=setting,
        setting_value=setting.from_log(row["setting_value"]) if setting else None,
        rule=FilterRule(row["rule"] or "", category) if category else None,
        id=row["id"],
        created_at=row["created_at"],
    )
