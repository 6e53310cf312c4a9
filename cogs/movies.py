"""/movies: a member's own movies, of all servers. One that could be posted nowhere is claimed here.

Whose movies a button shows stands in its custom_id, which anyone may have forged: what the presser may see is decided
anew at every press.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from discord import app_commands
from discord.ext import commands

from bot.domain.breaker import Outage
from bot.domain.catalogue import Catalogue
from bot.domain.job import Job
from bot.domain.listing import Item, Listing, Toward, Turn, Which
from bot.domain.outlook import Outlook
from bot.engine.links import Links
from bot.engine.ports import Members
from bot.front.answers import link_file, say, whisper
from bot.front.forms import chosen
from bot.texts import commands as names
from bot.texts import movies as texts
from bot.texts import refusals
from cogs.people import Interaction, Person, may_manage
from cogs.presses import Handler, OddPressError, id_of, number_of
from data.protocols import Movies


@dataclass(frozen=True, slots=True)
class Library:
    """What the lists are read from.

    `outage` says why the queue waits; `now` returns UTC epoch milliseconds.
    """

    lists: Movies
    members: Members
    catalogue: Catalogue
    outlook: Callable[[Job], Awaitable[Outlook]]
    outage: Callable[[], Awaitable[Outage | None]]
    links: Links
    now: Callable[[], int]


class MoviesCog(commands.Cog):
    """Shows members their movies, privately, and those who manage the server a member's in it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.presses: Mapping[str, Handler] = {
            texts.TURN: self._turn_page,
            texts.FILTER: self._filter,
            texts.OPEN: self._open,
        }

    @app_commands.command(name="movies", description=names.MOVIES)
    @app_commands.describe(member=names.MOVIES_MEMBER, show=names.MOVIES_SHOW)
    @app_commands.choices(
        show=[app_commands.Choice(name=name, value=which.value) for which, name in texts.WHICH.items()]
    )
    @app_commands.guild_only()
    async def movies(self, interaction: Interaction, member: Person | None = None, show: str | None = None) -> None:
        """Show the newest movies."""
        if show is not None and show not in list(Which):
            await say(interaction, refusals.odd_value(show))
            return
        await self._show(interaction, (member or interaction.user).id, Which(show or Which.ALL))

    async def _turn_page(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        match arguments:
            case (_, show, toward, _) if toward in list(Toward):
                turn = Turn(Toward(toward), id_of(arguments, 3))
                await self._show(interaction, number_of(arguments, 0), _which(show), turn, instead=True)
            case _:
                raise OddPressError

    async def _filter(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        await self._show(interaction, number_of(arguments, 0), _which(chosen(interaction)), instead=True)

    async def _show(
        self,
        interaction: Interaction,
        member_id: int,
        which: Which,
        turn: Turn | None = None,
        *,
        instead: bool = False,
    ) -> None:
        """Answer with a page; `instead` of the private message whose button was pressed."""
        listing = await _allowed(interaction, member_id, which)
        if listing is None:
            return
        assert interaction.guild_id is not None
        page = await self._library.lists.jobs_of_member(listing, turn, texts.PAGE)
        mine = listing.member_id == interaction.user.id
        outage = await self._library.outage()
        embed = texts.movies(
            page, listing, interaction.guild_id, mine=mine, catalogue=self._library.catalogue, outage=outage
        )
        await whisper(interaction, embed, texts.movies_buttons(page, listing), instead=instead)

    async def _open(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show one movie by itself: the one chosen in the menu, or the one that a button names."""
        match arguments:
            case (_, show, _):
                job_id = id_of((chosen(interaction),))
            case (_, show, _, _):
                job_id = id_of(arguments, 3)
            case _:
                raise OddPressError
        back = id_of(arguments, 2)
        listing = await _allowed(interaction, number_of(arguments, 0), _which(show))
        if listing is None:
            return
        item = await self._library.lists.movie(job_id)
        if item is None or not listing.holds(item.job):
            await say(interaction, texts.not_there())
            return
        await self._show_one(interaction, item, listing, back)

    async def _show_one(self, interaction: Interaction, item: Item, listing: Listing, back: str) -> None:
        fresh = item.job
        if self._library.links.may_have_expired(item.job):
            await interaction.response.defer()  # the API may take longer than Discord waits for a first answer
            fresh = await self._library.links.fresh(item.job)
        item = replace(item, job=fresh or item.job)
        opened = texts.Opened(
            item,
            listing,
            back,
            await self._library.outlook(item.job),
            mine=item.job.member_id == interaction.user.id,
            here=item.job.guild_id == interaction.guild_id,
            server=_server(interaction, item.job),
            doubtful=fresh is None,
        )
        embed, view = texts.opened_embed(opened, self._library.catalogue), texts.opened_buttons(opened)
        content, link = texts.opened_content(opened), texts.opened_file(opened)
        files = [] if link is None else [link_file(link)]
        if interaction.response.is_done():
            await interaction.edit_original_response(content=content, embed=embed, view=view, attachments=files)
        else:
            await interaction.response.edit_message(content=content, embed=embed, view=view, attachments=files)
        if opened.mine and item.kept and not opened.doubtful:
            await self._library.members.claim_movie(item.job.id, interaction.user.id, self._library.now())


async def _allowed(interaction: Interaction, member_id: int, which: Which) -> Listing | None:
    """The list, if whoever asks may see it: their own of all servers, a manager anyone's of this one.

    None, and they were told: it is not theirs to see.

    Raises:
        OddPressError: This is no server, where no list of ours stands.
    """
    if interaction.guild_id is None:
        raise OddPressError
    if member_id == interaction.user.id:
        return Listing(member_id, which=which)
    if not may_manage(interaction):
        await say(interaction, texts.not_yours())
        return None
    return Listing(member_id, interaction.guild_id, which)


def _which(text: str) -> Which:
    if text not in list(Which):
        raise OddPressError
    return Which(text)


def _server(interaction: Interaction, job: Job) -> str | None:
    """Its name; '' where Discord has not sent it yet, None where the bot is not in it."""
    guild = interaction.client.get_guild(job.guild_id)
    return guild.name if guild else None
