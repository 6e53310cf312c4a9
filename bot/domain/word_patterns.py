"""Patterns of words, all looked for at once.

A part of a pattern is a word, a beginning ("begin*"), an end ("*end"), something inside ("*in*") or a gap of up to
GAP_WORDS words ("...").

Each part but a gap is one bit, so that a few operations on integers take all patterns from one word to the next. The
cost is the same for each word, whatever patterns there are. This is the Shift-And algorithm, with words for letters:
https://en.wikipedia.org/wiki/Bitap_algorithm
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from bot.domain.text_folding import plainest, readings

GAP: Final = "..."
GAP_WORDS: Final = 5

_START_LETTERS: Final = 4
"""Letters of a starred part that are looked for first. More make a larger regular expression, and find little less."""


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
        bits = {word: _union(found, word) for word in words if not has_none(word)}
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
                earlier = 0
                for row in rows[-GAP_WORDS - 1 :]:
                    earlier |= row
                now |= after_gap & earlier << 1
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


def _union(found: dict[str, int], word: frozenset[str]) -> int:
    bits = 0
    for reading in word:
        bits |= found.get(reading, 0)
    return bits
