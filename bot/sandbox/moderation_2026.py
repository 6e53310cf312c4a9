"""Moderation by the API of 2026: what it refuses to look at, and which words it finds unsafe.

models/api/ExternalModerationAPI.js@85e83114. The words are invented.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, cast

from bot.sandbox.contract import fields_of, from_base64, list_of, utf16_units
from bot.sandbox.endpoints import Call, Endpoint, text_of
from bot.sandbox.fault_injection import ApiAnswer, JsonObject, Reply, Route

MODERATION_PATH: Final = "/v2/external/moderation"

FLAGGED_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "beheading": "violence/graphic",
        "massacre": "violence",
        "lynching": "hate/threatening",
        "striptease": "sexual",
        "self-mutilation": "self-harm",
    }
)
"""Each with its category."""

DOUBTFUL_WORDS: Mapping[str, str] = MappingProxyType({"brawl": "violence", "burlesque": "sexual"})
"""What the model does not flag, while its score is above the vendor's threshold."""

THRESHOLD: Final = 0.65

_CATEGORIES: Final = (
    "harassment",
    "harassment/threatening",
    "hate",
    "hate/threatening",
    "illicit",
    "illicit/violent",
    "self-harm",
    "self-harm/intent",
    "self-harm/instructions",
    "sexual",
    "sexual/minors",
    "violence",
    "violence/graphic",
)
_MODELS: Final = (
    "omni-moderation-latest",
    "omni-moderation-2024-09-26",
    "text-moderation-latest",
    "text-moderation-stable",
)
_MAX_ENTRIES: Final = 32
_MAX_UNITS, _MAX_TOTAL_UNITS, _MAX_URL_UNITS = 100_000, 200_000, 8 * 2**20
_FLAGGED, _DOUBTFUL, _SAFE = 0.97, 0.72, 0.01


_Problem = tuple[bool, int, str]
"""Whether it is there, and the status and the message that it is answered with."""


def _refused(call: Call) -> Reply | None:
    """Refuse an input that is not looked at."""
    value = call.fields.get("input")
    entries = list_of(value)
    checks: tuple[_Problem, ...] = (
        (
            not (entries or isinstance(value, str)),
            400,
            "input must be a non-empty string, array of strings, or array of moderation input objects.",
        ),
        (len(entries) > _MAX_ENTRIES, 413, f"input supports at most {_MAX_ENTRIES} entries."),
        (
            bool(entries) and {type(entry) for entry in entries} not in ({str}, {dict}),
            400,
            "input arrays cannot mix strings and moderation input objects.",
        ),
        *(_checks_of(value, "input") if isinstance(value, str) else ()),
        *(check for index, entry in enumerate(entries) for check in _checks_of(entry, f"input[{index}]")),
        (
            sum(utf16_units(text) for text in texts_of(entries)) > _MAX_TOTAL_UNITS,
            413,
            f"input exceeds the {_MAX_TOTAL_UNITS}-character aggregate text limit.",
        ),
        (
            call.fields.get("model") not in (None, "", *_MODELS),
            400,
            f"model must be one of: {', '.join(_MODELS)}.",
        ),
    )
    return next((ApiAnswer(status, message).reply() for is_wrong, status, message in checks if is_wrong), None)


def _checks_of(entry: object, name: str) -> tuple[_Problem, ...]:
    """Return the checks of a text, or of an object of a text or of a picture."""
    fields = fields_of(entry)
    if fields.get("type") == "image_url":
        url = text_of(fields_of(fields.get("image_url")), ["url"])
        is_known = url.lower().startswith(("http://", "https://", "data:image/"))
        return (
            (not isinstance(fields.get("image_url"), dict), 400, f"{name}.image_url must be an object containing url."),
            (not url, 400, f"{name}.image_url.url must be a non-empty URL string."),
            (utf16_units(url) > _MAX_URL_UNITS, 413, f"{name}.image_url.url exceeds the supported URL/data-URL size."),
            (not is_known, 400, f"{name}.image_url.url must use http, https, or an image data URL."),
        )
    is_bare = isinstance(entry, str)
    given, where = (entry, name) if is_bare else (fields.get("text"), f"{name}.text")
    text = given if isinstance(given, str) else ""
    return (
        (not is_bare and fields.get("type") != "text", 400, f"{name}.type must be text or image_url."),
        (not text.strip(), 400, f"{where} must be a non-empty string."),
        (utf16_units(text) > _MAX_UNITS, 413, f"{where} exceeds the {_MAX_UNITS}-character limit."),
    )


def _moderate(call: Call) -> Reply:
    """Judge each text of a list on its own, and texts with pictures together."""
    value = call.fields["input"]
    entries = list_of(value) or [value]
    groups = [[entry] for entry in entries] if isinstance(entries[0], str) else [entries]
    results = [_result(" ".join(_shown(entry) for entry in group).lower()) for group in groups]
    return Reply.of(
        {
            "id": f"modr-{hashlib.sha256(repr(entries).encode('utf-8', 'replace')).hexdigest()[:24]}",
            "model": call.fields.get("model") or _MODELS[0],
            "results": results,
            "decision": _decision(results),
        }
    )


def texts_of(entries: list[object]) -> Iterator[str]:
    """Yield what is written in an input, valid or not."""
    for entry in entries:
        text = entry if isinstance(entry, str) else fields_of(entry).get("text")
        if isinstance(text, str):
            yield text


def _shown(entry: object) -> str:
    """Return a text, or the bytes of a picture as text: a word in its comment stands for what it shows."""
    if isinstance(entry, str):
        return entry
    fields = fields_of(entry)
    if fields["type"] == "text":
        return cast("str", fields["text"])
    url = cast("str", fields_of(fields["image_url"])["url"])
    head, is_data, encoded = url.partition(";base64,")
    return from_base64(encoded).decode("latin-1") if is_data else head


def _result(text: str) -> JsonObject:
    flagged = {category for word, category in FLAGGED_WORDS.items() if word in text}
    doubtful = {category for word, category in DOUBTFUL_WORDS.items() if word in text}
    return {
        "flagged": bool(flagged),
        "categories": {category: category in flagged for category in _CATEGORIES},
        "category_scores": {
            category: _FLAGGED if category in flagged else _DOUBTFUL if category in doubtful else _SAFE
            for category in _CATEGORIES
        },
    }


def _decision(results: list[JsonObject]) -> JsonObject:
    """Return what the vendor makes of the results."""
    scores = [cast("Mapping[str, float]", result["category_scores"]) for result in results]
    unsafe = [category for category in _CATEGORIES if any(each[category] >= THRESHOLD for each in scores)]
    if not unsafe:
        return {"safe": True, "reason": "passed"}
    if any(result["flagged"] for result in results):
        return {"safe": False, "reason": "flagged", "categories": unsafe}
    return {"safe": False, "reason": "category_score", "categories": unsafe, "threshold": THRESHOLD}


ENDPOINTS: Final = (
    Endpoint(
        (MODERATION_PATH, f"{MODERATION_PATH}s", "/external/moderation", "/external/moderations"),
        _moderate,
        Route.MODERATION,
        refuses=_refused,
    ),
)
