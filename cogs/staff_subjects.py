"""⋯ on messages in the staff channel: what a reader may do about the member of a movie or a request.

Staff block a movie's member. Only managers end a block, and see what a member spent; only they answer requests for
credits, so only they get anything from one. Each press checks for itself who presses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.discord_client.modals import modal_values
from bot.discord_client.responses import log_discord_errors, private_texts, replace_or_send, send_private
from bot.domain.jobs import ID_PATTERN
from bot.domain.quota import MAX_BLOCK_HOURS, AuditAction, AuditEvent
from bot.domain.refusal import Refused
from bot.domain.staff_subjects import StaffSubject
from bot.domain.text import whole_number
from bot.ui import audit_entries
from bot.ui import staff_subjects as messages
from cogs.checks import Interaction, can_manage_guild, decline
from cogs.component_router import ComponentHandler, subject_argument
from cogs.job_access import only_staff
from cogs.quota import QueuedMovies, audit_context, check_hours, check_reason, only_managers
from data import blocks, staff_subjects
from data.database import Database


class StaffSubjectButtons:
    """Handler of ⋯ and of what it offers; the member's movies and credits are those of /movies and /credits."""

    def __init__(self, database: Database, queued: QueuedMovies) -> None:
        self._database = database
        self._queued = queued
        self.component_handlers: Mapping[str, ComponentHandler] = {
            messages.MORE: self._show_more,
            messages.BLOCK: self._ask_block,
            messages.BLOCK_CONFIRM: self._block,
            messages.UNBLOCK: self._unblock,
        }

    async def _show_more(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Offer privately what else this staff member can do."""
        subject = await self._find(interaction, arguments)
        texts, manages = private_texts(interaction), can_manage_guild(interaction)
        await send_private(interaction, messages.more_message(texts, subject, interaction.user.id, manages=manages))

    async def _ask_block(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Ask for how long, and why."""
        subject = await self._find(interaction, arguments)
        refused = subject.block_refusal(interaction.user.id)
        if refused is not None:
            await decline(interaction, refused)
        with log_discord_errors():
            await interaction.response.send_modal(messages.block_modal(private_texts(interaction), subject))

    async def _block(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        subject = await self._find(interaction, arguments)
        values = {name: given[0].strip() for name, given in modal_values(interaction).items()}
        typed, reason = values.get(messages.HOURS, ""), values.get(messages.REASON) or None
        hours = whole_number(typed, len(str(MAX_BLOCK_HOURS)))
        by = audit_context(interaction, reason)
        refused = (
            check_hours(typed if typed and hours is None else hours)
            or check_reason(reason)
            or await self._database.write(staff_subjects.block, subject.id, hours, by=by)
        )
        if refused is not None:
            await decline(interaction, refused)
        await _confirm(interaction, AuditEvent(by, AuditAction.BLOCK, subject.member_id, None, duration_hours=hours))
        await self._queued.ask(interaction, subject.member_id)

    async def _unblock(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        await only_managers(interaction)
        subject, by = await self._find(interaction, arguments), audit_context(interaction, None)
        if not await self._database.write(blocks.unblock, subject.member_id, by=by):
            await decline(interaction, Refused("quota-not-blocked-member", {"member": subject.member_id}))
        await _confirm(interaction, AuditEvent(by, AuditAction.UNBLOCK, subject.member_id, None))

    async def _find(self, interaction: Interaction, arguments: tuple[str, ...]) -> StaffSubject:
        """Return whom a message is about, to those who decide about it.

        Raises:
            Declined: The reader does not, or there is no such member in this server.
        """
        subject_id = subject_argument(arguments)
        if re.fullmatch(ID_PATTERN, subject_id):
            await only_staff(interaction, self._database)
        else:
            await only_managers(interaction)
        subject = await self._database.read(staff_subjects.find, subject_id, interaction.guild_id or 0)
        if subject is None:
            await decline(interaction, "staff-unknown")
        if subject.member_id <= 0:
            await decline(interaction, "staff-erased")
        return subject


async def _confirm(interaction: Interaction, event: AuditEvent) -> None:
    """Confirm a change in place of what was offered."""
    await replace_or_send(interaction, audit_entries.change_confirmation(private_texts(interaction), event))
