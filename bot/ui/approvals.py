"""Movies that wait for staff: messages, the list, and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.delivery import PostedMessage
from bot.domain.jobs import Approval, EndReason, Job, JobState
from bot.domain.movie_list import NumberedPage
from bot.domain.quota import MAX_REASON_LENGTH
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import formatting
from bot.ui.components import Button, Field, Message, Row, TextField, build_card, build_modal, in_rows
from bot.ui.formatting import (
    BRAND,
    NEUTRAL,
    escape,
    escape_line,
    format_credits,
    format_duration,
    format_timestamp,
    join_facts,
    mention_if_known,
    message_url,
    quoted,
    shown_prompt,
)
from bot.ui.job_messages import request_summary

APPROVE: Final = "approve"
DECLINE: Final = "decline"
DECLINE_SET: Final = "decline-set"
PAGE: Final = "pending"
REASON: Final = "reason"
"""The custom_id of the modal's input."""

PAGE_SIZE: Final = 4
"""Movies a page: each has a row of buttons, and the last row turns the page."""

_ENDED: Final[Mapping[EndReason, MessageId]] = {
    EndReason.APPROVAL_LAPSED: "approvals-lapsed",
    EndReason.SERVER_LEFT: "approvals-lapsed",
    EndReason.NOT_OFFERED: "approvals-not-offered",
}


def request_message(texts: Texts, job: Job, catalogue: Catalogue) -> Message:
    """Build the staff channel's message about a movie.

    It says what became of it where it does not wait any more.
    """
    waits = job.state is JobState.AWAITING_APPROVAL
    if waits:
        label = texts("approvals-deadline-field")
        text = texts("approvals-deadline-value", time=format_timestamp(job.next_run_at or 0, "f"))
    else:
        label, text = texts("approvals-decision-field"), outcome(texts, job)
    return build_card(  # without the footer by which a movie's card is recognized
        texts("approvals-request-title"),
        quoted(escape(shown_prompt(texts, job.request.prompt))),
        BRAND if waits else NEUTRAL,
        Field(texts("cards-movie-field"), request_summary(texts, job.request, catalogue)),
        Field(texts("cards-cost-field"), format_credits(texts, job.price)),
        Field(texts("cards-requester-field"), f"{mention_if_known(texts, job.member_id)}\n{_link(texts, job)}"),
        Field(label, text, inline=False),
    )


def request_view(texts: Texts, job: Job) -> tuple[Row, ...]:
    """Build the buttons beneath it.

    None where it does not wait any more.
    """
    if job.state is not JobState.AWAITING_APPROVAL:
        return ()
    approve = Button(texts("approvals-approve-button"), (APPROVE, job.id), discord.ButtonStyle.success)
    return in_rows(approve, Button(texts("approvals-decline-button"), (DECLINE, job.id)))


def list_message(texts: Texts, page: NumberedPage[Job], *, note: str = "") -> Message:
    """Build a page of the movies that wait, the oldest first.

    `note` says what became of the one that was decided.
    """
    lines = [_entry(texts, number, job) for number, job in enumerate(page.items, 1)]
    shown = lines or [texts("approvals-list-empty")]
    footer = texts("approvals-list-footer", page=page.number + 1, pages=page.pages) if page.pages > 1 else ""
    return build_card(
        texts("approvals-list-title", movies=page.total),
        "\n".join([note, "", *shown] if note else shown),
        BRAND,
        footer=footer,
    )


def list_view(texts: Texts, page: NumberedPage[Job]) -> tuple[Row, ...]:
    """Build the buttons of a page, a row for each movie."""
    rows: list[Sequence[Button]] = [
        (
            Button(
                texts("approvals-list-approve-button", number=number),
                (APPROVE, job.id, page.number),
                discord.ButtonStyle.success,
            ),
            Button(texts("approvals-list-decline-button", number=number), (DECLINE, job.id, page.number)),
        )
        for number, job in enumerate(page.items, 1)
    ]
    if page.pages > 1:
        back = Button(texts("approvals-back-button"), (PAGE, max(0, page.number - 1), "back"), enabled=page.number > 0)
        last = page.pages - 1
        rows.append((back, Button(texts("approvals-next-button"), (PAGE, page.number + 1), enabled=page.number < last)))
    return tuple(Row(tuple(row)) for row in rows)


def decline_modal(texts: Texts, action: tuple[str | int, ...]) -> discord.ui.Modal:
    """Build the modal that asks for the reason."""
    label, hint = texts("approvals-reason-label"), texts("approvals-reason-hint")
    reason = TextField(REASON, label, hint, MAX_REASON_LENGTH, is_paragraph=True)
    return build_modal(texts("approvals-decline-modal-title"), action, reason)


def outcome(texts: Texts, job: Job) -> str:
    """Say what became of a movie that waited."""
    staff = mention_if_known(texts, job.decided_by or 0)
    if job.end_reason is EndReason.DECLINED:
        id_: MessageId = "approvals-declined-because" if job.decline_reason else "approvals-declined"
        return texts(id_, staff=staff, reason=escape_line(job.decline_reason, 400))
    if job.end_reason is not None and job.end_reason in _ENDED:
        return texts(_ENDED[job.end_reason])
    if job.decided_by is not None:
        return texts("approvals-approved", staff=staff)
    if job.approval is Approval.WAIVED:
        return texts("approvals-waived")
    if job.end_reason is EndReason.CANCELLED_BY_MEMBER:
        return texts("approvals-withdrawn", member=mention_if_known(texts, job.member_id))
    return texts("approvals-ended")


def reason_too_long(texts: Texts) -> str:
    """Refuse a reason that no client lets one type."""
    return texts("approvals-reason-too-long", max=MAX_REASON_LENGTH)


def _entry(texts: Texts, number: int, job: Job) -> str:
    facts = join_facts(
        mention_if_known(texts, job.member_id),
        format_duration(texts, job.request.duration_seconds),
        format_credits(texts, job.price),
        texts("approvals-expires", time=format_timestamp(job.next_run_at or 0)),
        _link(texts, job),
    )
    return f"**{number}.** {escape_line(shown_prompt(texts, job.request.prompt), 300)}\n{facts}"


def _link(texts: Texts, job: Job) -> str:
    """Link to the movie's card, which may be gone."""
    if job.card_message_id is None or job.state is not JobState.AWAITING_APPROVAL:
        return f"<#{job.channel_id}>"
    return formatting.jump(texts, message_url(job.guild_id, PostedMessage(job.channel_id, job.card_message_id)))
