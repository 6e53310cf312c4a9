"""Stars: /top, the answers to a press, and the gallery's message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.delivery import NotificationType
from bot.domain.jobs import Job
from bot.domain.movie_nights import StarredMovie
from bot.domain.reports import Ranking
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import formatting
from bot.ui.components import Accent, Button, Message, Section, in_rows
from bot.ui.formatting import (
    escape,
    format_credits,
    format_list,
    format_month,
    join_facts,
    mention,
    mention_if_known,
    numbered,
    page_heading,
    small,
    split_title,
    titled,
)
from bot.ui.job_messages import movie_facts, movie_message
from bot.ui.player import by_link, player

PLAY: Final = "top"
"""The action that plays a month's movies.

Its arguments are the month, a place in the list that its reader sees, and the ids of the movies in it: the ranking may
change while they watch.
"""

_MAX_NAMED: Final = 20
"""Members who are named as those who starred a movie."""


def ranking_message(texts: Texts, ranking: Ranking, best: Job | None = None, *, spoiler: bool = False) -> Message:
    """Build the best movies, creators and patrons of a month. `best` is the first of the movies, where it can play."""
    lists: Mapping[MessageId, Sequence[str]] = {
        "top-movies-field": [movie_line(texts, each) for each in ranking.movies],
        "top-makers-field": [
            f"{mention(each.member_id)} · {texts('units-movies', movies=each.amount)}" for each in ranking.makers
        ],
        "top-patrons-field": [
            f"{mention(each.member_id)} · {format_credits(texts, each.amount)}" for each in ranking.patrons
        ],
    }
    shown = [Section(f"**{texts(name)}**\n{numbered(lines)}") for name, lines in lists.items() if lines]
    ids = [each.job.id for each in ranking.movies]
    return Message(
        Accent.STAR,
        (
            page_heading(texts("top-title", month=format_month(texts, ranking.month))),
            *(() if best is None else by_link(texts, best, spoiler=spoiler)),
            *(shown or [texts("top-nothing")]),
            small(texts("top-footer")),
            *in_rows(play_all(texts, PLAY, str(ranking.month), 1, *ids) if ids else None),
        ),
    )


def play_all(texts: Texts, *action: str | int) -> Button:
    """Build the button that plays the best movies, one after another."""
    return Button(texts("night-all-button"), action, discord.ButtonStyle.primary)


def movie_line(texts: Texts, movie: StarredMovie) -> str:
    """Name a starred movie, with a link to its message."""
    return join_facts(
        escape(split_title(movie.job.request.prompt)[0]),
        f"⭐ {movie.stars}",
        mention_if_known(texts, movie.job.member_id),
        formatting.jump_to_movie(texts, movie.job, movie.message, mine=False),
    )


def starred_by(texts: Texts, stars: int, members: Sequence[int]) -> str:
    """Tell a movie's requester who starred it: the `members` who want to be listed, of all `stars`."""
    if not stars:
        return texts("stars-none")
    return join_facts(f"⭐ {stars}", format_list(texts, [mention(each) for each in members[:_MAX_NAMED]]))


def gallery_message(
    texts: Texts,
    job: Job,
    catalogue: Catalogue,
    *,
    stars: int = 0,
    movie: Path | None = None,
    attached: str = "",
    spoiler: bool = False,
) -> Message:
    """Build a starred movie's message in the gallery.

    It mentions nobody. `movie`, `attached` and `spoiler` as in `player`.
    """
    above, prompt = texts("stars-posted"), titled(job.request.prompt, 600)
    facts = movie_facts(texts, job, catalogue)
    shown = player(texts, job, above + prompt + facts, movie=movie, attached=attached, spoiler=spoiler)
    return movie_message(texts, job, NotificationType.STARRED, above, prompt, facts, shown, stars)
