"""The request body of an order, and the meaning of its response.

The rules are those of the API's page of March 2025.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.catalogue import AspectRatio
from bot.domain.request import MovieRequest
from bot.errors import (
    AuthenticationFailed,
    InvalidRequest,
    KeyLimitReached,
    ModelRefused,
    OutcomeUnknown,
    RateLimited,
    UpstreamCreditsExhausted,
    WrongApi,
)
from bot.samsar import wire
from tests.helpers.response_bodies import HTML, JUNK, as_body

REQUEST = MovieRequest("A fox crosses the moor", 30, "LUMA", "FLUX1.1PRO", AspectRatio.TALL)


def created(status: int, value: Any, headers: dict[str, str] | None = None) -> str:
    """Read an answer to an order."""
    return wire.decode_created(status, headers or {}, value if isinstance(value, bytes) else as_body(value), REQUEST)


class TestCreateBody:
    """POST /create_movie, "Request Body"."""

    def test_the_body_is_the_documented_one(self) -> None:
        """The page's example is sent with the request's values."""
        assert wire.encode_create(REQUEST, "https://bot.example/hook/1") == {
            "input": {
                "prompt": "A fox crosses the moor",
                "aspect_ratio": "9:16",
                "image_model": "FLUX1.1PRO",
                "video_model": "LUMA",
                "duration": 30,
            },
            "webhookUrl": "https://bot.example/hook/1",
        }

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("prompt", REQUEST.prompt),
            ("aspect_ratio", "9:16"),
            ("image_model", REQUEST.image_model),
            ("video_model", REQUEST.video_model),
            ("duration", 30),
        ],
    )
    def test_each_input_field_carries_what_was_asked_for(self, field: str, value: object) -> None:
        """Each field is a plain JSON string or number."""
        sent = json.loads(json.dumps(wire.encode_create(REQUEST, None)))
        assert sent["input"][field] == value

    @pytest.mark.parametrize("nothing", [None, ""])
    def test_webhook_url_is_left_out_where_there_is_none(self, nothing: str | None) -> None:
        """The field webhookUrl is optional."""
        assert "webhookUrl" not in wire.encode_create(REQUEST, nothing)

    def test_a_prompt_of_any_language_survives(self) -> None:
        """Prompts may contain quotes, emoji and line breaks."""
        prompt = 'Ein "Fuchs" 🦊\nüber das Moor {"a": 1}'
        request = MovieRequest(prompt, 1, "LUMA", "IMAGEN3", AspectRatio.WIDE)
        assert json.loads(json.dumps(wire.encode_create(request, None)))["input"]["prompt"] == prompt


class TestCreated:
    """POST /create_movie, "Response" and "Common Errors"."""

    @pytest.mark.parametrize("status", [200, 201, 202])
    @pytest.mark.parametrize("name", ["request_id", "session_id", "sessionID"])
    def test_request_id_is_read(self, status: int, name: str) -> None:
        """The page documents 200 with request_id.

        201 and two other names also occur.
        """
        assert created(status, {name: " 67c4a1b2 "}) == "67c4a1b2"

    def test_request_id_wins_over_other_names(self) -> None:
        """An empty request_id does not count."""
        assert created(200, {"session_id": "b", "request_id": "a"}) == "a"
        assert created(200, {"session_id": "b", "request_id": ""}) == "b"

    def test_request_id_may_be_a_number(self) -> None:
        """A whole number is stored as text."""
        assert created(200, {"request_id": 12345}) == "12345"
        assert created(200, {"request_id": 0}) == "0"

    def test_request_id_may_be_as_long_as_a_column_takes(self) -> None:
        assert created(200, {"request_id": "x" * wire.MAX_REQUEST_ID_LENGTH}) == "x" * wire.MAX_REQUEST_ID_LENGTH

    @pytest.mark.parametrize(
        "bad", ["", "  ", None, True, 1.5, -1, 2**64, [], {}, "x" * 201, "a\nb", "\ud800", "a\x00"]
    )
    def test_a_success_without_a_usable_request_id_is_ambiguous(self, bad: object) -> None:
        """The movie may be rendering, and is never ordered again."""
        with pytest.raises(OutcomeUnknown) as caught:
            created(200, {"request_id": bad})
        assert caught.value.status == 200

    @pytest.mark.parametrize("body", JUNK)
    @pytest.mark.parametrize("status", [200, 500, 503])
    def test_junk_is_ambiguous(self, status: int, body: bytes) -> None:
        """A request with an unreadable response may have succeeded."""
        with pytest.raises(OutcomeUnknown):
            created(status, body)

    def test_400_validation_is_rejected_with_the_apis_message(self) -> None:
        """The API made nothing."""
        with pytest.raises(InvalidRequest) as caught:
            created(400, {"message": "prompt cannot exceed 500 characters"})
        assert (caught.value.message, caught.value.status) == ("prompt cannot exceed 500 characters", 400)

    @pytest.mark.parametrize(
        "message",
        [
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
        ],
    )
    def test_400_missing_or_empty_key_is_key_rejected(self, message: str) -> None:
        """The page documents 400 for it."""
        with pytest.raises(AuthenticationFailed) as caught:
            created(400, {"message": message})
        assert caught.value.status == 400, "not the 401 that no prompt can cause"

    @pytest.mark.parametrize(
        "message",
        [
            "image_model must be a recognized key",
            "video_model is missing",
            "webhookUrl must not need authorization",
            'Invalid prompt: "my API key is missing"',
            "Invalid prompt 'the bearer is missing'",
            "prompt is too long: " + "x" * 200 + " api key missing",
        ],
    )
    def test_400_about_something_else_stays_the_requests_fault(self, message: str) -> None:
        """A quoted prompt must not look like a key error."""
        with pytest.raises(InvalidRequest):
            created(400, {"message": message})

    @pytest.mark.parametrize("status", [401, 403])
    def test_401_is_key_rejected(self, status: int) -> None:
        """403 means the same as 401."""
        with pytest.raises(AuthenticationFailed, match="Invalid API key") as caught:
            created(status, {"message": "Invalid API key"})
        assert caught.value.status == status

    @pytest.mark.parametrize("body", [as_body({"message": "Internal Server Error"}), HTML, b""])
    def test_402_is_out_of_credits_whatever_it_says(self, body: bytes) -> None:
        """The API also sends 402 with the message of a 500."""
        with pytest.raises(UpstreamCreditsExhausted):
            created(402, body)

    def test_429_is_busy_and_says_how_long(self) -> None:
        """The API made nothing, and the wait is in seconds."""
        with pytest.raises(RateLimited) as caught:
            created(429, {"error": "Too many requests"}, {"Retry-After": "7"})
        assert (caught.value.retry_after, caught.value.message) == (7.0, "Too many requests")

    def test_a_web_page_with_a_404_is_another_version_of_the_api(self) -> None:
        """The API made nothing.

        A 404 in JSON is the API's own refusal.
        """
        with pytest.raises(WrongApi):
            created(404, HTML)
        with pytest.raises(InvalidRequest):
            created(404, {"message": "no such thing"})

    @pytest.mark.parametrize(
        ("message", "kind"),
        [
            ("Invalid video model", "video"),
            ("Video model is not supported for this type", "video"),
            ("Invalid image model", "image"),
            ("Image model is not supported for this type", "image"),
            ("image_model must be one of FLUX1.1PRO, IMAGEN3.", "image"),
            ("The video_model LUMA is unavailable, unsupported.", "video"),
            ("Unknown video model", "video"),
            ("Unavailable image model", "image"),
            ("video_model is invalid", "video"),
            ("Image model IMAGEN3 is not available", "image"),
            ("This video model is not valid", "video"),
            ("The image model was not recognised", "image"),
        ],
    )
    def test_a_400_about_a_model_names_its_kind(self, message: str, kind: str) -> None:
        """The refused model is no longer offered."""
        with pytest.raises(ModelRefused) as caught:
            created(400, {"message": message})
        assert (caught.value.kind, caught.value.message) == (kind, message)

    @pytest.mark.parametrize(
        "message",
        [
            'The prompt "my invalid video model of a ship" is not allowed',
            "The prompt 'a video model that is not supported' is not allowed",
            "Aspect ratio 9:16 is not supported for video model LUMA",
            "Video model LUMA is not supported for aspect ratio 9:16",
            "Video model LUMA is not available for this duration",
            "Video model LUMA is not supported with subtitles",
            "Image model IMAGEN3 is not available at 9:16",
            "Prompt is too long",
            "Invalid video model " + "x" * 200,
        ],
    )
    def test_a_400_about_anything_else_refuses_no_model(self, message: str) -> None:
        """Examples are a quoted prompt, another rule, and a long text."""
        with pytest.raises(InvalidRequest) as caught:
            created(400, {"message": message})
        assert not isinstance(caught.value, ModelRefused)

    @pytest.mark.parametrize(
        ("video", "image", "message", "kind"),
        [
            ("RUNWAYML", "GPTIMAGE2", "Invalid model: GPTIMAGE2. Use GPTIMAGE2.5.", "image"),
            ("RUNWAYML", "gptimage2", "Invalid model: GPTIMAGE2. Use GPTIMAGE2.5.", "image"),
            ("RUNWAYML", "QWENIMAGE3PRO", "Qwen Image 3.0 Pro requires native Alibaba routing", "image"),
            ("RUNWAYML", "WAN2.7PRO", "wan 2.7 pro has moved", "image"),
            ("KLINGIMGTOVID3PRO", "SEEDREAM", "KLINGIMGTOVID3PRO is temporarily unavailable.", "video"),
            ("KLINGIMGTOVID3PRO", "SEEDREAM", "Kling 3 Pro is temporarily unavailable.", "video"),
            ("RUNWAYML", "SEEDREAM", "Custom image models are only supported in standalone deployments", "image"),
            ("SEEDANCE2.0I2V", "SEEDREAM", "SEEDANCE2.5I2V is temporarily unavailable.", None),
            ("RUNWAYML", "SEEDREAM", "RUNWAYML does not take pictures of SEEDREAM", None),
            ("RUNWAYML", "SEEDREAM", "RUNWAYML takes a duration of 5 or 10", None),
            ("RUNWAYML", "SEEDREAM", "Not allowed: a runway show", None),
            ("RUNWAYML", "SEEDREAM", "Not allowed: a runway show of KLINGIMGTOVIDTURBO", None),
        ],
    )
    def test_an_orders_own_model_is_found_in_whatever_a_400_says(
        self, video: str, image: str, message: str, kind: str | None
    ) -> None:
        """The prompt's own words, which the API may repeat, are no evidence."""
        labels = {"KLINGIMGTOVID3PRO": "Kling 3 Pro", "RUNWAYML": "Runway"}
        order = replace(REQUEST, prompt="A runway show", video_model=video, image_model=image)
        with pytest.raises(InvalidRequest) as caught:
            wire.decode_created(400, {}, as_body({"message": message}), order, labels)
        assert getattr(caught.value, "kind", None) == kind

    @pytest.mark.parametrize("message", ["Invalid video model", "LUMA is gone", "No: unknown video model of LUMA"])
    def test_a_prompt_that_speaks_of_models_is_no_evidence(self, message: str) -> None:
        """A key in it doesn't count, and nor do words about models."""
        order = replace(REQUEST, prompt="An unknown video model of LUMA")
        with pytest.raises(InvalidRequest) as caught:
            wire.decode_created(400, {}, as_body({"message": message}), order)
        assert not isinstance(caught.value, ModelRefused)

    @pytest.mark.parametrize(
        ("message", "kind"),
        [
            ("API key monthly credit limit reached. Limit: 1000; used: 980; requested: 900.", KeyLimitReached),
            ("Insufficient credits for text_to_video.", UpstreamCreditsExhausted),
            ('Insufficient credits for "an API key at its limit".', UpstreamCreditsExhausted),
            ("", UpstreamCreditsExhausted),
        ],
    )
    def test_a_402_of_the_key_and_one_of_the_account_are_told_apart(
        self, message: str, kind: type[UpstreamCreditsExhausted]
    ) -> None:
        """The key's limit is raised in the dashboard, the account topped up."""
        with pytest.raises(UpstreamCreditsExhausted) as caught:
            created(402, {"message": message})
        assert type(caught.value) is kind

    @pytest.mark.parametrize("body", [HTML, b"{}"])
    @pytest.mark.parametrize("status", [301, 307, 308, 400, 405, 413, 415, 422])
    def test_other_refusals_are_definite_and_named(self, status: int, body: bytes) -> None:
        """After a redirect or a wrong path, the API made nothing.

        The operator reads the status code.
        """
        with pytest.raises(InvalidRequest) as caught:
            created(status, body)
        assert (caught.value.status, caught.value.message) == (status, "")

    @pytest.mark.parametrize("status", [302, 303, 408, 409, 418, 425, 499])
    def test_a_code_that_can_tell_of_what_was_done_is_ambiguous(self, status: int) -> None:
        """Examples are a 303 and a proxy's timeout."""
        with pytest.raises(OutcomeUnknown):
            created(status, HTML)

    @pytest.mark.parametrize("status", [300, 500, 502, 503, 504, 520, 600, 101])
    def test_500_is_ambiguous(self, status: int) -> None:
        with pytest.raises(OutcomeUnknown, match="database") as caught:
            created(status, {"message": "database issue", "request_id": "a"})
        assert caught.value.status == status
