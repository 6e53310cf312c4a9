"""The /top command's page."""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.movie_list import MovieItem
from bot.domain.ranking import Ranking
from bot.locales.texts import Texts
from bot.ui import links
from bot.ui.amounts import format_credits, format_month, format_movies
from bot.ui.escaping import escape_line
from bot.ui.formatting import STAR, mention

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
    jump = links.jump_to_movie(texts, item.job, item.message, mine=False)
    return " · ".join(filter(None, (prompt, f"⭐ {stars}", mention(item.job.member_id), jump)))
