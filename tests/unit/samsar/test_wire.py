"""What is sent to each version of the API, and what each of its answers means."""

import itertools
import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from bot.domain import catalogue
from bot.domain.breaker import Outage
from bot.domain.jobs import MAX_STILLS, Still
from bot.domain.moderation import MAY_BE_ORDERED, ModerationCategory, Verdict
from bot.domain.operations import Operation
from bot.domain.request import MovieRequest
from bot.domain.upstream import MovieState, RecentRequest, Stage, StageState, Status
from bot.samsar import wire, wire_status
from bot.samsar.config import AUTUMN_2026, MARCH_2025
from bot.sandbox import contract_2026
from tests.helpers.response_bodies import BASE, HTML, JUNK, URL, as_body

REQUEST = MovieRequest("A fox crosses the moor", 30, "LUMA", "FLUX1.1PRO", catalogue.AspectRatio.TALL)
LABELS = {"KLINGIMGTOVID3PRO": "Kling 3 Pro", "RUNWAYML": "Runway"}


def created(status: int, value: Any, headers: dict[str, str] | None = None) -> str:
    body = value if isinstance(value, bytes) else as_body(value)
    return wire.decode_created(status, headers or {}, body, REQUEST).request_id


def refused(status: int, value: Any, kind: type[SamsarError], headers: dict[str, str] | None = None) -> SamsarError:
    with pytest.raises(SamsarError) as caught:
        created(status, value, headers)
    assert type(caught.value) is kind, (status, value)
    assert caught.value.status == status
    return caught.value


def test_the_fields_are_the_documented_ones() -> None:
    prompt = 'Ein "Fuchs" 🦊\nüber das Moor {"a": 1}'
    fields = {
        "prompt": prompt,
        "aspect_ratio": "9:16",
        "image_model": "FLUX1.1PRO",
        "video_model": "LUMA",
        "duration": 30,
    }
    assert json.loads(json.dumps(wire.movie_fields(replace(REQUEST, prompt=prompt)))) == fields


def test_a_request_id_is_read_under_each_of_its_names() -> None:
    for status in (200, 201, 202):
        for name in ("request_id", "session_id", "sessionID"):
            assert created(status, {name: " 67c4a1b2 "}) == "67c4a1b2"
    assert [created(200, {"session_id": "b", "request_id": each}) for each in ("a", "")] == ["a", "b"]
    longest = "x" * wire.MAX_REQUEST_ID_LENGTH
    assert [created(200, {"request_id": each}) for each in (12345, 0, longest)] == ["12345", "0", longest]


def test_an_answer_that_leaves_it_open_whether_a_movie_is_made_is_ambiguous() -> None:
    for bad in ("", "  ", None, True, 1.5, -1, 2**64, [], {}, "x" * 201, "a\nb", "\ud800", "a\x00"):
        refused(200, {"request_id": bad}, OutcomeUnknown)
    for status, body in itertools.product((200, 500, 503), JUNK):
        refused(status, body, OutcomeUnknown)
    for status in (302, 303, 408, 409, 418, 425, 499):
        refused(status, HTML, OutcomeUnknown)
    for status in (300, 500, 502, 503, 504, 520, 600, 101):
        found = refused(status, {"message": "database issue", "request_id": "a"}, OutcomeUnknown)
        assert "database" in found.message


