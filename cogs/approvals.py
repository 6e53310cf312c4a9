"""The buttons with which staff approve and decline movies, and their list.

Each press checks for itself who presses: a role may have been taken away since the message was sent. A button in the
list has the page behind the movie's id.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.discord_client.modals import modal_values
from bot.discord_client.responses import log_discord_errors, private_texts, respond_ephemeral, send_ephemeral
from bot.domain.jobs import Decision, Job
from bot.domain.quota import MAX_REASON_LENGTH
from bot.domain.refusal import Refused
from bot.locales.texts import texts_in
from bot.ui import approvals as messages
from cogs.checks import Interaction, can_manage_guild, decline
from cogs.component_router import ComponentHandler, InvalidCustomId, id_argument, page_argument
from cogs.job_access import only_staff
from cogs.quota import audit_context, guild_id_of
from data import approvals
from data.database import Database


class ApprovalButtons:
    """Handler of the buttons in the staff channel and in the list.

    `update_messages` edits a movie's card and its message in the staff channel.
    """

    def __init__(self, database: Database, *, update_messages: Callable[[Job], Awaitable[None]]) -> None:
        self._database = database
        self._update_messages = update_messages
        self.component_handlers: Mapping[str, ComponentHandler] = {
            messages.APPROVE: self._approve,
            messages.DECLINE: self._open_modal,
            messages.DECLINE_SET: self._decline,
            messages.PAGE: self._turn_page,
        }

    async def show(self, interaction: Interaction) -> None:
        """Show the movies that wait, to staff only."""
        await self._only_staff(interaction)
        await self._show_page(interaction, 0, edit=False)

    async def _turn_page(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        number = page_argument(arguments, 0)
        await self._only_staff(interaction)
        await self._show_page(interaction, number)

    async def _only_staff(self, interaction: Interaction) -> None:
        """Say so where a member may not decide here.

        Raises:
            InvalidCustomId: It is not in a server.
            Declined: They may not.
        """
        if interaction.guild_id is None:
            raise InvalidCustomId
        await only_staff(interaction, self._database, "approvals-staff-only")

    async def _approve(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        job_id, page = _arguments(arguments)
        await self._only_staff(interaction)
        by, manages = audit_context(interaction, None), can_manage_guild(interaction)
        decided = await self._database.write(approvals.approve, job_id, by=by, manages=manages)
        await self._respond(interaction, decided, page)

    async def _open_modal(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        job_id, page = _arguments(arguments)
        await self._only_staff(interaction)
        action = (messages.DECLINE_SET, job_id) if page is None else (messages.DECLINE_SET, job_id, page)
        await interaction.response.send_modal(messages.decline_modal(private_texts(interaction), action))

    async def _decline(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        job_id, page = _arguments(arguments)
        await self._only_staff(interaction)
        reason = next(iter(modal_values(interaction).get(messages.REASON, ())), "")
        if len(reason) > MAX_REASON_LENGTH:  # no client lets one type that
            await decline(interaction, Refused("approvals-reason-too-long", {"max": MAX_REASON_LENGTH}))
        decided = await self._database.write(approvals.decline, job_id, by=audit_context(interaction, reason))
        await self._respond(interaction, decided, page)

    async def _respond(self, interaction: Interaction, decision: Decision | Refused, page: int | None) -> None:
        """Show what became of a movie, where the button was pressed."""
        texts = private_texts(interaction)
        if isinstance(decision, Refused):
            await decline(interaction, decision)
        job, of_server = decision.job, texts_in(decision.job.server_language)
        if page is not None:
            await self._show_page(interaction, page, note=messages.outcome(texts, job))
        else:
            request = messages.request_message(of_server, job, self._database.policy.catalogue)
            with log_discord_errors():
                await interaction.response.edit_message(**request.edited())
            if not decision.counted:
                await send_ephemeral(interaction, messages.outcome(texts, job))
        await self._update_messages(job)

    async def _show_page(self, interaction: Interaction, number: int, *, note: str = "", edit: bool = True) -> None:
        page = await self._database.read(approvals.page, guild_id_of(interaction), number, messages.PAGE_SIZE)
        shown = messages.list_message(private_texts(interaction), page, note=note)
        await respond_ephemeral(interaction, shown, edit=edit)


def _arguments(arguments: tuple[str, ...]) -> tuple[str, int | None]:
    """Return the movie's id, and in the list the page."""
    return id_argument(arguments), page_argument(arguments, 1) if len(arguments) > 1 else None
