"""/movies: a member's own movies. One that could not be posted anywhere is claimed here."""

from __future__ import annotations

from collections.abc import Mapping

import discord
from discord import app_commands
from discord.ext import commands

from bot.texts import commands as names
from bot.texts import movies as texts
from cogs.people import Interaction
from cogs.presses import Handler
from data.protocols import Movies


class MoviesCog(commands.Cog):
    """Shows members their movies, privately."""

    def __init__(self, movies: Movies) -> None:
        self._movies = movies
        self.presses: Mapping[str, Handler] = {"movies": self._turn_page}

    @app_commands.command(name="movies", description=names.MOVIES)
    @app_commands.guild_only()
    async def movies(self, interaction: Interaction) -> None:
        """Show the newest movies."""
        embed, view = await self._page(interaction, 0)
        shown = discord.utils.MISSING if view is None else view
        await interaction.response.send_message(embed=embed, view=shown, ephemeral=True)

    async def _turn_page(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        embed, view = await self._page(interaction, int(arguments[0]))
        await interaction.response.edit_message(embed=embed, view=view)

    async def _page(self, interaction: Interaction, page: int) -> tuple[discord.Embed, discord.ui.View | None]:
        """A page of whoever asks: the buttons carry no name, so nobody can turn someone else's."""
        assert interaction.guild_id is not None
        jobs, total = await self._movies.jobs_of_member(
            interaction.guild_id, interaction.user.id, texts.PAGE, page * texts.PAGE
        )
        return texts.movies(jobs, page, total), texts.movies_buttons(page, total)
