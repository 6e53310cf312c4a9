"""Changes of the audit log, in the log channel and as confirmations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.quota import AuditAction, AuditEntry, AuditReason
from bot.domain.server_setup import Setting
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.escaping import escape_line
from bot.ui.formatting import format_timestamp, mention
from bot.ui.setup_values import setting_name, value_text

_REASON_LENGTH: Final = 400

_BY_THE_BOT: Final = frozenset({AuditAction.JOB_UNKNOWN, AuditAction.FAILURES_STOPPED})

_LIMITS_SET: Final[Mapping[AuditAction, MessageId]] = {
    AuditAction.SET_DEFAULT_LIMIT: "log-default-set",
    AuditAction.SET_SERVER_LIMIT: "log-server-set",
    AuditAction.LIMIT_SERVER: "log-server-limited",
}

_LIMITS_CLEARED: Final[Mapping[AuditAction, MessageId]] = {
    AuditAction.SET_DEFAULT_LIMIT: "log-default-cleared",
    AuditAction.SET_SERVER_LIMIT: "log-server-cleared",
    AuditAction.LIMIT_SERVER: "log-server-limit-reset",
}

_SUBJECTS_LIMITS_SET: Final[Mapping[AuditAction, MessageId]] = {
    AuditAction.SET_MEMBER_LIMIT: "log-member-set",
    AuditAction.SET_ROLE_LIMIT: "log-role-set",
}

_SUBJECTS_LIMITS_CLEARED: Final[Mapping[AuditAction, MessageId]] = {
    AuditAction.SET_MEMBER_LIMIT: "log-member-cleared",
    AuditAction.SET_ROLE_LIMIT: "log-role-cleared",
}

_FOR_A_MEMBER: Final[Mapping[AuditAction, MessageId]] = {
    AuditAction.UNBLOCK: "log-unblocked",
    AuditAction.RESET_USAGE: "log-usage-reset",
    AuditAction.JOB_RESOLVED: "log-movie-resolved",
    AuditAction.RESTORE_BACKUP: "log-backup-restored",
}

_CREDITS_OF_A_MEMBER: Final[Mapping[AuditAction, MessageId]] = {
    AuditAction.GRANT: "log-granted",
    AuditAction.REVOKE: "log-removed",
    AuditAction.FAILURES_STOPPED: "log-failures-stopped",
    AuditAction.JOB_UNKNOWN: "log-movie-unknown",
    AuditAction.REQUEST_CREDITS: "log-credits-requested",
    AuditAction.DECLINE_CREDITS: "log-credits-declined",
}

_FOR_SERVERS: Final[Mapping[AuditAction, MessageId]] = {
    AuditAction.BLOCK_SERVER: "log-server-blocked",
    AuditAction.UNBLOCK_SERVER: "log-server-unblocked",
    AuditAction.PAUSE: "log-paused",
    AuditAction.RESUME: "log-resumed",
}

_REASONS: Final[Mapping[AuditReason, MessageId]] = {
    AuditReason.ROLE_DELETED: "log-reason-role-deleted",
    AuditReason.ENDED_AS_FAILED: "log-reason-failed",
    AuditReason.REQUESTED: "log-reason-requested",
}

_REASONS_WITH_ID: Final[Mapping[AuditReason, MessageId]] = {
    AuditReason.SUBMISSION_UNCONFIRMED: "log-reason-movie",
    AuditReason.REQUEST_ID_FOUND: "log-reason-request-found",
    AuditReason.MAY_BE_SUBMITTED: "log-reason-may-be-ordered",
    AuditReason.MAY_BE_SENT: "log-reason-may-be-sent",
}


def audit_entry_text(texts: Texts, entry: AuditEntry, catalogue: Catalogue) -> str:
    """Format a change for the log channel.

    The channel may be public, so nobody's balance or usage is in it.
    """
    time, actor = format_timestamp(entry.created_at, "f"), _actor(texts, entry)
    change = _change(texts, entry) if entry.setting is None else _setting(texts, entry, entry.setting, catalogue)
    reason = _reason(texts, entry)
    if entry.action is AuditAction.REQUEST_CREDITS:  # its subject is its actor
        return request_line(texts, entry.created_at, entry.subject_id, entry.credits or 0)
    if not reason:
        return texts("log-entry", time=time, actor=actor, change=change)
    if entry.action is AuditAction.JOB_RESOLVED:
        return texts("log-entry-with-result", time=time, actor=actor, change=change, result=reason)
    return texts("log-entry-with-reason", time=time, actor=actor, change=change, reason=reason)


def request_line(texts: Texts, created_at: int, member_id: int, credits: int) -> str:
    """Format a member's request for credits for the log channel."""
    change = texts("log-credits-requested", member=mention(member_id), credits=credits)
    return texts("log-request", time=format_timestamp(created_at, "f"), change=change)


