"""Every error that each API version documents, with the bot's exception.

The page of March 2025 gives one message verbatim (that of a missing request_id) and describes the others, so their
words here are made up after it. Those of 2026 are transcribed from the vendor's code: bot/sandbox/answers_2026.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import (
    AuthenticationFailed,
    InvalidRequest,
    InvalidResponse,
    KeyLimitReached,
    ModelRefused,
    OutcomeUnknown,
    RequestNotFound,
    SamsarError,
    UpstreamCreditsExhausted,
    WrongApi,
)
from bot.samsar.profile import ApiVersion
from bot.sandbox.answers_2026 import Answer


@dataclass(frozen=True)
class DocumentedError:
    """An error's HTTP status and message, and its exception."""

    status: int
    message: str
    error: type[SamsarError]


def _rejections(error: type[SamsarError], status: int, *messages: str) -> tuple[DocumentedError, ...]:
    return tuple(DocumentedError(status, message, error) for message in messages)


_KEY_2025 = (
    *_rejections(AuthenticationFailed, 400, "API_KEY is missing or empty."),
    *_rejections(AuthenticationFailed, 401, "API_KEY is invalid."),
)
VALUES: Mapping[Answer, Mapping[str, object]] = {
    Answer.NO_PATH: {"method": "POST", "path": "/v1/video/create_movie"},
    Answer.MODEL_UNAVAILABLE: {"model": "NANOBANANAPRO"},
    Answer.TOO_FEW_CREDITS: {"required": 900, "available": 119.5},
    Answer.KEY_LIMIT_REACHED: {"limit": 1000, "used": 980, "requested": 900},
    Answer.CREDITS_RAN_OUT: {"label": "AI video generation"},
}
"""The values in the messages that have any."""

OF_EVERY_CALL: Mapping[Answer, type[SamsarError]] = {
    Answer.NO_PATH: WrongApi,
    Answer.KEY_MISSING: AuthenticationFailed,
    Answer.TOKEN_INVALID: AuthenticationFailed,
    Answer.KEY_INVALID: AuthenticationFailed,
    Answer.KEY_EXPIRED: AuthenticationFailed,
    Answer.OTHER_AUTH: AuthenticationFailed,
}

OF_AN_ORDER: Mapping[Answer, type[SamsarError]] = {
    Answer.MALFORMED: InvalidRequest,
    Answer.TOO_LARGE: InvalidRequest,
    Answer.SUBTITLES_INVALID: InvalidRequest,
    Answer.PROMPT_MISSING: InvalidRequest,
    Answer.PROMPT_TOO_LONG: InvalidRequest,
    Answer.VIDEO_MODEL_UNSUPPORTED: ModelRefused,
    Answer.VIDEO_MODEL_INVALID: ModelRefused,
    Answer.MODEL_UNAVAILABLE: ModelRefused,
    Answer.IMAGE_MODEL_RETIRED: ModelRefused,
    Answer.IMAGE_MODEL_NATIVE: ModelRefused,
    Answer.IMAGE_MODEL_CUSTOM: ModelRefused,
    Answer.IMAGE_MODEL_UNSUPPORTED: ModelRefused,
    Answer.IMAGE_MODEL_INVALID: ModelRefused,
    Answer.DURATION_INVALID: InvalidRequest,
    Answer.DURATION_TOO_SHORT: InvalidRequest,
    Answer.DURATION_TOO_LONG: InvalidRequest,
    Answer.LANGUAGE_INVALID: InvalidRequest,
    Answer.SUBTITLES_OFF: InvalidRequest,
    Answer.SUBTITLE_LANGUAGE_INVALID: InvalidRequest,
    Answer.MUSIC_MODEL_INVALID: InvalidRequest,
    Answer.VOICE_MODEL_INVALID: InvalidRequest,
    Answer.TOO_FEW_CREDITS: UpstreamCreditsExhausted,
    Answer.KEY_LIMIT_REACHED: KeyLimitReached,
    Answer.NOT_CREATED: OutcomeUnknown,
}

OF_A_STATUS: Mapping[Answer, type[SamsarError]] = {
    Answer.STATUS_WITHOUT_ID: InvalidRequest,
    Answer.STATUS_UNKNOWN: RequestNotFound,
}

OF_A_CANCELLATION: Mapping[Answer, type[SamsarError]] = {
    Answer.CANCEL_WITHOUT_ID: InvalidRequest,
    Answer.CANCEL_INVALID_ID: InvalidRequest,
    Answer.CANCEL_UNKNOWN: RequestNotFound,
}

_OF_OTHER_ORDERS = frozenset(
    {
        *(Answer.NO_PATH, Answer.MALFORMED, Answer.TOO_LARGE, Answer.TOKEN_INVALID, Answer.OTHER_AUTH),
        *(Answer.SUBTITLES_INVALID, Answer.SUBTITLES_OFF, Answer.SUBTITLE_LANGUAGE_INVALID),
        *(Answer.MUSIC_MODEL_INVALID, Answer.VOICE_MODEL_INVALID),
        *(Answer.IMAGE_MODEL_RETIRED, Answer.IMAGE_MODEL_NATIVE),
    }
)
"""Web pages, and answers about fields and models that the tests' bot does not send."""


def _documented(*meanings: Mapping[Answer, type[SamsarError]]) -> tuple[DocumentedError, ...]:
    return tuple(
        DocumentedError(answer.status, answer.text(**VALUES.get(answer, {})), error)
        for meaning in meanings
        for answer, error in meaning.items()
        if answer not in _OF_OTHER_ORDERS
    )


_NO_ID = DocumentedError(400, "request_id query parameter is missing.", InvalidRequest)

CREATE_ERRORS: Mapping[ApiVersion, tuple[DocumentedError, ...]] = {
    ApiVersion.MARCH_2025: (
        *_rejections(
            InvalidRequest,
            400,
            "prompt is required and cannot be empty.",
            "prompt cannot exceed 500 characters.",
            "duration is required and must be a number.",
            "duration cannot exceed 120 seconds.",
            "aspect_ratio is invalid.",
        ),
        *_rejections(
            ModelRefused,
            400,
            "video_model must be one of LUMA, KLINGIMGTOVIDPRO, PIXVERSEI2V, WAN2.1, VEOI2V.",
            "image_model must be one of FLUX1.1PRO, IMAGEN3.",
        ),
        *_KEY_2025,
        DocumentedError(402, "Insufficient credits.", UpstreamCreditsExhausted),  # the page has none, the server did
        DocumentedError(500, "Internal Server Error", OutcomeUnknown),
    ),
    ApiVersion.AUTUMN_2026: _documented(OF_EVERY_CALL, OF_AN_ORDER),
}
"""Errors of the call that orders a movie."""

STATUS_ERRORS: Mapping[ApiVersion, tuple[DocumentedError, ...]] = {
    ApiVersion.MARCH_2025: (_NO_ID, *_KEY_2025, DocumentedError(500, "Internal Server Error", InvalidResponse)),
    ApiVersion.AUTUMN_2026: _documented(OF_EVERY_CALL, OF_A_STATUS),
}
"""Errors of the call for a status."""


def in_each_version(
    errors: Mapping[ApiVersion, tuple[DocumentedError, ...]],
) -> list[tuple[ApiVersion, DocumentedError]]:
    """Return each error with its version."""
    return [(version, each) for version, found in errors.items() for each in found]


def error_id(value: object) -> str | None:
    """Name an error in a test's id."""
    return f"{value.status}-{value.message[:40]}" if isinstance(value, DocumentedError) else None
