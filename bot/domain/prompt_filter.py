"""Rules against words in prompts, and whether a prompt breaks one.

A rule is one of

    word            the whole word, so that "ass" is not in "assassin"
    two words       these words in this order
    begin* *end *in*    words that begin, end, or contain so
    one ... other   up to five words in between

Rules are no regular expressions. All of them are looked for at once, so a prompt's cost grows with its length and no
rule can make it explode. Rules and prompts are folded alike; see text_folding.py for both. In Chinese and Japanese,
which put no spaces between words, a rule is found inside a longer run, too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.refusal import Refused
from bot.domain.text import Language, clean_text
from bot.domain.text_folding import GAP, MAX_WORD, Readings, WordPatterns, bare, fold, readings, sequences, split_words

MAX_RULES: Final = 1000

MAX_RULES_LENGTH: Final = 18_000
"""Characters of all rules, one a line: what the inputs of one form hold."""

CATEGORIES: Final = ("minors", "sexual", "gore", "slurs")
"""Of the presets, the most important first."""

OPERATOR: Final = "operator"
"""The category of the rules that hold in every server."""

OWN: Final = "own"
"""The category of the rules that a server's managers wrote."""

PRESETS: Final = tuple(f"{language.value}/{category}" for language in Language for category in CATEGORIES)

MAX_RULE_LENGTH: Final = 100
MAX_RULE_WORDS: Final = 8
MIN_STARRED: Final = 3
"""Letters beside a star: "a*" would be in every prompt."""

MAX_GAPS: Final = 2

_CJK_CHARS: Final = r"\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_RUN: Final = re.compile(rf"[\w{_CJK_CHARS}]+")
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


class FoldedPrompt:
    """A prompt, folded once for several filters."""

    def __init__(self, prompt: str) -> None:
        known = Readings()
        self.text = fold(prompt)
        self.sequences = sequences(self.text, known)
        self.split_words = split_words(self.text, known)


class PromptFilter:
    """The rules of a server, compiled once."""

    def __init__(self, rules: Iterable[FilterRule], *, skip_invalid: bool = False) -> None:
        """Compile rules, the most important first.

        Raises:
            ValueError: A rule is invalid, without `skip_invalid`.
        """
        self._order: dict[FilterRule, int] = {}
        self._runs: dict[str, FilterRule] = {}
        self._words: dict[str, FilterRule] = {}
        """The rules of one word, without its stars."""

        self._pattern_rules: list[FilterRule] = []
        patterns: list[Sequence[str]] = []
        for rule in rules:
            parts = _parse(rule.text)
            if not isinstance(parts, RuleProblem):
                self._order.setdefault(rule, len(self._order))
                if (run := _run_of(rule)) is not None:
                    self._runs.setdefault(run, rule)
                    continue
                if len(parts) == 1:
                    self._words.setdefault(bare(parts[0]), rule)
                self._pattern_rules.append(rule)
                patterns.append(parts)
            elif not skip_invalid:
                raise ValueError(f"{parts}: {rule.text}")
        self._patterns = WordPatterns(patterns)
        self._run_lengths = sorted({len(run) for run in self._runs})
        self._run_starts = frozenset(run[0] for run in self._runs)

    def broken_by(self, prompt: FoldedPrompt) -> FilterRule | None:
        """Return the first rule that a prompt breaks, for staff."""
        broken = {*self._in_runs(prompt.text)}
        broken.update(self._words[word] for word in prompt.split_words & self._words.keys())
        place = self._patterns.first_in(prompt.sequences)
        if place is not None:
            broken.add(self._pattern_rules[place])
        return min(broken, key=self._order.__getitem__, default=None)

    def _in_runs(self, folded: str) -> Iterator[FilterRule]:
        if not self._runs or _CJK.search(folded) is None:
            return
        for run in _runs(folded):
            if _CJK.search(run) is None:
                continue
            for start, char in enumerate(run):
                if char in self._run_starts and not _is_within_word(run, start):
                    for length in self._run_lengths:
                        rule = self._runs.get(run[start : start + length])
                        if rule is not None and not _is_within_word(run, start + length):
                            yield rule


def check_rule(text: str) -> RuleProblem | None:
    """Return why a text is no rule; None for a valid one."""
    parsed = _parse(text)
    return parsed if isinstance(parsed, RuleProblem) else None


def _parse(text: str) -> Sequence[str] | RuleProblem:
    """Return the parts of a rule, or why it is none."""
    if len(text) > MAX_RULE_LENGTH:
        return RuleProblem.TOO_LONG
    parts = _parts(text)
    if not any(part.strip("*") for part in parts if part != GAP):
        return RuleProblem.EMPTY
    if len(parts) > MAX_RULE_WORDS:
        return RuleProblem.TOO_MANY_WORDS
    if GAP in (parts[0], parts[-1]) or any(pair == (GAP, GAP) for pair in itertools.pairwise(parts)):
        return RuleProblem.GAP_AT_END
    if parts.count(GAP) > MAX_GAPS:
        return RuleProblem.TOO_MANY_GAPS
    problems = (problem for part in parts if part != GAP and (problem := _word_problem(part)))
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
    marked = text.replace("\u2026", GAP).replace(GAP, " \0 ")
    parts: list[str] = []
    for each in marked.split():
        if each == "\0":
            parts.append(GAP)
        else:
            parts += (part for part in _RULE_WORD.findall(fold(each)) if readings(part.replace("*", "")))
    return parts


def _run_of(rule: FilterRule) -> str | None:
    """Return what a rule is inside of runs.

    None where it is a pattern of words.
    """
    folded = fold(rule.text)
    if _CJK.search(folded) is None or "*" in folded or GAP in rule.text:
        return None
    runs = _runs(folded)
    return runs[0] if len(runs) == 1 else None


def _runs(folded: str) -> list[str]:
    return _RUN.findall(_SPACE_AT_CJK.sub("", folded).replace("_", " "))


def _is_within_word(run: str, at: int) -> bool:
    """Return whether a Latin word or number goes on there."""
    return 0 < at < len(run) and run[at - 1 : at + 1].isascii()


@dataclass(frozen=True, slots=True)
class WrongRule:
    """A rule that can't be used, and its line, from 1."""

    line: int
    text: str
    problem: RuleProblem


@dataclass(frozen=True, slots=True)
class WrongRules:
    """All rules that can't be used."""

    wrong: tuple[WrongRule, ...]


def split_rules(text: str) -> Sequence[tuple[int, str]]:
    """Return the lines of a text and their numbers, without empty ones."""
    lines = ((number, clean_text(line).strip()) for number, line in enumerate(text.splitlines(), start=1))
    return [(number, line) for number, line in lines if line]


def check_rules(lines: Iterable[tuple[int, str]]) -> tuple[str, ...] | WrongRules | Refused:
    """Return valid rules without repetitions, or what is wrong.

    Rules are the same where they are folded alike.
    """
    given = list(lines)
    problems = ((line, text, check_rule(text)) for line, text in given)
    wrong = tuple(WrongRule(line, text, problem) for line, text, problem in problems if problem is not None)
    if wrong:
        return WrongRules(wrong)
    kept: dict[str, str] = {}
    for _, text in given:
        kept.setdefault(fold(text), text)
    rules = tuple(kept.values())
    size = sum(len(rule) + 1 for rule in rules)
    if len(rules) <= MAX_RULES and size <= MAX_RULES_LENGTH:
        return rules
    most = {"max": MAX_RULES, "room": MAX_RULES_LENGTH}
    return Refused("setup-rules-too-many", {"rules": len(rules), "characters": size, **most})
