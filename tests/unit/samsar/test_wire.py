"""What the API's bodies mean to us. The rules are those of its page of March 2025, and what servers were seen to do."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio
from bot.domain.request import MovieRequest
from bot.domain.upstream import Stage, StageState, Status, UpstreamState
from bot.errors import (
    Ambiguous,
    Broken,
    Busy,
    KeyRejected,
    OutOfCredits,
    RequestRejected,
    SamsarError,
    UnknownRequest,
)
from bot.samsar import wire

BASE = "https://api.samsar.one/v1/video/"
URL = "https://cdn.example/movie.mp4"
REQUEST = MovieRequest("A fox crosses the moor", 30, "LUMA", "FLUX1.1PRO", AspectRatio.TALL)
HTML = b"<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>"
DEEP = b"[" * 200_000
JUNK = [
    HTML,
    DEEP,
    b'{"a":' * 200_000,
    b"",
    b"\xff\xfe\x00",
    b'{"status": "\xff"}',
    b"null",
    b"[]",
    b'"COMPLETED"',
    b"true",
    b"NaN",
    b"1" * 10_000,
    b'{"status": "COMPLETED"',
]
"""Bodies that are no JSON object, whatever the status says."""


def as_body(value: Any) -> bytes:
    """The value as a server would write it."""
    return json.dumps(value).encode()


def created(status: int, value: Any, headers: dict[str, str] | None = None) -> str:
    """Read an answer to an order."""
    return wire.read_created(status, headers or {}, value if isinstance(value, bytes) else as_body(value))


def looked_at(status: int, value: Any, headers: dict[str, str] | None = None) -> Status:
    """Read an answer to a look."""
    body = value if isinstance(value, bytes) else as_body(value)
    return wire.read_status(status, headers or {}, body, base_url=BASE)


class TestCreateBody:
    """POST /create_movie, "Request Body"."""

    def test_the_body_is_the_documented_one(self) -> None:
        """What is sent is the page's example with our values, and nothing beside it."""
        assert wire.create_body(REQUEST, "https://bot.example/hook/1") == {
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
        """Each documented field is sent under its own name, as a plain JSON string or number."""
        sent = json.loads(json.dumps(wire.create_body(REQUEST, None)))
        assert sent["input"][field] == value

    @pytest.mark.parametrize("nothing", [None, ""])
    def test_webhook_url_is_left_out_where_there_is_none(self, nothing: str | None) -> None:
        """The field webhookUrl is optional: without an address it is not sent at all."""
        assert "webhookUrl" not in wire.create_body(REQUEST, nothing)

    def test_a_prompt_of_any_language_survives(self) -> None:
        """Quotes, emoji and line breaks in a prompt reach the API as they were typed."""
        prompt = 'Ein "Fuchs" 🦊\nüber das Moor {"a": 1}'
        request = MovieRequest(prompt, 1, "LUMA", "IMAGEN3", AspectRatio.WIDE)
        assert json.loads(json.dumps(wire.create_body(request, None)))["input"]["prompt"] == prompt


class TestCreated:
    """POST /create_movie, "Response" and "Common Errors"."""

    @pytest.mark.parametrize("status", [200, 201, 202])
    @pytest.mark.parametrize("name", ["request_id", "session_id", "sessionID"])
    def test_request_id_is_read(self, status: int, name: str) -> None:
        """200 with request_id is the contract; 201 and the two other names were seen and are read as well."""
        assert created(status, {name: " 67c4a1b2 "}) == "67c4a1b2"

    def test_request_id_wins_over_other_names(self) -> None:
        """Where several names are there, the documented one counts, unless it is empty."""
        assert created(200, {"session_id": "b", "request_id": "a"}) == "a"
        assert created(200, {"session_id": "b", "request_id": ""}) == "b"

    def test_request_id_may_be_a_number(self) -> None:
        """An id that is a whole number is kept as text."""
        assert created(200, {"request_id": 12345}) == "12345"

    @pytest.mark.parametrize(
        "bad", ["", "  ", None, True, 1.5, -1, 2**64, [], {}, "x" * 201, "a\nb", "\ud800", "a\x00"]
    )
    def test_a_success_without_a_usable_request_id_is_ambiguous(self, bad: object) -> None:
        """The API said yes but not to what: the movie may be in the making and is never ordered again."""
        with pytest.raises(Ambiguous) as caught:
            created(200, {"request_id": bad})
        assert caught.value.status == 200

    @pytest.mark.parametrize("body", JUNK)
    @pytest.mark.parametrize("status", [200, 500, 503])
    def test_junk_is_ambiguous(self, status: int, body: bytes) -> None:
        """Whatever cannot be understood may have been carried out."""
        with pytest.raises(Ambiguous):
            created(status, body)

    def test_400_validation_is_rejected_with_the_apis_message(self) -> None:
        """A failed validation comes back as what the API said about it; nothing was made."""
        with pytest.raises(RequestRejected) as caught:
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
        ],
    )
    def test_400_missing_or_empty_key_is_key_rejected(self, message: str) -> None:
        """The page promises 400 for a key that is missing or empty: the operator mends it, not the member."""
        with pytest.raises(KeyRejected):
            created(400, {"message": message})

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
        """A member can't make the bot believe that its key is wrong by writing so in a prompt that the API quotes."""
        with pytest.raises(RequestRejected):
            created(400, {"message": message})

    @pytest.mark.parametrize("status", [401, 403])
    def test_401_is_key_rejected(self, status: int) -> None:
        """An invalid key is refused with 401 (403 means the same)."""
        with pytest.raises(KeyRejected, match="Invalid API key") as caught:
            created(status, {"message": "Invalid API key"})
        assert caught.value.status == status

    @pytest.mark.parametrize("body", [as_body({"message": "Internal Server Error"}), HTML, b""])
    def test_402_is_out_of_credits_whatever_it_says(self, body: bytes) -> None:
        """402 was seen with the message of a 500: the code counts."""
        with pytest.raises(OutOfCredits):
            created(402, body)

    def test_429_is_busy_and_says_how_long(self) -> None:
        """Asked too often: nothing was made, and the wait is in seconds."""
        with pytest.raises(Busy) as caught:
            created(429, {"error": "Too many requests"}, {"Retry-After": "7"})
        assert (caught.value.retry_after, caught.value.message) == (7.0, "Too many requests")

    @pytest.mark.parametrize("status", [301, 307, 308, 404, 405, 413, 415, 422])
    def test_other_refusals_are_definite_and_named(self, status: int) -> None:
        """A redirect or a wrong path made nothing, and the operator reads which code it was."""
        with pytest.raises(RequestRejected, match=str(status)):
            created(status, HTML)

    @pytest.mark.parametrize("status", [302, 303, 408, 409, 418, 425, 499])
    def test_a_code_that_can_tell_of_what_was_done_is_ambiguous(self, status: int) -> None:
        """A 303 after an order, or a proxy's time-out, is no proof that nothing was made."""
        with pytest.raises(Ambiguous):
            created(status, HTML)

    @pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 600, 101])
    def test_500_is_ambiguous(self, status: int) -> None:
        """A server that failed midway may have made the movie all the same, even if its body carries an id."""
        with pytest.raises(Ambiguous, match="database"):
            created(status, {"message": "database issue", "request_id": "a"})


