"""The menu *Apps → Credits…* of a member: a server manager grants, limits and blocks in one modal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import discord
from discord import app_commands

from bot.discord_client.modals import modal_values
from bot.discord_client.responses import log_discord_errors, private_texts, send_ephemeral
from bot.domain.credits import Month
from bot.domain.text import whole_number
from bot.services.privacy import read_balance
from bot.ui import command_descriptions, quota
from cogs.checks import Interaction, decline, fetch_member, role_ids
from cogs.component_router import ComponentHandler, InvalidCustomId, int_argument
from cogs.quota import (
    QueuedMovies,
    audit_context,
    check_amount,
    check_hours,
    check_member,
    check_reason,
    guild_id_of,
    only_managers,
)
from data import member_credits
from data.database import Database
from data.member_credits import CreditsChange

_MAX_SHOWN: Final = 20
"""Characters of what is no number, where it is refused. A forged form may have many."""


class MemberCredits:
    """Opens the modal, and makes the changes in it, all or none. What is left empty stays as it is."""

    def __init__(self, database: Database, queued: QueuedMovies) -> None:
        self._database = database
        self._queued = queued
        self.component_handlers: Mapping[str, ComponentHandler] = {quota.CHANGE: self._change}

    def context_menu(self) -> app_commands.ContextMenu:
        """Build the member menu, which Discord hides from members who may not manage the server."""
        name = command_descriptions.menu_name(command_descriptions.MEMBER_MENU)
        menu = app_commands.ContextMenu(name=name, callback=self._ask)
        return app_commands.guild_only(app_commands.default_permissions(manage_guild=True)(menu))

    async def _ask(self, interaction: Interaction, member: discord.Member | discord.User) -> None:
        await only_managers(interaction, check_member(member, may_have_left=True))
        balance = await read_balance(self._database, guild_id_of(interaction), member.id, role_ids(member))
        modal = quota.change_modal(private_texts(interaction), member.id, member.display_name, balance)
        with log_discord_errors():
            await interaction.response.send_modal(modal)

    async def _change(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Check everything, then change everything in one transaction, and say so in one message."""
        member_id = int_argument(arguments, 0)
        if interaction.guild is None:
            raise InvalidCustomId
        values = {name: given[0].strip() for name, given in modal_values(interaction).items()}
        typed = [_number(values.get(each, "")) for each in (quota.GRANT, quota.LIMIT, quota.HOURS)]
        grant, limit, hours = typed
        reason = values.get(quota.REASON) or None
        await only_managers(
            interaction, check_amount(grant, 1), check_amount(limit, 0), check_hours(hours), check_reason(reason)
        )
        wanted = CreditsChange(*(each if isinstance(each, int) else None for each in typed))
        if wanted.is_empty:
            await decline(interaction, "quota-nothing-changed")
        await interaction.response.defer(ephemeral=True, thinking=True)
        member = await fetch_member(interaction, member_id)
        if member is None:
            raise InvalidCustomId
        problem = check_member(member, may_have_left=wanted.only_blocks)
        if problem is not None:
            await decline(interaction, problem)
        changed = await self._database.write(
            member_credits.change, member_id, role_ids(member), wanted, by=audit_context(interaction, reason)
        )
        texts, month = private_texts(interaction), Month.containing(self._database.clock.now())
        queued = () if wanted.hours is None else await self._queued.question(interaction, member_id)
        await send_ephemeral(interaction, quota.changed(texts, changed.events, changed.balance, month), *queued)


def _number(typed: str) -> int | str | None:
    """Return a typed number; None where nothing was typed, and what is no number as it is."""
    number = whole_number(typed, _MAX_SHOWN)
    return typed[:_MAX_SHOWN] or None if number is None else number
