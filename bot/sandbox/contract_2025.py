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

from bot.sandbox.contract import Contract, ModelSpec, Movie, Order, Scene, fields_of, is_key, utf16_units
from bot.sandbox.endpoints import CREDITS_PATH, Call, Endpoint, in_query, making
from bot.sandbox.fault_injection import JsonObject, Reply, Route, refusal

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


def _refused(call: Call) -> Reply | None:
    """Check a body of POST /create_movie."""
    request = fields_of(call.body)
    if not isinstance(call.body, dict):
        return refusal("The request body must be a JSON object.")
    if not isinstance(request.get("input"), dict):
        return refusal("input is required and must be an object.")
    if problem := _problem(_fields(call), call.account.video_models):
        return refusal(problem)
    return None if isinstance(request.get("webhookUrl"), str | None) else refusal("webhookUrl must be a string.")


def _fields(call: Call) -> JsonObject:
    return {"aspect_ratio": "16:9", **call.fields}


def _order(call: Call) -> Order:
    fields = _fields(call)
    prompt, seconds = cast("str", fields["prompt"]), cast("float", fields["duration"])
    video_model = cast("str", fields["video_model"])
    rate = call.account.video_models[video_model].credits_per_second
    return Order(
        prompt=prompt,
        seconds=seconds,
        video_model=video_model,
        image_model=cast("str", fields["image_model"]),
        aspect_ratio=cast("str", fields["aspect_ratio"]),
        webhook_url=cast("str | None", fields_of(call.body).get("webhookUrl")) or None,
        charges={None: math.ceil(seconds * rate)},
        scenes=(Scene(prompt, seconds, title=prompt),),
    )


def _problem(fields: JsonObject, models: Mapping[str, ModelSpec]) -> str | None:
    """Return what is wrong with an order, in the order of the API's checks."""
    key, prompt, seconds = (fields.get(name) for name in ("video_model", "prompt", "duration"))
    text = prompt if isinstance(prompt, str) else ""
    model = models.get(key) if isinstance(key, str) else None
    ratios = model.aspect_ratios if model else ()
    number = seconds if isinstance(seconds, int | float) and not isinstance(seconds, bool) else None
    checks = (
        (text.strip(), "prompt is required and cannot be empty."),
        (utf16_units(text) <= MAX_PROMPT_LENGTH, f"prompt cannot exceed {MAX_PROMPT_LENGTH} characters."),
        (fields.get("image_model") in IMAGE_MODELS, f"image_model must be one of {', '.join(IMAGE_MODELS)}."),
        (model, f"video_model must be one of {', '.join(models)}."),
        (fields["aspect_ratio"] in ratios, f"aspect_ratio must be one of {', '.join(ratios)} for {key}."),
        (number is not None, "duration is required and must be a number."),
        (
            number and 0 < number <= MAX_DURATION_SECONDS,
            f"duration must be more than 0 and cannot exceed {MAX_DURATION_SECONDS} seconds.",
        ),
    )
    return next((problem for is_right, problem in checks if not is_right), None)


MARCH_2025: Final = Contract(
    base_path="/v1/video/",
    create_path="/v1/video/create_movie",
    status_path="/v1/video/status",
    stages=STAGES,
    video_models=VIDEO_MODELS,
    image_models=IMAGE_MODELS,
    authenticate=_authenticate,
    status=_status,
    callback=_callback,
)


def endpoints(contract: Contract) -> tuple[Endpoint, ...]:
    """Return the paths of this version."""
    create = making(_order, too_few=_too_few, told=lambda _, movie: Reply.of({"request_id": movie.request_id}))
    return (
        Endpoint((contract.create_path,), create, Route.CREATE, refuses=_refused),
        Endpoint((contract.status_path,), _tell, Route.STATUS, ("GET",), in_query, refuses=_unknown),
        Endpoint(
            (CREDITS_PATH,),
            lambda call: Reply.of({"remainingCredits": call.account.balance}),
            Route.CREDITS,
            ("GET",),
        ),
    )


def _too_few(*, required: int, available: int) -> Reply:
    return refusal(f"Insufficient credits: {available} of {required}.", HTTPStatus.PAYMENT_REQUIRED)


def _unknown(call: Call) -> Reply | None:
    if not call.request_id:  # the only message that the page gives verbatim
        return refusal("request_id query parameter is missing.")
    return None if call.movie else refusal("Request not found.", HTTPStatus.NOT_FOUND)


def _tell(call: Call) -> Reply:
    return Reply.of(_status(call.named, call.now, call.account.movie_link(call.request_id)))
