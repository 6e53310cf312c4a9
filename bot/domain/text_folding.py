"""Folds a text to words, so that disguises make no difference.

Case, width, accents, invisible characters, look-alike letters, digits for letters, stretched letters and spaced letters
equal the plain word afterwards. Each step reads the text once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bot.domain.look_alikes import TO_LATIN

MAX_WORD: Final = 40
"""Letters of a word that are looked at. A longer one is cut into pieces of this length."""

_MIN_SPACED: Final = 3
"""Single letters in a row that are read as a word, too: "b a d". Two are as likely to be initials."""

_KANA_MARKS: Final = frozenset({"\u3099", "\u309a"})
"""They make other letters, as from ha to ba, where an accent is only a disguise."""

_INVISIBLE: Final = frozenset({"Cf", "Mn", "Me", "Cc"})

_WORD: Final = re.compile(r"(?:[^\W_]|[@$!|])+")
_SYMBOLS: Final = "@$!|"
_FROM_DIGITS: Final = str.maketrans("0134578@$!|", "oieastbasil")
_STRETCHED: Final = re.compile(r"(.)\1{2,}")


def fold(text: str) -> str:
    """Fold case, width, accents and invisible characters.

    Spaces stay, and so do letters of other alphabets.
    """
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    if decomposed.isascii():
        return decomposed
    kept = "".join(
        " " if char.isspace() else char
        for char in decomposed
        if char in _KANA_MARKS or char.isspace() or unicodedata.category(char) not in _INVISIBLE
    )
    return unicodedata.normalize("NFC", kept)


def sequences(folded: str) -> tuple[list[frozenset[str]], ...]:
    """Split a folded text into words, each with all its readings.

    Where single letters stand in a row, there is a second sequence, in which each row is one word.
    """
    plain: list[frozenset[str]] = []
    joined: list[frozenset[str]] = []
    row: list[str] = []
    known: dict[str, frozenset[str]] = {}
    has_rows = False
    for match in _WORD.finditer(folded):
        for piece in _pieces(match[0]):
            found = known.get(piece)
            if found is None:
                found = known[piece] = readings(piece)
            if not found:
                continue
            plain.append(found)
            if len(piece) == 1:
                row.append(piece)
                continue
            has_rows |= len(row) >= _MIN_SPACED
            joined += _joined(row)
            joined.append(found)
            row.clear()
    has_rows |= len(row) >= _MIN_SPACED
    joined += _joined(row)
    return (plain, joined) if has_rows else (plain,)


def readings(word: str) -> frozenset[str]:
    """Return a folded word as it is, and without its disguises."""
    plain = word.strip(_SYMBOLS)
    if plain.isascii() and plain.isalpha() and not _STRETCHED.search(plain) and plain == word:
        return frozenset({plain})
    latin = plain.translate(TO_LATIN)
    found = {plain, latin}
    for each in (latin, word.translate(TO_LATIN)):
        if any(char.isalpha() for char in each):
            found.add(each.translate(_FROM_DIGITS))
    stretched = [each for each in found if _STRETCHED.search(each)]
    found |= {_STRETCHED.sub(short, each) for each in stretched for short in (r"\1", r"\1\1")}
    return frozenset(each for each in found if each)


def _pieces(word: str) -> Iterator[str]:
    return (word[start : start + MAX_WORD] for start in range(0, len(word), MAX_WORD))


def _joined(row: list[str]) -> list[frozenset[str]]:
    """Read single letters in a row as one word.

    Also without its ends: "a b a d" begins with a word of one letter. Less than three letters stay what they are.
    """
    if len(row) < _MIN_SPACED:
        return [readings(letter) for letter in row]
    run = "".join(row)
    first, *rest = [readings(piece) for piece in _pieces(run)]
    shorter = (each for each in (run[1:], run[:-1], run[1:-1]) if _MIN_SPACED <= len(each) < MAX_WORD)
    return [first.union(*map(readings, shorter)), *rest]
