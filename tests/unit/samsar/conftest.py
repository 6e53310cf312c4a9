"""A scripted loopback server, and clients for it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from pydantic import SecretStr

from bot.domain.catalogue import AspectRatio
from bot.domain.request import MovieRequest
from bot.domain.upstream import Status
from bot.samsar.client import SamsarClient
from bot.samsar.config import AUTUMN_2026, MARCH_2025, ApiProfile, ClientOptions, SamsarConfig


@dataclass(frozen=True)
class ReceivedRequest:
    """One request. `connection` counts from 1, header names are lower case."""

    connection: int
    method: str
    target: str
    headers: dict[str, str]
    body: bytes


Script = Callable[[ReceivedRequest, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class ScriptedServer:
    port: int = 0
    requests: list[ReceivedRequest] = field(default_factory=list[ReceivedRequest])

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1/video/"


def http(status: int, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """An answer as bytes. `length` overrides the correct Content-Length."""
    lines = [f"HTTP/1.1 {status} Reason", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def says(*answers: bytes) -> Script:
    left = list(answers)

    async def script(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(left.pop(0) if len(left) > 1 else left[0])
        await writer.drain()

    return script


async def cuts(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    writer.close()


@asynccontextmanager
async def serving(script: Script) -> AsyncGenerator[ScriptedServer]:
    """Run a server that answers by the script. Only the script closes a connection."""
    server, open_connections = ScriptedServer(), list[asyncio.Task[None]]()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_connections.append(asyncio.current_task())
        number = len(open_connections)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while not writer.is_closing():
                received = await _receive(reader, number)
                server.requests.append(received)
                await script(received, writer)
        writer.close()

    listener = await asyncio.start_server(talk, "127.0.0.1", 0)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in open_connections:
            task.cancel()
        await asyncio.gather(*open_connections, return_exceptions=True)
        await listener.wait_closed()


async def _receive(reader: asyncio.StreamReader, number: int) -> ReceivedRequest:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    method, target, _ = first.split(" ")
    return ReceivedRequest(number, method, target, headers, body)


KEY = "not-a-real-key/0123456789"
HOOK = "https://bot.example/hook/job-secret-1"
REQUEST = MovieRequest("A fox crosses the moor", 30, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)
CREATED = http(200, b'{"request_id": "67c4a1b2"}')
PENDING = http(200, b'{"status": "PENDING"}')


def endpoints(base_url: str, profile: ApiProfile = MARCH_2025, **changes: Any) -> SamsarConfig:
    short = {"requests_per_second": 1000.0, "total_seconds": 20.0, "grace_seconds": 0.05}
    options = ClientOptions(**(short | changes))
    return SamsarConfig(SecretStr(KEY), base_url, profile.create_path, profile.status_path, profile, options)


def config_of(server: ScriptedServer, profile: ApiProfile, **changes: Any) -> SamsarConfig:
    return endpoints(f"http://127.0.0.1:{server.port}{profile.base_path}".rstrip("/"), profile, **changes)


class FakeSleep(list[float]):
    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


@asynccontextmanager
async def asking(
    *answers: bytes, script: Script | None = None, profile: ApiProfile = AUTUMN_2026, **changes: Any
) -> AsyncGenerator[tuple[SamsarClient, list[ReceivedRequest]]]:
    """Open a client of a server that gives these answers, and list what it receives."""
    async with (
        serving(script or says(*answers)) as server,
        SamsarClient.open(config_of(server, profile, **changes), sleep=FakeSleep()) as client,
    ):
        yield client, server.requests


async def order(server: ScriptedServer, webhook_url: str | None = None, **changes: Any) -> str:
    async with SamsarClient.open(endpoints(server.base_url, **changes)) as client:
        return (await client.create_movie(REQUEST, webhook_url)).request_id


async def poll_status(server: ScriptedServer, request_id: str = "67c4a1b2", **changes: Any) -> Status:
    async with SamsarClient.open(endpoints(server.base_url, **changes), sleep=FakeSleep()) as client:
        return await client.get_status(request_id)


async def hangs(_: ReceivedRequest, __: asyncio.StreamWriter) -> None:
    """Read the request and never respond."""


async def drips(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    writer.write(http(200, b'{"request_id": ', length=1000))


async def breaks_off(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    writer.write(http(200, b'{"request_id": "67c4', length=1000))
    writer.close()


async def resets(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()
