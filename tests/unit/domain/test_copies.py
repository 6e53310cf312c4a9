"""What can be made of finished movies, and what it costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.catalogue import AspectRatio, Extras, RequestLimits, SpokenLanguage
from bot.domain.copies import copy_request, dub_languages, film_movies, first_draft
from bot.domain.jobs import Job, JobState
from bot.domain.operations import MAX_FILM_MOVIES, Operation
from bot.domain.refusal import Refused
from bot.domain.request import Draft, PricedRequest, to_new_draft
from bot.domain.text import Language
from bot.samsar.config import AUTUMN_2026, MARCH_2025
from tests.helpers import factories

LIMITS = AUTUMN_2026.limits
SUBTITLED = Extras(SpokenLanguage.ENGLISH, subtitles=True)


def a_movie(number: int, aspect: AspectRatio = AspectRatio.WIDE) -> Job:
    request = replace(factories.request(f"part {number}", 10), aspect_ratio=aspect, extras=SUBTITLED)
    return replace(factories.job(JobState.COMPLETED), id=f"job{number}", request=request)


def movies(count: int) -> list[Job]:
    return [a_movie(number) for number in range(count)]


def a_draft(operation: Operation, sources: list[Job], **more: object) -> Draft:
    return replace(Draft("", operation=operation, sources=tuple(each.id for each in sources)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("draft", "quoted", "price", "extras", "scenes"),
    [
        (a_draft(Operation.SCENE, movies(1), scenes=(3, 1, 3)), 70, 70, SUBTITLED, (1, 3)),
        (a_draft(Operation.DUB, movies(1), language="fr"), None, 30,
         Extras(SpokenLanguage.FRENCH, subtitles=False), ()),
        (a_draft(Operation.DUB, movies(1), language="ja", subtitles=True, scenes=(1,)), 9, 30,
         Extras(SpokenLanguage.JAPANESE, subtitles=True), ()),
        (a_draft(Operation.SUBTITLES, movies(1), subtitles=True), None, 0, Extras(None, subtitles=True), ()),
        (a_draft(Operation.SUBTITLES, movies(1), subtitles=True, language="hi"), None, 0,
         Extras(SpokenLanguage.HINDI, subtitles=True), ()),
        (a_draft(Operation.SUBTITLES, movies(1), subtitles=False), None, 0, Extras(None, subtitles=False), ()),
        (a_draft(Operation.FILM, movies(3)), None, 90, SUBTITLED, ()),
    ],
)  # fmt: skip
def test_a_copy_has_its_movies_words_and_models_and_a_price_of_its_own(
    draft: Draft, quoted: int | None, price: int, extras: Extras, scenes: tuple[int, ...]
) -> None:
    sources = movies(len(draft.sources))
    made = copy_request(draft, sources, quoted, LIMITS)
    assert isinstance(made, PricedRequest)
    first, request = sources[0].request, made.request
    assert (made.price, request.extras, request.scenes, request.sources) == (price, extras, scenes, draft.sources)
    assert (request.video_model, request.image_model, request.operation) == (
        first.video_model,
        first.image_model,
        draft.operation,
    )
    assert request.prompt == "\n".join(each.request.prompt for each in sources)
    assert request.duration_seconds == 10 * len(sources)


@pytest.mark.parametrize(
    ("draft", "sources", "quoted", "limits", "code"),
    [
        (a_draft(Operation.DUB, movies(1), language="fr"), movies(1), None, MARCH_2025.limits, "copies-not-offered"),
        (a_draft(Operation.DUB, movies(1)), movies(1), None, LIMITS, "copies-not-offered"),
        (a_draft(Operation.DUB, movies(1), language="auto"), movies(1), None, LIMITS, "copies-not-offered"),
        (a_draft(Operation.DUB, movies(1), language="xx"), movies(1), None, LIMITS, "copies-not-offered"),
        (a_draft(Operation.SCENE, movies(1), scenes=(1,)), movies(1), None, LIMITS, "copies-not-offered"),
        (a_draft(Operation.SCENE, movies(1)), movies(1), 40, LIMITS, "copies-not-offered"),
        (a_draft(Operation.SUBTITLES, movies(1), subtitles=True), [], None, LIMITS, "copies-source-gone"),
        (a_draft(Operation.FILM, movies(2)), movies(1), None, LIMITS, "copies-source-gone"),
        (a_draft(Operation.FILM, []), [], None, LIMITS, "copies-source-gone"),
        (a_draft(Operation.FILM, movies(1)), movies(1), None, LIMITS, "copies-film-size"),
        (a_draft(Operation.FILM, movies(1) * 2), movies(1) * 2, None, LIMITS, "copies-film-size"),
        (a_draft(Operation.FILM, movies(MAX_FILM_MOVIES + 1)), movies(MAX_FILM_MOVIES + 1), None, LIMITS,
         "copies-film-size"),
        (a_draft(Operation.FILM, movies(2)), [a_movie(0), a_movie(1, AspectRatio.TALL)], None, LIMITS,
         "copies-film-shape"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_of_movies_is_refused(
    draft: Draft, sources: list[Job], quoted: int | None, limits: RequestLimits, code: str
) -> None:
    refused = copy_request(draft, sources, quoted, limits)
    assert isinstance(refused, Refused)
    assert refused.code == code


def test_a_film_shows_as_much_of_the_words_of_its_movies_as_a_prompt_can_hold() -> None:
    sources = [replace(each, request=replace(each.request, prompt="é" * 400)) for each in movies(3)]
    made = copy_request(a_draft(Operation.FILM, sources), sources, None, replace(LIMITS, max_prompt_length=500))
    assert isinstance(made, PricedRequest)
    assert len(made.request.prompt) <= 500


@pytest.mark.parametrize(
    ("reader", "spoken", "operation", "first", "left_out"),
    [
        (Language.FRENCH, SpokenLanguage.ENGLISH, Operation.MOVIE, SpokenLanguage.FRENCH, SpokenLanguage.ENGLISH),
        (Language.GERMAN, SpokenLanguage.ENGLISH, Operation.MOVIE, SpokenLanguage.SPANISH, SpokenLanguage.ENGLISH),
        (Language.ENGLISH, SpokenLanguage.AUTO, Operation.MOVIE, SpokenLanguage.SPANISH, SpokenLanguage.AUTO),
        (Language.FRENCH, SpokenLanguage.AUTO, Operation.MOVIE, SpokenLanguage.FRENCH, SpokenLanguage.AUTO),
        (Language.SPANISH, SpokenLanguage.SPANISH, Operation.DUB, SpokenLanguage.ENGLISH, SpokenLanguage.SPANISH),
        (Language.SPANISH, SpokenLanguage.SPANISH, Operation.SUBTITLES, SpokenLanguage.SPANISH, SpokenLanguage.AUTO),
    ],
)
def test_a_dub_is_first_in_the_readers_language_where_that_is_not_the_movies_own(
    reader: Language, spoken: SpokenLanguage, operation: Operation, first: SpokenLanguage, left_out: SpokenLanguage
) -> None:
    movie = a_movie(1)
    request = replace(movie.request, extras=Extras(spoken, subtitles=True), operation=operation)
    draft = first_draft(Operation.DUB, [replace(movie, request=request)], reader, LIMITS.extras)
    assert (draft.language, draft.subtitles) == (first, True), "what is written in the movie stays so"
    assert left_out not in dub_languages(replace(movie, request=request), LIMITS.extras)


@pytest.mark.parametrize("has_subtitles", [True, False])
def test_subtitles_are_first_the_opposite_of_what_the_movie_has(has_subtitles: bool) -> None:
    movie = a_movie(1)
    movie = replace(movie, request=replace(movie.request, extras=Extras(subtitles=has_subtitles)))
    draft = first_draft(Operation.SUBTITLES, [movie], Language.GERMAN, LIMITS.extras)
    assert (draft.language, draft.subtitles) == (None, not has_subtitles)


@pytest.mark.parametrize(
    ("count", "place", "first", "last"), [(1, 0, 0, 0), (3, 2, 0, 2), (25, 2, 2, 21), (25, 20, 5, 24), (20, 19, 0, 19)]
)
def test_a_film_is_offered_of_the_movies_of_one_shape_that_fit(count: int, place: int, first: int, last: int) -> None:
    series = movies(count)
    tall, elsewhere = a_movie(90, AspectRatio.TALL), replace(a_movie(91), guild_id=99)
    joined = film_movies(series[place], [tall, *series, elsewhere])
    assert (joined[0], joined[-1]) == (series[first], series[last])
    assert first_draft(Operation.FILM, joined, Language.GERMAN, LIMITS.extras).sources == tuple(
        each.id for each in series[first : last + 1]
    )


@pytest.mark.parametrize("operation", [Operation.DUB, Operation.SUBTITLES, Operation.FILM, Operation.STORYBOARD])
def test_another_movie_of_a_copys_words_is_no_copy(operation: Operation) -> None:
    """A film is longer than a movie can be, and the language of subtitles is not what is spoken."""
    extras = Extras(SpokenLanguage.FRENCH, subtitles=True)
    request = replace(factories.request("a kite", 300), operation=operation, sources=("a",), extras=extras)
    draft = to_new_draft(request, LIMITS)
    assert (draft.prompt, draft.seconds, draft.operation) == ("a kite", None, Operation.MOVIE)
    assert draft.storyboard is (operation is Operation.STORYBOARD)
    assert draft.language == (None if operation is Operation.SUBTITLES else "fr")
    assert bool(draft.sources) is (operation is Operation.STORYBOARD)
