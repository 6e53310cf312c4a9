"""Folds a text to words, so that disguises make no difference, and looks for patterns of words.

Case, width, accents, invisible characters, look-alike letters, digits for letters, stretched letters, spaced letters
and some split words equal the plain word afterwards. Each step reads the text once.

Look-alike letters are from Unicode's confusables (https://www.unicode.org/reports/tr39/), as of confusable_homoglyphs
3.3.1, letters with a stroke, and small capitals. Only small letters that neither NFKC nor the removal of marks turns
into Latin ones.

A part of a pattern is a word, a beginning ("begin*"), an end ("*end"), something inside ("*in*") or a gap of up to
GAP_WORDS words ("..."). Each part but a gap is one bit, so that a few operations on integers take all patterns from one
word to the next. The cost is the same for each word, whatever patterns there are. This is the Shift-And algorithm, with
words for letters: https://en.wikipedia.org/wiki/Bitap_algorithm
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, Literal

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

GAP: Final = "..."
GAP_WORDS: Final = 5

_START_LETTERS: Final = 4
"""Letters of a starred part that are looked for first. More make a larger regular expression, and find little less."""

_LETTERS: Final[Mapping[str, str]] = {
    "a": "\u1d00\u0251\u03b1\u0430\u13aa\ua4ee",
    "b": "\u0299\u0185\u03b2\u0432\u044c\u13cf\u13f4\ua4d0\ua7b5",
    "c": "\u0441\u13df\u1d04\u2ca5\ua4da\U0001043d",
    "d": "\u1d05\u0111\u0501\u13a0\u13e7\ua4d2\ua4d3",
    "e": "\u1d07\u03b5\u0435\u04bd\u13ac\ua4f0\uab32",
    "f": "\u0192\ua730\u03dd\u0584\u1e9d\ua4dd\ua799\uab35",
    "g": "\u0262\u018d\u0261\u050d\u0581\u13c0\u13f3\u1d83\ua4d6",
    "h": "\u029c\u0127\u03b7\u043d\u04bb\u0570\u13bb\u13c2\u2c8f\ua4e7",
    "i": "\u0131\u0269\u026a\u03b9\u0456\u04cf\u13a5\ua647",
    "j": "\u1d0a\u029d\u03f3\u0458\u13ab\ua4d9",
    "k": "\u1d0b\u03ba\u043a\u13e6\u2c95\ua4d7",
    "l": "\u029f\u0142\u01c0\u13de\u2c93\u2cd1\ua4e1\ua4f2\U00010443",
    "m": "\u1d0d\u03bc\u03fb\u043c\u13b7\u2c99\ua4df",
    "n": "\u0274\u03bd\u0578\u057c\u2c9b\ua4e0",
    "o": "\u03c3\u00f8\u03bf\u043e\u0585\u1d0f\u1d11\u2c9f\ua4f3\uab3d\U0001042c\U000104ea",
    "p": "\u1d18\u03c1\u0440\u13e2\u2ca3\ua4d1",
    "q": "\u051b\u0563\u0566",
    "r": "\u0280\u0433\u13a1\u13b1\u13d2\u1d26\u2c85\ua4e3\uab47\uab48\U000104dc",
    "s": "\u01bd\u0455\u057f\u13d5\u13da\ua4e2\ua731\U00010448",
    "t": "\u1d1b\u0167\u03c4\u0442\u13a2\u2ca7\ua4d4",
    "u": "\u028b\u03c5\u057d\u1d1c\ua4f4\ua79f\uab4e\uab52\U000104f6",
    "v": "\u0475\u13d9\u1d20\ua4e6",
    "w": "\u026f\u0461\u051d\u0561\u13b3\u13d4\u1d21\ua4ea",
    "x": "\u03c7\u0445\u2cad\ua4eb\uab53",
    "y": "\u0263\u028f\u03b3\u0443\u04af\u13a9\u13bd\u1d8c\u1eff\u2ca9\ua4ec\uab5a",
    "z": "\u03b6\u13c3\u1d22\ua4dc",
}
"""By Latin letter. Escaped, because they can't be told apart here."""

