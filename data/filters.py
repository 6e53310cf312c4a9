"""The rules for prompts: those of servers, compiled and kept for the next order, the operator's, and presets.

A server's rules are read in the transaction of each order, and are themselves the key of their compiled filter. So a
change counts at once, in every process. A thousand rules take up to 160 ms to compile, and a transaction holds locks.
So where the rules are new, the database compiles them between two attempts (`RulesNotCompiled`).

The operator's rules hold in every server. They are a text file with a rule on each line; bot/domain/prompt_filter.py
has the syntax. A line that begins with # is a comment, and one such as "@en-US/minors" stands for a preset. Presets are
in data/prompt_filters, a file for each language.
"""

from __future__ import annotations

import asyncio
import functools
import threading
import tomllib
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from bot.core.errors import PromptFilterError, one_line
from bot.domain.prompt_filter import (
    CATEGORIES,
    MAX_RULES,
    OPERATOR,
    OWN,
    PRESETS,
    FilterRule,
    FoldedPrompt,
    PromptFilter,
    RuleProblem,
    check_rule,
    split_rules,
)
from bot.domain.server_setup import ServerSetup
from bot.domain.text import Language

_MAX_KEPT_WORDS: Final = 20_000
"""Words of the rules in all compiled filters together. A thousand take up to 1.5 MB."""

_Key: TypeAlias = tuple[bool, tuple[str, ...]]
"""Whether these are presets, and their names; else the rules."""


_MAX_BYTES: Final = 1024 * 1024


PROBLEMS: Final = {
    RuleProblem.EMPTY: "has no letters",
    RuleProblem.TOO_LONG: "is longer than 100 characters",
    RuleProblem.TOO_MANY_WORDS: "has more than 8 words",
    RuleProblem.WORD_TOO_LONG: "has a word of more than 40 letters",
    RuleProblem.STAR_INSIDE: "has a star inside a word; stars are for the beginning and the end",
    RuleProblem.STAR_TOO_WIDE: "has a star beside fewer than 3 letters",
    RuleProblem.GAP_AT_END: "has ... that isn't between two words",
    RuleProblem.TOO_MANY_GAPS: "has ... more than twice",
}


class RulesNotCompiled(Exception):
    """A transaction needs rules that are not compiled. It is rolled back, and runs again once they are."""

    def __init__(self, filters: CompiledFilters, setup: ServerSetup) -> None:
        super().__init__()
        self._filters = filters
        self._setup = setup

    async def compile(self) -> None:
        """Compile them. Transactions that wait for the same rules compile them once."""
        async with self._filters.compiling:
            if not self._filters.has_compiled(self._setup):
                await asyncio.to_thread(self._filters.compile, self._setup)


class CompiledFilters:
    """Asks the operator's rules, a server's presets and its own rules."""

    def __init__(self, operator_rules: Sequence[FilterRule] = ()) -> None:
        """Compile the operator's rules.

        Raises:
            ValueError: One of them is invalid.
        """
        self._operator = PromptFilter(operator_rules)
        self._has_operator_rules = bool(operator_rules)
        self._compiled: OrderedDict[_Key, tuple[PromptFilter, int]] = OrderedDict()
        self._lock = threading.Lock()  # transactions run in threads
        self.compiling = asyncio.Lock()
        """Held while `compile` runs."""

    def broken_by(self, setup: ServerSetup, prompt: str) -> FilterRule | None:
        """Return the rule that a prompt breaks in a server.

        Raises:
            RulesNotCompiled: The server's rules are new. The database compiles them, and repeats the transaction.
        """
        if not (self._has_operator_rules or setup.filter_presets or setup.filter_rules):
            return None
        compiled = self._find(_keys(setup))
        if compiled is None:
            raise RulesNotCompiled(self, setup)
        folded = FoldedPrompt(prompt)
        found = (each.broken_by(folded) for each in (self._operator, *compiled))
        return next((rule for rule in found if rule is not None), None)

    def compile(self, setup: ServerSetup) -> None:
        """Compile a server's rules that are not compiled yet, and keep them at least until the next call."""
        keys = _keys(setup)
        for key in keys:
            if self._find([key]) is None:
                rules = _rules(key)
                compiled, words = PromptFilter(rules, skip_invalid=True), sum(len(rule.text.split()) for rule in rules)
                with self._lock:
                    self._compiled[key] = compiled, words
        with self._lock:
            kept = self._compiled
            while len(kept) > len(keys) and sum(words for _, words in kept.values()) > _MAX_KEPT_WORDS:
                kept.popitem(last=False)

    def has_compiled(self, setup: ServerSetup) -> bool:
        """Return whether all rules of a server are compiled."""
        return self._find(_keys(setup)) is not None

    def _find(self, keys: Sequence[_Key]) -> Sequence[PromptFilter] | None:
        """Return the filters of these keys, now used last; None where one is not compiled."""
        with self._lock:
            if any(key not in self._compiled for key in keys):
                return None
            for key in keys:
                self._compiled.move_to_end(key)
            return [self._compiled[key][0] for key in keys]


