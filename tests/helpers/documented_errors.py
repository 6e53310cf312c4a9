"""Every error that each API version documents, with the bot's exception.

The page of March 2025 gives one message verbatim (that of a missing request_id) and describes the others, so their
words here are made up after it. Those of 2026 are the vendor's code's own.
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
)
from bot.samsar.profile import ApiVersion


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
_KEY_2026 = (
    *_rejections(AuthenticationFailed, 400, "API_KEY, auth token, or APP_KEY header is missing or empty."),
    *_rejections(
        AuthenticationFailed,
        401,
        "Invalid API_KEY. User not found.",
        "Your api key has expired, please generate a new api key.",
    ),
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
    ApiVersion.AUTUMN_2026: (
        *_rejections(
            InvalidRequest,
            400,
            "Prompt is required",
            "Prompt is too long",
            "Duration is invalid",
            "Duration must be at least 10 seconds",
            "Duration is too long",
        ),
        *_rejections(
            ModelRefused,
            400,
            "Invalid video model",
            "Video model is not supported for this type",
            "Invalid image model",
            "Image model is not supported for this type",
        ),
        *_KEY_2026,
        DocumentedError(
            402,
            "Insufficient credits for text_to_video. Estimated required credits: 900; available credits: 120.",
            UpstreamCreditsExhausted,
        ),
        DocumentedError(
            402, "API key monthly credit limit reached. Limit: 1000; used: 980; requested: 900.", KeyLimitReached
        ),
        DocumentedError(500, "Internal server error while creating video.", OutcomeUnknown),
    ),
}
"""Errors of the call that orders a movie."""

STATUS_ERRORS: Mapping[ApiVersion, tuple[DocumentedError, ...]] = {
    ApiVersion.MARCH_2025: (_NO_ID, *_KEY_2025, DocumentedError(500, "Internal Server Error", InvalidResponse)),
    ApiVersion.AUTUMN_2026: (_NO_ID, *_KEY_2026, DocumentedError(404, "Request not found.", RequestNotFound)),
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
