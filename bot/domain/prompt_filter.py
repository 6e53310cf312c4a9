"""Rules against words in prompts, and whether a prompt breaks one.

A rule is one of

    word            the whole word, so that "ass" is not in "assassin"
    two words       these words in this order
    begin* *end *in*    words that begin, end, or contain so
    one ... other   up to five words in between

Rules are no regular expressions. All of them are one tree that a prompt's words walk down together, so its cost grows
with the prompt's length and no rule can make it explode. What is looked for in a word is looked for once, however many
places of the tree ask for it. Rules and prompts are folded alike; see text_folding.py. In Chinese and Japanese, which
put no spaces between words, a rule is found inside a longer run, too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.domain.text_folding import MAX_WORD, fold, plainest, readings, sequences, split_words

MAX_RULE_LENGTH: Final = 100
MAX_RULE_WORDS: Final = 8
MIN_STARRED: Final = 3
"""Letters beside a star: "a*" would be in every prompt."""

MAX_GAPS: Final = 2
GAP_WORDS: Final = 5

_GAP: Final = "..."
_CJK_CHARS: Final = r"\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_RUN: Final = re.compile(rf"(?:[^\W_]|[{_CJK_CHARS}])+")
"""Also with the Latin letters and digits that are written without a space, as in "18禁"."""

_SPACE_AT_CJK: Final = re.compile(rf"(?<=[{_CJK_CHARS}])\s+|\s+(?=[{_CJK_CHARS}])")

_RULE_WORD: Final = re.compile(r"\*?(?:[^\W_]|[@$!|])+(?:\*(?:[^\W_]|[@$!|])+)*\*?")


class RuleProblem(StrEnum):
    """Why a text is no rule."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY_WORDS = "too_many_words"
    WORD_TOO_LONG = "word_too_long"
    STAR_INSIDE = "star_inside"
    """A star is at the beginning or at the end of a word."""

    STAR_TOO_WIDE = "star_too_wide"
    GAP_AT_END = "gap_at_end"
    """A gap is between two words."""

    TOO_MANY_GAPS = "too_many_gaps"


@dataclass(frozen=True, slots=True)
class FilterRule:
    """A valid rule.

    `text` is what staff typed and read; no member does. `category` is where it comes from, such as a preset.
    """

    text: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class FoldedPrompt:
    """A prompt, folded once for several filters."""

    text: str
    sequences: tuple[list[frozenset[str]], ...]
    split_words: set[str]

    @staticmethod
    def of(prompt: str) -> FoldedPrompt:
        """Fold a prompt."""
        folded = fold(prompt)
        return FoldedPrompt(folded, sequences(folded), split_words(folded))


@dataclass(slots=True)
class _Numbers:
    """Numbers of one kind of parts, such as beginnings."""

    by_text: dict[str, int] = field(default_factory=dict[str, int])
    lengths: set[int] = field(default_factory=set[int])

    def add(self, text: str, number: int) -> int:
        """Return a part's number, `number` for a new one."""
        self.lengths.add(len(text))
        return self.by_text.setdefault(text, number)


class _Parts:
    """Numbers of the rules' different words, each with its stars."""

    def __init__(self) -> None:
        self._exact, self._prefixes, self._suffixes, self._insides = _Numbers(), _Numbers(), _Numbers(), _Numbers()
        self._count = 0

    def number(self, part: str) -> int:
        """Return the number of a rule's word."""
        self._count += 1
        bare = _bare(part)
        match part.startswith("*"), part.endswith("*"):
            case True, True:
                kind = self._insides
            case True, False:
                kind = self._suffixes
            case False, True:
                kind = self._prefixes
            case _:
                kind = self._exact
        return kind.add(bare, self._count)

    def found_in(self, word: frozenset[str]) -> frozenset[int]:
        """Return the parts that a word has, in any reading."""
        return frozenset(number for reading in word for number in self._found(reading))

    def _found(self, reading: str) -> Iterator[int]:
        ends = (
            (self._exact, (reading,)),
            (self._prefixes, (reading[:length] for length in self._prefixes.lengths)),
            (self._suffixes, (reading[-length:] for length in self._suffixes.lengths)),
            (
                self._insides,
                (
                    reading[start : start + length]
                    for length in self._insides.lengths
                    for start in range(len(reading) - length + 1)
                ),
            ),
        )
        for numbers, texts in ends:
            for text in texts:
                if (number := numbers.by_text.get(text)) is not None:
                    yield number


@dataclass(slots=True)
class _Node:
    """What may follow on the words so far, by part."""

    following: dict[int, _Node] = field(default_factory=dict[int, "_Node"])
    gap: _Node | None = None
    rule: FilterRule | None = None


