"""The status of a movie.

The rules are those of the API's page of March 2025, and of servers in use.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.upstream import MovieState, Stage, StageState, Status
from bot.errors import (
    AuthenticationFailed,
    InvalidRequest,
    InvalidResponse,
    RateLimited,
    RequestNotFound,
    SamsarError,
    UpstreamCreditsExhausted,
    WrongApi,
)
from bot.samsar import wire_status
from tests.helpers.response_bodies import BASE, HTML, JUNK, URL, as_body

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
