"""The audit log: who changed what in a server.

It also holds which entries are still to be posted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.filter_rules import OPERATOR
from bot.domain.language import language_of
from bot.domain.prompt_filter import FilterRule
from bot.domain.quota import AuditAction, AuditContext, AuditEntry, AuditReason
from bot.domain.server_setup import SETTINGS
from bot.domain.setting_kinds import Setting, SettingValue
from bot.errors import DuplicateInteraction
from data.database import Params, Row, Transaction
from data.engine.rows import generate_row_id

CLOSED_CHANNEL_PAUSE_MS: Final = 10 * 60_000
"""How long nothing is posted in a channel that Discord forbids, unless it is set again.

Discord bans an address that gets 10,000 answers of 401, 403 or 429 in ten minutes. So no server's changes may cause one
each.
"""

CHANNEL_OPEN: Final = (
    "staff_channel_id IS NOT NULL AND (staff_channel_failed_at IS NULL OR staff_channel_failed_at <= :retry_before"
    " OR staff_channel_failed_at > :at)"  # the clock was set back
)
"""The condition on guild_settings that its staff channel is not known to be closed.

It takes :at and :retry_before, which is CLOSED_CHANNEL_PAUSE_MS earlier.
"""

HAS_OPEN_CHANNEL: Final = f"EXISTS (SELECT 1 FROM guild_settings WHERE guild_id = :guild_id AND {CHANNEL_OPEN})"
"""The condition that entries of a server can be posted, by `channel_params`."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """A change before it is in the log.

    `subject_id` is a member, a role, a channel or 0. `job_id` is the job that it is about, `duration_hours` a block's
    length. `setting_value` is the new value of a changed `setting`. `rule` is the one that a prompt broke; of the
    operator's rules, only their category is kept.
    """

    by: AuditContext
    action: AuditAction
    subject_id: int
    credits: int | None
    duration_hours: int | None = None
    job_id: str | None = None
    setting: Setting | None = None
    setting_value: SettingValue = None
    rule: FilterRule | None = None


def require_new(tx: Transaction, by: AuditContext) -> None:
    """Check that an interaction has made no change yet.

    For changes that otherwise find nothing to do the second time.

    Raises:
        DuplicateInteraction: It has an entry already.
    """
    known = {"interaction_id": by.interaction_id}
    if by.interaction_id is not None and tx.fetch_one(
        "SELECT 1 FROM audit_log WHERE interaction_id = :interaction_id", known
    ):
        raise DuplicateInteraction


def has_open_channel(tx: Transaction, guild_id: int) -> bool:
    """Return whether entries of a server can be posted.

    It has a staff channel that is not known to be closed.
    """
    return tx.fetch_one(f"SELECT 1 WHERE {HAS_OPEN_CHANNEL}", channel_params(tx, guild_id)) is not None


def channel_params(tx: Transaction, guild_id: int) -> Params:
    """Return the parameters of HAS_OPEN_CHANNEL."""
    return {"guild_id": guild_id, "at": tx.now, "retry_before": tx.now - CLOSED_CHANNEL_PAUSE_MS}


def has_failed_channel(tx: Transaction, guild_id: int) -> bool:
    """Return whether a server's staff channel is known to be closed.

    False where it has none.
    """
    found = tx.fetch_one(
        "SELECT 1 FROM guild_settings WHERE guild_id = :guild_id AND staff_channel_id IS NOT NULL"
        f" AND NOT ({CHANNEL_OPEN})",
        channel_params(tx, guild_id),
    )
    return found is not None


def record(tx: Transaction, event: AuditEvent, *, entry_id: str | None = None) -> None:
    """Append an event to the log.

    It is due in the server's staff channel if there is one that is not known to be closed. `entry_id` is that of a row
    that the entry is about.

    Raises:
        DuplicateInteraction: Its interaction has an entry already.
    """
    inserted = tx.execute(
        "INSERT INTO audit_log (id, created_at, guild_id, actor_id, action, subject_id, amount, duration_hours, job_id,"
        " reason_code, reason, interaction_id, setting, setting_value, rule_category, rule, next_attempt_at)"
        " VALUES (:id, :at, :guild_id, :actor_id, :action, :subject_id, :credits, :duration_hours, :job_id,"
        " :reason_code, :reason, :interaction_id, :setting, :setting_value, :rule_category, :rule,"
        f" (SELECT :at FROM guild_settings WHERE guild_id = :guild_id AND {CHANNEL_OPEN}))"
        " ON CONFLICT (interaction_id) DO NOTHING",
        {
            "id": entry_id or generate_row_id(tx.now),
            **channel_params(tx, event.by.guild_id),
            "actor_id": event.by.actor_id,
            "action": event.action.value,
            "subject_id": event.subject_id,
            "credits": event.credits,
            "duration_hours": event.duration_hours,
            "job_id": event.job_id,
            "reason_code": event.by.reason_code.value if event.by.reason_code else None,
            "reason": event.by.reason,
            "interaction_id": event.by.interaction_id,
            "setting": event.setting.name if event.setting else None,
            "setting_value": event.setting.to_log(event.setting_value) if event.setting else None,
            "rule_category": event.rule.category if event.rule else None,
            "rule": event.rule.text if event.rule and event.rule.category != OPERATOR else None,
        },
    )
    if not inserted:
        raise DuplicateInteraction
    tx.wake("audit")


_DUE = """
WITH RECURSIVE servers (guild_id) AS (
    SELECT MIN(guild_id) FROM audit_log WHERE next_attempt_at IS NOT NULL
    UNION ALL
    SELECT (SELECT MIN(guild_id) FROM audit_log WHERE next_attempt_at IS NOT NULL AND guild_id > servers.guild_id)
    FROM servers WHERE servers.guild_id IS NOT NULL
)
SELECT audit_log.*, guild_settings.staff_channel_id,
    COALESCE(guild_settings.chosen_language, guild_settings.language) AS language
