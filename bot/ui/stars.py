"""Stars: the answers to a press, and the gallery's message."""

from __future__ import annotations

from typing import Final

from bot.domain.delivery import NotificationType
from bot.domain.job import Job
from bot.locales.texts import Texts
from bot.ui import links
from bot.ui.escaping import escape
from bot.ui.formatting import mention_if_known
from bot.ui.job_messages import Message, movie_message

_PROMPT_LENGTH: Final = 600


def given(texts: Texts, stars: int, *, posted: bool) -> str:
    """Confirm a star; `posted`: the movie now goes to the gallery."""
    return texts("stars-given-posted" if posted else "stars-given", stars=stars)


def taken_back(texts: Texts, stars: int) -> str:
    """Confirm that a star was taken back."""
    return texts("stars-taken-back", stars=stars)


def gallery_message(texts: Texts, job: Job, *, attached: bool = False, spoiler: bool = False) -> Message:
    """Build a starred movie's message in the gallery.

    It mentions nobody. Its link is the content's last line, as in the message about the movie.
    """
    text = texts("stars-posted", member=mention_if_known(texts, job.member_id))
    description = f">>> {escape(job.request.prompt, _PROMPT_LENGTH)}"
    placed = links.place(texts, job.movie_url, text, description, attached=attached, spoiler=spoiler)
    return movie_message(texts, job, placed, NotificationType.STARRED, attached=attached, spoiler=spoiler)
