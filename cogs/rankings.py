"""/top: a month's best movies, makers and patrons of the server, and their player; and the star button.

A member has one star for each movie. A movie is not posted in the gallery where not all who may view that may see it.
The gateway's cache, which every process has that answers members, tells; the worker asks Discord again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from discord import app_commands
from discord.ext import commands

from bot.discord_client.responses import (
    Declined,
    Interaction,
    private_texts,
    respond_ephemeral,
    send_ephemeral,
)
from bot.domain.credits import Month
from bot.domain.delivery import Venue
from bot.domain.jobs import Job
from bot.domain.movie_nights import StarredMovie, number_from
from bot.domain.refusal import Refused
from bot.domain.reports import Ranking
from bot.services.movie_links import MovieLinks
from bot.services.reports import RankingService
from bot.ui import rankings as messages
from bot.ui import refusals
from bot.ui.command_descriptions import localized
from cogs.answering import Answering
from cogs.checks import may_be_shown, may_see, may_view
from cogs.component_router import InvalidCustomId, NumberArgument, component
from cogs.job_access import JobAccess, fresh_link
from cogs.movie_nights import play
from cogs.quota import month_of
from data import rankings, server_setup
from data.rankings import CANDIDATES, SHOWN, Starred, StarredBy


@dataclass(eq=False, kw_only=True)
class TopCog(Answering, commands.Cog):
    """Shows the ranking, privately, plays its movies, and handles *Star*."""

    rankings: RankingService
    links: MovieLinks

    @app_commands.command(name="top", description=localized("commands-top"))
    @app_commands.describe(month=localized("commands-top-month"))
    @app_commands.guild_only()
    async def top(self, interaction: Interaction, month: str | None = None) -> None:
        """Show the best of a month."""
        ranking = await self._visible(interaction, month_of(month, self._database.clock.now()))
        best = next((each.job for each in ranking.movies), None)
        best = best and await fresh_link(interaction, self.links, best, edit=False)
        hides = await self._hides(interaction)
        await respond_ephemeral(
            interaction, messages.ranking_message(private_texts(interaction), ranking, best, spoiler=hides)
        )

    @component(messages.PLAY)
    async def _play(self, interaction: Interaction, of: str, place: NumberArgument, *listed: str) -> None:
        """Play the movie at a place of the list that the member saw, or the next of it that they may see now."""
        month = Month.parse(of)
        if month is None:
            raise InvalidCustomId
        ranking = await self._visible(interaction, month, CANDIDATES)
        found = {each.job.id: each for each in ranking.movies if each.is_playable}
        shown = listed or [*found][:SHOWN]  # a button of an earlier version names none
        movies = [replace(found[each], place=at) for at, each in enumerate(shown, 1) if each in found]
        number = number_from(movies, place)
        if number is None:
            raise Declined("night-over")
        following = (messages.PLAY, str(month), movies[number - 1].place + 1, *listed)
        await play(interaction, self.links, movies, number, following, spoiler=await self._hides(interaction))

    async def _visible(self, interaction: Interaction, month: Month, limit: int = SHOWN) -> Ranking:
        """Return a month's best that the member may see."""
        ranking = await self.rankings.ranking(interaction.guild_id or 0, month)
        return ranking.visible(lambda movie: _may_see(interaction, movie), limit)

    async def _hides(self, interaction: Interaction) -> bool:
        """Return whether the server's movies are not for everyone: then they are hidden until someone clicks."""
        return (await self._database.read(server_setup.get, interaction.guild_id or 0)).age is not None

    @component("star", given=JobAccess.visible)
    async def _star(self, interaction: Interaction, job: Job) -> None:
        """Give a star, or take it back."""
        texts = private_texts(interaction)
        if job.guild_id != interaction.guild_id:  # a copied button of one's own movie, elsewhere
            raise Declined("buttons-unknown-movie")
        gallery = (await self._database.read(server_setup.get, job.guild_id)).gallery
        may_post = gallery is not None and may_be_shown(interaction, job.channel_id, gallery)
        toggled = await self._database.write(
            rankings.toggle, job.id, interaction.user.id, interaction_id=interaction.id, may_post=may_post
        )
        match toggled:
            case Refused():
                text = refusals.refusal_text(texts, toggled)
            case StarredBy(count, members):
                text = messages.starred_by(texts, count, members)
            case Starred(given, count, posted) if given:
                text = texts("stars-given-posted" if posted else "stars-given", stars=count)
            case Starred(_, count):
                text = texts("stars-taken-back", stars=count)
        await send_ephemeral(interaction, text)


def _may_see(interaction: Interaction, movie: StarredMovie) -> bool:
    """Return whether the member may see a movie, and view its message.

    A server's managers chose who reads its gallery; older posts of a forum are archived.
    """
    job, message = movie.job, movie.message
    is_own = job.member_id == interaction.user.id
    if not may_see(interaction, job.guild_id, job.channel_id, is_own=is_own):
        return False
    return is_own or message is None or message.venue is Venue.FORUM or may_view(interaction, message.channel_id)