def _keys(setup: ServerSetup) -> Sequence[_Key]:
    return [key for key in ((True, setup.filter_presets), (False, setup.filter_rules)) if key[1]]


def _rules(key: _Key) -> Sequence[FilterRule]:
    """Return what a key stands for.

    Another version of the bot may have written presets and rules that this one does not know: both are skipped.
    """
    are_presets, names = key
    if are_presets:
        return rules_of(name for name in names if name in PRESETS)
    return [FilterRule(text, OWN) for text in names]


def load_operator_rules(path: Path | None) -> tuple[FilterRule, ...]:
    """Load the rules of a file; none without one.

    Raises:
        PromptFilterError: It can't be read, or has wrong lines; one problem for each, with its line.
    """
    if path is None:
        return ()
    rules: list[FilterRule] = []
    problems: list[str] = []
    for number, line in split_rules(_read(path)):
        if line.startswith("#"):
            continue
        if line.startswith("@"):
            name = line.removeprefix("@").strip()
            if name in PRESETS:
                rules += (FilterRule(rule.text, OPERATOR) for rule in rules_of([name]))
            else:
                problems.append(f"{path} line {number}: there is no preset {name}. Presets: {', '.join(PRESETS)}")
        elif (problem := check_rule(line)) is not None:
            problems.append(f"{path} line {number}: the rule {PROBLEMS[problem]}")
        else:
            rules.append(FilterRule(line, OPERATOR))
    if len(rules) > MAX_RULES:
        problems.append(f"{path} has {len(rules):,} rules, presets included, and may have {MAX_RULES:,}")
    if problems:
        raise PromptFilterError(tuple(problems))
    return tuple(rules)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise PromptFilterError((f"{path} is larger than 1 MiB",))
        return path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise PromptFilterError((f"{path} can't be read: {one_line(exc)}. Check PROMPT_FILTER_PATH.",)) from exc
    except UnicodeDecodeError as exc:
        raise PromptFilterError((f"{path} isn't UTF-8 text",)) from exc


@functools.cache
def load_preset(language: Language) -> tuple[FilterRule, ...]:
    """Load a language's rules."""
    path = Path(__file__).parent / "prompt_filters" / f"{language.value}.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(FilterRule(text, category) for category in CATEGORIES for text in found[category]["rules"])


def rules_of(presets: Iterable[str]) -> tuple[FilterRule, ...]:
    """Return the rules of presets, the most important first.

    A preset is named by its language and category, such as "de/slurs".
    """
    named = [(Language(language), category) for language, category in (each.split("/") for each in presets)]
    return tuple(
        rule
        for category in CATEGORIES
        for language, chosen in named
        if chosen == category
        for rule in load_preset(language)
        if rule.category == category
    )
