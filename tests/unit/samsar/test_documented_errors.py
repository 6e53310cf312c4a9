"""Every error that the API documents has its exception.

The page of March 2025 gives one message verbatim (that of a missing request_id) and describes the others, so their
words here are made up after it. Those of 2026 are transcribed from the vendor's code: bot/sandbox/answers_2026.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.domain.breaker import Outage
from bot.domain.catalogue import AspectRatio
from bot.domain.request import MovieRequest
from bot.domain.upstream import MovieState
from bot.errors import (
    AuthenticationFailed,
    InvalidRequest,
    KeyLimitReached,
    ModelRefused,
    OutcomeUnknown,
    RequestNotFound,
    SamsarError,
    UpstreamCreditsExhausted,
    WrongApi,
)
from bot.samsar import wire, wire_status
from bot.samsar.profile import AUTUMN_2026
from bot.sandbox.answers_2026 import Answer
from tests.helpers.response_bodies import as_body

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
"""The values in the messages that have any."""

_ORDERED = {Answer.IMAGE_MODEL_RETIRED: "GPTIMAGE2", Answer.IMAGE_MODEL_NATIVE: "QWENIMAGE3PRO"}
"""The image models that are refused by name."""

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
            wire.decode_cancelled(reply.status, reply.headers, reply.body)


def test_every_other_answer_is_about_a_movie_that_failed() -> None:
    errors = {answer for _, answer in each(OF_EVERY_CALL, OF_AN_ORDER, OF_A_STATUS, OF_A_CANCELLATION)}
    for answer in {*Answer} - errors:
        message = answer.text(**VALUES.get(answer, {}))
        body = as_body({"status": "FAILED", "message": message, "expressGenerationFailed": True})
        status = wire_status.decode_status(answer.status, {}, body, base_url=AUTUMN_2026.base_url)
        assert (answer.status, status.state, status.message) == (200, MovieState.FAILED, message)
        assert status.shortage is (Outage.PLAN_EXHAUSTED if answer is Answer.CREDITS_RAN_OUT else None)
