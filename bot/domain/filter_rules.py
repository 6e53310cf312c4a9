"""Rules of managers and of the operator for the prompt filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.language import Language
from bot.domain.prompt_filter import RuleProblem, check_rule
from bot.domain.text import clean_text
from bot.domain.text_folding import fold

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


@dataclass(frozen=True, slots=True)
class RulesTooLong:
    """More rules than a server can have, or longer ones together."""

    rules: int
    characters: int


def split_rules(text: str) -> Sequence[tuple[int, str]]:
    """Return the lines of a text and their numbers, without empty ones."""
    lines = ((number, clean_text(line).strip()) for number, line in enumerate(text.splitlines(), start=1))
    return [(number, line) for number, line in lines if line]


def check_rules(lines: Iterable[tuple[int, str]]) -> tuple[str, ...] | WrongRules | RulesTooLong:
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
    return RulesTooLong(len(rules), size) if len(rules) > MAX_RULES or size > MAX_RULES_LENGTH else rules
