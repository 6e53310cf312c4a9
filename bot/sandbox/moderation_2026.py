"""Moderation by the API of 2026: what it refuses to look at, and which words it finds unsafe.

models/api/ExternalModerationAPI.js@85e83114. The words are invented.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, cast

from bot.sandbox.answers_2026 import OperationAnswer
from bot.sandbox.contract import fields_of, from_base64, list_of, utf16_units
from bot.sandbox.endpoints import Call, Endpoint
from bot.sandbox.fault_injection import JsonObject, Reply, Route

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
_MAX_UNITS: Final = 100_000
_MAX_TOTAL_UNITS: Final = 200_000
_MAX_URL_UNITS: Final = 8 * 2**20
_FLAGGED, _DOUBTFUL, _SAFE = 0.97, 0.72, 0.01


def _refused(call: Call) -> Reply | None:
    """Refuse an input that is not looked at."""
    value = call.fields.get("input")
    problem = _text_problem(value, "input") if isinstance(value, str) else _list_problem(list_of(value))
    if problem is None and call.fields.get("model") not in (None, "", *_MODELS):
        return OperationAnswer.MODERATION_MODEL.reply()
    return problem


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


def _list_problem(entries: list[object]) -> Reply | None:
    if not entries:
        return OperationAnswer.MODERATION_EMPTY.reply()
    if len(entries) > _MAX_ENTRIES:
        return OperationAnswer.MODERATION_TOO_MANY.reply()
    if len({type(entry) for entry in entries}) > 1 or type(entries[0]) not in (str, dict):
        return OperationAnswer.MODERATION_MIXED.reply()
    problems = (_problem(entry, f"input[{index}]") for index, entry in enumerate(entries))
    if problem := next(filter(None, problems), None):
        return problem
    total = sum(utf16_units(text) for text in texts_of(entries))
    return OperationAnswer.MODERATION_LONG.reply() if total > _MAX_TOTAL_UNITS else None


def _problem(entry: object, name: str) -> Reply | None:
    if isinstance(entry, str):
        return _text_problem(entry, name)
    fields = fields_of(entry)
    if fields.get("type") == "text":
        return _text_problem(fields.get("text"), f"{name}.text")
    if fields.get("type") != "image_url":
        return OperationAnswer.MODERATION_TYPE.reply(entry=name)
    if not isinstance(fields.get("image_url"), dict):
        return OperationAnswer.MODERATION_NO_IMAGE.reply(entry=name)
    return _url_problem(fields_of(fields["image_url"]).get("url"), f"{name}.image_url.url")


def _text_problem(text: object, name: str) -> Reply | None:
    if not isinstance(text, str) or not text.strip():
        return OperationAnswer.MODERATION_NO_TEXT.reply(entry=name)
    return OperationAnswer.MODERATION_LONG_TEXT.reply(entry=name) if utf16_units(text) > _MAX_UNITS else None


def _url_problem(url: object, name: str) -> Reply | None:
    if not isinstance(url, str) or not url.strip():
        return OperationAnswer.MODERATION_NO_URL.reply(entry=name)
    if utf16_units(url) > _MAX_URL_UNITS:
        return OperationAnswer.MODERATION_LARGE_IMAGE.reply(entry=name)
    is_known = url.strip().lower().startswith(("http://", "https://", "data:image/"))
    return None if is_known else OperationAnswer.MODERATION_URL.reply(entry=name)


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
