"""Movies that wait for staff: messages, the list, and answers."""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.jobs import Approval, EndReason, Job, Step
from bot.domain.movie_list import NumberedPage
from bot.domain.quota import MAX_REASON_LENGTH
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import formatting
from bot.ui.components import Accent, Button, Divider, Message, TextField, build_modal, in_rows
from bot.ui.extras import operation_name
from bot.ui.formatting import (
    escape_line,
    facts,
    format_extent,
    format_price,
    format_timestamp,
    heading,
    join_lines,
    mention_if_known,
    message_url,
    quoted_prompt,
    shown_prompt,
)
from bot.ui.job_messages import request_summary
from bot.ui.staff_subjects import REASON, more_button
from bot.ui.storyboards import Storyboard, shown_parts

APPROVE: Final = "approve"
DECLINE: Final = "decline"
DECLINE_SET: Final = "decline-set"
PAGE: Final = "pending"
PAGE_SIZE: Final = 5
"""Movies a page."""


def request_message(texts: Texts, job: Job, catalogue: Catalogue, board: Storyboard | None = None) -> Message:
    """Build the staff channel's message about a movie, or about its storyboard (`board`).

    It says what became of it where it does not wait any more.
    """
    said, waits = outcome(texts, job), job.awaits_approval
    if waits:
        title: MessageId = "approvals-storyboard-title" if job.step is Step.REVIEW else "approvals-request-title"
        said = join_lines(
            heading(texts(title)),
            texts("approvals-deadline", time=format_timestamp(_deadline(job), "f")),
        )
    return Message(
        Accent.STAFF if waits else Accent.NEUTRAL,
        (
            said,
            *(shown_parts(texts, board) if board and waits else ()),
            quoted_prompt(texts, job.request.prompt),
            *(in_rows(*_decisions(texts, job), more_button(job.id)) if waits else (Divider(),)),
            facts(
                texts("cards-requester", member=mention_if_known(texts, job.member_id)),
                format_price(texts, job.price),
                request_summary(texts, job.request, catalogue),
                _link(texts, job),
            ),
        ),
    )


def _deadline(job: Job) -> int:
    """Return when a movie that waits for staff waits no longer."""
    return job.decide_by or job.next_run_at or 0


def _decisions(texts: Texts, job: Job, *page: int) -> tuple[Button, ...]:
    """Build the buttons that decide; those in the list have its `page`."""
    return (
        Button(texts("approvals-approve-button"), (APPROVE, job.id, *page), discord.ButtonStyle.success),
        Button(texts("approvals-decline-button"), (DECLINE, job.id, *page)),
    )


def list_message(texts: Texts, page: NumberedPage[Job], *, note: str = "") -> Message:
    """Build a page of the movies that wait, the oldest first, with the buttons of each.

    `note` says what became of the one that was decided.
    """
    if not page.items:
        return Message(Accent.STAFF, (join_lines(note, texts("approvals-list-empty")),))
    before, after = page.number - 1, page.number + 1
    entries = [
        part
        for job in page.items
        for part in (_entry(texts, job), *in_rows(*_decisions(texts, job, page.number)), Divider())
    ]
    turns = (
        *in_rows(
            Button(texts("approvals-back-button"), (PAGE, max(0, before), "back"), enabled=before >= 0),
            Button(texts("approvals-next-button"), (PAGE, after), enabled=after < page.pages),
        ),
        facts(texts("approvals-list-footer", page=after, pages=page.pages)),
    )
    title = join_lines(note, heading(texts("approvals-list-title", movies=page.total)))
    return Message(Accent.STAFF, (title, *entries, *turns) if page.pages > 1 else (title, *entries[:-1]))


def decline_modal(texts: Texts, action: tuple[str | int, ...]) -> discord.ui.Modal:
    """Build the modal that asks for the reason."""
    return build_modal(
        texts("approvals-decline-modal-title"),
        action,
        TextField(
            REASON,
            texts("approvals-reason-label"),
            texts("approvals-reason-hint"),
            MAX_REASON_LENGTH,
            is_paragraph=True,
        ),
    )


def outcome(texts: Texts, job: Job) -> str:
    """Say what became of a movie that waited."""
    said: MessageId
    match job.end_reason or job.stop_reason:  # a storyboard ends once the API has stopped
        case EndReason.DECLINED:
            said = "approvals-declined-because" if job.decline_reason else "approvals-declined"
        case EndReason.APPROVAL_LAPSED | EndReason.SERVER_LEFT:
            said = "approvals-lapsed"
        case EndReason.NOT_OFFERED:
            said = "approvals-not-offered"
        case _ if job.decided_by is not None:
            said = "approvals-approved"
        case _ if Approval.WAIVED in (job.approval, job.review):
            said = "approvals-waived"
        case EndReason.CANCELLED_BY_MEMBER:
            said = "approvals-withdrawn"
        case _:
            said = "approvals-ended" if job.cancel_requested_at is None else "approvals-withdrawn"
    return texts(
        said,
        staff=mention_if_known(texts, job.decided_by or 0),
        member=mention_if_known(texts, job.member_id),
        reason=escape_line(job.decline_reason, 400),
    )


def _entry(texts: Texts, job: Job) -> str:
    return join_lines(
        f"**{escape_line(shown_prompt(texts, job.request.prompt), 300)}**",
        facts(
            texts("cards-requester", member=mention_if_known(texts, job.member_id)),
            format_price(texts, job.price),
            operation_name(texts, job.request),
            format_extent(texts, job.request),
            texts("approvals-expires", time=format_timestamp(_deadline(job))),
            _link(texts, job),
        ),
    )


def _link(texts: Texts, job: Job) -> str:
    """Link to the movie's card, which may be gone."""
    if job.card is None or not job.awaits_approval:
        return f"<#{job.channel_id}>"
    return formatting.jump(texts, message_url(job.guild_id, job.card))
