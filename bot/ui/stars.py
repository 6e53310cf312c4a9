"""Stars: the answers to a press, and the gallery's message."""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.delivery import NotificationType
from bot.domain.job import Job
from bot.locales.texts import Texts
from bot.ui import job_buttons, links
from bot.ui.components import build_view
from bot.ui.escaping import escape
from bot.ui.formatting import mention_if_known
from bot.ui.job_messages import COLOURS, POSTED_BUTTONS_A_ROW, Message, alt_text, job_footer

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
    embed = discord.Embed(colour=COLOURS[NotificationType.STARRED], description=placed.description)
    embed.set_footer(text=job_footer(job))
    view = build_view(*job_buttons.posted_buttons(texts, job), per_row=POSTED_BUTTONS_A_ROW)
    in_embed = placed.posted and (job.movie_url or "") not in placed.content
    return Message(
        placed.content,
        embed,
        view,
        has_link=placed.posted,
        link_in_embed=in_embed,
        alt_text=alt_text(texts, job.request) if attached else "",
        spoiler=spoiler,
    )
