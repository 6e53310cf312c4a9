"""*Report*, and the buttons with which a server's staff decide.

Staff read of a reported movie in the staff channel. The buttons work as long as the database knows the report: what was
decided before is said, and by whom.
"""

from __future__ import annotations

from bot.discord_client.modals import modal_value
from bot.discord_client.responses import (
    Declined,
    Interaction,
    edit_pressed,
    is_private,
    private_texts,
    replace_or_send,
    send_ephemeral,
    send_modal,
    unless_refused,
)
from bot.domain.jobs import Job, JobState
from bot.domain.movie_reports import MAX_REPORT_LENGTH, ReportState
from bot.locales.texts import texts_in
from bot.ui import movie_reports as messages
from cogs.answering import Answering
from cogs.component_router import IdArgument, InvalidCustomId, component
from cogs.job_access import only_staff
from cogs.quota import audit_context
from data import movie_report_decisions, movie_reports


class ReportButtons(Answering):
    """Handler of the members' button and of the staff's two."""

    async def _movie(self, interaction: Interaction, job_id: IdArgument) -> Job:
        """Return a finished movie of this server.

        Outside its server, not even its own member reports it: no staff would see the report.
        """
        job = await self.visible(interaction, job_id)
        if job.guild_id != interaction.guild_id or job.state is not JobState.COMPLETED:
            raise Declined("buttons-unknown-movie")
        return job

    @component("report", given=_movie)
    async def _ask(self, interaction: Interaction, job: Job) -> None:
        """Open the modal, unless there will be no report."""
        await self.record_place(interaction, job)
        unless_refused(await self._database.read(movie_reports.refusal, job, interaction.user.id))
        await send_modal(interaction, messages.report_modal(private_texts(interaction), job))

    @component(messages.SEND, given=_movie)
    async def _report(self, interaction: Interaction, job: Job) -> None:
        reason = modal_value(interaction, messages.REASON)
        if len(reason) > MAX_REPORT_LENGTH:
            raise InvalidCustomId
        by = audit_context(interaction, None)
        outcome = unless_refused(await self._database.write(movie_reports.report, job.id, reason, by=by))
        await send_ephemeral(interaction, messages.outcome(private_texts(interaction), outcome))

    @component(messages.REMOVE, state=ReportState.REMOVED)
    @component(messages.DISMISS, state=ReportState.DISMISSED)
    async def _decide(self, interaction: Interaction, job_id: IdArgument, *, state: ReportState) -> None:
        await only_staff(interaction, self._database)
        by = audit_context(interaction, None)
        decided = unless_refused(await self._database.write(movie_report_decisions.decide, job_id, state, by=by))
        movie = decided.movie
        if interaction.message is not None and not is_private(interaction):
            await edit_pressed(interaction, messages.staff_message(texts_in(movie.language), movie))
        if not decided.counted or not interaction.response.is_done():
            await replace_or_send(interaction, messages.decision(private_texts(interaction), movie))
