"""What is made of finished movies, where its price is shown: what it is, and what can be chosen about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from bot.domain.catalogue import OfferedExtras
from bot.domain.copies import MIN_FILM_MOVIES, dub_languages
from bot.domain.jobs import Job
from bot.domain.operations import Operation, Source
from bot.domain.orders import Quote
from bot.domain.text import clean_name
from bot.locales.texts import Texts, message_id
from bot.ui.components import Button, Option, Select
from bot.ui.extras import choice_name
from bot.ui.formatting import format_duration, join_facts, quoted, split_title, titled

LANGUAGE: Final = "quote-language"
SUBTITLES: Final = "quote-subtitles"
MOVIES: Final = "quote-movies"
PITCH: Final = "quote-pitch"

OWN: Final = "own"
"""The option of subtitles in the language that is spoken."""

OFF: Final = "off"
"""The option of no subtitles."""

Choices: TypeAlias = Callable[[Texts, Quote], Sequence[Select]]
"""Builds the selects of what can be chosen about a quote."""


def no_choices(_: Texts, __: Quote) -> Sequence[Select]:
    """Offer nothing to choose."""
    return ()


def choices(texts: Texts, quote: Quote, movies: Sequence[Job], offered: OfferedExtras) -> Sequence[Select]:
    """Build the select of a copy: the language of a dub or of subtitles, or the movies of a film, of these."""
    if not movies:
        return ()
    match quote.request.operation:
        case Operation.DUB:
            return (_languages(texts, quote, movies[0], offered),)
        case Operation.SUBTITLES:
            return (_subtitles(texts, quote, movies[0], offered),)
        case Operation.FILM if len(movies) >= MIN_FILM_MOVIES:
            return (_movies(texts, quote, movies),)
        case _:
            return ()


def _languages(texts: Texts, quote: Quote, movie: Job, offered: OfferedExtras) -> Select:
    return Select(
        texts("copies-language-label"),
        (LANGUAGE, quote.id),
        [Option(choice_name(texts, each), each) for each in dub_languages(movie, offered)],
        quote.request.extras.language,
    )


def _subtitles(texts: Texts, quote: Quote, movie: Job, offered: OfferedExtras) -> Select:
    options = [Option(texts("copies-own-language-option"), OWN)]
    options += [Option(choice_name(texts, each), each) for each in offered.languages[1:]]
    if movie.request.extras.subtitles:
        options.append(Option(texts("copies-no-subtitles-option"), OFF))
    extras = quote.request.extras
    chosen = (extras.language or OWN) if extras.subtitles else OFF
    return Select(texts("copies-subtitles-label"), (SUBTITLES, quote.id), options, chosen)


def _movies(texts: Texts, quote: Quote, movies: Sequence[Job]) -> Select:
    options = [_movie(texts, number, each) for number, each in enumerate(movies, 1)]
    select = Select(
        texts("copies-movies-label"), (MOVIES, quote.id), options, *quote.request.sources, most=len(options)
    )
    select.min_values = MIN_FILM_MOVIES
    return select


def _movie(texts: Texts, number: int, movie: Job) -> Option:
    """Name a movie of a film by its place in the series."""
    name = clean_name(movie.member_name)
    return Option(
        f"{number}. {split_title(movie.request.prompt)[0]}",
        movie.id,
        join_facts(
            format_duration(texts, movie.request.duration_seconds), texts("movies-by", name=name) if name else None
        ),
    )


def title(texts: Texts, operation: Operation) -> str:
    """Say what is made of finished movies; '' for what is not."""
    return texts(message_id("copies", operation, "title")) if operation.declared.is_copy else ""


def words(quote: Quote) -> str:
    """Show the words of what a copy is made of, in short: its member has seen it."""
    return quoted(titled(quote.request.prompt))


def pitch_buttons(texts: Texts, quote: Quote) -> Sequence[Button]:
    """Build the button that lets others pay, too. There is no room for it where a movie is made of words: /pitch is."""
    declared = quote.request.operation.declared
    if declared.source is Source.WORDS or not declared.pitchable:
        return ()
    return (Button(texts("copies-pitch-button"), (PITCH, quote.id)),)