class TestStatus:
    """GET /status, "Response"."""

    def test_pending(self) -> None:
        """PENDING is pending, and has no link yet."""
        assert looked_at(200, {"status": "PENDING", "url": URL}) == Status(UpstreamState.PENDING)

    def test_completed_with_result_url(self) -> None:
        """COMPLETED with result.url, as documented, is a finished movie."""
        answer = {"status": "COMPLETED", "details": [], "result": {"status": "COMPLETED", "url": URL}}
        assert looked_at(200, answer) == Status(UpstreamState.COMPLETED, url=URL)

    def test_failed(self) -> None:
        """FAILED is failed, and the API's reason is kept."""
        answer = {"status": "FAILED", "message": "video model unavailable"}
        assert looked_at(200, answer) == Status(UpstreamState.FAILED, message="video model unavailable")

    def test_failed_with_a_url_is_failed(self) -> None:
        """The status wins over a link that is there all the same."""
        assert looked_at(200, {"status": "FAILED", "result": {"url": URL}}) == Status(UpstreamState.FAILED)

    @pytest.mark.parametrize("result", [None, {}, {"url": ""}, {"url": None}, {"url": 5}, "soon", [], {"url": "   "}])
    def test_completed_without_a_url_is_still_pending(self, result: object) -> None:
        """Nothing to show means not done yet."""
        assert looked_at(200, {"status": "COMPLETED", "result": result}).state is UpstreamState.PENDING

    @pytest.mark.parametrize("word", ["IN_PROGRESS", "CANCELLED", "PAUSED", "QUEUED", "", "🦊", "x" * 100_000])
    def test_unknown_words_are_pending(self, word: str) -> None:
        """A word that the page doesn't name never ends a job."""
        assert looked_at(200, {"status": word, "result": {"url": URL}}).state is UpstreamState.PENDING

    def test_words_are_read_in_any_case(self) -> None:
        """A server that writes its words small, or with a blank, is understood."""
        assert looked_at(200, {"status": " failed "}).state is UpstreamState.FAILED

    @pytest.mark.parametrize("extra", [{"x": float("nan")}, {"x": float("inf")}, {"x": 10**400}, {"x": "\ud800"}])
    def test_odd_numbers_and_text_elsewhere_do_no_harm(self, extra: dict[str, object]) -> None:
        """A value we don't read can't spoil the ones we do."""
        assert looked_at(200, {"status": "FAILED"} | extra).state is UpstreamState.FAILED

    def test_a_byte_order_mark_is_skipped(self) -> None:
        """UTF-8 with a mark in front is JSON all the same."""
        assert looked_at(200, b'\xef\xbb\xbf{"status": "FAILED"}').state is UpstreamState.FAILED


