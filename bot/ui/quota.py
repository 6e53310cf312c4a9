"""What /quota shows and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.domain.credits import Month
from bot.domain.quota import (
    MAX_BLOCK_HOURS,
    MAX_CREDITS,
    MAX_REASON_LENGTH,
    Allowance,
    AllowanceSource,
    AuditAction,
    AuditEvent,
    Balance,
    Block,
    GuildQuotas,
    ServerSpending,
)
from bot.domain.text import clean_name
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.audit_entries import change_confirmation
from bot.ui.components import Accent, Button, Message, TextField, build_modal, in_rows, plain
from bot.ui.credits import allowance_source, format_block, limit_note, standing
from bot.ui.formatting import (
    format_monthly_credits,
    format_number,
    format_timestamp,
    heading,
    join_lines,
    list_lines,
    mention,
    progress_bar,
    small,
    truncate,
)

CANCEL_QUEUED: Final = "cancel-queued"
CHANGE: Final = "credits-change"

GRANT: Final = "grant"
LIMIT: Final = "limit"
HOURS: Final = "hours"
REASON: Final = "reason"
"""The inputs of the modal."""

_MAX_TITLE_NAME: Final = 24
"""Discord's limit of a modal's title is 45 characters."""


def limits_message(texts: Texts, limits: GuildQuotas) -> Message:
    """Build the overview of a server's limits: what is set for all, and the exceptions."""
    default = texts("quota-bot-default", credits=limits.bot_default)
    if limits.default is not None:
        default = format_monthly_credits(texts, limits.default)
    channel = f"<#{limits.staff_channel_id}>" if limits.staff_channel_id else texts("quota-no-channel")
    failed_at = limits.staff_channel_failed_at
    lists: Mapping[MessageId, Sequence[str]] = {
        "quota-roles-field": [
            texts("quota-limit-line", name=f"<@&{role_id}>", credits=credits) for role_id, credits in limits.roles
        ],
        "quota-members-field": [
            texts("quota-limit-line", name=mention(member_id), credits=credits) for member_id, credits in limits.members
        ],
        "quota-blocked-field": [
            texts("quota-block-line", name=mention(member_id), block=format_block(texts, block))
            for member_id, block in limits.blocked
        ],
    }
    return Message(
        Accent.BRAND,
        (
            heading(texts("quota-server-title")),
            f"**{texts('quota-each-member-field')}** · {default}",
            f"**{texts('quota-server-field')}** · {_server_budget(texts, limits)}",
            "" if limits.spent is None else budget_line(texts, limits.spent),
            f"**{texts('quota-staff-channel-field')}** · {channel}",
            "" if failed_at is None else texts("quota-channel-failed", time=format_timestamp(failed_at)),
            *(f"**{texts(name)}**\n{list_lines(texts, lines)}" for name, lines in lists.items() if lines),
        ),
    )


def budget_line(texts: Texts, spent: ServerSpending) -> str:
    """Say how much of a server's budget is used, and how much of that went into failed movies."""
    budget = spent.budget
    line = texts(
        "quota-budget-used",
        bar=progress_bar(texts, budget.used + budget.held, budget.limit),
        credits=budget.used,
        limit=format_number(texts, budget.limit),
    )
    return texts("quota-budget-failed", used=line, credits=spent.failed) if spent.failed else line


def _server_budget(texts: Texts, limits: GuildQuotas) -> str:
    """Say what the server may spend.

    It is the lower of its own limit and the operator's.
    """
    if limits.spent is None:
        return texts("quota-unlimited")
    if limits.is_limited_by_operator:
        return texts("quota-set-by-operator", credits=limits.spent.budget.limit)
    return format_monthly_credits(texts, limits.spent.budget.limit)


def member_limits_message(texts: Texts, member_id: int, balance: Balance, month: Month, block: Block | None) -> Message:
    """Build the overview of a member's limits and balance."""
    return Message(Accent.BRAND, standing(texts, member_id, balance, month, block, is_own=False))


def changed(texts: Texts, events: Sequence[AuditEvent], balance: Balance) -> str:
    """Confirm what was changed of a member's credits, and say where a limit keeps what was granted from being spent."""
    granted = any(event.action is AuditAction.GRANT for event in events)
    note = limit_note(texts, balance) if granted else ""
    return join_lines(*(change_confirmation(texts, event) for event in events), f"⚠️ {note}" if note else "")


def change_modal(texts: Texts, member_id: int, name: str, balance: Balance) -> discord.ui.Modal:
    """Build the modal that changes a member's credits. What is left empty stays as it is."""
    shown, digits = truncate(clean_name(name), _MAX_TITLE_NAME), len(str(MAX_CREDITS))
    return build_modal(
        texts("quota-change-modal-title", name=shown or "?"),
        (CHANGE, member_id),
        TextField(
            GRANT, texts("quota-grant-label"), texts("quota-grant-hint", credits=balance.extra.available), digits
        ),
        TextField(
            LIMIT,
            texts("quota-allowance-label"),
            texts("quota-allowance-hint", credits=balance.allowance.limit),
            digits,
        ),
        TextField(HOURS, texts("quota-hours-label"), texts("quota-hours-hint"), len(str(MAX_BLOCK_HOURS))),
        TextField(REASON, texts("quota-reason-label"), texts("quota-reason-hint"), MAX_REASON_LENGTH),
    )


def queued_movies(texts: Texts, member_id: int, movies: int) -> Message:
    """Ask whether to cancel the movies that a blocked member has in the queue."""
    return plain(
        texts("quota-queued", movies=movies),
        *in_rows(Button(texts("quota-cancel-queued-button"), (CANCEL_QUEUED, member_id), discord.ButtonStyle.danger)),
    )


def current_default(texts: Texts, limits: GuildQuotas) -> str:
    """Say what each member gets by default."""
    if limits.default is None:
        return _with_hint(texts, texts("quota-current-bot-default", credits=limits.bot_default))
    return _with_hint(texts, texts("quota-current-default", credits=limits.default), "default")


def current_server(texts: Texts, limits: GuildQuotas) -> str:
    """Say what the server can spend.

    It is the lower of its budget and the operator's limit.
    """
    shown = texts("quota-current-server-unlimited")
    if limits.spent is not None:
        named = "quota-current-server-operator" if limits.is_limited_by_operator else "quota-current-server"
        shown = texts(named, credits=limits.spent.budget.limit)
    return _with_hint(texts, shown, "" if limits.server is None else "server")


def current_member(texts: Texts, member_id: int, allowance: Allowance) -> str:
    """Say what a member gets, and why."""
    return _with_hint(
        texts,
        texts(
            "quota-current-member",
            member=mention(member_id),
            credits=allowance.credits,
            source=allowance_source(texts, allowance),
        ),
        "member" if allowance.source is AllowanceSource.MEMBER else "",
    )


def current_role(texts: Texts, role_id: int, limits: GuildQuotas) -> str:
    """Say what everyone with a role gets."""
    credits = dict(limits.roles).get(role_id)
    return _with_hint(
        texts,
        texts(
            "quota-current-role-none" if credits is None else "quota-current-role",
            role=f"<@&{role_id}>",
            credits=credits or 0,
        ),
        "" if credits is None else "role",
    )


def _with_hint(texts: Texts, shown: str, own: str = "") -> str:
    """Add how to set an amount, or where there is one, how to change it.

    `own` is the subcommand that has set it.
    """
    return join_lines(
        shown, small(texts("quota-how-to-change" if own else "quota-how-to-set", option="credits", what=own))
    )
