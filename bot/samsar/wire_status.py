"""Decodes the answers to `GET /status`, and of a storyboard. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from urllib.parse import quote, urljoin, urlsplit

from bot.core.errors import InvalidResponse
from bot.domain.breaker import Outage
from bot.domain.jobs import MAX_STILLS, Still
from bot.domain.upstream import MovieState, Stage, StageState, Status
from bot.samsar.config import AUTUMN_2026, MARCH_2025, ApiProfile
from bot.samsar.wire import (
    MAX_MESSAGE_LENGTH,
    as_credits,
    as_list,
    as_number,
    as_object,
    clean,
    find_message,
    load_object,
    read_answer,
)

MAX_URL_LENGTH = 16_384
"""Signed links have about 1,500 characters, and servers commonly accept 8,000 to 16,000. A longer one is ignored,
and a movie without a link is still pending."""

MAX_SCENES = 240
"""A movie's seconds, at most."""

MAX_WORDS_LENGTH = 300
"""Characters kept of a scene's words."""

MAX_STAGES = 40
MAX_STAGE_NAME_LENGTH = 60

_FINISHED_NAMES = ("result", "url", "result_url", "result_urls")
"""What only a finished movie has; videoLink and remoteURL can be there earlier."""

_SHORTAGES = (
    (re.compile(r"insufficient credits while charging\b", re.IGNORECASE), Outage.PLAN_EXHAUSTED),
    (re.compile(r"API key \w+ credit limit reached\b", re.IGNORECASE), Outage.KEY_LIMIT_REACHED),
)
"""The message of a movie whose stage could not be charged, by what the operator lacks."""

