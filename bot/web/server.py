"""The server on HOST and PORT: callbacks, /healthz, /readyz and /metrics."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.domain.callback_token import CALLBACK_PATH
from bot.errors import StartupError
from bot.web.callbacks import CallbackEndpoint, FindTokens, HandleCallback, Sleep
from bot.web.client_ip import Networks
from bot.web.rate_limit import RateLimiter
from bot.web.request_log import MalformedRequestLogger

_ADDRESS_RATE, _ADDRESS_BURST = 10.0, 100
"""Bodies read per second and at once, for each address."""

_JOB_RATE, _JOB_BURST = 1.0, 10
"""Callbacks handled for each job. The API sends one; more are replays."""

_PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
"""Headers that a proxy adds to a forwarded request."""


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """Where to listen, and whom to trust.

    `metrics_public` opens /metrics and /readyz to other machines. `proxies` are the networks of trusted proxies.
    """

    host: str
    port: int
    metrics_public: bool
    proxies: Networks = ()


@dataclass(frozen=True, slots=True)
class ServerHandlers:
    """The functions behind the endpoints.

    `not_ready` returns the reasons, empty if ready. `metrics` returns the page and its content type.
    """

    find_tokens: FindTokens
    handle_callback: HandleCallback
    not_ready: Callable[[], Awaitable[tuple[str, ...]]]
    metrics: Callable[[], Awaitable[tuple[bytes, str]]]


@contextlib.asynccontextmanager
async def serve(
    config: ServerConfig,
    handlers: ServerHandlers,
    now: Callable[[], float] = time.monotonic,
    sleep: Sleep = asyncio.sleep,
) -> AsyncGenerator[int]:
    """Serve until the end of the block; yields the port.

    `now` is the rate limits' clock in seconds; `sleep` waits before callbacks are retried.

    Raises:
        StartupError: the port is taken, or the address is not available.
    """
    callbacks = CallbackEndpoint(
        handlers.find_tokens,
        handlers.handle_callback,
        address_limiter=RateLimiter(_ADDRESS_RATE, _ADDRESS_BURST, now),
        job_limiter=RateLimiter(_JOB_RATE, _JOB_BURST, now),
        proxies=config.proxies,
        sleep=sleep,
    )
    runner = web.AppRunner(
        _application(config, handlers, callbacks),
        access_log=None,
        logger=MalformedRequestLogger(logging.getLogger(__name__), RateLimiter(1 / 60, 10, now)),
        shutdown_timeout=1,
        auto_decompress=False,  # a body is counted as it came, so that a small one can't become a large one
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, config.host, config.port).start()
    except (OSError, UnicodeError) as exc:  # the second from a name that no host can have
        await runner.cleanup()
        raise StartupError(
            f"cannot listen on {config.host} port {config.port}: set PORT to a free one, or leave it out"
        ) from exc
    processing = asyncio.create_task(callbacks.process_queue(), name="callbacks")
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
        processing.cancel()
        await asyncio.gather(processing, return_exceptions=True)


def _application(config: ServerConfig, handlers: ServerHandlers, callbacks: CallbackEndpoint) -> web.Application:
    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(request: web.Request) -> web.Response:
        _require_loopback(request, config)
        missing = await handlers.not_ready()
        return web.Response(status=503 if missing else 200, text="\n".join(missing or ("ready",)) + "\n")

    async def metrics(request: web.Request) -> web.Response:
        _require_loopback(request, config)
        body, content_type = await handlers.metrics()
        return web.Response(body=body, headers={"Content-Type": content_type})

    application = web.Application()
    application.router.add_post(CALLBACK_PATH + "{secret}", callbacks.handle)
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/readyz", readyz)
    application.router.add_get("/metrics", metrics)
    return application


def _require_loopback(request: web.Request, config: ServerConfig) -> None:
    """Answer 404 to other machines, unless the metrics are public.

    A proxy on this machine forwards requests of others, so its headers count too.
    """
    forwarded = any(name in request.headers for name in _PROXY_HEADERS)
    if not config.metrics_public and (forwarded or not is_loopback(request.remote)):
        raise web.HTTPNotFound


def is_loopback(address: str | None) -> bool:
    """Tell whether an address is loopback, also in IPv4-mapped form."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (mapped or ip).is_loopback
