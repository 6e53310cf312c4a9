"""What ⋯ on a message in the staff channel offers: to block its member, and what they did in this server."""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.movie_list import MovieFilter
from bot.domain.quota import MAX_BLOCK_HOURS, MAX_REASON_LENGTH
from bot.domain.staff_subjects import StaffSubject
from bot.locales.texts import Texts
from bot.ui import movie_list
from bot.ui.components import MORE_LABEL, Accent, Button, Message, Section, TextField, build_modal
from bot.ui.credits import format_block
from bot.ui.formatting import heading, mention

MORE: Final = "report-more"
BLOCK: Final = "report-block"
BLOCK_CONFIRM: Final = "report-block-confirm"
"""Named after reports, which had them first: old messages have these."""

UNBLOCK: Final = "staff-unblock"

REASON: Final = "reason"
"""The custom_id of a modal's input, as also in those of approvals and reports."""

HOURS: Final = "hours"


def more_button(subject_id: str) -> Button:
    """Build the button that shows privately what else staff can do, of a movie's or a request's message."""
    return Button(MORE_LABEL, (MORE, subject_id))


def more_message(texts: Texts, subject: StaffSubject, staff_id: int, *, manages: bool) -> Message:
    """Build what else a staff member can do. Only managers end blocks, and see money."""
    offered: list[Section] = []
    if subject.block is not None:
        said = f"**{texts('quota-blocked-field')}** · {format_block(texts, subject.block)}"
        unblock = Button(texts("staff-unblock-button"), (UNBLOCK, subject.id))
        offered.append(Section(said, unblock if manages and not subject.block.everywhere else None))
    if subject.block_refusal(staff_id) is None:
        block = Button(texts("staff-block-button"), (BLOCK, subject.id), discord.ButtonStyle.danger)
        offered.append(Section(texts("staff-block"), block))
    if manages:
        movies = (movie_list.PAGE_ACTION, subject.member_id, MovieFilter.ALL)
        account = ("credits", subject.member_id, 0)
        offered += (
            Section(texts("staff-movies"), Button(texts("staff-movies-button"), movies)),
            Section(texts("staff-credits"), Button(texts("staff-credits-button"), account)),
        )
    return Message(Accent.STAFF, (heading(mention(subject.member_id)), *(offered or [texts("staff-nothing")])))


def block_modal(texts: Texts, subject: StaffSubject) -> discord.ui.Modal:
    """Build the modal for a block, as with /quota block."""
    return build_modal(
        texts("staff-block-modal-title"),
        (BLOCK_CONFIRM, subject.id),
        TextField(HOURS, texts("staff-hours-label"), texts("staff-hours-hint"), len(str(MAX_BLOCK_HOURS))),
        TextField(REASON, texts("staff-reason-label"), texts("staff-reason-hint"), MAX_REASON_LENGTH),
    )
