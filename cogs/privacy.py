"""/privacy: a member's stored data, its export, and its erasure.

Everyone sees and erases only their own, whatever a button's custom_id says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from discord import app_commands
from discord.ext import commands

from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.responses import (
    Declined,
    Interaction,
    edit_pressed,
    private_texts,
    respond_ephemeral,
    send_ephemeral,
    send_private,
    show_private,
    unless_refused,
)
from bot.discord_client.uploads import DEFAULT_UPLOAD_LIMIT
from bot.domain.erasure import Stored
from bot.domain.refusal import Refused
from bot.services.privacy import PrivacyService
from bot.ui import privacy as messages
from bot.ui import refusals
from bot.ui.command_descriptions import localized
from bot.ui.components import Attachment, plain
from bot.ui.privacy import Policy
from cogs.answering import Answering
from cogs.component_router import NumberArgument, component
from data import erasure, jobs


@dataclass(eq=False, kw_only=True)
class PrivacyCog(Answering, commands.Cog):
    """Shows, exports and erases what is stored about a member."""

    service: PrivacyService
    policy: Policy
    publisher: DiscordPublisher

    @app_commands.command(name="privacy", description=localized("commands-privacy"))
    async def privacy(self, interaction: Interaction) -> None:
        """Show what is stored, privately. It works in direct messages, too."""
        texts, stored = private_texts(interaction), await self._stored(interaction.user.id)
        await show_private(interaction, messages.overview_message(texts, self.policy, stored), edit=False)

    @component(messages.EXPORT)
    async def _export(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        export = unless_refused(await self.service.export(interaction.user.id))
        if len(export) > DEFAULT_UPLOAD_LIMIT:
            raise Declined("privacy-export-too-large")
        ready = private_texts(interaction)("privacy-export-ready")
        await send_ephemeral(interaction, ready, Attachment("my-data.zip", export))

    @component(messages.ERASE)
    async def _ask(self, interaction: Interaction) -> None:
        """Ask for confirmation, where there is something to erase."""
        texts, stored = private_texts(interaction), await self._stored(interaction.user.id)
        if stored.requested:
            raise Declined(plain(messages.erasing(texts, stored.open_work)))
        if stored.is_empty:
            raise Declined("privacy-nothing")
        await send_private(interaction, messages.question(texts, stored, interaction.user.id))

    @component(messages.CONFIRM)
    @component(messages.CONFIRM_WITH_MESSAGES, deletes_messages=True)
    async def _erase(
        self, interaction: Interaction, owner_id: NumberArgument, *, deletes_messages: bool = False
    ) -> None:
        """Erase what was confirmed. The second press finds nothing to do."""
        texts, member_id = private_texts(interaction), interaction.user.id
        if owner_id != member_id:
            raise Declined("privacy-not-yours")
        if (await self._stored(member_id)).is_empty:
            raise Declined("privacy-nothing", edit=True)
        await interaction.response.defer()  # it may take longer than Discord's 3 seconds
        outcome = await self.service.request(member_id, deletes_messages=deletes_messages)
        if isinstance(outcome, Refused):
            raise Declined(refusals.message(texts, outcome), edit=True)
        text = messages.erasing(texts, outcome.left)
        if outcome.done:
            text = texts("privacy-erased-with-messages" if deletes_messages else "privacy-erased")
        await respond_ephemeral(interaction, plain(text))
        for job in outcome.cancelled:
            cancelled = await self._database.read(jobs.find, job.id)
            if cancelled is not None and job.card_message_id is not None:  # the job names nobody any more
                await self.publisher.update_card(replace(cancelled, card_message_id=job.card_message_id))

    @component(messages.KEEP)
    async def _keep(self, interaction: Interaction) -> None:
        await edit_pressed(interaction, plain(private_texts(interaction)("privacy-nothing-erased")))

    async def _stored(self, member_id: int) -> Stored:
        return await self._database.read_long(erasure.stored, member_id)
