"""The API of autumn 2026, as its vendor's public server code has it (github.com/samsarone/samsar, MIT).

Each table names the files and commits that it was read from, under services/processor/src. The commits have no dates;
the newest are from after 22 September 2026. The stages' shares of the render are invented. The fake answers by this
file. The client is tested against it, and never built from it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from http import HTTPStatus
from types import MappingProxyType
from typing import Final, cast

from bot.sandbox.contract import Contract, ModelSpec, Movie, Order, input_of, is_key, utf16_units
from bot.sandbox.fault_injection import JsonObject, Reply, refusal, web_page

_GENERAL: Final = ("app.js@368c891c", "routes/api/index.js@368c891c", "routes/api/v2.js@1b62ed10")
_KEYS: Final = ("routes/api/index.js@368c891c", "external/User.js@108cef1a")
_CREATE: Final = (
    "routes/api/video.js@26a7e82d",
    "models/api/PromptUtils.js@7ecede6f",
    "models/api/MovieAPI.js@5ef8d05a",
)
_MODELS: Final = (
    "consts/ExpressVideoModelOptions.js@736407e5",
    "consts/GPTImageModelKeys.js@736407e5",
    "models/api/PromptUtils.js@7ecede6f",
    "consts/VideoModelAvailability.js@799ad018",
)
_STATUS: Final = ("models/api/StatusAPI.js@f542dbee",)
_CHARGES: Final = ("models/ExpressVideoStageBilling.js@4f0ccc20", "models/GenerationCredits.js@4f0ccc20")
_CANCEL: Final = ("models/api/VideoSessionCancelAPI.js@b10816b7",)

_CODES: Final = "EN, ES, FR, JA, TH, ZH, BN, HI, SA, LA"


class Answer(Enum):
    """What the API answers when it does not do what was asked: the status, the message and where both were read.

    A message has its values in braces. A failed movie is answered with 200. Answers to an order are in the order of its
    checks.
    """

    def __init__(self, status: int, message: str, sources: tuple[str, ...]) -> None:
        self.status = status
        self.message = message
        self.sources = sources

    NO_PATH = 404, "Cannot {method} {path}", _GENERAL
    MALFORMED = 400, "Bad Request", _GENERAL
    TOO_LARGE = 413, "Payload Too Large", _GENERAL

    KEY_MISSING = 400, "API_KEY, auth token, or APP_KEY header is missing or empty.", _KEYS
    TOKEN_INVALID = 401, "Invalid auth token. User not found.", _KEYS
    KEY_INVALID = 401, "Invalid API_KEY. User not found.", _KEYS
    KEY_EXPIRED = 401, "Your api key has expired, please generate a new api key.", _KEYS
    OTHER_AUTH = 403, "Use a Samsar API key, user auth token, or APP_KEY for this route.", _KEYS

    SUBTITLES_INVALID = 400, "enable_subtitles/add_subtitles must be a boolean.", _CREATE
    PROMPT_MISSING = 400, "Prompt is required", _CREATE
    PROMPT_TOO_LONG = 400, "Prompt is too long", _CREATE
    VIDEO_MODEL_UNSUPPORTED = 400, "Video model is not supported for this type", _MODELS
    VIDEO_MODEL_INVALID = 400, "Invalid video model", _MODELS
    MODEL_UNAVAILABLE = 400, "{model} is temporarily unavailable.", _MODELS
    IMAGE_MODEL_RETIRED = 400, "Invalid model: GPTIMAGE2. Use GPTIMAGE2.5.", _MODELS
    IMAGE_MODEL_NATIVE = 400, "Qwen Image 3.0 Pro requires native Alibaba Cloud pay-as-you-go routing", _MODELS
    IMAGE_MODEL_CUSTOM = 400, "Custom image models are only supported in standalone deployments", _MODELS
    IMAGE_MODEL_UNSUPPORTED = 400, "Image model is not supported for this type", _MODELS
    IMAGE_MODEL_INVALID = 400, "Invalid image model", _MODELS
    DURATION_INVALID = 400, "Duration is invalid", _CREATE
    DURATION_TOO_SHORT = 400, "Duration must be at least 10 seconds", _CREATE
    DURATION_TOO_LONG = 400, "Duration is too long", _CREATE
    LANGUAGE_INVALID = 400, f"language must be one of: {_CODES}, or 'auto'.", _CREATE
    SUBTITLES_OFF = 400, "subtitle_language requires enable_subtitles to be true.", _CREATE
    SUBTITLE_LANGUAGE_INVALID = 400, f"subtitle_language must be one of: {_CODES}.", _CREATE
    MUSIC_MODEL_INVALID = 400, "backingtrack_model must be one of: ELEVENLABS_MUSIC, LYRIA3.", _CREATE
    VOICE_MODEL_INVALID = 400, "tts_model must be one of: OPENAI, ELEVENLABS, GOOGLE.", _CREATE
    TOO_FEW_CREDITS = (
        402,
        (
            "Insufficient credits for text_to_video."
            " Estimated required credits: {required}; available credits: {available}."
        ),
        _CREATE,
    )
    KEY_LIMIT_REACHED = (
        402,
        "API key monthly credit limit reached. Limit: {limit}; used: {used}; requested: {requested}.",
        _CREATE,
    )
    NOT_CREATED = 500, "Internal server error while creating video.", _CREATE

    STATUS_WITHOUT_ID = 400, "request_id (or session_id) query param is required.", _STATUS
    STATUS_UNKNOWN = 404, "Request not found.", _STATUS

    CANCEL_WITHOUT_ID = 400, "videoSessionId (or video_session_id/session_id) is required.", _CANCEL
    CANCEL_INVALID_ID = 400, "videoSessionId must be a valid id.", _CANCEL
    CANCEL_UNKNOWN = 404, "Video session not found.", _CANCEL

    NARRATIVE_MODERATED = 200, "Narrative failed moderation", _STATUS
    PROMPT_FAILED = 200, "Prompt generation failed", _STATUS
    IMAGES_FAILED = 200, "Image generation failed", _STATUS
    AUDIO_FAILED = 200, "Audio generation failed", _STATUS
    VIDEO_FAILED = 200, "AI video generation failed.", _STATUS
    TIMED_OUT = 200, "Video generation timed out", _STATUS
    CREDITS_RAN_OUT = 200, "Insufficient credits while charging {label}.", _CHARGES

    def text(self, **values: object) -> str:
        """Return the message with its values."""
        return self.message.format(**values)

    def reply(self, **values: object) -> Reply:
        """Return the answer with its values: JSON, or a page of Express."""
        text = self.text(**values)
        return web_page(self.status, text) if self in _WEB_PAGES else refusal(text, self.status)


_WEB_PAGES: Final = frozenset({Answer.NO_PATH, Answer.MALFORMED, Answer.TOO_LARGE})


MAX_PROMPT_UNITS: Final = 4000
"""UTF-16 code units, after trimming: an emoji counts as two. models/api/PromptUtils.js@7ecede6f."""

MIN_DURATION_SECONDS, MAX_DURATION_SECONDS = 10, 240
"""models/api/PromptUtils.js@7ecede6f."""

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
        "SEEDANCE2.0I2V": ModelSpec(40, _BOTH),
        "SEEDANCE2.5I2V": ModelSpec(50, _BOTH),
        "VEO3.1I2V": ModelSpec(60, _BOTH),
    }
)
"""consts/ExpressVideoModelOptions.js@736407e5, consts/pricing/ExpressVideoPricingDistribution.js@20a58cad."""

_STUDIO_MODELS: Final = ("VEOI2V", "KLINGIMGTOVIDPRO", "PIXVERSEI2V")
"""Known to the server, but not for movies. LUMA is not known."""

IMAGE_MODELS = ("GPTIMAGE2.5", "NANOBANANAPRO", "SEEDREAM", "WAN2.7PRO")
"""models/api/PromptUtils.js@7ecede6f."""

_RETIRED_IMAGE_MODEL: Final = "GPTIMAGE2"
_NATIVE_IMAGE_MODEL: Final = "QWENIMAGE3PRO"

LANGUAGES: Final = ("en", "es", "fr", "ja", "th", "zh", "bn", "hi", "sa", "la")
"""consts/SupportedLanguages.js@31d0b2ca."""

_SUBTITLES: Final = ("enable_subtitles", "add_subtitles")
_MUSIC_MODELS: Final = (None, "ELEVENLABS_MUSIC", "LYRIA3")
_VOICE_MODELS: Final = (None, "OPENAI", "ELEVENLABS", "GOOGLE")
_OTHER_LANGUAGE_NAMES: Final = {"jp": "ja", "cn": "zh"}

STAGES: Mapping[str, float] = MappingProxyType(
    {
        "prompt_generation": 0.08,
        "image_generation": 0.28,
        "speech_generation": 0.38,
        "timeline_reflowed": 0.42,
        "music_generation": 0.46,
        "audio_generation": 0.5,
        "ai_video_generation": 0.9,
        "lip_sync_generation": 0.92,
        "sound_effect_generation": 0.94,
        "delete_reflow": 0.95,
        "frame_generation": 0.97,
        "video_generation": 1.0,
    }
)
"""models/api/StatusAPI.js@f542dbee."""

_LATER_STAGES: Final = frozenset({"lip_sync_generation", "sound_effect_generation"})
"""They appear in a status when they begin."""

_CANCELLED_STAGES: Final = ("video_generation", "frame_generation")


@dataclass(frozen=True, slots=True)
class Charge:
    """What is charged at the end of a stage.

    `per_second` is in credits; None is what is left of the model's price. `label` names it in a failure.
    """

    name: str
    stage: str
    per_second: int | None
    label: str


CHARGES: Final = (
    Charge("narrative_inference", "prompt_generation", 4, "Narrative inference"),
    Charge("image", "image_generation", 2, "Image generation/edit"),
    Charge("speech", "speech_generation", 2, "Speech generation"),
    Charge("music", "music_generation", 2, "Music generation"),
    Charge("ai_video", "ai_video_generation", None, "AI video generation"),
    Charge("lip_sync", "lip_sync_generation", 1, "Lip sync generation"),
    Charge("sound_effect", "sound_effect_generation", 1, "Sound effects generation"),
    Charge("pipeline", "video_generation", 4, "Pipeline finalization"),
)
"""consts/pricing/ExpressVideoPricingDistribution.js@20a58cad, models/ExpressVideoStageBilling.js@4f0ccc20."""

_CHEAPEST_RATE: Final = 20
"""Of the vendor's models. A cheaper one, as tests have it, pays for the stages in proportion."""

