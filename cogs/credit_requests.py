"""*Ask for more*, and the buttons with which managers answer.

The request is in the staff channel's message. Its buttons work as long as the database knows the request.
"""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.discord_client.interaction_texts import member_language, private_texts
from bot.discord_client.responses import log_discord_errors, send_ephemeral, send_text
from bot.domain.credit_request import CreditRequest, highest_price
from bot.domain.delivery import PostedMessage
from bot.domain.quota import AuditReason
from bot.domain.refusal import Refused
from bot.locales.texts import texts_in
from bot.ui import credit_requests as messages
from bot.ui import refusals
from cogs import quota_checks as check
from cogs.checks import Interaction, is_age_restricted, parent_channel_id, role_ids, without_deleted
from cogs.component_router import ComponentHandler, InvalidCustomId, int_argument, row_id_argument
from cogs.quota_changes import audit_context
from cogs.refusing import refuse
from data import credit_requests
from data.database import Database


class CreditRequestButtons:
    """Handler of the member's button and of the managers' two."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.component_handlers: Mapping[str, ComponentHandler] = {
            messages.ASK: self._ask,
            messages.GRANT: self._grant,
            messages.DECLINE: self._decline,
        }

    async def _ask(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Ask the managers for what the member lacks."""
        price, texts = int_argument(arguments, 0), private_texts(interaction)
        if not 0 < price <= highest_price(self._database.policy.catalogue):
            raise InvalidCustomId
        if interaction.guild_id is None or interaction.channel_id is None:
            await send_text(interaction, "errors-only-in-servers")
            return
        asked = await self._database.write(
            credit_requests.ask,
            price,
            by=audit_context(interaction, None),
            channel_id=interaction.channel_id,
            role_ids=role_ids(interaction.user),
            language=member_language(interaction),
            parent_channel_id=parent_channel_id(interaction),
            age_restricted=is_age_restricted(interaction),
        )
        if isinstance(asked, Refused):
            text = refusals.refusal_text(texts, without_deleted(interaction, asked))
        else:
            text = messages.requested(texts, asked)
        await send_ephemeral(interaction, text)

    async def _grant(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        await self._answer(interaction, row_id_argument(arguments), grant=True)

    async def _decline(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        await self._answer(interaction, row_id_argument(arguments), grant=False)

    async def _answer(self, interaction: Interaction, request_id: str, *, grant: bool) -> None:
        """Answer a request, and show in its message what became of it.

        A manager may grant what they requested themselves: /quota grant allows that, too, and the log shows it.
        """
        if await check.refused(interaction):
            return
        message = interaction.message
        if interaction.guild_id is None or message is None:
            raise InvalidCustomId
        by = audit_context(interaction, None, reason_code=AuditReason.REQUESTED if grant else None)
        place = PostedMessage(message.channel.id, message.id)
        answer = await self._database.write(credit_requests.answer, request_id, grant=grant, message=place, by=by)
        if isinstance(answer, Refused):
            await refuse(interaction, answer)
            return
        await _show(interaction, answer.request)
        if not answer.counted:
            await send_ephemeral(interaction, messages.not_counted(private_texts(interaction), answer.request))


async def _show(interaction: Interaction, request: CreditRequest) -> None:
    """Show a request that can't be answered any more, without buttons."""
    text = messages.request_text(texts_in(request.server_language), request)
    with log_discord_errors():
        await interaction.response.edit_message(
            content=text, view=None, allowed_mentions=discord.AllowedMentions.none()
        )
