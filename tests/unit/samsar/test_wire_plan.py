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
    """A status request without a request_id checks the key for free."""

    def test_the_missing_request_id_message_proves_the_key(self) -> None:
        """The documented 400 shows that the key is valid."""
        wire.decode_probe(400, {}, as_body({"message": "request_id query parameter is missing."}))
        wire.decode_probe(400, {}, as_body({"message": "Session ID is required"}))
        wire.decode_probe(200, {}, as_body({"status": "PENDING"}))

    @pytest.mark.parametrize(
        ("status", "body", "kind"),
        [
            (400, as_body({"message": "API_KEY is missing"}), AuthenticationFailed),
            (401, as_body({"message": "Invalid API key"}), AuthenticationFailed),
            (401, as_body({"message": "No request_id, and no user of this key"}), AuthenticationFailed),
            (402, b"{}", UpstreamCreditsExhausted),
            (429, b"{}", RateLimited),
            (400, HTML, InvalidResponse),
            (404, HTML, WrongApi),
            (302, b"", InvalidResponse),
            (500, b"{}", InvalidResponse),
            (200, HTML, InvalidResponse),
        ],
    )
    def test_everything_else_is_told(self, status: int, body: bytes, kind: type[SamsarError]) -> None:
        """A wrong key, a wrong URL and a server error differ."""
        with pytest.raises(kind):
            wire.decode_probe(status, {}, body)


class TestPing:
    """Whether the API works again after an outage."""

    @pytest.mark.parametrize("status", [200, 400, 404, 405, 422])
    def test_the_apis_own_json_proves_that_it_works(self, status: int) -> None:
        """A rejection counts; a proxy's response does not."""
        wire.decode_ping(status, {}, as_body({"message": "no"}))

    @pytest.mark.parametrize(
        ("status", "body", "kind"),
        [
            (400, as_body({"message": "API_KEY is missing"}), AuthenticationFailed),
            (401, as_body({"message": "Invalid API key"}), AuthenticationFailed),
            (403, HTML, AuthenticationFailed),
            (402, b"{}", UpstreamCreditsExhausted),
            (429, b"{}", RateLimited),
            (200, HTML, InvalidResponse),
            (400, HTML, InvalidResponse),
            (404, HTML, WrongApi),
            (404, b"", InvalidResponse),
            (302, b"{}", InvalidResponse),
            (408, b"{}", InvalidResponse),
            *((status, body, InvalidResponse) for status in (500, 502, 503, 504) for body in (HTML, b"{}", b"")),
        ],
    )
    def test_nothing_else_does(self, status: int, body: bytes, kind: type[SamsarError]) -> None:
        """Examples are a rejected key, a proxy's page and a server error."""
        with pytest.raises(kind):
            wire.decode_ping(status, {}, body)

    @pytest.mark.parametrize("body", JUNK)
    def test_junk_proves_nothing(self, body: bytes) -> None:
        for status in (200, 400, 404):
            with pytest.raises((InvalidResponse, AuthenticationFailed, WrongApi)):
                wire.decode_ping(status, {}, body)


class TestBalance:
    """GET /v1/credits, where a server has it."""

    @pytest.mark.parametrize(("value", "read"), [(4200, 4200), (0, 0), (-5, -5), (99.9, 99), (1e3, 1000)])
    def test_a_balance_is_whole_credits(self, value: object, read: int) -> None:
        """Fractions of a credit are dropped."""
        assert wire_account.decode_credits(200, {}, as_body({"remainingCredits": value})) == read

    @pytest.mark.parametrize(
        "value", [None, True, "4200", [], {}, 10**13, 10**400, float("nan"), float("inf"), float("-inf")]
    )
    def test_nonsense_is_unknown(self, value: object) -> None:
        """An invalid number is unknown, not zero."""
        assert wire_account.decode_credits(200, {}, as_body({"remainingCredits": value})) is None
        assert wire_account.decode_credits(200, {}, b'{"remainingCredits": 1e999}') is None

    @pytest.mark.parametrize("status", [400, 402, 404, 429, 500])
    def test_a_server_without_balances_is_no_error(self, status: int) -> None:
        """Most servers have no such path."""
        assert wire_account.decode_credits(status, {}, HTML) is None

    @pytest.mark.parametrize("body", JUNK)
    def test_junk_is_unknown(self, body: bytes) -> None:
        assert wire_account.decode_credits(200, {}, body) is None

    def test_a_wrong_key_is_told(self) -> None:
        with pytest.raises(AuthenticationFailed):
            wire_account.decode_credits(401, {}, b"{}")