def test_a_refused_key_is_told_from_a_refused_request() -> None:
    """The page documents 400 for a missing key. A quoted prompt must not look like a key error."""
    for message in (
        *("API_KEY is missing", "API_KEY is missing or empty.", "API key is missing or empty.", "Missing API key"),
        *("apiKey not provided", "Authorization header is required", "Missing 'Authorization' header."),
        *("No authorization header", "Authorization: Bearer {API_KEY} header is missing", "The API-KEY is empty"),
        *("Invalid API key", "Please provide an API key", "The bearer token is absent", "The API key is not set"),
        *('Missing "Authorization" header.', "Your account's API key is missing in the headers' list"),
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
    for status, body in itertools.product((301, 307, 308, 400, 405, 413, 415, 422), (HTML, b"{}")):
        assert refused(status, body, InvalidRequest).message == ""


def test_a_400_about_a_model_names_its_kind() -> None:
    for kind, messages in {
        "video": (
            *("Invalid video model", "Video model is not supported for this type", "Unknown video model"),
            *("The video_model LUMA is unavailable, unsupported.", "video_model must be one of LUMA, WAN2.1, VEOI2V."),
            *("video_model is invalid", "This video model is not valid"),
        ),
        "image": (
            *("Invalid image model", "Image model is not supported for this type", "Unavailable image model"),
            *("image_model must be one of FLUX1.1PRO, IMAGEN3.", "Image model IMAGEN3 is not available"),
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


DATE = "Sun, 02 Mar 2025 12:00:00 GMT"


def test_the_message_is_found_in_any_of_its_places() -> None:
    alone = ("message", "error", "detail", "generationError", "expressGenerationError")
    several: list[object] = [{"error": {"message": "no"}}, {"message": " ", "error": "no"}]
    for value in (*({name: "no"} for name in alone), *several, {"message": "no", "error": {"message": "another"}}):
        assert wire.error_message(as_body(value)) == "no", value


def test_junk_gets_a_neutral_phrase_and_a_web_page_is_called_one() -> None:
    for body in (*JUNK[1:], b"{}", b'{"message": 5}', b'{"error": {}}', b'{"message": "\\u0000"}'):
        assert wire.error_message(body) == wire.NO_MESSAGE, body[:20]
    assert wire.clean("\x00\n", 9) is None
    assert wire.error_message(b"\n " + HTML) == wire.WEB_PAGE


def test_the_message_is_one_short_printable_line() -> None:
    text = wire.error_message(as_body({"message": "a\r\nb\x07\u202ec \ud800" + "x" * 5000}))
    assert text == "a b c ".ljust(wire.MAX_MESSAGE_LENGTH - 1, "x") + "…"
    assert wire.error_message(as_body({"message": "x" * wire.MAX_MESSAGE_LENGTH})) == "x" * wire.MAX_MESSAGE_LENGTH


def test_seconds_and_dates_are_read_and_bounded() -> None:
    seconds = {
        "0": 0.0,
        " 30 ": 30.0,
        "1.5": 1.5,
        "86400": 3600.0,
        "9" * 20: 3600.0,
        "Sun, 02 Mar 2025 12:00:45 GMT": 45.0,
        "Sun, 02 Mar 2025 11:00:00 GMT": 0.0,
        "Sun, 02 Mar 2031 12:00:00 GMT": 3600.0,
    }
    assert {value: wire.parse_retry_after({"retry-AFTER": value, "Date": DATE}) for value in seconds} == seconds
    nonsense = ["", "-5", "nan", "inf", "1e3", "soon", "٣", "1_0", "9" * 21, "Sun, 99 Mar 2025"]
    assert {wire.parse_retry_after({"Retry-After": value, "Date": DATE}) for value in nonsense} == {None}
    assert wire.parse_retry_after({"Retry-After": DATE}) is wire.parse_retry_after({}) is None


def test_the_status_of_a_movie_that_never_was_proves_the_key() -> None:
    wire.decode_probe(404, {}, as_body({"message": "Request not found."}))
    wire.decode_probe(200, {}, as_body({"status": "PENDING"}))
    refusals: list[tuple[int, bytes, type[SamsarError]]] = [
        (400, as_body({"message": "API_KEY is missing"}), AuthenticationFailed),
        (400, as_body({"message": "request_id query parameter is missing."}), InvalidResponse),
        (400, as_body({"message": "request_id (or session_id) query param is required."}), InvalidResponse),
        (401, as_body({"message": "Invalid API key"}), AuthenticationFailed),
        (401, as_body({"message": "No request_id, and no user of this key"}), AuthenticationFailed),
        (403, HTML, AuthenticationFailed),
        (402, b"{}", UpstreamCreditsExhausted),
        (429, b"{}", RateLimited),
        (404, HTML, WrongApi),
        *((status, body, InvalidResponse) for status, body in ((400, HTML), (404, b""), (302, b""), (200, HTML))),
    ]
    refusals += [(each, body, InvalidResponse) for each in (408, 500, 502, 503, 504) for body in (HTML, b"{}", b"")]
    for status, body, kind in refusals:
        with pytest.raises(kind):
            wire.decode_probe(status, {}, body)
    for body, status in itertools.product(JUNK, (200, 400, 404)):
        with pytest.raises((InvalidResponse, AuthenticationFailed, WrongApi)):
            wire.decode_probe(status, {}, body)


def test_a_balance_is_whole_credits() -> None:
    for value, read in ((4200, 4200), (0, 0), (-5, -5), (99.9, 99), (1e3, 1000)):
        assert wire.decode_credits(200, {}, as_body({"remainingCredits": value})) == read
    nonsense = [None, True, "4200", [], {}, 10**13, 10**400, float("nan"), float("inf"), float("-inf")]
    for body in (*(as_body({"remainingCredits": each}) for each in nonsense), b'{"remainingCredits": 1e999}', *JUNK):
        with pytest.raises(InvalidResponse):
            wire.decode_credits(200, {}, body)


NAMES = (
    "status details result url video request_id message error name remainingCredits code creditsCharged decision safe"
    " reason categories creditQuote layers layerIndex totalCredits image_urls session index image"
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["COMPLETED", "FAILED", URL]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES.split()) | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=20,
)
BODIES = st.binary() | JSON.map(as_body)
HEADERS = st.dictionaries(st.sampled_from(["Retry-After", "Date", "date"]), st.text(max_size=40))
STATUSES = st.sampled_from([200, 400, 429]) | st.integers(100, 999)


@given(STATUSES, HEADERS, BODIES)
def test_whatever_arrives_is_a_value_or_one_of_our_errors(status: int, headers: dict[str, str], body: bytes) -> None:
    for order in (REQUEST, replace(REQUEST, operation=Operation.SCENE)):
        with suppress(SamsarError):
            assert wire.parse_request_id(wire.decode_created(status, headers, body, order).request_id)
    with suppress(SamsarError):
        wire.decode_quote(status, headers, body, (1,))
    with suppress(SamsarError):
        seen = wire_status.decode_status(status, headers, body, base_url=BASE)
        assert (seen.url is not None) == (seen.state is MovieState.COMPLETED)
    for decode in (wire.decode_probe, wire.decode_credits, wire.decode_moderation):
        with suppress(SamsarError):
            decode(status, headers, body)
    for decode in (wire_status.decode_details, wire_status.decode_upload):
        with suppress(SamsarError):
            decode(status, headers, body, base_url=BASE)
    text = wire.error_message(body)
    assert text.isprintable()
    assert 0 < len(text) <= wire.MAX_MESSAGE_LENGTH
    assert 0 <= (wire.parse_retry_after(headers) or 0) <= wire.MAX_RETRY_AFTER_SECONDS


PARTS = (Stage("image_generation", StageState.COMPLETED), Stage("lip_sync_generation", StageState.INIT))
SPELLED = {"image_generation": "COMPLETED", "lip_sync_generation": "INIT"}


def decoded(status: int, value: Any, headers: dict[str, str] | None = None) -> Status:
    body = value if isinstance(value, bytes) else as_body(value)
    return wire_status.decode_status(status, headers or {}, body, base_url=BASE)


def completed(**where: object) -> Status:
    return decoded(200, {"status": "COMPLETED"} | where)


def test_each_documented_status_is_read() -> None:
    done = {"status": "COMPLETED", "details": [], "result": {"status": "COMPLETED", "url": URL}}
    failed = Status(MovieState.FAILED)
    for answer, status in (
        ({"status": "PENDING", "url": URL}, Status(MovieState.PENDING)),
        (done, Status(MovieState.COMPLETED, url=URL)),
        ({"status": "FAILED", "message": "no model"}, Status(MovieState.FAILED, message="no model")),
        ({"status": "FAILED", "result": {"url": URL}}, failed),
        ({"status": " failed "}, failed),
        *(({"status": "FAILED", "x": odd}, failed) for odd in (float("nan"), float("inf"), 10**400, "\ud800")),
        (b'\xef\xbb\xbf{"status": "FAILED"}', failed),
    ):
        assert decoded(200, answer) == status, answer


def test_a_word_that_the_page_does_not_name_and_a_movie_without_a_link_are_pending() -> None:
    for word in ("IN_PROGRESS", "CANCELLED", "PAUSED", "QUEUED", "", "🦊", "x" * 100_000):
        assert decoded(200, {"status": word, "result": {"url": URL}}).state is MovieState.PENDING
    for result in (None, {}, {"url": ""}, {"url": None}, {"url": 5}, "soon", [], {"url": "   "}):
        assert completed(result=result).state is MovieState.PENDING


def test_a_url_is_found_wherever_it_was_seen_the_documented_one_first() -> None:
    fields = ("result_url", "remoteURL", "videoLink", "video_link", "url")
    places: list[dict[str, object]] = [{name: link} for name in fields for link in (URL, [URL])]
    places += [{"result": {"url": URL}}, {"video": {"url": URL}}, {"result_urls": [URL, "https://cdn.example/b.mp4"]}]
    places += [{"result": "odd", "result_urls": [], "url": 7, "video": [], "videoLink": URL}]
    assert {completed(**place).url for place in places} == {URL}
    for odd in ([], [7], [[URL]], 7, {"at": URL}):
        assert completed(result_url=odd).state is MovieState.PENDING
    order = ("result_url", "result_urls", "remoteURL", "videoLink", "video_link")
    answer: dict[str, object] = {"result": {"url": f"{URL}?result"}, "url": f"{URL}?url"}
    answer |= {name: f"{URL}?{name}" for name in order} | {"video": {"url": f"{URL}?video"}}
    for name in tuple(answer):
        assert completed(**answer).url == f"{URL}?{name}"
        del answer[name]


def test_a_url_is_made_absolute_and_plain() -> None:
    urls = {
        "/movies/a.mp4": "https://api.samsar.one/movies/a.mp4",
        "movies/a.mp4?sig=1": "https://api.samsar.one/movies/a.mp4?sig=1",
        "//cdn.example/a.mp4": "https://cdn.example/a.mp4",
        "HTTP://cdn.example:8080/a.mp4": "http://cdn.example:8080/a.mp4",
        "https://[::1]:1/a": "https://[::1]:1/a",
        " https://cdn.example/my movie<1>.mp4 ": "https://cdn.example/my%20movie%3C1%3E.mp4",
        "https://cdn.example/ü?sig=a%2Fb%3D&x=+": "https://cdn.example/%C3%BC?sig=a%2Fb%3D&x=+",
    }
    urls |= {url: url for url in ("https://cdn.example/".ljust(length, "a") for length in (1500, 4097, 16_384))}
    assert {url: completed(url=url).url for url in urls} == urls


def test_a_url_that_is_no_plain_web_address_is_not_a_movie() -> None:
    for bad in (
        *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://cdn.example/a", "https:///a"),
        *("https://user:pass@cdn.example/a", "https://cdn.example\\@evil.example/a", "https://[::1/a"),
        *("https://cdn.ex ample/a", "https://exämple/a", "https://cdn.example/\x00", "https://cdn.example/\ud800"),
        *("https://cdn.example/a\nb", "https://cdn.example/" + "a" * 17_000),
    ):
        assert completed(result={"url": bad}) == Status(MovieState.PENDING), bad[:50]


def test_details_become_stages() -> None:
    listed = [{"stage": "image_generation", "status": "COMPLETED"}, {"name": "lip_sync_generation", "state": "INIT"}]
    answers: list[dict[str, object]] = [
        {"details": SPELLED},
        {"details": {"image_generation": {"status": "completed"}, "lip_sync_generation": {"status": "INIT"}}},
        {"expressGenerationStatus": {"status": "PENDING", **SPELLED}},
        {"details": [], "expressGenerationStatus": SPELLED},
        {"details": SPELLED, "expressGenerationStatus": {"image_generation": "INIT"}},
        {"details": ["image_generation: COMPLETED", "lip_sync_generation:INIT"]},
        {"details": listed},
        {"details": [{"image_generation": "COMPLETED"}, {"lip_sync_generation": "INIT"}, 5, None, [], {}]},
    ]
    assert [decoded(200, {"status": "PENDING"} | answer).stages for answer in answers] == [PARTS] * len(answers)
    for details in ({"dream_generation": "WARMING"}, ["dream_generation"], [{"name": "dream_generation"}]):
        found = decoded(200, {"status": "PENDING", "details": details})
        assert found.stages == (Stage("dream_generation", StageState.PENDING),)
    for odd in (None, 5, True, {}, [], {"percent": 50}, {"note": "nearly there"}, {"": "INIT"}):
        assert decoded(200, {"status": "PENDING", "details": odd}).stages == ()
    text = decoded(200, {"status": "PENDING", "details": "Painting\n frame 3 \x1b[31mof 9"})
    assert text == Status(MovieState.PENDING, message="Painting frame 3 [31mof 9")


def test_details_are_bounded() -> None:
    found = decoded(200, {"status": "PENDING", "details": {f"{n}" * 100: "INIT" for n in range(100)}})
    assert len(found.stages) == wire_status.MAX_STAGES
    assert max(len(stage.name) for stage in found.stages) <= wire_status.MAX_STAGE_NAME_LENGTH


def test_each_error_has_its_exception() -> None:
    """The worker believes a 404 only when it persists. A web page says nothing about the movie, however long."""
    missing = "request_id query parameter is missing."
    refusals: list[tuple[int, Any, type[SamsarError], str]] = [
        (400, {"message": missing}, InvalidRequest, missing),
        (400, {"message": "API_KEY is missing"}, AuthenticationFailed, ""),
        (401, {"message": "Unauthorized"}, AuthenticationFailed, ""),
        (403, {"message": "Unauthorized"}, AuthenticationFailed, ""),
        (402, {}, UpstreamCreditsExhausted, ""),
        (404, {"message": "not found"}, RequestNotFound, ""),
        (404, b"", RequestNotFound, ""),
        (404, HTML, WrongApi, ""),
        (429, b"slow down", RateLimited, ""),
    ]
    broken = {"error": {"message": "database issue"}, "status": "FAILED"}
    server_errors = (500, 502, 503, 302, 307, 418, 101, 600)
    refusals += [(status, broken, InvalidResponse, "database issue") for status in server_errors]
    no_status = (b"{}", b'{"status": null}', b'{"status": 5}', b'{"status": ["FAILED"]}')
    refusals += [(200, body, InvalidResponse, "") for body in (*JUNK, *no_status)]
    for status, body, kind, message in refusals:
        with pytest.raises(kind) as caught:
            decoded(status, body)
        assert message in caught.value.message
        assert caught.value.status == status


PLAIN = MovieRequest("A fox crosses the moor", 30, "RUNWAYML", "NANOBANANAPRO", catalogue.AspectRatio.WIDE)
REQUEST_ID = "66e2a1b2c3d4e5f6a7b8c9d0"
MP4 = "https://assets.samsar.test/66e2a1b2.mp4?X-Amz-Expires=604800"

RENDERING = {
    "session_id": REQUEST_ID,
    "request_id": REQUEST_ID,
    "status": "PENDING",
    "type": "video",
    "expressGenerationStatus": {
        "status": "PENDING",
        "prompt_generation": "COMPLETED",
        "image_generation": "COMPLETED",
        "delete_reflow": "PENDING",
        "ai_video_generation": "INIT",
    },
    "creditsCharged": 0,
    "credits_charged": 0,
    "videoLink": "https://assets.samsar.test/preview.mp4",
    "remoteURL": "https://assets.samsar.test/preview.mp4",
}
FINISHED = RENDERING | {
    "status": "COMPLETED",
    "expressGenerationStatus": {"status": "COMPLETED", "prompt_generation": "COMPLETED"},
    "creditsCharged": 900,
    "credits_charged": 900,
    "result_url": MP4,
    "result_urls": [MP4],
}
FAILURE = "Video model timed out."
FAILED = {
    "session_id": REQUEST_ID,
    "request_id": REQUEST_ID,
    "status": "FAILED",
    "type": "video",
    **dict.fromkeys(("message", "error", "generationError", "expressGenerationError"), FAILURE),
    "expressGenerationStatus": {"status": "FAILED", "prompt_generation": "COMPLETED", "ai_video_generation": "FAILED"},
}


def polled(value: object) -> Status:
    return wire_status.decode_status(200, {}, as_body(value), base_url=AUTUMN_2026.base_url, profile=AUTUMN_2026)


def older(value: object) -> Status:
    return wire_status.decode_status(200, {}, as_body(value), base_url=AUTUMN_2026.base_url)


def test_an_order_has_only_extras_that_differ_from_the_apis_defaults() -> None:
    plain: dict[str, object] = {
        "prompt": "A fox crosses the moor",
        "image_model": "NANOBANANAPRO",
        "video_model": "RUNWAYML",
        "duration": 30,
        "aspect_ratio": "16:9",
    }
    sent: dict[catalogue.Extras, dict[str, object]] = {
        catalogue.NO_EXTRAS: {},
        catalogue.API_DEFAULTS: {},
        catalogue.Extras(language=catalogue.SpokenLanguage.FRENCH): {"language": "fr"},
        catalogue.Extras(subtitles=True): {"enable_subtitles": True},
        catalogue.Extras(tone=catalogue.Tone.CINEMATIC): {"tone": "cinematic"},
    }
    for extras, fields in sent.items():
        request = replace(PLAIN, extras=extras)
        assert json.loads(json.dumps(wire.movie_fields(request, AUTUMN_2026.limits.extras))) == plain | fields
        assert wire.movie_fields(request, MARCH_2025.limits.extras) == plain


def test_only_the_versions_words_for_an_end_end_a_movie() -> None:
    for word in ("COMPLETE", "SUCCESS", "SUCCEEDED", "DONE", "success"):
        assert polled(FINISHED | {"status": word}).state is MovieState.COMPLETED
        assert polled(RENDERING | {"status": word, "videoLink": None, "remoteURL": None}).state is MovieState.PENDING
        assert older(FINISHED | {"status": word}).state is MovieState.PENDING
    for word in ("CANCELLED", "CANCELED"):
        cancelled = RENDERING | {"status": word, "creditsCharged": 120}
        assert (polled(cancelled).state, polled(cancelled).charged) == (MovieState.CANCELLED, 120)
        assert older(cancelled).state is MovieState.PENDING
    for word in ("INIT", "PAUSED", "QUEUED", "RUNNING", "TIMED_OUT", "ERROR", "REVIEWING"):
        assert polled(FINISHED | {"status": word}).state is MovieState.PENDING


def test_what_was_charged_is_read() -> None:
    charged: list[tuple[dict[str, object], int | None]] = [
        (FINISHED, 900),
        (FINISHED | {"creditsCharged": 899.2, "credits_charged": None}, 900),
        (FINISHED | {"creditsCharged": None}, 900),
        (FINISHED | {"creditsCharged": 120}, 900),
        (FINISHED | {"creditsCharged": 0, "credits_charged": 0}, None),
        (FINISHED | {"creditsCharged": "900", "credits_charged": True}, None),
        (FINISHED | {"creditsCharged": -1, "credits_charged": 10**12}, None),
        (FAILED, None),
        (FAILED | {"creditsCharged": 0}, 0),
    ]
    assert [polled(answer).charged for answer, _ in charged] == [credits_ for _, credits_ in charged]


def test_a_cancellation_names_the_movie_and_only_what_waits_or_is_made_is_certainly_unfinished() -> None:
    """The API cancels a finished movie as well."""
    for word in ("INIT", "PENDING", "PROCESSING", "IN_PROGRESS", "RUNNING", "QUEUED", " pending "):
        assert polled(RENDERING | {"status": word}).is_certainly_unfinished
        assert polled({"status": word, "result": None, "result_url": "", "result_urls": []}).is_certainly_unfinished
        assert not older({"status": word}).is_certainly_unfinished
    words = ("PAUSED", "REVIEWING", "COMPLETED", "DONE", "FAILED", "CANCELLED", "")
    may_be_finished: list[dict[str, object]] = [
        *({"status": word} for word in words),
        {"result_url": MP4},
        {"result_urls": [MP4]},
        {"result": {"url": MP4}},
        {"url": MP4},
        {"expressGenerationStatus": {"prompt_generation": "COMPLETED", "ai_video_generation": "COMPLETED"}},
        {"expressGenerationStatus": {"ai_video_generation": "COMPLETED", "frame_generation": "PENDING"}},
        {"expressGenerationStatus": {"ai_video_generation": "COMPLETED", "video_generation": "INIT"}},
        {"expressGenerationStatus": {"lip_sync_generation": "INIT", "frame_generation": "PENDING"}},  # skipped
    ]
    assert [each for each in may_be_finished if polled(RENDERING | each).is_certainly_unfinished] == []
    wire.read_answer(200, {}, as_body({"cancelled": False}))


def test_a_failed_movie_has_the_apis_reason() -> None:
    assert (polled(FAILED).state, polled(FAILED).message) == (MovieState.FAILED, FAILURE)
    last = {"status": "FAILED", "generationError": FAILURE, "expressGenerationError": FAILURE}
    assert polled(last).message == FAILURE
    limit = "credit limit reached. Limit: 1000; used: 980; requested: 40."
    for message, shortage in {
        **dict.fromkeys(contract_2026.AUTUMN_2026.ran_out.values(), Outage.PLAN_EXHAUSTED),
        f"API key monthly {limit}": Outage.KEY_LIMIT_REACHED,
        f"API key total {limit}": Outage.KEY_LIMIT_REACHED,
        FAILURE: None,
        "The prompt says insufficient credits while charging": None,
        "The prompt says API key monthly credit limit reached": None,
    }.items():
        assert polled(FAILED | {"message": message}).shortage is shortage
        assert polled(RENDERING | {"message": message}).shortage is None


def moderated(decision: object, status: int = 200) -> Verdict:
    results = [{"flagged": False, "categories": {"violence": True}, "category_scores": {}}]
    return wire.decode_moderation(status, {}, as_body({"id": "modr-1", "results": results, "decision": decision}))


def test_a_prompt_is_flagged_for_its_most_serious_category() -> None:
    assert moderated({"safe": True, "reason": "passed"}) == MAY_BE_ORDERED
    for names, flagged in (
        (["violence/graphic", "violence"], ModerationCategory.VIOLENCE),
        (["violence", "sexual", "sexual/minors"], ModerationCategory.MINORS),
        (["harassment/threatening", "hate/threatening"], ModerationCategory.HATE),
        (["self-harm/instructions"], ModerationCategory.SELF_HARM),
        (["illicit/violent", "something new"], ModerationCategory.ILLICIT),
        (["harassment"], ModerationCategory.HARASSMENT),
        (["something new", 7, None], ModerationCategory.OTHER),
        ([], ModerationCategory.OTHER),
        ({"violence": True}, ModerationCategory.OTHER),
        (["new"] * wire.MAX_MODERATED + ["violence"], ModerationCategory.OTHER),
    ):
        for reason in ("flagged", "category_score"):
            assert moderated({"safe": False, "reason": reason, "categories": names}) == Verdict(flagged)


def test_only_the_decision_of_the_api_itself_is_one() -> None:
    decisions = [None, [], {}, {"safe": True}, {"safe": 1, "reason": "passed"}, {"safe": "false", "reason": "flagged"}]
    crossed = [{"safe": True, "reason": "flagged"}, {"safe": False, "reason": "passed"}]
    for decision in (*decisions, *crossed, {"safe": False, "reason": "missing_result"}):
        with pytest.raises(InvalidResponse):
            moderated(decision)
    for body in (HTML, *JUNK):
        with pytest.raises(InvalidResponse):
            wire.decode_moderation(200, {}, body)
    flagged = {"safe": False, "reason": "flagged", "categories": ["hate"]}
    for status, error in (
        (400, InvalidRequest),
        (401, AuthenticationFailed),
        (413, InvalidResponse),
        (429, RateLimited),
    ):
        with pytest.raises(error):
            moderated(flagged, status)
    for status in (500, 502, 503, 504):
        with pytest.raises(InvalidResponse):
            moderated(flagged, status)


def test_what_is_moderated_is_within_the_apis_bounds() -> None:
    text, picture = {"type": "text", "text": "a fox"}, {"type": "image_url", "image_url": {"url": URL}}
    assert wire.encode_moderation("a fox") == (text,)
    assert wire.encode_moderation("a fox", [URL, URL]) == (text, picture, picture)
    assert wire.encode_moderation(" ", [URL]) == (picture,)
    assert len(wire.encode_moderation("x" * 100_000, ["y" * 8 * 2**20] * 31)) == 32
    for prompt, urls in (("x" * 100_001, []), ("🦊" * 50_001, []), ("a", ["y" * (8 * 2**20 + 1)]), ("a", [URL] * 32)):
        with pytest.raises(InvalidRequest):
            wire.encode_moderation(prompt, urls)
    with pytest.raises(InvalidRequest):
        wire.encode_moderation(" ")


def models_of(videos: object, images: object = ()) -> tuple[catalogue.ListedModel, ...] | None:
    return wire.decode_models(200, {}, as_body({"VIDEO_MODELS": videos, "IMAGE_MODELS": images}))


def test_the_models_are_read_with_their_prices() -> None:
    """A server of one's own has models without a price, or lists none where no provider has a key."""
    videos = [
        {"label": "Runway", "value": "RUNWAYML", "basePrice": 31},
        {"label": "Seedance 2.5", "value": "SEEDANCE2.5I2V", "basePrice": 49.5, "isBranchedVideoModel": False},
        {"value": "SEEDANCE2.0I2V", "basePrice": None},
        {"value": "OWN"},
        {"value": "FREE", "basePrice": 0},
        {"label": "Runway", "value": "RUNWAYML", "basePrice": 30, "pricingDistribution": {"total": 30, "video": 14}},
    ]
    images = [{"label": "Nano Banana Pro", "value": "NANOBANANAPRO", "basePrice": 7}, {"value": "RUNWAYML"}]
    assert models_of(videos, images) == (
        catalogue.ListedModel(catalogue.ModelKind.VIDEO, "RUNWAYML", 30),
        catalogue.ListedModel(catalogue.ModelKind.VIDEO, "SEEDANCE2.5I2V", 50),
        catalogue.ListedModel(catalogue.ModelKind.VIDEO, "SEEDANCE2.0I2V", None),
        catalogue.ListedModel(catalogue.ModelKind.VIDEO, "OWN", None),
        catalogue.ListedModel(catalogue.ModelKind.VIDEO, "FREE", 0),
        catalogue.ListedModel(catalogue.ModelKind.IMAGE, "NANOBANANAPRO", None),
        catalogue.ListedModel(catalogue.ModelKind.IMAGE, "RUNWAYML", None),
    )
    assert models_of([], []) == ()
    assert len(models_of([{"value": f"M{number}"} for number in range(200)], []) or ()) == wire.MAX_LISTED_MODELS


def test_a_list_of_models_that_cannot_be_read_is_none_at_all() -> None:
    """Otherwise what is left out would count as gone, or a higher price as none."""
    prices: tuple[object, ...] = ("36", -1, wire.MAX_PRICE + 1, True, [30])
    entries: tuple[object, ...] = ("RUNWAYML", {"label": "No key"}, {"value": ""}, {"value": 5}, None)
    odd = [*entries, *({"value": "RUNWAYML", "basePrice": price} for price in prices)]
    lists = [*([each] for each in odd), None, {}, "RUNWAYML", [{"value": f"M{number}"} for number in range(201)]]
    for videos in lists:
        with pytest.raises(InvalidResponse):
            models_of(videos, [])
    for images in (None, {}, [{}], ["NANOBANANAPRO"]):
        with pytest.raises(InvalidResponse):
            models_of([], images)


def test_an_answer_without_models_is_no_list() -> None:
    """Without a list, as in March 2025, no model counts as gone."""
    for body in (HTML, as_body({"message": "Not found"})):
        assert wire.decode_models(404, {}, body) is None
    for status, body in ((200, HTML), (200, b"[]"), (200, b"{}"), (500, b"{}"), (502, HTML)):
        with pytest.raises(InvalidResponse):
            wire.decode_models(status, {}, body)
    with pytest.raises(RateLimited):
        wire.decode_models(429, {}, b"{}")


@pytest.mark.usefixtures("time_zone")
def test_the_last_requests_are_read_wherever_they_stand() -> None:
    rows = [
        {"request_id": REQUEST_ID, "status": "PENDING", "created_at": "2026-11-10T12:00:00.250Z", "type": "video"},
        {"request_id": "a", "created_at": " 2026-11-10T13:00:00+01:00 "},
        {"request_id": "b", "created_at": "2026-11-10T12:00:00"},
        {"request_id": "c", "created_at": 1},
        *({"request_id": "d", "created_at": wrong} for wrong in (0, 10**14, "yesterday")),
        {"created_at": 1_794_312_000_000},
        "d",
    ]
    for body in (rows, *({name: rows} for name in ("requests", "items", "data", "results"))):
        assert wire.decode_requests(200, {}, as_body(body)) == (
            RecentRequest(REQUEST_ID, "PENDING", 1_794_312_000_250),
            RecentRequest("a", "?", 1_794_312_000_000),
            RecentRequest("b", "?", 1_794_312_000_000),
            RecentRequest("c", "?", 1),
        )


def test_a_list_of_requests_that_cannot_be_read_is_no_empty_list() -> None:
    """An empty list would prove that an order never arrived."""
    assert wire.decode_requests(200, {}, as_body({"requests": []})) == ()
    with pytest.raises(AuthenticationFailed):
        wire.decode_requests(401, {}, as_body({"message": "Invalid API_KEY. User not found."}))
    for body in (HTML, b"null", b"7", *map(as_body, ({}, {"requests": {}}, {"requests": ["d", {}]}))):
        with pytest.raises(InvalidResponse):
            wire.decode_requests(200, {}, body)


STILLS = [
    {
        "index": 1,
        "layer_id": "b",
        "prompt": " A fox \n waits ",
        "selected_image_url": "https://cdn.samsar.test/b.png?X=1",
    },
    {"index": 0, "layer_id": "a", "prompt": None, "selected_image_url": "/stills/a.png"},
]
WAITING: dict[str, object] = RENDERING | {
    "status": "COMPLETED",
    "step_status": "COMPLETED",
    "result_url": None,
    "result_urls": [],
    "videoLink": MP4,  # a preview
    "creditsCharged": 300,
    "credits_charged": 300,
    "current_step": "music_generation",
    "next_step": "ai_video_generation",
    "requires_user_action": True,
    "can_process_next": True,
    "required_action": {"type": "process_next", "reason": "manual_step_checkpoint"},
    "completed_step_resources": {"image_generation": {"step": "image_generation", "resources": {"layers": STILLS}}},
}
"""What the step status of a storyboard says that waits; samsar-2026, section 10."""


def stepped(answer: dict[str, object]) -> Status:
    return wire_status.decode_step_status(200, {}, as_body(answer), base_url=AUTUMN_2026.base_url)


def test_a_storyboard_waits_where_it_is_completed_and_has_no_movie() -> None:
    """COMPLETED is also the word of a finished movie, and of one that was cancelled while it waited."""
    is_over = {"requires_user_action": False, "result_url": MP4, "next_step": None}
    for changes, state, waits in (
        ({}, MovieState.PENDING, True),
        ({"status": "PENDING", "requires_user_action": False}, MovieState.PENDING, False),
        ({"status": "INIT", "requires_user_action": False}, MovieState.PENDING, False),
        ({"requires_user_action": False, "videoLink": None, "remoteURL": None}, MovieState.PENDING, False),
        ({"requires_user_action": "true", "videoLink": None, "remoteURL": None}, MovieState.PENDING, False),
        (is_over, MovieState.COMPLETED, False),
        ({"result_url": MP4}, MovieState.COMPLETED, False),
        ({"status": "FAILED", "message": FAILURE}, MovieState.FAILED, False),
        ({"expressGenerationCancelled": True}, MovieState.CANCELLED, False),
        (is_over | {"expressGenerationCancelled": True}, MovieState.CANCELLED, False),
    ):
        found = stepped(WAITING | changes)
        assert (found.state, found.waits) == (state, waits), changes
        assert (found.url == MP4) is (state is MovieState.COMPLETED)
        assert found.charged == 300
    assert stepped(WAITING).is_certainly_unfinished
    assert not stepped(WAITING | {"expressGenerationCancelled": True}).is_certainly_unfinished
    with pytest.raises(InvalidResponse):
        wire_status.decode_step_status(409, {}, as_body({"message": FAILURE}), base_url=AUTUMN_2026.base_url)


def test_the_stills_of_a_storyboard_are_read_by_scene() -> None:
    """The API counts scenes from 0, members from 1."""
    expected = (
        Still(1, "", "https://api.samsar.one/stills/a.png"),
        Still(2, "A fox waits", "https://cdn.samsar.test/b.png?X=1"),
    )
    assert stepped(WAITING).stills == expected
    odd: list[object] = [
        {"index": 2, "selected_image_url": ""},
        {"index": True, "selected_image_url": MP4},
        {"index": -1, "selected_image_url": MP4},
        {"index": 240, "selected_image_url": MP4},
        {"index": 0.5, "selected_image_url": MP4},
        {"selected_image_url": MP4},
        {"index": 3, "selected_image_url": "javascript:alert(1)"},
        "layer",
        None,
    ]

    def drawn(layers: object) -> tuple[Still, ...]:
        resources = {"image_generation": {"resources": {"layers": layers}}}
        return stepped(WAITING | {"completed_step_resources": resources}).stills

    assert drawn([*odd, *STILLS]) == expected
    assert [drawn(each) for each in (odd, None, {}, "x", 7)] == [()] * 5
    assert len(drawn([{"index": index, "selected_image_url": MP4} for index in range(20)])) == MAX_STILLS
    for resources in (None, [], {"image_generation": None}, {"image_generation": {"resources": 7}}):
        assert stepped(WAITING | {"completed_step_resources": resources}).stills == ()
