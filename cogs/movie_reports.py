"""*Report*, and the buttons with which a server's staff decide.

Staff read of a reported movie in the staff channel. The buttons work as long as the database knows the report: what was
decided before is said, and by whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.discord_client.modals import modal_values
from bot.discord_client.responses import (
    log_discord_errors,
    private_texts,
    replace_or_send,
    send_ephemeral,
)
from bot.domain.jobs import Job, JobState
from bot.domain.movie_reports import MAX_REPORT_LENGTH, ReportDecision, ReportedMovie
from bot.domain.refusal import Refused
from bot.locales.texts import texts_in
from bot.ui import movie_reports as messages
from cogs.checks import Interaction, decline
from cogs.component_router import ComponentHandler, InvalidCustomId, id_argument
from cogs.job_access import JobAccess, only_staff
from cogs.quota import audit_context
from data import movie_report_decisions as decisions
from data import movie_reports
from data.database import Database


class ReportButtons:
    """Handler of the members' button and of the staff's two."""

    def __init__(self, database: Database, access: JobAccess) -> None:
        self._database = database
        self._access = access
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "report": self._ask,
            messages.SEND: self._report,
            messages.REMOVE: partial(self._decide, removes=True),
            messages.DISMISS: partial(self._decide, removes=False),
        }

    async def _ask(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the modal, unless there will be no report."""
        texts = private_texts(interaction)
        job = await self._movie(interaction, id_argument(arguments))
        await self._access.record_place(interaction, job)
        refusal = await self._database.read(movie_reports.refusal, job, interaction.user.id)
        if refusal is not None:
            await decline(interaction, refusal)
        with log_discord_errors():
            await interaction.response.send_modal(messages.report_modal(texts, job))

    async def _report(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        job = await self._movie(interaction, id_argument(arguments))
        reason = next(iter(modal_values(interaction).get(messages.REASON, ())), "").strip()
        if len(reason) > MAX_REPORT_LENGTH:
            raise InvalidCustomId
        by = audit_context(interaction, None)
        outcome = await self._database.write(movie_reports.report, job.id, reason, by=by)
        if isinstance(outcome, Refused):
            await decline(interaction, outcome)
        await send_ephemeral(interaction, messages.outcome(texts, outcome))

    async def _movie(self, interaction: Interaction, job_id: str) -> Job:
        """Return a finished movie of this server.

        Outside its server, not even its own member reports it: no staff would see the report.
        """
        job = await self._access.visible(interaction, job_id)
        if job.guild_id != interaction.guild_id or job.state is not JobState.COMPLETED:
            await decline(interaction, "buttons-unknown-movie")
        return job

    async def _decide(self, interaction: Interaction, arguments: tuple[str, ...], *, removes: bool) -> None:
        job_id = id_argument(arguments)
        await only_staff(interaction, self._database)
        by, decision = audit_context(interaction, None), decisions.remove if removes else decisions.dismiss
        await self._show_decision(interaction, await self._database.write(decision, job_id, by=by))

    async def _show_decision(self, interaction: Interaction, decision: ReportDecision | None) -> None:
        if decision is None:
            await decline(interaction, "reported-unknown")
        if decision.is_own:
            await decline(interaction, "reported-own-decision")
        await _show(interaction, decision.movie)
        if not decision.counted or not interaction.response.is_done():
            await replace_or_send(interaction, messages.decision(private_texts(interaction), decision.movie))


async def _show(interaction: Interaction, movie: ReportedMovie) -> None:
    """Show a reported movie in the staff channel's message, where that was pressed."""
    message = interaction.message
    if message is None or message.flags.ephemeral:
        return
    shown = messages.staff_message(texts_in(movie.language), movie)
    with log_discord_errors():
        await interaction.response.edit_message(**shown.edited())
