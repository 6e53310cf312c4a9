"""Encodes requests to the Samsar API and decodes its answers. Pure functions.

The contract is that of bot/samsar/config.py, extended by what servers were seen to answer. The answers of every
version are read alike, but for the words of a status. Whatever the bytes, the `decode_` functions return a value or
raise a `SamsarError`, nothing else. wire_status.py decodes statuses.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import Final, cast

from bot.core.errors import (
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
from bot.domain.catalogue import NOT_OFFERED, ListedModel, ModelKind, OfferedExtras, Voice
from bot.domain.moderation import MAY_BE_ORDERED, ModerationCategory, Verdict
from bot.domain.request import MovieRequest
from bot.domain.text import count_utf16
from bot.domain.upstream import Created, RecentRequest, SceneQuote

MAX_MESSAGE_LENGTH = 300
"""Characters kept of the API's own text."""

NO_MESSAGE = "the API gave no reason"
WEB_PAGE = "the API answered with a web page"

_MAX_OWN_WORDS = 160
_QUOTATION = re.compile(r"\"[^\"]* [^\"]*\"|(?<!\w)'[^']* [^']*'(?!\w)")

_MESSAGE_NAMES = ("message", "error", "detail", "generationError", "expressGenerationError")

MAX_RETRY_AFTER_SECONDS = 3600.0
"""Longer delays are shortened to this."""

_SECONDS = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?")

NO_LABELS: Final[Mapping[str, str]] = MappingProxyType({})
"""Without a catalogue, models have no other names than their keys."""

_MODEL = r"(video|image)[\s_]?models?"
_ABOUT_MODEL = re.compile(
    rf"\b(?:invalid|unknown|unsupported|unavailable)\b.{{0,10}}\b{_MODEL}\b"
    rf"|\b{_MODEL}\b.{{0,40}}\b(?:not (?:supported|available|valid|recogni[sz]ed)|only supported|invalid|unsupported"
    r"|must be one)\b",
    re.IGNORECASE,
)
_LISTED_MODELS = re.compile(r"(video|image)_model must be one of:? [A-Z0-9_., ]+")
"""All that such a message says, however long it is: no prompt is in it."""

_ABOUT_ANOTHER_FIELD = re.compile(
    r"\b(?:prompt|aspect[\s_]?ratio|\d+:\d+|duration|seconds|subtitles?|language|tone)\b", re.IGNORECASE
)
"""Such as a shape that a model does not have."""

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

MAX_MODERATED: Final = 32
"""Texts and pictures that are moderated at once. Also how many categories of an answer are read."""

MAX_MODERATED_LENGTH: Final = 100_000
"""UTF-16 code units of a text."""

MAX_MODERATED_URL_LENGTH: Final = 8 * 2**20
"""A picture's own data may be its URL."""

_FLAGGED_FOR: Final[Mapping[str, ModerationCategory]] = MappingProxyType(
    {
        "sexual/minors": ModerationCategory.MINORS,
        "sexual": ModerationCategory.SEXUAL,
        "self-harm": ModerationCategory.SELF_HARM,
        "violence": ModerationCategory.VIOLENCE,
        "hate": ModerationCategory.HATE,
        "harassment": ModerationCategory.HARASSMENT,
        "illicit": ModerationCategory.ILLICIT,
    }
)
"""By the API's name of a category; "violence/graphic" is violence, too."""

_BEFORE_CHARGE = re.compile(
    r"API_KEY, auth token|Invalid (?:auth token|API_KEY)\. |Your api key has expired|Use a Samsar API key"
    r"|Insufficient credits|API key \w+ credit limit reached"
    r"|(?:videoSessionId|session_ids|blend_scenes|layer_indexes|language|enable_subtitles)\b.* (?:must|is required)\b"
    r"|Video session not found|One or more sessions were not found|All sessions must have the same"
    r"|Session (?:is still rendering|is paused|is missing|has no layers|does not contain|at index \d+ )"
    r"|Layer index \d+ |Unable to determine [\w ]+ duration for billing"
)
"""What the API says before it charges for a change of finished movies. After that it passes on the errors of others,
whatever their status."""

_REFUSAL_CODES: Final = ("SUBTITLE_PROVIDER_NOT_CONFIGURED",)
"""Codes of errors which say that nothing was made, whatever their status."""