_MAX_LISTED: Final = 50
_IDS: Final = ("request_id", "session_id")
_ID_NAMES: Final = ("session_id", "video_session_id", "videoSessionId")
_ID: Final = re.compile(r".{12}|[0-9a-fA-F]{24}", re.DOTALL)
"""What Mongoose takes for an id."""

_TOKEN_PARTS: Final = 3


def _authenticate(headers: Mapping[str, str], api_key: str) -> Reply | None:
    """Check the key: the word after any scheme, or the header api_key."""
    _, _, rest = headers.get("Authorization", "").partition(" ")
    key = rest.split(" ", 1)[0].strip() or headers.get("api_key", "").strip()
    if not key:
        return Answer.KEY_MISSING.reply()
    if is_key(key, api_key):
        return None
    is_token = len(key.split(".")) == _TOKEN_PARTS
    return (Answer.TOKEN_INVALID if is_token else Answer.KEY_INVALID).reply()


def _parse_order(body: object, models: Mapping[str, ModelSpec]) -> Order | Reply:
    """Parse a body of POST /v1/video/text_to_video."""
    fields = input_of(body)
    for answer, is_wrong in _CHECKS:
        if is_wrong(fields, models):
            return answer.reply()
    outer = cast("JsonObject", body)
    webhook_url = outer.get("webhookUrl") or fields.get("webhookUrl")
    seconds, video_model = _duration(fields), cast("str", fields["video_model"])
    return Order(
        prompt=_prompt(fields),
        seconds=seconds,
        video_model=video_model,
        image_model=cast("str", fields["image_model"]),
        aspect_ratio=str(fields.get("aspect_ratio") or "16:9"),
        webhook_url=webhook_url if isinstance(webhook_url, str) and webhook_url else None,
        charges=_charges(seconds, models[video_model].credits_per_second),
        subtitles=bool(_subtitles(fields)),
    )


