"""The way to the Samsar API and back: one request, one answer, and the right exception for everything in between.

What an answer means is read in `wire`; what follows from it is the engine's business. The one thing that is decided
here is which failures prove that a request was never sent (`Unreachable`) and which leave its fate open (`Ambiguous`):
a movie costs credits, and the API has no way to recognize a request that comes twice.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiolimiter import AsyncLimiter
from pydantic import SecretStr

from bot import __version__
from bot.domain.request import MovieRequest
from bot.domain.upstream import Status
from bot.errors import Ambiguous, Broken, ConfigurationError, UnknownRequest, Unreachable
from bot.samsar import wire

BODY_MOST = 1024 * 1024
"""Bytes of an answer that are read, counted after decompression."""

RETRY_PAUSES = (0.5, 2.0)
"""Seconds before the second and the third attempt to read a status, each up to half as long or as short again."""

_CHUNK = 64 * 1024
_SECRET_LEAST = 8
_NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)

Sleep = Callable[[float], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the API is and how it is asked. All but the key has a default: the API's page of March 2025.

    Raises:
        ConfigurationError: the key or the address can't be used. The key is not in its text.
    """

    key: SecretStr
    base_url: str = "https://api.samsar.one/v1/video/"
    create_path: str = "create_movie"
    status_path: str = "status"
    requests_per_second: float = 10.0
    connect_seconds: float = 10.0
    """For an address, a connection and TLS. Running out of it proves that nothing was sent, so keep it the shortest."""
    read_seconds: float = 45.0
    """For the silence between two pieces of an answer."""
    total_seconds: float = 60.0

    def __post_init__(self) -> None:
        problems = [*_key_problems(self.key.get_secret_value()), *_address_problems(self.base_url)]
        if self.requests_per_second <= 0:
            problems.append("the number of requests a second must be more than 0")
        if problems:
            raise ConfigurationError(tuple(problems))

    @property
    def create_url(self) -> str:
        """The address of `POST /create_movie`."""
        return self._under_base(self.create_path)

    @property
    def status_url(self) -> str:
        """The address of `GET /status`, without its query."""
        return self._under_base(self.status_path)

    @property
    def credits_url(self) -> str:
        """The address of `GET /v1/credits`, which stands beside the folder that base_url names."""
        return urljoin(self._under_base(""), "../credits")

    def _under_base(self, path: str) -> str:
        return f"{self.base_url.rstrip('/')}/{path.lstrip('/')}"