_OPENAI: Final = ("OPENAI", "openAISpeakers")
_ELEVENLABS: Final = ("ELEVENLABS", "elevenLabsSpeakers")

_SPEAKERS: Final[Mapping[Voice, tuple[tuple[str, str], str]]] = MappingProxyType(
    {
        **{Voice(name): (_OPENAI, name) for name in ("alloy", "echo", "fable", "onyx", "nova", "shimmer")},
        Voice.DARIAN: (_ELEVENLABS, "gOupLcAkjEnguROwi4oS"),
        Voice.TALIA: (_ELEVENLABS, "OZ0L6eISlOejga3XjDFt"),
        Voice.ELARA: (_ELEVENLABS, "WQP7cQUF5aAS6Axh5yaa"),
        Voice.BAXTER: (_ELEVENLABS, "jSuBIjxMKhqIfb0wCK1F"),
        Voice.ELDRIN: (_ELEVENLABS, "6WwXjDDEMyNmFG95zycZ"),
        Voice.ELOWEN: (_ELEVENLABS, "dvbL7qkNGZY1IqPGZAjM"),
    }
)
"""Each voice's model with the list that names it there, and its name."""

MAX_LISTED_MODELS: Final = 200
MAX_LISTED_REQUESTS: Final = 50
_LISTS: Final = ("requests", "items", "data", "results")
_MAX_STATUS_LENGTH: Final = 40
_MAX_TIME_MS: Final = 10**14
MAX_MODEL_NAME_LENGTH: Final = 100
MAX_PRICE: Final = 100_000
"""Credits a second. What is dearer is an error of the server."""

MAX_CHARGE = 10**9
"""Credits. A larger charge is an error of the server."""

MAX_BALANCE = 10**12
"""Credits. A larger balance is an error of the server."""


def error_message(body: bytes) -> str:
    """Extract the API's message from an error's body.

    It is in `message`, `error`, `detail` or `error.message`. HTML and invalid JSON get a neutral phrase. The result is
    one line of at most MAX_MESSAGE_LENGTH characters, never empty.
    """
    if is_web_page(body):
        return WEB_PAGE
    return find_message(load_object(body)) or NO_MESSAGE


def is_web_page(body: bytes) -> bool:
    """Return whether a body is HTML, never the API's own answer."""
    return body.lstrip().startswith(b"<")


def own_words(text: str) -> str:
    """Return the API's own words, without quotations; '' for a long text."""
    return _QUOTATION.sub("", text) if len(text) <= _MAX_OWN_WORDS else ""


def load_object(body: bytes) -> dict[str, object]:
    """Parse a JSON object, with NaN and Infinity as null; an empty one for anything else."""
    return as_object(load_json(body))


def load_json(body: bytes) -> object:
    """Parse JSON, None where it is none; NaN and Infinity are null."""
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def as_object(value: object) -> dict[str, object]:
    """Return a JSON object, an empty one for anything else."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def as_number(value: object) -> int | float | None:
    """Return a JSON number, None for anything else, also a bool."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def as_list(value: object) -> list[object]:
    """Return a JSON array, an empty one for anything else."""
    return cast("list[object]", value) if isinstance(value, list) else []


def clean(value: object, limit: int) -> str | None:
    """Put a text on one line and truncate it, None for blanks."""
    if not isinstance(value, str):
        return None
    printable = "".join(char if char.isprintable() else " " for char in value[: limit * 4])
    text = " ".join(printable.split())
    return text[: limit - 1] + "…" if len(text) > limit else text or None


def find_message(answer: dict[str, object]) -> str | None:
    """Return the API's text in an answer, None without one."""
    values = [answer.get(name) for name in _MESSAGE_NAMES]
    nested = [inner.get("message") for inner in map(as_object, values) if inner]
    return next((text for value in values + nested if (text := clean(value, MAX_MESSAGE_LENGTH))), None)


