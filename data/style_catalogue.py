"""Loads the style presets from TOML and reports errors with their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, cast

from bot.domain.language import Language
from bot.domain.styles import Style
from data.catalogue_tables import MAX_CHOICE_LENGTH, CatalogueFile, Table

BUNDLED_PATH: Final = Path(__file__).parent / "catalogues" / "styles.toml"
"""The presets that come with the bot."""

MAX_WORDS_LENGTH: Final = 200
"""A prompt of March 2025 has 500 characters, and most of them are the member's."""

_MAX_KEY_LENGTH: Final = 50
"""It is a part of an option's value, which has 100 characters."""

_MAX_STYLES: Final = 24
"""Discord shows 25 options, and one of them is "No style"."""

_KEYS: Final = ("key", "label", "words", "enabled")


def load_styles(path: Path) -> tuple[Style, ...]:
    """Load and validate the style presets.

    Raises:
        CatalogueError: the file is missing, is no TOML, or breaks a rule; one problem per error, with its line.
    """
    file = CatalogueFile(path)
    file.only(("styles",))
    styles = file.tables("styles", _KEYS, _style, _label, _MAX_STYLES)
    file.raise_problems()
    return styles


def _style(table: Table) -> Style | None:
    key, enabled = table.text("key", _MAX_KEY_LENGTH), table.flag("enabled")
    labels = _translated(table, "label", MAX_CHOICE_LENGTH)
    words = _translated(table, "words", MAX_WORDS_LENGTH)
    if key is None or enabled is None or labels is None or words is None:
        return None
    return Style(key, labels, words, enabled)


def _label(style: Style) -> Sequence[tuple[str, str]]:
    return [("label", style.label(Language.ENGLISH))]


def _translated(table: Table, key: str, max_length: int) -> Mapping[Language, str] | None:
    """Read one text for all languages, or one for each."""
    value = table.value(key)
    if not isinstance(value, dict):
        text = table.text(key, max_length)
        return None if text is None else {Language.ENGLISH: text}
    by_language = cast("Mapping[str, object]", value)
    known, texts = tuple(Language), dict[Language, str]()
    for name, text in by_language.items():
        if name not in known:
            table.problem(f"{key}.{name}", f"is an unknown language. Expected {', '.join(known)}")
        elif (checked := table.checked_text(f"{key}.{name}", text, max_length)) is not None:
            texts[Language(name)] = checked
    if Language.ENGLISH not in by_language:
        table.problem(key, f"needs a text for {Language.ENGLISH}")
    return texts if Language.ENGLISH in texts and len(texts) == len(by_language) else None