class TestUrl:
    """Where the link to the movie may stand, and what it may be."""

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
        """Servers have put the link in eight places."""
        assert looked_at(200, {"status": "COMPLETED"} | place).url == URL

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
        """A relative link counts from the API's host; a signature is left as it is."""
        assert looked_at(200, {"status": "COMPLETED", "url": given_url}).url == read

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
            "https://cdn.example/" + "a" * 5000,
        ],
    )
    def test_url_that_is_no_plain_web_address_is_not_a_movie(self, bad: str) -> None:
        """Only http and https, without a password, a trick in the host, or anything that can't be printed."""
        assert looked_at(200, {"status": "COMPLETED", "result": {"url": bad}}) == Status(UpstreamState.PENDING)


class TestDetails:
    """`details`: documented as an array, seen as an object and a string, and left out."""

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
        """Whichever shape the stages come in, they are the same stages, in the same order."""
        assert looked_at(200, {"status": "PENDING"} | answer).stages == self.PARTS

    @pytest.mark.parametrize(
        "details", [{"dream_generation": "WARMING"}, ["dream_generation"], [{"name": "dream_generation"}]]
    )
    def test_unknown_stages_and_words_are_progress(self, details: object) -> None:
        """A stage nobody has heard of is shown, as pending."""
        found = looked_at(200, {"status": "PENDING", "details": details})
        assert found.stages == (Stage("dream_generation", StageState.PENDING),)

    def test_details_as_text_is_the_message(self) -> None:
        """A details string is told as it is, on one line."""
        found = looked_at(200, {"status": "PENDING", "details": "Painting\n frame 3 \x1b[31mof 9"})
        assert found == Status(UpstreamState.PENDING, message="Painting frame 3 [31mof 9")

    @pytest.mark.parametrize(
        "details", [None, 5, True, {}, [], {"percent": 50}, {"note": "nearly there"}, {"": "INIT"}]
    )
    def test_details_without_stages_are_none(self, details: object) -> None:
        """Numbers and notes are no stages, and nothing is invented."""
        assert looked_at(200, {"status": "PENDING", "details": details}).stages == ()

    def test_details_are_bounded(self) -> None:
        """Ten thousand stages with endless names are cut to what can be shown."""
        found = looked_at(200, {"status": "PENDING", "details": {f"{n}" * 100: "INIT" for n in range(10_000)}})
        assert len(found.stages) == wire.STAGES_MOST
        assert max(len(stage.name) for stage in found.stages) <= wire.STAGE_NAME_MOST


