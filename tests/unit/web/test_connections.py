"""The port at every address of its host, where idle and excess connections are closed, and how many may be open."""

import asyncio
import contextlib
import os
import resource
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.callback_token import CALLBACK_PATH
from bot.web.listener import (
    WITHOUT_DESCRIPTOR_LIMIT,
    Acceptor,
    ConnectionCounter,
    ConnectionLimits,
    GuardedConnection,
    Refusal,
    descriptor_limit,
    listen,
)
from tests.helpers.callback_client import CallbackClient, open_callback_client
from tests.helpers.looptime import LoopTime
from tests.helpers.ports import free_port
from tests.unit.web.conftest import Pauses

REQUEST = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
METRICS = b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"
LARGE = b"#" * 32 * 1024 * 1024  # more than the kernel takes
HALF = b"POST /callbacks/x HTTP/1.1\r\nHost: x\r\nContent-Le"
FEW = ConnectionLimits(total=3, strangers=2, per_address=1)

pytestmark = pytest.mark.timeout(30)  # a connection that stays open hangs its test

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


Dialer = Callable[..., Awaitable[Connection]]
"""Called with a client, what to send, and a host."""


@pytest.fixture
async def connect() -> AsyncIterator[Dialer]:
    writers = list[asyncio.StreamWriter]()

    async def dial(client: CallbackClient, said: bytes = b"", host: str = "127.0.0.1") -> Connection:
        reader, writer = await asyncio.open_connection(host, client.port)
        writers.append(writer)
        writer.write(said)
        return reader, writer

    yield dial
    for writer in writers:
        writer.close()


async def healthy(connection: Connection, request: bytes = REQUEST) -> None:
    reader, writer = connection
    writer.write(request)
    assert (await reader.readuntil(b"\r\n\r\nok\n")).startswith(b"HTTP/1.1 200")


async def ended(connection: Connection, most: int = -1) -> bool:
    try:
        return await connection[0].read(most) == b""
    except ConnectionError:
        return True


async def test_a_connection_without_a_whole_request_ends_after_15_s(client: CallbackClient, connect: Dialer) -> None:
    """The time counts from the start, so sending slowly does not help."""
    time = LoopTime()
    for said in (b"", b"G", REQUEST[:-2]):
        in_time, slow = await connect(client, said), await connect(client, said)
        await client.ask("GET", "/healthz")  # the server accepts in order, so it has accepted both
        time.advance(14)
        slow[1].write(REQUEST[len(said) : len(said) + 1])
        await healthy(in_time, REQUEST[len(said) :])
        time.advance(1.5)
        assert await ended(slow)
        await healthy(in_time)


async def test_an_idle_connection_ends_15_s_after_its_last_response(client: CallbackClient, connect: Dialer) -> None:
    time, client.page = LoopTime(), LARGE
    connection = await connect(client, METRICS)
    await connection[0].readuntil(b"\r\n\r\n")
    assert await connection[0].readexactly(len(LARGE)) == LARGE
    time.advance(14)
    for _ in range(3):
        await healthy(connection)
        time.advance(14)
    await healthy(connection)
    time.advance(15.5)
    assert await ended(connection)


async def test_a_response_that_is_not_read_ends_its_connection_after_15_seconds(client: CallbackClient) -> None:
    client.page = LARGE
    time = LoopTime()
    with socket.socket() as caller:
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        caller.settimeout(0)
        loop, read = asyncio.get_running_loop(), 0
        await loop.sock_connect(caller, ("127.0.0.1", client.port))
        await loop.sock_sendall(caller, METRICS)
        assert await loop.sock_recv(caller, 8) == b"HTTP/1.1"
        await client.ask("GET", "/healthz")
        time.advance(15.5)
        await client.ask("GET", "/healthz")
        with contextlib.suppress(ConnectionError):
            while chunk := await loop.sock_recv(caller, 1024 * 1024):
                read += len(chunk)
    assert read < len(client.page) - 8