def parse_retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the Retry-After header (RFC 9110, section 10.2.3) in seconds, None without a valid one.

    At most MAX_RETRY_AFTER_SECONDS. A date is compared with the response's own Date header, so wrong clocks do not
    matter. Without that header, a date is ignored.
    """
    named = {name.lower(): value.strip() for name, value in headers.items()}
    wanted = named.get("retry-after", "")
    if _SECONDS.fullmatch(wanted):
        return min(float(wanted), MAX_RETRY_AFTER_SECONDS)
    until, now = _http_date(wanted), _http_date(named.get("date", ""))
    if until is None or now is None:
        return None
    return min(max((until - now).total_seconds(), 0.0), MAX_RETRY_AFTER_SECONDS)


def _http_date(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return None


def refused_kind(message: str, order: MovieRequest, labels: Mapping[str, str]) -> ModelKind | None:
    """Return the kind of the model that a 400 refuses; None where it refuses something else.

    The vendor's words for it change, so the order's own models are looked for in them, whatever the sentence. The API
    may also repeat a prompt: what the prompt says itself is no evidence, or a member could take a model from everyone.
    `labels` are the names, by key, that the API may use instead of keys. Quotations and long texts don't count.
    """
    if listed := _LISTED_MODELS.fullmatch(message):
        return ModelKind(listed[1])
    words = own_words(message)
    if _ABOUT_ANOTHER_FIELD.search(words):
        return None
    keys = {ModelKind.VIDEO: order.video_model, ModelKind.IMAGE: order.image_model}
    named = [
        kind
        for kind, key in keys.items()
        if any(_names(words, name) and not _names(order.prompt, name) for name in (key, labels.get(key, key)))
    ]
    if len(named) == 1:
        return named[0]
    found = None if "model" in order.prompt.casefold() else _ABOUT_MODEL.search(words)
    return None if found is None else ModelKind((found[1] or found[2]).lower())


def _names(text: str, name: str) -> bool:
    """Return whether a text has a name, in any spelling: QWENIMAGE3PRO is "Qwen Image 3.0 Pro", too."""
    characters = [char + r"(?:\.0)?" * char.isdigit() for char in name.casefold() if char.isalnum()]
    pattern = r"[\s._-]*".join(characters)
    return bool(characters) and re.search(rf"(?<![\w.]){pattern}(?!\.?\w)", text.casefold()) is not None


def movie_fields(request: MovieRequest, offered: OfferedExtras = NOT_OFFERED) -> dict[str, object]:
    """Return the fields of a movie that is made from words.

    They name only those extras that the API has (`offered`), where they differ from its defaults.
    """
    extras = (
        ("language", request.extras.language, offered.languages),
        ("enable_subtitles", request.extras.subtitles, offered.subtitles),
        ("tone", request.extras.tone, offered.tones),
        ("backingtrack_model", request.extras.music, offered.music),
    )
    return {
        "prompt": request.prompt,
        "aspect_ratio": request.aspect_ratio.value,
        "image_model": request.image_model,
        "video_model": request.video_model,
        "duration": request.duration_seconds,
        **{name: chosen for name, chosen, choices in extras if chosen in choices[1:]},
        **_voice_fields(request, offered),
    }


def _voice_fields(request: MovieRequest, offered: OfferedExtras) -> dict[str, object]:
    voice = request.extras.voice
    if voice is None or voice not in offered.voices[1:]:
        return {}
    (model, speakers), name = _SPEAKERS[voice]
    return {"tts_model": model, "speaker_options": {speakers: [name]}}


def encode_moderation(prompt: str, image_urls: Sequence[str] = ()) -> Sequence[object]:
    """Encode a prompt, which may be empty, and pictures to be moderated.

    Raises:
        InvalidRequest: it is more than the API takes at once, or nothing.
    """
    texts = [prompt] if prompt.strip() else []
    too_long = count_utf16(prompt) > MAX_MODERATED_LENGTH
    if too_long or any(len(url) > MAX_MODERATED_URL_LENGTH for url in image_urls):
        raise InvalidRequest("this is too long to be moderated")
    entries = (
        *({"type": "text", "text": text} for text in texts),
        *({"type": "image_url", "image_url": {"url": url}} for url in image_urls),
    )
    if not 0 < len(entries) <= MAX_MODERATED:
        raise InvalidRequest(f"this is not 1 to {MAX_MODERATED} texts and pictures")
    return entries


def read_answer(status: int, headers: Mapping[str, str], body: bytes) -> dict[str, object]:
    """Return the JSON object of a success, an empty one where it holds something else.

    Raises:
        SamsarError: as `status_error` says.
    """
    if not is_success(status):
        raise status_error(status, headers, body)
    return load_object(body)


def decode_created(
    status: int, headers: Mapping[str, str], body: bytes, order: MovieRequest, labels: Mapping[str, str] = NO_LABELS
) -> Created:
    """Decode the response to a create request of any operation.

    Some statuses prove that nothing was created. After any other one, a movie may exist. What charges at once is
    different: an error of any status may follow the charge, so that only the words do, which the API has for what it
    checks before, or a web page of something before the API. `labels` are the names of models, by key.

    Raises:
        InvalidRequest: 301, 307, 308, 400, 404, 405, 413, 415, 422; before a charge 409, too.
        ModelRefused: a 400 about a model.
        WrongApi: 404 with a web page.
        AuthenticationFailed: 401, 403, and a 400 about the API key.
        UpstreamCreditsExhausted: 402, whatever its message says.
        KeyLimitReached: a 402 about the key's own limit.
        RateLimited: 429.
        OutcomeUnknown: everything else, such as 303 or 409, which can follow a success. Never send it again.
    """
    at_once, message = order.operation.declared.at_once, error_message(body)
    if is_success(status):
        if found := decode_request_id(body):
            return Created(found, as_credits(load_object(body).get("creditsCharged")) if at_once else None)
        raise OutcomeUnknown("the API accepted the request, but no request_id could be read", status=status)
    if at_once and not is_web_page(body):
        if not _BEFORE_CHARGE.match(message):
            raise OutcomeUnknown(message, status=status)
        if status == HTTPStatus.CONFLICT:
            raise InvalidRequest(message, status=status)
    if error := common_error(status, headers, body):
        if isinstance(error, InvalidRequest) and (kind := refused_kind(error.message, order, labels)):
            raise ModelRefused(error.message, status=status, kind=kind)
        raise error
    if status == HTTPStatus.NOT_FOUND and is_web_page(body):
        raise WrongApi(message, status=status)
    if status in _REJECTED_STATUSES or load_object(body).get("code") in _REFUSAL_CODES:
        raise InvalidRequest(_upstream_message(message), status=status)
    raise OutcomeUnknown(message, status=status)


def decode_quote(status: int, headers: Mapping[str, str], body: bytes, scenes: Sequence[int]) -> SceneQuote:
    """Decode what it costs to make these scenes anew.

    Raises:
        InvalidRequest: 400 and 409; it says which scene can't be made anew, or that the movie is not finished.
        InvalidResponse: there is not one price for each of these scenes.
        SamsarError: as for another status that is no success.
    """
    if status == HTTPStatus.CONFLICT:
        raise InvalidRequest(_upstream_message(error_message(body)), status=status)
    quote = as_object(read_answer(status, headers, body).get("creditQuote"))
    layers = map(as_object, as_list(quote.get("layers")))
    listed = {as_number(each.get("layerIndex")): as_credits(each.get("totalCredits")) for each in layers}
    prices = {scene: price for scene in scenes if (price := listed.get(scene)) is not None}
    total = as_credits(quote.get("totalCredits"))
    if total is None or not len(prices) == len(listed) == len(scenes) or total < sum(prices.values()):
        raise InvalidResponse("the answer is no quote of these scenes", status=status)
    return SceneQuote(total, prices)


def as_credits(value: object, most: int = MAX_CHARGE) -> int | None:
    """Return a number of credits, rounded up; None where it is none, or more than can be."""
    number = as_number(value)
    return None if number is None or not 0 <= number <= most else math.ceil(number)


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
    if (is_success(status) or status == HTTPStatus.NOT_FOUND) and isinstance(load_json(body), dict):
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
    answer = load_object(body)
    return next((found for key in _ID_NAMES if (found := parse_request_id(answer.get(key)))), None)


def is_success(status: int) -> bool:
    """Return whether a status says that the request was carried out."""
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def common_error(status: int, headers: Mapping[str, str], body: bytes) -> SamsarError | None:
    """Return the error of a status, whatever its message says."""
    text = error_message(body)
    match status:
        case HTTPStatus.BAD_REQUEST:
            # a prompt may mention API keys and the API may quote it, so quotations and long texts don't count
            if _ABOUT_KEY.search(own_words(text)):
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


def decode_credits(status: int, headers: Mapping[str, str], body: bytes) -> int:
    """Decode the response to `GET /v1/credits`.

    Raises:
        InvalidResponse: there is no balance in it.
        SamsarError: as for a status that is no success.
    """
    value = as_number(read_answer(status, headers, body).get("remainingCredits"))
    if value is None or not abs(value) <= MAX_BALANCE:
        raise InvalidResponse("the answer has no balance", status=status)
    return math.floor(value)


def decode_moderation(status: int, headers: Mapping[str, str], body: bytes) -> Verdict:
    """Decode the answer to a request to moderate.

    Only the API's own decision counts, in exactly its words: what else it may mean is no evidence.

    Raises:
        InvalidResponse: there is no decision in it.
        SamsarError: as for a status that is no success.
    """
    decision = as_object(read_answer(status, headers, body).get("decision"))
    match decision.get("safe"), decision.get("reason"):
        case True, "passed":
            return MAY_BE_ORDERED
        case False, "flagged" | "category_score":
            names = [name for name in as_list(decision.get("categories"))[:MAX_MODERATED] if isinstance(name, str)]
            found = {_FLAGGED_FOR.get(name) or _FLAGGED_FOR.get(name.partition("/")[0]) for name in names}
            return Verdict(next((each for each in ModerationCategory if each in found), ModerationCategory.OTHER))
        case _:
            raise InvalidResponse("the answer has no decision", status=status)


def decode_models(status: int, headers: Mapping[str, str], body: bytes) -> tuple[ListedModel, ...] | None:
    """Decode the API's list of models; None where there is none (404).

    An image model's price is another product's, so it is left out.

    Raises:
        InvalidResponse: a part of it can't be read. A model that is left out would count as gone.
        SamsarError: as for another status that is no success.
    """
    if status == HTTPStatus.NOT_FOUND:
        return None
    answer = read_answer(status, headers, body)
    found = (*_models(answer, "VIDEO_MODELS", ModelKind.VIDEO), *_models(answer, "IMAGE_MODELS", ModelKind.IMAGE))
    return tuple({(model.kind, model.key): model for model in found}.values())


def _models(answer: Mapping[str, object], name: str, kind: ModelKind) -> Iterator[ListedModel]:
    entries = as_list(answer.get(name))
    if not isinstance(answer.get(name), list) or len(entries) > MAX_LISTED_MODELS:
        raise InvalidResponse(f"the list of models has no readable {name}")
    for entry in entries:
        model = as_object(entry)
        key = clean(model.get("value"), MAX_MODEL_NAME_LENGTH)
        if key is None:
            raise InvalidResponse(f"the list of models has an entry without a value in {name}")
        yield ListedModel(kind, key, _price(model, key) if kind is ModelKind.VIDEO else None)


def _price(model: Mapping[str, object], key: str) -> int | None:
    """Return a price in credits a second, None where a server of one's own has none."""
    if model.get("basePrice") is None:
        return None
    if (price := as_credits(model["basePrice"], MAX_PRICE)) is None:
        raise InvalidResponse(f"the list of models has no plausible price for {key}")
    return price


