"""Cleans text from outside: prompts, and names of members and servers."""

from __future__ import annotations

import unicodedata
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


def _is_visible(character: str) -> bool:
    if ord(character) in _NEW_EMOJI:
        return True
    return unicodedata.category(character)[0] not in "CZM" and character not in _INVISIBLE_LETTERS