class Goodbye(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


def acceptor() -> Acceptor:
    counter = ConnectionCounter(WITHOUT_DESCRIPTOR_LIMIT)
    return Acceptor(Goodbye, counter, lambda _: None, now=lambda: 0.0, sleep=asyncio.sleep)


async def test_newcomers_beyond_the_limit_are_closed_at_once(connect: Dialer, caplog: pytest.LogCaptureFixture) -> None:
    """Existing connections stay, and each one that ends makes room. A flood must not fill the disk with a line each."""
    async with open_callback_client(connections=FEW, now=lambda: 0.0) as client:
        held = [await connect(client, HALF) for _ in range(3)]
        for _ in range(20):
            assert await ended(await connect(client, REQUEST))
        assert client.refused == [Refusal.TOTAL] * 20
        [record] = [each for each in caplog.records if each.message == "http_connections_refused"]
        assert (record.__dict__["limit"], record.__dict__["address"]) == ("total", "127.0.0.1")
        held[0][1].close()
        await held[0][1].wait_closed()
        while await ended(await connect(client, REQUEST), 8):
            pass  # the server has not seen that end yet
        assert await ended(await connect(client))


async def test_a_flood_that_is_refused_leaves_turns_to_all_others() -> None:
    refused, none = list[Refusal](), ConnectionCounter(ConnectionLimits(total=0, strangers=0, per_address=0))
    acceptor = Acceptor(Goodbye, none, refused.append, now=lambda: 0.0, sleep=asyncio.sleep)
    with socket.create_server(("127.0.0.1", 0), backlog=9) as listener, contextlib.ExitStack() as stack:
        listener.settimeout(0)
        for _ in range(9):
            stack.enter_context(socket.create_connection(listener.getsockname()))
        accepting = asyncio.create_task(acceptor.run(listener))
        await asyncio.sleep(0)
        assert len(refused) == 1
        accepting.cancel()


def own_address() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("198.51.100.1", 9))  # sends nothing
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return None if address.startswith("127.") else address


async def test_a_stranger_has_a_limit_of_its_own_and_a_trusted_proxy_has_none(connect: Dialer) -> None:
    if (address := own_address()) is None:
        pytest.skip("this machine has no address but loopback")
    for proxies, held, refusal in (((), 1, Refusal.ADDRESS), ((ip_network(address),), 3, Refusal.TOTAL)):
        async with open_callback_client(connections=FEW, host=address, proxies=proxies) as client:
            for _ in range(held):
                await connect(client, HALF, address)
            assert await ended(await connect(client, REQUEST, address))
            assert client.refused == [refusal]


