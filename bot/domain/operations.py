"""What a job makes: a movie, its storyboard first, or something of movies that are finished.

Each operation is declared once: what it is made from, its price, and what may be tried again. Its request is in
bot/samsar/operations.py. `RequestLimits.operations` says which a version of the API has; its words are texts by its
name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

DRAWING_RATE: Final = 10
"""Credits a second of a movie before its video: the narrative, images, speech and music (4, 2, 2 and 2)."""

_CHANGE_RATE: Final = 3
"""Credits a second that a finished movie's translation costs, and each movie of a film."""


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


PriceRule = Callable[[int, int], int]
"""Returns a price in credits by the video model's credits a second, and the seconds of what is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """An operation.

    `price` is None where the API quotes it. `at_once`: its call charges before it answers, so that an error afterwards
    is no proof that it is free. `repeatable`: a repeated call makes nothing that is paid, so that one without a certain
    answer is sent again. `steps`: it waits for its member at a checkpoint. `pitchable`: members can pay for it
    together. `capped`: the price is the most that it can cost, and its members pay what the API charged.
    """

    source: Source
    price: PriceRule | None
    at_once: bool = False
    repeatable: bool = False
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


def _by_seconds(rate: int, seconds: int) -> int:
    return rate * seconds


def _free(_rate: int, _seconds: int) -> int:
    return 0


def _of_a_change(_: int, seconds: int) -> int:
    return _CHANGE_RATE * seconds


DECLARED: Final[Mapping[Operation, Declaration]] = MappingProxyType(
    {
        Operation.MOVIE: Declaration(source=Source.WORDS, price=_by_seconds),
        Operation.STORYBOARD: Declaration(source=Source.WORDS, price=_by_seconds, steps=True),
        # the seconds are those of the longest clip for each picture
        Operation.PICTURES: Declaration(source=Source.PICTURES, price=_by_seconds, capped=True),
        # a quote of the API lasts for minutes, a pitch for days
        Operation.SCENE: Declaration(source=Source.MOVIE, price=None, at_once=True, pitchable=False),
        Operation.DUB: Declaration(source=Source.MOVIE, price=_of_a_change, at_once=True),
        Operation.SUBTITLES: Declaration(source=Source.MOVIE, price=_free, repeatable=True),
        Operation.FILM: Declaration(source=Source.MOVIES, price=_of_a_change, at_once=True),
    }
)

ONLY_MOVIES: Final = frozenset({Operation.MOVIE})
"""What every version of the API has."""
