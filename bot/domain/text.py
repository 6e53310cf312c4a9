"""Cleans text from outside: prompts, and names of members and servers."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

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


def strip_control_chars(text: str) -> str:
    """Drop control and invisible characters.

    Other white space becomes a blank. The dropped characters control a terminal, change the direction of text or are
    invisible: soft hyphens, zero-width spaces, tag characters. Line breaks, tabs and joiners stay.
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_strip, text))


def limit_combining_marks(text: str) -> str:
    """Cut each row of combining marks to MAX_COMBINING_MARKS."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me"):
            marks += 1
        elif character not in _JOINERS:
            marks = 0
        if marks <= MAX_COMBINING_MARKS:
            kept.append(character)
    return "".join(kept)


def clean_text(text: str) -> str:
    """Clean a text for display; it may have several lines."""
    return limit_combining_marks(strip_control_chars(text))


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
    return any(map(_is_visible, text))


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


def _is_visible(character: str) -> bool:
    if ord(character) in _NEW_EMOJI:
        return True
    return unicodedata.category(character)[0] not in "CZM" and character not in _INVISIBLE_LETTERS
