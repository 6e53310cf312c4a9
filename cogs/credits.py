"""/credits: what a member has left, and where it went."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.texts import accounts as texts
from bot.texts import commands as names
from data.protocols import Accounts

Interaction = discord.Interaction[commands.Bot]

_MOVEMENTS = 8


class CreditsCog(commands.Cog):
    """Shows members their own account."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    @app_commands.command(name="credits", description=names.CREDITS)
    @app_commands.guild_only()
    async def credits(self, interaction: Interaction) -> None:
        """Show a member their month, privately."""
        assert interaction.guild_id is not None
        budget = await self._accounts.member(interaction.guild_id, interaction.user.id)
        entries = await self._accounts.movements(interaction.guild_id, interaction.user.id, _MOVEMENTS)
        embed = texts.own(budget, self._accounts.month(), entries)
        await interaction.response.send_message(embed=embed, ephemeral=True)
