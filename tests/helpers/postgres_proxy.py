"""A proxy before a PostgreSQL server, which can cut its connections."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Self
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict

_COMMIT = b"COMMIT\0"
"""The end of a query message that commits. A prepared statement, used after five calls, has no text."""

_COMMITTED = b"C\0\0\0\x0bCOMMIT\0"

_PORT = 5432
"""PostgreSQL's own port, which is also in the name of a server's Unix socket."""


@dataclass(frozen=True)
class LostCommit:
    """The first COMMIT of a transaction with a statement that contains `text`, lost before or after it is made."""

    text: bytes
    lost: Literal["request", "answer"]


class PostgresProxy:
    """`url` leads through it. At the COMMIT number `cut_at`, and at the COMMIT `losing`, every connection is cut."""

    def __init__(self, server_url: str, *, losing: LostCommit | None = None) -> None:
        self.commits = 0
        self.cuts = 0
        self._parts = urlsplit(server_url)
        server = conninfo_to_dict(server_url)
        self._host, self._server_port = str(server["host"]), int(server.get("port") or _PORT)
        self.cut_at: int | None = None
        self._losing = losing
        self._is_down = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        user = self._parts.netloc.rpartition("@")[0]
        return f"postgresql://{user}@127.0.0.1:{port}{self._parts.path}?sslmode=disable"

    def cut(self) -> None:
        self.cuts += 1
        for writer in [*self._writers]:
            writer.transport.abort()

    def go_down(self) -> None:
        self._is_down = True
        self.cut()

    def come_up(self) -> None:
        self._is_down = False

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_down:
            writer.transport.abort()
            return
        upstream_reader, upstream_writer = await self._connect()
        self._writers |= {writer, upstream_writer}
        losing: list[LostCommit] = []

        def is_lost_request(data: bytes) -> bool:
            if self._losing is not None and self._losing.text in data:
                losing.append(self._losing)
                self._losing = None
            return any(each.lost == "request" for each in losing) and _COMMIT in data

        def is_lost_answer(data: bytes) -> bool:
            self.commits += _COMMITTED in data
            return _COMMITTED in data and (bool(losing) or self.commits == self.cut_at)

        try:
            await asyncio.gather(
                self._pump(reader, upstream_writer, is_lost_request),
                self._pump(upstream_reader, writer, is_lost_answer),
            )
        finally:
            self._writers -= {writer, upstream_writer}

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._host.startswith("/"):
            return await asyncio.open_unix_connection(f"{self._host}/.s.PGSQL.{self._server_port}")
        return await asyncio.open_connection(self._host, self._server_port)

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, is_lost: Callable[[bytes], bool]
    ) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65_536):
                if is_lost(data):
                    self.cut()
                    break
                writer.write(data)
                await writer.drain()
        writer.transport.abort()
