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
    UpstreamCreditsExhausted,
    WrongApi,
)
from bot.samsar import wire_status
from tests.helpers.response_bodies import BASE, HTML, JUNK, URL, as_body


def decoded(status: int, value: Any, headers: dict[str, str] | None = None) -> Status:
    """Read an answer to a status poll."""
    body = value if isinstance(value, bytes) else as_body(value)
    return wire_status.decode_status(status, headers or {}, body, base_url=BASE)


class TestStatus:
    """GET /status, "Response"."""

    def test_pending(self) -> None:
        assert decoded(200, {"status": "PENDING", "url": URL}) == Status(MovieState.PENDING)

    def test_completed_with_result_url(self) -> None:
        answer = {"status": "COMPLETED", "details": [], "result": {"status": "COMPLETED", "url": URL}}
        assert decoded(200, answer) == Status(MovieState.COMPLETED, url=URL)

    def test_failed(self) -> None:
        """The API's reason is kept."""
        answer = {"status": "FAILED", "message": "video model unavailable"}
        assert decoded(200, answer) == Status(MovieState.FAILED, message="video model unavailable")

    def test_failed_with_a_url_is_failed(self) -> None:
        assert decoded(200, {"status": "FAILED", "result": {"url": URL}}) == Status(MovieState.FAILED)

    @pytest.mark.parametrize("result", [None, {}, {"url": ""}, {"url": None}, {"url": 5}, "soon", [], {"url": "   "}])
    def test_completed_without_a_url_is_still_pending(self, result: object) -> None:
        """A movie without a link cannot be shown."""
        assert decoded(200, {"status": "COMPLETED", "result": result}).state is MovieState.PENDING

    @pytest.mark.parametrize("word", ["IN_PROGRESS", "CANCELLED", "PAUSED", "QUEUED", "", "🦊", "x" * 100_000])
    def test_unknown_words_are_pending(self, word: str) -> None:
        """A word that the page doesn't name never ends a job."""
        assert decoded(200, {"status": word, "result": {"url": URL}}).state is MovieState.PENDING

    def test_words_are_read_in_any_case(self) -> None:
        """The word may have surrounding blanks."""
        assert decoded(200, {"status": " failed "}).state is MovieState.FAILED

    @pytest.mark.parametrize("extra", [{"x": float("nan")}, {"x": float("inf")}, {"x": 10**400}, {"x": "\ud800"}])
    def test_odd_numbers_and_text_elsewhere_do_no_harm(self, extra: dict[str, object]) -> None:
        """A field that the bot doesn't read can't spoil the others."""
        assert decoded(200, {"status": "FAILED"} | extra).state is MovieState.FAILED

    def test_a_byte_order_mark_is_skipped(self) -> None:
        assert decoded(200, b'\xef\xbb\xbf{"status": "FAILED"}').state is MovieState.FAILED


class TestUrl:
    """Where the movie's URL may be, and which URLs are valid."""

    @pytest.mark.parametrize(
        "place",
        [
            {"result": {"url": URL}},
            {"url": URL},
            {"result_url": URL},
            {"result_urls": [URL, "https://cdn.example/other.mp4"]},
            {"remoteURL": URL},
            {"videoLink": URL},
            {"video_link": URL},
            {"video": {"url": URL}},
            {"result": "odd", "result_urls": [], "url": 7, "video": [], "videoLink": URL},
        ],
    )
    def test_url_is_found_wherever_it_was_seen(self, place: dict[str, object]) -> None:
        """Servers put the link in eight places."""
        assert decoded(200, {"status": "COMPLETED"} | place).url == URL

    def test_the_documented_link_wins_and_previews_come_last(self) -> None:
        """A video link can be a preview of the movie."""
        fields = ("result_url", "result_urls", "remoteURL", "videoLink", "video_link")
        answer: dict[str, object] = {"result": {"url": f"{URL}?result"}, "url": f"{URL}?url"}
        answer |= {name: f"{URL}?{name}" for name in fields} | {"video": {"url": f"{URL}?video"}}
        for name in tuple(answer):
            assert decoded(200, {"status": "COMPLETED"} | answer).url == f"{URL}?{name}"
            del answer[name]

    @pytest.mark.parametrize(
        ("given_url", "read"),
        [
            ("/movies/a.mp4", "https://api.samsar.one/movies/a.mp4"),
            ("movies/a.mp4?sig=1", "https://api.samsar.one/movies/a.mp4?sig=1"),
            ("//cdn.example/a.mp4", "https://cdn.example/a.mp4"),
            ("HTTP://cdn.example:8080/a.mp4", "http://cdn.example:8080/a.mp4"),
            ("https://[::1]:1/a", "https://[::1]:1/a"),
            (" https://cdn.example/my movie<1>.mp4 ", "https://cdn.example/my%20movie%3C1%3E.mp4"),
            ("https://cdn.example/ü?sig=a%2Fb%3D&x=+", "https://cdn.example/%C3%BC?sig=a%2Fb%3D&x=+"),
        ],
    )
    def test_url_is_made_absolute_and_plain(self, given_url: str, read: str) -> None:
        """A relative link starts at the API's host.

        A signature stays unchanged.
        """
        assert decoded(200, {"status": "COMPLETED", "url": given_url}).url == read

    @pytest.mark.parametrize("length", [1500, 4097, 16_384])
    def test_a_long_link_is_kept_whole(self, length: int) -> None:
        """Signed links are long, and lead to a paid movie."""
        url = "https://cdn.example/".ljust(length, "a")
        assert decoded(200, {"status": "COMPLETED", "result": {"url": url}}).url == url

    @pytest.mark.parametrize(
        "bad",
        [
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
        ],
    )
    def test_url_that_is_no_plain_web_address_is_not_a_movie(self, bad: str) -> None:
        """The link has another scheme, a password, or unprintable characters."""
        assert decoded(200, {"status": "COMPLETED", "result": {"url": bad}}) == Status(MovieState.PENDING)


