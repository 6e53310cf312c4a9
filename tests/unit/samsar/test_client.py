"""The client against a real loopback server, in each version of the API, also where it fails."""

import asyncio
import gzip
import itertools
import json
import logging
import traceback
import tracemalloc
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from aiolimiter import AsyncLimiter
from pydantic import SecretStr

from bot.core import errors
from bot.domain.catalogue import Extras, ListedModel, ModelKind, SpokenLanguage
from bot.domain.moderation import ModerationCategory, Verdict
from bot.domain.upstream import MovieState, RecentRequest
from bot.samsar import client as samsar
from bot.samsar import wire
from bot.samsar.client import SamsarClient, detect_other_version
from bot.samsar.config import AUTUMN_2026, MARCH_2025, ClientOptions, SamsarConfig
from bot.samsar.wire import UNISSUED_ID
from tests.helpers.looptime import LoopTime
from tests.helpers.ports import free_port
from tests.helpers.response_bodies import HTML, as_body
from tests.unit.samsar.conftest import (
    CREATED,
    HOOK,
    KEY,
    PENDING,
    REQUEST,
    FakeSleep,
    ReceivedRequest,
    Script,
    ScriptedServer,
    asking,
    breaks_off,
    config_of,
    cuts,
    drips,
    endpoints,
    hangs,
    http,
    order,
    poll_status,
    resets,
    says,
    serving,
)


async def test_an_order_is_sent_as_documented_and_a_status_asked_for_with_its_id_percent_encoded() -> None:
    async with serving(says(CREATED, PENDING)) as server:
        assert await order(server, HOOK) == "67c4a1b2"
        assert (await poll_status(server, "a&b=c +/?#é")).state is MovieState.PENDING
    ordered, asked = server.requests
    assert (ordered.method, ordered.target) == ("POST", "/v1/video/create_movie")
    assert ordered.headers["content-type"] == "application/json"
    assert json.loads(ordered.body) == {"input": wire.movie_fields(REQUEST), "webhookUrl": HOOK}
    assert (asked.method, asked.target) == ("GET", "/v1/video/status?request_id=a%26b%3Dc+%2B/?%23%C3%A9")
    assert {sent.headers["authorization"] for sent in server.requests} == {f"Bearer {KEY}"}


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


async def test_a_storyboard_has_addresses_of_its_own_and_a_larger_status() -> None:
    large = json.dumps({"status": "COMPLETED", "requires_user_action": True, "links": "x" * 2 * samsar.MAX_BODY_BYTES})
    async with asking(http(502), http(200, large.encode()), PENDING) as (client, received):
        assert (await client.get_step_status("67c4a1b2")).waits
        assert not (await client.process_next("67c4a1b2")).waits
    _, asked, told = received
    assert (asked.method, asked.target) == ("GET", "/v2/video/step/status?request_id=67c4a1b2")
    assert (told.method, told.target) == ("POST", "/v2/video/step/process_next")
    assert json.loads(told.body) == {"input": {"request_id": "67c4a1b2"}}


async def test_without_an_answer_a_storyboard_may_go_on() -> None:
    for script, error in ((cuts, errors.OutcomeUnknown), (says(http(409, b"{}")), errors.InvalidResponse)):
        async with asking(script=script) as (client, received):
            with pytest.raises(error):
                await client.process_next("67c4a1b2")
        assert len(received) == 1


async def test_neither_cookies_nor_proxies_of_the_environment_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key must not pass through a proxy."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    async with serving(says(http(200, b'{"status": "PENDING"}', "Set-Cookie: a=b"))) as server:
        by_name = server.base_url.replace("127.0.0.1", "localhost")  # addresses in figures get no cookies anyway
        async with SamsarClient.open(endpoints(by_name)) as client:
            await client.get_status("a")
            await client.get_status("a")
    assert [sent.headers.get("cookie") for sent in server.requests] == [None, None]


