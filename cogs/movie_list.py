"""/movies: a member's own movies, of all servers.

An undeliverable movie is claimed here. A button's custom_id says whose movies it shows. It can be forged, so every
click is authorized again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from discord import app_commands
from discord.ext import commands

from bot.discord_client.modals import selected_value
from bot.discord_client.responses import Declined, Interaction, private_texts, respond_ephemeral, show_private
from bot.domain.jobs import ID_PATTERN
from bot.domain.movie_list import Cursor, MovieFilter, MovieItem, MovieQuery, PageDirection
from bot.services.cancellations import CancellationService
from bot.services.movie_links import MovieLinks
from bot.services.orders import Estimator
from bot.ui import movie_list
from bot.ui.command_descriptions import localized
from bot.ui.job_buttons import VERSIONS
from cogs.answering import Answering
from cogs.approvals import show_pending
from cogs.checks import MemberOrUser, can_manage_guild
from cogs.component_router import IdArgument, InvalidCustomId, NumberArgument, component, read_argument
from cogs.job_access import fresh_link, sees
from data import breakers, job_actions, series


@dataclass(eq=False, kw_only=True)
class MoviesCog(Answering, commands.Cog):
    """Shows members their own movies, and managers those of their server: of what they can't see, the cost."""

    links: MovieLinks
    estimator: Estimator
    cancellations: CancellationService

    @app_commands.command(name="movies", description=localized("commands-movies"))
    @app_commands.rename(movie_id="id")
    @app_commands.describe(
        member=localized("commands-movies-member"),
        show=localized("commands-movies-show"),
        movie_id=localized("commands-movies-id"),
    )
    @app_commands.choices(
        show=[
            *[
                app_commands.Choice(name=name, value=movie_filter.value)
                for movie_filter, name in movie_list.FILTER_CHOICES.items()
            ],
            app_commands.Choice(name=movie_list.PENDING_CHOICE, value=movie_list.PENDING),
        ]
    )
    @app_commands.guild_only()
    async def movies(
        self,
        interaction: Interaction,
        member: MemberOrUser | None = None,
        show: str | None = None,
        movie_id: str | None = None,
    ) -> None:
        """Show the newest movies, or the one with this id."""
        if show == movie_list.PENDING:
            await show_pending(interaction, self._database)
            return
        if show is not None and show not in list(MovieFilter):
            raise Declined("errors-invalid-option")
        if movie_id is not None:
            await self._find(interaction, movie_id)
            return
        await self._show(interaction, (member or interaction.user).id, MovieFilter(show or MovieFilter.ALL))

    async def _find(self, interaction: Interaction, typed: str) -> None:
        """Show the movie whose id was copied from a footer."""
        ids = re.findall(rf"(?<![0-9a-z]){ID_PATTERN}(?![0-9a-z])", typed.lower())
        item = await self._item(interaction, ids[-1] if ids else "", otherwise="movies-unknown-id")
        query = _list_with(interaction, item)
        if query is None:
            raise Declined("movies-unknown-id")
        await self._show_one(interaction, item, query, item.job.id, edit=False)

    @component(movie_list.PAGE_ACTION)
    async def _turn_page(
        self,
        interaction: Interaction,
        member_id: NumberArgument,
        show: MovieFilter,
        toward: PageDirection | None = None,
        beyond: IdArgument | None = None,
    ) -> None:
        cursor = Cursor(toward, beyond) if toward and beyond else None
        await self._show(interaction, member_id, show, cursor, edit=True)

    @component(movie_list.FILTER)
    async def _filter(self, interaction: Interaction, member_id: NumberArgument) -> None:
        await self._show(interaction, member_id, read_argument(MovieFilter, selected_value(interaction)), edit=True)

    async def _show(
        self,
        interaction: Interaction,
        member_id: int,
        movie_filter: MovieFilter,
        cursor: Cursor | None = None,
        *,
        edit: bool = False,
    ) -> None:
        """Respond with a page of the list.

        `edit` replaces the clicked message.
        """
        query = _allowed(interaction, member_id, movie_filter)
        assert interaction.guild_id is not None
        page = await self._database.read(job_actions.member_page, query, cursor, movie_list.PAGE_SIZE)
        page = replace(page, items=tuple(item if sees(interaction, item) else item.hidden() for item in page.items))
        outage = (await self._database.read(breakers.read)).shown_outage
        texts = private_texts(interaction)
        shown = movie_list.movie_list_message(
            texts, page, query, interaction.guild_id, catalogue=self._catalogue, outage=outage
        )
        await respond_ephemeral(interaction, shown, edit=edit)

    @component(movie_list.OPEN)
    async def _open(
        self,
        interaction: Interaction,
        member_id: NumberArgument,
        show: MovieFilter,
        list_anchor: IdArgument,
        named: IdArgument | None = None,
    ) -> None:
        """Show the movie that the menu selected or a button names."""
        job_id = named or read_argument(str, selected_value(interaction), ID_PATTERN)
        query = _allowed(interaction, member_id, show)
        item = await self._database.read(job_actions.item, job_id, query.member_id)
        if item is None or not query.matches(item) or not sees(interaction, item):
            raise Declined("movies-not-found")
        await self._show_one(interaction, item, query, list_anchor, edit=True)

    @component(VERSIONS)
    async def _versions(self, interaction: Interaction, named: IdArgument | None = None) -> None:
        """Show a movie with its versions to someone who may see it: by its button, or by the select among them."""
        job_id = named or read_argument(str, selected_value(interaction), ID_PATTERN)
        item = await self._item(interaction, job_id)
        query = _list_with(interaction, item)
        if query is None and item.job.removed_at is not None:
            raise Declined("buttons-unknown-movie")
        await self._show_one(interaction, item, query, job_id, edit=named is None)

    async def _show_one(
        self, interaction: Interaction, item: MovieItem, query: MovieQuery | None, list_anchor: str, *, edit: bool
    ) -> None:
        """Show a movie's details; an undeliverable one is claimed by it.

        `edit` replaces the clicked message.
        """
        fresh = await fresh_link(interaction, self.links, item.job, edit=edit)
        item = replace(item, job=fresh or item.job)
        guild = interaction.client.get_guild(item.job.guild_id)
        in_series = await self.related(interaction, item.job, series.of)
        opened = movie_list.MovieDetail(
            item,
            query,
            list_anchor,
            await self.estimator.for_job(item.job),
            await self.reader(interaction, item.job, cancellable=self.cancellations.supported),
            here=item.job.guild_id == interaction.guild_id,
            server=guild.name if guild else None,  # '' before Discord has sent it, None where the bot has left
            link_may_be_expired=fresh is None,
            series=in_series if any(each.job.id != item.job.id for each in in_series) else (),
            remixes=await self.related(interaction, item.job, series.remixes),
            versions=await self.related(interaction, item.job, series.versions),
        )
        shown = movie_list.detail_message(private_texts(interaction), opened, self._catalogue)
        await show_private(interaction, shown, edit=edit)
        if opened.mine and item.undelivered and not opened.link_may_be_expired:
            await self._database.write(job_actions.mark_claimed, item.job.id, interaction.user.id)


