"""The API of autumn 2026, as its vendor's public server code has it (github.com/samsarone/samsar, MIT).

Each table names the files and commits that it was read from, under services/processor/src. The commits have no dates;
the newest are from after 22 September 2026. The stages' shares of the render are invented. The fake answers by this
file, and by those of each operation. The client is tested against them, and never built from them.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Final, cast

from bot.sandbox.contract import Contract, ModelSpec, Movie, Order, Scene, is_key, utf16_units
from bot.sandbox.endpoints import Call, Refusal, is_unknown, not_boolean
from bot.sandbox.fault_injection import ApiAnswer, JsonObject, Reply

NO_PATH: Final = ApiAnswer(404, "Cannot {method} {path}", is_page=True)
"""As Express answers. app.js@368c891c."""

KEY_LIMIT_REACHED: Final = ApiAnswer(
    402, "API key monthly credit limit reached. Limit: {limit}; used: {used}; requested: {requested}."
)
"""models/GenerationCredits.js@4f0ccc20."""

MODERATED: Final = "Narrative failed moderation"
"""Why a movie failed that moderation stopped. models/api/StatusAPI.js@f542dbee."""

VIDEO_MODEL_INVALID: Final = ApiAnswer(400, "Invalid video model")

REQUEST_UNKNOWN: Final = ApiAnswer(404, "Request not found.")

NO_SESSION_ID: Final = ApiAnswer(400, "videoSessionId (or video_session_id/session_id) is required.")
INVALID_SESSION_ID: Final = ApiAnswer(400, "videoSessionId must be a valid id.")
SESSION_UNKNOWN: Final = ApiAnswer(404, "Video session not found.")
"""models/api/VideoSessionCancelAPI.js@b10816b7."""

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

LANGUAGES: Final = ("en", "es", "fr", "ja", "th", "zh", "bn", "hi", "sa", "la")
"""consts/SupportedLanguages.js@31d0b2ca."""

CODES: Final = ", ".join(LANGUAGES).upper()

_SUBTITLES: Final = ("enable_subtitles", "add_subtitles")
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

IDS: Final = ("request_id", "session_id")
ID: Final = re.compile(r".{12}|[0-9a-fA-F]{24}", re.DOTALL)
"""What Mongoose takes for an id."""

_TOKEN_DOTS: Final = 2

_SCENE_SECONDS: Final = 5
_SHOTS: Final = ("Wide shot", "Close-up", "From above", "Tracking shot", "From behind")
"""About how long a scene is. Invented."""


def _authenticate(headers: Mapping[str, str], api_key: str) -> Reply | None:
    """Check the key: the word after any scheme, or the header api_key.

    routes/api/index.js@368c891c, external/User.js@108cef1a.
    """
    _, _, rest = headers.get("Authorization", "").partition(" ")
    key = rest.split(" ", 1)[0].strip() or headers.get("api_key", "").strip()
    if not key:
        return ApiAnswer(400, "API_KEY, auth token, or APP_KEY header is missing or empty.").reply()
    if is_key(key, api_key):
        return None
    kind = "auth token" if key.count(".") == _TOKEN_DOTS else "API_KEY"
    return ApiAnswer(401, f"Invalid {kind}. User not found.").reply()


def order_of(call: Call) -> Order:
    """Return the order of a checked body of POST /v1/video/text_to_video."""
    fields, prompt, seconds = call.fields, call.text("prompt"), _duration(call)
    model = cast("ModelSpec", call.video_model)
    scenes = math.ceil(seconds / _SCENE_SECONDS)
    shots = itertools.islice(itertools.cycle(_SHOTS), scenes)
    return Order(
        prompt=prompt,
        seconds=seconds,
        video_model=str(fields["video_model"]),
        image_model=cast("str", fields["image_model"]),
        aspect_ratio=str(fields.get("aspect_ratio") or "16:9"),
        webhook_url=call.webhook_url,
        charges=charges_of(seconds, model.credits_per_second),
        subtitles=wants_subtitles(call),
        scenes=tuple(Scene(f"{shot}: {prompt.partition(',')[0]}", seconds / scenes, title=prompt) for shot in shots),
    )


def _status(movie: Movie, at: float, url: str) -> JsonObject:
    """Answer a status request. models/api/StatusAPI.js@f542dbee."""
    now, order = movie.progress(at), movie.order
    charges = movie.charges(at) if order.copied is None else order.copied
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
    if order.copied is None and now.details["ai_video_generation"] == "COMPLETED":  # before the movie is ready
        answer |= {"videoLink": url, "remoteURL": url}
    if now.status == "COMPLETED":
        answer |= {"videoLink": url, "remoteURL": url, "result_url": url, "result_urls": [url]}
        answer |= {"has_subtitles": order.subtitles, "has_footer": False, "result_language": order.language}
    if now.status in ("FAILED", "CANCELLED"):
        names = ("message", "error", "generationError", "expressGenerationError")
        answer |= dict.fromkeys(names, now.message)
    return answer


def ids(movie: Movie) -> JsonObject:
    """Return a movie's id under both its names."""
    return dict.fromkeys(IDS, movie.request_id)