def _credits(balance: int) -> Reply:
    """Answer a request for the balance. routes/api/index.js@368c891c."""
    reply = Reply.of({"remainingCredits": balance, "lastTopUp": None})
    return Reply(reply.status, reply.body, {"x-credits-remaining": str(balance)})


def _status(movie: Movie, at: float, url: str) -> JsonObject:
    """Answer a status request. models/api/StatusAPI.js@f542dbee."""
    now, order, charges = movie.progress(at), movie.order, movie.charges(at)
    charged = round(sum(charges.values()))
    breakdown: JsonObject = {
        "version": 1,
        "durationSeconds": order.seconds,
        "totalCharged": charged,
        "stages": {each.name: charges[each.stage] for each in CHARGES if each.stage in charges},
    }
    answer: JsonObject = {
        "session_id": movie.request_id,
        "request_id": movie.request_id,
        "status": now.status,
        "type": "video",
        "provider": order.video_model,
        "narrative_type": "singular",
        "source_narrative_request_id": None,
        "render_plan_version": None,
        "default_path_id": None,
        "expressGenerationStatus": _stage_states(now.status, now.details),
        "expressGenerationFailed": now.status == "FAILED",
        "expressGenerationCancelled": now.status == "CANCELLED",
        "expressGenerationPaused": False,
        "creditsCharged": charged,
        "credits_charged": charged,
        "expressGenerationCreditCharges": breakdown,
        "express_generation_credit_charges": breakdown,
    }
    if now.details["ai_video_generation"] == "COMPLETED":  # before the movie is ready
        answer |= {"videoLink": url, "remoteURL": url}
    if now.status == "COMPLETED":
        answer |= {"result_url": url, "result_urls": [url]}
        answer |= {"has_subtitles": order.subtitles, "has_footer": False, "result_language": None}
    if now.status in ("FAILED", "CANCELLED"):
        names = ("message", "error", "generationError", "expressGenerationError")
        answer |= dict.fromkeys(names, now.message)
    return answer


