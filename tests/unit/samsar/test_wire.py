"""Parses any response: messages, Retry-After, keys, plans, balances, statuses and any data."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import (
    AuthenticationFailed,
    InvalidRequest,
    InvalidResponse,
    RateLimited,
    RequestNotFound,
    SamsarError,
    UpstreamCreditsExhausted,
    WrongApi,
)
from bot.domain.catalogue import AspectRatio
from bot.domain.request import MovieRequest
from bot.domain.upstream import MovieState, Stage, StageState, Status
from bot.samsar import wire, wire_status
from bot.samsar.wire import (
    MAX_MESSAGE_LENGTH,
    MAX_RETRY_AFTER_SECONDS,
    NO_MESSAGE,
    WEB_PAGE,
    clean_message,
    error_message,
    parse_retry_after,
)
from tests.helpers.response_bodies import BASE, HTML, JUNK, URL, as_body

REQUEST = MovieRequest("A fox", 30, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)
DATE = "Sun, 02 Mar 2025 12:00:00 GMT"


def test_the_message_is_found_in_any_of_its_places() -> None:
    for value in (
        {"message": "no"},
        {"error": "no"},
        {"detail": "no"},
        {"error": {"message": "no"}},
        {"message": " ", "error": "no"},
        {"generationError": "no"},
        {"expressGenerationError": "no"},
        {"message": "no", "error": {"message": "something else"}},
    ):
        assert error_message(as_body(value)) == "no", value


def test_junk_gets_a_neutral_phrase_and_a_web_page_is_called_one() -> None:
    for body in (*JUNK[1:], b"{}", b'{"message": 5}', b'{"error": {}}', b'{"message": "\\u0000"}'):
        assert error_message(body) == NO_MESSAGE, body[:20]
    assert clean_message("\x00\n") == NO_MESSAGE
    assert error_message(b"\n " + HTML) == WEB_PAGE


def test_the_message_is_one_short_printable_line() -> None:
    text = error_message(as_body({"message": "a\r\nb\x07\u202ec \ud800" + "x" * 5000}))
    assert text.startswith("a b c x")
    assert len(text) == MAX_MESSAGE_LENGTH
    assert text.endswith("x…")
    assert text.isprintable()
    assert error_message(as_body({"message": "x" * MAX_MESSAGE_LENGTH})) == "x" * MAX_MESSAGE_LENGTH


def test_seconds_and_dates_are_read_and_bounded() -> None:
    """The header may have any case, and one hour is the limit. A date counts only from the server's clock."""
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
    assert {value: parse_retry_after({"retry-AFTER": value, "Date": DATE}) for value in seconds} == seconds
    nonsense = ["", "-5", "nan", "inf", "1e3", "soon", "٣", "1_0", "9" * 21, "Sun, 99 Mar 2025"]
    assert [value for value in nonsense if parse_retry_after({"Retry-After": value, "Date": DATE}) is not None] == []
    assert parse_retry_after({"Retry-After": DATE}) is parse_retry_after({}) is None


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
        (400, HTML, InvalidResponse),
        (404, HTML, WrongApi),
        (404, b"", InvalidResponse),
        (302, b"", InvalidResponse),
        (200, HTML, InvalidResponse),
    ]
    refusals += [(each, body, InvalidResponse) for each in (408, 500, 502, 503, 504) for body in (HTML, b"{}", b"")]
    for status, body, kind in refusals:
        with pytest.raises(kind):
            wire.decode_probe(status, {}, body)
    for body in JUNK:
        for status in (200, 400, 404):
            with pytest.raises((InvalidResponse, AuthenticationFailed, WrongApi)):
                wire.decode_probe(status, {}, body)


def test_a_balance_is_whole_credits() -> None:
    for value, read in ((4200, 4200), (0, 0), (-5, -5), (99.9, 99), (1e3, 1000)):
        assert wire.decode_credits(200, {}, as_body({"remainingCredits": value})) == read
    nonsense = [None, True, "4200", [], {}, 10**13, 10**400, float("nan"), float("inf"), float("-inf")]
    for body in (*(as_body({"remainingCredits": each}) for each in nonsense), b'{"remainingCredits": 1e999}', *JUNK):
        with pytest.raises(InvalidResponse):
            wire.decode_credits(200, {}, body)


NAMES = "status details result url video request_id message error name remainingCredits"
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
    with suppress(SamsarError):
        assert wire.parse_request_id(wire.decode_created(status, headers, body, REQUEST))
    with suppress(SamsarError):
        seen = wire_status.decode_status(status, headers, body, base_url=BASE)
        assert (seen.url is not None) == (seen.state is MovieState.COMPLETED)
    with suppress(SamsarError):
        wire.decode_probe(status, headers, body)
    with suppress(SamsarError):
        wire.decode_credits(status, headers, body)
    text = error_message(body)
    assert text.isprintable()
    assert 0 < len(text) <= MAX_MESSAGE_LENGTH
    assert 0 <= (parse_retry_after(headers) or 0) <= MAX_RETRY_AFTER_SECONDS


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
    places: list[dict[str, object]] = [{name: URL} for name in fields]
    places += [{"result": {"url": URL}}, {"video": {"url": URL}}, {"result_urls": [URL, "https://cdn.example/b.mp4"]}]
    places += [{"result": "odd", "result_urls": [], "url": 7, "video": [], "videoLink": URL}]
    assert [completed(**place).url for place in places] == [URL] * 9
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
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://cdn.example/a",
        "https://user:pass@cdn.example/a",
        "https://cdn.example\\@evil.example/a",
        "https://[::1/a",
        "https:///a",
        "https://cdn.ex ample/a",
        "https://exämple/a",
        "https://cdn.example/\x00",
        "https://cdn.example/\ud800",
        "https://cdn.example/a\nb",
        "https://cdn.example/" + "a" * 17_000,
    ):
        assert completed(result={"url": bad}) == Status(MovieState.PENDING), bad[:50]


def test_details_become_stages() -> None:
    listed = [{"stage": "image_generation", "status": "COMPLETED"}, {"name": "lip_sync_generation", "state": "INIT"}]
    answers: list[dict[str, object]] = [
        {"details": SPELLED},
        {"details": {"image_generation": {"status": "completed"}, "lip_sync_generation": {"status": "INIT"}}},
        {"expressGenerationStatus": SPELLED},
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
    found = decoded(200, {"status": "PENDING", "details": {f"{n}" * 100: "INIT" for n in range(10_000)}})
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
    refusals += [
        (status, broken, InvalidResponse, "database issue") for status in (500, 502, 503, 302, 307, 418, 101, 600)
    ]
    no_status = (b"{}", b'{"status": null}', b'{"status": 5}', b'{"status": ["FAILED"]}')
    refusals += [(200, body, InvalidResponse, "") for body in (*JUNK, *no_status)]
    for status, body, kind, message in refusals:
        with pytest.raises(kind) as caught:
            decoded(status, body)
        assert message in caught.value.message
        assert caught.value.status == status
    with pytest.raises(RateLimited) as caught:
        decoded(429, b"slow down")
    assert caught.value.retry_after is None
