"""Checks of /quota's permission and options.

Each returns a refusal, or None. The values are typed as `object`: discord.py passes on what a forged
payload holds, whatever was declared.
"""

from __future__ import annotations

import discord

from bot.domain.credits import Month
from bot.domain.quota import MAX_BLOCK_HOURS, MAX_CREDITS, MAX_REASON_LENGTH
from bot.domain.refusal import Refused
from cogs.checks import Interaction, MemberOrUser, can_manage_guild, loaded_guild
from cogs.refusing import refuse


async def refused(interaction: Interaction, *problems: Refused | None) -> bool:
    """Check the permission, then respond with the first problem privately.

    Return False where there is none.
    """
    permission = None if can_manage_guild(interaction) else Refused("quota-not-allowed")
    found = next((problem for problem in (permission, *problems) if problem is not None), None)
    if found is not None:
        await refuse(interaction, found)
    return found is not None


def amount(credits: object, minimum: int) -> Refused | None:
    """Check a number of credits; None means the default."""
    if credits is None or _is_integer(credits, minimum, MAX_CREDITS):
        return None
    return Refused("quota-bad-credits", {"given": credits, "min": minimum, "max": MAX_CREDITS})


def hours(given: object) -> Refused | None:
    """Check the length of a block; None means no end."""
    if given is None or _is_integer(given, 1, MAX_BLOCK_HOURS):
        return None
    return Refused("quota-bad-hours", {"given": given, "min": 1, "max": MAX_BLOCK_HOURS})


def reason(given: object) -> Refused | None:
    """Check a reason, which is optional."""
    if given is None:
        return None
    if not isinstance(given, str) or not given.strip():
        return Refused("quota-reason-required")
    length = {"characters": len(given), "max": MAX_REASON_LENGTH}
    return Refused("quota-reason-too-long", length) if len(given) > MAX_REASON_LENGTH else None


def member(given: MemberOrUser, *, may_have_left: bool = False) -> Refused | None:
    """Check that a member is no bot, and still in the server."""
    if given.bot:
        return Refused("quota-bot-member", {"member": given.id})
    there = may_have_left or isinstance(given, discord.Member)
    return None if there else Refused("quota-not-a-member", {"member": given.id})


def role(interaction: Interaction, given: discord.Role) -> Refused | None:
    """Check that a role exists and is not @everyone."""
    if given.is_default():
        return Refused("quota-everyone")
    guild = loaded_guild(interaction)
    deleted = guild is not None and guild.get_role(given.id) is None
    return Refused("quota-role-deleted", {"role": given.id}) if deleted else None


def parse_month(month: object) -> Month | None:
    """Parse a month such as 2026-11."""
    return Month.parse(month) if isinstance(month, str) else None


def _is_integer(value: object, minimum: int, maximum: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and minimum <= value <= maximum
