"""Responses about the operator's key and plan."""

from __future__ import annotations

import pytest

from bot.errors import (
    AuthenticationFailed,
    InvalidResponse,
    RateLimited,
    SamsarError,
    UpstreamCreditsExhausted,
    WrongApi,
)
from bot.samsar import wire, wire_account
from tests.helpers.response_bodies import HTML, JUNK, as_body


def test_the_status_of_a_movie_that_never_was_proves_the_key() -> None:
    """A wrong key, a wrong URL, a server error and what is said before the key was looked at are told apart."""
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
    """Fractions of a credit are dropped. An invalid number is unknown, not zero."""
    for value, read in ((4200, 4200), (0, 0), (-5, -5), (99.9, 99), (1e3, 1000)):
        assert wire_account.decode_credits(200, {}, as_body({"remainingCredits": value})) == read
    nonsense = [None, True, "4200", [], {}, 10**13, 10**400, float("nan"), float("inf"), float("-inf")]
    for body in (*(as_body({"remainingCredits": each}) for each in nonsense), b'{"remainingCredits": 1e999}', *JUNK):
        with pytest.raises(InvalidResponse):
            wire_account.decode_credits(200, {}, body)


def test_an_error_in_place_of_a_balance_is_told() -> None:
    """The balance proves the key, so it matters why it is missing."""
    errors = {401: AuthenticationFailed, 402: UpstreamCreditsExhausted, 404: WrongApi, 500: InvalidResponse}
    for status, kind in errors.items():
        with pytest.raises(kind):
            wire_account.decode_credits(status, {}, HTML)
