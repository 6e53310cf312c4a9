"""What is made of finished movies: a scene anew, a dub, subtitles, or a film of several.

The API copies the movies, so their models, aspect ratio and words are those of the copy, whatever a server offers for
new ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain.catalogue import Extras, OfferedExtras, RequestLimits, SpokenLanguage
from bot.domain.jobs import Job
from bot.domain.operations import MAX_FILM_MOVIES, Operation
from bot.domain.refusal import Refused
from bot.domain.request import Draft, MovieRequest, PricedRequest
from bot.domain.text import Language, beginning

MIN_FILM_MOVIES: Final = 2


def first_draft(operation: Operation, movies: Sequence[Job], reader: Language, offered: OfferedExtras) -> Draft:
    """Return what is shown first of what can be made of movies: a dub in the reader's language, a film of all.

    A movie whose language the API chose is presumed to speak that of its member.
    """
    movie = movies[0]
    draft = Draft("", operation=operation, sources=tuple(each.id for each in movies))
    match operation:
        case Operation.DUB:
            is_chosen = movie.request.extras.language not in (None, SpokenLanguage.AUTO)
            presumed = "" if is_chosen else movie.member_language.partition("-")[0]
            choices = [each for each in dub_languages(movie, offered) if each != presumed]
            language = next((each for each in choices if each == reader.partition("-")[0]), choices[0])
            return replace(draft, language=language, subtitles=movie.request.extras.subtitles)
        case Operation.SUBTITLES:
            return replace(draft, subtitles=not movie.request.extras.subtitles)
        case _:
            return draft


def dub_languages(movie: Job, offered: OfferedExtras) -> Sequence[SpokenLanguage]:
    """Return the languages that a movie can be dubbed into: all but its own, as far as that is known."""
    # the language of subtitles that were added says nothing about what is spoken
    spoken = None if movie.request.operation is Operation.SUBTITLES else movie.request.extras.language
    return [each for each in offered.languages if each not in (SpokenLanguage.AUTO, spoken)]


def film_movies(movie: Job, series: Sequence[Job]) -> Sequence[Job]:
    """Return the movies of a series that can be joined with one of them: all that fit, or else those that follow."""
    ratio = movie.request.aspect_ratio
    joined = [each for each in series if each.guild_id == movie.guild_id and each.request.aspect_ratio == ratio]
    place = next((number for number, each in enumerate(joined) if each.id == movie.id), 0)
    first = max(0, min(place, len(joined) - MAX_FILM_MOVIES))
    return joined[first : first + MAX_FILM_MOVIES]


def copy_request(
    draft: Draft, sources: Sequence[Job], quoted: int | None, limits: RequestLimits
) -> PricedRequest | Refused:
    """Return what a draft makes of the movies that are its `sources`, or why it can't.

    `quoted` is what the API has just said that it costs, in credits, or what a quote of that says.
    """
    operation, first = draft.operation, next(iter(sources), None)
    if operation not in limits.operations:
        return Refused("copies-not-offered")
    if first is None or len(sources) != len(draft.sources):
        return Refused("copies-source-gone")
    refused = _film_problem(sources) if operation is Operation.FILM else None
    extras = _extras(draft, first, limits.extras)
    scenes = tuple(sorted({*draft.scenes})) if operation is Operation.SCENE else ()
    if refused is not None or extras is None:
        return refused or Refused("copies-not-offered")
    seconds = sum(each.request.duration_seconds for each in sources)
    rate = operation.declared.per_second
    price = quoted if rate is None else rate * seconds
    if price is None or bool(scenes) is not (operation is Operation.SCENE):
        return Refused("copies-not-offered")
    of_first = first.request
    words = beginning("\n".join(each.request.prompt for each in sources), limits.max_prompt_length)
    models = of_first.video_model, of_first.image_model, of_first.aspect_ratio
    request = MovieRequest(words, seconds, *models, extras, operation=operation, sources=draft.sources, scenes=scenes)
    return PricedRequest(request, price)


def _film_problem(sources: Sequence[Job]) -> Refused | None:
    """Return why movies can't become a film."""
    if not MIN_FILM_MOVIES <= len({each.id for each in sources}) == len(sources) <= MAX_FILM_MOVIES:
        return Refused("copies-film-size", {"least": MIN_FILM_MOVIES, "most": MAX_FILM_MOVIES})
    if len({each.request.aspect_ratio for each in sources}) > 1:
        return Refused("copies-film-shape")
    return None


def _extras(draft: Draft, source: Job, offered: OfferedExtras) -> Extras | None:
    """Return what is spoken and written in a copy; None where the API offers no such language.

    A dub needs a language. Subtitles are taken away without one, where there were none the movie's own is written.
    """
    match draft.operation:
        case Operation.DUB | Operation.SUBTITLES:
            language = next((each for each in offered.languages if each == draft.language), None)
            if draft.operation is Operation.DUB and language in (None, SpokenLanguage.AUTO):
                return None
            return Extras(language, subtitles=draft.subtitles is True)
        case _:
            return source.request.extras
