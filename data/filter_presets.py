"""Presets of the prompt filter: a file in data/prompt_filters for each language."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from bot.domain.language import Language
from bot.domain.prompt_filter import FilterRule

_FOLDER: Final = Path(__file__).parent / "prompt_filters"

CATEGORIES: Final = ("minors", "sexual", "gore", "slurs")


def load_preset(language: Language) -> tuple[FilterRule, ...]:
    """Load a language's rules."""
    found = tomllib.loads((_FOLDER / f"{language.value}.toml").read_text(encoding="utf-8"))
    return tuple(FilterRule(text, category) for category in CATEGORIES for text in found[category]["rules"])
