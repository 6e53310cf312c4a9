"""The buttons of a movie night.

They play its movies privately, one after another.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.discord_client.responses import log_discord_errors, private_texts, send_text, show_private
from bot.domain.jobs import Job
from bot.domain.movie_nights import MovieNight
from bot.domain.server_setup import AgeRule
from bot.services.movie_links import MovieLinks
from bot.services.request_limits import TooSoon
from bot.ui import movie_nights as messages
from cogs.checks import Interaction, parent_channel_id
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
        if night is None or not _is_here(interaction, night):  # a copied button, or a forged one
            await send_text(interaction, "night-over")
            return
        number = night.number_from(place)
        if number is None:
            await send_text(interaction, "night-over")
            return
        job = night.movies[number - 1].job
        pressed = interaction.message
        in_player = pressed is not None and pressed.flags.ephemeral
        fresh: Job | TooSoon | None = job
        if self._links.is_expired(job):
            # the API may take longer than Discord's 3 seconds for a first response
            await interaction.response.defer(ephemeral=True, thinking=not in_player)
            fresh = await self._links.refresh_for(interaction.user.id, job)
        await _show(interaction, night, number, fresh if isinstance(fresh, Job) else None, edit=in_player)


def _is_here(interaction: Interaction, night: MovieNight) -> bool:
    """Return whether a movie night's message is where a button was pressed.

    A post whose thread is not known yet is in its forum.
    """
    places = (interaction.channel_id, parent_channel_id(interaction))
    return night.guild_id == interaction.guild_id and night.channel_id in places


async def _show(interaction: Interaction, night: MovieNight, number: int, fresh: Job | None, *, edit: bool) -> None:
    """Show a movie in the player.

    `fresh` is None where its link may have expired; `edit` replaces the movie that the player showed.
    """
    texts, job = private_texts(interaction), fresh or night.movies[number - 1].job
    spoiler = night.age is AgeRule.SPOILER
    placed = messages.player_link(texts, night, number, job, may_be_expired=fresh is None, spoiler=spoiler)
    view = messages.player_view(texts, night, number)
    with log_discord_errors():
        await show_private(interaction, placed.content, placed.embed, view, placed.files, edit=edit)
