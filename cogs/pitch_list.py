"""/pitches: the open pitches of a server."""

from __future__ import annotations

from collections.abc import Mapping

from discord import app_commands
from discord.ext import commands

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.modals import selected_value
from bot.discord_client.responses import respond_ephemeral
from bot.domain.pitch import PitchSort
from bot.services.pitches import PitchService
from bot.ui import command_descriptions as names
from bot.ui import pitch_list
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, InvalidCustomId, page_argument


class PitchListCog(commands.Cog):
    """Lists open pitches privately. Their own messages have the buttons."""

    def __init__(self, pitches: PitchService) -> None:
        self._pitches = pitches
        self.component_handlers: Mapping[str, ComponentHandler] = {
            pitch_list.PAGE: self._turn_page,
            pitch_list.SORT: self._sort,
        }

    @app_commands.command(name="pitches", description=names.PITCHES)
    @app_commands.describe(sort=names.PITCHES_SORT)
    @app_commands.choices(
        sort=[app_commands.Choice(name=name, value=sort.value) for sort, name in pitch_list.SORT_CHOICES.items()]
    )
    @app_commands.guild_only()
    async def pitches(self, interaction: Interaction, sort: str | None = None) -> None:
        """Show the first page."""
        await self._show(interaction, _parse(sort or PitchSort.MISSING), 0)

    async def _turn_page(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        await self._show(interaction, _parse(next(iter(arguments), "")), page_argument(arguments, 1), edit=True)

    async def _sort(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        await self._show(interaction, _parse(selected_value(interaction)), 0, edit=True)

    async def _show(self, interaction: Interaction, sort: PitchSort, number: int, *, edit: bool = False) -> None:
        """Respond with a page; `edit` replaces the clicked message."""
        if interaction.guild_id is None:
            raise InvalidCustomId
        page = await self._pitches.page(interaction.guild_id, sort, number, pitch_list.PAGE_SIZE)
        texts = private_texts(interaction)
        embed, view = pitch_list.list_embed(texts, page), pitch_list.list_view(texts, page, sort)
        await respond_ephemeral(interaction, embed, view, edit=edit)


def _parse(sort: str) -> PitchSort:
    """Return an order.

    Raises:
        InvalidCustomId: There is no such order.
    """
    if sort not in list(PitchSort):
        raise InvalidCustomId
    return PitchSort(sort)