FROM servers
JOIN guild_settings ON guild_settings.guild_id = servers.guild_id
JOIN audit_log ON audit_log.id = (
    SELECT MIN(pending.id) FROM audit_log AS pending
    WHERE pending.guild_id = servers.guild_id AND pending.next_attempt_at IS NOT NULL
)
WHERE audit_log.next_attempt_at <= :now AND guild_settings.staff_channel_id IS NOT NULL
ORDER BY servers.guild_id <= :after, servers.guild_id LIMIT :limit
"""
"""Only a server's oldest pending entry: its later ones wait until that one is posted, so that they stay in order.

The recursion reads one index entry of each server. With 100,000 pending entries of one server, it takes 0.2 ms, where a
GROUP BY takes 30 ms.
"""


def due_entries(tx: Transaction, limit: int, exclude: Sequence[str], after: int = 0) -> list[tuple[AuditEntry, int]]:
    """Return the next due entry of each server, with its channel's id.

    `exclude` are the ids of entries in progress; their servers are left out. The servers are in the order of their ids
    and begin behind `after`, so that each has its turn where more are due than `limit`.
    """
    rows = tx.fetch_all(_DUE, {"now": tx.now, "limit": limit + len(exclude), "after": after})
    excluded = set(exclude)
    return [(_entry(row), row["staff_channel_id"]) for row in rows if row["id"] not in excluded][:limit]


def next_due_at(tx: Transaction, now: int) -> int | None:
    """Return when the next entry after `now` is due."""
    row = tx.fetch_one("SELECT MIN(next_attempt_at) FROM audit_log WHERE next_attempt_at > :now", {"now": now})
    return row[0] if row else None


def drop_pending(tx: Transaction, guild_id: int) -> Mapping[str, str]:
    """Post none of a server's pending entries; they stay in the log.

    Return those among them that ask for the approval of a job, by its id.
    """
    rows = tx.fetch_all(
        "UPDATE audit_log SET next_attempt_at = NULL WHERE guild_id = :guild_id AND next_attempt_at IS NOT NULL"
        " RETURNING id, action, job_id",
        {"guild_id": guild_id},
    )
    asking = (row for row in rows if row["action"] == AuditAction.REQUEST_APPROVAL and row["job_id"])
    return {row["job_id"]: row["id"] for row in asking}


def reschedule(tx: Transaction, entry_id: str, due_at: int | None) -> None:
    """Post an entry at `due_at`.

    None: never, because it was posted or its channel is closed.
    """
    tx.execute("UPDATE audit_log SET next_attempt_at = :due_at WHERE id = :id", {"id": entry_id, "due_at": due_at})


def _entry(row: Row) -> AuditEntry:
    setting = SETTINGS[row["setting"]] if row["setting"] else None
    return AuditEntry(
        id=row["id"],
        created_at=row["created_at"],
        guild_id=row["guild_id"],
        actor_id=row["actor_id"],
        action=AuditAction(row["action"]),
        subject_id=row["subject_id"],
        credits=row["amount"],
        reason=row["reason"],
        reason_code=AuditReason(row["reason_code"]) if row["reason_code"] else None,
        duration_hours=row["duration_hours"],
        job_id=row["job_id"],
        setting=setting,
        setting_value=setting.from_log(row["setting_value"]) if setting else None,
        language=language_of(row["language"]),
        rule_category=row["rule_category"] or "",
        rule=row["rule"] or "",
    )
