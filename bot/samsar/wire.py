"""What goes over the wire, read and written by pure functions: JSON on one side, our own values on the other.

The contract is the API's page "API Docs" of 2 March 2025 (`POST /create_movie`, `GET /status`); what servers were seen
to answer beside it is read too. Nothing here opens a connection, waits, logs or looks at a clock. Whatever bytes come
in, the `read_` functions return a value or raise one of the `SamsarError` exceptions, and nothing else.
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
"""Characters of the API's own text that are kept."""

REQUEST_ID_MOST = 200
"""Characters. Ids seen had 24; a longer one than this is no id."""

MAX_URL_LENGTH = 16_384
"""Characters. Signed links run to about 1,500, and servers commonly take 8,000 to 16,000. A longer one is no link, and
a movie without one is still pending."""

MAX_STAGES = 40
STAGE_NAME_MOST = 60


BALANCE_MOST = 10**12
"""Credits. Past this, a balance is a mistake of the server."""

NO_MESSAGE = "the API gave no reason"
WEB_PAGE = "the API answered with a web page"

_ID_NAMES = ("request_id", "session_id", "sessionID")
_MESSAGE_NAMES = ("message", "error", "detail")
_HOST = re.compile(r"(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE | re.ASCII)
_URL_SAFE = ":/?#[]@!$&'()*+,;=%-._~"

_KEY = r"(?:api[\s_-]?key|authori[sz]ation|bearer)"
_LACK = r"(?:missing|empty|required|invalid|absent|no|provide|not (?:provided|found|set|given))"
_ABOUT_KEY = re.compile(rf"\b{_LACK}\b.{{0,20}}\b{_KEY}\b|\b{_KEY}\b.{{0,40}}\b{_LACK}\b", re.IGNORECASE)
_ABOUT_KEY_MOST = 160
_ABOUT_ID = re.compile(r"\b(?:request|session)[\s_]?id\b", re.IGNORECASE)
_QUOTATION = re.compile(r"\"[^\"]* [^\"]*\"|(?<!\w)'[^']* [^']*'(?!\w)")


_REFUSED_FOR_CERTAIN = frozenset(
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
"""Beside those that mean the same on every path."""


def encode_create(request: MovieRequest, webhook_url: str | None) -> dict[str, object]:
    """Write the body of `POST /create_movie`, field for field as the API's page has it."""
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
    """Read the answer to `POST /create_movie` and return the id to watch the movie by.

    Some answers say for certain that nothing was made. After every other one a movie may be in the making.

    Raises:
        InvalidRequest: 301, 307, 308, 400, 404, 405, 413, 415, 422.
        AuthenticationFailed: 401, 403, and a 400 that speaks of the API key.
        UpstreamCreditsExhausted: 402, whatever its message says.
        Busy: 429.
        Ambiguous: everything else, such as 303 or 409, which also tell of what was done. Never send it again.
    """
    if _is_success(status):
        answer = _load(body) or {}
        for name in _ID_NAMES:
            if found := parse_request_id(answer.get(name)):
                return found
        raise OutcomeUnknown("the API accepted the request, but no request_id could be read", status=status)
    if refusal := _refusal(status, headers, body):
        raise refusal
    if status in _REFUSED_FOR_CERTAIN:
        raise InvalidRequest(_upstream_message(error_message(body)), status=status)
    raise OutcomeUnknown(error_message(body), status=status)


def decode_status(status: int, headers: Mapping[str, str], body: bytes, *, base_url: str) -> Status:
    """Read the answer to `GET /status`.

    Words we don't know mean pending, and so does COMPLETED without a link. FAILED with a link is failed. A link that is
    relative counts from the root of base_url's host.

    Raises:
        InvalidRequest: 400, such as "request_id query parameter is missing."
        AuthenticationFailed: 401, 403, and a 400 that speaks of the API key.
        UpstreamCreditsExhausted: 402.
        RequestNotFound: 404.
        Busy: 429.
        Broken: everything else, and a success that isn't a JSON object with a status.
    """
    if not _is_success(status):
        raise _status_refusal(status, headers, body)
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
    """Read the answer to a `GET /status` that named no request: does the key work?

    The API's page promises a 400 with "request_id query parameter is missing." to whoever has a key that works.

    Raises:
        AuthenticationFailed: 401, 403, and a 400 that speaks of the API key.
        UpstreamCreditsExhausted: 402.
        Busy: 429.
        Broken: any answer that doesn't show that this is the API.
    """
    if status == HTTPStatus.BAD_REQUEST and _ABOUT_ID.search(error_message(body)):
        return
    if _is_success(status) and _load(body) is not None:
        return
    refusal = _status_refusal(status, headers, body)
    if isinstance(refusal, AuthenticationFailed | UpstreamCreditsExhausted | RateLimited | InvalidResponse):
        raise refusal
    raise InvalidResponse(
        f"HTTP {status} ({refusal.message}) is not the API's answer: are the base URL and the path right?",
        status=status,
    )


def read_ping(status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Read the answer to a `GET /status` without an id: is the API at work?

    A JSON object that refuses the request is the API's own answer, and as good as any: proxies answer with 5xx or HTML.

    Raises:
        AuthenticationFailed: 401, 403, and a 400 that speaks of the API key.
        UpstreamCreditsExhausted: 402.
        Busy: 429.
        Broken: every other answer.
    """
    refusal = None if _is_success(status) else _status_refusal(status, headers, body)
    if isinstance(refusal, AuthenticationFailed | UpstreamCreditsExhausted | RateLimited):
        raise refusal
    refuses = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    by_proxy = status == HTTPStatus.REQUEST_TIMEOUT
    if not (_is_success(status) or refuses) or by_proxy or _load(body) is None:
        raise InvalidResponse(error_message(body), status=status)


def decode_credits(status: int, headers: Mapping[str, str], body: bytes) -> int | None:
    """Read the answer to `GET /v1/credits`: the credits the operator's plan has left, or None where that isn't told.

    Raises:
        AuthenticationFailed: 401, 403, and a 400 that speaks of the API key.
    """
    if not _is_success(status):
        refusal = _refusal(status, headers, body)
        if isinstance(refusal, AuthenticationFailed):
            raise refusal
        return None
    value = (_load(body) or {}).get("remainingCredits")
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= BALANCE_MOST:
        return None
    return math.floor(value)


def parse_request_id(value: object) -> str | None:
    """Return the value as a request_id, or None where it can't be one: empty, unprintable, or past all length."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**64:
        return str(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    return text if 0 < len(text) <= REQUEST_ID_MOST and text.isprintable() else None


def decode_callback(body: bytes) -> str | None:
    """The request_id that a callback names; None where it names none. Nothing else in it is of any use: see facts."""
    answer = _load(body)
    if answer is None:
        return None
    return next((found for key in _ID_NAMES if (found := parse_request_id(answer.get(key)))), None)


def error_message(body: bytes) -> str:
    """Find the API's own words in an error's body; on one line, at most MAX_MESSAGE_LENGTH characters, never empty.

    They are in `message`, `error`, `detail` or `error.message`. A web page or junk gets a neutral phrase.
    """
    if body.lstrip().startswith(b"<"):
        return WEB_PAGE
    return _find_message(_load(body) or {}) or NO_MESSAGE


def one_line(text: str) -> str:
    """Return a text we didn't write as one line of printable characters, at most MAX_MESSAGE_LENGTH of them."""
    return _clean(text, MAX_MESSAGE_LENGTH) or NO_MESSAGE


def _is_success(status: int) -> bool:
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def _refusal(status: int, headers: Mapping[str, str], body: bytes) -> SamsarError | None:
    """The exception for a status that means the same on every path. The code decides, not the message."""
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
    """What the API itself said; '' where it said nothing and the words are ours."""
    return "" if text in (NO_MESSAGE, WEB_PAGE) else text


def _status_refusal(status: int, headers: Mapping[str, str], body: bytes) -> SamsarError:
    if refusal := _refusal(status, headers, body):
        return refusal
    kind = RequestNotFound if status == HTTPStatus.NOT_FOUND else InvalidResponse
    return kind(error_message(body), status=status)


def _is_about_key(text: str) -> bool:
    """Whether a 400 says that the key is missing or empty.

    A member's prompt may speak of API keys, and an API may quote it: quotations and long texts don't count.
    """
    return len(text) <= _ABOUT_KEY_MOST and _ABOUT_KEY.search(_QUOTATION.sub("", text)) is not None


def _load(body: bytes) -> dict[str, object] | None:
    """The JSON object in the body, or None where there is none. NaN and Infinity, which are not JSON, become null."""
    try:
        return _object(json.loads(body.decode("utf-8-sig"), parse_constant=lambda _: None))
    except (ValueError, RecursionError):
        return None


def _object(value: object) -> dict[str, object] | None:
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _clean(value: object, limit: int) -> str | None:
    """The text on one line without control characters, cut to `most`; None for what is no text or says nothing."""
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
    """The stages in `details`, or else in `expressGenerationStatus`, as newer servers call it."""
    found = _named_words(answer.get("details")) or _named_words(answer.get("expressGenerationStatus"))
    return tuple(
        Stage(name, StageState.__members__.get(word.strip().upper(), StageState.PENDING))
        for name, word in islice(found.items(), MAX_STAGES)
    )


def _named_words(details: object) -> dict[str, str]:
    """Stage names and their words; the later of two with one name wins."""
    pairs = _pairs_in_map(found) if (found := _object(details)) else _pairs_in_list(_list(details))
    return {label: word for name, word in pairs if (label := _clean(name, STAGE_NAME_MOST))}


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
    return next((url for place in _url_places(answer) if (url := _web_address(place, base_url))), None)


def _url_places(answer: dict[str, object]) -> Iterator[object]:
    """Wherever a link to the movie was seen, the documented place first."""
    yield (_object(answer.get("result")) or {}).get("url")
    yield answer.get("url")
    yield answer.get("result_url")
    yield from _list(answer.get("result_urls"))[:1]
    yield answer.get("remoteURL")
    yield answer.get("videoLink")
    yield answer.get("video_link")
    yield (_object(answer.get("video")) or {}).get("url")


def _web_address(value: object, base_url: str) -> str | None:
    """The value as an absolute http or https address in ASCII, or None. Names and passwords in it are refused."""
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
