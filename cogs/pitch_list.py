"""/pitches: the open pitches of a server that a member may see."""

from __future__ import annotations

from collections.abc import Mapping

from discord import app_commands
from discord.ext import commands

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.modals import selected_value
from bot.discord_client.responses import respond_ephemeral
from bot.domain.pitch import PitchSort
from bot.domain.refusal import Refused
from bot.ui import pitch_list
from bot.ui.command_descriptions import localized
from cogs.checks import Interaction, may_see
from cogs.component_router import ComponentHandler, InvalidCustomId, id_argument, page_argument
from cogs.refusing import refuse
from cogs.sight import find_pitch
from cogs.staff import is_staff
from data import pitches, pledges, pledging
from data.database import Database


class PitchListCog(commands.Cog):
    """Lists open pitches privately.

    Their own messages have the buttons. What a member may take back, withdraw or remove works from here, too: a
    message may be deleted.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.component_handlers: Mapping[str, ComponentHandler] = {
            pitch_list.PAGE: self._turn_page,
            pitch_list.SORT: self._sort,
            pitch_list.MANAGE: self._manage,
        }

    @app_commands.command(name="pitches", description=localized("commands-pitches"))
    @app_commands.describe(sort=localized("commands-pitches-sort"))
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
        guild_id, reader_id = interaction.guild_id, interaction.user.id
        channels = await self._database.read(pitches.channels, guild_id)
        seen = [each for each in channels if may_see(interaction, guild_id, each, is_own=False)]
        page = await self._database.read(pitches.page, guild_id, reader_id, seen, sort, number, pitch_list.PAGE_SIZE)
        texts = private_texts(interaction)
        pledged_to = await self._database.read(pledges.pledged_to, guild_id, reader_id)
        staff = await is_staff(interaction, self._database)
        managed = [
            each
            for each in page.items
            if each.member_id == reader_id
            or each.id in pledged_to
            or (staff and may_see(interaction, guild_id, each.channel_id, is_own=False))
        ]
        embed, view = pitch_list.list_embed(texts, page), pitch_list.list_view(texts, page, sort, managed)
        await respond_ephemeral(interaction, embed, view, edit=edit)

    async def _manage(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        """Show what the member may do with a pitch."""
        texts, pitch_id = private_texts(interaction), id_argument((selected_value(interaction),))
        pitch = await find_pitch(interaction, self._database, pitch_id)
        if pitch is None:
            await refuse(interaction, Refused("pitch-unknown"))
            return
        if not pitch.state.is_open:
            await refuse(interaction, Refused("pitch-over", {"pitch": pitch}))
            return
        pledge = await self._database.read(pledging.own_pledge, pitch.id, interaction.user.id)
        pledged = 0 if pledge is None else pledge.credits
        sees = may_see(interaction, pitch.guild_id, pitch.channel_id, is_own=False)
        view = pitch_list.managed_view(
            texts,
            pitch,
            pledged=pledged,
            mine=pitch.member_id == interaction.user.id,
            staff=sees and await is_staff(interaction, self._database),
        )
        if view is None:  # what it was about has changed since
            await refuse(interaction, Refused("pitch-no-pledge", {"pitch": pitch}))
            return
        await respond_ephemeral(interaction, pitch_list.managed_embed(texts, pitch, pledged), view)


def _parse(sort: str) -> PitchSort:
    """Return an order.

    Raises:
        InvalidCustomId: There is no such order.
    """
    if sort not in list(PitchSort):
        raise InvalidCustomId
    return PitchSort(sort)
