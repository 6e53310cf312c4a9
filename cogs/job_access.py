"""Who may press which button of a job, see which movies and pitches, and moderate movies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

import discord

from bot.core.errors import StorageError
from bot.discord_client.responses import (
    Declined,
    Interaction,
    edit_pressed,
    private_texts,
    replace_or_send,
    send_ephemeral,
)
from bot.domain.catalogue import Catalogue
from bot.domain.copies import MIN_FILM_MOVIES, film_movies
from bot.domain.delivery import WITH_MOVIE, NotificationType, PostedMessage, Venue
from bot.domain.jobs import Job, JobState
from bot.domain.movie_list import MovieItem
from bot.domain.operations import OF_MOVIES, Operation
from bot.locales.message_ids import MessageId
from bot.locales.texts import texts_in
from bot.services.movie_links import MovieLinks
from bot.ui import button_responses, formatting, job_messages, movie_actions
from bot.ui.components import Row, is_marked, plain
from cogs.checks import can_manage_guild, may_see, role_ids, timed_out_until
from cogs.component_router import IdArgument
from data import job_actions, movie_reports, outbox, pledges, removals, series, server_setup
from data.database import Database

_Find = Callable[..., Sequence[MovieItem]]


@dataclass(eq=False)
class JobAccess:
    """Finds the job of a button that was pressed. Raises Declined where the member may not press it."""

    _database: Database

    @property
    def _catalogue(self) -> Catalogue:
        return self._database.policy.catalogue

    async def owned(self, interaction: Interaction, job_id: IdArgument) -> Job:
        """Return the job if the member who clicked ordered it."""
        job = await self.visible_corrected(interaction, job_id)
        if job.member_id != interaction.user.id:
            raise Declined(plain(button_responses.not_owner(private_texts(interaction), job)))
        return job

    async def deletable(self, interaction: Interaction, job_id: IdArgument) -> Job:
        """Return the job if the member who clicked may delete it.

        It is theirs, and nobody else paid for it, or of the server, of whose staff they are.
        """
        found = await self._database.read(job_actions.item, job_id, interaction.user.id)
        if found is None:
            raise Declined("buttons-unknown-movie")
        job = found.job
        reader = await self.reader(interaction, job)
        if movie_actions.may_delete(job, reader):
            return job
        if not sees(interaction, found):
            raise Declined("buttons-unknown-movie")
        texts = private_texts(interaction)
        raise Declined(plain(button_responses.not_deleter(texts, job, shared=reader.others_paid)))

    async def reader(
        self, interaction: Interaction, job: Job, *, sees_movie: bool = True, cancellable: bool = False
    ) -> movie_actions.Reader:
        """Return what decides what the member who clicked may do with a job's movie."""
        member_id, message = interaction.user.id, interaction.message
        is_here = job.guild_id == interaction.guild_id
        return movie_actions.Reader(
            member_id,
            sees_movie=sees_movie,
            may_order=interaction.guild_id is not None,
            is_staff=is_here and await is_staff(interaction, self._database),
            may_report=is_here and await self._database.read(movie_reports.refusal, job, member_id) is None,
            others_paid=bool(await self.other_payers(job, member_id)),
            cancellable=cancellable,
            in_gallery=message is not None and job_messages.is_notification(job, message, NotificationType.STARRED),
            timed_out=timed_out_until(interaction) is not None,
            makes=await self._makes(interaction, job) if sees_movie and is_here else frozenset(),
        )

    async def _makes(self, interaction: Interaction, job: Job) -> frozenset[Operation]:
        """Return what can be made of a finished movie of this server."""
        offered = self._catalogue.limits.operations & OF_MOVIES
        if job.state is not JobState.COMPLETED or not offered:
            return frozenset()
        is_alone = len(await self.film_movies(interaction, job)) < MIN_FILM_MOVIES
        return offered - {Operation.FILM} if is_alone else offered

    async def film_movies(self, interaction: Interaction, job: Job) -> Sequence[Job]:
        """Return the movies of a series that can be joined with one of them, of those that the member may see."""
        return film_movies(job, [item.job for item in await self.related(interaction, job, series.of)])

    async def other_payers(self, job: Job, member_id: int) -> Sequence[int]:
        """Return who else paid for a job's movie."""
        if job.pitch_id is None:
            return ()
        return await self._database.read(pledges.other_payers, job.pitch_id, member_id)

    async def visible_corrected(self, interaction: Interaction, job_id: IdArgument) -> Job:
        """Return the job as `visible` does, and correct a clicked card. Also where the movie went by DM."""
        job = (await self._item(interaction, job_id, by_card=True)).job
        await self._correct(interaction, job)
        return job

    async def _correct(self, interaction: Interaction, job: Job) -> None:
        """Correct a clicked card that does not show its job's end.

        An earlier edit may have been lost, or the database may not know the card; see bot/discord_client/cards.py. The
        correction may use up the first response.
        """
        message = interaction.message
        if message is None or message.flags.ephemeral or not job.state.is_terminal:
            return
        if job_messages.is_card_of(job, message) and job_messages.is_outdated(job, message):
            texts, venue = texts_in(job.server_language), await self._database.read(outbox.movie_venue, job)
            await edit_pressed(interaction, job_messages.job_card(texts, job, self._catalogue, venue=venue))

    async def record_place(self, interaction: Interaction, job: Job) -> None:
        """Record where a finished movie's message is: its button was clicked."""
        message = interaction.message
        if job.state is not JobState.COMPLETED or message is None or message.flags.ephemeral:
            return
        type_ = next((each for each in WITH_MOVIE if job_messages.is_notification(job, message, each)), None)
        if type_ is not None:
            place = PostedMessage(message.channel.id, message.id, _venue(interaction, job, message))
            await self._database.write(removals.found_at, job.id, type_, place)

    async def visible(self, interaction: Interaction, job_id: IdArgument) -> Job:
        """Return the job if the member may see it."""
        return (await self._item(interaction, job_id)).job

    async def readable(
        self, interaction: Interaction, job_id: str, *, cancellable: bool
    ) -> tuple[Job, movie_actions.Reader]:
        """Return the job if the member may see it, or clicked a message about it, and who they are to it."""
        found = await self._item(interaction, job_id, by_card=True)
        job, sees_movie = found.job, sees(interaction, found)
        await self._correct(interaction, job)
        reader = await self.reader(interaction, job, sees_movie=sees_movie, cancellable=cancellable)
        return job, replace(reader, has_versions=bool(await self.related(interaction, job, series.versions)))

    async def related(self, interaction: Interaction, job: Job, find: _Find) -> tuple[MovieItem, ...]:
        """Return the movies that belong to one in some way, of those that the member may see."""
        items = await self._database.read(find, job, interaction.user.id)
        return tuple(item for item in items if item.job.id == job.id or sees(interaction, item))

    async def with_prompt(self, interaction: Interaction, job_id: IdArgument) -> Job:
        """Return a visible job whose prompt the member may have.

        It can't be ordered again where the prompt is no longer known, or the movie is someone else's and was removed.
        """
        found = await self._item(interaction, job_id)
        job = found.job
        if not job.request.prompt or (job.removed_at is not None and not found.is_own(interaction.user.id)):
            await self.decline(interaction, job, private_texts(interaction)("privacy-not-again"))
        return job

    async def _item(
        self,
        interaction: Interaction,
        job_id: str,
        *,
        by_card: bool = False,
        otherwise: MessageId = "buttons-unknown-movie",
    ) -> MovieItem:
        """Return a movie that the member may see; what they may not see is answered as what does not exist."""
        found = await self._database.read(job_actions.item, job_id, interaction.user.id)
        if found is None or not sees(interaction, found, by_card=by_card):
            raise Declined(otherwise)
        return found

    async def answer(self, interaction: Interaction, job: Job, text: str, *view: Row) -> None:
        """Answer ephemerally, with a link to the message about the job."""
        await send_ephemeral(interaction, await self._linked(interaction, job, text), *view)

    async def replace(self, interaction: Interaction, job: Job, text: str) -> None:
        """Answer as `answer` does, in place of the confirmation that was clicked."""
        await replace_or_send(interaction, await self._linked(interaction, job, text))

    async def decline(self, interaction: Interaction, job: Job, text: str) -> NoReturn:
        """End a press with an answer as that of `answer`.

        Raises:
            Declined: Always.
        """
        raise Declined(plain(await self._linked(interaction, job, text)))

    async def _linked(self, interaction: Interaction, job: Job, text: str) -> str:
        try:
            message = await self._database.read(outbox.message_about, job)
        except StorageError:  # what was done counts more than the link
            message = None
        mine = job.member_id == interaction.user.id
        jump = formatting.jump_to_movie(private_texts(interaction), job, message, mine=mine)
        return "\n".join(filter(None, (text, jump)))


