"""Which of Discord's errors are final, and which pass."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot.discord_client.responses import _map_errors, log_discord_errors
from bot.discord_client.rest_errors import map_errors
from bot.discord_client.uploads import read_upload
from bot.errors import DeliveryDeferred, DeliveryRejected, DeliveryUnconfirmed
from tests.helpers.rest_responses import rest_response
from tests.unit.discord_client.conftest import CUTS

CLOSED = """
    404:10003 404:10004 404:10013 403:50001 403:50013 403:50007 400:50033 403:50278 403:160005 400:40058 400:40067
    400:50008 403:50009 400:50024 400:50083 400:40005 413:40005 413:0
"""
CONTENT = "400:200000 400:240000 400:50035"
"""What a message says is refused, not its channel."""

PASSING = """
    429:0 500:0 502:0 503:0 504:0 429:130000 400:130000 500:130000 401:0 403:0 404:0 400:0 400:40003 403:40004 403:20026
    400:20028 400:99999 404:99999
"""
"""An overloaded Discord, a renewed token, a proxy's own refusal, too many messages, and codes that nobody knows yet."""


def outcome(error: Exception) -> object:
    async def request() -> None:
        raise error

    try:
        return asyncio.run(map_errors(request))
    except DeliveryRejected as exc:
        return "rejected", exc.code, exc.is_closed
    except DeliveryDeferred as exc:
        return "deferred", exc.code, exc.definitely_failed, exc.retry_after


def refusal(text: str) -> tuple[discord.HTTPException, int, int]:
    status, code = map(int, text.split(":"))
    response: Any = SimpleNamespace(status=status, reason="")
    return discord.HTTPException(response, {"code": code, "message": "no"}), status, code


def test_only_known_codes_are_final_and_the_others_are_tried_again() -> None:
    """Below 500, Discord rejected the request, so that nothing was posted."""
    for text in (*CLOSED.split(), *CONTENT.split()):
        error, _, code = refusal(text)
        assert outcome(error) == ("rejected", code, text not in CONTENT.split()), text
    for text in PASSING.split():
        error, status, code = refusal(text)
        assert outcome(error) == ("deferred", code, status < 500, None), text
    assert outcome(refusal("404:10008")[0]) is None, "a repeated nonce: its message arrived, and is deleted since"


def test_a_connection_that_is_cut_is_waited_out() -> None:
    """The message may have arrived; the nonce prevents a duplicate."""
    for error in (*CUTS, aiohttp.ClientConnectionResetError("reset"), TimeoutError()):
        wait = 3.5 if isinstance(error, discord.RateLimited) else None
        assert outcome(error) == ("deferred", 0, False, wait), error


def test_a_response_that_is_cut_off_is_logged_or_unconfirmed(caplog: pytest.LogCaptureFixture) -> None:
    """Its member may see a card. A private response is only logged."""
    for error in CUTS:
        caplog.clear()
        with log_discord_errors():
            raise error
        assert caplog.messages == ["response_failed"]
        with pytest.raises(DeliveryUnconfirmed), _map_errors():
            raise error


async def test_a_file_that_discord_does_not_hand_over_has_no_content() -> None:
    client = discord.Client(intents=discord.Intents(guilds=True))
    data: Any = {"id": "1", "filename": "setup.json", "size": 2, "url": "https://cdn.test/1", "proxy_url": ""}
    gone = discord.NotFound(rest_response(HTTPStatus.NOT_FOUND), "gone")
    for error in (gone, aiohttp.ClientPayloadError(), ConnectionResetError(104, "reset")):

        async def get_from_cdn(_url: str, error: Exception = error) -> bytes:
            raise error

        client.http.get_from_cdn = get_from_cdn
        assert await read_upload(discord.Attachment(data=data, state=client._connection)) is None
