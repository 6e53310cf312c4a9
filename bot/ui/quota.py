"""What /quota shows and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.domain.quota import Allowance, AllowanceSource, Balance, Block, GuildQuotas
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.components import Button, Field, Message, build_card
from bot.ui.credits import allowance_source, format_block
from bot.ui.formatting import (
    BRAND,
    escape_name,
    field_lines,
    format_credits,
    format_monthly_credits,
    format_number,
    format_timestamp,
    join_lines,
    mention,
)

CANCEL_QUEUED: Final = "cancel-queued"

_OPTION: Final = "credits"
"""The command's option of an amount."""


def limits_message(texts: Texts, limits: GuildQuotas) -> Message:
    """Build the overview of a server's limits."""
    if limits.default is None:
        default = texts("quota-bot-default", credits=limits.bot_default)
    else:
        default = format_monthly_credits(texts, limits.default)
    channel = f"<#{limits.staff_channel_id}>" if limits.staff_channel_id else texts("quota-no-channel")
    failed_at, failed = limits.staff_channel_failed_at, ""
    if failed_at is not None:
        failed = texts("quota-channel-failed", time=format_timestamp(failed_at))
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
    return build_card(
        texts("quota-server-title"),
        "",
        BRAND,
        Field(texts("quota-each-member-field"), default),
        Field(texts("quota-server-field"), _server_budget(texts, limits)),
        Field(texts("quota-staff-channel-field"), join_lines(channel, failed)),
        *(Field(texts(name), field_lines(texts, lines), inline=False) for name, lines in lists.items()),
    )


def _server_budget(texts: Texts, limits: GuildQuotas) -> str:
    """Say what the server may spend.

    It is the lower of its own limit and the operator's.
    """
    if limits.operator is not None and (limits.server is None or limits.server >= limits.operator):
        return texts("quota-set-by-operator", credits=limits.operator)
    return texts("quota-unlimited") if limits.server is None else format_monthly_credits(texts, limits.server)


def member_limits_message(texts: Texts, name: str, member_id: int, balance: Balance, block: Block | None) -> Message:
    """Build the overview of a member's limits and balance."""
    shown_name = escape_name(name)
    title = texts("quota-member-title", name=shown_name) if shown_name else texts("quota-unnamed-member-title")
    allowance, bonus = balance.allowance, balance.extra
    blocked = texts("quota-not-blocked") if block is None else format_block(texts, block)
    return build_card(
        title,
        mention(member_id),
        BRAND,
        Field(
            texts("quota-allowance-field"),
            f"{format_monthly_credits(texts, allowance.limit)}\n{allowance_source(texts, balance.source)}",
        ),
        Field(texts("quota-used-field"), format_credits(texts, allowance.used)),
        Field(texts("quota-on-hold-field"), format_credits(texts, allowance.held + bonus.held)),
        Field(
            texts("quota-bonus-field"),
            texts("quota-bonus-value", credits=bonus.available, granted=format_number(texts, bonus.limit)),
        ),
        Field(texts("quota-left-field"), format_credits(texts, balance.member_available)),
        Field(texts("quota-blocked-field"), blocked),
    )


def operator_limit_note(texts: Texts, operator: int) -> str:
    """Add to a confirmation that the operator lets the server spend less."""
    return texts("quota-operator-limits-server", credits=operator)


def queued_movies(texts: Texts, movies: int) -> str:
    """Say how many movies a blocked member has in the queue."""
    return texts("quota-queued", movies=movies)


def cancel_queued(texts: Texts, member_id: int) -> Button:
    """Cancel a blocked member's queued movies."""
    return Button(texts("quota-cancel-queued-button"), (CANCEL_QUEUED, member_id), discord.ButtonStyle.danger)


def queued_cancelled(texts: Texts, movies: int) -> str:
    """Confirm how many queued movies were cancelled."""
    return texts("quota-queued-cancelled", movies=movies) if movies else texts("quota-none-queued")


def current_default(texts: Texts, limits: GuildQuotas) -> str:
    """Say what each member gets by default."""
    if limits.default is None:
        return _with_hint(texts, texts("quota-current-bot-default", credits=limits.bot_default))
    return _with_hint(texts, texts("quota-current-default", credits=limits.default), "default")


def current_server(texts: Texts, limits: GuildQuotas) -> str:
    """Say what the server can spend.

    It is the lower of its budget and the operator's limit.
    """
    if limits.operator is not None and (limits.server is None or limits.server >= limits.operator):
        shown = texts("quota-current-server-operator", credits=limits.operator)
    elif limits.server is not None:
        shown = texts("quota-current-server", credits=limits.server)
    else:
        shown = texts("quota-current-server-unlimited")
    return _with_hint(texts, shown, "" if limits.server is None else "server")


def current_member(texts: Texts, member_id: int, allowance: Allowance) -> str:
    """Say what a member gets, and why."""
    source = allowance_source(texts, allowance)
    shown = texts("quota-current-member", member=mention(member_id), credits=allowance.credits, source=source)
    return _with_hint(texts, shown, "member" if allowance.source is AllowanceSource.MEMBER else "")


def current_role(texts: Texts, role_id: int, limits: GuildQuotas) -> str:
    """Say what everyone with a role gets."""
    credits = dict(limits.roles).get(role_id)
    if credits is None:
        return _with_hint(texts, role_not_set(texts, role_id))
    return _with_hint(texts, texts("quota-current-role", role=f"<@&{role_id}>", credits=credits), "role")


def member_not_set(texts: Texts, member_id: int) -> str:
    """Say that a member has no allowance of their own to clear."""
    return texts("quota-member-not-set", member=mention(member_id))


def role_not_set(texts: Texts, role_id: int) -> str:
    """Say that a role has no allowance."""
    return texts("quota-current-role-none", role=f"<@&{role_id}>")


def _with_hint(texts: Texts, shown: str, own: str = "") -> str:
    """Add how to set an amount, or where there is one, how to change it.

    `own` is the subcommand that has set it.
    """
    hint = texts("quota-how-to-change" if own else "quota-how-to-set", option=_OPTION, what=own)
    return f"{shown}\n-# {hint}"
