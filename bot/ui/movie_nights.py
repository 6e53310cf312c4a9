"""The message of a movie night or a recap, and the private player of several movies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import discord

from bot.domain.jobs import Job
from bot.domain.movie_nights import MovieNight, Recap, StarredMovie
from bot.domain.server_setup import AgeRule
from bot.locales.texts import Texts
from bot.ui import job_buttons
from bot.ui.components import Accent, Button, Message, Row, Section, actions_of, in_rows
from bot.ui.formatting import (
    escape,
    facts,
    format_credits,
    heading,
    join_lines,
    mention,
    mention_if_known,
    numbered,
    quoted,
    small,
)
from bot.ui.player import by_link, player
from bot.ui.rankings import movie_line, play_all

PLAY: Final = "night"
"""The action of every button; its arguments are the movie night and a movie's place, 0 before the first."""


def night_message(texts: Texts, night: MovieNight) -> Message:
    """Build the best movies with their pictures, what the week was like, and the button that plays them all."""
    spoiler = night.age is AgeRule.SPOILER
    return Message(
        Accent.STAR,
        (
            heading(_title(texts, night)),
            small(texts("night-intro")),
            *(each for movie in night.movies for each in by_link(texts, movie.job, spoiler=spoiler)),
            Section(numbered([movie_line(texts, each) for each in night.movies])),
            "" if night.recap is None else _recap(texts, night.recap),
            Row((play_all(texts, PLAY, night.id, 0),)),
        ),
    )


def _title(texts: Texts, night: MovieNight) -> str:
    return texts("night-title" if night.is_night else "night-recap-title")


def _recap(texts: Texts, recap: Recap) -> str:
    """Say what the week was like."""
    maker = recap.maker_id
    return facts(
        texts("night-recap-week", movies=recap.movies, spent=format_credits(texts, recap.credits)),
        None if maker is None else texts("night-recap-maker", member=mention(maker), movies=recap.most),
    )


def post_title(texts: Texts, night: MovieNight) -> str:
    """Title a movie night's post in a forum."""
    return f"{_title(texts, night)} · {datetime.fromtimestamp(night.starts_at / 1000, UTC).date().isoformat()}"


def shows(night: MovieNight, message: discord.Message) -> bool:
    """Return whether a message is a movie night's, by its buttons."""
    return any(action == PLAY and arguments[:1] == (night.id,) for action, arguments in actions_of(message))


def play(
    texts: Texts,
    movies: Sequence[StarredMovie],
    number: int,
    job: Job,
    following: tuple[str | int, ...],
    *,
    may_be_expired: bool,
    spoiler: bool,
) -> Message:
    """Show one of several movies, its prompt and its maker, with what can be done with it.

    `job` is the movie with a link that was refreshed, unless it `may_be_expired`. `following` is the action that plays
    the next one.
    """
    movie, total = movies[number - 1], len(movies)
    member, is_last = mention_if_known(texts, job.member_id), number == total
    prompt = quoted(escape(job.request.prompt, 600))
    said = join_lines(
        texts("movies-link-may-have-expired") if may_be_expired else "",
        small(texts("night-playing", number=number, total=total, member=member)),
        small(texts("night-last")) if is_last else "",
    )
    shown = player(texts, job, prompt + said, private=True, spoiler=spoiler)
    return Message(
        Accent.STAR,
        (
            *shown.media,
            Section(prompt),
            said,
            shown.text,
            *shown.file,
            *in_rows(
                *shown.watch,
                None if is_last else Button(texts("night-next-button"), following, discord.ButtonStyle.success),
                job_buttons.star_button(texts, job, movie.stars),
                *job_buttons.buttons(texts, job, "remix"),
                job_buttons.more_button(job),
            ),
        ),
    )
