"""The message of a movie night, and its private player."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import discord

from bot.domain.jobs import Job
from bot.domain.movie_nights import MovieNight
from bot.locales.texts import Texts
from bot.ui import job_buttons
from bot.ui.components import Button, Message, Row, actions_of, build_card, in_rows
from bot.ui.formatting import (
    STAR,
    escape,
    mention_if_known,
    quoted,
)
from bot.ui.player import player
from bot.ui.rankings import movie_line

PLAY: Final = "night"
"""The action of every button; its arguments are the movie night and a movie's place."""

_LINE_LENGTH: Final = 100
_PROMPT_LENGTH: Final = 600

_FIRST: Final = 0
"""Before every movie's place. Discord takes each custom_id once in a message."""


def night_message(texts: Texts, night: MovieNight) -> Message:
    """Build the list of the best movies, with the buttons: all movies, and each by its number."""
    lines = [
        f"{number}. {movie_line(texts, each.job, each.message, each.stars, length=_LINE_LENGTH)}"
        for number, each in enumerate(night.movies, 1)
    ]
    first = Button(texts("night-all-button"), (PLAY, night.id, _FIRST), discord.ButtonStyle.primary)
    numbers = [Button(str(number), (PLAY, night.id, each.place)) for number, each in enumerate(night.movies, 1)]
    shown = build_card(texts("night-title"), "\n".join((texts("night-intro"), "", *lines)), STAR)
    return shown.plus(Row((first,)), *in_rows(*numbers))


def post_title(texts: Texts, night: MovieNight) -> str:
    """Title a movie night's post in a forum."""
    return f"{texts('night-title')} · {datetime.fromtimestamp(night.starts_at / 1000, UTC).date().isoformat()}"


def shows(night: MovieNight, message: discord.Message) -> bool:
    """Return whether a message is a movie night's, by its buttons."""
    return any(action == PLAY and arguments[:1] == (night.id,) for action, arguments in actions_of(message))


def play(texts: Texts, night: MovieNight, number: int, job: Job, *, may_be_expired: bool, spoiler: bool) -> Message:
    """Show a movie, its maker and its prompt, with the next movie and what can be done with this one.

    `job` is the movie with a link that was refreshed, unless it `may_be_expired`.
    """
    movie, total = night.movies[number - 1], len(night.movies)
    member = mention_if_known(texts, job.member_id)
    parts = [texts("night-playing", number=number, total=total, member=member, stars=movie.stars)]
    if number == total:
        parts.append(texts("night-last"))
    if may_be_expired:
        parts.append(texts("night-old-link"))
    description = quoted(escape(job.request.prompt, _PROMPT_LENGTH))
    said = " ".join(parts)
    shown = player(texts, job, said + description, private=True, spoiler=spoiler)
    buttons = [*job_buttons.buttons(texts, job, "star", "remix", "report")]
    if number < len(night.movies):
        following = (PLAY, night.id, night.movies[number].place)
        buttons.insert(0, Button(texts("night-next-button"), following, discord.ButtonStyle.success))
    return Message(STAR, (said, *shown.media, description, shown.text, *shown.file, *in_rows(*shown.watch, *buttons)))
