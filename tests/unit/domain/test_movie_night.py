"""A movie night's movies, message and week."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.delivery import PostedMessage, Venue
from bot.domain.job import JobState
from bot.domain.language import Language
from bot.domain.movie_night import MovieNight, MovieNightState, NightMovie, week_of
from tests.helpers import factories


def movie(place: int, **more: Any) -> NightMovie:
    fields = {"movie_url": "https://movies.test/1.mp4", **more}
    return NightMovie(place, factories.job(JobState.COMPLETED, **fields), 1)


NIGHT = MovieNight("0night", 10, 0, MovieNightState.POSTED, Language.ENGLISH, (movie(1), movie(3), movie(4)))


def test_a_movie_is_playable_until_it_is_removed_or_forgotten() -> None:
    fields: list[dict[str, Any]] = [{}, {"removed_at": 5}, {"prompt": ""}, {"movie_url": None}]
    assert [movie(1, **more).is_playable for more in fields] == [True, False, False, False]


def test_the_number_of_a_movie_that_is_gone_is_the_next_ones() -> None:
    assert [NIGHT.number_from(place) for place in (1, 2, 3, 4, 5)] == [1, 2, 2, 3, None]


def test_a_message_is_known_once_it_was_sent() -> None:
    sent = replace(NIGHT, channel_id=20, message_id=77, venue=Venue.FORUM)
    assert sent.message == PostedMessage(20, 77, Venue.FORUM)
    assert replace(sent, message_id=None).message is None
    assert NIGHT.message is None


def test_without_words_no_movie_has_its_prompt() -> None:
    plain = NIGHT.without_words()
    assert [(each.place, each.job.request.prompt) for each in plain.movies] == [(1, ""), (3, ""), (4, "")]


def test_a_week_at_the_turn_of_the_year_is_that_of_its_thursday() -> None:
    """Otherwise two movie nights would have the same week."""
    days = [datetime(2027, 1, day, 18, tzinfo=UTC) for day in (1, 3, 4)]
    assert [week_of(int(day.timestamp() * 1000)) for day in days] == ["2026-W53", "2026-W53", "2027-W01"]
