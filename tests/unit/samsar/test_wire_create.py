"""The request body of an order, the meaning of its response, and every error that the API documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.core.errors import (
    AuthenticationFailed,
    InvalidRequest,
    KeyLimitReached,
    ModelRefused,
    OutcomeUnknown,
    RateLimited,
    RequestNotFound,
    SamsarError,
    UpstreamCreditsExhausted,
    WrongApi,
)
from bot.domain.breaker import Outage
from bot.domain.catalogue import AspectRatio
from bot.domain.request import MovieRequest
from bot.domain.upstream import MovieState
from bot.samsar import wire, wire_status
from bot.samsar.config import AUTUMN_2026
from bot.sandbox.contract_2026 import Answer
from tests.helpers.response_bodies import HTML, JUNK, as_body

REQUEST = MovieRequest("A fox crosses the moor", 30, "LUMA", "FLUX1.1PRO", AspectRatio.TALL)
LABELS = {"KLINGIMGTOVID3PRO": "Kling 3 Pro", "RUNWAYML": "Runway"}


def created(status: int, value: Any, headers: dict[str, str] | None = None) -> str:
    return wire.decode_created(status, headers or {}, value if isinstance(value, bytes) else as_body(value), REQUEST)


def refused(status: int, value: Any, kind: type[SamsarError], headers: dict[str, str] | None = None) -> SamsarError:
    with pytest.raises(SamsarError) as caught:
        created(status, value, headers)
    assert type(caught.value) is kind, (status, value)
    assert caught.value.status == status
    return caught.value


def test_the_body_is_the_documented_one() -> None:
    prompt = 'Ein "Fuchs" 🦊\nüber das Moor {"a": 1}'
    body = {
        "input": {
            "prompt": prompt,
            "aspect_ratio": "9:16",
            "image_model": "FLUX1.1PRO",
            "video_model": "LUMA",
            "duration": 30,
        }
    }
    request, hook = replace(REQUEST, prompt=prompt), "https://bot.example/hook/1"
    assert json.loads(json.dumps(wire.encode_create(request, hook))) == body | {"webhookUrl": hook}
    assert wire.encode_create(request, None) == wire.encode_create(request, "") == body


def test_a_request_id_is_read_under_each_of_its_names() -> None:
    for status in (200, 201, 202):
        for name in ("request_id", "session_id", "sessionID"):
            assert created(status, {name: " 67c4a1b2 "}) == "67c4a1b2"
    assert [created(200, {"session_id": "b", "request_id": each}) for each in ("a", "")] == ["a", "b"]
    longest = "x" * wire.MAX_REQUEST_ID_LENGTH
    assert [created(200, {"request_id": each}) for each in (12345, 0, longest)] == ["12345", "0", longest]


def test_an_answer_that_leaves_it_open_whether_a_movie_is_made_is_ambiguous() -> None:
    """The movie may be rendering, and is never ordered again."""
    for bad in ("", "  ", None, True, 1.5, -1, 2**64, [], {}, "x" * 201, "a\nb", "\ud800", "a\x00"):
        refused(200, {"request_id": bad}, OutcomeUnknown)
    for status in (200, 500, 503):
        for body in JUNK:
            refused(status, body, OutcomeUnknown)
    for status in (302, 303, 408, 409, 418, 425, 499):
        refused(status, HTML, OutcomeUnknown)
    for status in (300, 500, 502, 503, 504, 520, 600, 101):
        found = refused(status, {"message": "database issue", "request_id": "a"}, OutcomeUnknown)
        assert "database" in found.message


def test_a_refused_key_is_told_from_a_refused_request() -> None:
    """The page documents 400 for a missing key. A quoted prompt must not look like a key error."""
    for message in (
        "API_KEY is missing",
        "API key is missing or empty.",
        "Missing API key",
        "apiKey not provided",
        "Authorization header is required",
        "Missing 'Authorization' header.",
        "No authorization header",
        "Authorization: Bearer {API_KEY} header is missing",
        "The API-KEY is empty",
        "Invalid API key",
        "Please provide an API key",
        "The bearer token is absent",
        "The API key is not set",
        'Missing "Authorization" header.',
        "Your account's API key is missing in the headers' list",
    ):
        refused(400, {"message": message}, AuthenticationFailed)
    for message in (
        "prompt cannot exceed 500 characters",
        "image_model must be a recognized key",
        "video_model is missing",
        "webhookUrl must not need authorization",
        'Invalid prompt: "my API key is missing"',
        "Invalid prompt 'the bearer is missing'",
        "prompt is too long: " + "x" * 150 + " api key missing",
    ):
        assert refused(400, {"message": message}, InvalidRequest).message == message
    for status in (401, 403):
        assert "Invalid API key" in refused(status, {"message": "Invalid API key"}, AuthenticationFailed).message


def test_a_402_of_the_key_and_one_of_the_account_are_told_apart() -> None:
    limit = "API key monthly credit limit reached. Limit: 1000; used: 980; requested: 900."
    refused(402, {"message": limit}, KeyLimitReached)
    messages = ("Insufficient credits for text_to_video.", 'Insufficient credits for "an API key at its limit".', "")
    for body in (*({"message": each} for each in messages), {"message": "Internal Server Error"}, HTML, b""):
        refused(402, body, UpstreamCreditsExhausted)


def test_other_refusals_are_definite_and_named() -> None:
    busy = refused(429, {"error": "Too many requests"}, RateLimited, {"Retry-After": "7"})
    assert isinstance(busy, RateLimited)
    assert (busy.retry_after, busy.message) == (7.0, "Too many requests")
    refused(404, HTML, WrongApi)
    refused(404, {"message": "no such thing"}, InvalidRequest)
    for status in (301, 307, 308, 400, 405, 413, 415, 422):
        for body in (HTML, b"{}"):
            assert refused(status, body, InvalidRequest).message == ""


def test_a_400_about_a_model_names_its_kind() -> None:
    for kind, messages in {
        "video": (
            "Invalid video model",
            "Video model is not supported for this type",
            "The video_model LUMA is unavailable, unsupported.",
            "Unknown video model",
            "video_model is invalid",
            "This video model is not valid",
        ),
        "image": (
            "Invalid image model",
            "Image model is not supported for this type",
            "image_model must be one of FLUX1.1PRO, IMAGEN3.",
            "Unavailable image model",
            "Image model IMAGEN3 is not available",
            "The image model was not recognised",
        ),
    }.items():
        for message in messages:
            found = refused(400, {"message": message}, ModelRefused)
            assert isinstance(found, ModelRefused)
            assert (found.kind, found.message) == (kind, message)
    for message in (
        'The prompt "my invalid video model of a ship" is not allowed',
        "The prompt 'a video model that is not supported' is not allowed",
        "Aspect ratio 9:16 is not supported for video model LUMA",
        "Video model LUMA is not supported for aspect ratio 9:16",
        "Video model LUMA is not available for this duration",
        "Video model LUMA is not supported with subtitles",
        "Image model IMAGEN3 is not available at 9:16",
        "Prompt is too long",
        "Invalid video model " + "x" * 200,
    ):
        refused(400, {"message": message}, InvalidRequest)


def test_an_orders_own_model_is_found_in_whatever_a_400_says() -> None:
    """The prompt's own words, which the API may repeat, are no evidence."""
    show, of_models = "A runway show", "An unknown video model of LUMA"
    for prompt, video, image, message, kind in (
        (show, "RUNWAYML", "GPTIMAGE2", "Invalid model: GPTIMAGE2. Use GPTIMAGE2.5.", "image"),
        (show, "RUNWAYML", "gptimage2", "Invalid model: GPTIMAGE2. Use GPTIMAGE2.5.", "image"),
        (show, "RUNWAYML", "QWENIMAGE3PRO", "Qwen Image 3.0 Pro requires native Alibaba routing", "image"),
        (show, "RUNWAYML", "WAN2.7PRO", "wan 2.7 pro has moved", "image"),
        (show, "KLINGIMGTOVID3PRO", "SEEDREAM", "KLINGIMGTOVID3PRO is temporarily unavailable.", "video"),
        (show, "KLINGIMGTOVID3PRO", "SEEDREAM", "Kling 3 Pro is temporarily unavailable.", "video"),
        (show, "RUNWAYML", "SEEDREAM", "Custom image models are only supported in standalone deployments", "image"),
        (show, "SEEDANCE2.0I2V", "SEEDREAM", "SEEDANCE2.5I2V is temporarily unavailable.", None),
        (show, "RUNWAYML", "SEEDREAM", "RUNWAYML does not take pictures of SEEDREAM", None),
        (show, "RUNWAYML", "SEEDREAM", "RUNWAYML takes a duration of 5 or 10", None),
        (show, "RUNWAYML", "SEEDREAM", "Not allowed: a runway show", None),
        (show, "RUNWAYML", "SEEDREAM", "Not allowed: a runway show of KLINGIMGTOVIDTURBO", None),
        (of_models, "LUMA", "FLUX1.1PRO", "Invalid video model", None),
        (of_models, "LUMA", "FLUX1.1PRO", "LUMA is gone", None),
        (of_models, "LUMA", "FLUX1.1PRO", "No: unknown video model of LUMA", None),
    ):
        order = replace(REQUEST, prompt=prompt, video_model=video, image_model=image)
        with pytest.raises(InvalidRequest) as caught:
            wire.decode_created(400, {}, as_body({"message": message}), order, LABELS)
        assert getattr(caught.value, "kind", None) == kind, message