class PromptFilter:
    """The rules of a server, compiled once."""

    def __init__(self, rules: Iterable[FilterRule], *, skip_invalid: bool = False) -> None:
        """Compile rules, the most important first.

        Raises:
            ValueError: A rule is invalid, without `skip_invalid`.
        """
        self._root = _Node()
        self._parts = _Parts()
        self._runs: dict[str, FilterRule] = {}
        self._words: dict[str, FilterRule] = {}
        """The rules of one word, without its stars."""

        self._order: dict[FilterRule, int] = {}
        for rule in rules:
            parts = _parse(rule.text)
            if not isinstance(parts, RuleProblem):
                self._order.setdefault(rule, len(self._order))
                self._add(rule, parts)
            elif not skip_invalid:
                raise ValueError(f"{parts}: {rule.text}")
        self._run_lengths = sorted({len(run) for run in self._runs})
        self._run_starts = frozenset(run[0] for run in self._runs)

    def broken_by(self, prompt: str) -> FilterRule | None:
        """Return the first rule that a prompt breaks, for staff."""
        return self.broken_by_folded(FoldedPrompt.of(prompt))

    def broken_by_folded(self, prompt: FoldedPrompt) -> FilterRule | None:
        """Return the same for a prompt that is folded already."""
        broken = {*self._in_runs(prompt.text)}
        broken.update(self._words[word] for word in prompt.split_words & self._words.keys())
        known: dict[frozenset[str], frozenset[int]] = {}
        for found in prompt.sequences:
            broken.update(self._in_words(found, known))
        return min(broken, key=self._order.__getitem__, default=None)

    def _add(self, rule: FilterRule, parts: Sequence[str]) -> None:
        folded = fold(rule.text)
        if _CJK.search(folded) and "*" not in folded and _GAP not in rule.text:
            runs = _RUN.findall(_SPACE_AT_CJK.sub("", folded))
            if len(runs) == 1:
                self._runs.setdefault(runs[0], rule)
                return
        node = self._root
        for part in parts:
            if part == _GAP:
                node.gap = node.gap or _Node()
                node = node.gap
            else:
                node = node.following.setdefault(self._parts.number(part), _Node())
        node.rule = node.rule or rule
        if len(parts) == 1:
            self._words.setdefault(_bare(parts[0]), rule)

    def _in_runs(self, folded: str) -> Iterator[FilterRule]:
        if not self._runs:
            return
        for found in _RUN.finditer(_SPACE_AT_CJK.sub("", folded)):
            run = found[0]
            if _CJK.search(run) is None:
                continue
            for start, char in enumerate(run):
                if char in self._run_starts and not _is_within_word(run, start):
                    for length in self._run_lengths:
                        rule = self._runs.get(run[start : start + length])
                        if rule is not None and not _is_within_word(run, start + length):
                            yield rule

    def _in_words(
        self, found: list[frozenset[str]], known: dict[frozenset[str], frozenset[int]]
    ) -> Iterator[FilterRule]:
        """Yield the rules that words break.

        `known` has the parts of the words that were looked at.
        """
        active: dict[int, tuple[_Node, int]] = {}
        for word in found:
            parts = known.get(word)
            if parts is None:
                parts = known[word] = self._parts.found_in(word)
            following: dict[int, tuple[_Node, int]] = {}
            for node, left in (*active.values(), (self._root, 0)):
                if left:  # this word may be one of the gap
                    _keep(following, node, left - 1)
                for reached in _reached(node, parts):
                    if reached.rule is not None:
                        yield reached.rule
                    _keep(following, reached, 0)
                    if reached.gap is not None:
                        _keep(following, reached.gap, GAP_WORDS)
            active = following


def check_rule(text: str) -> RuleProblem | None:
    """Return why a text is no rule; None for a valid one."""
    parsed = _parse(text)
    return parsed if isinstance(parsed, RuleProblem) else None


def _parse(text: str) -> Sequence[str] | RuleProblem:
    """Return the parts of a rule, or why it is none."""
    if len(text) > MAX_RULE_LENGTH:
        return RuleProblem.TOO_LONG
    parts = _parts(text)
    if not any(part.strip("*") for part in parts if part != _GAP):
        return RuleProblem.EMPTY
    if len(parts) > MAX_RULE_WORDS:
        return RuleProblem.TOO_MANY_WORDS
    if _GAP in (parts[0], parts[-1]) or any(pair == (_GAP, _GAP) for pair in itertools.pairwise(parts)):
        return RuleProblem.GAP_AT_END
    if parts.count(_GAP) > MAX_GAPS:
        return RuleProblem.TOO_MANY_GAPS
    problems = (problem for part in parts if part != _GAP and (problem := _word_problem(part)))
    return next(problems, parts)


def _word_problem(part: str) -> RuleProblem | None:
    bare = part.removeprefix("*").removesuffix("*")
    if "*" in bare:
        return RuleProblem.STAR_INSIDE
    if len(bare) > MAX_WORD:
        return RuleProblem.WORD_TOO_LONG
    return RuleProblem.STAR_TOO_WIDE if bare != part and len(bare) < MIN_STARRED else None


def _parts(text: str) -> list[str]:
    """Split a rule into folded words with their stars, and gaps."""
    marked = text.replace("\u2026", _GAP).replace(_GAP, " \0 ")
    parts: list[str] = []
    for each in marked.split():
        if each == "\0":
            parts.append(_GAP)
        else:
            parts += (part for part in _RULE_WORD.findall(fold(each)) if readings(part.replace("*", "")))
    return parts


def _bare(part: str) -> str:
    """Return a rule's word without its stars."""
    return plainest(readings(part.strip("*")))


def _reached(node: _Node, parts: frozenset[int]) -> Iterator[_Node]:
    """Yield the nodes that a word leads to, by its parts."""
    following = node.following
    if len(following) < len(parts):
        yield from (reached for part, reached in following.items() if part in parts)
    else:
        yield from (following[part] for part in parts if part in following)


def _is_within_word(run: str, at: int) -> bool:
    """Return whether a Latin word or number goes on there."""
    return 0 < at < len(run) and run[at - 1 : at + 1].isascii()


def _keep(following: dict[int, tuple[_Node, int]], node: _Node, left: int) -> None:
    """Keep each node once, with the longest rest of its gap."""
    before = following.get(id(node))
    if before is None or before[1] < left:
        following[id(node)] = (node, left)
