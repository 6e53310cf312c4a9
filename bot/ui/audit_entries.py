"""Changes of the audit log, in the staff channel and as confirmations."""

from __future__ import annotations

from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.delivery import PostedMessage
from bot.domain.moderation import ModerationCategory
from bot.domain.prompt_filter import CATEGORIES, OPERATOR
from bot.domain.quota import AuditAction, AuditEntry, AuditEvent, AuditReason
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui.formatting import escape_line, facts, format_timestamp, join_lines, mention_if_known, message_url
from bot.ui.server_setup import setting_name, value_text

_BY_THE_BOT: Final = frozenset(
    {
        AuditAction.JOB_UNKNOWN,
        AuditAction.JOB_GIVEN_UP,
        AuditAction.FAILURES_STOPPED,
        AuditAction.GALLERY_FAILED,
        AuditAction.MOVIE_NIGHT_FAILED,
        AuditAction.PROMPT_REFUSED,
        AuditAction.PROMPT_FLAGGED,
        AuditAction.TIME_OUT,
        AuditAction.LAPSE_APPROVAL,
        AuditAction.DELETION_REFUSED,
        AuditAction.DELETION_GIVEN_UP,
    }
)
_DECISIONS: Final = frozenset({AuditAction.APPROVE_MOVIE, AuditAction.DECLINE_MOVIE})
"""Of the staff, or of the bot where the model is gone or nobody can be asked; never of the operator."""

_WITHOUT_REASON: Final = frozenset(
    {
        AuditAction.DELETION_REFUSED,
        AuditAction.DELETION_GIVEN_UP,
        AuditAction.PROMPT_REFUSED,
        AuditAction.PROMPT_FLAGGED,
    }
)
"""The `reason` of their entries is a message or a prompt."""

_NAMED: Final = frozenset({*CATEGORIES, *ModerationCategory})
"""The categories that have words."""


def audit_entry_text(texts: Texts, entry: AuditEntry, catalogue: Catalogue) -> str:
    """Format a change for the staff channel, above who made it, when and why.

    The channel may be public, so nobody's balance or usage is in it.
    """
    if entry.setting is None:
        change = _change(texts, entry, _change_id(entry))
    else:
        value = value_text(texts, entry.setting, entry.setting_value, catalogue)
        change = texts("log-setting", setting=setting_name(texts, entry.setting), value=value)
    return join_lines(
        change, facts(_actor(texts, entry), format_timestamp(entry.created_at, "f"), _reason(texts, entry))
    )


def _actor(texts: Texts, entry: AuditEntry) -> str:
    if entry.action in _BY_THE_BOT or (entry.action in _DECISIONS and not entry.by.actor_id):
        return texts("log-bot")
    return mention_if_known(texts, entry.by.actor_id) if entry.by.actor_id else texts("log-operator")


def change_confirmation(texts: Texts, entry: AuditEvent) -> str:
    """Confirm a change to the person who made it, who may read what a member had used."""
    is_reset = entry.action is AuditAction.RESET_USAGE
    return texts(
        "log-confirmation", change=_change(texts, entry, "log-reset-usage-credits" if is_reset else _change_id(entry))
    )


def _change(texts: Texts, entry: AuditEvent, id_: MessageId) -> str:
    """Say what changed: each text takes of the values what it needs."""
    member, category = mention_if_known(texts, entry.subject_id), entry.rule.category if entry.rule else ""
    return texts(
        id_,
        member=member,
        subject=f"<@&{entry.subject_id}>" if entry.action is AuditAction.SET_ROLE_LIMIT else member,
        channel=f"<#{entry.subject_id}>",
        credits=entry.credits or 0,
        hours=entry.duration_hours or 0,
        id=entry.job_id or "?",
        link=_link_to(entry),
        rule=escape_line(entry.rule.text if entry.rule else "", 200),
        category=texts(message_id("log-category", category)) if category in _NAMED else "",
        prompt=escape_line(entry.by.reason, 600),
    )


def _change_id(entry: AuditEvent) -> MessageId:
    """Return the id of the text: that of the action, and some have a second one."""
    match entry.action:
        case (
            AuditAction.SET_DEFAULT_LIMIT
            | AuditAction.SET_SERVER_LIMIT
            | AuditAction.SET_MEMBER_LIMIT
            | AuditAction.SET_ROLE_LIMIT
            | AuditAction.LIMIT_SERVER
        ) if entry.credits is None:
            return message_id("log", entry.action, "cleared")
        case AuditAction.BLOCK if entry.duration_hours is not None:
            return "log-block-hours"
        case AuditAction.PROMPT_REFUSED if entry.rule and entry.rule.category == OPERATOR:
            return "log-prompt-refused-operator"
        case AuditAction.PROMPT_REFUSED if entry.rule and entry.rule.category in CATEGORIES:
            return "log-prompt-refused-preset"
        case _:
            return message_id("log", entry.action)


def _link_to(entry: AuditEvent) -> str:
    """Return the address of the message that a reason names.

    "?" once the reason was cleared.
    """
    channel_id, _, message_id = entry.by.reason.partition("/")
    if not (channel_id.isdecimal() and message_id.isdecimal()):
        return "?"
    return message_url(entry.by.guild_id, PostedMessage(int(channel_id), int(message_id)))


def _reason(texts: Texts, entry: AuditEntry) -> str:
    """Say why: what a person typed, or the reason's words."""
    code, why = entry.by.reason_code, escape_line(entry.by.reason, 400)
    if code is not None:
        id_ = why if code is AuditReason.REQUEST_ID_FOUND else entry.job_id or "?"
        why = texts(message_id("log-reason", code), id=id_)
    if not why or entry.action in _WITHOUT_REASON:
        return ""
    return texts("log-result" if entry.action is AuditAction.JOB_RESOLVED else "log-reason", reason=why)
