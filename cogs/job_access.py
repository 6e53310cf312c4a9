"""Who may press which button of a job.

Which movies and pitches someone who presses or reads may see: bot/domain/visibility.py, asked of an interaction.

Who moderates movies: a server's managers, and members with a staff role.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.core.errors import StorageError
from bot.discord_client.responses import log_discord_errors, private_texts, replace_or_send, send_ephemeral, send_text
from bot.domain.delivery import WITH_MOVIE, PostedMessage, Venue
from bot.domain.jobs import Job, JobState
from bot.domain.movie_list import MovieItem
from bot.domain.pitches import Pitch
from bot.locales.texts import texts_in
from bot.ui import button_responses, formatting, job_messages
from cogs.checks import Interaction, can_manage_guild, may_see, role_ids, timed_out_until
from data import job_actions, jobs, outbox, pitches, pledges, removals, server_setup
from data.database import Database


class JobAccess:
    """Finds the job of a button that was pressed.

    Where the member may not press it, it responds with an error.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def owned(self, interaction: Interaction, job_id: str) -> Job | None:
        """Return the job if the member who clicked ordered it.

        Otherwise respond with an error and return None.
        """
        texts = private_texts(interaction)
        job = await self.visible_corrected(interaction, job_id)
        if job is not None and job.member_id != interaction.user.id:
            await send_ephemeral(interaction, button_responses.not_owner(texts, job))
            return None
        return job

    async def deletable(self, interaction: Interaction, job_id: str) -> Job | None:
        """Return the job if the member who clicked may delete it.

        It is theirs, and nobody else paid for it, or of the server, of whose staff they are. Otherwise respond with an
        error and return None.
        """
        texts = private_texts(interaction)
        found = await self._database.read(job_actions.item, job_id, interaction.user.id)
        if found is not None:
            job = found.job
            shared = bool(await self.other_payers(job, interaction.user.id))
            if job.member_id == interaction.user.id and not shared:
                return job
            if job.guild_id == interaction.guild_id and await is_staff(interaction, self._database):
                return job
            if sees(interaction, found):
                await send_ephemeral(interaction, button_responses.not_deleter(texts, job, shared=shared))
                return None
        await send_text(interaction, "buttons-unknown-movie")
        return None

    async def other_payers(self, job: Job, member_id: int) -> Sequence[int]:
        """Return who else paid for a job's movie."""
        if job.pitch_id is None:
            return ()
        return await self._database.read(pledges.other_payers, job.pitch_id, member_id)

    async def visible_corrected(self, interaction: Interaction, job_id: str) -> Job | None:
        """Return the job as `visible` does, and correct an outdated card.

        Also where the movie went by DM, and its card was clicked. The correction may use up the interaction's first
        response.
        """
        found = await self._find(interaction, job_id, by_card=True)
        if found is None:
            await send_text(interaction, "buttons-unknown-movie")
            return None
        await self._correct(interaction, found.job)
        return found.job

    async def record_place(self, interaction: Interaction, job: Job) -> None:
        """Record where a finished movie's message is: its button was clicked."""
        message = interaction.message
        if job.state is not JobState.COMPLETED or message is None or message.flags.ephemeral:
            return
        type_ = next((each for each in WITH_MOVIE if job_messages.is_notification(job, message, each)), None)
        if type_ is not None:
            place = PostedMessage(message.channel.id, message.id, _venue(interaction, job, message))
            await self._database.write(removals.found_at, job.id, type_, place)

    async def visible(self, interaction: Interaction, job_id: str) -> Job | None:
        """Return the job if the member may see it.

        Otherwise respond that there is no such job and return None.
        """
        job = await self.find(interaction, job_id)
        if job is None:
            await send_text(interaction, "buttons-unknown-movie")
        return job

    async def find(self, interaction: Interaction, job_id: str) -> Job | None:
        """Return the job if the member may see it."""
        found = await self._find(interaction, job_id)
        return None if found is None else found.job

    async def with_prompt(self, interaction: Interaction, job_id: str) -> Job | None:
        """Return a visible job whose prompt the member may have.

        Otherwise respond why it can't be ordered again, and return None: it is no longer known, or the movie is someone
        else's and was removed.
        """
        found = await self._find(interaction, job_id)
        if found is None:
            await send_text(interaction, "buttons-unknown-movie")
            return None
        job = found.job
        if not job.request.prompt or (job.removed_at is not None and not found.is_own(interaction.user.id)):
            await self.answer(interaction, job, private_texts(interaction)("privacy-not-again"))
            return None
        return job

    async def _find(self, interaction: Interaction, job_id: str, *, by_card: bool = False) -> MovieItem | None:
        found = await self._database.read(job_actions.item, job_id, interaction.user.id)
        return found if found is not None and sees(interaction, found, by_card=by_card) else None

    async def reread(self, job: Job) -> Job:
        """Return a job as it is now."""
        return await self._database.read(jobs.find, job.id) or job

    async def answer(self, interaction: Interaction, job: Job, text: str, view: discord.ui.View | None = None) -> None:
        """Answer ephemerally, with a link to the message about the job."""
        await send_ephemeral(interaction, await self._with_jump(interaction, job, text), view)

    async def replace_answer(self, interaction: Interaction, job: Job, text: str) -> None:
        """Answer as `answer` does, in place of the confirmation that was clicked."""
        await replace_or_send(interaction, await self._with_jump(interaction, job, text))

    async def _with_jump(self, interaction: Interaction, job: Job, text: str) -> str:
        try:
            message = await self._database.read(outbox.message_about, job)
        except StorageError:  # what was done counts more than the link
            message = None
        mine = job.member_id == interaction.user.id
        jump = formatting.jump_to_movie(private_texts(interaction), job, message, mine=mine)
        return "\n".join(filter(None, (text, jump)))

    async def _correct(self, interaction: Interaction, job: Job) -> None:
        """Edit a clicked card that does not show its job's end.

        An earlier edit may have been lost, or the database may not know the card; see
        bot/discord_client/cards.py.
        """
        message = interaction.message
        if message is None or message.flags.ephemeral or not job.state.is_terminal:
            return
        if job_messages.is_card_of(job, message) and job_messages.is_outdated(job, message):
            texts, place = texts_in(job.server_language), await self._database.read(outbox.movie_place, job)
            card = job_messages.job_embed(texts, job, self._database.policy.catalogue, place=place)
            with log_discord_errors():
                await interaction.response.edit_message(embed=card, view=job_messages.job_view(texts, job))


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

    A message of the bot that they clicked counts: where it has the movie, or, `by_card`, is about it. A movie that went
    by DM is shown to no one else.
    """
    job, message, is_own = item.job, interaction.message, item.is_own(interaction.user.id)
    is_there = False
    if message is not None and not message.flags.ephemeral and message.author == interaction.client.user:
        has_movie = any(job_messages.is_notification(job, message, each) for each in WITH_MOVIE)
        is_there = has_movie or (by_card and job_messages.is_about(job, message))
    if item.is_private and not is_own and not is_there:
        return False
    return may_see(interaction, job.guild_id, job.channel_id, is_own=is_own, is_there=is_there)


async def find_pitch(interaction: Interaction, database: Database, pitch_id: str) -> Pitch | None:
    """Return a pitch of this server if the member may see it."""
    pitch = await database.read(pitches.find, pitch_id)
    if pitch is None or pitch.guild_id != interaction.guild_id:
        return None
    is_own = await database.read(pledges.is_own, pitch, interaction.user.id)
    return pitch if may_see(interaction, pitch.guild_id, pitch.channel_id, is_own=is_own) else None


async def is_staff(interaction: Interaction, database: Database) -> bool:
    """Return whether the member is of this server's staff, and not timed out."""
    if interaction.guild_id is None or timed_out_until(interaction) is not None:
        return False
    if can_manage_guild(interaction):
        return True
    setup = await database.read(server_setup.get, interaction.guild_id)
    return setup.is_staff(role_ids(interaction.user), manages_server=False)


async def require_staff(interaction: Interaction, database: Database) -> bool:
    """Return whether the member is of the staff, or respond that not."""
    if await is_staff(interaction, database):
        return True
    await send_text(interaction, "refusals-not-staff")
    return False
