"""The /quota commands' pages and refusals.

What /quota answers without an amount.
"""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.quota import Allowance, AllowanceSource, Balance, Block, GuildQuotas
from bot.locales.texts import Texts
from bot.ui import credits
from bot.ui.components import Button
from bot.ui.credits import allowance_source
from bot.ui.formatting import (
    BRAND,
    escape_name,
    field_lines,
    format_credits,
    format_monthly_credits,
    format_number,
    format_timestamp,
    mention,
)

CANCEL_QUEUED: Final = "cancel-queued"


def limits_embed(texts: Texts, limits: GuildQuotas) -> discord.Embed:
    """Build the overview of a server's limits."""
    embed = discord.Embed(title=texts("quota-server-title"), colour=BRAND)
    embed.add_field(name=texts("quota-each-member-field"), value=_default(texts, limits))
    embed.add_field(name=texts("quota-server-field"), value=_server_budget(texts, limits))
    embed.add_field(name=texts("quota-staff-channel-field"), value=_channel(texts, limits))
    roles = [_limit_line(texts, f"<@&{role_id}>", amount) for role_id, amount in limits.roles]
    members = [_limit_line(texts, mention(member_id), amount) for member_id, amount in limits.members]
    blocked = [
        texts("quota-block-line", name=mention(member_id), block=credits.format_block(texts, block))
        for member_id, block in limits.blocked
    ]
    for name, lines in (
        (texts("quota-roles-field"), roles),
        (texts("quota-members-field"), members),
        (texts("quota-blocked-field"), blocked),
    ):
        if lines:
            embed.add_field(name=name, value=field_lines(texts, lines), inline=False)
    return embed


def _default(texts: Texts, limits: GuildQuotas) -> str:
    if limits.default is None:
        return texts("quota-bot-default", credits=limits.bot_default)
    return format_monthly_credits(texts, limits.default)


def _server_budget(texts: Texts, limits: GuildQuotas) -> str:
    """Say what the server may spend.

    It is the lower of its own limit and the operator's.
    """
    if limits.operator is not None and (limits.server is None or limits.server >= limits.operator):
        return texts("quota-set-by-operator", credits=limits.operator)
    return texts("quota-unlimited") if limits.server is None else format_monthly_credits(texts, limits.server)


def _channel(texts: Texts, limits: GuildQuotas) -> str:
    channel = f"<#{limits.staff_channel_id}>" if limits.staff_channel_id else texts("quota-no-channel")
    if limits.staff_channel_failed_at is None:
        return channel
    return f"{channel}\n{texts('quota-channel-failed', time=format_timestamp(limits.staff_channel_failed_at))}"


def _limit_line(texts: Texts, name: str, credits: int) -> str:
    return texts("quota-limit-line", name=name, credits=credits)


def member_limits_embed(
    texts: Texts, name: str, member_id: int, balance: Balance, block: Block | None
) -> discord.Embed:
    """Build the overview of a member's limits and balance."""
    shown_name = escape_name(name)
    title = texts("quota-member-title", name=shown_name) if shown_name else texts("quota-unnamed-member-title")
    embed = discord.Embed(title=title, description=mention(member_id), colour=BRAND)
    allowance, bonus = balance.allowance, balance.extra
    embed.add_field(
        name=texts("quota-allowance-field"),
        value=f"{format_monthly_credits(texts, allowance.limit)}\n{allowance_source(texts, balance.source)}",
    )
    embed.add_field(name=texts("quota-used-field"), value=format_credits(texts, allowance.used))
    embed.add_field(name=texts("quota-on-hold-field"), value=format_credits(texts, allowance.held + bonus.held))
    embed.add_field(
        name=texts("quota-bonus-field"),
        value=texts("quota-bonus-value", credits=bonus.available, granted=format_number(texts, bonus.limit)),
    )
    embed.add_field(name=texts("quota-left-field"), value=format_credits(texts, balance.member_available))
    embed.add_field(
        name=texts("quota-blocked-field"),
        value=texts("quota-not-blocked") if block is None else credits.format_block(texts, block),
    )
    return embed


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


_CREDITS = "credits"


def current_default(texts: Texts, limits: GuildQuotas) -> str:
    """Say what each member gets by default."""
    if limits.default is None:
        return _to_set(texts, texts("quota-current-bot-default", credits=limits.bot_default))
    return _to_change(texts, texts("quota-current-default", credits=limits.default), "default")


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
    if limits.server is None:
        return _to_set(texts, shown)
    return _to_change(texts, shown, "server")


def current_member(texts: Texts, member_id: int, allowance: Allowance) -> str:
    """Say what a member gets, and why."""
    source = allowance_source(texts, allowance)
    shown = texts("quota-current-member", member=mention(member_id), credits=allowance.credits, source=source)
    if allowance.source is AllowanceSource.MEMBER:
        return _to_change(texts, shown, "member")
    return _to_set(texts, shown)


def current_role(texts: Texts, role_id: int, limits: GuildQuotas) -> str:
    """Say what everyone with a role gets."""
    credits = dict(limits.roles).get(role_id)
    if credits is None:
        return _to_set(texts, role_not_set(texts, role_id))
    return _to_change(texts, texts("quota-current-role", role=f"<@&{role_id}>", credits=credits), "role")


def member_not_set(texts: Texts, member_id: int) -> str:
    """Say that a member has no allowance of their own to clear."""
    return texts("quota-member-not-set", member=mention(member_id))


def role_not_set(texts: Texts, role_id: int) -> str:
    """Say that a role has no allowance."""
    return texts("quota-current-role-none", role=f"<@&{role_id}>")


def _to_set(texts: Texts, shown: str) -> str:
    return f"{shown}\n-# {texts('quota-how-to-set', option=_CREDITS)}"


def _to_change(texts: Texts, shown: str, what: str) -> str:
    return f"{shown}\n-# {texts('quota-how-to-change', option=_CREDITS, what=what)}"
