"""Only the API sees the key and a job's callback URL."""

from __future__ import annotations

import json
import logging
import traceback

import pytest
from pydantic import SecretStr

from bot.errors import InvalidResponse, OutcomeUnknown, SamsarError
from bot.samsar import client as samsar
from bot.samsar.config import SamsarConfig
from tests.unit.samsar.conftest import (
    HOOK,
    KEY,
    REQUEST,
    breaks_off,
    cuts,
    hangs,
    http,
    order,
    poll_status,
    says,
    serving,
)


def told(exc: BaseException) -> str:
    chain = [exc, exc.__cause__, exc.__context__]
    return "".join(traceback.format_exception(exc)) + "".join(f"{each!r}{each}" for each in chain) + repr(vars(exc))


async def test_an_api_that_echoes_secrets_tells_no_one(caplog: pytest.LogCaptureFixture) -> None:
    """The response may escape the slashes of the secrets. A status reaches the rest of the bot."""
    caplog.set_level(logging.DEBUG)
    echo = json.dumps({"message": f"no: Bearer {KEY} for {HOOK}", "detail": KEY})
    for status in (200, 302, 400, 401, 402, 404, 429, 500):
        for body in (echo, echo.replace("/", "\\/")):
            async with serving(says(http(status, body.encode()))) as server:
                with pytest.raises(SamsarError) as ordered:
                    await order(server, HOOK)
                with pytest.raises(SamsarError) as looked:
                    await poll_status(server)
            assert KEY not in told(ordered.value) + told(looked.value) + caplog.text
            assert "job-secret" not in told(ordered.value) + caplog.text
    failed = json.dumps({"status": "FAILED", "message": KEY, "details": {KEY: "INIT"}}).encode()
    async with serving(says(http(200, failed))) as server:
        assert KEY not in repr(await poll_status(server))


async def test_a_broken_connection_tells_no_one(caplog: pytest.LogCaptureFixture) -> None:
    """The exceptions of aiohttp carry the request's headers."""
    caplog.set_level(logging.DEBUG)
    for script in (cuts, breaks_off, hangs, says(f"HTTP/1.1 200 OK\r\n{KEY}\r\n\r\n".encode())):
        async with serving(script) as server:
            with pytest.raises(OutcomeUnknown) as caught:
                await order(server, HOOK, read_seconds=0.2, total_seconds=1.0)
        assert KEY not in told(caught.value) + caplog.text
        assert caught.value.__cause__ is caught.value.__context__ is None


async def test_an_answer_that_is_no_http_is_not_quoted() -> None:
    for answer in (
        f"Sorry, '{REQUEST.prompt}' is refused.\r\n\r\n",
        f"HTTP/1.1 400 Bad\r\nAbout {REQUEST.prompt}: no\r\n\r\n",
        f"HTTP/1.1 400 Bad\r\nAbout: {REQUEST.prompt}\0\r\n\r\n",
    ):
        async with serving(says(answer.encode())) as server:
            with pytest.raises(OutcomeUnknown) as caught:
                await order(server)
        assert REQUEST.prompt not in told(caught.value)
        assert str(caught.value) == "ClientResponseError: the answer is not valid HTTP"


def test_the_key_is_hidden_unless_it_may_be_part_of_any_word() -> None:
    config = SamsarConfig(SecretStr(KEY))
    assert KEY not in f"{config!r}{config}"
    for secret, shown in (("a", "12345678 took a while"), ("12345678", "[hidden] took a while")):
        failure = samsar.map_exception(TimeoutError("12345678 took a while"), InvalidResponse, (secret,))
        assert failure.message == f"TimeoutError: {shown}"