def _allowed(interaction: Interaction, member_id: int, movie_filter: MovieFilter) -> MovieQuery:
    """Return the query for a member's movies.

    Members see their own movies of all servers, managers also those of this server's members.

    Raises:
        InvalidCustomId: The list is not in a server.
        Declined: The user is not authorized.
    """
    if interaction.guild_id is None:
        raise InvalidCustomId
    query = _query_for(interaction, member_id, movie_filter)
    if query is None:
        raise Declined("movies-not-authorized")
    return query


def _list_with(interaction: Interaction, item: MovieItem) -> MovieQuery | None:
    """Return the list with a movie, None where it is in none that the reader may open there."""
    reader_id = interaction.user.id
    owner_id = reader_id if item.is_paid_by(reader_id) else item.job.member_id
    query = None if interaction.guild_id is None else _query_for(interaction, owner_id, MovieFilter.ALL)
    return query if query is not None and query.matches(item) else None


def _query_for(interaction: Interaction, member_id: int, movie_filter: MovieFilter) -> MovieQuery | None:
    """Return the query for a member's movies, None if not authorized."""
    if member_id == interaction.user.id:
        return MovieQuery(member_id, filter=movie_filter)
    return MovieQuery(member_id, interaction.guild_id, movie_filter) if can_manage_guild(interaction) else None
