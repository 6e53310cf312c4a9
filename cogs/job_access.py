"""Who may press which button of a job."""

from __future__ import annotations

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import log_discord_errors, send_ephemeral
from bot.domain.catalogue import Catalogue
from bot.domain.job import Job
from bot.locales.texts import texts_in
from bot.ui import button_responses, deletions, job_messages
from cogs.checks import Interaction, can_manage_guild
from data import jobs, outbox
from data.database import Database


class JobAccess:
    """Finds the job of a button that was pressed.

    Where the member may not press it, it responds with an error.
    """

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database = database
        self._catalogue = catalogue

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

        It is theirs, or of the server, which they manage. Otherwise respond with an error and return None.
        """
        texts = private_texts(interaction)
        job = await self.visible(interaction, job_id)
        if job is None or job.member_id == interaction.user.id:
            return job
        if job.guild_id == interaction.guild_id and can_manage_guild(interaction):
            return job
        await send_ephemeral(interaction, deletions.not_authorized(texts, job))
        return None

    async def visible_corrected(self, interaction: Interaction, job_id: str) -> Job | None:
        """Return the job as `visible` does, and correct an outdated card.

        The correction may use up the interaction's first response.
        """
        job = await self.visible(interaction, job_id)
        if job is not None:
            await self._correct(interaction, job)
        return job

    async def visible(self, interaction: Interaction, job_id: str) -> Job | None:
        """Return the job if it is the member's or this server's.

        Otherwise respond that there is no such job and return None.
        """
        texts = private_texts(interaction)
        job = await self._database.read(jobs.find, job_id)
        if job is None or (job.member_id != interaction.user.id and job.guild_id != interaction.guild_id):
            await send_ephemeral(interaction, button_responses.not_found(texts))
            return None
        return job

    async def _correct(self, interaction: Interaction, job: Job) -> None:
        """Edit a clicked card that does not show its job's end.

        An earlier edit may have been lost, or the database may not know the card; see
        bot/discord_client/stray_cards.py.
        """
        message = interaction.message
        if message is None or message.flags.ephemeral or not job.state.is_terminal:
            return
        if job_messages.is_card_of(job, message) and job_messages.is_outdated(job, message):
            texts, place = texts_in(job.server_language), await self._database.read(outbox.movie_place, job)
            card = job_messages.job_embed(texts, job, self._catalogue, place=place)
            with log_discord_errors():
                await interaction.response.edit_message(embed=card, view=job_messages.job_view(texts, job))