Expected = Mapping[type[SamsarError], tuple[Answer, ...]]

OF_EVERY_CALL: Expected = {
    WrongApi: (Answer.NO_PATH,),
    AuthenticationFailed: (
        *(Answer.KEY_MISSING, Answer.TOKEN_INVALID, Answer.KEY_INVALID),
        *(Answer.KEY_EXPIRED, Answer.OTHER_AUTH),
    ),
}
OF_AN_ORDER: Expected = {
    InvalidRequest: (
        *(Answer.MALFORMED, Answer.TOO_LARGE, Answer.SUBTITLES_INVALID, Answer.PROMPT_MISSING, Answer.PROMPT_TOO_LONG),
        *(Answer.DURATION_INVALID, Answer.DURATION_TOO_SHORT, Answer.DURATION_TOO_LONG, Answer.LANGUAGE_INVALID),
        *(Answer.SUBTITLES_OFF, Answer.SUBTITLE_LANGUAGE_INVALID, Answer.MUSIC_MODEL_INVALID),
        Answer.VOICE_MODEL_INVALID,
    ),
    ModelRefused: (
        *(Answer.VIDEO_MODEL_UNSUPPORTED, Answer.VIDEO_MODEL_INVALID, Answer.MODEL_UNAVAILABLE),
        *(Answer.IMAGE_MODEL_RETIRED, Answer.IMAGE_MODEL_NATIVE, Answer.IMAGE_MODEL_CUSTOM),
        *(Answer.IMAGE_MODEL_UNSUPPORTED, Answer.IMAGE_MODEL_INVALID),
    ),
    UpstreamCreditsExhausted: (Answer.TOO_FEW_CREDITS,),
    KeyLimitReached: (Answer.KEY_LIMIT_REACHED,),
    OutcomeUnknown: (Answer.NOT_CREATED,),
}
OF_A_STATUS: Expected = {InvalidRequest: (Answer.STATUS_WITHOUT_ID,), RequestNotFound: (Answer.STATUS_UNKNOWN,)}
OF_A_CANCELLATION: Expected = {
    InvalidRequest: (Answer.CANCEL_WITHOUT_ID, Answer.CANCEL_INVALID_ID),
    RequestNotFound: (Answer.CANCEL_UNKNOWN,),
}

