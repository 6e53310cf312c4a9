"""The buttons of a movie night, which play its movies privately, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.discord_client.responses import Declined, Interaction, is_private, private_texts, respond_ephemeral
from bot.domain.movie_nights import StarredMovie, number_from
from bot.domain.server_setup import AgeRule
from bot.services.movie_links import MovieLinks
from bot.ui import movie_nights as messages
from bot.ui.components import actions_of
from cogs.answering import Answering
from cogs.checks import parent_channel_id
from cogs.component_router import NumberArgument, RowIdArgument, component
from cogs.job_access import fresh_link
from data import movie_nights


@dataclass(eq=False, kw_only=True)
class MovieNightButtons(Answering):
    """Handler of *Play all*, the numbers and *Next movie*.

    Everyone who may view the message may press them. What is played is seen by the one who pressed.
    """

    links: MovieLinks

    @component(messages.PLAY)
    async def _play(self, interaction: Interaction, night_id: RowIdArgument, place: NumberArgument) -> None:
        """Show the movie at a place, or the next that is left."""
        night = await self._database.read(movie_nights.find, night_id)
        here = (interaction.channel_id, parent_channel_id(interaction))  # a thread that is not known yet: its forum
        is_here = night is not None and night.guild_id == interaction.guild_id and night.channel_id in here
        number = None if night is None else number_from(night.movies, place)
        if night is None or number is None or not is_here:  # a copied button, or a forged one
            raise Declined("night-over")
        following = (messages.PLAY, night.id, night.movies[number - 1].place + 1)
        is_spoiler = night.age is AgeRule.SPOILER
        await play(interaction, self.links, night.movies, number, following, spoiler=is_spoiler)


async def play(
    interaction: Interaction,
    links: MovieLinks,
    movies: Sequence[StarredMovie],
    number: int,
    following: tuple[str | int, ...],
    *,
    spoiler: bool,
) -> None:
    """Play one of several movies to the one who pressed; in the player, in place of the one before."""
    pressed, job = interaction.message, movies[number - 1].job
    # a public message may have a star, too, and a list of movies may be private
    has_star = pressed is not None and any(action == "star" for action, _ in actions_of(pressed))
    in_player = is_private(interaction) and has_star
    fresh = await fresh_link(interaction, links, job, edit=in_player)
    texts, is_old = private_texts(interaction), fresh is None
    shown = messages.play(texts, movies, number, fresh or job, following, may_be_expired=is_old, spoiler=spoiler)
    await respond_ephemeral(interaction, shown, edit=in_player)
