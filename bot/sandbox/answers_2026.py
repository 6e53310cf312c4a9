"""What the API of 2026 answers when it does not do what was asked.

Each row is transcribed from the vendor's public server code (github.com/samsarone/samsar, MIT), and names the files and
commits that it was read from, under services/processor/src. The commits have no dates; the newest are from after
22 September 2026. The fake answers by this table. The client is tested against it, and never built from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from bot.sandbox.fault_injection import Reply, refusal, web_page

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


@dataclass(frozen=True, slots=True)
class Row:
    """An answer: its HTTP status, its message, and where both were read.

    A message has its values in braces. A failed movie is answered with 200.
    """

    status: int
    message: str
    sources: tuple[str, ...]


@unique
class Answer(Enum):
    """The answers; those to an order are in the order of its checks."""

    NO_PATH = Row(404, "Cannot {method} {path}", _GENERAL)
    MALFORMED = Row(400, "Bad Request", _GENERAL)
    TOO_LARGE = Row(413, "Payload Too Large", _GENERAL)

    KEY_MISSING = Row(400, "API_KEY, auth token, or APP_KEY header is missing or empty.", _KEYS)
    TOKEN_INVALID = Row(401, "Invalid auth token. User not found.", _KEYS)
    KEY_INVALID = Row(401, "Invalid API_KEY. User not found.", _KEYS)
    KEY_EXPIRED = Row(401, "Your api key has expired, please generate a new api key.", _KEYS)
    OTHER_AUTH = Row(403, "Use a Samsar API key, user auth token, or APP_KEY for this route.", _KEYS)

    SUBTITLES_INVALID = Row(400, "enable_subtitles/add_subtitles must be a boolean.", _CREATE)
    PROMPT_MISSING = Row(400, "Prompt is required", _CREATE)
    PROMPT_TOO_LONG = Row(400, "Prompt is too long", _CREATE)
    VIDEO_MODEL_UNSUPPORTED = Row(400, "Video model is not supported for this type", _MODELS)
    VIDEO_MODEL_INVALID = Row(400, "Invalid video model", _MODELS)
    MODEL_UNAVAILABLE = Row(400, "{model} is temporarily unavailable.", _MODELS)
    IMAGE_MODEL_RETIRED = Row(400, "Invalid model: GPTIMAGE2. Use GPTIMAGE2.5.", _MODELS)
    IMAGE_MODEL_NATIVE = Row(400, "Qwen Image 3.0 Pro requires native Alibaba Cloud pay-as-you-go routing", _MODELS)
    IMAGE_MODEL_CUSTOM = Row(400, "Custom image models are only supported in standalone deployments", _MODELS)
    IMAGE_MODEL_UNSUPPORTED = Row(400, "Image model is not supported for this type", _MODELS)
    IMAGE_MODEL_INVALID = Row(400, "Invalid image model", _MODELS)
    DURATION_INVALID = Row(400, "Duration is invalid", _CREATE)
    DURATION_TOO_SHORT = Row(400, "Duration must be at least 10 seconds", _CREATE)
    DURATION_TOO_LONG = Row(400, "Duration is too long", _CREATE)
    LANGUAGE_INVALID = Row(400, f"language must be one of: {_CODES}, or 'auto'.", _CREATE)
    SUBTITLES_OFF = Row(400, "subtitle_language requires enable_subtitles to be true.", _CREATE)
    SUBTITLE_LANGUAGE_INVALID = Row(400, f"subtitle_language must be one of: {_CODES}.", _CREATE)
    MUSIC_MODEL_INVALID = Row(400, "backingtrack_model must be one of: ELEVENLABS_MUSIC, LYRIA3.", _CREATE)
    VOICE_MODEL_INVALID = Row(400, "tts_model must be one of: OPENAI, ELEVENLABS, GOOGLE.", _CREATE)
    TOO_FEW_CREDITS = Row(
        402,
        "Insufficient credits for text_to_video."
        " Estimated required credits: {required}; available credits: {available}.",
        _CREATE,
    )
    KEY_LIMIT_REACHED = Row(
        402, "API key monthly credit limit reached. Limit: {limit}; used: {used}; requested: {requested}.", _CREATE
    )
    NOT_CREATED = Row(500, "Internal server error while creating video.", _CREATE)

    STATUS_WITHOUT_ID = Row(400, "request_id (or session_id) query param is required.", _STATUS)
    STATUS_UNKNOWN = Row(404, "Request not found.", _STATUS)

    CANCEL_WITHOUT_ID = Row(400, "videoSessionId (or video_session_id/session_id) is required.", _CANCEL)
    CANCEL_INVALID_ID = Row(400, "videoSessionId must be a valid id.", _CANCEL)
    CANCEL_UNKNOWN = Row(404, "Video session not found.", _CANCEL)

    NARRATIVE_MODERATED = Row(200, "Narrative failed moderation", _STATUS)
    PROMPT_FAILED = Row(200, "Prompt generation failed", _STATUS)
    IMAGES_FAILED = Row(200, "Image generation failed", _STATUS)
    AUDIO_FAILED = Row(200, "Audio generation failed", _STATUS)
    VIDEO_FAILED = Row(200, "AI video generation failed.", _STATUS)
    TIMED_OUT = Row(200, "Video generation timed out", _STATUS)
    CREDITS_RAN_OUT = Row(200, "Insufficient credits while charging {label}.", _CHARGES)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value.status

    def text(self, **values: object) -> str:
        """Return the message with its values."""
        return self.value.message.format(**values)

    def reply(self, **values: object) -> Reply:
        """Return the answer with its values: JSON, or a page of Express."""
        text = self.text(**values)
        return web_page(self.status, text) if self in _WEB_PAGES else refusal(text, self.status)


_WEB_PAGES: Final = frozenset({Answer.NO_PATH, Answer.MALFORMED, Answer.TOO_LARGE})