def _callback(movie: Movie, at: float, url: str) -> JsonObject | None:
    """Say how a movie has ended, with an unsigned link.

    Not about one that moderation stopped. services/express-video-listener/src/ExpressListener.js@150682e1.
    """
    now = movie.progress(at)
    ids: JsonObject = dict.fromkeys(_IDS, movie.request_id)
    if now.status == "COMPLETED":
        return ids | {"status": now.status, "result_url": url, "video": {"url": url, **ids}}
    if now.status == "FAILED" and now.message != Answer.NARRATIVE_MODERATED.text():
        return ids | {"status": now.status, "video": {"url": None, **ids}, "error": {"message": now.message}}
    return None


def listed_models(models: Mapping[str, ModelSpec], image_models: tuple[str, ...]) -> JsonObject:
    """Answer GET /v1/video/supported_models.

    An image model's price is another product's.
    """
    videos: list[object] = [
        {
            "label": key.title(),
            "value": key,
            "basePrice": spec.credits_per_second,
            "pricingDistribution": {"total": spec.credits_per_second},
        }
        for key, spec in models.items()
    ]
    images: list[object] = [
        {"label": key.title(), "value": key, "basePrice": 46 if key == "GPTIMAGE2.5" else 15} for key in image_models
    ]
    for_movies: JsonObject = {"VIDEO_MODELS": videos, "IMAGE_MODELS": images}
    return {
        "INFERENCE_MODELS": [],
        "IMAGE_EDIT_MODELS": [],
        **for_movies,
        "text_to_video": for_movies,
        "image_list_to_video": for_movies,
    }


