"""The API of autumn 2026.

As its vendor's server code, SDK and documents have it. Messages are verbatim where the vendor's code has them. The
stages' shares of the render are invented.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final, cast

from bot.sandbox.contract import Answered, ModelSpec, Order, check_key, input_of, is_finite_number
from bot.sandbox.fault_injection import JsonObject
from bot.sandbox.records import Movie

MAX_PROMPT_LENGTH = 4000
MIN_DURATION_SECONDS, MAX_DURATION_SECONDS = 10, 240

KEY_LIMIT_REACHED = "API key monthly credit limit reached. Limit: 1000; used: 980; requested: 300."
RAN_OUT = "Insufficient credits while charging for ai_video_generation."

_BOTH: Final = ("16:9", "9:16")

VIDEO_MODELS: Mapping[str, ModelSpec] = MappingProxyType(
    {
        "COSMOS3SUPERI2V": ModelSpec(20, _BOTH),
        "RUNWAYML": ModelSpec(30, _BOTH),
        "SEEDANCEI2V": ModelSpec(30, _BOTH),
        "VEO3.1I2VFAST": ModelSpec(36, _BOTH),
        "KLINGIMGTOVID3PRO": ModelSpec(36, _BOTH),
        "KLINGIMGTOVIDTURBO": ModelSpec(36, _BOTH),
        "HAPPYHORSEI2V": ModelSpec(36, _BOTH),
        "SEEDANCE2.5I2V": ModelSpec(60, _BOTH),
        "VEO3.1I2V": ModelSpec(60, _BOTH),
    }
)
IMAGE_MODELS = ("GPTIMAGE2", "NANOBANANAPRO", "SEEDREAM", "WAN2.7PRO")

_OTHER_MODELS: Final = ("LUMA", "KLINGIMGTOVIDPRO", "PIXVERSEI2V", "VEOI2V")
"""Known to the server, but not for movies."""

STAGES: Mapping[str, float] = MappingProxyType(
    {
        "prompt_generation": 0.08,
        "image_generation": 0.28,
        "speech_generation": 0.38,
        "timeline_reflowed": 0.42,
        "music_generation": 0.5,
        "ai_video_generation": 0.9,
        "frame_generation": 1.0,
    }
)

LANGUAGES: Final = ("auto", "en", "es", "fr", "ja", "th", "zh", "bn", "hi", "sa", "la")
TONES: Final = ("grounded", "cinematic")

_MAX_LISTED: Final = 50

_KEY_MISSING: Final = "API_KEY, auth token, or APP_KEY header is missing or empty."


class Autumn2026:
    """The API of autumn 2026."""

    base_path: str = "/"
    create_path: str = "/v1/video/text_to_video"
    status_path: str = "/v1/status"
    stages: Mapping[str, float] = STAGES
    charges_stages: bool = True
    video_models: Mapping[str, ModelSpec] = VIDEO_MODELS
    image_models: tuple[str, ...] = IMAGE_MODELS

    def authenticate(self, authorization: str | None, api_key: str) -> tuple[int, str] | None:
        """Check an Authorization header.

        400 without a key, 401 with a wrong one.
        """
        return check_key(authorization, api_key, missing=_KEY_MISSING, wrong="Invalid API_KEY. User not found.")

    def parse_order(self, body: object, models: Mapping[str, ModelSpec]) -> Order | str:
        """Parse a body of POST /v1/video/text_to_video."""
        fields = input_of(body)
        problem = _problem(fields, models)
        if problem:
            return problem
        webhook_url = cast("JsonObject", body).get("webhookUrl")
        seconds, video_model = cast("float", fields["duration"]), cast("str", fields["video_model"])
        return Order(
            prompt=cast("str", fields["prompt"]).strip(),
            seconds=seconds,
            video_model=video_model,
            image_model=cast("str", fields["image_model"]),
            aspect_ratio=cast("str", fields.get("aspect_ratio", "16:9")),
            webhook_url=webhook_url if isinstance(webhook_url, str) and webhook_url else None,
            cost=math.ceil(seconds * models[video_model].credits_per_second),
        )

    def insufficient(self, order: Order, balance: int) -> str:
        """Say that the balance does not pay for an order."""
        estimate = f"Estimated required credits: {order.cost}; available credits: {balance}."
        return f"Insufficient credits for text_to_video. {estimate}"

    def credits(self, balance: int) -> JsonObject:
        """Answer a request for the balance."""
        return {"remainingCredits": balance, "lastTopUp": None}

    def created(self, request_id: str) -> JsonObject:
        """Answer an order: the id twice."""
        return {"request_id": request_id, "session_id": request_id}

    def status(self, answered: Answered) -> JsonObject:
        """Answer a status request."""
        now = answered.progress
        answer: JsonObject = {
            "session_id": answered.request_id,
            "request_id": answered.request_id,
            "status": now.status,
            "type": "video",
            "expressGenerationStatus": {"status": now.status, **now.details},
            "creditsCharged": answered.charged,
            "credits_charged": answered.charged,
        }
        if now.details.get("ai_video_generation") == "COMPLETED":  # before the movie is ready
            answer |= {"videoLink": answered.url, "remoteURL": answered.url}
        if now.status == "COMPLETED":
            answer |= {"result_url": answered.url, "result_urls": [answered.url]}
        if now.message is not None:
            names = ("message", "error", "generationError", "expressGenerationError")
            answer |= dict.fromkeys(names, now.message)
        return answer

    def callback(self, answered: Answered) -> JsonObject:
        """Say how a movie has ended. Its link is not signed."""
        ids: JsonObject = {"request_id": answered.request_id, "session_id": answered.request_id}
        if answered.progress.status == "COMPLETED":
            return ids | {"status": "COMPLETED", "result_url": answered.url, "video": {"url": answered.url}}
        return ids | {"status": "FAILED", "error": {"message": answered.progress.message}}


AUTUMN_2026: Final = Autumn2026()


def listed_models(models: Mapping[str, ModelSpec], image_models: tuple[str, ...]) -> JsonObject:
    """Answer GET /v1/video/supported_models.

    An image model's price is another product's.
    """
    return {
        "VIDEO_MODELS": [
            {"label": key.title(), "value": key, "basePrice": spec.credits_per_second} for key, spec in models.items()
        ],
        "IMAGE_MODELS": [{"label": key.title(), "value": key, "basePrice": 7} for key in image_models],
    }


def listed_requests(movies: Iterable[Movie], now: float) -> JsonObject:
    """Answer GET /v2/requests: the last ones, the newest first."""
    newest = sorted(movies, key=lambda movie: movie.ordered_at, reverse=True)[:_MAX_LISTED]
    return {
        "requests": [
            {
                "request_id": movie.request_id,
                "type": "video",
                "status": movie.progress(now).status,
                "provider": "express",
                "created_at": datetime.fromtimestamp(movie.ordered_at, UTC).isoformat(),
            }
            for movie in newest
        ]
    }


def _problem(fields: JsonObject, models: Mapping[str, ModelSpec]) -> str | None:
    prompt = fields.get("prompt")
    if not isinstance(prompt, str) or not prompt.strip():
        return "Prompt is required"
    if len(prompt.strip()) > MAX_PROMPT_LENGTH:
        return "Prompt is too long"
    return (
        _model_problem("video", fields.get("video_model"), tuple(models))
        or _model_problem("image", fields.get("image_model"), IMAGE_MODELS)
        or _duration_problem(fields.get("duration"))
        or _extras_problem(fields)
    )


def _extras_problem(fields: JsonObject) -> str | None:
    """Check the extras.

    The messages are invented, because the vendor's documents have none.
    """
    if fields.get("language", "auto") not in LANGUAGES:
        return "Language is not supported"
    if not isinstance(fields.get("enable_subtitles", False), bool):
        return "enable_subtitles must be a boolean"
    return None if fields.get("tone", "grounded") in TONES else "Tone is invalid"


def _model_problem(kind: str, key: object, known: tuple[str, ...]) -> str | None:
    if key in known:
        return None
    if key in _OTHER_MODELS:
        return f"{kind.title()} model is not supported for this type"
    return f"Invalid {kind} model"


def _duration_problem(seconds: object) -> str | None:
    if not is_finite_number(seconds):
        return "Duration is invalid"
    if cast("float", seconds) < MIN_DURATION_SECONDS:
        return f"Duration must be at least {MIN_DURATION_SECONDS} seconds"
    return "Duration is too long" if cast("float", seconds) > MAX_DURATION_SECONDS else None
