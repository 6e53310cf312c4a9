"""A fake resolver, a connection log, and a downloader."""

import asyncio
import errno
import socket
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.downloads.downloader import FILE_PREFIX, DownloadPolicy, MovieDownloader
from tests.unit.samsar.conftest import ReceivedRequest, Script, ScriptedServer, http

MIB = 1024 * 1024
MOVIE = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41" + bytes(range(256)) * 16
"""Begins as an MP4 does, which is all that the downloader checks."""


class FakeResolver(AbstractResolver):
    """Answers are given in turn, and the last one repeats."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.answers = {f"{name}.example": list(each) for name, each in answers.items()}
        self.asked: list[str] = []
        self.closes = 0

    async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_INET) -> list[ResolveResult]:
        self.asked.append(host)
        left = self.answers.get(host)
        if not left:
            raise OSError(errno.ENOENT, "no such name")
        found = left.pop(0) if len(left) > 1 else left[0]
        return [
            ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
            for each in found
        ]

    async def close(self) -> None:
        self.closes += 1


ConnectionLog = list[tuple[str, int]]


@pytest.fixture(autouse=True)
def connections(monkeypatch: pytest.MonkeyPatch) -> ConnectionLog:
    seen, connect = ConnectionLog(), socket.socket.connect

    def watched(sock: socket.socket, address: Any) -> None:
        if sock.family in {socket.AF_INET, socket.AF_INET6}:
            seen.append(address[:2])
            if address[0] not in {"127.0.0.1", "::1"}:
                raise OSError(errno.ENETUNREACH, "tests stay on this machine")
        connect(sock, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    monkeypatch.setattr(socket.socket, "connect_ex", watched)
    return seen


@asynccontextmanager
async def open_downloader(
    folder: Path, *servers: ScriptedServer, names: AbstractResolver | None = None, **changes: Any
) -> AsyncGenerator[MovieDownloader]:
    trusted = frozenset(here(server) for server in servers)
    policy = DownloadPolicy(**({"folder": folder, "trusted_origins": trusted} | changes))
    downloader = MovieDownloader(policy, resolver=names or FakeResolver())
    try:
        yield downloader
    finally:
        await downloader.close()


def here(server: ScriptedServer, path: str = "") -> str:
    return f"http://127.0.0.1:{server.port}{path}"


def leftovers(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{FILE_PREFIX}*"))


def redirects(location: str, status: int = 302) -> bytes:
    return http(status, b"over there", f"Location: {location}")


def by_path(answers: Mapping[str, bytes]) -> Script:
    async def script(received: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(answers[received.target.partition("?")[0]])
        await writer.drain()

    return script


def streams(size: int, *, declared: bool, piece: int = 64 * 1024) -> Script:
    """Send a movie of this size as fast as possible. Its length is announced, or the connection closed at its end."""

    async def script(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        length = f"Content-Length: {size}\r\n" if declared else "Connection: close\r\n"
        writer.write(f"HTTP/1.1 200 OK\r\n{length}\r\n".encode() + MOVIE[:24])
        zeros, left = bytes(piece), size - 24
        while left > 0:
            writer.write(zeros if left >= piece else zeros[:left])
            left -= piece
            await writer.drain()
        if not declared:
            writer.close()

    return script