class TestStatusErrors:
    """GET /status, when it isn't 200."""

    def test_400_missing_request_id(self) -> None:
        """The page's own message is kept."""
        with pytest.raises(RequestRejected, match="request_id query parameter is missing"):
            looked_at(400, {"message": "request_id query parameter is missing."})

    def test_400_missing_key_is_key_rejected(self) -> None:
        """A 400 that speaks of the key is about the key, here too."""
        with pytest.raises(KeyRejected):
            looked_at(400, {"message": "API_KEY is missing"})

    @pytest.mark.parametrize("status", [401, 403])
    def test_401_is_key_rejected(self, status: int) -> None:
        """An invalid key is the operator's to mend."""
        with pytest.raises(KeyRejected):
            looked_at(status, {"message": "Unauthorized"})

    def test_402_is_out_of_credits(self) -> None:
        """A plan that is used up is named as such."""
        with pytest.raises(OutOfCredits):
            looked_at(402, {})

    @pytest.mark.parametrize("body", [as_body({"message": "not found"}), HTML])
    def test_404_is_an_unknown_request(self, body: bytes) -> None:
        """A 404 says which request it was about to the engine, which believes it only when it persists."""
        with pytest.raises(UnknownRequest):
            looked_at(404, body)

    def test_429_is_busy(self) -> None:
        """Asked too often; without a header nobody knows for how long."""
        with pytest.raises(Busy) as caught:
            looked_at(429, b"slow down")
        assert caught.value.retry_after is None

    @pytest.mark.parametrize("status", [500, 502, 503, 302, 307, 418, 101, 600])
    def test_500_and_the_rest_are_broken(self, status: int) -> None:
        """An internal error carries the API's message and says nothing about the movie."""
        with pytest.raises(Broken, match="database issue") as caught:
            looked_at(status, {"error": {"message": "database issue"}, "status": "FAILED"})
        assert caught.value.status == status

    @pytest.mark.parametrize("body", [*JUNK, b"{}", b'{"status": null}', b'{"status": 5}', b'{"status": ["FAILED"]}'])
    def test_a_success_that_is_no_status_is_broken(self, body: bytes) -> None:
        """A proxy's page with code 200 never ends a job."""
        with pytest.raises(Broken):
            looked_at(200, body)


class TestProbe:
    """Asking for a status without a request_id costs nothing and shows whether the key works."""

    def test_the_missing_request_id_message_proves_the_key(self) -> None:
        """The documented 400 is the good answer."""
        wire.read_probe(400, {}, as_body({"message": "request_id query parameter is missing."}))
        wire.read_probe(200, {}, as_body({"status": "PENDING"}))

    @pytest.mark.parametrize(
        ("status", "body", "kind"),
        [
            (400, as_body({"message": "API_KEY is missing"}), KeyRejected),
            (401, as_body({"message": "Invalid API key"}), KeyRejected),
            (402, b"{}", OutOfCredits),
            (429, b"{}", Busy),
            (400, HTML, Broken),
            (404, HTML, Broken),
            (302, b"", Broken),
            (500, b"{}", Broken),
            (200, HTML, Broken),
        ],
    )
    def test_everything_else_is_told(self, status: int, body: bytes, kind: type[SamsarError]) -> None:
        """A wrong key, a wrong address and a server in trouble are each told apart."""
        with pytest.raises(kind):
            wire.read_probe(status, {}, body)


class TestBalance:
    """GET /v1/credits, where a server has it."""

    @pytest.mark.parametrize(("value", "read"), [(4200, 4200), (0, 0), (-5, -5), (99.9, 99), (1e3, 1000)])
    def test_a_balance_is_whole_credits(self, value: object, read: int) -> None:
        """Parts of a credit don't count."""
        assert wire.read_balance(200, {}, as_body({"remainingCredits": value})) == read

    @pytest.mark.parametrize(
        "value", [None, True, "4200", [], {}, 10**13, 10**400, float("nan"), float("inf"), float("-inf")]
    )
    def test_nonsense_is_unknown(self, value: object) -> None:
        """What is no sane number is not known, rather than zero."""
        assert wire.read_balance(200, {}, as_body({"remainingCredits": value})) is None
        assert wire.read_balance(200, {}, b'{"remainingCredits": 1e999}') is None

    @pytest.mark.parametrize("status", [400, 402, 404, 429, 500])
    def test_a_server_without_balances_is_no_error(self, status: int) -> None:
        """Most servers have no such path."""
        assert wire.read_balance(status, {}, HTML) is None

    @pytest.mark.parametrize("body", JUNK)
    def test_junk_is_unknown(self, body: bytes) -> None:
        """Nor is a page in its place an error."""
        assert wire.read_balance(200, {}, body) is None

    def test_a_wrong_key_is_told(self) -> None:
        """A key that is refused here is refused everywhere."""
        with pytest.raises(KeyRejected):
            wire.read_balance(401, {}, b"{}")


