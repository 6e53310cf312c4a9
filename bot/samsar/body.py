"""Reads the JSON bodies of the API's answers. Pure functions."""

from __future__ import annotations

import json
import re
from typing import cast

MAX_MESSAGE_LENGTH = 300
"""Characters kept of the API's own text."""

NO_MESSAGE = "the API gave no reason"
WEB_PAGE = "the API answered with a web page"

_MAX_OWN_WORDS = 160
_QUOTATION = re.compile(r"\"[^\"]* [^\"]*\"|(?<!\w)'[^']* [^']*'(?!\w)")

_MESSAGE_NAMES = ("message", "error", "detail", "generationError", "expressGenerationError")


def error_message(body: bytes) -> str:
    """Extract the API's message from an error's body.

    It is in `message`, `error`, `detail` or `error.message`. HTML and invalid JSON get a neutral phrase. The result is
    one line of at most MAX_MESSAGE_LENGTH characters, never empty.
    """
    if is_web_page(body):
        return WEB_PAGE
    return find_message(load_object(body) or {}) or NO_MESSAGE


def is_web_page(body: bytes) -> bool:
    """Return whether a body is HTML, never the API's own answer."""
    return body.lstrip().startswith(b"<")


def clean_message(text: str) -> str:
    """Clean a text from outside; NO_MESSAGE if nothing is left."""
    return clean(text, MAX_MESSAGE_LENGTH) or NO_MESSAGE


def own_words(text: str) -> str:
    """Return the API's own words, without quotations; '' for a long text."""
    return _QUOTATION.sub("", text) if len(text) <= _MAX_OWN_WORDS else ""


def load_object(body: bytes) -> dict[str, object] | None:
    """Parse a JSON object, with NaN and Infinity as null."""
    return as_object(load_json(body))


def load_json(body: bytes) -> object:
    """Parse JSON, None where it is none; NaN and Infinity are null."""
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def as_object(value: object) -> dict[str, object] | None:
    """Return a JSON object, None for anything else."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def as_number(value: object) -> int | float | None:
    """Return a JSON number, None for anything else, also a bool."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def as_list(value: object) -> list[object]:
    """Return a JSON array, an empty one for anything else."""
    return cast("list[object]", value) if isinstance(value, list) else []


def clean(value: object, limit: int) -> str | None:
    """Put a text on one line and truncate it, None for blanks."""
    if not isinstance(value, str):
        return None
    printable = "".join(char if char.isprintable() else " " for char in value[: limit * 4])
    text = " ".join(printable.split())
    return text[: limit - 1] + "…" if len(text) > limit else text or None


def find_message(answer: dict[str, object]) -> str | None:
    """Return the API's text in an answer, None without one."""
    values = [answer.get(name) for name in _MESSAGE_NAMES]
    nested = [inner.get("message") for inner in map(as_object, values) if inner]
    return next((text for value in values + nested if (text := clean(value, MAX_MESSAGE_LENGTH))), None)
