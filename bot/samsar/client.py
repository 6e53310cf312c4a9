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
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiolimiter import AsyncLimiter
from pydantic import SecretStr

from bot import __version__
from bot.domain.request import MovieRequest
from bot.domain.upstream import Status
from bot.errors import ConfigurationError, ConnectFailed, InvalidResponse, OutcomeUnknown, RequestNotFound
from bot.samsar import wire

MAX_BODY_BYTES = 1024 * 1024
"""Bytes of an answer that are read, counted after decompression."""

_CHUNK = 64 * 1024
_SECRET_LEAST = 8
_LOOKS_IN_LINE = 8
"""Looks that an order may have to let pass when it takes its turn to ask, however many want to."""

_CONNECT_ERRORS = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)

Sleep = Callable[[float], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """How long an answer is waited for, and how often the API is asked.

    Raises:
        ConfigurationError: the rate is none.
    """

    connect_seconds: float = 10.0
    """For an address, a connection and TLS. Running out of it proves that nothing was sent, so keep it the shortest."""
    read_seconds: float = 45.0
    """For the silence between two pieces of an answer."""
    total_seconds: float = 60.0
    retry_pauses: tuple[float, ...] = (0.5, 2.0)
    """Seconds before the second and each later attempt to read a status, each up to half as long or as short again."""
    requests_per_second: float = 10.0

    def __post_init__(self) -> None:
        if self.requests_per_second <= 0:
            raise ConfigurationError(("the number of requests a second must be more than 0",))


@dataclass(frozen=True, slots=True)
class SamsarConfig:
    """Where the API is and how it is asked. All but the key has a default: the API's page of March 2025.

    Raises:
        ConfigurationError: the key or the address can't be used. The key is not in its text.
    """

    key: SecretStr
    base_url: str = "https://api.samsar.one/v1/video/"
    create_path: str = "create_movie"
    status_path: str = "status"
    patience: ClientOptions = field(default_factory=ClientOptions)

    def __post_init__(self) -> None:
        problems = [*_key_problems(self.key.get_secret_value()), *_address_problems(self.base_url)]
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


class RawResponse(NamedTuple):
    """What came back: the body as far as it came, at most MAX_BODY_BYTES bytes, with secrets taken out."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class _ConnectionState:
    """Whether there was a connection on which a request can have left."""

    open: bool = False


class SamsarClient:
    """The API, as the engine sees it. Make it with `open`, or inside a running event loop and then `close` it.

    A request to make a movie gets a connection of its own, for one that was kept alive may be closed by the server just
    as it is used again, and then nobody knows whether the movie was ordered. Only reads share connections.
    """

    def __init__(self, endpoints: SamsarConfig, *, sleep: Sleep = asyncio.sleep) -> None:
        self._endpoints = endpoints
        self._sleep = sleep
        rate = endpoints.patience.requests_per_second
        burst = max(1.0, rate)
        self._limiter = AsyncLimiter(burst, burst / rate)
        self._next_looks = asyncio.Semaphore(_LOOKS_IN_LINE)
        self._orders = _session(endpoints, aiohttp.TCPConnector(force_close=True), _connection_tracer())
        self._reads = _session(endpoints, aiohttp.TCPConnector())

    @classmethod
    @asynccontextmanager
    async def open(cls, endpoints: SamsarConfig, *, sleep: Sleep = asyncio.sleep) -> AsyncGenerator[SamsarClient]:
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
            InvalidRequest: nothing was made (see `wire.read_created` for all refusals).
            AuthenticationFailed: nothing was made.
            UpstreamCreditsExhausted: nothing was made.
            Busy: nothing was made.
            Unreachable: provably never sent; safe to try again.
            Ambiguous: it may have been carried out. Never call this again for the same movie.
            asyncio.CancelledError: the caller was cancelled; from Unreachable where there was no connection yet.
        """
        body = wire.encode_create(request, webhook_url)
        hidden = (webhook_url,) if webhook_url else ()
        way = _ConnectionState()
        try:
            async with self._limiter:
                url = self._endpoints.create_url
                answer = await self._exchange(self._orders, "POST", url, json=body, hidden=hidden, way=way)
        except asyncio.CancelledError as exc:
            if way.open:
                raise
            raise exc from ConnectFailed("cancelled before there was a connection")
        return wire.decode_created(*answer)

    async def get_status(self, request_id: str) -> Status:
        """Look how far a movie is. A broken answer or connection is tried again, after each of the pauses.

        Raises:
            RequestNotFound: 404, or an id that can't be one.
            Busy: not tried again here; the engine waits.
            SamsarError: as `wire.read_status` says, and Unreachable.
        """
        if wire.parse_request_id(request_id) is None:
            raise RequestNotFound("this is not a request_id")
        for pause in self._endpoints.patience.retry_pauses:
            try:
                return await self._status_once(request_id)
            except (ConnectFailed, InvalidResponse):
                await self._sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - spreads load, guards nothing
        return await self._status_once(request_id)

    async def get_credits(self) -> int | None:
        """Ask what the operator's plan has left, in credits; None where the API doesn't say, or not now.

        Raises:
            AuthenticationFailed: the key is missing or invalid.
        """
        try:
            return wire.decode_credits(*await self._read(self._endpoints.credits_url))
        except (ConnectFailed, InvalidResponse):
            return None

    async def verify_key(self) -> None:
        """Check the way and the key without making anything: ask for a status, but name no request.

        Raises:
            SamsarError: AuthenticationFailed, Unreachable, and what else `wire.read_probe` says.
        """
        wire.decode_probe(*await self._read(self._endpoints.status_url))

    async def ping(self) -> None:
        """Return if the API answers and takes the key. Asks for a status without an id, so nothing is made.

        Raises:
            SamsarError: as `wire.read_ping` says, and Unreachable.
        """
        wire.read_ping(*await self._read(self._endpoints.status_url))

    async def _status_once(self, request_id: str) -> Status:
        answer = await self._read(self._endpoints.status_url, params={"request_id": request_id})
        return wire.decode_status(*answer, base_url=self._endpoints.base_url)

    async def _read(self, url: str, *, params: Mapping[str, str] | None = None) -> RawResponse:
        async with self._next_looks, self._limiter:
            pass
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
        way: _ConnectionState | None = None,
    ) -> RawResponse:
        """Send one request and read its answer.

        A failure is raised without the one behind it: aiohttp's exceptions carry the request's headers, and so the key.
        """
        if session.closed:
            raise ConnectFailed("the client is closed")
        secret = self._endpoints.key.get_secret_value()
        headers = {"Authorization": f"Bearer {secret}"}
        try:
            async with session.request(
                method, url, params=params, json=json, headers=headers, allow_redirects=False, trace_request_ctx=way
            ) as response:
                body = _redact(await _bounded_body(response), (secret, *hidden))
                return RawResponse(response.status, response.headers, body)
        except (aiohttp.ClientError, TimeoutError, OSError) as exc:
            failure = map_exception(exc, InvalidResponse if method == "GET" else OutcomeUnknown, (secret, *hidden))
        raise failure


