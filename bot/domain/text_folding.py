"""Folds a text to words, so that disguises make no difference.

Case, width, accents, invisible characters, look-alike letters, digits for letters, stretched letters, spaced letters
and some split words equal the plain word afterwards. Each step reads the text once.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

from bot.domain.look_alikes import TO_LATIN

MAX_WORD: Final = 40
"""Letters of a word that are looked at. A longer one is cut into pieces of this length."""

_MIN_SPACED: Final = 3
"""Single letters in a row that are read as a word, too: "b a d". Two are as likely to be initials."""

_PAIR: Final = 2
_VOWELS: Final = frozenset("aeiouy")

_KANA_MARKS: Final = frozenset({"\u3099", "\u309a"})
"""They make other letters, as from ha to ba, where an accent is only a disguise."""

_LOOSE_KANA_MARK: Final = re.compile("[\u3099\u309a](?<![\u3041-\u3098\u309b-\u30ff][\u3099\u309a])")
"""One that does not follow on a letter of kana."""

_HANGUL_FILLERS: Final = frozenset({"\u115f", "\u1160"})
"""Letters that nobody sees. NFKC makes these of the other two."""

_BOXED: Final = {
    chr(first + index): letter
    for first in (0x1F150, 0x1F170)
    for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")
}
"""White letters on black circles and squares, which NFKC leaves as they are."""

_REGIONAL: Final = {0x1F1E6 + index: letter for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
"""Letters that are shown as flags, two by two."""

_FLAGS: Final = re.compile("[\U0001f1e6-\U0001f1ff]+")
_FLAGS_OR_TEXT: Final = re.compile(f"{_FLAGS.pattern}|[^\U0001f1e6-\U0001f1ff]+")

_TO_MARKS: Final = {
    "\u0f73": "\u0f71\u0f72",
    "\u0f75": "\u0f71\u0f74",
    "\u0f81": "\u0f71\u0f80",
    "\uff9e": "\u3099",
    "\uff9f": "\u309a",
}
"""All that is no mark by itself, but that normalization makes marks of."""

_MANY_MARKS: Final = re.compile("[^\\w\\s\u2000-\u20cf\u2100-\u2cee\u3200-\ua66e\U0001f000-\U0010ffff]{30,}")
"""Marks. There may be some symbols among them, which do no harm."""

_INVISIBLE: Final = frozenset({"Cf", "Mn", "Me", "Cc"})

_IN_WORD: Final = r"[\w@$!|]"
"""A character of a word, once underscores are blanks. A set of one kind is what `re` reads fastest."""

_PIECE: Final = re.compile(rf"{_IN_WORD}{{1,{MAX_WORD}}}")
_WORD_OR_APOSTROPHE: Final = re.compile(rf"{_IN_WORD}+|['\u2019]")
_ROW: Final = re.compile(rf"(?<!\S)\S(?: \S){{{_MIN_SPACED - 1},}}(?!\S)")
"""Single letters, among pieces with a space in between."""

_SYMBOLS: Final = "@$!|"
_FROM_DIGITS: Final = str.maketrans("0134578@$!|", "oieastbasil")
_STRETCHED: Final = re.compile(r"(.)\1\1+")


def fold(text: str) -> str:
    """Fold case, width, accents and invisible characters.

    Spaces stay, and so do letters of other alphabets.
    """
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFD", _normalize("NFKC", text).casefold())
    chars = {*decomposed}
    if "".join(chars.difference(_BOXED)).isascii():
        return "".join([_BOXED.get(char, char) for char in decomposed])
    shown = {char: _shown(char) for char in chars}
    return _normalize("NFC", _LOOSE_KANA_MARK.sub("", "".join([shown[char] for char in decomposed])))


def _shown(char: str) -> str:
    if char.isspace():
        return " "
    is_invisible = unicodedata.category(char) in _INVISIBLE or char in _HANGUL_FILLERS
    return "" if is_invisible and char not in _KANA_MARKS else _BOXED.get(char, char)


def _normalize(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Normalize a text, however many marks are in a row.

    `unicodedata.normalize` sorts them in quadratic time, but not where they are sorted already.
    """
    for char, marks in _TO_MARKS.items():
        text = text.replace(char, marks)
    return unicodedata.normalize(form, _MANY_MARKS.sub(_sort_marks, text))


def _sort_marks(found: re.Match[str]) -> str:
    rows = itertools.groupby(found[0], lambda char: unicodedata.combining(char) > 0)
    return "".join([char for _, row in rows for char in sorted(row, key=unicodedata.combining)])


