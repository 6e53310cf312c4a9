"""What the API says of the operator's key and plan, without anything being made."""

from __future__ import annotations

import pytest

from bot.errors import Broken, Busy, KeyRejected, OutOfCredits, SamsarError
from bot.samsar import wire
from tests.unit.samsar.bodies import HTML, JUNK, as_body


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