def told_ids(_: Call, movie: Movie) -> Reply:
    """Answer with the id of a new movie."""
    return Reply.of(ids(movie))


def _callback(movie: Movie, at: float, url: str) -> JsonObject | None:
    """Say how a movie has ended, with an unsigned link.

    Not about one that moderation stopped. services/express-video-listener/src/ExpressListener.js@150682e1.
    """
    now, names = movie.progress(at), ids(movie)
    if now.status == "COMPLETED":
        return names | {"status": now.status, "result_url": url, "video": {"url": url, **names}}
    if now.status == "FAILED" and now.message != MODERATED:
        return names | {"status": now.status, "video": {"url": None, **names}, "error": {"message": now.message}}
    return None


def _stage_states(status: str, details: Mapping[str, str]) -> dict[str, str]:
    """Return the stages of a status; `status` is among them only at an end other than a success."""
    states = {name: state for name, state in details.items() if name not in _LATER_STAGES or state != "INIT"}
    if status == "CANCELLED":
        ended = ("COMPLETED", "FAILED")
        states |= {name: status for name in _CANCELLED_STAGES if states[name] not in ended}
    return {"status": status, **states} if status in ("FAILED", "CANCELLED") else states


def prices_of(rate: float) -> Mapping[str, float]:
    """Return what each stage costs, in credits a second, by its name in the prices."""
    scale = min(1.0, rate / _CHEAPEST_RATE)
    left = rate - scale * sum(each.per_second or 0 for each in CHARGES)
    return {each.name: left if each.per_second is None else scale * each.per_second for each in CHARGES}


def charges_of(seconds: float, rate: float) -> Mapping[str | None, int]:
    """Return what each stage costs, rounded up."""
    prices = prices_of(rate)
    return MappingProxyType({each.stage: rounded_up(seconds * prices[each.name]) for each in CHARGES})


def rounded_up(credits: float) -> int:
    """Round up to whole credits, but for what floating-point numbers add."""
    return math.ceil(round(credits, 6))


def _duration(call: Call) -> float:
    """Return an order's duration, converted as JavaScript's `Number()` does."""
    value = call.fields.get("duration", math.nan)
    try:
        return float(cast("str", value)) if value not in (None, "") else 0.0
    except (TypeError, ValueError):
        return math.nan


def wants_subtitles(call: Call) -> bool:
    """Return whether subtitles are ordered."""
    return any(call.fields.get(name) for name in _SUBTITLES)


def language_of(value: object) -> str:
    """Return a language's code, in lower case and without its region."""
    code = str(value).strip().lower().partition("-")[0]
    return _OTHER_LANGUAGE_NAMES.get(code, code)


def session_checks(invalid: ApiAnswer = INVALID_SESSION_ID) -> tuple[Refusal, ...]:
    """Return the checks of the id of a session."""
    return (
        (NO_SESSION_ID, lambda call: not call.request_id),
        (invalid, lambda call: is_unknown(call) and not ID.fullmatch(call.request_id)),
        (SESSION_UNKNOWN, is_unknown),
    )


def subtitle_language_check(*names: str) -> Refusal:
    """Return a check that the first of these fields with a value is one of the ten languages."""
    return (
        ApiAnswer(400, f"subtitle_language must be one of: {CODES}."),
        lambda call: (given := call.given(*names)) is not None and language_of(given) not in LANGUAGES,
    )


