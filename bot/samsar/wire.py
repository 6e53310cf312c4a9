"""Encodes requests to the Samsar API and decodes its answers. Pure functions.

The contract is that of bot/samsar/profile.py, extended by what servers were seen to answer. The answers of every
version are read alike, but for the words of a status. Whatever the bytes, the `decode_` functions return a value or
raise a `SamsarError`, nothing else. wire_status.py decodes statuses, wire_account.py what concerns the account.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

from bot.domain.extras import NOT_OFFERED, Extras, OfferedExtras
from bot.domain.request import MovieRequest
from bot.errors import (
    AuthenticationFailed,
    InvalidRequest,
    InvalidResponse,
    KeyLimitReached,
    ModelRefused,
    OutcomeUnknown,
    RateLimited,
    RequestNotFound,
    SamsarError,
    UpstreamCreditsExhausted,
    WrongApi,
)
from bot.samsar.body import NO_MESSAGE, WEB_PAGE, error_message, is_web_page, load_object, own_words
from bot.samsar.refused_model import NO_LABELS, refused_kind
from bot.samsar.retry_after import parse_retry_after

MAX_REQUEST_ID_LENGTH = 200
"""Ids seen had 24 characters."""

UNISSUED_ID = "0" * 24
"""An id that is well-formed, and that no movie has: its first 8 digits would be the time of the order."""

_ID_NAMES = ("request_id", "session_id", "sessionID")

_KEY = r"(?:api[\s_-]?key|authori[sz]ation|bearer)"
_MISSING = r"(?:missing|empty|required|invalid|absent|no|provide|not (?:provided|found|set|given))"
_ABOUT_KEY = re.compile(rf"\b{_MISSING}\b.{{0,20}}\b{_KEY}\b|\b{_KEY}\b.{{0,40}}\b{_MISSING}\b", re.IGNORECASE)
_ABOUT_KEY_LIMIT = re.compile(rf"\b{_KEY}\b.{{0,40}}\blimit\b", re.IGNORECASE)

_REJECTED_STATUSES = frozenset(
    {
        HTTPStatus.MOVED_PERMANENTLY,
        HTTPStatus.TEMPORARY_REDIRECT,
        HTTPStatus.PERMANENT_REDIRECT,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)
"""Statuses by which the API rejects a create request, added to those that mean the same on every path."""


def encode_create(
    request: MovieRequest, webhook_url: str | None, offered: OfferedExtras = NOT_OFFERED
) -> dict[str, object]:
    """Encode the body of a create request.

    It names only those extras that the API has (`offered`), where they differ from its defaults.
    """
    body: dict[str, object] = {
        "input": {
            "prompt": request.prompt,
            "aspect_ratio": request.aspect_ratio.value,
            "image_model": request.image_model,
            "video_model": request.video_model,
            "duration": request.duration_seconds,
            **_encode_extras(request.extras, offered),
        }
    }
    if webhook_url:
        body["webhookUrl"] = webhook_url
    return body


def _encode_extras(extras: Extras, offered: OfferedExtras) -> dict[str, object]:
    named = (
        ("language", extras.language, offered.languages),
        ("enable_subtitles", extras.subtitles, offered.subtitles),
        ("tone", extras.tone, offered.tones),
    )
    return {name: chosen for name, chosen, choices in named if chosen in choices[1:]}


def encode_cancel(request_id: str) -> dict[str, object]:
    """Encode the body of a request to cancel a movie."""
    return {"input": {"videoSessionId": request_id}}


def decode_cancelled(status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Check the response to a request to cancel a movie.

    Whatever it says, only the movie's status tells how it ended.

    Raises:
        SamsarError: as `status_error` says.
    """
    if not is_success(status):
        raise status_error(status, headers, body)


