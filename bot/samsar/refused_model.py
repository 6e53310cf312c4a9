"""Tells a refusal of an order's model from other refusals. Pure functions.

The vendor's words for it change, so the order's own models are looked for in them, whatever the sentence. The API may
also repeat a prompt: what the prompt says itself is no evidence, or a member could take a model from everyone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.domain.catalogue import ModelKind
from bot.domain.request import MovieRequest
from bot.samsar.body import own_words

NO_LABELS: Final[Mapping[str, str]] = MappingProxyType({})
"""Without a catalogue, models have no other names than their keys."""

_MODEL = r"(video|image)[\s_]?models?"
_ABOUT_MODEL = re.compile(
    rf"\b(?:invalid|unknown|unsupported|unavailable)\b.{{0,10}}\b{_MODEL}\b"
    rf"|\b{_MODEL}\b.{{0,40}}\b(?:not (?:supported|available|valid|recogni[sz]ed)|only supported|invalid|unsupported"
    r"|must be one)\b",
    re.IGNORECASE,
)
_ABOUT_ANOTHER_FIELD = re.compile(
    r"\b(?:prompt|aspect[\s_]?ratio|\d+:\d+|duration|seconds|subtitles?|language|tone)\b", re.IGNORECASE
)
"""Such as a shape that a model does not have."""


def refused_kind(message: str, order: MovieRequest, labels: Mapping[str, str]) -> ModelKind | None:
    """Return the kind of the model that a 400 refuses; None where it refuses something else.

    `labels` are the names, by key, that the API may use instead of keys. Quotations and long texts don't count.
    """
    words = own_words(message)
    if _ABOUT_ANOTHER_FIELD.search(words):
        return None
    keys = {ModelKind.VIDEO: order.video_model, ModelKind.IMAGE: order.image_model}
    named = [kind for kind, key in keys.items() if any(_says(words, order, name) for name in (key, labels.get(key)))]
    if len(named) == 1:
        return named[0]
    found = None if "model" in order.prompt.casefold() else _ABOUT_MODEL.search(words)
    return None if found is None else ModelKind((found[1] or found[2]).lower())


def _says(words: str, order: MovieRequest, name: str | None) -> bool:
    """Return whether the API's own words name a model."""
    return name is not None and _names(words, name) and not _names(order.prompt, name)


def _names(text: str, name: str) -> bool:
    """Return whether a text has a name, in any spelling: QWENIMAGE3PRO is "Qwen Image 3.0 Pro", too."""
    characters = [char + r"(?:\.0)?" * char.isdigit() for char in name.casefold() if char.isalnum()]
    pattern = r"[\s._-]*".join(characters)
    return bool(characters) and re.search(rf"(?<![\w.]){pattern}(?!\.?\w)", text.casefold()) is not None
