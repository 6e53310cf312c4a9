"""Calls the HTTP server over loopback, as the API would."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import aiohttp

from bot.domain.callback_token import CALLBACK_PATH
from bot.web.callbacks import FindTokens, HandleCallback, Sleep
from bot.web.listener import WITHOUT_DESCRIPTOR_LIMIT, ConnectionLimits, Networks, Refusal
from bot.web.server import ServerConfig, serve

PAGE = b"matinee_jobs 1\n"


class Answered(NamedTuple):
    """Everything that distinguishes two responses for a caller. The clock sets the date."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class CallbackClient:
    """`heard` are the callbacks passed on, `missing` what /readyz reports, `refused` the exceeded limits."""

    session: aiohttp.ClientSession
    port: int = 0
    heard: list[tuple[str, str | None]] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    refused: list[Refusal] = field(default_factory=list)
    page: bytes = PAGE
    _more: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def ask(self, method: str, path: str, **how: Any) -> Answered:
        async with self.session.request(method, self.url + path, allow_redirects=False, **how) as response:
            headers = {name: value for name, value in response.headers.items() if name != "Date"}
            return Answered(response.status, headers, await response.read())

    async def call(self, secret: str, body: object = None, **how: Any) -> Answered:
        content = {"data": body} if isinstance(body, bytes) else {"json": body}
        return await self.ask("POST", CALLBACK_PATH + secret, **content, **how)

    async def listened(self, n: int) -> None:
        async with asyncio.timeout(10), self._more:
            await self._more.wait_for(lambda: len(self.heard) >= n)

    async def told(self, secret: str, body: object) -> Answered:
        before = len(self.heard)
        answer = await self.call(secret, body)
        await self.listened(before + 1)
        return answer

    async def note(self, digest: str, request_id: str | None) -> None:
        async with self._more:
            self.heard.append((digest, request_id))
            self._more.notify_all()


@asynccontextmanager
async def open_callback_client(
    heard: HandleCallback | None = None,
    *,
    known: FindTokens | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    public: bool = False,
    proxies: Networks = (),
    connections: ConnectionLimits = WITHOUT_DESCRIPTOR_LIMIT,
    now: Callable[[], float] = time.monotonic,
    sleep: Sleep = asyncio.sleep,
) -> AsyncGenerator[CallbackClient]:
    """Without `known`, every secret is a job's. `now` is the rate limiter's clock, `sleep` makes the pauses."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=50)) as session:
        client = CallbackClient(session)

        async def hear(digest: str, request_id: str | None) -> None:
            try:
                if heard is not None:
                    await heard(digest, request_id)
            finally:
                await client.note(digest, request_id)

        async def all_of_them(digests: Collection[str]) -> frozenset[str]:
            return frozenset(digests)

        async def not_ready() -> tuple[str, ...]:
            return client.missing

        async def warnings() -> tuple[str, ...]:
            return ()

        async def metrics() -> tuple[bytes, str]:
            return client.page, "text/plain; version=1.0.0; charset=utf-8"

        async with serve(
            ServerConfig(host, port, public, proxies, connections),
            find_tokens=known or all_of_them,
            handle_callback=hear,
            not_ready=not_ready,
            metrics=metrics,
            refused=client.refused.append,
            warnings=warnings,
            now=now,
            sleep=sleep,
        ) as client.port:
            yield client
