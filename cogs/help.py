"""/help: what the bot does, and what the member may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from discord import app_commands
from discord.ext import commands

from bot.discord_client.client import Client
from bot.discord_client.responses import (
    Interaction,
    is_private,
    private_texts,
    respond_ephemeral,
    without_deleted,
)
from bot.domain.credit_request import AskOption, usual_price
from bot.domain.credits import BudgetScope, Month
from bot.domain.movie_list import MovieFilter, MovieQuery
from bot.domain.refusal import Refused
from bot.services.privacy import read_balance
from bot.ui import credit_requests
from bot.ui import help as messages
from bot.ui.command_descriptions import localized
from cogs.answering import Answering
from cogs.checks import can_manage_guild, may_post, missing_permissions, order_context, role_ids
from cogs.component_router import InvalidCustomId, component
from data import availability, job_actions, risk, server_setup
from data.credit_requests import ask_option

_MAX_COUNTED: Final = 10
"""Running movies that are counted; the message says "more" beyond."""


@dataclass(eq=False, kw_only=True)
class HelpCog(Answering, commands.Cog):
    """Shows what this member needs next, and behind a button everything."""

    client: Client

    @app_commands.command(name="help", description=localized("commands-help"))
    @app_commands.guild_only()
    async def help(self, interaction: Interaction) -> None:
        """Show what the bot does and what this member may do here."""
        status, offered = await self._status(interaction), await self._offered(interaction)
        option, price = AskOption.NO_HELP, usual_price(offered)
        is_short = status.refusal is None and status.balance.exhausted_scope(offered) is BudgetScope.MEMBER
        if is_short and interaction.guild_id is not None:
            option = await self._database.read(ask_option, interaction.guild_id, interaction.user.id, price)
        texts = private_texts(interaction)
        ask = credit_requests.ask_buttons(texts, option, price)
        shown = messages.help_message(texts, status, offered, self.client.command_ids, ask)
        await respond_ephemeral(interaction, shown)

    @component(messages.ALL)
    async def _show_all(self, interaction: Interaction) -> None:
        """Show what movies cost, and all commands, in place of the first page."""
        if interaction.guild_id is None:
            raise InvalidCustomId
        status, offered = await self._status(interaction), await self._offered(interaction)
        shown = messages.everything_message(
            private_texts(interaction), status, offered, self._flow.confirm, self.client.command_ids
        )
        # a forged button may be pressed elsewhere
        await respond_ephemeral(interaction, shown, edit=is_private(interaction))

    async def _status(self, interaction: Interaction) -> messages.MemberStatus:
        assert interaction.guild_id is not None  # the command is registered for servers only
        guild_id, member = interaction.guild_id, interaction.user
        running = await self._database.read(
            job_actions.member_page, MovieQuery(member.id, guild_id, MovieFilter.RUNNING), None, _MAX_COUNTED
        )
        available = await self._database.read(availability.catalogue_for, order_context(interaction))
        return messages.MemberStatus(
            balance=await read_balance(self._database, guild_id, member.id, role_ids(member)),
            month=Month.containing(self._database.clock.now()),
            refusal=await self._database.read(risk.next_refusal, guild_id, member.id),
            access=without_deleted(interaction, available) if isinstance(available, Refused) else None,
            may_post=may_post(interaction),
            missing=missing_permissions(interaction),
            running=len(running.items),
            more_running=running.has_older,
            can_manage_guild=can_manage_guild(interaction),
            setup=await self._database.read(server_setup.get, guild_id),
        )
