"""Folds a text to words, so that disguises make no difference.

Case, width, accents, invisible characters, look-alike letters, digits for letters, stretched letters, spaced letters
and some split words equal the plain word afterwards. Each step reads the text once.
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

_PAIR: Final = 2
_VOWELS: Final = frozenset("aeiouy")

_KANA_MARKS: Final = frozenset({"\u3099", "\u309a"})
"""They make other letters, as from ha to ba, where an accent is only a disguise."""

_HANGUL_FILLERS: Final = frozenset({"\u115f", "\u1160"})
"""Letters that nobody sees. NFKC makes these of the other two."""

_BOXED: Final = {
    first + index: letter for first in (0x1F150, 0x1F170) for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")
}
"""White letters on black circles and squares, which NFKC leaves as they are."""

_REGIONAL: Final = {0x1F1E6 + index: letter for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
"""Letters that are shown as flags, two by two."""

_FLAGS: Final = re.compile("[\U0001f1e6-\U0001f1ff]+")

_INVISIBLE: Final = frozenset({"Cf", "Mn", "Me", "Cc"})

_WORD: Final = re.compile(r"(?:[^\W_]|[@$!|])+")
_WORD_OR_APOSTROPHE: Final = re.compile(rf"{_WORD.pattern}|['\u2019]")
_SYMBOLS: Final = "@$!|"
_FROM_DIGITS: Final = str.maketrans("0134578@$!|", "oieastbasil")
_STRETCHED: Final = re.compile(r"(.)\1{2,}")


def fold(text: str) -> str:
    """Fold case, width, accents and invisible characters.

    Spaces stay, and so do letters of other alphabets.
    """
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).translate(_BOXED).casefold())
    if decomposed.isascii():
        return decomposed
    return unicodedata.normalize("NFC", "".join(_visible(decomposed)))


def _visible(decomposed: str) -> Iterator[str]:
    before = ""
    for char in decomposed:
        if char.isspace():
            before = " "
        elif char in _KANA_MARKS:
            if not _is_kana(before):
                continue
            before = char
        elif char in _HANGUL_FILLERS or unicodedata.category(char) in _INVISIBLE:
            continue
        else:
            before = char
        yield before


def _is_kana(char: str) -> bool:
    return "\u3041" <= char <= "\u30ff" and char not in _KANA_MARKS


def sequences(folded: str) -> tuple[list[frozenset[str]], ...]:
    """Split a folded text into words, each with all its readings.

    Where single letters follow one another, there is a second sequence, in which each row is one word. Flags are read
    as their letters, as a part of the word beside them and apart from it.
    """
    if _FLAGS.search(folded) is None:
        return _sequences(folded)
    apart = _FLAGS.sub(r" \g<0> ", folded)
    return (*_sequences(folded.translate(_REGIONAL)), *_sequences(apart.translate(_REGIONAL)))


def _sequences(folded: str) -> tuple[list[frozenset[str]], ...]:
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


def split_words(folded: str) -> set[str]:
    """Return the words that pairs of letters make, as in "fu ck".

    Two pairs, or three. Only where one of them has no vowel, so that it is no word of its own: otherwise too many
    innocent words would meet, as in "si no". An apostrophe ends a row: "he'll" is two words.
    """
    found: set[str] = set()
    known: dict[str, tuple[str, bool] | None] = {}
    first = second = None
    for word in _WORD_OR_APOSTROPHE.findall(folded):
        if word not in known:
            known[word] = _pair(word)
        pair = known[word]
        if pair is not None and second is not None:
            if second[1] or pair[1]:
                found.add(second[0] + pair[0])
            if first is not None and (first[1] or second[1] or pair[1]):
                found.add(first[0] + second[0] + pair[0])
        first, second = second, pair
    return found


def _pair(word: str) -> tuple[str, bool] | None:
    """Return a pair without disguise, and whether it has no vowel.

    None: the word is no pair of letters.
    """
    if len(word) != _PAIR or not any(char.isalpha() for char in word):
        return None
    plain = plainest(readings(word))
    return plain, plain.isascii() and _VOWELS.isdisjoint(plain)


def plainest(found: frozenset[str]) -> str:
    """Return the reading that has the fewest disguises."""
    return max(found, key=lambda word: (word.isascii() and word.isalpha(), word), default="")


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
