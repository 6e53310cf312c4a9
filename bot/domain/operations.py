"""What a job makes: a movie, its storyboard first, or something of movies that are finished.

Each operation is declared once: what it is made from, and how it is paid. Its request is in bot/samsar/operations.py.
`RequestLimits.operations` says which a version of the API has; its words are texts by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

DRAWING_RATE: Final = 10
"""Credits a second of a movie before its video: the narrative, images, speech and music (4, 2, 2 and 2)."""

MAX_PICTURES: Final = 10
"""Pictures that a movie can be made of."""

MAX_FILM_MOVIES: Final = 20
"""Movies that a film can be made of."""


class Source(StrEnum):
    """What an operation is made from."""

    WORDS = "words"
    PICTURES = "pictures"
    MOVIE = "movie"
    MOVIES = "movies"


@dataclass(frozen=True, slots=True)
class Price:
    """A price in credits: what is paid now, and what is paid later, if its member wants it."""

    now: int
    later: int = 0

    @property
    def total(self) -> int:
        """What is held."""
        return self.now + self.later


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """An operation.

    `per_second` is what a second of it costs, in credits, whatever its movies were made with; None: what its video
    model costs, or what the API quotes. `at_once`: its call charges before it answers, so that an error afterwards is
    no proof that it is free. `steps`: it waits for its member at a checkpoint. `pitchable`: members can pay for it
    together. `capped`: the price is the most that it can cost, and its members pay what the API charged.
    """

    source: Source
    per_second: int | None = None
    at_once: bool = False
    steps: bool = False
    pitchable: bool = True
    capped: bool = False

    @property
    def is_copy(self) -> bool:
        """Whether the API makes it as a copy of finished movies, with what those were charged."""
        return self.source in (Source.MOVIE, Source.MOVIES)

    def parts(self, price: int, seconds: int) -> Price:
        """Return a price by when it is paid."""
        now = min(DRAWING_RATE * seconds, price) if self.steps else price
        return Price(now, price - now)


class Operation(StrEnum):
    """What a job makes."""

    MOVIE = "movie"
    STORYBOARD = "storyboard"
    """A movie whose stills its member sees before the expensive part is made."""

    PICTURES = "pictures"
    """A movie of its member's own pictures."""

    SCENE = "scene"
    """A finished movie with one or more scenes made anew."""

    DUB = "dub"
    """A finished movie in another language."""

    SUBTITLES = "subtitles"
    """A finished movie with subtitles, or without."""

    FILM = "film"
    """Several finished movies, one after the other."""

    @property
    def declared(self) -> Declaration:
        """Its declaration."""
        return DECLARED[self]


DECLARED: Final[Mapping[Operation, Declaration]] = MappingProxyType(
    {
        Operation.MOVIE: Declaration(source=Source.WORDS),
        Operation.STORYBOARD: Declaration(source=Source.WORDS, steps=True),
        Operation.PICTURES: Declaration(source=Source.PICTURES, capped=True),
        # a quote of the API lasts for minutes, a pitch for days
        Operation.SCENE: Declaration(source=Source.MOVIE, at_once=True, pitchable=False),
        # the movies may be shorter than they were ordered
        Operation.DUB: Declaration(source=Source.MOVIE, per_second=3, at_once=True, capped=True),
        Operation.SUBTITLES: Declaration(source=Source.MOVIE, per_second=0, pitchable=False),
        Operation.FILM: Declaration(source=Source.MOVIES, per_second=3, at_once=True, capped=True),
    }
)

OF_MOVIES: Final = frozenset(each for each in Operation if each.declared.is_copy)
"""What is made of finished movies."""

ONLY_MOVIES: Final = frozenset({Operation.MOVIE})
"""What every version of the API has."""