class TestErrorMessage:
    """The API's own words, for people to read."""

    @pytest.mark.parametrize(
        "value",
        [
            {"message": "no"},
            {"error": "no"},
            {"detail": "no"},
            {"error": {"message": "no"}},
            {"message": " ", "error": "no"},
        ],
    )
    def test_the_message_is_found(self, value: object) -> None:
        """Four places were seen."""
        assert wire.error_message(as_body(value)) == "no"

    @pytest.mark.parametrize("body", [*JUNK[1:], b"{}", b'{"message": 5}', b'{"error": {}}', b'{"message": "\\u0000"}'])
    def test_junk_gets_a_neutral_phrase(self, body: bytes) -> None:
        """Nobody is shown the insides of a broken answer."""
        assert wire.error_message(body) == wire.NO_REASON

    def test_a_web_page_is_called_one(self) -> None:
        """A proxy's page is named, not quoted."""
        assert wire.error_message(b"\n " + HTML) == wire.WEB_PAGE

    def test_the_message_is_one_short_printable_line(self) -> None:
        """Control characters, line breaks, direction marks and endless text don't reach anyone."""
        text = wire.error_message(as_body({"message": "a\r\nb\x07\u202ec \ud800" + "x" * 5000}))
        assert text.startswith("a b c x")
        assert len(text) == wire.MESSAGE_MOST
        assert text.isprintable()

    def test_one_line_always_says_something(self) -> None:
        """A text of nothing but control characters becomes the neutral phrase."""
        assert wire.one_line("\x00\n") == wire.NO_REASON


class TestRetryAfter:
    """How long a busy API asks to be left alone."""

    DATE = "Sun, 02 Mar 2025 12:00:00 GMT"

    @pytest.mark.parametrize(
        ("value", "seconds"),
        [
            ("0", 0.0),
            (" 30 ", 30.0),
            ("1.5", 1.5),
            ("86400", 3600.0),
            ("9" * 20, 3600.0),
            ("Sun, 02 Mar 2025 12:00:45 GMT", 45.0),
            ("Sun, 02 Mar 2025 11:00:00 GMT", 0.0),
            ("Sun, 02 Mar 2031 12:00:00 GMT", 3600.0),
        ],
    )
    def test_seconds_and_dates_are_read_and_bounded(self, value: str, seconds: float) -> None:
        """Seconds or an HTTP date, in any spelling of the header's name, never more than an hour."""
        assert wire.retry_after({"retry-AFTER": value, "Date": self.DATE}) == seconds

    @pytest.mark.parametrize("value", ["", "-5", "nan", "inf", "1e3", "soon", "٣", "1_0", "9" * 21, "Sun, 99 Mar 2025"])
    def test_nonsense_is_unknown(self, value: str) -> None:
        """What can't be read is not guessed."""
        assert wire.retry_after({"Retry-After": value, "Date": self.DATE}) is None

    def test_a_date_without_a_date_is_unknown(self) -> None:
        """Our clock may be wrong, so a date counts only from the server's own."""
        assert wire.retry_after({"Retry-After": self.DATE}) is None
        assert wire.retry_after({}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["COMPLETED", "FAILED", URL]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "status",
                    "details",
                    "result",
                    "url",
                    "video",
                    "request_id",
                    "message",
                    "error",
                    "name",
                    "remainingCredits",
                ]
            )
            | st.text(max_size=5),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)
BODIES = st.binary() | JSON.map(as_body)
HEADERS = st.dictionaries(st.sampled_from(["Retry-After", "Date", "date"]), st.text(max_size=40))
STATUSES = st.sampled_from([200, 400, 429]) | st.integers(100, 999)


@given(STATUSES, HEADERS, BODIES)
def test_whatever_arrives_is_a_value_or_one_of_our_errors(status: int, headers: dict[str, str], body: bytes) -> None:
    """No answer of any server can break the bot: it is a sound value, or an exception that the engine knows."""
    with suppress(SamsarError):
        assert wire.as_request_id(wire.read_created(status, headers, body))
    with suppress(SamsarError):
        seen = wire.read_status(status, headers, body, base_url=BASE)
        assert (seen.url is not None) == (seen.state is UpstreamState.COMPLETED)
    with suppress(SamsarError):
        wire.read_probe(status, headers, body)
    with suppress(SamsarError):
        wire.read_balance(status, headers, body)


@given(HEADERS, BODIES)
def test_whatever_is_said_is_short_and_printable(headers: dict[str, str], body: bytes) -> None:
    """The API's own words can be shown to anyone, and a wait is never longer than an hour."""
    text = wire.error_message(body)
    assert text.isprintable()
    assert 0 < len(text) <= wire.MESSAGE_MOST
    assert 0 <= (wire.retry_after(headers) or 0) <= wire.RETRY_AFTER_MOST