def map_exception(
    exc: BaseException, uncertain: type[OutcomeUnknown | InvalidResponse], hidden: tuple[str, ...] = ()
) -> ConnectFailed | OutcomeUnknown | InvalidResponse:
    """Turn a failure to exchange a request for an answer into ours: Unreachable if nothing was sent, else `uncertain`.

    No connection, no request: a name that isn't known, a port that is closed, a TLS handshake that failed and a
    connection that took too long prove that nothing left. All else may have happened after the request was read.
    """
    kind: type[ConnectFailed | OutcomeUnknown | InvalidResponse] = (
        ConnectFailed if isinstance(exc, _CONNECT_ERRORS) else uncertain
    )
    # aiohttp quotes an answer that it can't read, and an answer may quote the prompt.
    why = "the answer is no HTTP" if isinstance(exc, aiohttp.ClientResponseError) else exc
    text = _redact(f"{type(exc).__name__}: {why}".encode(errors="replace"), hidden)
    return kind(wire.one_line(text.decode(errors="replace")))


def _connection_tracer() -> aiohttp.TraceConfig:
    """Has a request's `_Way` told that it is open."""
    tracing = aiohttp.TraceConfig()

    async def connected(
        _session: aiohttp.ClientSession, context: SimpleNamespace, _: aiohttp.TraceConnectionCreateEndParams
    ) -> None:
        way: _ConnectionState = context.trace_request_ctx
        way.open = True

    tracing.on_connection_create_end.append(connected)
    return tracing


def _session(
    endpoints: SamsarConfig, connector: aiohttp.BaseConnector, *tracing: aiohttp.TraceConfig
) -> aiohttp.ClientSession:
    """A session that keeps no cookies, and takes neither proxies nor passwords from the environment."""
    patience = endpoints.patience
    return aiohttp.ClientSession(
        connector=connector,
        trace_configs=list(tracing),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"Matinee/{__version__}", "Accept": "application/json"},
        timeout=aiohttp.ClientTimeout(
            total=patience.total_seconds, connect=patience.connect_seconds, sock_read=patience.read_seconds
        ),
        trust_env=False,
    )


async def _bounded_body(response: aiohttp.ClientResponse) -> bytes:
    """Read the body as far as it comes, at most MAX_BODY_BYTES bytes.

    A body that breaks off is no failure of its own. The status already says whether a request was refused, and what is
    left of a JSON object either can be read whole or not at all.
    """
    body = bytearray()
    try:
        async for chunk in response.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > MAX_BODY_BYTES:
                response.close()
                break
    except (aiohttp.ClientError, TimeoutError, OSError):
        response.close()
    return bytes(body[:MAX_BODY_BYTES])


def _redact(text: bytes, hidden: tuple[str, ...]) -> bytes:
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