class TestDetails:
    """`details`: an array, an object, a string, or absent."""

    PARTS = (Stage("image_generation", StageState.COMPLETED), Stage("lip_sync_generation", StageState.INIT))

    @pytest.mark.parametrize(
        "answer",
        [
            {"details": {"image_generation": "COMPLETED", "lip_sync_generation": "INIT"}},
            {"details": {"image_generation": {"status": "completed"}, "lip_sync_generation": {"status": "INIT"}}},
            {"expressGenerationStatus": {"image_generation": "COMPLETED", "lip_sync_generation": "INIT"}},
            {
                "details": [],
                "expressGenerationStatus": {"image_generation": "COMPLETED", "lip_sync_generation": "INIT"},
            },
            {
                "details": {"image_generation": "COMPLETED", "lip_sync_generation": "INIT"},
                "expressGenerationStatus": {"image_generation": "INIT"},
            },
            {"details": ["image_generation: COMPLETED", "lip_sync_generation:INIT"]},
            {
                "details": [
                    {"stage": "image_generation", "status": "COMPLETED"},
                    {"name": "lip_sync_generation", "state": "INIT"},
                ]
            },
            {"details": [{"image_generation": "COMPLETED"}, {"lip_sync_generation": "INIT"}, 5, None, [], {}]},
        ],
    )
    def test_details_become_stages(self, answer: dict[str, object]) -> None:
        assert decoded(200, {"status": "PENDING"} | answer).stages == self.PARTS

    @pytest.mark.parametrize(
        "details", [{"dream_generation": "WARMING"}, ["dream_generation"], [{"name": "dream_generation"}]]
    )
    def test_unknown_stages_and_words_are_progress(self, details: object) -> None:
        """An unknown stage is shown as pending."""
        found = decoded(200, {"status": "PENDING", "details": details})
        assert found.stages == (Stage("dream_generation", StageState.PENDING),)

    def test_details_as_text_is_the_message(self) -> None:
        """The text is shown on one line."""
        found = decoded(200, {"status": "PENDING", "details": "Painting\n frame 3 \x1b[31mof 9"})
        assert found == Status(MovieState.PENDING, message="Painting frame 3 [31mof 9")

    @pytest.mark.parametrize(
        "details", [None, 5, True, {}, [], {"percent": 50}, {"note": "nearly there"}, {"": "INIT"}]
    )
    def test_details_without_stages_are_none(self, details: object) -> None:
        """Numbers and notes are no stages."""
        assert decoded(200, {"status": "PENDING", "details": details}).stages == ()

    def test_details_are_bounded(self) -> None:
        """The response has ten thousand stages with very long names."""
        found = decoded(200, {"status": "PENDING", "details": {f"{n}" * 100: "INIT" for n in range(10_000)}})
        assert len(found.stages) == wire_status.MAX_STAGES
        assert max(len(stage.name) for stage in found.stages) <= wire_status.MAX_STAGE_NAME_LENGTH


class TestStatusErrors:
    """Responses of GET /status other than 200."""

    def test_400_missing_request_id(self) -> None:
        """The page's own message is kept."""
        with pytest.raises(InvalidRequest, match="request_id query parameter is missing"):
            decoded(400, {"message": "request_id query parameter is missing."})

    def test_400_missing_key_is_key_rejected(self) -> None:
        with pytest.raises(AuthenticationFailed):
            decoded(400, {"message": "API_KEY is missing"})

    @pytest.mark.parametrize("status", [401, 403])
    def test_401_is_key_rejected(self, status: int) -> None:
        with pytest.raises(AuthenticationFailed):
            decoded(status, {"message": "Unauthorized"})

    def test_402_is_out_of_credits(self) -> None:
        with pytest.raises(UpstreamCreditsExhausted):
            decoded(402, {})

    @pytest.mark.parametrize("body", [as_body({"message": "not found"}), b""])
    def test_404_is_an_unknown_request(self, body: bytes) -> None:
        """The worker believes a 404 only when it persists."""
        with pytest.raises(RequestNotFound):
            decoded(404, body)

    def test_404_with_a_web_page_is_a_wrong_path(self) -> None:
        """It says nothing about the movie, however long it persists."""
        with pytest.raises(WrongApi):
            decoded(404, HTML)

    def test_429_is_busy(self) -> None:
        """Without a Retry-After, the wait is unknown."""
        with pytest.raises(RateLimited) as caught:
            decoded(429, b"slow down")
        assert caught.value.retry_after is None

    @pytest.mark.parametrize("status", [500, 502, 503, 302, 307, 418, 101, 600])
    def test_500_and_the_rest_are_broken(self, status: int) -> None:
        """Such a response says nothing about the movie."""
        with pytest.raises(InvalidResponse, match="database issue") as caught:
            decoded(status, {"error": {"message": "database issue"}, "status": "FAILED"})
        assert caught.value.status == status

    @pytest.mark.parametrize("body", [*JUNK, b"{}", b'{"status": null}', b'{"status": 5}', b'{"status": ["FAILED"]}'])
    def test_a_success_that_is_no_status_is_broken(self, body: bytes) -> None:
        """A proxy's page with status 200 never ends a job."""
        with pytest.raises(InvalidResponse):
            decoded(200, body)
