"""The client against a real loopback server."""

from __future__ import annotations

import asyncio
import json

import pytest
from pydantic import SecretStr

from bot.domain.upstream import MovieState
from bot.errors import AuthenticationFailed, ConnectFailed
from bot.samsar import wire
from bot.samsar.client import SamsarClient
from bot.samsar.config import ClientOptions, SamsarConfig
from bot.samsar.profile import AUTUMN_2026
from tests.helpers.ports import free_port
from tests.unit.samsar.conftest import (
    CREATED,
    HOOK,
    KEY,
    PENDING,
    REQUEST,
    ReceivedRequest,
    ScriptedServer,
    cuts,
    endpoints,
    http,
    order,
    poll_status,
    says,
    serving,
)


async def test_an_order_is_sent_as_documented() -> None:
    async with serving(says(CREATED)) as server:
        assert await order(server, HOOK) == "67c4a1b2"
    (sent,) = server.requests
    assert (sent.method, sent.target) == ("POST", "/v1/video/create_movie")
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert sent.headers["content-type"] == "application/json"
    assert json.loads(sent.body) == wire.encode_create(REQUEST, HOOK)


async def test_a_status_is_asked_for_with_the_id_percent_encoded() -> None:
    async with serving(says(PENDING)) as server:
        assert (await poll_status(server, "a&b=c +/?#é")).state is MovieState.PENDING
    (sent,) = server.requests
    assert (sent.method, sent.target) == ("GET", "/v1/video/status?request_id=a%26b%3Dc+%2B/?%23%C3%A9")
    assert sent.headers["authorization"] == f"Bearer {KEY}"


async def test_both_paths_are_configuration() -> None:
    async with serving(says(CREATED, PENDING)) as server:
        there = SamsarConfig(SecretStr(KEY), server.base_url.rstrip("/"), create_path="/v2/make", status_path="look")
        async with SamsarClient.open(there) as client:
            await client.create_movie(REQUEST)
            await client.get_status("a")
    assert [sent.target for sent in server.requests] == ["/v1/video/v2/make", "/v1/video/look?request_id=a"]
    default = SamsarConfig(SecretStr(KEY))
    assert default.create_url == "https://api.samsar.one/v1/video/create_movie"
    assert default.status_url == "https://api.samsar.one/v1/video/status"
    assert default.credits_url == "https://api.samsar.one/v1/credits"


async def test_neither_cookies_nor_proxies_of_the_environment_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key must not pass through a proxy."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    async with serving(says(http(200, b'{"status": "PENDING"}', "Set-Cookie: a=b"))) as server:
        by_name = server.base_url.replace("127.0.0.1", "localhost")  # addresses in figures get no cookies anyway
        async with SamsarClient.open(endpoints(by_name)) as client:
            await client.get_status("a")
            await client.get_status("a")
    assert [sent.headers.get("cookie") for sent in server.requests] == [None, None]


async def test_every_request_waits_for_the_rate_limit() -> None:
    async with serving(says(PENDING)) as server:
        options = ClientOptions(requests_per_second=0.001)
        config = SamsarConfig(SecretStr(KEY), server.base_url, profile=AUTUMN_2026, options=options)
        async with SamsarClient.open(config) as client:
            await client.get_status("a")
            for call in (
                client.create_movie(REQUEST),
                client.cancel_movie("a"),
                client.get_status("a"),
                client.get_credits(),
            ):
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(call, 0.05)
    assert len(server.requests) == 1


async def test_a_shared_rate_is_divided() -> None:
    async with (
        serving(says(PENDING)) as server,
        SamsarClient.open(endpoints(server.base_url, requests_per_second=2.0)) as client,
    ):
        client.share_rate(2)
        await client.get_status("a")
        client.share_rate(2)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.get_status("b"), 0.05)
        client.share_rate(1)
        await asyncio.gather(client.get_status("c"), client.get_status("d"))
    assert len(server.requests) == 3


async def test_an_order_waits_behind_few_polls_however_many_wait() -> None:
    async with (
        serving(says(CREATED)) as server,
        SamsarClient.open(endpoints(server.base_url, requests_per_second=50.0)) as client,
    ):
        looks = [asyncio.ensure_future(client.get_status("a")) for _ in range(1000)]
        await asyncio.sleep(0)
        await client.create_movie(REQUEST)
        before = [sent.method for sent in server.requests].index("POST")
        for each in looks:
            each.cancel()
        await asyncio.gather(*looks, return_exceptions=True)
    assert before < 500


async def test_polls_share_a_connection_and_an_order_has_its_own() -> None:
    """A kept-alive connection could close, with an unknown outcome."""

    async def script(received: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(CREATED if received.method == "POST" else PENDING)

    async with serving(script) as server, SamsarClient.open(endpoints(server.base_url)) as client:
        for _ in range(2):
            await client.get_status("a")
            await client.create_movie(REQUEST)
    assert [sent.connection for sent in server.requests] == [1, 2, 1, 3]


async def test_a_server_that_is_away_is_told_and_its_balance_is_unknown() -> None:
    async with SamsarClient.open(endpoints(ScriptedServer(free_port()).base_url)) as client:
        for call in (client.verify_key, client.ping, client.list_models):
            with pytest.raises(ConnectFailed):
                await call()
        assert await client.get_credits() is None


async def test_a_balance_is_read_or_unknown() -> None:
    answers = [http(200, b'{"remainingCredits": 4200}'), http(404, b"<html>"), http(500), http(200, b"[]"), http(403)]
    async with serving(says(*answers)) as server, SamsarClient.open(endpoints(server.base_url)) as client:
        assert [await client.get_credits() for _ in answers[:-1]] == [4200, None, None, None]
        with pytest.raises(AuthenticationFailed):
            await client.get_credits()
    assert server.requests[0].target == "/v1/credits"
    async with serving(cuts) as server, SamsarClient.open(endpoints(server.base_url)) as client:
        assert await client.get_credits() is None
