"""A movie night's message and its private player."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.delivery import PostedMessage, Venue
from bot.domain.job import JobState
from bot.domain.language import Language
from bot.domain.movie_night import MovieNight, MovieNightState, NightMovie
from bot.ui import movie_nights
from bot.ui.formatting import STAR
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, job
from tests.helpers.reading import view_actions, view_labels

URL = "https://movies.test/final.mp4"
FIRST, SECOND = (
    job(JobState.COMPLETED, prompt, movie_url=URL, id=f"{number:013}", member_id=member_id)
    for number, (prompt, member_id) in enumerate((("a *fox*", ALICE), ("a boat", -5)))
)
NIGHT = MovieNight(
    "0abc123defghj",
    2,
    1_794_333_600_000,
    MovieNightState.POSTED,
    Language.ENGLISH,
    (NightMovie(4, FIRST, 3, PostedMessage(3, 9)), NightMovie(6, SECOND, 2, PostedMessage(5, 9, Venue.DIRECT))),
)
"""The movie before the first and the one between them were deleted."""


def test_the_list_says_whose_movies_it_has_and_links_those_that_others_can_open() -> None:
    embed = movie_nights.night_embed(ENGLISH, NIGHT)
    jump = f"[{ENGLISH('links-jump')}](https://discord.com/channels/2/3/9)"
    assert (embed.title, embed.colour) == (ENGLISH("night-title"), STAR)
    assert str(embed.description).splitlines() == [
        ENGLISH("night-intro"),
        "",
        rf"1. a \*fox\* · ⭐ 3 · <@{ALICE}> · {jump}",
        f"2. a boat · ⭐ 2 · {ENGLISH('privacy-unnamed')}",
    ]


def test_a_button_plays_the_same_movie_after_another_was_deleted() -> None:
    """It is numbered by what is left, and knows its own place."""
    view = movie_nights.night_view(ENGLISH, NIGHT)
    assert view_labels(view) == [ENGLISH("night-all-button"), "1", "2"]
    assert view_actions(view) == [(movie_nights.PLAY, (NIGHT.id, place)) for place in ("0", "4", "6")]
    player = movie_nights.player_view(ENGLISH, NIGHT, 1)
    following, *others = filter(None, view_actions(player))
    assert following == (movie_nights.PLAY, (NIGHT.id, "6"))
    assert [action for action, _ in others] == ["star", "remix", "report"]


def test_the_last_movie_is_followed_by_none() -> None:
    view = movie_nights.player_view(ENGLISH, NIGHT, 2)
    assert ENGLISH("night-next-button") not in view_labels(view)
    link = movie_nights.player_link(ENGLISH, NIGHT, 2, SECOND, may_be_expired=False, spoiler=False)
    playing = ENGLISH("night-playing", number=2, total=2, member=ENGLISH("privacy-unnamed"), stars=2)
    assert link.content == f"{playing} {ENGLISH('night-last')}\n{URL}"


def test_the_player_shows_the_link_that_was_refreshed() -> None:
    """An old one says so; a long one is in a file."""
    fresh = replace(FIRST, movie_url="https://movies.test/fresh.mp4")
    playing = ENGLISH("night-playing", number=1, total=2, member=f"<@{ALICE}>", stars=3)
    link = movie_nights.player_link(ENGLISH, NIGHT, 1, fresh, may_be_expired=False, spoiler=False)
    assert (link.content, link.description) == (f"{playing}\n{fresh.movie_url}", r">>> a \*fox\*")
    old = movie_nights.player_link(ENGLISH, NIGHT, 1, fresh, may_be_expired=True, spoiler=True)
    assert old.content == f"{playing} {ENGLISH('night-old-link')}\n|| {fresh.movie_url} ||"
    long = replace(FIRST, movie_url=URL.ljust(5000, "x"))
    link = movie_nights.player_link(ENGLISH, NIGHT, 1, long, may_be_expired=False, spoiler=False)
    assert (link.content, link.file) == (f"{playing}\n{ENGLISH('links-in-file')}", long.movie_url)


@pytest.mark.usefixtures("time_zone")
def test_a_forums_post_has_the_day_of_the_movie_night() -> None:
    """It is the day in UTC, as in the setup."""
    late = replace(NIGHT, starts_at=1_794_354_900_000)
    assert movie_nights.post_title(ENGLISH, late) == f"{ENGLISH('night-title')} · 2026-11-10"
    assert movie_nights.over(ENGLISH) == ENGLISH("night-over")
