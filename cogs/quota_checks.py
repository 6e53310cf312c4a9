"""Checks of /quota's permission and options.

Each returns the message for the member, or None. The values are typed as `object`: discord.py passes on what a forged
payload holds, whatever was declared.
"""

from __future__ import annotations

import discord

from bot.discord_client.interaction_texts import private_texts
from bot.domain.credits import Month
from bot.domain.quota import MAX_BLOCK_HOURS, MAX_CREDITS, MAX_REASON_LENGTH
from bot.locales.texts import Texts
from bot.ui import quota_admin as messages
from cogs.checks import Interaction, MemberOrUser, can_manage_guild, loaded_guild


async def refused(interaction: Interaction, *problems: str | None) -> bool:
    """Check the permission, then respond with the first problem privately.

    Return False where there is none.
    """
    permission = None if can_manage_guild(interaction) else private_texts(interaction)("quota-not-allowed")
    found = next((problem for problem in (permission, *problems) if problem is not None), None)
    if found is not None:
        await refuse(interaction, found)
    return found is not None


async def refuse(interaction: Interaction, problem: str) -> None:
    """Respond with a problem privately."""
    await interaction.response.send_message(problem, ephemeral=True)


def amount(texts: Texts, credits: object, minimum: int) -> str | None:
    """Check a number of credits; None means the default."""
    if credits is None or _is_integer(credits, minimum, MAX_CREDITS):
        return None
    return messages.bad_amount(texts, credits, minimum)


def hours(texts: Texts, given: object) -> str | None:
    """Check the length of a block; None means no end."""
    return None if given is None or _is_integer(given, 1, MAX_BLOCK_HOURS) else messages.bad_hours(texts, given)


def reason(texts: Texts, given: object) -> str | None:
    """Check a reason, which is optional."""
    if given is None or (isinstance(given, str) and given.strip() and len(given) <= MAX_REASON_LENGTH):
        return None
    return messages.bad_reason(texts, given)


def member(texts: Texts, given: MemberOrUser, *, may_have_left: bool = False) -> str | None:
    """Check that a member is no bot, and still in the server."""
    if given.bot:
        return messages.no_bots(texts, given.id)
    return None if may_have_left or isinstance(given, discord.Member) else messages.not_a_member(texts, given.id)


def role(interaction: Interaction, given: discord.Role) -> str | None:
    """Check that a role exists and is not @everyone."""
    texts = private_texts(interaction)
    if given.is_default():
        return texts("quota-everyone")
    guild = loaded_guild(interaction)
    deleted = guild is not None and guild.get_role(given.id) is None
    return messages.role_gone(texts, given.id) if deleted else None


def parse_month(month: object) -> Month | None:
    """Parse a month such as 2026-11."""
    return Month.parse(month) if isinstance(month, str) else None


def _is_integer(value: object, minimum: int, maximum: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and minimum <= value <= maximum
