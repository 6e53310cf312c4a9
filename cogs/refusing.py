"""Says privately why nothing was done."""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import respond_ephemeral, send_ephemeral
from bot.domain.refusal import Refused
from bot.ui import refusals
from bot.ui.job_messages import Message
from cogs.checks import Interaction, without_deleted


async def refuse(
    interaction: Interaction, refused: Refused, view: discord.ui.View | None = None, *, edit: bool = False
) -> None:
    """Say why nothing was done.

    An embed replaces the message whose button was pressed with `edit`.
    """
    message = refusals.message(private_texts(interaction), without_deleted(interaction, refused))
    await show_refusal(interaction, replace(message, view=view), edit=edit)


async def show_refusal(interaction: Interaction, message: Message, *, edit: bool = False) -> None:
    """Show a refusal: an embed, or a text where a response may have been given."""
    if message.embed is None:
        await send_ephemeral(interaction, message.content, message.view)
    else:
        await respond_ephemeral(interaction, message.embed, message.view, edit=edit)