async def test_a_shared_rate_is_divided() -> None:
    async with asking(PENDING, requests_per_second=2.0) as (client, received):
        client.share_rate(2)
        await client.get_status("a")
        client.share_rate(2)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.get_status("b"), 0.05)
        client.share_rate(1)
        await asyncio.gather(client.get_status("c"), client.get_status("d"))
    assert len(received) == 3


async def test_an_order_waits_behind_few_polls_however_many_wait() -> None:
    async with asking(CREATED, requests_per_second=50.0) as (client, received):
        looks = [asyncio.ensure_future(client.get_status("a")) for _ in range(200)]
        await asyncio.sleep(0)
        await client.create_movie(REQUEST)
        before = [sent.method for sent in received].index("POST")
        for each in looks:
            each.cancel()
        await asyncio.gather(*looks, return_exceptions=True)
    assert before < 100


async def test_polls_share_a_connection_and_an_order_has_its_own() -> None:
    """A kept-alive connection could close, with an unknown outcome."""

    async def script(received: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(CREATED if received.method == "POST" else PENDING)

    async with asking(script=script) as (client, received):
        for _ in range(2):
            await client.get_status("a")
            await client.create_movie(REQUEST)
    assert [sent.connection for sent in received] == [1, 2, 1, 3]


async def test_a_server_that_is_away_is_told_and_its_balance_is_unknown() -> None:
    async with SamsarClient.open(endpoints(ScriptedServer(free_port()).base_url)) as client:
        for call in (client.verify_key, client.ping, client.list_models):
            with pytest.raises(errors.ConnectFailed):
                await call()
        assert await client.get_credits() is None
    answers = [http(404, b"<html>"), http(500), http(200, b"[]"), http(403)]
    async with asking(*answers) as (client, _):
        assert [await client.get_credits() for _ in answers[:-1]] == [None, None, None]
        with pytest.raises(errors.AuthenticationFailed):
            await client.get_credits()
    async with asking(script=cuts) as (client, _):
        assert await client.get_credits() is None


WRONG_PATH = http(404, HTML)
BOTH = [(MARCH_2025, AUTUMN_2026), (AUTUMN_2026, MARCH_2025)]


def at_path(path: str, answer: bytes) -> Script:
    async def script(received: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(answer if received.target.partition("?")[0] == path else WRONG_PATH)

    return script


async def test_the_account_is_read_at_the_same_paths_in_both_versions() -> None:
    models = {"VIDEO_MODELS": [{"value": "RUNWAYML", "basePrice": 30}], "IMAGE_MODELS": []}
    body = as_body({"remainingCredits": 4200, **models})
    for profile, _ in BOTH:
        async with asking(http(200, body), profile=profile) as (client, received):
            assert await client.get_credits() == 4200
            assert await client.list_models() == (ListedModel(ModelKind.VIDEO, "RUNWAYML", 30),)
        paths = ("/v1/credits", "/v1/video/supported_models")
        assert [(sent.method, sent.target) for sent in received] == [("GET", path) for path in paths]
        assert all(sent.headers["user-agent"].startswith("Matinee/") for sent in received)


async def test_the_last_requests_are_listed_and_a_movie_is_cancelled() -> None:
    listed = as_body({"requests": [{"request_id": "a", "status": "PENDING", "created_at": 5}]})
    async with asking(http(200, listed), http(200, b"{}"), http(404, b"{}")) as (client, received):
        assert await client.recent_requests() == (RecentRequest("a", "PENDING", 5),)
        await client.cancel_movie("a")
        with pytest.raises(errors.RequestNotFound):
            await client.cancel_movie("b")
    asked, *cancelled = received
    assert asked.target == "/v2/requests?type=video&limit=50"
    assert {(sent.method, sent.target) for sent in cancelled} == {("POST", "/v1/video/cancel_render")}
    bodies = [json.loads(sent.body) for sent in cancelled]
    assert bodies == [{"input": {"videoSessionId": movie}} for movie in ("a", "b")]


async def test_a_prompt_and_pictures_are_moderated() -> None:
    passed, flagged = {"safe": True, "reason": "passed"}, {"safe": False, "reason": "flagged", "categories": ["hate"]}
    async with asking(*(http(200, as_body({"decision": each})) for each in (passed, flagged))) as (client, received):
        assert await client.moderate("a fox") == Verdict()
        assert await client.moderate("a fox", ["data:image/png;base64,AA=="]) == Verdict(ModerationCategory.HATE)
    assert [(sent.method, sent.target) for sent in received] == [("POST", "/v2/external/moderation")] * 2
    assert json.loads(received[0].body) == {"input": [*wire.encode_moderation("a fox")]}


async def given_up(request: asyncio.Task[Verdict], time: LoopTime) -> None:
    await asyncio.sleep(0)
    time.advance(1.1)
    await asyncio.sleep(0)
    assert not request.done()
    time.advance(0.2)
    async with asyncio.timeout(4.0):  # of the machine, on which nothing is left to wait for
        with pytest.raises(errors.InvalidResponse):
            await request


async def test_nobody_waits_for_a_verdict_for_long() -> None:
    heard = asyncio.Event()
    async with asking(script=hears(heard)) as (client, received):
        time, first = LoopTime(), asyncio.create_task(client.moderate("a fox"))
        await heard.wait()
        await given_up(first, time)
        client._limiter = AsyncLimiter(1, 1e6)
        await client._limiter.acquire()
        await given_up(asyncio.create_task(client.moderate("a fox")), time)
    assert len(received) == 1


async def test_an_order_has_the_path_and_the_extras_of_its_version() -> None:
    french = replace(REQUEST, extras=Extras(language=SpokenLanguage.FRENCH))
    sent = [("/v1/video/create_movie", None), ("/v1/video/text_to_video", "fr")]
    for (profile, other), (target, language) in zip(BOTH, sent, strict=True):
        async with asking(CREATED, WRONG_PATH, profile=profile) as (client, received):
            await client.create_movie(french)
            with pytest.raises(errors.WrongApi) as caught:
                await client.create_movie(french)
        assert [each.target for each in received] == [target] * 2
        assert json.loads(received[0].body)["input"].get("language") == language
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
                    with pytest.raises(errors.AuthenticationFailed):
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


def begins(status: int, body: bytes, *, ends: bool) -> Script:
    """Begin an answer with this much of its body, and hang up if it `ends`."""

    async def script(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(http(status, body, length=1000))
        if ends:
            writer.close()

    return script


def hears(heard: asyncio.Event) -> Script:
    async def script(_: ReceivedRequest, __: asyncio.StreamWriter) -> None:
        heard.set()

    return script


LEFT_OPEN: dict[str, Script] = {
    "cut before the answer": cuts,
    "reset": resets,
    "cut in the body": breaks_off,
    "silence": hangs,
    "a body that never ends": drips,
    "not http": says(b"220 mail.example ESMTP\r\n\r\n"),
    "not gzip": says(http(200, b"xx", "Content-Encoding: gzip")),
    "not brotli": says(http(200, b"xx", "Content-Encoding: br")),
    "not chunks": says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    "a length below nothing": says(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
    "endless header": says(http(200, b"{}", "X: " + "x" * 100_000)),
    "oversize": says(http(200, b" " * 2_000_000 + b'{"request_id": "a", "status": "FAILED"}')),
    "500": says(http(500, b'{"message": "database issue"}')),
}
CLEAR: dict[Script, type[errors.SamsarError]] = {
    says(http(400, b'{"message": "prompt is required"}')): errors.InvalidRequest,
    says(http(402, b"Internal Server Error")): errors.UpstreamCreditsExhausted,
    says(http(404, b"<html>")): errors.WrongApi,
    says(http(429, b"")): errors.RateLimited,
    begins(401, b'{"mess', ends=True): errors.AuthenticationFailed,
    begins(401, b'{"mess', ends=False): errors.AuthenticationFailed,
}


async def attempts(
    call: Callable[[ScriptedServer], Awaitable[object]], scripts: list[Script]
) -> list[tuple[object, int]]:
    async def attempt(script: Script) -> tuple[object, int]:
        async with serving(script) as server:
            try:
                ended = await call(server)
            except errors.SamsarError as exc:
                ended = type(exc)
        return ended, len(server.requests)

    async with asyncio.timeout(20):
        return await asyncio.gather(*map(attempt, scripts))


async def test_an_order_whose_fate_is_open_is_ambiguous_and_was_sent_once() -> None:
    ended = await attempts(lambda server: order(server, total_seconds=1.0), [*LEFT_OPEN.values()])
    assert dict(zip(LEFT_OPEN, ended, strict=True)) == dict.fromkeys(LEFT_OPEN, (errors.OutcomeUnknown, 1))


async def test_a_poll_that_fails_is_broken_in_the_end() -> None:
    """Three attempts are made, each with a bounded silence. aiohttp may repeat one on a connection that was cut."""
    ended = await attempts(
        lambda server: poll_status(server, total_seconds=600.0, read_seconds=0.1), [*LEFT_OPEN.values()]
    )
    found = {(end, 3 <= requests <= 6) for end, requests in ended}
    assert found == {(errors.InvalidResponse, True)}, dict(zip(LEFT_OPEN, ended, strict=True))


async def test_a_clear_answer_is_told_and_not_asked_for_again() -> None:
    expected = [(error, 1) for error in CLEAR.values()]
    assert await attempts(lambda server: order(server, total_seconds=0.5), [*CLEAR]) == expected
    assert await attempts(lambda server: poll_status(server, total_seconds=0.5), [*CLEAR]) == expected
    not_found = [says(http(404, b"{}")), begins(404, b'{"mess', ends=False)]
    ended = await attempts(lambda server: poll_status(server, total_seconds=0.5), not_found)
    assert ended == [(errors.RequestNotFound, 1)] * 2
    assert await attempts(order, not_found[:1]) == [(errors.InvalidRequest, 1)]
    async with serving(says(http(429, b"", "Retry-After: 120"))) as server:
        with pytest.raises(errors.RateLimited) as caught:
            await poll_status(server)
    assert caught.value.retry_after == 120.0


async def test_an_answer_that_arrived_while_the_process_was_frozen_is_read() -> None:
    loop_time = LoopTime()

    async def script(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(CREATED)
        loop_time.advance(190)

    async with serving(script) as server:
        assert await order(server, grace_seconds=2.0) == "67c4a1b2"


async def test_an_id_that_came_whole_is_kept_and_a_compressed_answer_is_read() -> None:
    body = b'{"request_id": "67c4a1b2"}'
    whole = [begins(200, body, ends=True), says(http(200, gzip.compress(body), "Content-Encoding: gzip"))]
    assert await attempts(order, whole) == [("67c4a1b2", 1)] * 2


async def test_a_redirect_is_not_followed_and_the_key_stays_here() -> None:
    async with serving(says(CREATED)) as elsewhere:
        to = f"Location: {elsewhere.base_url}create_movie"
        redirects = [says(http(status, b"", to)) for status in (301, 302, 303, 307, 308)]
        ended = await attempts(order, redirects)
        assert {*ended} <= {(errors.InvalidRequest, 1), (errors.OutcomeUnknown, 1)}
        assert await attempts(poll_status, redirects[1:2]) == [(errors.InvalidResponse, 3)]
    assert elsewhere.requests == []


async def cancelled(order: asyncio.Task[str]) -> BaseException | None:
    order.cancel()
    with pytest.raises(asyncio.CancelledError) as caught:
        await order
    return caught.value.__cause__


async def test_a_cancelled_caller_learns_whether_the_order_may_have_been_sent() -> None:
    """One that waits for the rate limit or a connection never left, so its job can be requeued."""
    heard = asyncio.Event()
    async with asking(script=hears(heard), requests_per_second=1) as (client, received):
        first = asyncio.create_task(client.create_movie(REQUEST))
        await heard.wait()
        second = asyncio.create_task(client.create_movie(REQUEST))
        await asyncio.sleep(0)
        assert isinstance(await cancelled(second), errors.ConnectFailed)
        assert await cancelled(first) is None
    assert len(received) == 1


async def test_a_cancelled_order_without_a_connection_never_left() -> None:
    knocked, gone = asyncio.Event(), asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        knocked.set()
        await reader.read()
        writer.close()
        gone.set()

    listener = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    async with listener, SamsarClient.open(endpoints(f"https://127.0.0.1:{port}/v1/video/")) as client:
        order = asyncio.create_task(client.create_movie(REQUEST))
        await knocked.wait()
        assert isinstance(await cancelled(order), errors.ConnectFailed)
        await gone.wait()


async def test_closing_the_client_leaves_an_order_on_its_way_ambiguous() -> None:
    arrived = asyncio.Event()
    async with serving(hears(arrived)) as server:
        client = SamsarClient(endpoints(server.base_url))
        task = asyncio.create_task(client.create_movie(REQUEST))
        await arrived.wait()
        await client.close()
        with pytest.raises(errors.OutcomeUnknown):
            await task
        with pytest.raises(errors.ConnectFailed, match="closed"):
            await client.create_movie(REQUEST)
    assert len(server.requests) == 1


async def test_a_connection_that_never_came_about_proves_that_nothing_was_sent() -> None:
    with pytest.raises(errors.ConnectFailed, match=r"^(Connection refused|Connect call failed .*)$"):
        await order(ScriptedServer(free_port()))
    received = bytearray()

    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.extend(await reader.read(1000))
        writer.write(http(400))
        writer.close()

    async with await asyncio.start_server(plain, "127.0.0.1", 0) as listener:
        port = listener.sockets[0].getsockname()[1]
        async with SamsarClient.open(endpoints(f"https://127.0.0.1:{port}/")) as client:
            with pytest.raises(errors.ConnectFailed, match="SSL"):
                await client.create_movie(REQUEST)
    assert received[:1] == b"\x16"
    assert KEY.encode() not in received
    async with serving(hangs) as server:
        there = endpoints(f"https://127.0.0.1:{server.port}/", connect_seconds=0.1)
        async with SamsarClient.open(there) as client:
            with pytest.raises(errors.ConnectFailed, match=r"^Connection timeout to host"):
                await client.create_movie(REQUEST)
    assert server.requests == []


async def test_a_passing_fault_is_not_seen() -> None:
    sleeps, pauses = FakeSleep(), ClientOptions().retry_pauses
    answers = says(http(500, b"{}"), http(200, b"<html>"), PENDING)
    async with serving(answers) as server, SamsarClient.open(endpoints(server.base_url), sleep=sleeps) as client:
        assert (await client.get_status("a")).state is MovieState.PENDING
    assert len(server.requests) == 3
    async with SamsarClient.open(endpoints(ScriptedServer(free_port()).base_url), sleep=sleeps) as client:
        with pytest.raises(errors.ConnectFailed):
            await client.get_status("a")
    for slept, pause in zip(sleeps, pauses * 2, strict=True):
        assert pause * 0.5 <= slept <= pause * 1.5


async def test_what_is_no_id_is_unknown_without_a_request() -> None:
    async with serving(says(PENDING)) as server:
        for bad in ("", " ", "\ud800", "a\r\nHost: evil", "x" * 1000):
            with pytest.raises(errors.RequestNotFound):
                await poll_status(server, bad)
    assert server.requests == []


async def test_a_huge_body_is_not_held() -> None:
    body = b'{"status": "FAILED", "x": "' + b"x" * 50_000_000

    async def pours(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(http(200, length=len(body)))
        for _ in range(800):
            writer.write(body[:65536])
            await writer.drain()

    for script in (pours, says(http(200, gzip.compress(body, 9), "Content-Encoding: gzip"))):
        async with serving(script) as server:
            tracemalloc.start()
            with pytest.raises(errors.InvalidResponse):
                await poll_status(server)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert peak < 12_000_000


async def test_no_status_is_requested_during_a_pause() -> None:
    clock = [10_000.0]
    async with (
        serving(says(CREATED, PENDING)) as server,
        SamsarClient.open(endpoints(server.base_url), now=lambda: clock[0]) as client,
    ):
        client.pause_status(30.0)
        client.pause_status(5.0)
        clock[0] += 29.0
        with pytest.raises(errors.RateLimited) as caught:
            await client.get_status("a")
        assert caught.value.retry_after == 1.0
        await client.create_movie(REQUEST)
        clock[0] += 1.0
        await client.get_status("a")
        client.pause_status(30.0)
        clock[0] -= 3600.0
        await client.get_status("a")
    assert [sent.method for sent in server.requests] == ["POST", "GET", "GET"]


async def test_requests_that_wait_for_the_rate_limit_are_not_sent_after_a_pause_began() -> None:
    async with asking(PENDING, requests_per_second=2.0) as (client, received):
        polls = [asyncio.ensure_future(client.get_status(f"{number}")) for number in range(4)]
        await polls[0]
        client.pause_status(60.0)
        ended = await asyncio.gather(*polls, return_exceptions=True)
    assert [isinstance(each, errors.RateLimited) for each in ended] == [False, False, True, True]
    assert len(received) == 2


def told(exc: BaseException) -> str:
    chain = [exc, exc.__cause__, exc.__context__]
    return "".join(traceback.format_exception(exc)) + "".join(f"{each!r}{each}" for each in chain) + repr(vars(exc))


async def test_an_api_that_echoes_secrets_tells_no_one(caplog: pytest.LogCaptureFixture) -> None:
    """The response may escape the slashes of the secrets. A status reaches the rest of the bot."""
    caplog.set_level(logging.DEBUG)
    echo = json.dumps({"message": f"no: Bearer {KEY} for {HOOK}", "detail": KEY})
    statuses = (200, 302, 400, 401, 402, 404, 429, 500)
    for status, body in itertools.product(statuses, (echo, echo.replace("/", "\\/"))):
        async with serving(says(http(status, body.encode()))) as server:
            with pytest.raises(errors.SamsarError) as ordered:
                await order(server, HOOK)
            with pytest.raises(errors.SamsarError) as looked:
                await poll_status(server)
        assert KEY not in told(ordered.value) + told(looked.value) + caplog.text
        assert "job-secret" not in told(ordered.value) + caplog.text
    failed = json.dumps({"status": "FAILED", "message": KEY, "details": {KEY: "INIT"}}).encode()
    async with serving(says(http(200, failed))) as server:
        assert KEY not in repr(await poll_status(server))


async def test_neither_a_broken_connection_nor_what_is_no_http_is_quoted(caplog: pytest.LogCaptureFixture) -> None:
    """The exceptions of aiohttp carry the request's headers."""
    caplog.set_level(logging.DEBUG)
    prompt, no_http = REQUEST.prompt, "the answer is not valid HTTP"
    said = (f"'{prompt}' is refused.", f"HTTP/1.1 400 Bad\r\n{prompt}: no", f"HTTP/1.1 400 Bad\r\nA: {prompt}\0", KEY)
    wrong = [says(f"{each}\r\n\r\n".encode()) for each in said]
    for script in (cuts, breaks_off, hangs, *wrong):
        async with serving(script) as server:
            with pytest.raises(errors.OutcomeUnknown) as caught:
                await order(server, HOOK, read_seconds=0.2, total_seconds=1.0)
        shown = told(caught.value) + caplog.text
        assert (KEY in shown, prompt in shown) == (False, False)
        assert caught.value.__cause__ is caught.value.__context__ is None
        assert script not in wrong or str(caught.value) == no_http


def test_the_key_is_hidden_unless_it_may_be_part_of_any_word() -> None:
    config = SamsarConfig(SecretStr(KEY))
    assert KEY not in f"{config!r}{config}"
    for secret, shown in (("a", "12345678 took a while"), ("12345678", "[hidden] took a while")):
        failure = samsar.map_exception(TimeoutError("12345678 took a while"), errors.InvalidResponse, (secret,))
        assert failure.message == shown
