"""Rules against words in prompts, and whether a prompt breaks one.

A rule is one of

    word            the whole word, so that "ass" is not in "assassin"
    two words       these words in this order
    begin* *end *in*    words that begin, end, or contain so
    one ... other   up to five words in between

Rules are no regular expressions. All of them are one tree that a prompt's words walk down together, so its cost grows
with the prompt's length and no rule can make it explode. Rules and prompts are folded alike; see text_folding.py. In
Chinese and Japanese, which put no spaces between words, a rule is found inside a longer run, too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.domain.text_folding import MAX_WORD, fold, readings, sequences

MAX_RULE_LENGTH: Final = 100
MAX_RULE_WORDS: Final = 8
MIN_STARRED: Final = 3
"""Letters beside a star: "a*" would be in every prompt."""

MAX_GAPS: Final = 2
GAP_WORDS: Final = 5

_GAP: Final = "..."
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_CJK_RUN: Final = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")

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


@dataclass(slots=True)
class _Parts:
    """Nodes by a part of a word, and the parts' lengths."""

    nodes: dict[str, _Node] = field(default_factory=dict[str, "_Node"])
    lengths: set[int] = field(default_factory=set[int])

    def child(self, part: str) -> _Node:
        """Return the node for a part, made where there is none."""
        self.lengths.add(len(part))
        return self.nodes.setdefault(part, _Node())


@dataclass(slots=True)
class _Node:
    """What may follow on the words so far."""

    exact: dict[str, _Node] = field(default_factory=dict[str, "_Node"])
    prefix: _Parts = field(default_factory=_Parts)
    suffix: _Parts = field(default_factory=_Parts)
    inside: _Parts = field(default_factory=_Parts)
    gap: _Node | None = None
    rule: FilterRule | None = None


class PromptFilter:
    """The rules of a server, compiled once."""

    def __init__(self, rules: Iterable[FilterRule]) -> None:
        """Compile valid rules, the most important first.

        Raises:
            ValueError: A rule is invalid.
        """
        self._root = _Node()
        self._runs: dict[str, FilterRule] = {}
        self._order: dict[FilterRule, int] = {}
        for rule in rules:
            if (problem := check_rule(rule.text)) is not None:
                raise ValueError(f"{problem}: {rule.text}")
            self._order.setdefault(rule, len(self._order))
            self._add(rule)
        self._run_lengths = sorted({len(run) for run in self._runs})
        self._run_starts = frozenset(run[0] for run in self._runs)

    def broken_by(self, prompt: str) -> FilterRule | None:
        """Return the first rule that a prompt breaks, for staff."""
        folded = fold(prompt)
        broken = {*self._in_runs(folded)}
        for found in sequences(folded):
            broken.update(self._in_words(found))
        return min(broken, key=self._order.__getitem__, default=None)

    def _add(self, rule: FilterRule) -> None:
        folded = fold(rule.text)
        if _CJK.search(folded) and "*" not in folded and _GAP not in rule.text:
            self._runs.setdefault("".join(folded.split()), rule)
            return
        node = self._root
        for part in _parts(rule.text):
            if part == _GAP:
                node.gap = node.gap or _Node()
                node = node.gap
            else:
                node = _child(node, part)
        node.rule = node.rule or rule

    def _in_runs(self, folded: str) -> Iterator[FilterRule]:
        if not self._runs:
            return
        for found in _CJK_RUN.finditer("".join(folded.split())):
            run = found[0]
            for start, char in enumerate(run):
                if char in self._run_starts:
                    for length in self._run_lengths:
                        if (rule := self._runs.get(run[start : start + length])) is not None:
                            yield rule

    def _in_words(self, found: list[frozenset[str]]) -> Iterator[FilterRule]:
        active: dict[int, tuple[_Node, int]] = {}
        for word in found:
            following: dict[int, tuple[_Node, int]] = {}
            for node, left in (*active.values(), (self._root, 0)):
                if left:  # this word may be one of the gap
                    _keep(following, node, left - 1)
                for reached in _reached(node, word):
                    if reached.rule is not None:
                        yield reached.rule
                    _keep(following, reached, 0)
                    if reached.gap is not None:
                        _keep(following, reached.gap, GAP_WORDS)
            active = following


def check_rule(text: str) -> RuleProblem | None:
    """Return why a text is no rule; None for a valid one."""
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
    return next((problem for part in parts if part != _GAP and (problem := _word_problem(part))), None)


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


def _child(node: _Node, part: str) -> _Node:
    """Return the node for a word, made where there is none."""
    bare = max(readings(part.strip("*")), key=_plainness)
    if part.startswith("*"):
        return (node.inside if part.endswith("*") else node.suffix).child(bare)
    return node.prefix.child(bare) if part.endswith("*") else node.exact.setdefault(bare, _Node())


def _plainness(word: str) -> tuple[bool, str]:
    return word.isascii() and word.isalpha(), word


def _reached(node: _Node, word: frozenset[str]) -> Iterator[_Node]:
    """Yield the nodes that a word leads to, in any reading."""
    for reading in word:
        if (found := node.exact.get(reading)) is not None:
            yield found
        for length in node.prefix.lengths:
            if (found := node.prefix.nodes.get(reading[:length])) is not None:
                yield found
        for length in node.suffix.lengths:
            if (found := node.suffix.nodes.get(reading[-length:])) is not None:
                yield found
        for length in node.inside.lengths:
            for start in range(len(reading) - length + 1):
                if (found := node.inside.nodes.get(reading[start : start + length])) is not None:
                    yield found


def _keep(following: dict[int, tuple[_Node, int]], node: _Node, left: int) -> None:
    """Keep each node once, with the longest rest of its gap."""
    before = following.get(id(node))
    if before is None or before[1] < left:
        following[id(node)] = (node, left)
