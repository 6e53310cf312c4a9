"""/movies: a member's own movies, of all servers. One that could be posted nowhere is claimed here.

Whose movies a button shows stands in its custom_id, which anyone may have forged: what the presser may see is decided
anew at every press.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from discord import app_commands
from discord.ext import commands

from bot.discord_client.modals import selected_value
from bot.discord_client.responses import link_file, respond_ephemeral, send_ephemeral
from bot.domain.breaker import Outage
from bot.domain.catalogue import Catalogue
from bot.domain.estimates import Estimate
from bot.domain.job import Job
from bot.domain.movie_list import Cursor, MovieFilter, MovieItem, MovieQuery, PageDirection
from bot.services.movie_links import MovieLinks
from bot.ui import command_descriptions as names
from bot.ui import errors
from bot.ui import movie_list as texts
from cogs.checks import Interaction, Person, can_manage_guild
from cogs.component_router import ComponentHandler, InvalidCustomId, id_argument, int_argument
from data.protocols import Movies
from data.store import JobStore


@dataclass(frozen=True, slots=True)
class Library:
    """What the lists are read from.

    `outage` says why the queue waits; `now` returns UTC epoch milliseconds.
    """

    lists: Movies
    members: JobStore
    catalogue: Catalogue
    outlook: Callable[[Job], Awaitable[Estimate]]
    outage: Callable[[], Awaitable[Outage | None]]
    links: MovieLinks
    now: Callable[[], int]


class MoviesCog(commands.Cog):
    """Shows members their movies, privately, and those who manage the server a member's in it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.component_handlers: Mapping[str, ComponentHandler] = {
            texts.PAGE_ACTION: self._turn_page,
            texts.FILTER: self._filter,
            texts.OPEN: self._open,
        }

    @app_commands.command(name="movies", description=names.MOVIES)
    @app_commands.describe(member=names.MOVIES_MEMBER, show=names.MOVIES_SHOW)
    @app_commands.choices(
        show=[app_commands.Choice(name=name, value=which.value) for which, name in texts.FILTER_LABELS.items()]
    )
    @app_commands.guild_only()
    async def movies(self, interaction: Interaction, member: Person | None = None, show: str | None = None) -> None:
        """Show the newest movies."""
        if show is not None and show not in list(MovieFilter):
            await send_ephemeral(interaction, errors.invalid_option(show))
            return
        await self._show(interaction, (member or interaction.user).id, MovieFilter(show or MovieFilter.ALL))

    async def _turn_page(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        match arguments:
            case (_, show, toward, _) if toward in list(PageDirection):
                turn = Cursor(PageDirection(toward), id_argument(arguments, 3))
                await self._show(interaction, int_argument(arguments, 0), _which(show), turn, edit=True)
            case _:
                raise InvalidCustomId

    async def _filter(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        await self._show(interaction, int_argument(arguments, 0), _which(selected_value(interaction)), edit=True)

    async def _show(
        self,
        interaction: Interaction,
        member_id: int,
        which: MovieFilter,
        turn: Cursor | None = None,
        *,
        edit: bool = False,
    ) -> None:
        """Answer with a page; `instead` of the private message whose button was pressed."""
        listing = await _allowed(interaction, member_id, which)
        if listing is None:
            return
        assert interaction.guild_id is not None
        page = await self._library.lists.member_page(listing, turn, texts.PAGE_SIZE)
        mine = listing.member_id == interaction.user.id
        outage = await self._library.outage()
        embed = texts.movie_list_embed(
            page, listing, interaction.guild_id, mine=mine, catalogue=self._library.catalogue, outage=outage
        )
        await respond_ephemeral(interaction, embed, texts.movie_list_view(page, listing), edit=edit)

    async def _open(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show one movie by itself: the one chosen in the menu, or the one that a button names."""
        match arguments:
            case (_, show, _):
                job_id = id_argument((selected_value(interaction),))
            case (_, show, _, _):
                job_id = id_argument(arguments, 3)
            case _:
                raise InvalidCustomId
        back = id_argument(arguments, 2)
        listing = await _allowed(interaction, int_argument(arguments, 0), _which(show))
        if listing is None:
            return
        item = await self._library.lists.item(job_id)
        if item is None or not listing.matches(item.job):
            await send_ephemeral(interaction, texts.not_found())
            return
        await self._show_one(interaction, item, listing, back)

    async def _show_one(self, interaction: Interaction, item: MovieItem, listing: MovieQuery, back: str) -> None:
        fresh = item.job
        if self._library.links.is_expired(item.job):
            await interaction.response.defer()  # the API may take longer than Discord waits for a first answer
            fresh = await self._library.links.refresh(item.job)
        item = replace(item, job=fresh or item.job)
        opened = texts.MovieDetail(
            item,
            listing,
            back,
            await self._library.outlook(item.job),
            mine=item.job.member_id == interaction.user.id,
            here=item.job.guild_id == interaction.guild_id,
            server=_server(interaction, item.job),
            link_may_be_expired=fresh is None,
        )
        embed, view = texts.detail_embed(opened, self._library.catalogue), texts.detail_view(opened)
        content, link = texts.detail_content(opened), texts.detail_file(opened)
        files = [] if link is None else [link_file(link)]
        if interaction.response.is_done():
            await interaction.edit_original_response(content=content, embed=embed, view=view, attachments=files)
        else:
            await interaction.response.edit_message(content=content, embed=embed, view=view, attachments=files)
        if opened.mine and item.undelivered and not opened.link_may_be_expired:
            await self._library.members.mark_claimed(item.job.id, interaction.user.id, self._library.now())


async def _allowed(interaction: Interaction, member_id: int, which: MovieFilter) -> MovieQuery | None:
    """The list, if whoever asks may see it: their own of all servers, a manager anyone's of this one.

    None, and they were told: it is not theirs to see.

    Raises:
        InvalidCustomId: This is no server, where no list of ours stands.
    """
    if interaction.guild_id is None:
        raise InvalidCustomId
    if member_id == interaction.user.id:
        return MovieQuery(member_id, filter=which)
    if not can_manage_guild(interaction):
        await send_ephemeral(interaction, texts.not_authorized())
        return None
    return MovieQuery(member_id, interaction.guild_id, which)


def _which(text: str) -> MovieFilter:
    if text not in list(MovieFilter):
        raise InvalidCustomId
    return MovieFilter(text)


def _server(interaction: Interaction, job: Job) -> str | None:
    """Its name; '' where Discord has not sent it yet, None where the bot is not in it."""
    guild = interaction.client.get_guild(job.guild_id)
    return guild.name if guild else None
