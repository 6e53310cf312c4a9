"""/credits: a member's balance, receipts and last changes; *Ask for more*; and /gift.

A member's request for more credits is in the staff channel's message. The buttons with which managers answer work as
long as the database knows the request.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.responses import log_discord_errors, member_language, private_texts, send_ephemeral, send_text
from bot.domain.credit_request import AskOption, highest_price, usual_price
from bot.domain.credits import Month
from bot.domain.delivery import PostedMessage
from bot.domain.quota import MAX_CREDITS, AuditReason
from bot.domain.refusal import Refused
from bot.locales.texts import texts_in
from bot.services.privacy import ExportService, read_balance
from bot.services.request_limits import LimitFactory
from bot.ui import credit_requests as request_messages
from bot.ui import credits as messages
from bot.ui import refusals
from bot.ui.command_descriptions import localized
from bot.ui.components import Attachment, Message, plain
from bot.ui.formatting import mention
from cogs import quota
from cogs.checks import (
    Interaction,
    MemberOrUser,
    can_manage_guild,
    decline,
    fetch_member,
    is_age_restricted,
    parent_channel_id,
    role_ids,
    without_deleted,
)
from cogs.component_router import ComponentHandler, InvalidCustomId, int_argument, page_argument, row_id_argument
from cogs.quota import audit_context, only_managers
from data import account_queries, availability, blocks, credit_requests, gifts, reports
from data.credit_requests import ask_option
from data.database import Database

_SHOWN_ADJUSTMENTS: Final = 3

GIFT_BURST: Final = 5
"""How many gifts a member makes at once. After that, one a minute."""

TRIES: Final = 10
"""How many gifts a member tries to make in a minute. Those that are refused count, too."""


class CreditsCog(commands.Cog):
    """Shows members their own account, and managers any account of their server; and handles requests for more."""

    def __init__(self, database: Database, exports: ExportService) -> None:
        self._database = database
        self._exports = exports
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "credits": self._turn_page,
            "credits-csv": self._send_export,
            request_messages.ASK: self._ask,
            request_messages.GRANT: partial(self._answer, grant=True),
            request_messages.DECLINE: partial(self._answer, grant=False),
        }

    @app_commands.command(name="credits", description=localized("commands-credits"))
    @app_commands.describe(member=localized("commands-credits-member"))
    @app_commands.guild_only()
    async def credits(self, interaction: Interaction, member: MemberOrUser | None = None) -> None:
        """Show an account, privately."""
        member = member or interaction.user
        await _check_may_see(interaction, member.id)
        account = await self._page(interaction, member, 0)
        await interaction.response.send_message(**account.sent(), ephemeral=True)

    async def _turn_page(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        member_id, page = int_argument(arguments, 0), page_argument(arguments, 1)
        if interaction.guild_id is None:
            raise InvalidCustomId
        await _check_may_see(interaction, member_id)
        member = interaction.user if member_id == interaction.user.id else await fetch_member(interaction, member_id)
        if member is None:
            raise InvalidCustomId
        account = await self._page(interaction, member, page)
        await interaction.response.edit_message(**account.edited())

    async def _send_export(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        member_id = int_argument(arguments, 0)
        await _check_may_see(interaction, member_id)
        if interaction.guild_id is None:
            await decline(interaction, "credits-not-authorized")
        await interaction.response.defer(ephemeral=True, thinking=True)
        texts = private_texts(interaction)
        export = await self._exports.export(interaction.guild_id, member_id, requested_by=interaction.user.id)
        if isinstance(export, Refused):
            await decline(interaction, export)
        is_all = export.rows == export.total
        text = texts("credits-exported" if is_all else "credits-exported-latest", movies=export.rows)
        ready = plain(text, Attachment(export.name, export.content))
        await interaction.followup.send(**ready.sent(), ephemeral=True)

    async def _page(self, interaction: Interaction, member: discord.Member | discord.User, page: int) -> Message:
        assert interaction.guild_id is not None
        guild_id, member_id = interaction.guild_id, member.id
        balance = await read_balance(self._database, guild_id, member_id, role_ids(member))
        size = messages.PAGE_SIZE
        receipts, total = await self._database.read(reports.receipts_of_member, guild_id, member_id, size, page * size)
        if page and not receipts:
            raise InvalidCustomId
        block = await self._database.read(blocks.active_block, guild_id, member_id)
        changes = await self._database.read(account_queries.member_adjustments, guild_id, member_id, _SHOWN_ADJUSTMENTS)
        offered = await self._database.read(availability.of_server, guild_id)
        option, price = AskOption.NO_HELP, usual_price(offered)
        is_short = block is None and balance.member_available < price
        if is_short and member_id == interaction.user.id:
            option = await self._database.read(ask_option, guild_id, member_id, price)
        texts = private_texts(interaction)
        return messages.account_message(
            texts,
            member_id,
            balance,
            Month.containing(self._database.clock.now()),
            receipts,
            page,
            total,
            block,
            changes,
            *request_messages.ask_buttons(texts, option, price),
            is_own=member_id == interaction.user.id,
            guild_id=guild_id,
            catalogue=self._database.policy.catalogue,
            hint=request_messages.hint(texts, option),
        )

    async def _ask(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Ask the managers for what the member lacks."""
        price, texts = int_argument(arguments, 0), private_texts(interaction)
        if not 0 < price <= highest_price(await self._database.read(availability.accepted_models)):
            raise InvalidCustomId
        if interaction.guild_id is None or interaction.channel_id is None:
            await decline(interaction, "errors-only-in-servers")
        asked = await self._database.write(
            credit_requests.ask,
            price,
            by=audit_context(interaction, None),
            channel_id=interaction.channel_id,
            role_ids=role_ids(interaction.user),
            language=member_language(interaction),
            parent_channel_id=parent_channel_id(interaction),
            age_restricted=is_age_restricted(interaction.channel),
        )
        if isinstance(asked, Refused):
            text = refusals.refusal_text(texts, without_deleted(interaction, asked))
        else:
            text = texts("requests-sent", credits=asked.credits)
        await send_ephemeral(interaction, text)

    async def _answer(self, interaction: Interaction, arguments: tuple[str, ...], *, grant: bool) -> None:
        """Answer a request, and show in its message what became of it.

        A manager may grant what they requested themselves: /quota grant allows that, too, and the log shows it.
        """
        request_id, message = row_id_argument(arguments), interaction.message
        await only_managers(interaction)
        if interaction.guild_id is None or message is None:
            raise InvalidCustomId
        by = audit_context(interaction, None, reason_code=AuditReason.REQUESTED if grant else None)
        place = PostedMessage(message.channel.id, message.id)
        answer = await self._database.write(credit_requests.answer, request_id, grant=grant, message=place, by=by)
        if isinstance(answer, Refused):
            await decline(interaction, answer)
        request = answer.request
        shown = request_messages.request_message(texts_in(request.server_language), request)
        with log_discord_errors():
            await interaction.response.edit_message(**shown.edited())
        if not answer.counted:
            await send_ephemeral(interaction, request_messages.not_counted(private_texts(interaction), request))


