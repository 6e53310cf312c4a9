"""The port at every address of its host."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable

import pytest

from bot.web.connection_limits import WITHOUT_DESCRIPTOR_LIMIT, ConnectionCounter
from bot.web.listener import Acceptor, GuardedConnection, listen
from tests.helpers.looptime import LoopTime
from tests.helpers.ports import free_port

ABSENT = "203.0.113.1"
"""An address that no machine has."""

pytestmark = pytest.mark.timeout(30)  # a connection that stays open hangs its test


class Greeting(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(b"hello")
        transport.close()


class Recorder(asyncio.Protocol):
    """Sends `size` bytes for each request, and records every call."""

    def __init__(self, size: int) -> None:
        self.calls: list[str] = []
        self.lost = asyncio.Event()
        self.size = size
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.calls.append("made")
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        self.calls.append(data.decode())
        self._transport.write(bytes(self.size))

    def pause_writing(self) -> None:
        self.calls.append("pause")

    def resume_writing(self) -> None:
        self.calls.append("resume")

    def connection_lost(self, exc: Exception | None) -> None:
        assert exc is None
        self.calls.append("lost")
        self.lost.set()


def acceptor(make_protocol: Callable[[], asyncio.Protocol] = Greeting) -> Acceptor:
    counter = ConnectionCounter(WITHOUT_DESCRIPTOR_LIMIT)
    return Acceptor(make_protocol, counter, lambda _: None, now=lambda: 0.0, sleep=asyncio.sleep)


def resolve(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name have these addresses."""

    async def found(_host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one loopback address")
async def test_every_address_of_a_name_that_this_machine_has_is_listened_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are skipped, as long as there is one."""
    port = free_port()
    resolve(monkeypatch, ABSENT, "127.0.0.1", "127.0.0.2", "127.0.0.2")
    async with listen("movies.example", port, acceptor()) as opened:
        assert opened == port
        monkeypatch.undo()
        for address in ("127.0.0.1", "127.0.0.2"):
            reader, writer = await asyncio.open_connection(address, port)
            assert await reader.read() == b"hello"
            writer.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one loopback address")
async def test_a_port_that_is_taken_at_one_address_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Callers of that address would reach another program."""
    with socket.create_server(("127.0.0.2", 0)) as other:
        resolve(monkeypatch, "127.0.0.1", "127.0.0.2")
        with pytest.raises(OSError, match="in use"):
            async with listen("movies.example", other.getsockname()[1], acceptor()):
                pass


async def test_a_name_without_an_address_of_this_machine_cannot_be_listened_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for addresses in ((ABSENT,), ()):
        resolve(monkeypatch, *addresses)
        with pytest.raises(OSError, match="address"):
            async with listen("movies.example", 0, acceptor()):
                pass


async def test_a_response_that_is_read_in_time_keeps_its_connection() -> None:
    """Its protocol learns when it may go on, and of the end."""
    time, loop, recorder = LoopTime(), asyncio.get_running_loop(), Recorder(60_000)
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as caller:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        for each in (listener, caller):
            each.settimeout(0)
        accepting = asyncio.create_task(acceptor(lambda: recorder).run(listener))
        await loop.sock_connect(caller, listener.getsockname())
        for _ in range(2):
            await loop.sock_sendall(caller, b"data")
            left = recorder.size
            while left and (chunk := await loop.sock_recv(caller, left)):
                left -= len(chunk)
            time.advance(15.5)
        caller.close()
        await recorder.lost.wait()
        accepting.cancel()
    assert recorder.calls == ["made", *["data", "pause", "resume"] * 2, "lost"]


def test_the_end_of_a_connection_is_reported_once() -> None:
    """A second report would free another's slot."""
    ends = list[None]()
    connection = GuardedConnection(asyncio.Protocol(), lambda: ends.append(None))
    connection.end()
    connection.connection_lost(None)
    assert len(ends) == 1
