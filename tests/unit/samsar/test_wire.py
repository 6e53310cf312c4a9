"""Parses any response: error messages, Retry-After, what is said of the operator's key and plan, and any data."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio
from bot.domain.request import MovieRequest
from bot.domain.upstream import MovieState
from bot.errors import (
    AuthenticationFailed,
    InvalidResponse,
    RateLimited,
    SamsarError,
    UpstreamCreditsExhausted,
    WrongApi,
)
from bot.samsar import wire, wire_account, wire_status
from bot.samsar.body import MAX_MESSAGE_LENGTH, NO_MESSAGE, WEB_PAGE, clean_message, error_message
from bot.samsar.retry_after import MAX_RETRY_AFTER_SECONDS, parse_retry_after
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
        assert wire_account.decode_credits(200, {}, as_body({"remainingCredits": value})) == read
    nonsense = [None, True, "4200", [], {}, 10**13, 10**400, float("nan"), float("inf"), float("-inf")]
    for body in (*(as_body({"remainingCredits": each}) for each in nonsense), b'{"remainingCredits": 1e999}', *JUNK):
        with pytest.raises(InvalidResponse):
            wire_account.decode_credits(200, {}, body)


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
        wire_account.decode_credits(status, headers, body)
    text = error_message(body)
    assert text.isprintable()
    assert 0 < len(text) <= MAX_MESSAGE_LENGTH
    assert 0 <= (parse_retry_after(headers) or 0) <= MAX_RETRY_AFTER_SECONDS