@contextlib.contextmanager
def no_descriptors() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    os.close(lowest_free := os.dup(0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="limits this process as POSIX does")
async def test_without_a_free_descriptor_the_server_waits_and_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    pauses, loop = Pauses(), asyncio.get_running_loop()
    with socket.socket() as caller:
        caller.settimeout(0)
        async with open_callback_client(sleep=pauses.sleep) as client:
            with no_descriptors():
                await loop.sock_connect(caller, ("127.0.0.1", client.port))
                await pauses.began.acquire()
            assert pauses.asked == [1.0]
            pauses.over.release()
            await loop.sock_sendall(caller, REQUEST)
            assert await loop.sock_recv(caller, 12) == b"HTTP/1.1 200"
    assert [each.message for each in caplog.records if "accept" in each.message] == ["http_accept_failed"]


async def test_no_response_names_the_software(client: CallbackClient, connect: Dialer) -> None:
    """Versions help an attacker. A response to invalid HTTP has no `Server` header, either."""
    for request, status in (
        (REQUEST, b"200"),
        (b"POST " + CALLBACK_PATH.encode() + b"x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", b"202"),
        (b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", b"404"),
        (b"PUT /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", b"405"),
        (b"GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"400"),
    ):
        reader, _ = await connect(client, request)
        headers = await reader.readuntil(b"\r\n\r\n")
        assert headers.startswith((b"HTTP/1.1 " + status, b"HTTP/1.0 " + status))
        assert b"server:" not in headers.lower()
        assert b"python" not in headers.lower()


ABSENT = "203.0.113.1"  # which no machine has


def resolve(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    async def found(_host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one loopback address")
async def test_every_address_of_a_name_that_this_machine_has_is_listened_on(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    resolve(monkeypatch, ABSENT, "127.0.0.1", "127.0.0.2", "127.0.0.2")
    async with listen("movies.example", port, acceptor()) as opened:
        assert opened == port
        monkeypatch.undo()
        for address in ("127.0.0.1", "127.0.0.2"):
            reader, writer = await asyncio.open_connection(address, port)
            assert await reader.read() == b""
            writer.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one loopback address")
async def test_a_port_that_is_taken_at_one_address_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.2", 0)) as other:
        resolve(monkeypatch, "127.0.0.1", "127.0.0.2")
        with pytest.raises(OSError, match="in use"):
            async with listen("movies.example", other.getsockname()[1], acceptor()):
                pass


def test_the_end_of_a_connection_is_reported_once() -> None:
    """A second report would free another's slot."""
    ends = list[None]()
    connection = GuardedConnection(asyncio.Protocol(), lambda: ends.append(None))
    connection.end()
    connection.connection_lost(None)
    assert len(ends) == 1


LIMITS = ConnectionLimits(total=8, strangers=6, per_address=2)
STRANGERS = ("203.0.113.5", "203.0.113.6", "2001:db8::1", "2001:db8:0:1::1")
PROXY = "10.0.0.1"


def counter() -> ConnectionCounter:
    return ConnectionCounter(LIMITS, (ip_network("10.0.0.0/8"),))


def test_connections_take_half_of_the_descriptors_at_most() -> None:
    most = ConnectionLimits(total=512, strangers=384, per_address=64)
    few, least = ConnectionLimits(total=64, strangers=48, per_address=8), ConnectionLimits(4, 3, 1)
    limits = {128: few, 1024: most, 1_000_000: most, None: most, 1: least}
    assert {descriptors: ConnectionLimits.for_descriptors(descriptors) for descriptors in limits} == limits


def test_the_limit_of_descriptors_is_the_one_that_the_kernel_enforces(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    for soft, limit in ((1024, 1024), (resource.RLIM_INFINITY, None)):
        monkeypatch.setattr(resource, "getrlimit", lambda _, soft=soft: (soft, 4096))
        assert descriptor_limit() == limit


def test_strangers_together_leave_a_quarter_to_proxies_and_this_machine() -> None:
    connections = counter()
    assert [connections.admit(address) for address in (*STRANGERS[:3], *STRANGERS[:3])] == [None] * 6
    last = [connections.admit(address) for address in (STRANGERS[3], "127.0.0.1", PROXY, PROXY, "::1")]
    assert last == [Refusal.TOTAL, None, None, Refusal.TOTAL, Refusal.TOTAL]


def test_a_proxy_may_use_all_connections() -> None:
    for address in ("127.0.0.1", "127.0.0.9", "::1", "::ffff:127.0.0.1", PROXY, f"::ffff:{PROXY}"):
        connections = counter()
        assert [connections.admit(address) for _ in range(8)] == [None] * 8, address
        assert [connections.admit(each) for each in (address, STRANGERS[0])] == [Refusal.TOTAL] * 2
        connections.release(address)
        assert connections.admit(STRANGERS[0]) is None


@given(st.lists(st.tuples(st.sampled_from((*STRANGERS, PROXY, "127.0.0.1", "what?")), st.booleans()), max_size=80))
def test_no_limit_is_ever_exceeded_and_every_end_makes_room(steps: list[tuple[str, bool]]) -> None:
    connections, opened = counter(), list[str]()
    for address, opens in steps:
        if opens and connections.admit(address) is None:
            opened.append(address)
        elif not opens and opened:
            connections.release(opened.pop(0))
        strangers = [each for each in opened if each not in {PROXY, "127.0.0.1"}]
        assert len(opened) <= LIMITS.total
        assert len(strangers) <= LIMITS.strangers
        assert all(strangers.count(each) <= LIMITS.per_address for each in strangers)
    for address in opened:
        connections.release(address)
    assert [connections.admit(PROXY) for _ in range(9)] == [None] * 8 + [Refusal.TOTAL]
