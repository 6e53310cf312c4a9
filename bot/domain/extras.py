"""A movie's extras: language, subtitles and tone.

Which of them exist depends on the version of the API, see bot/samsar/config.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class SpokenLanguage(StrEnum):
    """What is spoken in a movie; the values are the API's."""

    AUTO = "auto"
    """The API chooses by the prompt."""

    ENGLISH = "en"
    SPANISH = "es"
    FRENCH = "fr"
    JAPANESE = "ja"
    THAI = "th"
    CHINESE = "zh"
    BENGALI = "bn"
    HINDI = "hi"
    SANSKRIT = "sa"
    LATIN = "la"


class Tone(StrEnum):
    """How a movie tells its story; the values are the API's."""

    GROUNDED = "grounded"
    CINEMATIC = "cinematic"


@dataclass(frozen=True, slots=True)
class Extras:
    """The extras of one movie.

    None: the version of the API that it was ordered for has no such extra.
    """

    language: SpokenLanguage | None = None
    subtitles: bool | None = None
    tone: Tone | None = None


NO_EXTRAS: Final = Extras()

API_DEFAULTS: Final = Extras(SpokenLanguage.AUTO, subtitles=False, tone=Tone.GROUNDED)
"""What the API does where a request says nothing."""


@dataclass(frozen=True, slots=True)
class OfferedExtras:
    """What a version of the API offers of each extra.

    The first choice is the API's default. Empty: there is no such extra.
    """

    languages: tuple[SpokenLanguage, ...] = ()
    subtitles: tuple[bool, ...] = ()
    tones: tuple[Tone, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is any extra."""
        return bool(self.languages or self.subtitles or self.tones)


NOT_OFFERED: Final = OfferedExtras()
