"""Text: cleaning what comes from outside, the wording of a prompt, Discord's limits, and languages.

The limits are in characters unless noted, from https://discord.com/developers/docs/resources/message and
https://discord.com/developers/docs/components.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import Final

MAX_TEXTS_LENGTH: Final = 4000
"""For all texts of a message together."""

MAX_LIST_LENGTH: Final = 1024
"""For a list beneath a heading. It is not Discord's: it leaves room for other lists."""

MAX_CUSTOM_ID_LENGTH: Final = 100
MAX_BUTTON_URL_LENGTH: Final = 512
MAX_MEDIA_URL_LENGTH: Final = 2048

MAX_OPTION_LENGTH: Final = 100
"""For the label of a select's option, and for its description."""

MAX_OPTIONS: Final = 25
"""Options of a select, and what a member picks of them at once."""

MAX_INPUT_LENGTH: Final = 4000
"""For a text input of a modal."""

MAX_POST_TITLE_LENGTH: Final = 100
"""For the name of a post in a forum."""

MAX_NAME_LENGTH: Final = 100
"""As Discord's for servers; a member's name has at most 32 characters."""

MAX_COMBINING_MARKS: Final = 5
"""In a row. Burmese needs five; more of them cover the lines above and below."""

_JOINERS: Final = "\u200c\u200d"
"""They join letters (Persian, Hindi) and emoji."""

_LINE_BREAKS_AND_TABS: Final = "\n\r\t"

_NEW_EMOJI: Final = range(0x1F000, 0x1FB00)
"""The blocks of pictographs. Some are newer than this Python's Unicode tables, which call them unassigned."""

_ZERO_WIDTH_JOINER: Final = "\u200d"

_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)

_FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)
"""Two of them are a flag."""

_TAGS: Final = range(0xE0020, 0xE0080)
"""They follow a black flag, as in those of Scotland and Wales."""

_LONGEST_SIGN: Final = 32
"""Code points. The longest emoji have about ten; a row of marks can be endless."""

_INVISIBLE_LETTERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Hangul fillers and the blank Braille cell."""


def whole_number(typed: str, digits: int) -> int | None:
    """Read a number in any script's digits, of at most so many; None where it is none."""
    return int(typed) if typed.isdecimal() and len(typed) <= digits else None


def strip_control_chars(text: str) -> str:
    """Drop control and invisible characters.

    Other white space becomes a blank. The dropped characters control a terminal, change the direction of text or are
    invisible: soft hyphens, zero-width spaces, tag characters. Line breaks, tabs and joiners stay.
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_strip, text))


def clean_text(text: str) -> str:
    """Clean a text for display; it may have several lines, and MAX_COMBINING_MARKS in a row."""
    stripped = strip_control_chars(text)
    if stripped.isascii():
        return stripped
    kept: list[str] = []
    marks = 0
    for character in stripped:
        if unicodedata.category(character) in ("Mn", "Me"):
            marks += 1
        elif character not in _JOINERS:
            marks = 0
        if marks <= MAX_COMBINING_MARKS:
            kept.append(character)
    return "".join(kept)


def clean_name(name: str) -> str:
    """Clean a display name and put it on one line.

    '' where nothing of it would be visible.
    """
    line = " ".join(clean_text(name).split())[:MAX_NAME_LENGTH]
    return line if has_visible(line) else ""


def count_utf16(text: str) -> int:
    """Return the length in UTF-16 code units, as the API counts it.

    Most emoji are two or more.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def beginning(text: str, longest: int) -> str:
    """Return as much of a text's beginning as `longest` UTF-16 code units hold.

    It ends between two signs: an emoji of several code points stays whole, and so does a letter with its marks.
    """
    end = _count_fitting(text, longest)
    first = max(0, end - _LONGEST_SIGN)
    return text[: next((at for at in range(end, first - 1, -1) if _is_between_signs(text, at)), end)]


def ending(text: str, longest: int) -> str:
    """Return as much of a text's end as `longest` UTF-16 code units hold.

    It begins between two signs, see `beginning`.
    """
    start = len(text) - _count_fitting(reversed(text), longest)
    last = min(len(text), start + _LONGEST_SIGN)
    return text[next((at for at in range(start, last + 1) if _is_between_signs(text, at)), start) :]


def has_visible(text: str) -> bool:
    """Return whether any character is visible.

    Controls, blanks, marks and invisible letters are not.
    """
    return any(
        ord(each) in _NEW_EMOJI or (unicodedata.category(each)[0] not in "CZM" and each not in _INVISIBLE_LETTERS)
        for each in text
    )


def _strip(character: str) -> str:
    if character.isprintable() or character in _JOINERS or character in _LINE_BREAKS_AND_TABS:
        return character
    if ord(character) in _NEW_EMOJI:
        return character
    return " " if character.isspace() else ""


def _count_fitting(characters: Iterable[str], longest: int) -> int:
    """Return how many of the first characters `longest` UTF-16 code units hold."""
    return bisect_right(list(accumulate(map(count_utf16, characters))), longest)


def _is_between_signs(text: str, at: int) -> bool:
    """Return whether two signs, as people see them, meet at an index."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if _ZERO_WIDTH_JOINER in (before, after) or unicodedata.category(after)[0] == "M":
        return False
    if ord(after) in _SKIN_TONES or ord(after) in _TAGS:
        return False
    letters = 0
    while letters < at and ord(text[at - 1 - letters]) in _FLAG_LETTERS:
        letters += 1
    return letters % 2 == 0 or ord(after) not in _FLAG_LETTERS


@dataclass(frozen=True, slots=True)
class Wording:
    """A member's own words, or an idea in their place, and additions.

    The prompt begins with `base`. `improvement` is the number of the words that improve it, `style` a style's key.
    """

    own: str
    base: str
    improvement: int | None = None
    style: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether the prompt is what the member wrote."""
        return self == Wording(self.own, self.own)

    @property
    def member_words(self) -> str:
        """What of the prompt its member wrote."""
        return self.own if self.base == self.own else ""

    def edited(self, before: str, after: str) -> Wording | None:
        """Return how the prompt came about after its member edited it.

        What was added stays an addition, as long as it is as it was. Otherwise the whole prompt is the member's: None.
        """
        if after == before:
            return self
        added = before.removeprefix(self.base)
        own = after.removesuffix(added)
        return replace(self, own=own, base=own) if own != after and own.strip() else None


class Language(StrEnum):
    """A language, by Discord's code of its locale."""

    ENGLISH = "en-US"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es-ES"
    PORTUGUESE = "pt-BR"
    JAPANESE = "ja"


LOCALES: Final[Mapping[str, Language]] = {
    **{language.value: language for language in Language},
    "en-GB": Language.ENGLISH,
    "es-419": Language.SPANISH,
}
"""The languages by the codes of https://discord.com/developers/docs/reference#locales."""


def language_of(locale: str | None) -> Language:
    """Return the language for a locale of Discord; English for others."""
    return LOCALES.get(locale or "", Language.ENGLISH)
