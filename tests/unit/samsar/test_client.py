"""The client against a real loopback server."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from pydantic import SecretStr

from bot.domain.upstream import MovieState
from bot.errors import (
    AuthenticationFailed,
    ConfigurationError,
    ConnectFailed,
)
from bot.samsar.client import SamsarClient
from bot.samsar.config import ClientOptions, SamsarConfig
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


class TestRequests:
    """The method, path, headers and body of each request."""

    async def test_create_movie_sends_the_documented_request(self) -> None:
        """It is POST /create_movie with the documented header and body.

        The response's request_id is returned.
        """
        async with serving(says(CREATED)) as server:
            assert await order(server, HOOK) == "67c4a1b2"
        (sent,) = server.requests
        assert (sent.method, sent.target) == ("POST", "/v1/video/create_movie")
        assert sent.headers["authorization"] == f"Bearer {KEY}"
        assert sent.headers["content-type"] == "application/json"
        assert json.loads(sent.body) == {
            "input": {
                "prompt": "A fox crosses the moor",
                "aspect_ratio": "16:9",
                "image_model": "FLUX1.1PRO",
                "video_model": "LUMA",
                "duration": 30,
            },
            "webhookUrl": HOOK,
        }

    async def test_status_sends_the_documented_request(self) -> None:
        """The id is percent-encoded."""
        async with serving(says(PENDING)) as server:
            assert (await poll_status(server, "a&b=c +/?#é")).state is MovieState.PENDING
        (sent,) = server.requests
        assert sent.method == "GET"
        assert sent.target == "/v1/video/status?request_id=a%26b%3Dc+%2B/?%23%C3%A9"
        assert sent.headers["authorization"] == f"Bearer {KEY}"

    async def test_both_paths_are_configuration(self) -> None:
        """An extra slash does no harm."""
        async with serving(says(CREATED, PENDING)) as server:
            there = SamsarConfig(
                SecretStr(KEY), server.base_url.rstrip("/"), create_path="/v2/make", status_path="look"
            )
            async with SamsarClient.open(there) as client:
                await client.create_movie(REQUEST)
                await client.get_status("a")
        assert [sent.target for sent in server.requests] == ["/v1/video/v2/make", "/v1/video/look?request_id=a"]

    async def test_no_cookie_is_ever_sent_back(self) -> None:
        async with serving(says(http(200, b'{"status": "PENDING"}', "Set-Cookie: a=b"))) as server:
            by_name = server.base_url.replace("127.0.0.1", "localhost")  # addresses in figures get no cookies anyway
            async with SamsarClient.open(endpoints(by_name)) as client:
                await client.get_status("a")
                await client.get_status("a")
        assert [sent.headers.get("cookie") for sent in server.requests] == [None, None]

    async def test_proxies_in_the_environment_are_not_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The key must not pass through a proxy."""
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
        async with serving(says(CREATED)) as server:
            assert await order(server)

    async def test_requests_are_spaced(self) -> None:
        """The next request waits, and can be canceled meanwhile."""
        async with serving(says(PENDING)) as server:
            async with SamsarClient.open(endpoints(server.base_url, requests_per_second=2.0)) as client:
                await asyncio.gather(client.get_status("a"), client.get_status("b"))
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(client.create_movie(REQUEST), 0.05)
            async with SamsarClient.open(endpoints(server.base_url, requests_per_second=0.1)) as client:
                await client.get_status("c")
        assert [sent.method for sent in server.requests] == ["GET"] * 3

    async def test_a_shared_rate_is_divided(self) -> None:
        """With two processes, each may send half as many requests at once."""
        async with (
            serving(says(PENDING)) as server,
            SamsarClient.open(endpoints(server.base_url, requests_per_second=2.0)) as client,
        ):
            client.share_rate(2)
            await client.get_status("a")
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.get_status("b"), 0.05)
            client.share_rate(1)
            await asyncio.gather(client.get_status("c"), client.get_status("d"))
        assert len(server.requests) == 3

    async def test_an_order_waits_behind_few_polls_however_many_wait(self) -> None:
        """Polls can wait.

        Few of them go before the order, more only while a busy machine opens its connection.
        """
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

    async def test_an_order_never_shares_a_connection(self) -> None:
        """A kept-alive connection could close, with an unknown outcome."""

        async def closes_when_used_again(received: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
            seen = [sent for sent in server.requests if sent.connection == received.connection]
            if len(seen) > 1:
                writer.close()
            else:
                writer.write(CREATED if received.method == "POST" else PENDING)

        async with serving(closes_when_used_again) as server, SamsarClient.open(endpoints(server.base_url)) as client:
            await client.get_status("a")
            assert await client.create_movie(REQUEST)
            assert await client.create_movie(REQUEST)
        assert [sent.connection for sent in server.requests] == [1, 2, 3]

    async def test_status_polls_share_a_connection(self) -> None:
        """Each poll needs no connection of its own."""
        async with serving(says(PENDING)) as server, SamsarClient.open(endpoints(server.base_url)) as client:
            for name in "abc":
                await client.get_status(name)
        assert [sent.connection for sent in server.requests] == [1, 1, 1]


class TestProbeAndBalance:
    """Requests that cost nothing."""

    async def test_probe_tells_a_wrong_key_and_a_closed_door(self) -> None:
        """The exceptions for a 401 and for a closed port differ."""
        async with serving(says(http(401, b"{}"))) as server, SamsarClient.open(endpoints(server.base_url)) as client:
            with pytest.raises(AuthenticationFailed):
                await client.verify_key()
            with pytest.raises(AuthenticationFailed):
                await client.ping()
        async with SamsarClient.open(endpoints(ScriptedServer(free_port()).base_url)) as client:
            with pytest.raises(ConnectFailed):
                await client.verify_key()
            with pytest.raises(ConnectFailed):
                await client.ping()

    async def test_balance_is_asked_beside_the_video_folder(self) -> None:
        """GET /v1/credits has the balance in credits."""
        async with (
            serving(says(http(200, b'{"remainingCredits": 4200}'))) as server,
            SamsarClient.open(endpoints(server.base_url)) as client,
        ):
            assert await client.get_credits() == 4200
        assert [sent.target for sent in server.requests] == ["/v1/credits"]

    @pytest.mark.parametrize("script", [cuts, says(http(404, b"<html>")), says(http(500)), says(http(200, b"[]"))])
    async def test_a_balance_that_is_not_told_is_unknown(self, script: Any) -> None:
        """A server without balances, or one that fails, is no error."""
        async with serving(script) as server, SamsarClient.open(endpoints(server.base_url)) as client:
            assert await client.get_credits() is None

    async def test_a_balance_with_a_wrong_key_is_told(self) -> None:
        """Other failures of a balance request need no alarm."""
        async with serving(says(http(403))) as server, SamsarClient.open(endpoints(server.base_url)) as client:
            with pytest.raises(AuthenticationFailed):
                await client.get_credits()

    def test_the_default_addresses_are_the_documented_ones(self) -> None:
        there = SamsarConfig(SecretStr(KEY))
        assert there.create_url == "https://api.samsar.one/v1/video/create_movie"
        assert there.status_url == "https://api.samsar.one/v1/video/status"
        assert there.credits_url == "https://api.samsar.one/v1/credits"


class TestEndpoints:
    """The configuration is checked before the first request."""

    @pytest.mark.parametrize("key", ["", "two words", "line\nbreak", "schlüssel", "\x00"])
    def test_a_key_that_no_header_can_carry_is_a_configuration_error(self, key: str) -> None:
        """The startup error does not show the key."""
        with pytest.raises(ConfigurationError) as caught:
            SamsarConfig(SecretStr(key))
        assert not key or key not in str(caught.value)

    @pytest.mark.parametrize(
        "base_url",
        [
            "",
            "api.samsar.one",
            "ftp://api.samsar.one/",
            "https://",
            "https://u:p@api.samsar.one/",
            "https://a/?q=1",
            "https://a/#b",
            "https://a:99999/",
            "https://[::1/",
        ],
    )
    def test_an_address_that_cannot_be_used_is_a_configuration_error(self, base_url: str) -> None:
        """The operator reads it at startup, before the first order."""
        with pytest.raises(ConfigurationError, match="base URL"):
            SamsarConfig(SecretStr(KEY), base_url)

    def test_a_rate_of_nothing_is_a_configuration_error(self) -> None:
        """A rate of zero would allow no request."""
        with pytest.raises(ConfigurationError, match="second"):
            ClientOptions(requests_per_second=0)
