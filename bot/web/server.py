"""The server on HOST and PORT: callbacks, /healthz, /readyz, /metrics."""

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

_PER_SECOND, _BURST = 10.0, 100
"""Bodies that are read of an address."""

_JOB_PER_SECOND, _JOB_BURST = 1.0, 10
"""Callbacks of one job that are heeded. The API sends one; more are replays."""

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
"""What a proxy adds to a request that it hands on."""


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """Where to listen, whether others than this machine may see /metrics and /readyz, and whose word on callers counts.

    `proxies` are the networks of the proxies before us.
    """

    host: str
    port: int
    metrics_public: bool
    proxies: Networks = ()


@dataclass(frozen=True, slots=True)
class ServerHandlers:
    """Where the answers come from.

    Which secrets are known, what hears callbacks with those, what is not ready (empty: all is), and the metrics' page.
    """

    known: FindTokens
    heard: HandleCallback
    not_ready: Callable[[], Awaitable[tuple[str, ...]]]
    metrics: Callable[[], Awaitable[tuple[bytes, str]]]


@contextlib.asynccontextmanager
async def serve(
    serving: ServerConfig,
    sources: ServerHandlers,
    now: Callable[[], float] = time.monotonic,
    sleep: Sleep = asyncio.sleep,
) -> AsyncGenerator[int]:
    """Listen until the end of the block; yields the port. What comes too often, `now` (in seconds) says.

    `sleep` makes the pauses before a callback that met a database out of order is tried again.

    Raises:
        StartupError: The port is taken, or the address is not ours.
    """
    callbacks = CallbackEndpoint(
        sources.known,
        sources.heard,
        of_address=RateLimiter(_PER_SECOND, _BURST, now),
        of_job=RateLimiter(_JOB_PER_SECOND, _JOB_BURST, now),
        proxies=serving.proxies,
        sleep=sleep,
    )
    runner = web.AppRunner(
        _application(serving, sources, callbacks),
        access_log=None,
        logger=MalformedRequestLogger(logging.getLogger(__name__), RateLimiter(1 / 60, 10, now)),
        shutdown_timeout=1,
        auto_decompress=False,  # a body is counted as it came, so that a small one can't become a large one
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, serving.host, serving.port).start()
    except (OSError, UnicodeError) as exc:  # the second from a name that no host can have
        await runner.cleanup()
        raise StartupError(
            f"cannot listen on {serving.host} port {serving.port}: set PORT to a free one, or leave it out"
        ) from exc
    handing_on = asyncio.create_task(callbacks.process_queue(), name="callbacks")
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
        handing_on.cancel()
        await asyncio.gather(handing_on, return_exceptions=True)


def _application(serving: ServerConfig, sources: ServerHandlers, callbacks: CallbackEndpoint) -> web.Application:
    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(request: web.Request) -> web.Response:
        _require_loopback(request, serving)
        missing = await sources.not_ready()
        return web.Response(status=503 if missing else 200, text="\n".join(missing or ("ready",)) + "\n")

    async def metrics(request: web.Request) -> web.Response:
        _require_loopback(request, serving)
        body, content_type = await sources.metrics()
        return web.Response(body=body, headers={"Content-Type": content_type})

    application = web.Application()
    application.router.add_post(CALLBACK_PATH + "{secret}", callbacks.handle)
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/readyz", readyz)
    application.router.add_get("/metrics", metrics)
    return application


def _require_loopback(request: web.Request, serving: ServerConfig) -> None:
    """Answer as if there were nothing to whoever does not ask from this machine.

    A proxy on this machine asks for others, and says so.
    """
    forwarded = any(name in request.headers for name in _FORWARDED)
    if not serving.metrics_public and (forwarded or not is_loopback(request.remote)):
        raise web.HTTPNotFound


def is_loopback(address: str | None) -> bool:
    """Whether an address is this machine's own loopback, also as a socket for both IP versions writes it."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (mapped or ip).is_loopback
