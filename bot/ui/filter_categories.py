"""Names of the categories of the prompt filter's presets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts

_NAMES: Final[Mapping[str, MessageId]] = {
    "minors": "log-category-minors",
    "sexual": "log-category-sexual",
    "gore": "log-category-gore",
    "slurs": "log-category-slurs",
}


def category_name(texts: Texts, category: str) -> str:
    """Name a category of the prompt filter's presets."""
    return texts(_NAMES[category])
