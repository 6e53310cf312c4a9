"""The /top command's page.

Stars: the answers to a press, and the gallery's message.
"""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.delivery import NotificationType
from bot.domain.jobs import Job
from bot.domain.movie_list import MovieItem
from bot.domain.reports import Ranking
from bot.locales.texts import Texts
from bot.ui import formatting
from bot.ui.formatting import (
    STAR,
    escape,
    escape_line,
    format_credits,
    format_month,
    format_movies,
    mention,
    mention_if_known,
)
from bot.ui.job_messages import Message, movie_message

_PROMPT_LENGTH: Final = 60


def ranking_embed(texts: Texts, ranking: Ranking) -> discord.Embed:
    """Build the best movies, creators and patrons of a month."""
    embed = discord.Embed(title=texts("top-title", month=format_month(texts, ranking.month)), colour=STAR)
    movies = [_movie(texts, item, stars) for item, stars in ranking.movies]
    makers = [f"{mention(each.member_id)} · {format_movies(texts, each.amount)}" for each in ranking.makers]
    patrons = [f"{mention(each.member_id)} · {format_credits(texts, each.amount)}" for each in ranking.patrons]
    if not (movies or makers or patrons):
        embed.description = texts("top-nothing")
    for name, lines in (
        (texts("top-movies-field"), movies),
        (texts("top-makers-field"), makers),
        (texts("top-patrons-field"), patrons),
    ):
        if lines:
            value = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
            embed.add_field(name=name, value=value, inline=False)
    embed.set_footer(text=texts("top-footer"))
    return embed


def _movie(texts: Texts, item: MovieItem, stars: int) -> str:
    prompt = escape_line(item.job.request.prompt, _PROMPT_LENGTH)
    jump = formatting.jump_to_movie(texts, item.job, item.message, mine=False)
    return " · ".join(filter(None, (prompt, f"⭐ {stars}", mention(item.job.member_id), jump)))


_STARRED_PROMPT_LENGTH: Final = 600


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
    description = f">>> {escape(job.request.prompt, _STARRED_PROMPT_LENGTH)}"
    placed = formatting.place(texts, job.movie_url, text, description, attached=attached, spoiler=spoiler)
    return movie_message(texts, job, placed, NotificationType.STARRED, attached=attached, spoiler=spoiler)