def listed_requests(movies: Iterable[Movie], limit: str) -> JsonObject:
    """Answer GET /v2/requests: the last ones, the newest first.

    Their status stays PENDING: the list's own is not that of the movie. routes/api/v2.js@1b62ed10.
    """
    count = min(max(int(limit), 1), 500) if limit.isdecimal() else _MAX_LISTED
    newest = sorted(movies, key=lambda movie: movie.ordered_at, reverse=True)[:count]
    return {
        "requests": [
            dict.fromkeys(_IDS, movie.request_id)
            | {
                "type": "video",
                "provider": movie.order.video_model,
                "status": "PENDING",
                "result_url": None,
                "result_urls": [],
                "thumbnail_url": None,
                "request_type": "API",
                "session_sub_type": None,
                **dict.fromkeys(
                    ("created_at", "updated_at"), datetime.fromtimestamp(movie.ordered_at, UTC).isoformat()
                ),
                "metadata": {},
            }
            for movie in newest
        ]
    }


def moderated(*flagged: str) -> JsonObject:
    """Answer a request to moderate, with the categories that something was flagged for.

    models/api/ExternalModerationAPI.js@85e83114.
    """
    result: JsonObject = {"flagged": bool(flagged), "categories": dict.fromkeys(flagged, True), "category_scores": {}}
    decision: JsonObject = {"safe": True, "reason": "passed"}
    if flagged:
        decision = {"safe": False, "reason": "flagged", "categories": [*flagged]}
    return {"id": "modr-1", "model": "omni-moderation-latest", "results": [result], "decision": decision}


def moderated_text(body: object) -> str | None:
    """Return the text of a request to moderate."""
    entries = cast("JsonObject", body).get("input") if isinstance(body, dict) else None
    texts = [each.get("text") for each in cast("list[JsonObject]", entries)] if isinstance(entries, list) else [entries]
    return next((text for text in texts if isinstance(text, str)), None)


def cancelled(request_id: str) -> JsonObject:
    """Answer a cancellation, in whatever state the movie is."""
    return {
        **dict.fromkeys(_IDS, request_id),
        "status": "CANCELLED",
        "cancelled": True,
        "message": "Render cancellation requested.",
    }


def cancelled_id(body: object) -> str:
    """Return the id that a cancellation names, '' for none."""
    fields = input_of(body)
    return next((str(fields[name]) for name in _ID_NAMES if fields.get(name)), "")


def not_cancelled(request_id: str) -> Reply:
    """Refuse to cancel a movie that there is not."""
    if not request_id:
        return Answer.CANCEL_WITHOUT_ID.reply()
    return (Answer.CANCEL_UNKNOWN if _ID.fullmatch(request_id) else Answer.CANCEL_INVALID_ID).reply()


def _stage_states(status: str, details: Mapping[str, str]) -> dict[str, str]:
    """Return the stages of a status; `status` is among them only at an end other than a success."""
    states = {name: state for name, state in details.items() if name not in _LATER_STAGES or state != "INIT"}
    if status == "CANCELLED":
        ended = ("COMPLETED", "FAILED")
        states |= {name: status for name in _CANCELLED_STAGES if states[name] not in ended}
    return {"status": status, **states} if status in ("FAILED", "CANCELLED") else states


def _charges(seconds: float, rate: int) -> Mapping[str | None, int]:
    """Return what each stage costs, rounded up."""
    scale = min(1.0, rate / _CHEAPEST_RATE)
    left = rate - scale * sum(each.per_second or 0 for each in CHARGES)
    prices = {each.stage: left if each.per_second is None else scale * each.per_second for each in CHARGES}
    return MappingProxyType({stage: math.ceil(round(seconds * price, 6)) for stage, price in prices.items()})


def _prompt(order: JsonObject) -> str:
    prompt = order.get("prompt")
    return prompt.strip() if isinstance(prompt, str) else ""


def _duration(order: JsonObject) -> float:
    """Return an order's duration, converted as JavaScript's `Number()` does."""
    value = order.get("duration", math.nan)
    if value is None or value == "":
        return 0.0
    try:
        return float(cast("str", value))
    except (TypeError, ValueError):
        return math.nan