VALUES: Mapping[Answer, Mapping[str, object]] = {
    Answer.NO_PATH: {"method": "POST", "path": "/v1/video/create_movie"},
    Answer.MODEL_UNAVAILABLE: {"model": "NANOBANANAPRO"},
    Answer.TOO_FEW_CREDITS: {"required": 900, "available": 119.5},
    Answer.KEY_LIMIT_REACHED: {"limit": 1000, "used": 980, "requested": 900},
    Answer.CREDITS_RAN_OUT: {"label": "AI video generation"},
}

_ORDERED = {Answer.IMAGE_MODEL_RETIRED: "GPTIMAGE2", Answer.IMAGE_MODEL_NATIVE: "QWENIMAGE3PRO"}

OF_2025: Mapping[type[SamsarError], tuple[tuple[int, str], ...]] = {
    InvalidRequest: (
        (400, "prompt is required and cannot be empty."),
        (400, "prompt cannot exceed 500 characters."),
        (400, "duration is required and must be a number."),
        (400, "duration cannot exceed 120 seconds."),
        (400, "aspect_ratio is invalid."),
    ),
    ModelRefused: (
        (400, "video_model must be one of LUMA, KLINGIMGTOVIDPRO, PIXVERSEI2V, WAN2.1, VEOI2V."),
        (400, "image_model must be one of FLUX1.1PRO, IMAGEN3."),
    ),
    AuthenticationFailed: ((400, "API_KEY is missing or empty."), (401, "API_KEY is invalid.")),
    UpstreamCreditsExhausted: ((402, "Insufficient credits."),),  # the page has none, the server did
    OutcomeUnknown: ((500, "Internal Server Error"),),
}