async def _check_may_see(interaction: Interaction, member_id: int) -> None:
    if member_id != interaction.user.id and not can_manage_guild(interaction):
        await decline(interaction, "credits-not-authorized")


class GiftCog(commands.Cog):
    """Gives bonus credits. The answer is private; the bot tells the recipient.

    `limit` counts each member's gifts, because each one mentions its recipient, and `tries` also those that are
    refused, because each one asks the database.
    """

    def __init__(self, database: Database, limits: LimitFactory) -> None:
        self._database = database
        self._limit = limits.limit("gift", 1, GIFT_BURST, "gifts-too-fast")
        self._tries = limits.limit("gift-try", TRIES, TRIES, "gifts-too-fast")

    @app_commands.command(name="gift", description=localized("commands-gift"))
    @app_commands.describe(member=localized("commands-gift-member"), credits=localized("commands-gift-credits"))
    @app_commands.guild_only()
    async def gift(
        self, interaction: Interaction, member: MemberOrUser, credits: app_commands.Range[int, 1, MAX_CREDITS]
    ) -> None:
        """Give bonus credits to a member of this server."""
        problem = quota.check_member(member) or quota.check_amount(credits, 1)
        if problem is not None:
            await decline(interaction, problem)
        giver_id = interaction.user.id
        too_soon = await self._tries.try_acquire(giver_id) or await self._limit.try_acquire(giver_id)
        if too_soon is not None:
            await decline(interaction, too_soon)
        by, channel_id = audit_context(interaction, None), interaction.channel_id or 0
        made = False
        try:
            refused = await self._database.write(gifts.give, member.id, credits, channel_id=channel_id, by=by)
            made = refused is None
        finally:
            if not made:
                await self._limit.release(giver_id)
        if refused is not None:
            await decline(interaction, refused)
        await send_text(interaction, "gifts-given", member=mention(member.id), credits=credits)
