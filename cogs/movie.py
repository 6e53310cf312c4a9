"""/movie: check the options, hold the credits, answer with the card, and only then queue the job."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.credits import Shortfall
from bot.domain.job import Job
from bot.domain.quota import Block
from bot.domain.request import PROMPT_MOST, SECONDS_LEAST, SECONDS_MOST, Checked, Draft, check
from bot.engine.intake import Intake, Order
from bot.errors import DeliveryLost, DeliveryRefused
from bot.front.answers import answer, say
from bot.texts import cards, refusals
from bot.texts import commands as names
from cogs.people import Interaction, role_ids

_log = logging.getLogger(__name__)


class MovieCog(commands.Cog):
    """Takes orders for movies. `acknowledged` counts how long an answer took, in seconds."""

    def __init__(self, intake: Intake, catalogue: Catalogue, *, acknowledged: Callable[[float], None]) -> None:
        self._intake = intake
        self._catalogue = catalogue
        self._acknowledged = acknowledged
        app_commands.choices(
            video_model=[app_commands.Choice(name=model.label, value=model.key) for model in catalogue.video_models_on],
            image_model=[app_commands.Choice(name=model.label, value=model.key) for model in catalogue.image_models_on],
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
        prompt: app_commands.Range[str, 1, PROMPT_MOST],
        duration: app_commands.Range[int, SECONDS_LEAST, SECONDS_MOST] | None = None,
        video_model: str | None = None,
        image_model: str | None = None,
        aspect_ratio: str | None = None,
    ) -> None:
        """Order a movie."""
        started = time.monotonic()
        draft = Draft(prompt, duration, video_model, image_model, aspect_ratio)
        checked = check(draft, self._catalogue)
        if not isinstance(checked, Checked):
            await interaction.response.send_message(embed=refusals.refused(checked), ephemeral=True)
            return
        missing = missing_permissions(interaction)
        if missing:
            await interaction.response.send_message(refusals.cannot_post(missing), ephemeral=True)
            return
        await self._order(interaction, checked)
        self._acknowledged(time.monotonic() - started)

    async def _order(self, interaction: Interaction, checked: Checked) -> None:
        assert interaction.guild_id is not None
        assert interaction.channel_id is not None
        order = Order(
            interaction.id,
            interaction.guild_id,
            interaction.channel_id,
            interaction.user.id,
            checked,
            role_ids(interaction.user),
            interaction.user.display_name,
        )
        placed = await self._intake.place(order)
        if isinstance(placed, Shortfall):
            refusal = refusals.short(placed, checked.video_model)
            await interaction.response.send_message(embed=refusal, ephemeral=True)
        elif isinstance(placed, Block):
            await interaction.response.send_message(embed=refusals.blocked(placed), ephemeral=True)
        elif placed is not None:
            await self._answer(interaction, placed)

    async def _answer(self, interaction: Interaction, job: Job) -> None:
        """Show the card; only an accepted answer queues the job, and any other gives the credits back."""
        try:
            card_id = await answer(interaction, cards.card(job, self._catalogue))
        except DeliveryRefused as exc:
            await self._intake.withdraw(job, tell=False)
            _log.warning("answer_refused", extra={"job": job.id, "reason": str(exc)})
            return
        except DeliveryLost as exc:
            await self._intake.withdraw(job, tell=True)
            _log.warning("answer_lost", extra={"job": job.id, "reason": str(exc)})
            return
        if card_id is None:  # accepted, but which message is the card was not said
            await self._intake.withdraw(job, tell=False)
        if card_id is None or await self._intake.confirm(job, card_id) is None:
            await say(interaction, refusals.withdrawn())


def missing_permissions(interaction: Interaction) -> tuple[str, ...]:
    """The permissions that the bot would need in this channel and lacks, before anything is held."""
    send = "send_messages_in_threads" if isinstance(interaction.channel, discord.Thread) else "send_messages"
    needed = ("view_channel", send, "embed_links")
    return tuple(name for name in needed if not getattr(interaction.app_permissions, name))
