"""/credits: a member's balance, receipts and last changes."""

from __future__ import annotations

import io
from collections.abc import Mapping

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import send_text
from bot.domain.credit_request import AskOption, usual_price
from bot.domain.credits import Month
from bot.domain.refusal import Refused
from bot.services.accounts import read_balance
from bot.services.exports import CsvExport, ExportService
from bot.services.one_at_a_time import AlreadyRunning
from bot.services.request_limits import TooSoon
from bot.ui import credit_requests
from bot.ui import credits as messages
from bot.ui.command_descriptions import localized
from cogs.checks import Interaction, MemberOrUser, can_manage_guild, role_ids
from cogs.component_router import ComponentHandler, InvalidCustomId, int_argument, page_argument
from cogs.refusing import refuse
from data import account_queries, availability, blocks, reports
from data.credit_requests import ask_option
from data.database import Database

_SHOWN_ADJUSTMENTS = 3


class CreditsCog(commands.Cog):
    """Shows members their own account, and managers any account of their server."""

    def __init__(self, database: Database, exports: ExportService) -> None:
        self._database = database
        self._exports = exports
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "credits": self._turn_page,
            "credits-csv": self._send_export,
        }

    @app_commands.command(name="credits", description=localized("commands-credits"))
    @app_commands.describe(member=localized("commands-credits-member"))
    @app_commands.guild_only()
    async def credits(self, interaction: Interaction, member: MemberOrUser | None = None) -> None:
        """Show an account, privately."""
        member = member or interaction.user
        if not _may_see(interaction, member.id):
            await send_text(interaction, "credits-not-authorized")
            return
        embed, view = await self._page(interaction, member, 0)
        await interaction.response.send_message(embed=embed, view=view, ephemeral=True)

    async def _turn_page(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        member_id, page = int_argument(arguments, 0), page_argument(arguments, 1)
        if interaction.guild_id is None:
            raise InvalidCustomId
        if not _may_see(interaction, member_id):
            await send_text(interaction, "credits-not-authorized")
            return
        member = interaction.user if member_id == interaction.user.id else await _member(interaction, member_id)
        embed, view = await self._page(interaction, member, page)
        await interaction.response.edit_message(embed=embed, view=view)

    async def _send_export(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        member_id = int_argument(arguments, 0)
        if not _may_see(interaction, member_id) or interaction.guild_id is None:
            await send_text(interaction, "credits-not-authorized")
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        texts = private_texts(interaction)
        export = await self._exports.export(interaction.guild_id, member_id, requested_by=interaction.user.id)
        match export:
            case AlreadyRunning():
                await send_text(interaction, "credits-export-in-progress")
            case TooSoon():
                await refuse(interaction, Refused("credits-too-many-exports", {"time": export.retry_at}))
            case CsvExport():
                file = discord.File(io.BytesIO(export.content), export.name)
                text = messages.export_ready(texts, export.rows, export.total)
                await interaction.followup.send(text, file=file, ephemeral=True)

    async def _page(
        self, interaction: Interaction, member: discord.Member | discord.User, page: int
    ) -> tuple[discord.Embed, discord.ui.View]:
        assert interaction.guild_id is not None
        guild_id, member_id = interaction.guild_id, member.id
        balance = await read_balance(self._database, guild_id, member_id, role_ids(member))
        size = messages.PAGE_SIZE
        receipts, total = await self._database.read(reports.receipts_of_member, guild_id, member_id, size, page * size)
        if page and not receipts:
            raise InvalidCustomId
        block = await self._database.read(blocks.active_block, guild_id, member_id)
        changes = await self._database.read(account_queries.member_adjustments, guild_id, member_id, _SHOWN_ADJUSTMENTS)
        texts = private_texts(interaction)
        embed = messages.account_embed(
            texts,
            member.display_name,
            balance,
            Month.containing(self._database.clock.now()),
            receipts,
            page,
            total,
            block,
            changes,
            is_own=member_id == interaction.user.id,
            guild_id=guild_id,
            catalogue=self._database.policy.catalogue,
        )
        offered = await self._database.read(availability.of_server, guild_id)
        option, price = AskOption.NO_HELP, usual_price(offered)
        is_short = block is None and balance.member_available < offered.cheapest_second
        if is_short and member_id == interaction.user.id:
            option = await self._database.read(ask_option, guild_id, price)
        credit_requests.add_hint(texts, embed, option)
        ask = credit_requests.ask_buttons(texts, option, price)
        return embed, messages.account_view(texts, member_id, page, total, *ask)


async def _member(interaction: Interaction, member_id: int) -> discord.Member | discord.User:
    """Fetch a member, or the user where they have left.

    No member is cached.

    Raises:
        InvalidCustomId: Discord knows no such user.
    """
    assert interaction.guild is not None
    try:
        return await interaction.guild.fetch_member(member_id)
    except discord.NotFound:
        pass
    try:
        return await interaction.client.fetch_user(member_id)
    except discord.NotFound:
        raise InvalidCustomId from None


def _may_see(interaction: Interaction, member_id: int) -> bool:
    return member_id == interaction.user.id or can_manage_guild(interaction)
