"""Series: the prompt of a next scene, and the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.movie_list import MovieItem
from bot.domain.text import beginning, ending
from bot.locales.texts import Texts
from bot.ui import links, prompts
from bot.ui.escaping import escape_line

_SHOWN: Final = 5
"""Movies of a series. Each takes up to 200 characters, and a field holds 1,024."""

_PROMPT_LENGTH: Final = 60

_ROOM: Final = 200
"""Characters that stay free for the next scene."""


def next_scene(texts: Texts, prompt: str, longest: int) -> str:
    """Return a prompt with the begin of a next scene.

    The start of a long one is left out, so that there is room for the scene.
    """
    begin = texts("series-next-scene")
    return beginning(f"{ending(prompt, max(0, longest - len(begin) - _ROOM))}\n\n{begin} ", longest)


def add_field(texts: Texts, embed: discord.Embed, items: Sequence[MovieItem], job_id: str) -> None:
    """List the movies of a series around one.

    That one is bold.
    """
    place = next((number for number, item in enumerate(items) if item.job.id == job_id), 0)
    first = max(0, min(place - _SHOWN // 2, len(items) - _SHOWN))
    lines = [_line(texts, number, items[number], job_id) for number in range(first, min(first + _SHOWN, len(items)))]
    if lines:
        embed.add_field(name=texts("series-field", movies=len(items)), value="\n".join(lines), inline=False)


def _line(texts: Texts, number: int, item: MovieItem, job_id: str) -> str:
    prompt = escape_line(prompts.shown(texts, item.job.request.prompt), _PROMPT_LENGTH)
    if item.job.id == job_id:
        return f"**{number + 1}. {prompt}**"
    jump = links.jump_to_movie(texts, item.job, item.message, mine=True)
    return " · ".join(filter(None, (f"{number + 1}. {prompt}", jump)))
