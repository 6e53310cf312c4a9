"""Errors of Discord during a response, or while a file is read."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import aiohttp
import discord
import pytest

from bot.discord_client.responses import _map_errors, log_discord_errors
from bot.discord_client.uploads import read_upload
from bot.errors import DeliveryUnconfirmed
from tests.helpers.rest_responses import rest_response
from tests.unit.discord_client.conftest import CUTS

EACH = pytest.mark.parametrize("error", CUTS, ids=lambda error: type(error).__name__)


@EACH
def test_a_private_response_that_is_cut_off_is_only_logged(caplog: pytest.LogCaptureFixture, error: Exception) -> None:
    with log_discord_errors():
        raise error
    assert caplog.messages == ["response_failed"]


@EACH
def test_a_card_that_is_cut_off_is_unconfirmed(error: Exception) -> None:
    """Its member may see it."""
    with pytest.raises(DeliveryUnconfirmed), _map_errors():
        raise error


@pytest.mark.parametrize(
    "error",
    [
        discord.NotFound(rest_response(HTTPStatus.NOT_FOUND), "gone"),
        aiohttp.ClientPayloadError(),
        ConnectionResetError(104, "reset"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_file_that_discord_does_not_hand_over_has_no_content(error: Exception) -> None:
    client = discord.Client(intents=discord.Intents(guilds=True))
    data: Any = {"id": "1", "filename": "setup.json", "size": 2, "url": "https://cdn.test/1", "proxy_url": ""}

    async def get_from_cdn(_url: str) -> bytes:
        raise error

    client.http.get_from_cdn = get_from_cdn
    assert await read_upload(discord.Attachment(data=data, state=client._connection)) is None