class Answer(NamedTuple):
    """What came back: the body as far as it came, at most BODY_MOST bytes, with secrets taken out."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class SamsarClient:
    """The API, as the engine sees it. Make it with `open`, or inside a running event loop and then `close` it.

    A request to make a movie gets a connection of its own, for one that was kept alive may be closed by the server just
    as it is used again, and then nobody knows whether the movie was ordered. Only reads share connections.
    """

    def __init__(self, endpoints: Endpoints, *, sleep: Sleep = asyncio.sleep) -> None:
        burst = max(1.0, endpoints.requests_per_second)
        self._endpoints = endpoints
        self._sleep = sleep
        self._limiter = AsyncLimiter(burst, burst / endpoints.requests_per_second)
        self._orders = _session(endpoints, aiohttp.TCPConnector(force_close=True))
        self._reads = _session(endpoints, aiohttp.TCPConnector())

    @classmethod
    @asynccontextmanager
    async def open(cls, endpoints: Endpoints, *, sleep: Sleep = asyncio.sleep) -> AsyncGenerator[SamsarClient]:
        """Open a client and close it again. `sleep` waits between attempts, in seconds."""
        client = cls(endpoints, sleep=sleep)
        try:
            yield client
        finally:
            await client.close()

    async def close(self) -> None:
        """Close all connections. A request on its way ends with Ambiguous or Broken, a later one with Unreachable."""
        await self._orders.close()
        await self._reads.close()

    async def create_movie(self, request: MovieRequest, webhook_url: str | None = None) -> str:
        """Order a movie, which costs credits, and return its request_id. It is sent at most once, whatever happens.

        Raises:
            RequestRejected: nothing was made (see `wire.read_created` for all refusals).
            KeyRejected: nothing was made.
            OutOfCredits: nothing was made.
            Busy: nothing was made.
            Unreachable: provably never sent; safe to try again.
            Ambiguous: it may have been carried out. Never call this again for the same movie.
        """
        body = wire.create_body(request, webhook_url)
        hidden = (webhook_url,) if webhook_url else ()
        async with self._limiter:
            answer = await self._exchange(self._orders, "POST", self._endpoints.create_url, json=body, hidden=hidden)
        return wire.read_created(*answer)

    async def status(self, request_id: str) -> Status:
        """Look how far a movie is. A broken answer or connection is tried again twice, after a short pause.

        Raises:
            UnknownRequest: 404, or an id that can't be one.
            Busy: not tried again here; the engine waits.
            SamsarError: as `wire.read_status` says, and Unreachable.
        """
        if wire.as_request_id(request_id) is None:
            raise UnknownRequest("this is not a request_id")
        for pause in RETRY_PAUSES:
            try:
                return await self._status_once(request_id)
            except (Unreachable, Broken):
                await self._sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - spreads load, guards nothing
        return await self._status_once(request_id)

    async def balance(self) -> int | None:
        """Ask what the operator's plan has left, in credits; None where the API doesn't say, or not now.

        Raises:
            KeyRejected: the key is missing or invalid.
        """
        try:
            return wire.read_balance(*await self._read(self._endpoints.credits_url))
        except (Unreachable, Broken):
            return None

    async def probe(self) -> None:
        """Check the way and the key without making anything: ask for a status, but name no request.

        Raises:
            SamsarError: KeyRejected, Unreachable, and what else `wire.read_probe` says.
        """
        wire.read_probe(*await self._read(self._endpoints.status_url))

    async def _status_once(self, request_id: str) -> Status:
        answer = await self._read(self._endpoints.status_url, params={"request_id": request_id})
        return wire.read_status(*answer, base_url=self._endpoints.base_url)

    async def _read(self, url: str, *, params: Mapping[str, str] | None = None) -> Answer:
        async with self._limiter:
            return await self._exchange(self._reads, "GET", url, params=params)

    async def _exchange(
        self,
        session: aiohttp.ClientSession,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, object] | None = None,
        hidden: tuple[str, ...] = (),
    ) -> Answer:
        """Send one request and read its answer.

        A failure is raised without the one behind it: aiohttp's exceptions carry the request's headers, and so the key.
        """
        if session.closed:
            raise Unreachable("the client is closed")
        secret = self._endpoints.key.get_secret_value()
        headers = {"Authorization": f"Bearer {secret}"}
        try:
            async with session.request(
                method, url, params=params, json=json, headers=headers, allow_redirects=False
            ) as response:
                body = _without(await _bounded_body(response), (secret, *hidden))
                return Answer(response.status, response.headers, body)
        except (aiohttp.ClientError, TimeoutError, OSError) as exc:
            failure = translate(exc, Broken if method == "GET" else Ambiguous, (secret, *hidden))
        raise failure


def translate(
    exc: BaseException, uncertain: type[Ambiguous | Broken], hidden: tuple[str, ...] = ()
) -> Unreachable | Ambiguous | Broken:
    """Turn a failure to exchange a request for an answer into ours: Unreachable if nothing was sent, else `uncertain`.

    No connection, no request: a name that isn't known, a port that is closed, a TLS handshake that failed and a
    connection that took too long prove that nothing left. All else may have happened after the request was read.
    """
    kind: type[Unreachable | Ambiguous | Broken] = Unreachable if isinstance(exc, _NEVER_SENT) else uncertain
    text = _without(f"{type(exc).__name__}: {exc}".encode(errors="replace"), hidden)
    return kind(wire.one_line(text.decode(errors="replace")))


def _session(endpoints: Endpoints, connector: aiohttp.BaseConnector) -> aiohttp.ClientSession:
    """A session that keeps no cookies, and takes neither proxies nor passwords from the environment."""
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"Matinee/{__version__}", "Accept": "application/json"},
        timeout=aiohttp.ClientTimeout(
            total=endpoints.total_seconds, connect=endpoints.connect_seconds, sock_read=endpoints.read_seconds
        ),
        trust_env=False,
    )


async def _bounded_body(response: aiohttp.ClientResponse) -> bytes:
    """Read the body as far as it comes, at most BODY_MOST bytes.

    A body that breaks off is no failure of its own. The status already says whether a request was refused, and what is
    left of a JSON object either can be read whole or not at all.
    """
    body = bytearray()
    try:
        async for chunk in response.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > BODY_MOST:
                response.close()
                break
    except (aiohttp.ClientError, TimeoutError, OSError):
        response.close()
    return bytes(body[:BODY_MOST])


def _without(text: bytes, hidden: tuple[str, ...]) -> bytes:
    """The text without secrets that the API may echo, also where its JSON escapes a slash.

    Secrets of fewer than _SECRET_LEAST characters stay: they could be a part of any word.
    """
    for secret in hidden:
        if len(secret) >= _SECRET_LEAST:
            text = text.replace(secret.encode(), b"[hidden]").replace(secret.replace("/", "\\/").encode(), b"[hidden]")
    return text


def _key_problems(key: str) -> list[str]:
    if not key:
        return ["the API key is empty"]
    if not key.isascii() or not key.isprintable() or " " in key:
        return ["the API key has characters that no key has: was it copied whole, and nothing else?"]
    return []


def _address_problems(base_url: str) -> list[str]:
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
        parts = None
    if not usable or parts is None or "@" in parts.netloc or parts.query or parts.fragment:
        return ["the API's base URL must be a plain address such as https://api.samsar.one/v1/video/"]
    return []
