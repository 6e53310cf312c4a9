"""/privacy: a member's stored data, its export, and its erasure.

Everyone sees and erases only their own, whatever a button's custom_id says.
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from discord import app_commands
from discord.ext import commands

from bot.discord_client.responses import (
    log_discord_errors,
    private_texts,
    replace_text,
    send_ephemeral,
    send_private,
    send_text,
)
from bot.discord_client.uploads import DEFAULT_UPLOAD_LIMIT
from bot.domain.jobs import Job
from bot.domain.refusal import Refused
from bot.services.privacy import PrivacyService
from bot.ui import privacy as messages
from bot.ui import refusals
from bot.ui.command_descriptions import localized
from bot.ui.components import Attachment, plain
from bot.ui.privacy import Policy, Stored
from cogs.checks import Interaction, decline, refuse
from cogs.component_router import ComponentHandler, int_argument
from data import erasure, jobs
from data.database import Database


class PrivacyCog(commands.Cog):
    """Shows, exports and erases what is stored about a member.

    `update_card` edits the card of a movie that was cancelled.
    """

    def __init__(
        self, database: Database, service: PrivacyService, policy: Policy, update_card: Callable[[Job], Awaitable[None]]
    ) -> None:
        self._database = database
        self._service = service
        self._policy = policy
        self._update_card = update_card
        self.component_handlers: Mapping[str, ComponentHandler] = {
            messages.EXPORT: self._export,
            messages.ERASE: self._ask,
            messages.CONFIRM: self._erase,
            messages.CONFIRM_WITH_MESSAGES: functools.partial(self._erase, deletes_messages=True),
            messages.KEEP: self._keep,
        }

    @app_commands.command(name="privacy", description=localized("commands-privacy"))
    async def privacy(self, interaction: Interaction) -> None:
        """Show what is stored, privately. It works in direct messages, too."""
        texts, stored = private_texts(interaction), await self._stored(interaction.user.id)
        overview = messages.overview_message(texts, self._policy, stored)
        await interaction.response.send_message(**overview.sent(), ephemeral=True)

    async def _export(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        texts = private_texts(interaction)
        export = await self._service.export(interaction.user.id)
        if isinstance(export, Refused):
            await refuse(interaction, export)
        elif len(export) > DEFAULT_UPLOAD_LIMIT:
            await send_text(interaction, "privacy-export-too-large")
        else:
            await send_ephemeral(interaction, texts("privacy-export-ready"), Attachment("my-data.zip", export))

    async def _ask(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        """Ask for confirmation, where there is something to erase."""
        texts, stored = private_texts(interaction), await self._stored(interaction.user.id)
        if stored.erasing:
            await send_ephemeral(interaction, messages.erasing(texts, stored.open))
        elif stored.is_empty:
            await send_text(interaction, "privacy-nothing")
        else:
            await send_private(interaction, messages.question(texts, stored, interaction.user.id))

    async def _erase(
        self, interaction: Interaction, arguments: tuple[str, ...], *, deletes_messages: bool = False
    ) -> None:
        """Erase what was confirmed. The second press finds nothing to do."""
        texts, member_id = private_texts(interaction), interaction.user.id
        if int_argument(arguments, 0) != member_id:
            await decline(interaction, "privacy-not-yours")
        if (await self._stored(member_id)).is_empty:
            await replace_text(interaction, texts("privacy-nothing"))
            return
        await interaction.response.defer()  # it may take longer than Discord's 3 seconds
        outcome = await self._service.request(member_id, deletes_messages=deletes_messages)
        if isinstance(outcome, Refused):
            text = refusals.refusal_text(texts, outcome)
        elif outcome.done:
            text = texts("privacy-erased-with-messages" if deletes_messages else "privacy-erased")
        else:
            left = outcome.left
            text = messages.erasing(texts, left.in_progress + left.unknown + left.undelivered)
        with log_discord_errors():
            await interaction.edit_original_response(**plain(text).edited())
        for job in () if isinstance(outcome, Refused) else outcome.cancelled:
            cancelled = await self._database.read(jobs.find, job.id)
            if cancelled is not None and job.card_message_id is not None:  # the job names nobody any more
                await self._update_card(replace(cancelled, card_message_id=job.card_message_id))

    async def _keep(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        await replace_text(interaction, private_texts(interaction)("privacy-nothing-erased"))

    async def _stored(self, member_id: int) -> Stored:
        found = await self._database.read_long(erasure.overview, member_id)
        work = found.open_work
        return Stored(
            movies=found.movies,
            waiting=work.waiting,
            open=work.in_progress + work.unknown + work.undelivered,
            bonus=found.bonus,
            erasing=found.requested,
            is_empty=found.is_empty,
        )
