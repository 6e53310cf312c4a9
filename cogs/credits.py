"""/credits: a member's balance, receipts and last changes; *Ask for more*; and /gift.

A member's request for more credits is in the staff channel's message. The buttons with which managers answer work as
long as the database knows the request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.responses import (
    Declined,
    Interaction,
    edit_pressed,
    member_language,
    private_texts,
    send_ephemeral,
    send_text,
    show_private,
    unless_refused,
    without_deleted,
)
from bot.domain.credit_request import AskOption, highest_price, usual_price
from bot.domain.credits import Month
from bot.domain.delivery import PostedMessage
from bot.domain.quota import AuditReason
from bot.domain.refusal import Refused
from bot.locales.texts import texts_in
from bot.services.privacy import ExportService, read_balance
from bot.services.request_limits import RequestLimit
from bot.ui import credit_requests as request_messages
from bot.ui import credits as messages
from bot.ui import refusals
from bot.ui.command_descriptions import localized
from bot.ui.components import Attachment, Message, plain
from bot.ui.formatting import mention
from cogs.answering import Answering
from cogs.checks import (
    MemberOrUser,
    can_manage_guild,
    fetch_member,
    is_age_restricted,
    parent_channel_id,
    role_ids,
)
from cogs.component_router import InvalidCustomId, NumberArgument, PageArgument, RowIdArgument, component
from cogs.quota import PositiveCredits, PresentMember, audit_context, only_managers
from data import account_queries, availability, blocks, credit_requests, gifts, reports
from data.credit_requests import ask_option

_SHOWN_ADJUSTMENTS: Final = 3

GIFT_BURST: Final = 5
"""How many gifts a member makes at once. After that, one a minute."""

TRIES: Final = 10
"""How many gifts a member tries to make in a minute. Those that are refused count, too."""


@dataclass(eq=False, kw_only=True)
class CreditsCog(Answering, commands.Cog):
    """Shows members their own account, and managers any account of their server; handles requests for more, and gifts.

    The answer to /gift is private; the bot tells the recipient. `gifts` counts each member's gifts, because each one
    mentions its recipient, and `gift_tries` also those that are refused, because each one asks the database.
    """

    exports: ExportService
    gifts: RequestLimit
    gift_tries: RequestLimit

    @app_commands.command(name="credits", description=localized("commands-credits"))
    @app_commands.describe(member=localized("commands-credits-member"))
    @app_commands.guild_only()
    async def credits(self, interaction: Interaction, member: MemberOrUser | None = None) -> None:
        """Show an account, privately."""
        member = member or interaction.user
        _check_may_see(interaction, member.id)
        await show_private(interaction, await self._page(interaction, member, 0), edit=False)

    @component("credits")
    async def _turn_page(self, interaction: Interaction, member_id: NumberArgument, page: PageArgument) -> None:
        if interaction.guild_id is None:
            raise InvalidCustomId
        _check_may_see(interaction, member_id)
        member = interaction.user if member_id == interaction.user.id else await fetch_member(interaction, member_id)
        if member is None:
            raise InvalidCustomId
        await show_private(interaction, await self._page(interaction, member, page), edit=True)

    @component("credits-csv")
    async def _send_export(self, interaction: Interaction, member_id: NumberArgument) -> None:
        _check_may_see(interaction, member_id)
        if interaction.guild_id is None:
            raise Declined("credits-not-authorized")
        await interaction.response.defer(ephemeral=True, thinking=True)
        requested_by = interaction.user.id
        export = unless_refused(await self.exports.export(interaction.guild_id, member_id, requested_by=requested_by))
        texts, is_all = private_texts(interaction), export.rows == export.total
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
        option, price = AskOption.NO_HELP, usual_price(await self._offered(interaction))
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
            catalogue=self._catalogue,
            hint=request_messages.hint(texts, option),
        )

    @component(request_messages.ASK)
    async def _ask(self, interaction: Interaction, price: NumberArgument) -> None:
        """Ask the managers for what the member lacks."""
        if not 0 < price <= highest_price(await self._database.read(availability.accepted_models)):
            raise InvalidCustomId
        if interaction.guild_id is None or interaction.channel_id is None:
            raise Declined("errors-only-in-servers")
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
        texts = private_texts(interaction)
        if isinstance(asked, Refused):
            raise Declined(plain(refusals.refusal_text(texts, without_deleted(interaction, asked))))
        await send_text(interaction, "requests-sent", credits=asked.credits)

    @component(request_messages.GRANT, grant=True)
    @component(request_messages.DECLINE, grant=False)
    async def _answer(self, interaction: Interaction, request_id: RowIdArgument, *, grant: bool) -> None:
        """Answer a request, and show in its message what became of it.

        A manager may grant what they requested themselves: /quota grant allows that, too, and the log shows it.
        """
        message = interaction.message
        only_managers(interaction)
        if interaction.guild_id is None or message is None:
            raise InvalidCustomId
        by = audit_context(interaction, None, reason_code=AuditReason.REQUESTED if grant else None)
        place = PostedMessage(message.channel.id, message.id)
        answered = await self._database.write(credit_requests.answer, request_id, grant=grant, message=place, by=by)
        answer = unless_refused(answered)
        request = answer.request
        await edit_pressed(interaction, request_messages.request_message(texts_in(request.server_language), request))
        if not answer.counted:
            await send_ephemeral(interaction, request_messages.not_counted(private_texts(interaction), request))

    @app_commands.command(name="gift", description=localized("commands-gift"))
    @app_commands.describe(member=localized("commands-gift-member"), credits=localized("commands-gift-credits"))
    @app_commands.guild_only()
    async def gift(self, interaction: Interaction, member: PresentMember, credits: PositiveCredits) -> None:
        """Give bonus credits to a member of this server."""
        giver_id = interaction.user.id
        unless_refused(await self.gift_tries.try_acquire(giver_id) or await self.gifts.try_acquire(giver_id))
        by, channel_id = audit_context(interaction, None), interaction.channel_id or 0
        try:
            unless_refused(await self._database.write(gifts.give, member.id, credits, channel_id=channel_id, by=by))
        except BaseException:  # also a press that is given up
            await self.gifts.release(giver_id)
            raise
        await send_text(interaction, "gifts-given", member=mention(member.id), credits=credits)


def _check_may_see(interaction: Interaction, member_id: int) -> None:
    if member_id != interaction.user.id and not can_manage_guild(interaction):
        raise Declined("credits-not-authorized")
