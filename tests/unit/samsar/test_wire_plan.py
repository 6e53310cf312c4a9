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


class TestProbe:
    """The status of a movie that never was checks the key for free."""

    def test_an_unknown_movie_proves_the_key(self) -> None:
        wire.decode_probe(404, {}, as_body({"message": "Request not found."}))
        wire.decode_probe(200, {}, as_body({"status": "PENDING"}))

    @pytest.mark.parametrize(
        ("status", "body", "kind"),
        [
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
            *((status, body, InvalidResponse) for status in (408, 500, 502, 503, 504) for body in (HTML, b"{}", b"")),
            (200, HTML, InvalidResponse),
        ],
    )
    def test_everything_else_is_told(self, status: int, body: bytes, kind: type[SamsarError]) -> None:
        """A wrong key, a wrong URL, a server error and what is said before the key was looked at."""
        with pytest.raises(kind):
            wire.decode_probe(status, {}, body)

    @pytest.mark.parametrize("body", JUNK)
    def test_junk_proves_nothing(self, body: bytes) -> None:
        for status in (200, 400, 404):
            with pytest.raises((InvalidResponse, AuthenticationFailed, WrongApi)):
                wire.decode_probe(status, {}, body)


class TestBalance:
    """GET /v1/credits, where a server has it."""

    @pytest.mark.parametrize(("value", "read"), [(4200, 4200), (0, 0), (-5, -5), (99.9, 99), (1e3, 1000)])
    def test_a_balance_is_whole_credits(self, value: object, read: int) -> None:
        """Fractions of a credit are dropped."""
        assert wire_account.decode_credits(200, {}, as_body({"remainingCredits": value})) == read

    @pytest.mark.parametrize(
        "value", [None, True, "4200", [], {}, 10**13, 10**400, float("nan"), float("inf"), float("-inf")]
    )
    def test_nonsense_is_no_balance(self, value: object) -> None:
        """An invalid number is unknown, not zero."""
        for body in (as_body({"remainingCredits": value}), b'{"remainingCredits": 1e999}'):
            with pytest.raises(InvalidResponse):
                wire_account.decode_credits(200, {}, body)

    @pytest.mark.parametrize("body", JUNK)
    def test_junk_is_no_balance(self, body: bytes) -> None:
        with pytest.raises(InvalidResponse):
            wire_account.decode_credits(200, {}, body)

    @pytest.mark.parametrize(
        ("status", "kind"),
        [(401, AuthenticationFailed), (402, UpstreamCreditsExhausted), (404, WrongApi), (500, InvalidResponse)],
    )
    def test_an_error_is_told(self, status: int, kind: type[SamsarError]) -> None:
        """The balance proves the key, so it matters why it is missing."""
        with pytest.raises(kind):
            wire_account.decode_credits(status, {}, HTML)
