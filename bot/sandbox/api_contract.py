"""The contract of the API's page "API Docs" of 2 March 2025.

As pure functions. The page gives few messages verbatim, so most are invented. What it leaves open (which model supports
which aspect ratio, stage names, charges) follows the vendor's servers at that time.
"""

from __future__ import annotations

import hmac
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from bot.sandbox.fault_injection import JsonObject, RenderOutcome

NO_REQUEST_ID = "request_id query parameter is missing."
"""The only message that the page gives verbatim."""

MAX_PROMPT_LENGTH = 500
MAX_DURATION_SECONDS = 120

IMAGE_MODELS = ("FLUX1.1PRO", "IMAGEN3")


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A video model's price in credits a second, and its aspect ratios."""

    credits_per_second: int
    aspect_ratios: tuple[str, ...]


VIDEO_MODELS: Mapping[str, ModelSpec] = MappingProxyType(
    {
        "LUMA": ModelSpec(10, ("16:9",)),
        "KLINGIMGTOVIDPRO": ModelSpec(10, ("16:9", "9:16", "1:1")),
        "PIXVERSEI2V": ModelSpec(10, ("16:9", "9:16")),
        "WAN2.1": ModelSpec(10, ("16:9",)),
        "VEOI2V": ModelSpec(60, ("16:9", "9:16")),
    }
)

STAGES = MappingProxyType(
    {
        "prompt_generation": 0.08,
        "image_generation": 0.28,
        "speech_generation": 0.38,
        "music_generation": 0.46,
        "audio_generation": 0.52,
        "frame_generation": 0.64,
        "video_generation": 1.0,
    }
)
"""In order, each with the share of the render after which it is done."""


@dataclass(frozen=True, slots=True)
class Order:
    """A valid order; `cost` is in credits."""

    prompt: str
    seconds: float
    video_model: str
    image_model: str
    aspect_ratio: str
    webhook_url: str | None
    cost: int


def authenticate(authorization: str | None, api_key: str) -> tuple[int, str] | None:
    """Check an Authorization header; return status and message of an error.

    400 without a key, 401 with a wrong one.
    """
    scheme, _, key = (authorization or "").strip().partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        return 400, "API key is missing: send the header Authorization: Bearer {API_KEY}."
    if not hmac.compare_digest(key.strip().encode("utf-8", "replace"), api_key.encode("utf-8", "replace")):
        return 401, "API key is invalid."
    return None


def parse_order(body: object, models: Mapping[str, ModelSpec] = VIDEO_MODELS) -> Order | str:
    """Parse a body of POST /create_movie, or return the first error message."""
    if not isinstance(body, dict):
        return "The request body must be a JSON object."
    request = cast("JsonObject", body)
    value = request.get("input")
    if not isinstance(value, dict):
        return "input is required and must be an object."
    fields = cast("JsonObject", value)
    aspect_ratio = fields.get("aspect_ratio", "16:9")
    webhook_url = request.get("webhookUrl")
    problem = (
        _prompt_problem(fields.get("prompt"))
        or _image_model_problem(fields.get("image_model"))
        or _video_model_problem(fields.get("video_model"), aspect_ratio, models)
        or _duration_problem(fields.get("duration"))
        or (None if isinstance(webhook_url, str | None) else "webhookUrl must be a string.")
    )
    if problem:
        return problem
    seconds, video_model = cast("float", fields["duration"]), cast("str", fields["video_model"])
    return Order(
        prompt=cast("str", fields["prompt"]),
        seconds=seconds,
        video_model=video_model,
        image_model=cast("str", fields["image_model"]),
        aspect_ratio=cast("str", aspect_ratio),
        webhook_url=cast("str | None", webhook_url) or None,
        cost=math.ceil(seconds * models[video_model].credits_per_second),
    )


def _prompt_problem(prompt: object) -> str | None:
    if not isinstance(prompt, str) or not prompt.strip():
        return "prompt is required and cannot be empty."
    if len(prompt) > MAX_PROMPT_LENGTH:
        return f"prompt cannot exceed {MAX_PROMPT_LENGTH} characters."
    return None


def _image_model_problem(key: object) -> str | None:
    return None if key in IMAGE_MODELS else f"image_model must be one of {', '.join(IMAGE_MODELS)}."


def _video_model_problem(key: object, aspect_ratio: object, models: Mapping[str, ModelSpec]) -> str | None:
    model = models.get(key) if isinstance(key, str) else None
    if model is None:
        return f"video_model must be one of {', '.join(models)}."
    if aspect_ratio not in model.aspect_ratios:
        return f"aspect_ratio must be one of {', '.join(model.aspect_ratios)} for {key}."
    return None


def _duration_problem(seconds: object) -> str | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not math.isfinite(seconds):
        return "duration is required and must be a number."
    if not 0 < seconds <= MAX_DURATION_SECONDS:
        return f"duration must be more than 0 and cannot exceed {MAX_DURATION_SECONDS} seconds."
    return None


@dataclass(frozen=True, slots=True)
class Progress:
    """A movie's status, its stages' states, and a message."""

    status: str
    details: Mapping[str, str]
    message: str | None = None


def progress(outcome: RenderOutcome, elapsed: float) -> Progress:
    """Return a movie's progress `elapsed` seconds after it was ordered."""
    part = elapsed / outcome.seconds if outcome.seconds > 0 else 1.0
    failed = outcome.fails_at is not None and part >= _last_part(outcome)
    details: dict[str, str] = {}
    start = 0.0
    for name, end in STAGES.items():
        if failed and name == outcome.fails_at:
            details[name] = "FAILED"
        elif failed and end > _last_part(outcome):
            details[name] = "INIT"
        else:
            details[name] = "COMPLETED" if part >= end else "PENDING" if part >= start else "INIT"
        start = end
    if failed:
        return Progress("FAILED", details, outcome.message)
    return Progress("COMPLETED" if part >= 1.0 else "PENDING", details)


def _last_part(outcome: RenderOutcome) -> float:
    """Return the share of the render after which nothing changes.

    1 for unknown stages.
    """
    return STAGES.get(outcome.fails_at or "", 1.0)
