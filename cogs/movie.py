"""/movie, and the message menu that opens its modal.

cogs/order_flow.py handles what they submit.
"""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.responses import send_ephemeral
from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.request import Draft
from bot.ui import command_descriptions as names
from bot.ui import errors, modals, refusals
from cogs.checks import Interaction
from cogs.order_flow import OrderFlow

MovieCommand = app_commands.Command[commands.Cog, ..., None]


class MovieCommands:
    """The commands that order a movie, built for a catalogue."""

    def __init__(self, order_flow: OrderFlow, catalogue: Catalogue) -> None:
        self._order_flow = order_flow
        self._catalogue = catalogue

    def movie(self) -> MovieCommand:
        """Build /movie, whose options are bounded as the API's are."""
        submit, catalogue = self._order_flow.submit, self._catalogue
        limits = catalogue.limits

        async def movie(
            interaction: Interaction,
            prompt: str,
            duration: int | None = None,
            video_model: str | None = None,
            image_model: str | None = None,
            aspect_ratio: str | None = None,
        ) -> None:
            draft = Draft(prompt, duration, video_model, image_model, aspect_ratio)
            await submit(interaction, draft, use_preferences=True)

        # the bounds are known only now; discord.py reads them from the annotations
        movie.__annotations__ |= {
            "prompt": app_commands.Range[str, 1, limits.max_prompt_length],
            "duration": app_commands.Range[int, limits.min_seconds, limits.max_seconds],
        }
        command: MovieCommand = app_commands.Command(name="movie", description=names.MOVIE, callback=movie)
        describe = app_commands.describe(
            prompt=names.prompt(limits),
            duration=names.duration(limits),
            video_model=names.VIDEO_MODEL,
            image_model=names.IMAGE_MODEL,
            aspect_ratio=names.ASPECT_RATIO,
        )
        choices = app_commands.choices(
            video_model=[
                app_commands.Choice(name=model.label, value=model.key) for model in catalogue.enabled_video_models
            ],
            image_model=[
                app_commands.Choice(name=model.label, value=model.key) for model in catalogue.enabled_image_models
            ],
            aspect_ratio=[
                app_commands.Choice(name=names.WIDE_CHOICE, value=AspectRatio.WIDE.value),
                app_commands.Choice(name=names.TALL_CHOICE, value=AspectRatio.TALL.value),
            ],
        )
        return app_commands.guild_only(choices(describe(command)))

    def context_menu(self) -> app_commands.ContextMenu:
        """Build the message menu that makes a movie of a message."""
        menu = app_commands.ContextMenu(name=names.MAKE_A_MOVIE, callback=self._make_a_movie)
        return app_commands.guild_only(menu)

    async def _make_a_movie(self, interaction: Interaction, message: discord.Message) -> None:
        """Open the modal with a message's text as the prompt.

        Only the text of the member's own message is used.
        """
        if message.author.id != interaction.user.id:
            await send_ephemeral(interaction, refusals.not_own_message())
            return
        text = message.clean_content.strip()
        if not text:
            await send_ephemeral(interaction, errors.empty_message())
            return
        longest = self._catalogue.limits.max_prompt_length
        await self._order_flow.open_modal(
            interaction, Draft(text[:longest]), title=modals.NEW_TITLE, cut=len(text) > longest
        )