TO_LATIN: Final = str.maketrans({other: letter for letter, others in _LETTERS.items() for other in others})
"""For `str.translate`, after case folding."""


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


class WordPatterns:
    """Patterns of words, compiled once."""

    def __init__(self, patterns: Iterable[Sequence[str]]) -> None:
        """Compile patterns, each of them a row of parts."""
        self._first = self._after_gap = self._last = 0
        """Bits of the parts that begin a pattern, follow on a gap, or end a pattern."""

        self._ends: dict[int, int] = {}
        """The place of a pattern, by the bit of its last part."""

        parts: list[tuple[str, int]] = []
        bit = 1
        for place, pattern in enumerate(patterns):
            self._first |= bit
            for part in pattern:
                if part == GAP:
                    self._after_gap |= bit
                else:
                    parts.append((part, bit))
                    bit <<= 1
            self._last |= bit >> 1
            self._ends[bit >> 1] = place
        self._parts = _Parts(parts)

    def first_in(self, sequences: Sequence[Sequence[frozenset[str]]]) -> int | None:
        """Return the place of the first pattern that sequences of words have.

        A word is the set of its readings.
        """
        words = set[frozenset[str]]().union(*sequences)
        found = self._parts.bits_of(set[str]().union(*words))
        if not found:
            return None
        has_none = found.keys().isdisjoint
        bits = {word: _union(found.get(reading, 0) for reading in word) for word in words if not has_none(word)}
        reached = 0
        for sequence in sequences:
            reached |= self._reached([bits.get(word, 0) for word in sequence])
        ends = reached & self._last
        return self._ends[ends & -ends] if ends else None

    def _reached(self, words: Iterable[int]) -> int:
        """Return the bits of the parts up to which a pattern matches."""
        rows = [0] * (GAP_WORDS + 1)
        """The parts reached at each word, with those before the first word."""

        reached = 0
        for bits in words:
            now = bits and bits & (self._first | rows[-1] << 1)
            if after_gap := bits & self._after_gap:
                now |= after_gap & _union(rows[-GAP_WORDS - 1 :]) << 1
            reached |= now
            rows.append(now)
        return reached


class _Parts:
    """The parts of all patterns, each with its bit."""

    def __init__(self, parts: Iterable[tuple[str, int]]) -> None:
        self._words: dict[str, int] = {}
        self._texts: dict[str, int] = {}
        """What a line of words has, with a space at each end of a part that has no star."""

        for part, bit in parts:
            if "*" in part:
                text = ("" if part[0] == "*" else " ") + bare(part) + ("" if part[-1] == "*" else " ")
                self._texts[text] = self._texts.get(text, 0) | bit
            else:
                self._words[bare(part)] = self._words.get(bare(part), 0) | bit
        self._lengths = {len(text) for text in self._texts}
        self._starts = re.compile(f"(?={_start(self._texts, _START_LETTERS)})")

    def bits_of(self, readings: AbstractSet[str]) -> dict[str, int]:
        """Return the bits of the parts that each reading has.

        Without readings that have none.
        """
        found = {reading: self._words[reading] for reading in readings & self._words.keys()}
        line = f" {' '.join(readings)} "
        for match in self._starts.finditer(line) if self._texts else ():
            start = match.start()
            for length in self._lengths:
                bits = self._texts.get(line[start : start + length])
                if bits is not None:
                    reading = line[line.rindex(" ", 0, start + 1) + 1 : line.index(" ", start + 1)]
                    found[reading] = found.get(reading, 0) | bits
        return found


def bare(part: str) -> str:
    """Return a part's word without its stars."""
    return plainest(readings(part.strip("*")))


def _start(texts: Iterable[str], letters: int) -> str:
    """Return a regular expression of the letters that texts begin with."""
    if not letters or "" in texts:
        return ""
    by_letter = itertools.groupby(sorted(texts), lambda text: text[0])
    branches = [re.escape(letter) + _start([text[1:] for text in each], letters - 1) for letter, each in by_letter]
    return f"(?:{'|'.join(branches)})"


def _union(bits: Iterable[int]) -> int:
    return functools.reduce(int.__or__, bits, 0)
