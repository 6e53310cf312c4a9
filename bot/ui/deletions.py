"""Responses to *Delete*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.jobs import Job
from bot.locales.texts import Texts
from bot.ui.components import Button
from bot.ui.formatting import escape_name
from bot.ui.job_messages import paid_by

GALLERY: Final = "gallery"
"""The argument of the confirmation that deletes only the gallery's message."""


def confirm(texts: Texts, job: Job) -> Button:
    """Delete the movie, after it was said what that means."""
    return Button(texts("buttons-delete-movie-button"), ("delete-confirm", job.id), discord.ButtonStyle.danger)


def leave_gallery(texts: Texts, job: Job) -> Button:
    """Take the movie out of the gallery, and keep it otherwise."""
    return Button(texts("buttons-leave-gallery-button"), ("delete-confirm", job.id, GALLERY))


def question(texts: Texts, job: Job, payers: Sequence[int] = (), *, mine: bool) -> str:
    """Say what is deleted, and ask.

    `mine`: the reader requested the movie. `payers` are others who paid for it.
    """
    name = escape_name(job.member_name)
    whose = texts("buttons-delete-question-of", name=name) if name and not mine else texts("buttons-delete-question")
    return "\n".join(filter(None, (whose, paid_by(texts, payers), texts("buttons-delete-details"))))


def not_deleted(texts: Texts, job: Job) -> str:
    """Explain why a movie can't be deleted."""
    return texts("buttons-delete-unfinished" if job.removed_at is None else "buttons-deleted-already")


def not_authorized(texts: Texts, job: Job, *, shared: bool = False) -> str:
    """Refuse to delete someone else's movie.

    `shared`: others paid for it, too.
    """
    if shared:
        return texts("buttons-not-deleter-shared")
    name = escape_name(job.member_name)
    return texts("buttons-not-deleter", name=name) if name else texts("buttons-not-deleter-unnamed")
