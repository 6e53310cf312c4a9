"""/movie, and the message menu that opens its modal.

cogs/order_flow.py handles what they submit.
"""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.responses import send_ephemeral
from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.request import MAX_DURATION_SECONDS, MAX_PROMPT_LENGTH, MIN_DURATION_SECONDS, Draft
from bot.ui import command_descriptions as names
from bot.ui import errors, modals, refusals
from cogs.checks import Interaction
from cogs.order_flow import OrderFlow


class MovieCog(commands.Cog):
    """The commands that order a movie."""

    def __init__(self, order_flow: OrderFlow, catalogue: Catalogue) -> None:
        self._order_flow = order_flow
        app_commands.choices(
            video_model=[
                app_commands.Choice(name=model.label, value=model.key) for model in catalogue.enabled_video_models
            ],
            image_model=[
                app_commands.Choice(name=model.label, value=model.key) for model in catalogue.enabled_image_models
            ],
        )(self.movie)

    @app_commands.command(name="movie", description=names.MOVIE)
    @app_commands.describe(
        prompt=names.PROMPT,
        duration=names.DURATION,
        video_model=names.VIDEO_MODEL,
        image_model=names.IMAGE_MODEL,
        aspect_ratio=names.ASPECT_RATIO,
    )
    @app_commands.choices(
        aspect_ratio=[
            app_commands.Choice(name=names.WIDE, value=AspectRatio.WIDE.value),
            app_commands.Choice(name=names.TALL, value=AspectRatio.TALL.value),
        ]
    )
    @app_commands.guild_only()
    async def movie(
        self,
        interaction: Interaction,
        prompt: app_commands.Range[str, 1, MAX_PROMPT_LENGTH],
        duration: app_commands.Range[int, MIN_DURATION_SECONDS, MAX_DURATION_SECONDS] | None = None,
        video_model: str | None = None,
        image_model: str | None = None,
        aspect_ratio: str | None = None,
    ) -> None:
        """Order a movie."""
        draft = Draft(prompt, duration, video_model, image_model, aspect_ratio)
        await self._order_flow.submit(interaction, draft, use_preferences=True)

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
        draft = Draft(text[:MAX_PROMPT_LENGTH])
        await self._order_flow.open_modal(interaction, draft, title=modals.NEW_TITLE, cut=len(text) > MAX_PROMPT_LENGTH)
