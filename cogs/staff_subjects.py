"""⋯ on messages in the staff channel: what a reader may do about the member of a movie or a request.

Staff block a movie's member. Only managers end a block, and see what a member spent; only they answer requests for
credits, so only they get anything from one. Each press checks for itself who presses.
"""

from __future__ import annotations

import re

from bot.discord_client.modals import modal_value
from bot.discord_client.responses import (
    Declined,
    Interaction,
    private_texts,
    replace_or_send,
    send_modal,
    send_private,
    unless_refused,
)
from bot.domain.jobs import ID_PATTERN
from bot.domain.quota import MAX_BLOCK_HOURS, AuditAction, AuditEvent
from bot.domain.refusal import Refused
from bot.domain.staff_subjects import StaffSubject
from bot.domain.text import whole_number
from bot.ui import audit_entries
from bot.ui import staff_subjects as messages
from cogs.answering import Answering
from cogs.checks import can_manage_guild
from cogs.component_router import SubjectArgument, component
from cogs.job_access import only_staff
from cogs.quota import ask_to_cancel_queued, audit_context, check_hours, check_reason, only_managers
from data import blocks, staff_subjects


class StaffSubjectButtons(Answering):
    """Handler of ⋯ and of what it offers; the member's movies and credits are those of /movies and /credits."""

    async def _find(self, interaction: Interaction, subject_id: SubjectArgument) -> StaffSubject:
        """Return whom a message is about, to those who decide about it.

        Raises:
            Declined: The reader does not, or there is no such member in this server.
        """
        if re.fullmatch(ID_PATTERN, subject_id):
            await only_staff(interaction, self._database)
        else:
            only_managers(interaction)
        return unless_refused(await self._database.read(staff_subjects.find, subject_id, interaction.guild_id or 0))

    @component(messages.MORE, given=_find)
    async def _show_more(self, interaction: Interaction, subject: StaffSubject) -> None:
        """Offer privately what else this staff member can do."""
        texts, manages = private_texts(interaction), can_manage_guild(interaction)
        await send_private(interaction, messages.more_message(texts, subject, interaction.user.id, manages=manages))

    @component(messages.BLOCK, given=_find)
    async def _ask_block(self, interaction: Interaction, subject: StaffSubject) -> None:
        """Ask for how long, and why."""
        unless_refused(subject.block_refusal(interaction.user.id))
        await send_modal(interaction, messages.block_modal(private_texts(interaction), subject))

    @component(messages.BLOCK_CONFIRM, given=_find)
    async def _block(self, interaction: Interaction, subject: StaffSubject) -> None:
        typed, reason = modal_value(interaction, messages.HOURS), modal_value(interaction, messages.REASON) or None
        hours = whole_number(typed, len(str(MAX_BLOCK_HOURS)))
        by = audit_context(interaction, reason)
        check_hours(typed if typed and hours is None else hours)
        check_reason(reason)
        unless_refused(await self._database.write(staff_subjects.block, subject.id, hours, by=by))
        await _confirm(interaction, AuditEvent(by, AuditAction.BLOCK, subject.member_id, None, duration_hours=hours))
        await ask_to_cancel_queued(interaction, self._database, subject.member_id)

    @component(messages.UNBLOCK, given=_find)
    async def _unblock(self, interaction: Interaction, subject: StaffSubject) -> None:
        only_managers(interaction)
        by = audit_context(interaction, None)
        if not await self._database.write(blocks.unblock, subject.member_id, by=by):
            raise Declined(Refused("quota-not-blocked-member", {"member": subject.member_id}))
        await _confirm(interaction, AuditEvent(by, AuditAction.UNBLOCK, subject.member_id, None))


async def _confirm(interaction: Interaction, event: AuditEvent) -> None:
    """Confirm a change in place of what was offered."""
    await replace_or_send(interaction, audit_entries.change_confirmation(private_texts(interaction), event))