def decode_created(
    status: int, headers: Mapping[str, str], body: bytes, order: MovieRequest, labels: Mapping[str, str] = NO_LABELS
) -> str:
    """Decode the response to a create request and return the request_id.

    Some statuses prove that nothing was created. After any other one, a movie may exist. `labels` are the names of
    models, by key.

    Raises:
        InvalidRequest: 301, 307, 308, 400, 404, 405, 413, 415, 422.
        ModelRefused: a 400 about a model.
        WrongApi: 404 with a web page.
        AuthenticationFailed: 401, 403, and a 400 about the API key.
        UpstreamCreditsExhausted: 402, whatever its message says.
        KeyLimitReached: a 402 about the key's own limit.
        RateLimited: 429.
        OutcomeUnknown: everything else, such as 303 or 409, which can follow a success. Never send it again.
    """
    if is_success(status):
        if found := decode_request_id(body):
            return found
        raise OutcomeUnknown("the API accepted the request, but no request_id could be read", status=status)
    if error := common_error(status, headers, body):
        raise _model_error(error, order, labels) or error
    if status == HTTPStatus.NOT_FOUND and is_web_page(body):
        raise WrongApi(error_message(body), status=status)
    if status in _REJECTED_STATUSES:
        raise InvalidRequest(_upstream_message(error_message(body)), status=status)
    raise OutcomeUnknown(error_message(body), status=status)


def _model_error(error: SamsarError, order: MovieRequest, labels: Mapping[str, str]) -> ModelRefused | None:
    """Return a 400 about one of the order's models as one."""
    if not isinstance(error, InvalidRequest):
        return None
    kind = refused_kind(error.message, order, labels)
    return None if kind is None else ModelRefused(error.message, status=error.status, kind=kind)


def decode_probe(status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Check the response to a status request with UNISSUED_ID.

    The API looks at the key before it looks for the movie, so "not found" shows that the key works.

    Raises:
        AuthenticationFailed: 401, 403, and a 400 about the API key.
        UpstreamCreditsExhausted: 402.
        RateLimited: 429.
        WrongApi: 404 with a web page.
        InvalidResponse: every other response.
    """
    if (is_success(status) or status == HTTPStatus.NOT_FOUND) and load_object(body) is not None:
        return
    error = status_error(status, headers, body)
    if isinstance(error, InvalidRequest | RequestNotFound):
        raise InvalidResponse(f"HTTP {status} ({error.message}) is not an answer of the Samsar API", status=status)
    raise error


def parse_request_id(value: object) -> str | None:
    """Return the value as a request_id, None where it can't be one."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**64:
        return str(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    return text if 0 < len(text) <= MAX_REQUEST_ID_LENGTH and text.isprintable() else None


def decode_request_id(body: bytes) -> str | None:
    """Return the request_id of a body, None without one.

    Nothing else of a callback is used: it only triggers a poll.
    """
    answer = load_object(body) or {}
    return next((found for key in _ID_NAMES if (found := parse_request_id(answer.get(key)))), None)


def is_success(status: int) -> bool:
    """Return whether a status says that the request was carried out."""
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def common_error(status: int, headers: Mapping[str, str], body: bytes) -> SamsarError | None:
    """Return the error of a status, whatever its message says."""
    text = error_message(body)
    match status:
        case HTTPStatus.BAD_REQUEST:
            if _is_about_key(text):
                return AuthenticationFailed(text, status=status)
            return InvalidRequest(_upstream_message(text), status=status)
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return AuthenticationFailed(text, status=status)
        case HTTPStatus.PAYMENT_REQUIRED:
            about_key = _ABOUT_KEY_LIMIT.search(own_words(text)) is not None
            return (KeyLimitReached if about_key else UpstreamCreditsExhausted)(text, status=status)
        case HTTPStatus.TOO_MANY_REQUESTS:
            return RateLimited(text, status=status, retry_after=parse_retry_after(headers))
        case _:
            return None


def _upstream_message(text: str) -> str:
    """Return the API's own message, '' where it gave none."""
    return "" if text in (NO_MESSAGE, WEB_PAGE) else text


def status_error(status: int, headers: Mapping[str, str], body: bytes) -> SamsarError:
    """Return the error of an answer to a read."""
    if error := common_error(status, headers, body):
        return error
    if status == HTTPStatus.NOT_FOUND:
        # without a movie's own answer, nothing is known of it: a wrong path must not end movies
        return (WrongApi if is_web_page(body) else RequestNotFound)(error_message(body), status=status)
    return InvalidResponse(error_message(body), status=status)


def _is_about_key(text: str) -> bool:
    """Return whether a 400 says that the key is missing or empty.

    A prompt may mention API keys and the API may quote it, so quotations and long texts don't count.
    """
    return _ABOUT_KEY.search(own_words(text)) is not None