def decode_requests(status: int, headers: Mapping[str, str], body: bytes) -> tuple[RecentRequest, ...]:
    """Decode the list of the account's last requests.

    Those that can't be read are left out, as long as others can.

    Raises:
        InvalidResponse: there is no list, or nothing in it can be read. That is no evidence that nothing was created.
        SamsarError: as for a status that is no success.
    """
    named = read_answer(status, headers, body)
    lists = [load_json(body), *map(named.get, _LISTS)]
    rows = [row for each in lists for row in as_list(each)]
    found = tuple(each for row in rows if (each := _request(as_object(row))) is not None)
    if not any(isinstance(each, list) for each in lists) or (rows and not found):
        raise InvalidResponse("the list of the last requests can't be read", status=status)
    return found


def _request(row: Mapping[str, object]) -> RecentRequest | None:
    request_id, created_at = parse_request_id(row.get("request_id")), _time(row.get("created_at"))
    if request_id is None or created_at is None:
        return None
    return RecentRequest(request_id, clean(row.get("status"), _MAX_STATUS_LENGTH) or "?", created_at)


def _time(value: object) -> int | None:
    """Parse a time as UTC epoch milliseconds.

    It is in ISO 8601 or in milliseconds.
    """
    number = as_number(value)
    if number is not None and 0 < number < _MAX_TIME_MS:
        return int(number)
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return int((parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp() * 1000)
