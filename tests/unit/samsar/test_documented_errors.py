"""Every documented error of both versions of the API is told apart."""

from __future__ import annotations

import pytest

from bot.domain.breaker import Outage
from bot.domain.catalogue import AspectRatio
from bot.domain.request import MovieRequest
from bot.domain.upstream import MovieState
from bot.samsar import wire, wire_status
from bot.samsar.profile import AUTUMN_2026, PROFILES
from bot.sandbox.answers_2026 import Answer
from tests.helpers.documented_errors import (
    CREATE_ERRORS,
    OF_A_CANCELLATION,
    OF_A_STATUS,
    OF_AN_ORDER,
    OF_EVERY_CALL,
    STATUS_ERRORS,
    VALUES,
    in_each_version,
)
from tests.helpers.response_bodies import as_body

_ORDERED = {Answer.IMAGE_MODEL_RETIRED: "GPTIMAGE2", Answer.IMAGE_MODEL_NATIVE: "QWENIMAGE3PRO"}
"""The image models that are refused by name."""


def an_order(image_model: str = "NANOBANANAPRO") -> MovieRequest:
    """Return an order with this image model."""
    return MovieRequest("A fox", 30, "RUNWAYML", image_model, AspectRatio.WIDE)


def test_every_answer_to_an_order_has_its_exception() -> None:
    """Only a 500 leaves open whether a movie exists."""
    for answer, error in {**OF_EVERY_CALL, **OF_AN_ORDER}.items():
        reply, order = answer.reply(**VALUES.get(answer, {})), an_order(_ORDERED.get(answer, "NANOBANANAPRO"))
        with pytest.raises(error) as caught:
            wire.decode_created(reply.status, reply.headers, reply.body, order)
        assert type(caught.value) is error, answer
        if kind := getattr(caught.value, "kind", None):
            assert kind == ("video" if "VIDEO" in answer.name else "image"), answer
    for _, documented in in_each_version(CREATE_ERRORS):
        with pytest.raises(documented.error) as caught:
            wire.decode_created(documented.status, {}, as_body({"message": documented.message}), an_order())
        assert (type(caught.value), caught.value.message) == (documented.error, documented.message)


def test_every_answer_to_a_status_request_or_a_cancellation_has_its_exception() -> None:
    """None of these errors ends a movie."""
    base_url = AUTUMN_2026.base_url
    for answer, error in {**OF_EVERY_CALL, **OF_A_STATUS}.items():
        reply = answer.reply(**VALUES.get(answer, {}))
        with pytest.raises(error):
            wire_status.decode_status(reply.status, reply.headers, reply.body, base_url=base_url)
    for answer, error in {**OF_EVERY_CALL, **OF_A_CANCELLATION}.items():
        reply = answer.reply(**VALUES.get(answer, {}))
        with pytest.raises(error):
            wire.decode_cancelled(reply.status, reply.headers, reply.body)
    for version, documented in in_each_version(STATUS_ERRORS):
        body = as_body({"message": documented.message})
        with pytest.raises(documented.error) as caught:
            wire_status.decode_status(documented.status, {}, body, base_url=base_url, words=PROFILES[version].words)
        assert (type(caught.value), caught.value.message) == (documented.error, documented.message)


def test_every_other_answer_is_about_a_movie_that_failed() -> None:
    """The member reads why, unless the operator's credits ran out."""
    others = {*Answer} - {*OF_EVERY_CALL, *OF_AN_ORDER, *OF_A_STATUS, *OF_A_CANCELLATION}
    for answer in others:
        message = answer.text(**VALUES.get(answer, {}))
        body = as_body({"status": "FAILED", "message": message, "expressGenerationFailed": True})
        status = wire_status.decode_status(answer.status, {}, body, base_url=AUTUMN_2026.base_url)
        assert (status.state, status.message) == (MovieState.FAILED, message)
        assert status.shortage is (Outage.PLAN_EXHAUSTED if answer is Answer.CREDITS_RAN_OUT else None)
    assert {answer.status for answer in others} == {200}
