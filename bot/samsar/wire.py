"""Encodes requests to the Samsar API and decodes its responses. Pure functions.

The contract is the API's page "API Docs" of 2 March 2025 (`POST /create_movie`, `GET /status`), extended by what
servers were seen to answer. Whatever the bytes, the `decode_` functions return a value or raise a `SamsarError`,
nothing else.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from itertools import islice
from typing import cast
from urllib.parse import quote, urljoin, urlsplit

from bot.domain.request import MovieRequest
from bot.domain.upstream import MovieState, Stage, StageState, Status
from bot.errors import (
    AuthenticationFailed,
    InvalidRequest,
    InvalidResponse,
    OutcomeUnknown,
    RateLimited,
    RequestNotFound,
    SamsarError,
    UpstreamCreditsExhausted,
)
from bot.samsar.retry_after import parse_retry_after

MAX_MESSAGE_LENGTH = 300
"""Characters kept of the API's own text."""

MAX_REQUEST_ID_LENGTH = 200
"""Ids seen had 24 characters."""

MAX_URL_LENGTH = 16_384
"""Signed links have about 1,500 characters, and servers commonly accept 8,000 to 16,000. A longer one is ignored,
and a movie without a link is still pending."""

MAX_STAGES = 40
MAX_STAGE_NAME_LENGTH = 60


MAX_BALANCE = 10**12
"""Credits. A larger balance is an error of the server."""

NO_MESSAGE = "the API gave no reason"
WEB_PAGE = "the API answered with a web page"

