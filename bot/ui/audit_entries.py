"""Changes of the audit log, in the staff channel and as confirmations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.delivery import PostedMessage
from bot.domain.filter_rules import CATEGORIES, OPERATOR
from bot.domain.quota import AuditAction, AuditEntry, AuditReason
from bot.domain.setting_kinds import Setting
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.escaping import escape_line
from bot.ui.filter_categories import category_name
from bot.ui.formatting import format_timestamp, mention_if_known, message_url
from bot.ui.setup_values import setting_name, value_text

_REASON_LENGTH: Final = 400

_PROMPT_LENGTH: Final = 600
_RULE_LENGTH: Final = 200

_ABOUT_A_MOVIE: Final[Mapping[AuditAction, MessageId]] = {
    AuditAction.MOVIE_REMOVED: "log-movie-deleted",
    AuditAction.GALLERY_REMOVED: "log-gallery-removed",
    AuditAction.REPORT_DISMISSED: "log-report-dismissed",
}

_ABOUT_A_MESSAGE: Final[Mapping[AuditAction, MessageId]] = {
    AuditAction.DELETION_REFUSED: "log-deletion-refused",
    AuditAction.DELETION_GIVEN_UP: "log-deletion-given-up",
}

_ABOUT_A_CHANNEL: Final[Mapping[AuditAction, MessageId]] = {
    AuditAction.GALLERY_FAILED: "log-gallery-failed",
    AuditAction.MOVIE_NIGHT_FAILED: "log-movie-night-failed",
}

_BY_THE_BOT: Final = frozenset(
    {
        AuditAction.JOB_UNKNOWN,
        AuditAction.JOB_GIVEN_UP,
        AuditAction.FAILURES_STOPPED,
        *_ABOUT_A_CHANNEL,
        AuditAction.PROMPT_REFUSED,
        AuditAction.TIME_OUT,
        AuditAction.APPROVE_MOVIE,
        AuditAction.DECLINE_MOVIE,
        AuditAction.LAPSE_APPROVAL,
        *_ABOUT_A_MESSAGE,
    }
)

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

_ABOUT_A_MEMBER: Final = frozenset(
    {*_FOR_A_MEMBER, *_ABOUT_A_MESSAGE, *_ABOUT_A_MOVIE, AuditAction.PROMPT_REFUSED, AuditAction.TIME_OUT}
)

_CREDITS_OF_A_MEMBER: Final[Mapping[AuditAction, MessageId]] = {
    AuditAction.GRANT: "log-granted",
    AuditAction.REVOKE: "log-removed",
    AuditAction.GIFT: "log-gifted",
    AuditAction.FAILURES_STOPPED: "log-failures-stopped",
    AuditAction.JOB_UNKNOWN: "log-movie-unknown",
    AuditAction.JOB_GIVEN_UP: "log-movie-given-up",
    AuditAction.REQUEST_CREDITS: "log-credits-requested",
    AuditAction.CANCEL_QUEUED: "log-queued-cancelled",
    AuditAction.REMOVE_PITCH: "log-pitch-removed",
    AuditAction.DECLINE_CREDITS: "log-credits-declined",
}

_FOR_APPROVAL: Final[Mapping[AuditAction, MessageId]] = {
    AuditAction.REQUEST_APPROVAL: "log-approval-requested",
    AuditAction.APPROVE_MOVIE: "log-movie-approved",
    AuditAction.DECLINE_MOVIE: "log-movie-declined",
    AuditAction.LAPSE_APPROVAL: "log-approval-lapsed",
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
    AuditReason.NOT_AGE_RESTRICTED: "log-reason-not-age-restricted",
    AuditReason.STAFF_UNREACHABLE: "log-reason-staff-unreachable",
}

_REASONS_WITH_ID: Final[Mapping[AuditReason, MessageId]] = {
    AuditReason.SUBMISSION_UNCONFIRMED: "log-reason-movie",
    AuditReason.REQUEST_ID_FOUND: "log-reason-request-found",
    AuditReason.MAY_BE_SUBMITTED: "log-reason-may-be-ordered",
    AuditReason.MAY_BE_SENT: "log-reason-may-be-sent",
}


def audit_entry_text(texts: Texts, entry: AuditEntry, catalogue: Catalogue) -> str:
    """Format a change for the staff channel.

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
    """Format a member's request for credits for the staff channel."""
    change = texts("log-credits-requested", member=mention_if_known(texts, member_id), credits=credits)
    return texts("log-request", time=format_timestamp(created_at, "f"), change=change)


def change_confirmation(texts: Texts, entry: AuditEntry) -> str:
    """Confirm a change to the person who made it."""
    if entry.action is AuditAction.RESET_USAGE:
        change = texts(
            "log-usage-reset-credits", member=mention_if_known(texts, entry.subject_id), credits=entry.credits or 0
        )
    else:
        change = _change(texts, entry)
    return texts("log-confirmation", change=change)


