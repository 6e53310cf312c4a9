"""Reported movies: the member's modal and answers, and the staff channel's message."""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.jobs import Job
from bot.domain.movie_reports import MAX_REPORT_LENGTH, ReportedMovie, ReportOutcome, ReportState
from bot.domain.text import MAX_LIST_LENGTH
from bot.locales.texts import Texts, message_id
from bot.ui import formatting
from bot.ui.components import Accent, Button, Divider, Message, TextField, build_modal, in_rows
from bot.ui.formatting import (
    count_fitting,
    escape_line,
    facts,
    heading,
    job_footer,
    mention_if_known,
    message_url,
    quoted,
)
from bot.ui.staff_subjects import REASON, more_button

SEND: Final = "report-send"
REMOVE: Final = "report-remove"
DISMISS: Final = "report-dismiss"


def outcome(texts: Texts, found: ReportOutcome) -> str:
    """Tell a member what their report led to."""
    return texts(message_id("reported", found))


def report_modal(texts: Texts, job: Job) -> discord.ui.Modal:
    """Build the modal that asks why a movie is reported."""
    return build_modal(
        texts("reported-report-modal-title"),
        (SEND, job.id),
        TextField(
            REASON,
            texts("reported-reason-label"),
            texts("reported-reason-hint"),
            MAX_REPORT_LENGTH,
            is_paragraph=True,
        ),
    )


def staff_message(texts: Texts, movie: ReportedMovie) -> Message:
    """Build the staff channel's message about a reported movie, with what can still be decided.

    The channel may be public, so it names nobody who reported it.
    """
    job, is_open = movie.job, movie.state is ReportState.OPEN
    link = "" if movie.posted_at is None else formatting.jump(texts, message_url(job.guild_id, movie.posted_at))
    staff = mention_if_known(texts, movie.blocked_by or 0)
    requester = mention_if_known(texts, job.member_id)
    return Message(
        Accent.STAFF if is_open else Accent.NEUTRAL,
        (
            heading(texts("reported-title", reports=movie.reports)),
            decision(texts, movie),
            "" if movie.blocked_by is None else texts("reported-blocked", staff=staff, member=requester),
            _reasons(movie),
            quoted(escape_line(job.request.prompt, 400)) if job.request.prompt else "",
            *(in_rows(*_decisions(texts, movie)) or (Divider(),)),
            facts(texts("cards-requester", member=requester), link, job_footer(job)),
        ),
    )


def _decisions(texts: Texts, movie: ReportedMovie) -> tuple[Button | None, ...]:
    job_id, known = movie.job.id, movie.job.member_id > 0
    decide = (
        Button(texts("reported-remove-button"), (REMOVE, job_id), discord.ButtonStyle.danger),
        Button(texts("reported-dismiss-button"), (DISMISS, job_id)),
    )
    return (
        *(decide if movie.state is ReportState.OPEN else ()),
        more_button(job_id) if known and movie.state is not ReportState.DISMISSED else None,
    )


def _reasons(movie: ReportedMovie) -> str:
    """List the latest reasons, as many as fit."""
    lines = [f"- {escape_line(reason, 200)}" for reason in movie.reasons]
    return "\n".join(lines[: count_fitting(lines, MAX_LIST_LENGTH, separator=1)])


def decision(texts: Texts, movie: ReportedMovie) -> str:
    """Say what staff decided about a movie; '' where they have not."""
    staff = mention_if_known(texts, movie.decided_by or 0)
    match movie.state:
        case ReportState.OPEN:
            return ""
        case ReportState.DISMISSED:
            return texts("reported-dismissed", staff=staff)
        case ReportState.REMOVED if movie.decided_by == movie.job.member_id:
            return texts("reported-removed-by-requester")
        case ReportState.REMOVED:
            return texts("reported-removed", staff=staff)
