"""The client against a real loopback server, in each version of the API."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from pydantic import SecretStr

from bot.core.errors import AuthenticationFailed, ConnectFailed, RequestNotFound, WrongApi
from bot.domain.catalogue import Extras, ListedModel, ModelKind, SpokenLanguage
from bot.domain.upstream import MovieState, RecentRequest
from bot.samsar import wire
from bot.samsar.client import SamsarClient
from bot.samsar.config import AUTUMN_2026, MARCH_2025, ApiProfile, ClientOptions, SamsarConfig
from bot.samsar.detection import detect_other_version
from bot.samsar.wire import UNISSUED_ID
from tests.helpers.ports import free_port
from tests.helpers.response_bodies import HTML, as_body
from tests.unit.samsar.conftest import (
    CREATED,
    HOOK,
    KEY,
    PENDING,
    REQUEST,
    ReceivedRequest,
    Script,
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
    assert default.url(default.create_path) == "https://api.samsar.one/v1/video/create_movie"
    assert default.url(default.status_path) == "https://api.samsar.one/v1/video/status"
    assert default.url(default.profile.credits_path) == "https://api.samsar.one/v1/credits"


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


WRONG_PATH = http(404, HTML)
BOTH = [(MARCH_2025, AUTUMN_2026), (AUTUMN_2026, MARCH_2025)]


def config_of(server: ScriptedServer, profile: ApiProfile) -> SamsarConfig:
    return SamsarConfig(
        SecretStr(KEY),
        f"http://127.0.0.1:{server.port}{profile.base_path}".rstrip("/"),
        profile.create_path,
        profile.status_path,
        profile,
        ClientOptions(requests_per_second=1000.0),
    )


def at_path(path: str, answer: bytes) -> Script:
    async def script(received: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(answer if received.target.partition("?")[0] == path else WRONG_PATH)
        await writer.drain()

    return script


async def test_the_account_is_read_at_the_same_paths_in_both_versions() -> None:
    body = as_body({"remainingCredits": 4200, "VIDEO_MODELS": [{"value": "RUNWAYML", "basePrice": 30}]})
    for profile, _ in BOTH:
        async with (
            serving(says(http(200, body))) as server,
            SamsarClient.open(config_of(server, profile)) as client,
        ):
            assert await client.get_credits() == 4200
            assert await client.list_models() == (ListedModel(ModelKind.VIDEO, "RUNWAYML", 30),)
        paths = ("/v1/credits", "/v1/video/supported_models")
        assert [(sent.method, sent.target) for sent in server.requests] == [("GET", path) for path in paths]
        assert all(sent.headers["user-agent"].startswith("Matinee/") for sent in server.requests)


async def test_only_version_2026_lists_the_last_requests() -> None:
    listed = as_body({"requests": [{"request_id": "a", "status": "PENDING", "created_at": 5}]})
    async with serving(says(http(200, listed))) as server:
        async with SamsarClient.open(config_of(server, MARCH_2025)) as client:
            assert await client.recent_requests() is None
        async with SamsarClient.open(config_of(server, AUTUMN_2026)) as client:
            assert await client.recent_requests() == (RecentRequest("a", "PENDING", 5),)
    assert [sent.target for sent in server.requests] == ["/v2/requests?type=video&limit=50"]


async def test_only_version_2026_cancels_a_movie() -> None:
    async with serving(says(http(200, b"{}"), http(404, b"{}"))) as server:
        async with SamsarClient.open(config_of(server, AUTUMN_2026)) as client:
            await client.cancel_movie("a")
            with pytest.raises(RequestNotFound):
                await client.cancel_movie("b")
        async with SamsarClient.open(config_of(server, MARCH_2025)) as client:
            with pytest.raises(WrongApi) as caught:
                await client.cancel_movie("c")
        assert "Set SAMSAR_API=2026," in caught.value.advice
    assert [(sent.method, sent.target, json.loads(sent.body)) for sent in server.requests] == [
        ("POST", "/v1/video/cancel_render", {"input": {"videoSessionId": movie}}) for movie in ("a", "b")
    ]


async def test_an_order_has_the_path_and_the_extras_of_its_version() -> None:
    french = replace(REQUEST, extras=Extras(language=SpokenLanguage.FRENCH))
    sent = [("/v1/video/create_movie", None), ("/v1/video/text_to_video", "fr")]
    for (profile, other), (target, language) in zip(BOTH, sent, strict=True):
        async with (
            serving(says(CREATED, WRONG_PATH)) as server,
            SamsarClient.open(config_of(server, profile)) as client,
        ):
            await client.create_movie(french)
            with pytest.raises(WrongApi) as caught:
                await client.create_movie(french)
        assert [each.target for each in server.requests] == [target] * 2
        assert json.loads(server.requests[0].body)["input"].get("language") == language
        assert caught.value.status == 404
        advice = f"it doesn't speak SAMSAR_API={profile.version}. Set SAMSAR_API={other.version}, and"
        assert advice in caught.value.advice


async def test_a_status_is_read_in_the_words_of_the_version() -> None:
    done = http(200, as_body({"status": "DONE", "result_url": "/a.mp4"}))
    async with serving(says(done, PENDING)) as server:
        async with SamsarClient.open(config_of(server, AUTUMN_2026)) as client:
            finished, waiting = await client.get_status("a"), await client.get_status("b")
        assert (finished.state, finished.url) == (MovieState.COMPLETED, f"http://127.0.0.1:{server.port}/a.mp4")
        assert waiting.is_certainly_unfinished
        async with SamsarClient.open(config_of(server, MARCH_2025)) as client:
            assert not (await client.get_status("c")).is_certainly_unfinished
    assert server.requests[0].target == "/v1/status?request_id=a"


async def test_the_key_is_checked_where_the_api_looks_at_it() -> None:
    """A status without an id is refused before the key is looked at. Nothing is created."""

    async def script(received: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        if received.target.endswith("/status"):
            writer.write(http(400, b'{"message": "request_id (or session_id) query param is required."}'))
        elif received.headers["authorization"] != f"Bearer {KEY}":
            writer.write(http(401, b'{"message": "Invalid API_KEY. User not found."}'))
        elif "status" in received.target:
            writer.write(http(404, b'{"message": "Request not found."}'))
        else:
            writer.write(http(200, b'{"remainingCredits": 4200}'))

    pings = [(MARCH_2025, f"/v1/video/status?request_id={UNISSUED_ID}"), (AUTUMN_2026, "/v1/credits")]
    for profile, ping in pings:
        async with serving(script) as server:
            config = config_of(server, profile)
            async with SamsarClient.open(config) as client:
                await client.ping()
                await client.verify_key()
            async with SamsarClient.open(replace(config, key=SecretStr("another-key"))) as client:
                for call in (client.ping, client.verify_key):
                    with pytest.raises(AuthenticationFailed):
                        await call()
        status = f"{profile.base_path}{profile.status_path}?request_id={UNISSUED_ID}"
        assert [(sent.method, sent.target) for sent in server.requests] == [("GET", ping), ("GET", status)] * 2


async def test_the_other_version_is_found_at_its_paths() -> None:
    for profile, other in BOTH:
        path = other.base_path + other.status_path
        for answer in (http(404, b'{"message": "Request not found."}'), *map(http, (401, 402, 403, 429))):
            async with serving(at_path(path, answer)) as server:
                found = await detect_other_version(config_of(server, profile))
                base_url = f"http://127.0.0.1:{server.port}{other.base_path}"
                assert found == replace(config_of(server, other), base_url=base_url)


async def test_a_server_that_speaks_the_version_that_is_set_speaks_no_other() -> None:
    path = MARCH_2025.base_path + MARCH_2025.status_path
    async with serving(at_path(path, PENDING)) as server:
        usual = replace(config_of(server, MARCH_2025), base_url=server.base_url)
        assert await detect_other_version(usual) is None
        by_hand = replace(usual, create_path="make", status_path="look")
        assert await detect_other_version(by_hand) == usual
    assert (usual.has_custom_paths, by_hand.has_custom_paths) == (False, True)
    assert all(replace(usual, **{name: "x"}).has_custom_paths for name in ("create_path", "status_path"))
    assert await detect_other_version(config_of(ScriptedServer(free_port()), MARCH_2025)) is None
