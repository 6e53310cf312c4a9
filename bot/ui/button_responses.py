"""Responses to the buttons beneath a movie's messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.jobs import Job, JobState
from bot.domain.quota import Balance
from bot.locales.texts import Texts
from bot.ui import credits, job_messages
from bot.ui.components import Button, Message, in_rows, plain
from bot.ui.formatting import escape_name, format_credits, join_lines, safe_url
from bot.ui.player import player

GALLERY: Final = "gallery"
"""The argument of the confirmation that deletes only the gallery's message."""


def not_owner(texts: Texts, job: Job) -> str:
    """Refuse a button that only the movie's requester may press."""
    name = escape_name(job.member_name)
    return texts("buttons-not-owner" if name else "buttons-not-owner-unnamed", name=name)


def cancelled(texts: Texts, job: Job) -> str:
    """Confirm a cancellation."""
    if job.is_shared:
        return texts("pledges-cancelled")
    return texts(
        "buttons-cancelled" if job.price else "cards-cancelled-title", refunded=format_credits(texts, job.refunded)
    )


def not_cancelled(texts: Texts, job: Job, *, cancellable: bool = False) -> str:
    """Explain why a movie can't be cancelled now.

    `cancellable`: the movie service can stop one that it is making.
    """
    match job.state:
        case _ if job.state.is_terminal:
            return _ended(texts, job)
        case JobState.RENDERING if job.cancel_requested_at is not None:
            return texts("buttons-cancelling-already")
        case JobState.UNKNOWN:
            return texts("buttons-unclear")
        case JobState.RESERVED | JobState.QUEUED:
            return texts("buttons-being-queued")
        case _ if job.is_shared:
            return texts("pledges-not-cancellable")
        case _:
            return texts("buttons-being-sent" if cancellable else "buttons-started")


def _ended(texts: Texts, job: Job) -> str:
    if job.state is JobState.COMPLETED:
        return texts("buttons-finished")
    if job.is_shared:
        return credits.ended(texts, job) if job.spent else texts("pledges-ended")
    if not job.price:
        return texts("buttons-ended-free")
    return texts(
        "buttons-ended-in-part" if job.spent else "buttons-ended",
        cost=format_credits(texts, job.spent),
        refunded=format_credits(texts, job.refunded),
    )


def cancel_question(texts: Texts, cancelled: Job) -> str:
    """Say what a cancellation would cost, and ask. The job is as it would be afterwards."""
    return join_lines(
        texts("buttons-question"),
        texts(
            "buttons-question-unknown" if cancelled.charged is None else "buttons-question-known",
            price=format_credits(texts, cancelled.price),
            cost=format_credits(texts, cancelled.spent),
            refunded=format_credits(texts, cancelled.refunded),
        ),
    )


def receipt(texts: Texts, job: Job, balance: Balance) -> str:
    """Say what the requester's movie cost, and what they have left."""
    if not job.price:
        return texts("buttons-receipt-free")
    if not job.state.is_terminal:
        return texts("buttons-receipt-open", held=format_credits(texts, job.price))
    return f"{job_messages.credits_line(texts, job, balance)}\n{texts('buttons-receipts')}"


def fresh_link(texts: Texts, job: Job) -> Message:
    """Show a refreshed link."""
    return _link(texts, job, texts("buttons-new-link"))


def no_fresh_link(texts: Texts, job: Job) -> Message:
    """Show the last known link, because the API returned no fresh one."""
    if safe_url(job.movie_url or "") is None:
        return plain(texts("buttons-no-new-link"))
    return _link(texts, job, texts("buttons-last-link"))


def _link(texts: Texts, job: Job, said: str) -> Message:
    shown = player(texts, job, said, private=True)
    return plain(said, *shown.media, shown.text, *shown.file, *in_rows(*shown.watch))


def leave_gallery(texts: Texts, job: Job) -> Button:
    """Take the movie out of the gallery, and keep it otherwise."""
    return Button(texts("buttons-leave-gallery-button"), ("delete-confirm", job.id, GALLERY))


def delete_question(texts: Texts, job: Job, payers: Sequence[int] = (), *, mine: bool) -> str:
    """Say what is deleted, and ask.

    `mine`: the reader requested the movie. `payers` are others who paid for it.
    """
    name = "" if mine else escape_name(job.member_name)
    return join_lines(
        texts("buttons-delete-question-of" if name else "buttons-delete-question", name=name),
        job_messages.paid_by(texts, payers),
        texts("buttons-delete-details"),
    )


def not_deleted(texts: Texts, job: Job) -> str:
    """Explain why a movie can't be deleted."""
    return texts("buttons-delete-unfinished" if job.removed_at is None else "buttons-deleted-already")


def not_deleter(texts: Texts, job: Job, *, shared: bool = False) -> str:
    """Refuse to delete someone else's movie.

    `shared`: others paid for it, too.
    """
    if shared:
        return texts("buttons-not-deleter-shared")
    name = escape_name(job.member_name)
    return texts("buttons-not-deleter" if name else "buttons-not-deleter-unnamed", name=name)
