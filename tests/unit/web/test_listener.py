"""The port is open at every address of its host, and closes only dead connections."""

from __future__ import annotations

import asyncio
import socket
import sys

import pytest

from bot.web.connection_limits import WITHOUT_DESCRIPTOR_LIMIT, ConnectionCounter
from bot.web.listener import Acceptor, listen
from tests.helpers.callback_client import CallbackClient
from tests.helpers.looptime import LoopTime
from tests.helpers.ports import free_port

ABSENT = "203.0.113.1"
"""An address that no machine has."""

pytestmark = pytest.mark.timeout(30)  # a connection that stays open hangs its test


class Greeting(asyncio.Protocol):
    """Says a word and closes."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio.Protocol."""
        assert isinstance(transport, asyncio.Transport)
        transport.write(b"hello")
        transport.close()


def acceptor() -> Acceptor:
    """Return one that greets everyone."""
    counter = ConnectionCounter(WITHOUT_DESCRIPTOR_LIMIT)
    return Acceptor(Greeting, counter, lambda _: None, now=lambda: 0.0, sleep=asyncio.sleep)


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


async def test_a_large_response_that_is_read_in_time_keeps_its_connection(client: CallbackClient) -> None:
    """The caller begins to read it after ten seconds."""
    client.page = b"#" * 32 * 1024 * 1024  # more than the kernel takes
    time = LoopTime()
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    for _ in range(2):
        writer.write(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        time.advance(10)
        assert len(await reader.readexactly(len(client.page))) == len(client.page)
    writer.close()
