"""What an answer of the API of 2026 is, and its answers about what is made step by step, of movies and of pictures.

Each names the files and commits that it was read from, under services/processor/src.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final, cast

from bot.sandbox.endpoints import Call, Check
from bot.sandbox.fault_injection import JsonObject, Reply

CODES: Final = "EN, ES, FR, JA, TH, ZH, BN, HI, SA, LA"


class ApiAnswer(Enum):
    """What the API answers when it does not do what was asked: the status, the message and where both were read.

    A message has its values in braces. Few have a code.
    """

    def __init__(self, status: int, message: str, sources: tuple[str, ...], code: str | None = None) -> None:
        self.status = status
        self.message = message
        self.sources = sources
        self.code = code

    def text(self, **values: object) -> str:
        """Return the message with its values."""
        return self.message.format(**values)

    def reply(self, **values: object) -> Reply:
        """Return the answer with its values, as JSON."""
        text = self.text(**values)
        told: JsonObject = {"code": self.code, "message": text} if self.code else {"message": text}
        return Reply.of(told, self.status)


Refusal = tuple[ApiAnswer, Callable[[Call], object]]
"""An answer, and when a request gets it; where the answer has values, they are what is returned instead of True."""


def in_order(*refusals: Refusal) -> Check:
    """Return a check that refuses a request with the first answer that applies."""

    def refused(call: Call) -> Reply | None:
        for answer, applies in refusals:
            if values := applies(call):
                return answer.reply(**cast("JsonObject", values) if isinstance(values, dict) else {})
        return None

    return refused


def is_unknown(call: Call) -> bool:
    """Return whether a request names no movie that there is."""
    return call.movie is None


def not_boolean(*names: str) -> Callable[[Call], JsonObject | None]:
    """Return a check that finds the first of these fields which is no boolean."""
    return lambda call: next(
        ({"field": name} for name in names if not isinstance(call.fields.get(name), bool | None)), None
    )


_DETAILS: Final = ("routes/api/v2.js@1b62ed10", "models/api/StatusAPI.js@f542dbee")
_STEPS: Final = (
    "models/api/StepVideoAPI.js@5d6e1b63",
    "models/ExpressVideoStepState.js@b10816b7",
    "routes/api/v2.js@1b62ed10",
)
_SCENES: Final = ("models/api/VideoSessionRerollAPI.js@64b4e7a0",)
_PICTURES: Final = (
    "routes/api/video.js@26a7e82d",
    "models/api/MovieAPI.js@5ef8d05a",
    "consts/ImageListToVideoModels.js@b10816b7",
    "models/api/ImageListToVideoUrlValidation.js@b10816b7",
)
_UPLOAD: Final = ("models/api/ImageUploadAPI.js@b10816b7",)
_FILMS: Final = ("models/api/VideoSessionJoinAPI.js@9b4db570", "routes/api/video.js@26a7e82d")
_DUBS: Final = ("models/api/VideoSessionTranslateAPI.js@119492c0", "routes/api/video.js@26a7e82d")
_MODERATION: Final = ("models/api/ExternalModerationAPI.js@85e83114",)


class OperationAnswer(ApiAnswer):
    """What the API answers about each operation, in the order of its checks."""

    DETAILS_WITHOUT_ID = 400, "request_id (or session_id) is required.", _DETAILS

    STEP_WITHOUT_ID = 400, "request_id or session_id is required.", _STEPS
    STEP_UNKNOWN = 404, "Step video request not found.", _STEPS
    STEP_LINEAR = 400, "This video request is not a step video request.", _STEPS
    STEP_FAILED = 409, "{failure}", _STEPS
    STEP_NOT_DONE = 409, "The current step is not completed yet.", _STEPS
    STEP_TOO_FEW_CREDITS = 402, "Insufficient credits.", _STEPS

    SCENE_INVALID_ID = 400, "videoSessionId must be a valid video session id.", _SCENES
    SCENE_RENDERING = (
        409,
        "Session is still rendering. Wait for the current render to complete before rerolling layers.",
        _SCENES,
    )
    SCENE_PAUSED = (
        409,
        "Session is paused. Resume or cancel the current render before rerolling layers.",
        _SCENES,
    )
    SCENE_NO_LAYERS = 400, "Session has no layers to reroll.", _SCENES
    SCENE_INVALID = 400, "layer_indexes must contain positive 1-based integers.", _SCENES
    SCENE_MISSING = 400, "layer_indexes must include at least one layer index.", _SCENES
    SCENE_OUT_OF_RANGE = 400, "Layer index {layer} is out of range.", _SCENES
    SCENE_FIXED = 400, "Layer index {layer} cannot be rerolled.", _SCENES
    SCENE_NO_PROMPT = 400, "Layer index {layer} is missing an image prompt.", _SCENES
    SCENE_NOT_MADE = 500, "Internal server error while rerolling video layers.", _SCENES

    RECHARGE = (
        402,
        (
            "Insufficient credits or no credits remaining. Please call /v1/credits/recharge or visit"
            " https://app.samsar.one/account/billing."
        ),
        (*_SCENES, *_FILMS, *_DUBS),
    )

    PICTURES_MISSING = 400, "image_urls must be a non-empty array.", _PICTURES
    PICTURES_INVALID = (
        400,
        ("image_urls entries must be strings or objects containing a non-empty image_url (or enhanced_url)."),
        _PICTURES,
    )
    PICTURES_VIDEO_MODEL = 400, "video_model must be one of: {models}.", _PICTURES
    PICTURES_NOT_BOOLEAN = 400, "{field} must be a boolean.", _PICTURES
    PICTURES_TOO_FEW_CREDITS = (
        402,
        (
            "Insufficient credits for image_list_to_video."
            " Estimated required credits: {required}; available credits: {available}."
        ),
        _PICTURES,
    )
    PICTURE_UNREADABLE = 400, "Unable to download or analyze image_urls item {item}.", _PICTURES

    UPLOAD_MISSING = 400, "image_data must be a non-empty array of data URL strings.", _UPLOAD
    UPLOAD_INVALID = 400, "image_data must contain valid image data URLs.", _UPLOAD

    FILM_NOT_BOOLEAN = 400, "blend_scenes must be a boolean.", _FILMS
    FILM_TOO_SHORT = 400, "session_ids must be an array of at least 2 session ids.", _FILMS
    FILM_EMPTY_IDS = 400, "session_ids must contain at least 2 non-empty strings.", _FILMS
    FILM_INVALID_IDS = 400, "session_ids must contain only valid session ids.", _FILMS
    FILM_DUPLICATES = 400, "session_ids must not contain duplicates.", _FILMS
    FILM_UNKNOWN = 404, "One or more sessions were not found.", _FILMS
    FILM_SHAPES = 400, "All sessions must have the same aspectRatio to be joined.", _FILMS
    FILM_FRAMES = 400, "All sessions must have the same framesPerSecond to be joined.", _FILMS
    FILM_NO_LAYERS = 400, "Session at index {index} is missing layers.", _FILMS
    FILM_NO_DURATION = 400, "Session at index {index} has invalid duration.", _FILMS
    FILM_NOT_MADE = 500, "Internal server error while joining video sessions.", _FILMS

    DUB_LANGUAGE_MISSING = 400, "language (or language_code) is required.", _DUBS
    DUB_NOT_BOOLEAN = 400, "{field} must be a boolean.", _DUBS
    DUB_LANGUAGE_INVALID = 400, f"language must be one of: {CODES}.", _DUBS
    DUB_NO_DURATION = 400, "Unable to determine video duration for billing.", _DUBS
    DUB_NO_SPEECH = 400, "Session does not contain any speech audio layers to translate.", _DUBS
    DUB_NO_SCENES = (
        400,
        "Session is missing movieResourceList scenes; cannot reset durations for translation.",
        _DUBS,
    )
    DUB_NOT_MADE = 500, "Internal server error while translating video.", _DUBS

    SUBTITLES_UNAVAILABLE = (
        503,
        "Subtitle provider is not configured.",
        _DUBS,
        "SUBTITLE_PROVIDER_NOT_CONFIGURED",
    )

    MODERATION_EMPTY = (
        400,
        "input must be a non-empty string, array of strings, or array of moderation input objects.",
        _MODERATION,
    )
    MODERATION_TOO_MANY = 413, "input supports at most 32 entries.", _MODERATION
    MODERATION_MIXED = 400, "input arrays cannot mix strings and moderation input objects.", _MODERATION
    MODERATION_TYPE = 400, "{entry}.type must be text or image_url.", _MODERATION
    MODERATION_NO_TEXT = 400, "{entry} must be a non-empty string.", _MODERATION
    MODERATION_LONG_TEXT = 413, "{entry} exceeds the 100000-character limit.", _MODERATION
    MODERATION_NO_IMAGE = 400, "{entry}.image_url must be an object containing url.", _MODERATION
    MODERATION_NO_URL = 400, "{entry} must be a non-empty URL string.", _MODERATION
    MODERATION_LARGE_IMAGE = 413, "{entry} exceeds the supported URL/data-URL size.", _MODERATION
    MODERATION_URL = 400, "{entry} must use http, https, or an image data URL.", _MODERATION
    MODERATION_LONG = 413, "input exceeds the 200000-character aggregate text limit.", _MODERATION
    MODERATION_MODEL = (
        400,
        (
            "model must be one of: omni-moderation-latest, omni-moderation-2024-09-26, text-moderation-latest,"
            " text-moderation-stable."
        ),
        _MODERATION,
    )
    MODERATION_DOWN = 503, "The production moderation provider is temporarily unavailable.", _MODERATION
