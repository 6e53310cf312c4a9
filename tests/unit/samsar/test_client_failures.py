"""The client against a loopback server that fails."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from typing import Any

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from bot.domain.upstream import MovieState
from bot.errors import (
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
from bot.samsar import client as samsar
from bot.samsar.client import SamsarClient
from bot.samsar.config import ClientOptions
from tests.helpers.looptime import LoopTime
from tests.helpers.ports import free_port
from tests.unit.samsar.conftest import (
    CREATED,
    KEY,
    PENDING,
    REQUEST,
    FakeSleep,
    ReceivedRequest,
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

GZIPPED = http(200, gzip.compress(b'{"request_id": "67c4a1b2", "status": "PENDING"}'), "Content-Encoding: gzip")
LEFT_OPEN = [
    pytest.param(cuts, id="cut before the answer"),
    pytest.param(resets, id="reset"),
    pytest.param(breaks_off, id="cut in the body"),
    pytest.param(hangs, id="silence"),
    pytest.param(drips, id="a body that never ends"),
    pytest.param(says(b"220 mail.example ESMTP\r\n\r\n"), id="not http"),
    pytest.param(says(http(200, b"xx", "Content-Encoding: gzip")), id="not gzip"),
    pytest.param(says(http(200, b"xx", "Content-Encoding: br")), id="not brotli"),
    pytest.param(says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), id="not chunks"),
    pytest.param(says(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"), id="a length below nothing"),
    pytest.param(says(http(200, b"{}", "X: " + "x" * 100_000)), id="endless header"),
    pytest.param(says(http(200, b"<html></html>")), id="a web page"),
    pytest.param(says(http(200, b"{}")), id="no id and no status"),
    pytest.param(says(http(200, b" " * 2_000_000 + b'{"request_id": "a", "status": "FAILED"}')), id="oversize"),
    pytest.param(says(http(500, b'{"message": "database issue"}')), id="500"),
    pytest.param(says(http(503, b"<html>")), id="503"),
]


def connection_key(host: str) -> ConnectionKey:
    """Return the key by which aiohttp pools connections."""
    return ConnectionKey(host, 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None)


class TestCreateFailures:
    """An order is sent once, and failures say whether it was sent."""

    @pytest.mark.parametrize("script", LEFT_OPEN)
    async def test_an_order_whose_fate_is_open_is_ambiguous_and_was_sent_once(self, script: Any) -> None:
        async with serving(script) as server:
            with pytest.raises(OutcomeUnknown):
                await order(server, total_seconds=1.0)
        assert len(server.requests) == 1

    async def test_the_total_time_is_bounded(self) -> None:
        """The response begins and never ends."""
        async with serving(drips) as server, asyncio.timeout(20):
            with pytest.raises(OutcomeUnknown):
                await order(server, total_seconds=1.0)
        assert len(server.requests) == 1

    async def test_the_total_time_is_bounded_before_the_answer_too(self) -> None:
        """A timeout without a response leaves the outcome unknown."""
        async with serving(hangs) as server, asyncio.timeout(20):
            with pytest.raises(OutcomeUnknown, match="TimeoutError"):
                await order(server, total_seconds=1.0)
        assert len(server.requests) == 1

    async def test_an_answer_that_arrived_while_the_process_was_frozen_is_read(self) -> None:
        """Its timeout is due before the loop has read it."""
        loop_time = LoopTime()

        async def script(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
            writer.write(CREATED)
            loop_time.advance(190)

        async with serving(script) as server:
            assert await order(server, grace_seconds=2.0) == "67c4a1b2"

    @pytest.mark.parametrize(
        ("status", "body", "kind"),
        [
            (400, b'{"message": "prompt is required"}', InvalidRequest),
            (400, b'{"message": "API_KEY is missing"}', AuthenticationFailed),
            (401, b'{"message": "Invalid API key"}', AuthenticationFailed),
            (402, b"Internal Server Error", UpstreamCreditsExhausted),
            (404, b"<html>", WrongApi),
            (404, b"{}", InvalidRequest),
            (429, b"", RateLimited),
        ],
    )
    async def test_a_refusal_is_told_and_not_repeated(self, status: int, body: bytes, kind: type[SamsarError]) -> None:
        async with serving(says(http(status, body))) as server:
            with pytest.raises(kind):
                await order(server)
        assert len(server.requests) == 1

    async def test_a_refusal_that_breaks_off_is_a_refusal(self) -> None:
        """The status line of a 401 is enough to release the credits."""

        async def script(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
            writer.write(http(401, b'{"mess', length=1000))
            writer.close()

        async with serving(script) as server:
            with pytest.raises(AuthenticationFailed):
                await order(server)

    async def test_an_id_that_came_whole_is_kept(self) -> None:
        async def script(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
            writer.write(http(200, b'{"request_id": "67c4a1b2"}', length=1000))
            writer.close()

        async with serving(script) as server:
            assert await order(server) == "67c4a1b2"

    async def test_a_compressed_answer_is_read(self) -> None:
        """A proxy may compress responses."""
        async with serving(says(GZIPPED)) as server:
            assert await order(server) == "67c4a1b2"

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    async def test_a_redirect_is_not_followed_and_the_key_stays_here(self, status: int) -> None:
        async with serving(says(CREATED)) as elsewhere:
            to = f"Location: {elsewhere.base_url}create_movie"
            async with serving(says(http(status, b"", to))) as server:
                with pytest.raises((InvalidRequest, OutcomeUnknown)):
                    await order(server)
        assert (len(server.requests), elsewhere.requests) == (1, [])

    async def test_cancelling_is_not_turned_into_anything_else(self) -> None:
        """The server gets one request."""
        arrived = asyncio.Event()

        async def script(_: ReceivedRequest, __: asyncio.StreamWriter) -> None:
            arrived.set()

        async with serving(script) as server:
            task = asyncio.create_task(order(server))
            await arrived.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert len(server.requests) == 1

    async def test_closing_the_client_leaves_an_order_on_its_way_ambiguous(self) -> None:
        """No request is sent after the close."""
        arrived = asyncio.Event()

        async def script(_: ReceivedRequest, __: asyncio.StreamWriter) -> None:
            arrived.set()

        async with serving(script) as server:
            client = SamsarClient(endpoints(server.base_url))
            task = asyncio.create_task(client.create_movie(REQUEST))
            await arrived.wait()
            await client.close()
            with pytest.raises(OutcomeUnknown):
                await task
            with pytest.raises(ConnectFailed, match="closed"):
                await client.create_movie(REQUEST)
        assert len(server.requests) == 1


class TestNeverSent:
    """Failures that prove that nothing was sent."""

    async def test_a_refused_port(self) -> None:
        with pytest.raises(ConnectFailed, match="ClientConnectorError"):
            await order(ScriptedServer(free_port()))

    async def test_tls_that_fails(self) -> None:
        """A server that doesn't speak TLS never sees the request."""
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

    async def test_tls_that_never_comes_about(self) -> None:
        """The connection was never established."""
        async with serving(hangs) as server:
            there = endpoints(f"https://127.0.0.1:{server.port}/", connect_seconds=0.1)
            async with SamsarClient.open(there) as client:
                with pytest.raises(ConnectFailed, match="ConnectionTimeoutError"):
                    await client.create_movie(REQUEST)
        assert server.requests == []

    @pytest.mark.parametrize(
        "exc",
        [
            aiohttp.ClientConnectorDNSError(connection_key("nohost.invalid"), OSError(-2, "Name not known")),
            aiohttp.ClientConnectorCertificateError(connection_key("api.samsar.one"), ValueError("self-signed")),
            aiohttp.ConnectionTimeoutError("too long"),
            aiohttp.InvalidURL("http://"),
        ],
    )
    def test_no_name_no_certificate_no_time_no_address(self, exc: Exception) -> None:
        assert isinstance(samsar.map_exception(exc, OutcomeUnknown), ConnectFailed)

    @pytest.mark.parametrize(
        "exc",
        [
            aiohttp.ServerDisconnectedError(),
            aiohttp.SocketTimeoutError("too long"),
            aiohttp.ClientOSError(104, "reset"),
            aiohttp.ClientPayloadError(),
            ConnectionResetError(),
            TimeoutError(),
        ],
    )
    def test_everything_after_that_is_open(self, exc: Exception) -> None:
        """The request may have been read once a connection was open."""
        assert isinstance(samsar.map_exception(exc, OutcomeUnknown), OutcomeUnknown)
        assert isinstance(samsar.map_exception(exc, InvalidResponse), InvalidResponse)


