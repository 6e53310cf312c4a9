"""The buttons of a movie night, which play its movies privately, one after another."""

from __future__ import annotations

from collections.abc import Mapping

from bot.discord_client.responses import private_texts, respond_ephemeral
from bot.domain.jobs import Job
from bot.domain.server_setup import AgeRule
from bot.services.movie_links import MovieLinks
from bot.services.request_limits import TooSoon
from bot.ui import movie_nights as messages
from cogs.checks import Interaction, decline, parent_channel_id
from cogs.component_router import ComponentHandler, int_argument, row_id_argument
from data import movie_nights
from data.database import Database


class MovieNightButtons:
    """Handler of *Play all*, the numbers and *Next movie*.

    Everyone who may view the message may press them. What is played is seen by the one who pressed.
    """

    def __init__(self, database: Database, links: MovieLinks) -> None:
        self._database = database
        self._links = links
        self.component_handlers: Mapping[str, ComponentHandler] = {messages.PLAY: self._play}

    async def _play(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the movie at a place, or the next that is left."""
        night_id, place = row_id_argument(arguments), int_argument(arguments, 1)
        night = await self._database.read(movie_nights.find, night_id)
        here = (interaction.channel_id, parent_channel_id(interaction))  # a thread that is not known yet: its forum
        is_here = night is not None and night.guild_id == interaction.guild_id and night.channel_id in here
        number = None if night is None else night.number_from(place)
        if night is None or number is None or not is_here:  # a copied button, or a forged one
            await decline(interaction, "night-over")
        job = night.movies[number - 1].job
        pressed = interaction.message
        in_player = pressed is not None and pressed.flags.ephemeral
        fresh: Job | TooSoon | None = job
        if self._links.is_expired(job):
            # the API may take longer than Discord's 3 seconds for a first response
            await interaction.response.defer(ephemeral=True, thinking=not in_player)
            fresh = await self._links.refresh_for(interaction.user.id, job)
        texts, is_fresh, spoiler = private_texts(interaction), isinstance(fresh, Job), night.age is AgeRule.SPOILER
        shown = fresh if isinstance(fresh, Job) else job
        player = messages.play(texts, night, number, shown, may_be_expired=not is_fresh, spoiler=spoiler)
        await respond_ephemeral(interaction, player, edit=in_player)
