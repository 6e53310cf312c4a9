"""Buttons and forms: one listener that reads what stands in a custom_id and calls the cog that it belongs to."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

import discord
from discord.ext import commands

from bot.front.answers import say
from bot.texts import refusals
from bot.texts.buttons import read_custom_id
from cogs.people import Interaction

_log = logging.getLogger(__name__)

Handler = Callable[[Interaction, tuple[str, ...]], Awaitable[None]]
"""Answers a press. The arguments are what stood in the custom_id: texts that anyone may have forged."""


class PressesCog(commands.Cog):
    """Takes every press to its handler."""

    def __init__(self, *handlers: Mapping[str, Handler], leaving: Callable[[], bool]) -> None:
        self._leaving = leaving
        self._handlers = {action: handler for each in handlers for action, handler in each.items()}

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a button or a form of ours."""
        if interaction.type not in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            return
        data = interaction.data or {}
        read = read_custom_id(str(data.get("custom_id", "")))
        if read is None:
            return
        if self._leaving():
            await say(interaction, refusals.restarting())
            return
        action, arguments = read
        handler = self._handlers.get(action)
        if handler is None:
            await say(interaction, refusals.out_of_date())
            return
        try:
            await handler(interaction, arguments)
        except Exception:  # noqa: BLE001 (a press's outer boundary: it is logged, and the member is told)
            _log.exception("press_failed", extra={"action": action})
            await say(interaction, refusals.went_wrong())