def each(*expected: Expected) -> list[tuple[type[SamsarError], Answer]]:
    return [(error, answer) for errors in expected for error, answers in errors.items() for answer in answers]


def an_order(image_model: str = "NANOBANANAPRO") -> MovieRequest:
    return MovieRequest("A fox", 30, "RUNWAYML", image_model, AspectRatio.WIDE)


def test_every_answer_to_an_order_has_its_exception() -> None:
    for error, answer in each(OF_EVERY_CALL, OF_AN_ORDER):
        reply, order = answer.reply(**VALUES.get(answer, {})), an_order(_ORDERED.get(answer, "NANOBANANAPRO"))
        with pytest.raises(error) as caught:
            wire.decode_created(reply.status, reply.headers, reply.body, order)
        assert type(caught.value) is error, answer
        if reply.body.startswith(b"{"):
            assert caught.value.message == answer.text(**VALUES.get(answer, {}))
        if kind := getattr(caught.value, "kind", None):
            assert kind == ("video" if "VIDEO" in answer.name else "image"), answer
    for error, answers in OF_2025.items():
        for status, message in answers:
            with pytest.raises(error) as caught:
                wire.decode_created(status, {}, as_body({"message": message}), an_order())
            assert (type(caught.value), caught.value.message) == (error, message)


def test_every_answer_to_a_status_request_or_a_cancellation_has_its_exception() -> None:
    for error, answer in each(OF_EVERY_CALL, OF_A_STATUS):
        reply = answer.reply(**VALUES.get(answer, {}))
        with pytest.raises(error) as caught:
            wire_status.decode_status(reply.status, reply.headers, reply.body, base_url=AUTUMN_2026.base_url)
        assert type(caught.value) is error, answer
    for error, answer in each(OF_EVERY_CALL, OF_A_CANCELLATION):
        reply = answer.reply(**VALUES.get(answer, {}))
        with pytest.raises(error):
            wire.require_success(reply.status, reply.headers, reply.body)


def test_every_other_answer_is_about_a_movie_that_failed() -> None:
    errors = {answer for _, answer in each(OF_EVERY_CALL, OF_AN_ORDER, OF_A_STATUS, OF_A_CANCELLATION)}
    for answer in {*Answer} - errors:
        message = answer.text(**VALUES.get(answer, {}))
        body = as_body({"status": "FAILED", "message": message, "expressGenerationFailed": True})
        status = wire_status.decode_status(answer.status, {}, body, base_url=AUTUMN_2026.base_url)
        assert (answer.status, status.state, status.message) == (200, MovieState.FAILED, message)
        assert status.shortage is (Outage.PLAN_EXHAUSTED if answer is Answer.CREDITS_RAN_OUT else None)
