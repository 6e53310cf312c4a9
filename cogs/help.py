"""/help: what the bot does, and what whoever asks may do, where they ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from discord import app_commands
from discord.ext import commands

from bot.discord_client.responses import respond_ephemeral
from bot.domain.catalogue import Catalogue
from bot.domain.member_status import MemberStatus
from bot.domain.movie_list import MovieFilter, MovieQuery
from bot.ui import command_descriptions as names
from bot.ui import help as texts
from cogs.checks import Interaction, can_manage_guild, missing_permissions, role_ids
from data.protocols import Accounts, Movies, Quotas

_COUNTED_MOST: Final = 10
"""Running movies that are counted: looking further would cost more than it says."""


@dataclass(frozen=True, slots=True)
class HelpDesk:
    """What is asked before help is given: `confirm_above` is in credits, `command_ids` are the commands' by name."""

    accounts: Accounts
    quotas: Quotas
    movies: Movies
    catalogue: Catalogue
    confirm_above: int
    command_ids: Callable[[], Mapping[str, int]]


class HelpCog(commands.Cog):
    """Shows one private screen."""

    def __init__(self, desk: HelpDesk) -> None:
        self._desk = desk

    @app_commands.command(name="help", description=names.HELP)
    @app_commands.guild_only()
    async def help(self, interaction: Interaction) -> None:
        """Show what the bot does and what this member may do here."""
        standing, desk = await self._standing(interaction), self._desk
        await respond_ephemeral(
            interaction, texts.help_embed(standing, desk.catalogue, desk.confirm_above, desk.command_ids())
        )

    async def _standing(self, interaction: Interaction) -> MemberStatus:
        assert interaction.guild_id is not None  # the command is registered for servers only
        guild_id, member = interaction.guild_id, interaction.user
        accounts, month = self._desk.accounts, self._desk.accounts.month()
        running = await self._desk.movies.member_page(
            MovieQuery(member.id, guild_id, MovieFilter.RUNNING), None, _COUNTED_MOST
        )
        return MemberStatus(
            balance=await accounts.balance(guild_id, member.id, role_ids(member)),
            month=month,
            block=await self._desk.quotas.active_block(guild_id, member.id),
            missing=missing_permissions(interaction),
            running=len(running.items),
            more_running=running.has_older,
            may_manage=can_manage_guild(interaction),
        )