_HOST = re.compile(r"(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE | re.ASCII)
_URL_SAFE = ":/?#[]@!$&'()*+,;=%-._~"


def decode_status(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    base_url: str,
    profile: ApiProfile = MARCH_2025,
) -> Status:
    """Decode the response to `GET /status`.

    A word that the version does not have is pending, and so is COMPLETED without a link. FAILED with a link is failed.
    A relative link is resolved against the root of base_url's host. Beside the link of a finished movie, no word says
    that it is unfinished.

    Raises:
        InvalidRequest: 400, such as "request_id query parameter is missing."
        AuthenticationFailed: 401, 403, and a 400 about the API key.
        UpstreamCreditsExhausted: 402.
        RequestNotFound: 404.
        WrongApi: 404 with a web page.
        RateLimited: 429.
        InvalidResponse: everything else, and a success that isn't a JSON object with a status.
    """
    answer = read_answer(status, headers, body)
    word = answer.get("status")
    if not isinstance(word, str):
        raise InvalidResponse("the answer is not a JSON object with a status, or it broke off", status=status)
    word = word.strip().upper()
    state = profile.words.get(word, MovieState.PENDING)
    url = _movie_url(answer, base_url) if state is MovieState.COMPLETED else None
    if state is MovieState.COMPLETED and url is None:
        state = MovieState.PENDING
    message = find_message(answer) or clean(answer.get("details"), MAX_MESSAGE_LENGTH)
    shortage = None
    if state is MovieState.FAILED:
        shortage = next((outage for words, outage in _SHORTAGES if words.match(message or "")), None)
    says_unfinished = word in profile.unfinished and not any(answer.get(name) for name in _FINISHED_NAMES)
    return Status(state, _stages(answer), url, message, _charged(answer, state), shortage, says_unfinished)


def decode_step_status(status: int, headers: Mapping[str, str], body: bytes, *, base_url: str) -> Status:
    """Decode the status of a storyboard, also as an answer to `process_next`.

    Its COMPLETED says that the job waits at the checkpoint, or that the movie is finished, which has a `result_url`. A
    job that was cancelled keeps its word, and only a flag says so.

    Raises:
        SamsarError: as `decode_status` says. A conflict (409) is InvalidResponse: the next status tells why.
    """
    found = decode_status(status, headers, body, base_url=base_url, profile=AUTUMN_2026)
    answer = load_object(body)
    if answer.get("expressGenerationCancelled") is True:
        return replace(found, state=MovieState.CANCELLED, url=None, says_unfinished=False)
    is_finished = bool(answer.get("result_url") or answer.get("result_urls"))
    if answer.get("requires_user_action") is not True or is_finished or found.state is MovieState.FAILED:
        return found
    drawn = as_object(as_object(answer.get("completed_step_resources")).get("image_generation"))
    stills = _stills(drawn.get("resources"), base_url)[:MAX_STILLS]
    return replace(found, state=MovieState.PENDING, url=None, waits=True, stills=stills)


def decode_details(status: int, headers: Mapping[str, str], body: bytes, *, base_url: str) -> tuple[Still, ...]:
    """Decode the stills of a status with details.

    Raises:
        InvalidResponse: everything that is no JSON object, and an empty one.
        SamsarError: as for a status that is no success.
    """
    answer = read_answer(status, headers, body)
    if not answer:
        raise InvalidResponse("the answer is not a JSON object, or it broke off", status=status)
    return _stills(answer.get("session"), base_url)


def decode_upload(status: int, headers: Mapping[str, str], body: bytes, *, base_url: str) -> str:
    """Decode the address of a picture that was uploaded.

    Raises:
        InvalidResponse: there is none, or not one.
        SamsarError: as for a status that is no success.
    """
    found = [_absolute_url(each, base_url) for each in as_list(read_answer(status, headers, body).get("image_urls"))]
    if len(found) != 1 or found[0] is None:
        raise InvalidResponse("the answer is not the address of one picture", status=status)
    return found[0]


def _stills(parent: object, base_url: str) -> tuple[Still, ...]:
    """Return the still of each layer that has one, in the order of their scenes."""
    layers = as_list(as_object(parent).get("layers"))[:MAX_SCENES]
    found = [still for layer in layers if (still := _still(as_object(layer), base_url)) is not None]
    return tuple({still.scene: still for still in sorted(found, key=lambda still: still.scene)}.values())


def _still(layer: Mapping[str, object], base_url: str) -> Still | None:
    """Return a layer's still. The API counts layers from 0, and the bot their scenes from 1."""
    link = layer.get("selected_image_url") or as_object(layer.get("image")).get("url")
    index, url = as_number(layer.get("index")), _absolute_url(link, base_url)
    if not isinstance(index, int) or not 0 <= index < MAX_SCENES or url is None:
        return None
    return Still(index + 1, clean(layer.get("prompt"), MAX_WORDS_LENGTH) or "", url)


def _charged(answer: Mapping[str, object], state: MovieState) -> int | None:
    """Return what a movie cost so far.

    0 is no price of a finished movie: the API says so before it has counted.
    """
    values = (as_credits(answer.get(name)) for name in ("creditsCharged", "credits_charged"))
    charged = max((value for value in values if value is not None), default=None)
    return None if charged == 0 and state is MovieState.COMPLETED else charged


def _stages(answer: dict[str, object]) -> tuple[Stage, ...]:
    """Decode the stages in `details`, or in `expressGenerationStatus` on newer servers.

    There, `status` is the movie's own status.
    """
    newer = as_object(answer.get("expressGenerationStatus"))
    found = _stage_words(answer.get("details")) or _stage_words(
        {name: word for name, word in newer.items() if name != "status"}
    )
    return tuple(
        Stage(name, StageState.__members__.get(word.strip().upper(), StageState.PENDING))
        for name, word in islice(found.items(), MAX_STAGES)
    )


def _stage_words(details: object) -> dict[str, str]:
    """Map stage names to states.

    The later of two with one name wins.
    """
    return {label: word for name, word in _pairs(details) if (label := clean(name, MAX_STAGE_NAME_LENGTH))}


def _pairs(details: object) -> Iterator[tuple[str, str]]:
    """Yield names and states from an object, from a list of texts, or from one of objects."""
    for name, value in as_object(details).items():
        inner = as_object(value)
        word = inner.get("status") if inner else value
        if isinstance(word, str) and not re.search(r"\s", word):
            yield name, word
    for item in as_list(details):
        if isinstance(item, str):
            name, _, word = item.partition(":")
            yield name, word
        elif inner := as_object(item):
            name = inner.get("stage") or inner.get("name")
            word = inner.get("status") or inner.get("state")
            if isinstance(name, str):
                yield name, word if isinstance(word, str) else ""
            else:
                yield from _pairs(inner)


def _movie_url(answer: dict[str, object], base_url: str) -> str | None:
    """Return the first link of every place where one was seen, the documented one first."""
    places = (
        as_object(answer.get("result")).get("url"),
        *map(answer.get, ("url", "result_url", "result_urls", "remoteURL", "videoLink", "video_link")),
        as_object(answer.get("video")).get("url"),
    )
    links = (next(iter(as_list(each)), each) for each in places)  # one link, or a list of them
    return next((url for each in links if (url := _absolute_url(each, base_url))), None)


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
