"""The prompt filters of servers, compiled and kept for the next order.

A server's rules are read in the transaction of each order, and are themselves the key of their compiled filter. So a
change counts at once, in every process. A thousand rules take up to 160 ms to compile, and a transaction holds locks.
So where the rules are new, the database compiles them between two attempts (`RulesNotCompiled`).
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final, TypeAlias

from bot.domain.filter_rules import OWN, PRESETS
from bot.domain.prompt_filter import FilterRule, FoldedPrompt, PromptFilter
from bot.domain.server_setup import ServerSetup
from data.filter_presets import rules_of

_MAX_KEPT_WORDS: Final = 20_000
"""Words of the rules in all compiled filters together. A thousand take up to 1.5 MB."""

_Key: TypeAlias = tuple[bool, tuple[str, ...]]
"""Whether these are presets, and their names; else the rules."""


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
        self._kept_words = 0
        self._lock = threading.Lock()  # transactions run in threads
        self.compiling = asyncio.Lock()
        """Held while `compile` runs."""

    def broken_by(self, setup: ServerSetup, prompt: str) -> FilterRule | None:
        """Return the rule that a prompt breaks in a server.

        Raises:
            RulesNotCompiled: The server's rules are new. The database compiles them, and repeats the transaction.
        """
        keys = _keys(setup)
        if not keys and not self._has_operator_rules:
            return None
        compiled = self._find(keys)
        if compiled is None:
            raise RulesNotCompiled(self, setup)
        folded = FoldedPrompt.of(prompt)
        found = (each.broken_by_folded(folded) for each in (self._operator, *compiled))
        return next((rule for rule in found if rule is not None), None)

    def compile(self, setup: ServerSetup) -> None:
        """Compile a server's rules that are not compiled yet, and keep them at least until the next call."""
        keys = _keys(setup)
        for key in keys:
            if self._find([key]) is not None:
                continue
            rules = _rules(key)
            compiled, words = PromptFilter(rules, skip_invalid=True), sum(len(rule.text.split()) for rule in rules)
            with self._lock:
                self._compiled[key] = compiled, words
                self._kept_words += words
        with self._lock:
            while self._kept_words > _MAX_KEPT_WORDS and len(self._compiled) > len(keys):
                _, (_, size) = self._compiled.popitem(last=False)
                self._kept_words -= size

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
    return [
        *([(True, setup.filter_presets)] if setup.filter_presets else []),
        *([(False, setup.filter_rules)] if setup.filter_rules else []),
    ]


def _rules(key: _Key) -> Sequence[FilterRule]:
    """Return what a key stands for.

    Another version of the bot may have written presets and rules that this one does not know: both are skipped.
    """
    are_presets, names = key
    if are_presets:
        return rules_of(name for name in names if name in PRESETS)
    return [FilterRule(text, OWN) for text in names]