def one_of_check(name: str, *known: str) -> Refusal:
    """Return a check that a field has one of these values, if any."""
    answer = ApiAnswer(400, f"{name} must be one of: {', '.join(known)}.")
    return answer, lambda call: call.given(name) not in (None, *known)


SUBTITLE_CHECK: Final[Refusal] = (
    ApiAnswer(400, "enable_subtitles/add_subtitles must be a boolean."),
    not_boolean(*_SUBTITLES),
)

SOUND_CHECKS: Final[tuple[Refusal, ...]] = (
    (
        ApiAnswer(400, f"language must be one of: {CODES}, or 'auto'."),
        lambda call: language_of(call.fields.get("language") or "auto") not in ("auto", *LANGUAGES),
    ),
    (
        ApiAnswer(400, "subtitle_language requires enable_subtitles to be true."),
        lambda call: call.given("subtitle_language") is not None and not wants_subtitles(call),
    ),
    subtitle_language_check("subtitle_language"),
    one_of_check("backingtrack_model", "ELEVENLABS_MUSIC", "LYRIA3"),
    one_of_check("tts_model", "OPENAI", "ELEVENLABS", "GOOGLE"),
)

RETIRED_CHECK: Final[Refusal] = (
    ApiAnswer(400, "Invalid model: GPTIMAGE2. Use GPTIMAGE2.5."),
    lambda call: str(call.fields.get("image_model")).upper() == "GPTIMAGE2",
)

ORDER_CHECKS: Final[tuple[Refusal, ...]] = (
    SUBTITLE_CHECK,
    (ApiAnswer(400, "Prompt is required"), lambda call: not call.text("prompt")),
    (ApiAnswer(400, "Prompt is too long"), lambda call: utf16_units(call.text("prompt")) > MAX_PROMPT_UNITS),
    (
        ApiAnswer(400, "Video model is not supported for this type"),
        lambda call: not call.video_model and call.given("video_model") in _STUDIO_MODELS,
    ),
    (VIDEO_MODEL_INVALID, lambda call: not call.video_model),
    RETIRED_CHECK,
    (
        ApiAnswer(400, "Qwen Image 3.0 Pro requires native Alibaba Cloud pay-as-you-go routing"),
        lambda call: call.given("image_model") == "QWENIMAGE3PRO",
    ),
    (ApiAnswer(400, "Invalid image model"), lambda call: call.given("image_model") not in IMAGE_MODELS),
    (ApiAnswer(400, "Duration is invalid"), lambda call: not math.isfinite(_duration(call))),
    (
        ApiAnswer(400, f"Duration must be at least {MIN_DURATION_SECONDS} seconds"),
        lambda call: _duration(call) < MIN_DURATION_SECONDS,
    ),
    (ApiAnswer(400, "Duration is too long"), lambda call: _duration(call) > MAX_DURATION_SECONDS),
    *SOUND_CHECKS,
)
"""What an order is refused with, and when, in the order of the API's checks. It checks neither tone nor aspect ratio.

routes/api/video.js@26a7e82d, models/api/PromptUtils.js@7ecede6f, models/api/MovieAPI.js@5ef8d05a; of models, also
consts/ExpressVideoModelOptions.js@736407e5, consts/GPTImageModelKeys.js@736407e5,
consts/VideoModelAvailability.js@799ad018.
"""


AUTUMN_2026: Final = Contract(
    base_path="/",
    create_path="/v1/video/text_to_video",
    status_path="/v1/status",
    stages=STAGES,
    video_models=VIDEO_MODELS,
    image_models=IMAGE_MODELS,
    authenticate=_authenticate,
    status=_status,
    callback=_callback,
    rejected_bodies={
        HTTPStatus.BAD_REQUEST: ApiAnswer(400, "Bad Request", is_page=True).reply(),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ApiAnswer(413, "Payload Too Large", is_page=True).reply(),
    },
    ran_out={each.stage: f"Insufficient credits while charging {each.label}." for each in CHARGES},
    early_stages=frozenset({"prompt_generation", "image_generation", "audio_generation"}),
    unstoppable_stage="prompt_generation",
    signs_links=True,
)
