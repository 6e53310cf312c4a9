"""The client against a server that fails, one that is cancelled or paused, and who sees the key."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import traceback
import tracemalloc
from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from pydantic import SecretStr

from bot.core.errors import (
    AuthenticationFailed,
    ConnectFailed,
    InvalidRequest,
    InvalidResponse,
    OutcomeUnknown,
    RateLimited,
    RequestNotFound,
    SamsarError,
    UpstreamCreditsExhausted,
    WrongApi,
)
from bot.domain.upstream import MovieState
from bot.samsar import client as samsar
from bot.samsar.client import SamsarClient
from bot.samsar.config import ClientOptions, SamsarConfig
from tests.helpers.looptime import LoopTime
from tests.helpers.ports import free_port
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
    breaks_off,
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
    "a web page": says(http(200, b"<html></html>")),
    "no id and no status": says(http(200, b"{}")),
    "oversize": says(http(200, b" " * 2_000_000 + b'{"request_id": "a", "status": "FAILED"}')),
    "500": says(http(500, b'{"message": "database issue"}')),
    "503": says(http(503, b"<html>")),
}
CLEAR: dict[Script, type[SamsarError]] = {
    says(http(400, b'{"message": "prompt is required"}')): InvalidRequest,
    says(http(400, b'{"message": "API_KEY is missing"}')): AuthenticationFailed,
    says(http(401, b'{"message": "Invalid API key"}')): AuthenticationFailed,
    says(http(402, b"Internal Server Error")): UpstreamCreditsExhausted,
    says(http(404, b"<html>")): WrongApi,
    says(http(429, b"")): RateLimited,
    begins(401, b'{"mess', ends=True): AuthenticationFailed,
    begins(401, b'{"mess', ends=False): AuthenticationFailed,
}
"""Each first line is enough to release the credits."""


async def attempts(
    call: Callable[[ScriptedServer], Awaitable[object]], scripts: list[Script]
) -> list[tuple[object, int]]:
    async def attempt(script: Script) -> tuple[object, int]:
        async with serving(script) as server:
            try:
                ended = await call(server)
            except SamsarError as exc:
                ended = type(exc)
        return ended, len(server.requests)

    async with asyncio.timeout(20):
        return await asyncio.gather(*map(attempt, scripts))


async def test_an_order_whose_fate_is_open_is_ambiguous_and_was_sent_once() -> None:
    ended = await attempts(lambda server: order(server, total_seconds=1.0), [*LEFT_OPEN.values()])
    assert dict(zip(LEFT_OPEN, ended, strict=True)) == dict.fromkeys(LEFT_OPEN, (OutcomeUnknown, 1))


async def test_a_poll_that_fails_is_broken_in_the_end() -> None:
    """Three attempts are made, each with a bounded silence. aiohttp may repeat one on a connection that was cut."""
    ended = await attempts(
        lambda server: poll_status(server, total_seconds=600.0, read_seconds=0.1), [*LEFT_OPEN.values()]
    )
    assert dict(zip(LEFT_OPEN, [end for end, _ in ended], strict=True)) == dict.fromkeys(LEFT_OPEN, InvalidResponse)
    assert {requests for _, requests in ended} <= {3, 4, 5, 6}


async def test_a_clear_answer_is_told_and_not_asked_for_again() -> None:
    expected = [(error, 1) for error in CLEAR.values()]
    assert await attempts(lambda server: order(server, total_seconds=0.5), [*CLEAR]) == expected
    assert await attempts(lambda server: poll_status(server, total_seconds=0.5), [*CLEAR]) == expected
    not_found = [says(http(404, b"{}")), begins(404, b'{"mess', ends=False)]
    ended = await attempts(lambda server: poll_status(server, total_seconds=0.5), not_found)
    assert ended == [(RequestNotFound, 1)] * 2
    assert await attempts(order, not_found[:1]) == [(InvalidRequest, 1)]
    async with serving(says(http(429, b"", "Retry-After: 120"))) as server:
        with pytest.raises(RateLimited) as caught:
            await poll_status(server)
    assert caught.value.retry_after == 120.0


async def test_an_answer_that_arrived_while_the_process_was_frozen_is_read() -> None:
    """Its timeout is due before the loop has read it."""
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
        assert {*ended} <= {(InvalidRequest, 1), (OutcomeUnknown, 1)}
        assert await attempts(poll_status, redirects[1:2]) == [(InvalidResponse, 3)]
    assert elsewhere.requests == []


async def test_a_cancelled_caller_learns_whether_the_order_may_have_been_sent() -> None:
    """One that waits for the rate limit or a connection never left, so its job can be requeued."""

    async def cancelled(order: asyncio.Task[str]) -> BaseException | None:
        order.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await order
        return caught.value.__cause__

    heard = asyncio.Event()
    async with (
        serving(hears(heard)) as server,
        SamsarClient.open(endpoints(server.base_url, requests_per_second=1)) as client,
    ):
        first = asyncio.create_task(client.create_movie(REQUEST))
        await heard.wait()
        second = asyncio.create_task(client.create_movie(REQUEST))
        await asyncio.sleep(0)
        assert isinstance(await cancelled(second), ConnectFailed)
        assert await cancelled(first) is None
    assert len(server.requests) == 1


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
        order.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await order
        assert isinstance(caught.value.__cause__, ConnectFailed)
        await gone.wait()


async def test_closing_the_client_leaves_an_order_on_its_way_ambiguous() -> None:
    arrived = asyncio.Event()
    async with serving(hears(arrived)) as server:
        client = SamsarClient(endpoints(server.base_url))
        task = asyncio.create_task(client.create_movie(REQUEST))
        await arrived.wait()
        await client.close()
        with pytest.raises(OutcomeUnknown):
            await task
        with pytest.raises(ConnectFailed, match="closed"):
            await client.create_movie(REQUEST)
    assert len(server.requests) == 1


async def test_a_connection_that_never_came_about_proves_that_nothing_was_sent() -> None:
    with pytest.raises(ConnectFailed, match="ClientConnectorError"):
        await order(ScriptedServer(free_port()))
    received = bytearray()

    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.extend(await reader.read(1000))
        writer.write(http(400))
        writer.close()

    async with await asyncio.start_server(plain, "127.0.0.1", 0) as listener:
        port = listener.sockets[0].getsockname()[1]
        async with SamsarClient.open(endpoints(f"https://127.0.0.1:{port}/")) as client:
            with pytest.raises(ConnectFailed, match="SSL"):
                await client.create_movie(REQUEST)
    assert received[:1] == b"\x16"
    assert KEY.encode() not in received
    async with serving(hangs) as server:
        there = endpoints(f"https://127.0.0.1:{server.port}/", connect_seconds=0.1)
        async with SamsarClient.open(there) as client:
            with pytest.raises(ConnectFailed, match="ConnectionTimeoutError"):
                await client.create_movie(REQUEST)
    assert server.requests == []


def test_no_name_no_certificate_no_time_no_address_and_everything_after_that() -> None:
    """The request may have been read once a connection was open."""
    key = ConnectionKey("a.invalid", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None)
    for exc in (
        aiohttp.ClientConnectorDNSError(key, OSError(-2, "Name not known")),
        aiohttp.ClientConnectorCertificateError(key, ValueError("self-signed")),
        aiohttp.ConnectionTimeoutError("too long"),
        aiohttp.InvalidURL("http://"),
    ):
        assert isinstance(samsar.map_exception(exc, OutcomeUnknown), ConnectFailed)
    for exc in (
        aiohttp.ServerDisconnectedError(),
        aiohttp.SocketTimeoutError("too long"),
        aiohttp.ClientOSError(104, "reset"),
        aiohttp.ClientPayloadError(),
        ConnectionResetError(),
        TimeoutError(),
    ):
        assert isinstance(samsar.map_exception(exc, OutcomeUnknown), OutcomeUnknown)
        assert isinstance(samsar.map_exception(exc, InvalidResponse), InvalidResponse)


async def test_a_passing_fault_is_not_seen() -> None:
    sleeps, pauses = FakeSleep(), ClientOptions().retry_pauses
    answers = says(http(500, b"{}"), http(200, b"<html>"), PENDING)
    async with serving(answers) as server, SamsarClient.open(endpoints(server.base_url), sleep=sleeps) as client:
        assert (await client.get_status("a")).state is MovieState.PENDING
    assert len(server.requests) == 3
    async with SamsarClient.open(endpoints(ScriptedServer(free_port()).base_url), sleep=sleeps) as client:
        with pytest.raises(ConnectFailed):
            await client.get_status("a")
    for slept, pause in zip(sleeps, pauses * 2, strict=True):
        assert pause * 0.5 <= slept <= pause * 1.5


async def test_what_is_no_id_is_unknown_without_a_request() -> None:
    async with serving(says(PENDING)) as server:
        for bad in ("", " ", "\ud800", "a\r\nHost: evil", "x" * 1000):
            with pytest.raises(RequestNotFound):
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
            try:
                with pytest.raises(InvalidResponse):
                    await poll_status(server)
                peak = tracemalloc.get_traced_memory()[1]
            finally:
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
        with pytest.raises(RateLimited) as caught:
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
    async with (
        serving(says(PENDING)) as server,
        SamsarClient.open(endpoints(server.base_url, requests_per_second=2.0)) as client,
    ):
        polls = [asyncio.ensure_future(client.get_status(f"{number}")) for number in range(4)]
        await polls[0]
        client.pause_status(60.0)
        ended = await asyncio.gather(*polls, return_exceptions=True)
    assert [isinstance(each, RateLimited) for each in ended] == [False, False, True, True]
    assert len(server.requests) == 2


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