def change_confirmation(texts: Texts, entry: AuditEntry) -> str:
    """Confirm a change to the person who made it."""
    if entry.action is AuditAction.RESET_USAGE:
        change = texts("log-usage-reset-credits", member=mention(entry.subject_id), credits=entry.credits or 0)
    else:
        change = _change(texts, entry)
    return texts("log-confirmation", change=change)


def _actor(texts: Texts, entry: AuditEntry) -> str:
    if entry.actor_id:
        return mention(entry.actor_id)
    return texts("log-bot" if entry.action in _BY_THE_BOT else "log-operator")


def _change(texts: Texts, entry: AuditEntry) -> str:
    action, member = entry.action, mention(entry.subject_id)
    if action in _FOR_SERVERS:
        return texts(_FOR_SERVERS[action])
    if action in _FOR_A_MEMBER or action is AuditAction.MOVIE_REMOVED:
        return _about_member(texts, entry, member)
    if action in _CREDITS_OF_A_MEMBER:
        return texts(_CREDITS_OF_A_MEMBER[action], member=member, credits=entry.credits or 0)
    if action is AuditAction.BLOCK:
        return _block(texts, member, entry.duration_hours)
    if action is AuditAction.SET_AUDIT_CHANNEL:
        return _channel(texts, entry.subject_id)
    return _limit(texts, entry)


def _setting(texts: Texts, entry: AuditEntry, setting: Setting, catalogue: Catalogue) -> str:
    value = value_text(texts, setting, entry.setting_value, catalogue)
    return texts("log-setting", setting=setting_name(texts, setting), value=value)


def _about_member(texts: Texts, entry: AuditEntry, member: str) -> str:
    if entry.action is AuditAction.MOVIE_REMOVED:
        return texts("log-movie-deleted", member=member, id=entry.job_id or "?")
    return texts(_FOR_A_MEMBER[entry.action], member=member)


def _block(texts: Texts, member: str, hours: int | None) -> str:
    if hours is None:
        return texts("log-blocked", member=member)
    return texts("log-blocked-hours", member=member, hours=hours)


def _channel(texts: Texts, channel_id: int) -> str:
    return texts("log-channel-set", channel=f"<#{channel_id}>") if channel_id else texts("log-channel-cleared")


def _limit(texts: Texts, entry: AuditEntry) -> str:
    action, credits = entry.action, entry.credits
    if action in _LIMITS_SET:
        return texts(_LIMITS_CLEARED[action]) if credits is None else texts(_LIMITS_SET[action], credits=credits)
    subject = f"<@&{entry.subject_id}>" if action is AuditAction.SET_ROLE_LIMIT else mention(entry.subject_id)
    if credits is None:
        return texts(_SUBJECTS_LIMITS_CLEARED[action], subject=subject)
    return texts(_SUBJECTS_LIMITS_SET[action], subject=subject, credits=credits)


def _reason(texts: Texts, entry: AuditEntry) -> str:
    """Say why: what a person typed, or the reason's words."""
    typed = escape_line(entry.reason, _REASON_LENGTH)
    if entry.reason_code is None:
        return typed
    if entry.reason_code in _REASONS:
        return texts(_REASONS[entry.reason_code])
    is_request = entry.reason_code is AuditReason.REQUEST_ID_FOUND
    return texts(_REASONS_WITH_ID[entry.reason_code], id=typed if is_request else entry.job_id or "?")