class Readings(dict[str, frozenset[str]]):
    """All readings of a text's words, each found once."""

    def __missing__(self, word: str) -> frozenset[str]:
        found = self[word] = readings(word)
        return found

    def read(self, words: Iterable[str]) -> None:
        """Find the readings of many words, faster than one by one."""
        self.update({word: readings(word) for word in {*words}.difference(self)})


def sequences(folded: str, known: Readings) -> tuple[list[frozenset[str]], ...]:
    """Split a folded text into words, each with all its readings.

    Where single letters follow one another, there is a second sequence, in which each row is one word. Flags are read
    as their letters, as a part of the word beside them and apart from it.
    """
    spaced = folded.replace("_", " ")
    if _FLAGS.search(spaced) is None:
        return _sequences(spaced, known)
    apart = "_".join(_FLAGS_OR_TEXT.findall(spaced)).translate(_REGIONAL)
    return (*_sequences(apart.replace("_", ""), known), *_sequences(apart.replace("_", " "), known))


def _sequences(spaced: str, known: Readings) -> tuple[list[frozenset[str]], ...]:
    found = _PIECE.findall(spaced)
    known.read(found)
    pieces = [piece for piece in found if known[piece]]
    plain = [known[piece] for piece in pieces]
    text = " ".join(pieces)
    rows = [*_ROW.finditer(text)]
    if not rows:
        return (plain,)
    joined: list[frozenset[str]] = []
    end = 0
    for row in rows:
        joined += [known[piece] for piece in text[end : row.start()].split()]
        joined += _joined(row[0].replace(" ", ""), known)
        end = row.end()
    joined += [known[piece] for piece in text[end:].split()]
    return plain, joined


def split_words(folded: str, known: Readings) -> set[str]:
    """Return the words that pairs of letters make, as in "fu ck".

    Two pairs, or three. Only where one of them has no vowel, so that it is no word of its own: otherwise too many
    innocent words would meet, as in "si no". An apostrophe ends a row: "he'll" is two words.
    """
    words = _WORD_OR_APOSTROPHE.findall(folded.replace("_", " "))
    pairs = {word: _pair(word, known) for word in set(words) if len(word) == _PAIR}
    found: set[str] = set()
    first = second = None
    for pair in map(pairs.get, words):
        if pair is not None and second is not None:
            if second[1] or pair[1]:
                found.add(second[0] + pair[0])
            if first is not None and (first[1] or second[1] or pair[1]):
                found.add(first[0] + second[0] + pair[0])
        first, second = second, pair
    return found


def _pair(word: str, known: Readings) -> tuple[str, bool] | None:
    """Return a pair without disguise, and whether it has no vowel.

    None: the word is no pair of letters.
    """
    if not word.isalpha() and not any(map(str.isalpha, word)):
        return None
    plain = plainest(known[word])
    return plain, plain.isascii() and _VOWELS.isdisjoint(plain)


def plainest(found: frozenset[str]) -> str:
    """Return the reading that has the fewest disguises."""
    return max(found, key=lambda word: (word.isascii() and word.isalpha(), word), default="")


def readings(word: str) -> frozenset[str]:
    """Return a folded word as it is, and without its disguises."""
    latin = word if word.isascii() else word.translate(TO_LATIN)
    if latin.isalpha():
        if not _STRETCHED.search(latin):
            return frozenset((word, latin))
        letters = latin
        found = {word, latin}
    else:
        letters = latin.translate(_FROM_DIGITS)
        bare = latin.strip(_SYMBOLS)
        found = {word.strip(_SYMBOLS), bare}
        if any(map(str.isalpha, bare)):
            found |= {letters, bare.translate(_FROM_DIGITS)}
    if _STRETCHED.search(letters):
        for each in [*found]:
            parts = _STRETCHED.split(each)
            found.add("".join(parts))
            parts[1::2] = [char * 2 for char in parts[1::2]]
            found.add("".join(parts))
    found.discard("")
    return frozenset(found)


def _joined(run: str, known: Readings) -> list[frozenset[str]]:
    """Read single letters in a row as one word.

    Also without its ends: "a b a d" begins with a word of one letter.
    """
    first, *rest = [known[piece] for piece in _PIECE.findall(run)]
    shorter = [each for each in (run[1:], run[:-1], run[1:-1]) if _MIN_SPACED <= len(each) < MAX_WORD]
    return [first.union(*[known[each] for each in shorter]), *rest]
