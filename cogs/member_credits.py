"""The menu *Apps → Credits…* of a member: a server manager grants, limits and blocks in one modal."""

from __future__ import annotations

from typing import Final

import discord
from discord import app_commands

from bot.discord_client.modals import modal_value
from bot.discord_client.responses import Declined, Interaction, private_texts, send_ephemeral, send_modal
from bot.domain.text import whole_number
from bot.services.privacy import read_balance
from bot.ui import command_descriptions, quota
from cogs.answering import Answering
from cogs.checks import fetch_member, role_ids
from cogs.component_router import InvalidCustomId, NumberArgument, component
from cogs.quota import (
    audit_context,
    check_amount,
    check_hours,
    check_member,
    check_reason,
    guild_id_of,
    only_managers,
    queued_question,
)
from data import member_credits

_MAX_SHOWN: Final = 20
"""Characters of what is no number, where it is refused. A forged form may have many."""


class MemberCredits(Answering):
    """Opens the modal, and makes the changes in it, all or none. What is left empty stays as it is."""

    def context_menu(self) -> app_commands.ContextMenu:
        """Build the member menu, which Discord hides from members who may not manage the server."""
        name = command_descriptions.menu_name(command_descriptions.MEMBER_MENU)
        menu = app_commands.ContextMenu(name=name, callback=self._ask)
        return app_commands.guild_only(app_commands.default_permissions(manage_guild=True)(menu))

    async def _ask(self, interaction: Interaction, member: discord.Member | discord.User) -> None:
        only_managers(interaction)
        check_member(member, may_have_left=True)
        balance = await read_balance(self._database, guild_id_of(interaction), member.id, role_ids(member))
        modal = quota.change_modal(private_texts(interaction), member.id, member.display_name, balance)
        await send_modal(interaction, modal)

    @component(quota.CHANGE)
    async def _change(self, interaction: Interaction, member_id: NumberArgument) -> None:
        """Check everything, then change everything in one transaction, and say so in one message."""
        if interaction.guild is None:
            raise InvalidCustomId
        only_managers(interaction)
        grant = check_amount(_typed_number(interaction, quota.GRANT), 1)
        limit = check_amount(_typed_number(interaction, quota.LIMIT), 0)
        hours = check_hours(_typed_number(interaction, quota.HOURS))
        reason = modal_value(interaction, quota.REASON) or None
        check_reason(reason)
        only_blocks = grant is None and limit is None
        if only_blocks and hours is None:
            raise Declined("quota-nothing-changed")
        await interaction.response.defer(ephemeral=True, thinking=True)
        member = await fetch_member(interaction, member_id)
        if member is None:
            raise InvalidCustomId
        check_member(member, may_have_left=only_blocks)
        roles, by = role_ids(member), audit_context(interaction, reason)
        events, balance = await self._database.write(
            member_credits.change, member_id, roles, grant=grant, limit=limit, hours=hours, by=by
        )
        queued = () if hours is None else await queued_question(interaction, self._database, member_id)
        await send_ephemeral(interaction, quota.changed(private_texts(interaction), events, balance), *queued)


def _typed_number(interaction: Interaction, name: str) -> int | str | None:
    """Return a number of the modal; None where nothing was typed, and what is no number as it is."""
    typed = modal_value(interaction, name)
    number = whole_number(typed, _MAX_SHOWN)
    return typed[:_MAX_SHOWN] or None if number is None else number
