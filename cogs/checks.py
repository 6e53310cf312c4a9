"""Who is asking, and what they may do: read from the interaction alone, for no member is kept in memory.

Discord sends interactions of a server before it has described the server (between READY and GUILD_CREATE) and during an
outage of it. So nothing here relies on the server being cached.
"""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

Interaction = discord.Interaction[commands.Bot]


def can_manage_guild(interaction: Interaction) -> bool:
    """Whether the one who asks may manage the server. Discord's menu says so too; it is not believed alone."""
    return interaction.permissions.manage_guild


def role_ids(user: discord.User | discord.Member) -> tuple[int, ...]:
    """A member's roles, which may carry an allowance, as Discord sent them with the member.

    `Member.roles` lists only the roles of a cached server, so that a role without credits would be ignored. The ids are
    kept nowhere else than in `_roles`; a test holds every version of discord.py to that.
    """
    if not isinstance(user, discord.Member):
        return ()
    return tuple(user._roles)  # pyright: ignore[reportPrivateUsage] # noqa: SLF001 (no public name for it)


def loaded_guild(interaction: Interaction) -> discord.Guild | None:
    """The server with its channels and roles; None where Discord has not sent them, or not for long."""
    guild = interaction.client.get_guild(interaction.guild_id or 0)
    return None if guild is None or guild.unavailable else guild


class _PersonOption(app_commands.Transformer[commands.Bot]):
    """An option that names a person, whatever a forged payload holds in its place."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.user

    async def transform(self, _: Interaction, value: object, /) -> discord.Member | discord.User:
        if not isinstance(value, discord.Member | discord.User):
            raise app_commands.TransformerError(value, self.type, self)
        return value


class _RoleOption(app_commands.Transformer[commands.Bot]):
    """An option that names a role, likewise."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.role

    async def transform(self, _: Interaction, value: object, /) -> discord.Role:
        if not isinstance(value, discord.Role):
            raise app_commands.TransformerError(value, self.type, self)
        return value


Person = app_commands.Transform[discord.Member | discord.User, _PersonOption]
RoleGiven = app_commands.Transform[discord.Role, _RoleOption]


def missing_permissions(interaction: Interaction) -> tuple[str, ...]:
    """The permissions that the bot would need in this channel and lacks, before anything is held."""
    send = "send_messages_in_threads" if isinstance(interaction.channel, discord.Thread) else "send_messages"
    needed = ("view_channel", send, "embed_links")
    return tuple(name for name in needed if not getattr(interaction.app_permissions, name))
