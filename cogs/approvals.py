"""The buttons with which staff approve and decline movies, and their list.

Each press checks for itself who presses: a role may have been taken away since the message was sent. A button in the
list has the page behind the movie's id.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.discord_client.modals import modal_value
from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.responses import (
    Declined,
    Interaction,
    edit_pressed,
    private_texts,
    respond_ephemeral,
    send_ephemeral,
    send_modal,
    unless_refused,
)
from bot.domain.jobs import Decision
from bot.domain.quota import MAX_REASON_LENGTH
from bot.domain.refusal import Refused
from bot.locales.texts import texts_in
from bot.ui import approvals as messages
from cogs.answering import Answering
from cogs.checks import can_manage_guild
from cogs.component_router import IdArgument, PageArgument, component
from cogs.job_access import only_staff
from cogs.quota import audit_context, guild_id_of
from data import approvals
from data.database import Database


@dataclass(eq=False, kw_only=True)
class ApprovalButtons(Answering):
    """Handler of the buttons in the staff channel and in the list."""

    publisher: DiscordPublisher

    @component(messages.PAGE)
    async def _turn_page(self, interaction: Interaction, number: PageArgument) -> None:
        await show_pending(interaction, self._database, number, edit=True)

    @component(messages.APPROVE)
    async def _approve(self, interaction: Interaction, job_id: IdArgument, page: PageArgument | None = None) -> None:
        await only_staff(interaction, self._database, "approvals-staff-only")
        by, manages = audit_context(interaction, None), can_manage_guild(interaction)
        decided = await self._database.write(approvals.approve, job_id, by=by, manages=manages)
        await self._respond(interaction, unless_refused(decided), page)

    @component(messages.DECLINE)
    async def _open_modal(self, interaction: Interaction, job_id: IdArgument, page: PageArgument | None = None) -> None:
        await only_staff(interaction, self._database, "approvals-staff-only")
        action = (messages.DECLINE_SET, job_id) if page is None else (messages.DECLINE_SET, job_id, page)
        await send_modal(interaction, messages.decline_modal(private_texts(interaction), action))

    @component(messages.DECLINE_SET)
    async def _decline(self, interaction: Interaction, job_id: IdArgument, page: PageArgument | None = None) -> None:
        await only_staff(interaction, self._database, "approvals-staff-only")
        reason = modal_value(interaction, messages.REASON)
        if len(reason) > MAX_REASON_LENGTH:  # no client lets one type that
            raise Declined(Refused("approvals-reason-too-long", {"max": MAX_REASON_LENGTH}))
        decided = await self._database.write(approvals.decline, job_id, by=audit_context(interaction, reason))
        await self._respond(interaction, unless_refused(decided), page)

    async def _respond(self, interaction: Interaction, decision: Decision, page: int | None) -> None:
        """Show what became of a movie, where the button was pressed."""
        texts = private_texts(interaction)
        job, of_server = decision.job, texts_in(decision.job.server_language)
        if page is not None:
            await _show_page(interaction, self._database, page, note=messages.outcome(texts, job))
        else:
            await edit_pressed(interaction, messages.request_message(of_server, job, self._catalogue))
            if not decision.counted:
                await send_ephemeral(interaction, messages.outcome(texts, job))
        await self.publisher.update_messages(job)


async def show_pending(interaction: Interaction, database: Database, number: int = 0, *, edit: bool = False) -> None:
    """Show a page of the movies that wait, to staff only."""
    await only_staff(interaction, database, "approvals-staff-only")
    await _show_page(interaction, database, number, edit=edit)


async def _show_page(
    interaction: Interaction, database: Database, number: int, *, note: str = "", edit: bool = True
) -> None:
    page = await database.read(approvals.page, guild_id_of(interaction), number, messages.PAGE_SIZE)
    await respond_ephemeral(interaction, messages.list_message(private_texts(interaction), page, note=note), edit=edit)