def _actor(texts: Texts, entry: AuditEntry) -> str:
    if entry.action in _BY_THE_BOT:
        return texts("log-bot")
    return mention_if_known(texts, entry.actor_id) if entry.actor_id else texts("log-operator")


def _change(texts: Texts, entry: AuditEntry) -> str:
    action, member = entry.action, mention_if_known(texts, entry.subject_id)
    if action in _FOR_SERVERS:
        return texts(_FOR_SERVERS[action])
    if action in _ABOUT_A_MEMBER:
        return _about_member(texts, entry, member)
    if action in _CREDITS_OF_A_MEMBER or action in _FOR_APPROVAL:
        return _credits(texts, entry, member)
    if action is AuditAction.BLOCK:
        return _block(texts, member, entry.duration_hours)
    if action in _ABOUT_A_CHANNEL:
        return texts(_ABOUT_A_CHANNEL[action], channel=f"<#{entry.subject_id}>")
    return _limit(texts, entry)


def _setting(texts: Texts, entry: AuditEntry, setting: Setting, catalogue: Catalogue) -> str:
    value = value_text(texts, setting, entry.setting_value, catalogue)
    return texts("log-setting", setting=setting_name(texts, setting), value=value)


def _about_member(texts: Texts, entry: AuditEntry, member: str) -> str:
    if entry.action in _ABOUT_A_MESSAGE:
        link = _link_to(entry)
        return texts(_ABOUT_A_MESSAGE[entry.action], member=member, id=entry.job_id or "?", link=link)
    if entry.action is AuditAction.PROMPT_REFUSED:
        return _refused_prompt(texts, entry, member)
    if entry.action is AuditAction.TIME_OUT:
        return texts("log-timed-out", member=member, hours=entry.duration_hours or 0)
    if entry.action in _ABOUT_A_MOVIE:
        return texts(_ABOUT_A_MOVIE[entry.action], member=member, id=entry.job_id or "?")
    return texts(_FOR_A_MEMBER[entry.action], member=member)


def _link_to(entry: AuditEntry) -> str:
    """Return the address of the message that a reason names.

    "?" once the reason was cleared.
    """
    channel_id, _, message_id = entry.reason.partition("/")
    if not (channel_id.isdecimal() and message_id.isdecimal()):
        return "?"
    return message_url(entry.guild_id, PostedMessage(int(channel_id), int(message_id)))


def _refused_prompt(texts: Texts, entry: AuditEntry, member: str) -> str:
    """Name the rule, and show the prompt as a spoiler."""
    prompt, rule = escape_line(entry.reason, _PROMPT_LENGTH), escape_line(entry.rule, _RULE_LENGTH)
    if entry.rule_category == OPERATOR:
        return texts("log-prompt-refused-operator", member=member, prompt=prompt)
    if entry.rule_category in CATEGORIES:
        category = category_name(texts, entry.rule_category)
        return texts("log-prompt-refused-preset", member=member, rule=rule, category=category, prompt=prompt)
    return texts("log-prompt-refused", member=member, rule=rule, prompt=prompt)


def _credits(texts: Texts, entry: AuditEntry, member: str) -> str:
    action, credits = entry.action, entry.credits or 0
    if action in _FOR_APPROVAL:
        return texts(_FOR_APPROVAL[action], member=member, credits=credits, id=entry.job_id or "?")
    return texts(_CREDITS_OF_A_MEMBER[action], member=member, credits=credits)


def _block(texts: Texts, member: str, hours: int | None) -> str:
    if hours is None:
        return texts("log-blocked", member=member)
    return texts("log-blocked-hours", member=member, hours=hours)


def _limit(texts: Texts, entry: AuditEntry) -> str:
    action, credits = entry.action, entry.credits
    if action in _LIMITS_SET:
        return texts(_LIMITS_CLEARED[action]) if credits is None else texts(_LIMITS_SET[action], credits=credits)
    subject = (
        f"<@&{entry.subject_id}>" if action is AuditAction.SET_ROLE_LIMIT else mention_if_known(texts, entry.subject_id)
    )
    if credits is None:
        return texts(_SUBJECTS_LIMITS_CLEARED[action], subject=subject)
    return texts(_SUBJECTS_LIMITS_SET[action], subject=subject, credits=credits)


def _reason(texts: Texts, entry: AuditEntry) -> str:
    """Say why: what a person typed, or the reason's words."""
    if entry.action in _ABOUT_A_MESSAGE or entry.action is AuditAction.PROMPT_REFUSED:
        return ""
    typed = escape_line(entry.reason, _REASON_LENGTH)
    if entry.reason_code is None:
        return typed
    if entry.reason_code in _REASONS:
        return texts(_REASONS[entry.reason_code])
    is_request = entry.reason_code is AuditReason.REQUEST_ID_FOUND
    return texts(_REASONS_WITH_ID[entry.reason_code], id=typed if is_request else entry.job_id or "?")
