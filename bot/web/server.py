"""The server on HOST and PORT: callbacks, /healthz, /readyz and /metrics."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import RawRequestMessage, StreamWriter
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.streams import StreamReader
from multidict import CIMultiDict

from bot.core.errors import StartupError
from bot.domain.callback_token import CALLBACK_PATH
from bot.domain.rate_limit import RateLimiter
from bot.web.callbacks import MAX_BODY_BYTES, CallbackEndpoint, FindTokens, HandleCallback, Sleep
from bot.web.listener import (
    IDLE_SECONDS,
    WITHOUT_DESCRIPTOR_LIMIT,
    Acceptor,
    ConnectionCounter,
    ConnectionLimits,
    Networks,
    Refusal,
    is_loopback,
    is_loopback_host,
    listen,
)

_ADDRESS_RATE, _ADDRESS_BURST = 10.0, 100
"""Bodies read per second and at once, for each address."""

_JOB_RATE, _JOB_BURST = 1.0, 10
"""Callbacks handled for each job. The API sends one; more are replays."""

_CONNECTION_OPTIONS: Mapping[str, Any] = {
    "auto_decompress": False,  # a body is counted as it came, so that a small one can't become a large one
    "keepalive_timeout": IDLE_SECONDS,  # also for the first request of a connection to arrive
    "lingering_time": 5.0,  # for the rest of a body after its response, so that the caller can read the response
}

_PROXY_HEADERS = (
    "CF-Connecting-IP",
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-IP",
    "Via",
)
"""Headers that a proxy adds to a forwarded request."""


class MalformedRequestLogger(logging.LoggerAdapter[logging.Logger]):
    """The logger of an aiohttp server; other records pass unchanged."""

    def __init__(self, logger: logging.Logger, limit: RateLimiter) -> None:
        super().__init__(logger)
        self._limit = limit

    def exception(self, msg: object, *args: object, exc_info: object = True, **_: object) -> None:
        """Log an error.

        Of a malformed request it logs only the error's type, as its bytes are untrusted.
        """
        if not isinstance(exc_info, HttpProcessingError):
            super().exception(msg, *args, exc_info=exc_info if isinstance(exc_info, BaseException) else True)
        elif self._limit.allow(""):
            address = args[0] if args else None
            self.logger.info("http_request_malformed", extra={"address": address, "error": type(exc_info).__name__})


def omit_server_header(server: web.Server) -> None:
    """Make a server send no `Server` header, which names the software's versions.

    The application's `on_response_prepare` is not enough: it does not see responses to malformed requests.
    """
    make_original = server.request_factory

    def make_request(
        message: RawRequestMessage,
        payload: StreamReader,
        protocol: web.RequestHandler,
        _writer: AbstractStreamWriter,
        task: asyncio.Task[None],
    ) -> web.BaseRequest:
        writer = _Writer(protocol, asyncio.get_running_loop())
        return make_original(message, payload, protocol, writer, task)

    server.request_factory = make_request


class _Writer(StreamWriter):
    async def write_headers(self, status_line: str, headers: CIMultiDict[str]) -> None:
        headers.popall("Server", None)
        await super().write_headers(status_line, headers)


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """Where to listen, whom to trust, and how many connections to allow.

    `metrics_public` opens /metrics and /readyz to other machines. `proxies` are the networks of trusted proxies.
    """

    host: str
    port: int
    metrics_public: bool
    proxies: Networks = ()
    connections: ConnectionLimits = WITHOUT_DESCRIPTOR_LIMIT


@contextlib.asynccontextmanager
async def serve(
    config: ServerConfig,
    *,
    find_tokens: FindTokens,
    handle_callback: HandleCallback | None,
    not_ready: Callable[[], Awaitable[tuple[str, ...]]],
    metrics: Callable[[], Awaitable[tuple[bytes, str]]],
    refused: Callable[[Refusal], object],
    warnings: Callable[[], Awaitable[tuple[str, ...]]],
    now: Callable[[], float] = time.monotonic,
    sleep: Sleep = asyncio.sleep,
) -> AsyncGenerator[int]:
    """Serve until the end of the block; yields the port.

    Without `handle_callback`, there is no endpoint for callbacks. `not_ready` returns the reasons, empty if ready.
    `metrics` returns the page and its content type. `refused` is called for each connection that a limit refuses.
    `warnings` returns what /readyz says besides that it is ready. `now` is the rate limits' clock in seconds; `sleep`
    waits before something that failed is retried.

    Raises:
        StartupError: the port is taken, or the address is not available.
    """
    application = _application(config, not_ready, metrics, warnings)
    if handle_callback is not None:
        callbacks = CallbackEndpoint(
            find_tokens,
            handle_callback,
            address_limiter=RateLimiter(_ADDRESS_RATE, _ADDRESS_BURST, now),
            job_limiter=RateLimiter(_JOB_RATE, _JOB_BURST, now),
            proxies=config.proxies,
            sleep=sleep,
        )
        _add_callbacks(application, callbacks)
    logger = MalformedRequestLogger(logging.getLogger(__name__), RateLimiter(1 / 60, 10, now))
    runner = web.AppRunner(application, access_log=None, logger=logger, shutdown_timeout=1, **_CONNECTION_OPTIONS)
    await runner.setup()
    assert runner.server is not None, "it was just set up"
    omit_server_header(runner.server)
    counter = ConnectionCounter(config.connections, config.proxies)
    acceptor = Acceptor(runner.server, counter, refused, now=now, sleep=sleep)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(runner.cleanup)
        try:
            port = await stack.enter_async_context(listen(config.host, config.port, acceptor))
        except (OSError, UnicodeError) as exc:  # the second from a name that no host can have
            raise StartupError(
                f"Can't listen on {config.host} port {config.port}. Set PORT to a free port, or leave it empty."
            ) from exc
        yield port


def _add_callbacks(application: web.Application, callbacks: CallbackEndpoint) -> None:
    async def process_queue(_: web.Application) -> AsyncIterator[None]:
        processing = asyncio.create_task(callbacks.process_queue(), name="callbacks")
        yield
        processing.cancel()
        await asyncio.wait([processing])

    application.router.add_post(CALLBACK_PATH + "{token}", callbacks.handle)
    application.cleanup_ctx.append(process_queue)


def _application(
    config: ServerConfig,
    not_ready: Callable[[], Awaitable[tuple[str, ...]]],
    metrics: Callable[[], Awaitable[tuple[bytes, str]]],
    warnings: Callable[[], Awaitable[tuple[str, ...]]],
) -> web.Application:
    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(request: web.Request) -> web.Response:
        _require_loopback(request, config)
        missing = await not_ready()
        if missing:
            return web.Response(status=503, text="\n".join(missing) + "\n")
        warned = [f"warning: {each}" for each in await warnings()]
        return web.Response(text="\n".join(["ready", *warned]) + "\n")

    async def metrics_page(request: web.Request) -> web.Response:
        _require_loopback(request, config)
        body, content_type = await metrics()
        return web.Response(body=body, headers={"Content-Type": content_type})

    application = web.Application(client_max_size=MAX_BODY_BYTES)
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/readyz", readyz)
    application.router.add_get("/metrics", metrics_page)
    return application


def _require_loopback(request: web.Request, config: ServerConfig) -> None:
    """Answer 404 to other machines, unless the metrics are public.

    A proxy on this machine forwards requests of others, so its headers count too. A page in a browser on this machine
    can have a name that leads here (DNS rebinding), so the Host that was asked for has to be loopback as well.
    """
    if config.metrics_public:
        return
    forwarded = any(name in request.headers for name in _PROXY_HEADERS)
    if forwarded or not is_loopback(request.remote) or not is_loopback_host(request.headers.get("Host", "")):
        raise web.HTTPNotFound
