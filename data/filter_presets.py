"""Presets of the prompt filter: a file in data/prompt_filters for each language."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bot.domain.filter_rules import CATEGORIES
from bot.domain.language import Language
from bot.domain.prompt_filter import FilterRule

_FOLDER: Final = Path(__file__).parent / "prompt_filters"


@functools.cache
def load_preset(language: Language) -> tuple[FilterRule, ...]:
    """Load a language's rules."""
    found = tomllib.loads((_FOLDER / f"{language.value}.toml").read_text(encoding="utf-8"))
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
