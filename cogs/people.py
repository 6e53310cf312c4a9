"""Who is asking, and what they may do: read from the interaction alone, for no member is kept in memory."""

from __future__ import annotations

import discord
from discord.ext import commands

Interaction = discord.Interaction[commands.Bot]


def may_manage(interaction: Interaction) -> bool:
    """Whether the one who asks may manage the server. Discord's menu says so too; it is not believed alone."""
    return interaction.permissions.manage_guild


def role_ids(user: discord.User | discord.Member) -> tuple[int, ...]:
    """A member's roles, which may carry an allowance."""
    return tuple(role.id for role in user.roles) if isinstance(user, discord.Member) else ()
