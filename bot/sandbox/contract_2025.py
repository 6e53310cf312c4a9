"""The contract of the API's page "API Docs" of 2 March 2025.

The page gives few messages verbatim, so most are invented. What it leaves open (which model supports which aspect
ratio, stage names, charges) follows the vendor's servers at that time.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final, cast

from bot.sandbox.contract import Contract, ModelSpec, Movie, Order, is_finite_number, is_key
from bot.sandbox.fault_injection import JsonObject, Reply, refusal

MAX_PROMPT_LENGTH = 500
MAX_DURATION_SECONDS = 120

IMAGE_MODELS = ("FLUX1.1PRO", "IMAGEN3")

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


def _authenticate(headers: Mapping[str, str], api_key: str) -> Reply | None:
    """Check the Authorization header.

    400 without a key, 401 with a wrong one.
    """
    scheme, _, key = headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        return refusal("API key is missing: send the header Authorization: Bearer {API_KEY}.")
    return None if is_key(key.strip(), api_key) else refusal("API key is invalid.", HTTPStatus.UNAUTHORIZED)


def _credits(balance: int) -> Reply:
    return Reply.of({"remainingCredits": balance})


def _status(movie: Movie, at: float, url: str) -> JsonObject:
    now = movie.progress(at)
    answer: JsonObject = {"status": now.status, "details": dict(now.details)}
    if now.status == "COMPLETED":
        answer["result"] = {"status": "COMPLETED", "url": url}
    if now.message is not None:
        answer["message"] = now.message
    return answer


def _callback(movie: Movie, at: float, url: str) -> JsonObject:
    answer = _status(movie, at, url)
    result = answer.get("result", {"status": "FAILED", "message": answer.get("message")})
    return {"request_id": movie.request_id, "status": answer["status"], "result": result}


def _parse_order(body: object, models: Mapping[str, ModelSpec]) -> Order | Reply:
    """Parse a body of POST /create_movie."""
    order = _order_or_problem(body, models)
    return refusal(order) if isinstance(order, str) else order


def _order_or_problem(body: object, models: Mapping[str, ModelSpec]) -> Order | str:
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
        charges={None: math.ceil(seconds * models[video_model].credits_per_second)},
    )


def _prompt_problem(prompt: object) -> str | None:
    if not isinstance(prompt, str) or not prompt.strip():
        return "prompt is required and cannot be empty."
    if len(prompt.encode("utf-16-le", "surrogatepass")) / 2 > MAX_PROMPT_LENGTH:  # the vendor's server is JavaScript
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
    if not is_finite_number(seconds):
        return "duration is required and must be a number."
    if not 0 < cast("float", seconds) <= MAX_DURATION_SECONDS:
        return f"duration must be more than 0 and cannot exceed {MAX_DURATION_SECONDS} seconds."
    return None


MARCH_2025: Final = Contract(
    base_path="/v1/video/",
    create_path="/v1/video/create_movie",
    status_path="/v1/video/status",
    stages=STAGES,
    video_models=VIDEO_MODELS,
    image_models=IMAGE_MODELS,
    id_names=("request_id",),
    without_id=refusal("request_id query parameter is missing."),  # the only message that the page gives verbatim
    unknown_id=refusal("Request not found.", HTTPStatus.NOT_FOUND),
    insufficient="Insufficient credits: {available} of {required}.",
    authenticate=_authenticate,
    parse_order=_parse_order,
    credits=_credits,
    status=_status,
    callback=_callback,
)