_ID_NAMES = ("request_id", "session_id", "sessionID")
_MESSAGE_NAMES = ("message", "error", "detail")
_HOST = re.compile(r"(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE | re.ASCII)
_URL_SAFE = ":/?#[]@!$&'()*+,;=%-._~"

_KEY = r"(?:api[\s_-]?key|authori[sz]ation|bearer)"
_MISSING = r"(?:missing|empty|required|invalid|absent|no|provide|not (?:provided|found|set|given))"
_ABOUT_KEY = re.compile(rf"\b{_MISSING}\b.{{0,20}}\b{_KEY}\b|\b{_KEY}\b.{{0,40}}\b{_MISSING}\b", re.IGNORECASE)
_MAX_KEY_MESSAGE_LENGTH = 160
_ABOUT_ID = re.compile(r"\b(?:request|session)[\s_]?id\b", re.IGNORECASE)
_QUOTATION = re.compile(r"\"[^\"]* [^\"]*\"|(?<!\w)'[^']* [^']*'(?!\w)")


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
"""Beside those with the same meaning on every path."""


def encode_create(request: MovieRequest, webhook_url: str | None) -> dict[str, object]:
    """Encode the body of `POST /create_movie`, as the API's page documents it."""
    body: dict[str, object] = {
        "input": {
            "prompt": request.prompt,
            "aspect_ratio": request.aspect_ratio.value,
            "image_model": request.image_model,
            "video_model": request.video_model,
            "duration": request.duration_seconds,
        }
    }
    if webhook_url:
        body["webhookUrl"] = webhook_url
    return body


def decode_created(status: int, headers: Mapping[str, str], body: bytes) -> str:
    """Decode the response to `POST /create_movie` and return the request_id.

    Some statuses prove that nothing was created. After any other one, a movie may exist.

    Raises:
        InvalidRequest: 301, 307, 308, 400, 404, 405, 413, 415, 422.
        AuthenticationFailed: 401, 403, and a 400 about the API key.
        UpstreamCreditsExhausted: 402, whatever its message says.
        RateLimited: 429.
        OutcomeUnknown: everything else, such as 303 or 409, which can follow a success. Never send it again.
    """
    if _is_success(status):
        answer = _load(body) or {}
        for name in _ID_NAMES:
            if found := parse_request_id(answer.get(name)):
                return found
        raise OutcomeUnknown("the API accepted the request, but no request_id could be read", status=status)
    if error := _common_error(status, headers, body):
        raise error
    if status in _REJECTED_STATUSES:
        raise InvalidRequest(_upstream_message(error_message(body)), status=status)
    raise OutcomeUnknown(error_message(body), status=status)


def decode_status(status: int, headers: Mapping[str, str], body: bytes, *, base_url: str) -> Status:
    """Decode the response to `GET /status`.

    Unknown states are pending, and so is COMPLETED without a link. FAILED with a link is failed. A relative link is
    resolved against the root of base_url's host.

    Raises:
        InvalidRequest: 400, such as "request_id query parameter is missing."
        AuthenticationFailed: 401, 403, and a 400 about the API key.
        UpstreamCreditsExhausted: 402.
        RequestNotFound: 404.
        RateLimited: 429.
        InvalidResponse: everything else, and a success that isn't a JSON object with a status.
    """
    if not _is_success(status):
        raise _status_error(status, headers, body)
    answer = _load(body)
    word = answer.get("status") if answer else None
    if answer is None or not isinstance(word, str):
        raise InvalidResponse("the answer is not a JSON object with a status, or it broke off", status=status)
    state = _upstream_state(word)
    url = _movie_url(answer, base_url) if state is MovieState.COMPLETED else None
    if state is MovieState.COMPLETED and url is None:
        state = MovieState.PENDING
    return Status(
        state, _stages(answer), url, _find_message(answer) or _clean(answer.get("details"), MAX_MESSAGE_LENGTH)
    )


def decode_probe(status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Check the response to a probe of the API key.

    The probe is a `GET /status` without a request_id. The API's page promises a 400 with "request_id query parameter is
    missing." for a valid key.

    Raises:
        AuthenticationFailed: 401, 403, and a 400 about the API key.
        UpstreamCreditsExhausted: 402.
        RateLimited: 429.
        InvalidResponse: any response that doesn't show that this is the API.
    """
    if status == HTTPStatus.BAD_REQUEST and _ABOUT_ID.search(error_message(body)):
        return
    if _is_success(status) and _load(body) is not None:
        return
    error = _status_error(status, headers, body)
    if isinstance(error, AuthenticationFailed | UpstreamCreditsExhausted | RateLimited | InvalidResponse):
        raise error
    raise InvalidResponse(
        f"HTTP {status} ({error.message}) is not the API's answer: are the base URL and the path right?",
        status=status,
    )


def decode_ping(status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Check the response to a ping of the API.

    The ping is a `GET /status` without a request_id. Any JSON object with a 4xx is the API's own answer, so the API
    works. Proxies answer with 5xx or HTML.

    Raises:
        AuthenticationFailed: 401, 403, and a 400 about the API key.
        UpstreamCreditsExhausted: 402.
        RateLimited: 429.
        InvalidResponse: every other response.
    """
    error = None if _is_success(status) else _status_error(status, headers, body)
    if isinstance(error, AuthenticationFailed | UpstreamCreditsExhausted | RateLimited):
        raise error
    refuses = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    by_proxy = status == HTTPStatus.REQUEST_TIMEOUT
    if not (_is_success(status) or refuses) or by_proxy or _load(body) is None:
        raise InvalidResponse(error_message(body), status=status)


def decode_credits(status: int, headers: Mapping[str, str], body: bytes) -> int | None:
    """Decode the response to `GET /v1/credits`; None where the balance is missing.

    Raises:
        AuthenticationFailed: 401, 403, and a 400 about the API key.
    """
    if not _is_success(status):
        error = _common_error(status, headers, body)
        if isinstance(error, AuthenticationFailed):
            raise error
        return None
    value = (_load(body) or {}).get("remainingCredits")
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MAX_BALANCE:
        return None
    return math.floor(value)


def parse_request_id(value: object) -> str | None:
    """Return the value as a request_id, None where it can't be one."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**64:
        return str(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    return text if 0 < len(text) <= MAX_REQUEST_ID_LENGTH and text.isprintable() else None


def decode_callback(body: bytes) -> str | None:
    """Return the request_id of a callback's body, None without one.

    The rest of the body is not used: a callback only triggers a poll.
    """
    answer = _load(body)
    if answer is None:
        return None
    return next((found for key in _ID_NAMES if (found := parse_request_id(answer.get(key)))), None)


def error_message(body: bytes) -> str:
    """Extract the API's message from an error's body.

    It is in `message`, `error`, `detail` or `error.message`. HTML and invalid JSON get a neutral phrase. The result is
    one line of at most MAX_MESSAGE_LENGTH characters, never empty.
    """
    if body.lstrip().startswith(b"<"):
        return WEB_PAGE
    return _find_message(_load(body) or {}) or NO_MESSAGE


def one_line(text: str) -> str:
    """Put a foreign text on one line, printable and truncated."""
    return _clean(text, MAX_MESSAGE_LENGTH) or NO_MESSAGE


def _is_success(status: int) -> bool:
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def _common_error(status: int, headers: Mapping[str, str], body: bytes) -> SamsarError | None:
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
            return UpstreamCreditsExhausted(text, status=status)
        case HTTPStatus.TOO_MANY_REQUESTS:
            return RateLimited(text, status=status, retry_after=parse_retry_after(headers))
        case _:
            return None


def _upstream_message(text: str) -> str:
    """Return the API's own message, '' where it gave none."""
    return "" if text in (NO_MESSAGE, WEB_PAGE) else text


def _status_error(status: int, headers: Mapping[str, str], body: bytes) -> SamsarError:
    if error := _common_error(status, headers, body):
        return error
    kind = RequestNotFound if status == HTTPStatus.NOT_FOUND else InvalidResponse
    return kind(error_message(body), status=status)


def _is_about_key(text: str) -> bool:
    """Return whether a 400 says that the key is missing or empty.

    A prompt may mention API keys and the API may quote it, so quotations and long texts don't count.
    """
    return len(text) <= _MAX_KEY_MESSAGE_LENGTH and _ABOUT_KEY.search(_QUOTATION.sub("", text)) is not None


def _load(body: bytes) -> dict[str, object] | None:
    """Parse a JSON object, with NaN and Infinity as null."""
    try:
        return _object(json.loads(body.decode("utf-8-sig"), parse_constant=lambda _: None))
    except (ValueError, RecursionError):
        return None


def _object(value: object) -> dict[str, object] | None:
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _clean(value: object, limit: int) -> str | None:
    """Put a text on one line and truncate it, None for blanks."""
    if not isinstance(value, str):
        return None
    printable = "".join(char if char.isprintable() else " " for char in value[: limit * 4])
    text = " ".join(printable.split())
    return text[: limit - 1] + "…" if len(text) > limit else text or None


def _find_message(answer: dict[str, object]) -> str | None:
    values = [answer.get(name) for name in _MESSAGE_NAMES]
    nested = [inner.get("message") for inner in map(_object, values) if inner]
    return next((text for value in values + nested if (text := _clean(value, MAX_MESSAGE_LENGTH))), None)


def _upstream_state(word: str) -> MovieState:
    return MovieState.__members__.get(word.strip().upper(), MovieState.PENDING)


def _stages(answer: dict[str, object]) -> tuple[Stage, ...]:
    """Decode the stages in `details`, or in `expressGenerationStatus` on newer servers."""
    found = _stage_words(answer.get("details")) or _stage_words(answer.get("expressGenerationStatus"))
    return tuple(
        Stage(name, StageState.__members__.get(word.strip().upper(), StageState.PENDING))
        for name, word in islice(found.items(), MAX_STAGES)
    )


def _stage_words(details: object) -> dict[str, str]:
    """Map stage names to states.

    The later of two with one name wins.
    """
    pairs = _pairs_in_map(found) if (found := _object(details)) else _pairs_in_list(_list(details))
    return {label: word for name, word in pairs if (label := _clean(name, MAX_STAGE_NAME_LENGTH))}


def _pairs_in_map(details: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in details.items():
        inner = _object(value)
        word = inner.get("status") if inner else value
        if isinstance(word, str) and not re.search(r"\s", word):
            yield name, word


def _pairs_in_list(details: Iterable[object]) -> Iterator[tuple[str, str]]:
    for item in details:
        if isinstance(item, str):
            name, _, word = item.partition(":")
            yield name, word
        elif inner := _object(item):
            name = inner.get("stage") or inner.get("name")
            word = inner.get("status") or inner.get("state")
            if isinstance(name, str):
                yield name, word if isinstance(word, str) else ""
            else:
                yield from _pairs_in_map(inner)


def _movie_url(answer: dict[str, object], base_url: str) -> str | None:
    return next((url for candidate in _url_candidates(answer) if (url := _absolute_url(candidate, base_url))), None)


def _url_candidates(answer: dict[str, object]) -> Iterator[object]:
    """Yield every place where a link was seen, the documented one first."""
    yield (_object(answer.get("result")) or {}).get("url")
    yield answer.get("url")
    yield answer.get("result_url")
    yield from _list(answer.get("result_urls"))[:1]
    yield answer.get("remoteURL")
    yield answer.get("videoLink")
    yield answer.get("video_link")
    yield (_object(answer.get("video")) or {}).get("url")


def _absolute_url(value: object, base_url: str) -> str | None:
    """Return an absolute http or https URL in ASCII, else None.

    A URL with user info is None too.
    """
    text = value.strip() if isinstance(value, str) else ""
    if not 0 < len(text) <= MAX_URL_LENGTH or not text.isprintable():
        return None
    try:
        parts = urlsplit(text if urlsplit(text).scheme else urljoin(urljoin(base_url, "/"), text))
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc):
        return None
    return quote(parts.geturl(), safe=_URL_SAFE)