def _venue(interaction: Interaction, job: Job, message: discord.Message) -> Venue:
    """Return where a movie's message is whose button was clicked."""
    channel = interaction.channel
    if interaction.guild_id is None:
        return Venue.DIRECT
    if message.channel.id == job.channel_id:
        return Venue.CHANNEL
    if isinstance(channel, discord.Thread) and (
        isinstance(channel.parent, discord.ForumChannel) or channel.id == message.id
    ):
        return Venue.FORUM
    return Venue.GALLERY


def sees(interaction: Interaction, item: MovieItem, *, by_card: bool = False) -> bool:
    """Return whether the member, for whom a movie was read, may see it.

    A message of the bot that they clicked counts: where it has the movie, is the private card that was opened from
    there, or, `by_card`, is about it. A movie that went by DM is shown to no one else.
    """
    job, message, is_own = item.job, interaction.message, item.is_own(interaction.user.id)
    is_there = False
    if message is not None and message.author == interaction.client.user:
        if message.flags.ephemeral:
            is_there = is_marked(message, movie_actions.more_mark(job))
        else:
            has_movie = any(job_messages.is_notification(job, message, each) for each in WITH_MOVIE)
            is_there = has_movie or (by_card and job_messages.is_about(job, message))
    if item.is_private and not is_own and not is_there:
        return False
    return may_see(interaction, job.guild_id, job.channel_id, is_own=is_own, is_there=is_there)


async def fresh_link(interaction: Interaction, links: MovieLinks, job: Job, *, edit: bool) -> Job | None:
    """Return a movie with a link that should not have expired; None where there is none now.

    The API may take longer than Discord's 3 seconds for a first response. `edit` is where the pressed message will be
    replaced.
    """
    if not links.is_expired(job):
        return job
    await interaction.response.defer(ephemeral=True, thinking=not edit)
    fresh = await links.refresh_for(interaction.user.id, job)
    return fresh if isinstance(fresh, Job) else None


async def is_staff(interaction: Interaction, database: Database) -> bool:
    """Return whether the member is of this server's staff, and not timed out."""
    if interaction.guild_id is None or timed_out_until(interaction) is not None:
        return False
    if can_manage_guild(interaction):
        return True
    setup = await database.read(server_setup.get, interaction.guild_id)
    return setup.is_staff(role_ids(interaction.user), manages_server=False)


async def only_staff(interaction: Interaction, database: Database, otherwise: MessageId = "refusals-not-staff") -> None:
    """Check that the member is of the staff.

    Raises:
        Declined: They are not.
    """
    if not await is_staff(interaction, database):
        raise Declined(otherwise)