def _subtitles(fields: JsonObject) -> object:
    return fields.get("enable_subtitles") or fields.get("add_subtitles")


def _language(value: object) -> str:
    """Return a language's code, in lower case and without its region."""
    code = str(value).strip().lower().partition("-")[0]
    return _OTHER_LANGUAGE_NAMES.get(code, code)


_CHECKS: Final[tuple[tuple[Answer, Callable[[JsonObject, Mapping[str, ModelSpec]], bool]], ...]] = (
    (
        Answer.SUBTITLES_INVALID,
        lambda order, _: not all(isinstance(order.get(name), bool | None) for name in _SUBTITLES),
    ),
    (Answer.PROMPT_MISSING, lambda order, _: not _prompt(order)),
    (Answer.PROMPT_TOO_LONG, lambda order, _: utf16_units(_prompt(order)) > MAX_PROMPT_UNITS),
    (
        Answer.VIDEO_MODEL_UNSUPPORTED,
        lambda order, models: order.get("video_model") not in models and order.get("video_model") in _STUDIO_MODELS,
    ),
    (Answer.VIDEO_MODEL_INVALID, lambda order, models: order.get("video_model") not in models),
    (Answer.IMAGE_MODEL_RETIRED, lambda order, _: str(order.get("image_model")).upper() == _RETIRED_IMAGE_MODEL),
    (Answer.IMAGE_MODEL_NATIVE, lambda order, _: order.get("image_model") == _NATIVE_IMAGE_MODEL),
    (Answer.IMAGE_MODEL_INVALID, lambda order, _: order.get("image_model") not in IMAGE_MODELS),
    (Answer.DURATION_INVALID, lambda order, _: not math.isfinite(_duration(order))),
    (Answer.DURATION_TOO_SHORT, lambda order, _: _duration(order) < MIN_DURATION_SECONDS),
    (Answer.DURATION_TOO_LONG, lambda order, _: _duration(order) > MAX_DURATION_SECONDS),
    (Answer.LANGUAGE_INVALID, lambda order, _: _language(order.get("language") or "auto") not in ("auto", *LANGUAGES)),
    (Answer.SUBTITLES_OFF, lambda order, _: order.get("subtitle_language") is not None and not _subtitles(order)),
    (
        Answer.SUBTITLE_LANGUAGE_INVALID,
        lambda order, _: (
            order.get("subtitle_language") is not None and _language(order["subtitle_language"]) not in LANGUAGES
        ),
    ),
    (Answer.MUSIC_MODEL_INVALID, lambda order, _: order.get("backingtrack_model") not in _MUSIC_MODELS),
    (Answer.VOICE_MODEL_INVALID, lambda order, _: order.get("tts_model") not in _VOICE_MODELS),
)
"""What an order is refused with, and when, in the order of the API's checks.

It checks neither tone nor aspect ratio.
"""


AUTUMN_2026: Final = Contract(
    base_path="/",
    create_path="/v1/video/text_to_video",
    status_path="/v1/status",
    stages=STAGES,
    video_models=VIDEO_MODELS,
    image_models=IMAGE_MODELS,
    id_names=_IDS,
    without_id=Answer.STATUS_WITHOUT_ID.reply(),
    unknown_id=Answer.STATUS_UNKNOWN.reply(),
    insufficient=Answer.TOO_FEW_CREDITS.message,
    authenticate=_authenticate,
    parse_order=_parse_order,
    credits=_credits,
    status=_status,
    callback=_callback,
    rejected_bodies={
        HTTPStatus.BAD_REQUEST: Answer.MALFORMED.reply(),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Answer.TOO_LARGE.reply(),
    },
    ran_out={each.stage: Answer.CREDITS_RAN_OUT.text(label=each.label) for each in CHARGES},
    early_stages=frozenset({"prompt_generation", "image_generation", "audio_generation"}),
    unstoppable_stage="prompt_generation",
    checks_id_first=True,
)