class TestStatusFailures:
    """Reads are retried a few times after temporary faults."""

    @pytest.mark.parametrize("script", LEFT_OPEN)
    async def test_a_poll_that_fails_is_broken_in_the_end(self, script: Any) -> None:
        """The bot makes three attempts.

        aiohttp may repeat one on a connection that was cut.
        """
        async with serving(script) as server:
            with pytest.raises(InvalidResponse):
                await poll_status(server, total_seconds=2.0, read_seconds=0.1)
        assert 3 <= len(server.requests) <= 6

    async def test_the_silence_is_bounded(self) -> None:
        """Each attempt has the timeout."""
        async with serving(drips) as server, asyncio.timeout(10):
            with pytest.raises(InvalidResponse):
                await poll_status(server, total_seconds=600.0, read_seconds=0.2)
        assert len(server.requests) == 3

    async def test_a_passing_fault_is_not_seen(self) -> None:
        """A 500 and a proxy's page come before the answer.

        The pauses between attempts are short and random.
        """
        sleeps = FakeSleep()
        answers = says(http(500, b"{}"), http(200, b"<html>"), PENDING)
        async with serving(answers) as server, SamsarClient.open(endpoints(server.base_url), sleep=sleeps) as client:
            assert (await client.get_status("a")).state is MovieState.PENDING
        assert len(server.requests) == 3
        for slept, pause in zip(sleeps, ClientOptions().retry_pauses, strict=True):
            assert pause * 0.5 <= slept <= pause * 1.5

    async def test_a_port_that_is_closed_is_tried_three_times(self) -> None:
        sleeps = FakeSleep()
        async with SamsarClient.open(endpoints(ScriptedServer(free_port()).base_url), sleep=sleeps) as client:
            with pytest.raises(ConnectFailed):
                await client.get_status("a")
        assert len(sleeps) == 2

    @pytest.mark.parametrize(
        ("status", "kind"),
        [(400, InvalidRequest), (401, AuthenticationFailed), (402, UpstreamCreditsExhausted), (404, RequestNotFound)],
    )
    async def test_a_clear_answer_is_not_asked_for_again(self, status: int, kind: type[SamsarError]) -> None:
        async with serving(says(http(status, b"{}"))) as server:
            with pytest.raises(kind):
                await poll_status(server)
        assert len(server.requests) == 1

    async def test_busy_is_left_to_the_worker(self) -> None:
        """The client does not retry a 429.

        The worker gets the seconds to wait.
        """
        async with serving(says(http(429, b"", "Retry-After: 120"))) as server:
            with pytest.raises(RateLimited) as caught:
                await poll_status(server)
        assert (caught.value.retry_after, len(server.requests)) == (120.0, 1)

    async def test_a_redirect_is_broken_and_not_followed(self) -> None:
        """A followed redirect would carry the key elsewhere."""
        async with serving(says(PENDING)) as elsewhere:
            to = f"Location: {elsewhere.base_url}status"
            async with serving(says(http(302, b"", to))) as server:
                with pytest.raises(InvalidResponse):
                    await poll_status(server)
        assert elsewhere.requests == []

    @pytest.mark.parametrize("bad", ["", " ", "\ud800", "a\r\nHost: evil", "x" * 1000])
    async def test_what_is_no_id_is_not_sent(self, bad: str) -> None:
        """An impossible id is unknown without a request."""
        async with serving(says(PENDING)) as server:
            with pytest.raises(RequestNotFound):
                await poll_status(server, bad)
        assert server.requests == []


class TestBounds:
    """A large response does not fill the memory."""

    @pytest.mark.parametrize("packed", [False, True])
    async def test_a_huge_body_is_not_held(self, packed: bool) -> None:
        """The body is 50 MB, plain or from 50 kB of gzip."""
        body = b'{"status": "FAILED", "x": "' + b"x" * 50_000_000
        answer = http(200, gzip.compress(body, 9), "Content-Encoding: gzip") if packed else None
        server_side = answer or http(200, length=len(body))

        async def pours(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
            writer.write(server_side)
            for _ in range(0 if packed else 800):
                writer.write(body[:65536])
                await writer.drain()

        async with serving(pours) as server:
            tracemalloc.start()
            try:
                with pytest.raises(InvalidResponse):
                    await poll_status(server)
                peak = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
        assert peak < 12_000_000
