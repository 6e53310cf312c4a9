"""The contract of the API's page "API Docs" of 2 March 2025.

The page gives few messages verbatim, so most are invented. What it leaves open (which model supports which aspect
ratio, stage names, charges) follows the vendor's servers at that time.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

from bot.sandbox.contract import Contract, ModelSpec, Movie, Order, Scene, fields_of, is_key, utf16_units
from bot.sandbox.endpoints import CREDITS_PATH, Call, Endpoint, Refusal, in_order, in_query, is_unknown, making
from bot.sandbox.fault_injection import ApiAnswer, JsonObject, Reply, Route

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
    """Check the Authorization header: 400 without a key, 401 with a wrong one."""
    scheme, _, key = headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        return ApiAnswer(400, "API key is missing: send the header Authorization: Bearer {API_KEY}.").reply()
    return None if is_key(key.strip(), api_key) else ApiAnswer(401, "API key is invalid.").reply()


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


def _duration(call: Call) -> float | None:
    seconds = call.given("duration")
    return seconds if isinstance(seconds, int | float) and not isinstance(seconds, bool) else None


def _prompt(call: Call) -> str:
    prompt = call.given("prompt")
    return prompt if isinstance(prompt, str) else ""


def _aspect_ratio(call: Call) -> object:
    return call.fields.get("aspect_ratio", "16:9")


def _other_model(call: Call) -> JsonObject | None:
    return None if call.video_model else {"models": ", ".join(call.account.video_models)}


def _other_ratio(call: Call) -> JsonObject | None:
    ratios = cast("ModelSpec", call.video_model).aspect_ratios
    names = {"ratios": ", ".join(ratios), "model": call.given("video_model")}
    return None if _aspect_ratio(call) in ratios else names


_CHECKS: Final[tuple[Refusal, ...]] = (
    (ApiAnswer(400, "The request body must be a JSON object."), lambda call: not isinstance(call.body, dict)),
    (
        ApiAnswer(400, "input is required and must be an object."),
        lambda call: not isinstance(fields_of(call.body).get("input"), dict),
    ),
    (ApiAnswer(400, "prompt is required and cannot be empty."), lambda call: not _prompt(call).strip()),
    (
        ApiAnswer(400, f"prompt cannot exceed {MAX_PROMPT_LENGTH} characters."),
        lambda call: utf16_units(_prompt(call)) > MAX_PROMPT_LENGTH,
    ),
    (
        ApiAnswer(400, f"image_model must be one of {', '.join(IMAGE_MODELS)}."),
        lambda call: call.given("image_model") not in IMAGE_MODELS,
    ),
    (ApiAnswer(400, "video_model must be one of {models}."), _other_model),
    (ApiAnswer(400, "aspect_ratio must be one of {ratios} for {model}."), _other_ratio),
    (ApiAnswer(400, "duration is required and must be a number."), lambda call: _duration(call) is None),
    (
        ApiAnswer(400, f"duration must be more than 0 and cannot exceed {MAX_DURATION_SECONDS} seconds."),
        lambda call: not 0 < (_duration(call) or 0) <= MAX_DURATION_SECONDS,
    ),
    (
        ApiAnswer(400, "webhookUrl must be a string."),
        lambda call: not isinstance(fields_of(call.body).get("webhookUrl"), str | None),
    ),
)
"""What an order is refused with, and when, in the order of the API's checks."""


def _order(call: Call) -> Order:
    prompt, seconds = _prompt(call), cast("float", _duration(call))
    return Order(
        prompt=prompt,
        seconds=seconds,
        video_model=str(call.given("video_model")),
        image_model=str(call.given("image_model")),
        aspect_ratio=str(_aspect_ratio(call)),
        webhook_url=cast("str | None", fields_of(call.body).get("webhookUrl")) or None,
        charges={None: math.ceil(seconds * cast("ModelSpec", call.video_model).credits_per_second)},
        scenes=(Scene(prompt, seconds, title=prompt),),
    )


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
    too_few = ApiAnswer(402, "Insufficient credits: {available} of {required}.")
    create = making(_order, too_few=too_few.reply, told=lambda _, movie: Reply.of({"request_id": movie.request_id}))
    return (
        Endpoint((contract.create_path,), create, Route.CREATE, refuses=in_order(*_CHECKS)),
        Endpoint(
            (contract.status_path,),
            lambda call: Reply.of(_status(call.named, call.now, call.account.movie_link(call.request_id))),
            Route.STATUS,
            ("GET",),
            in_query,
            refuses=in_order(
                # the only message that the page gives verbatim
                (ApiAnswer(400, "request_id query parameter is missing."), lambda call: not call.request_id),
                (ApiAnswer(404, "Request not found."), is_unknown),
            ),
        ),
        Endpoint(
            (CREDITS_PATH,),
            lambda call: Reply.of({"remainingCredits": call.account.balance}),
            Route.CREDITS,
            ("GET",),
        ),
    )
