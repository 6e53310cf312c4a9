"""POST /callbacks/<token>: the API reports that something happened to a job.

Callbacks are unsigned and unordered, so one only triggers a poll of its job and is never a source. The endpoint gives
every caller the same response before the lookup, so it does not reveal whether a token exists.

Above the rate limit, bodies of an address are not read, but tokens are still looked up, in batches: behind a proxy all
callers share an address, and a flood must not hide the API's callbacks. Only the request_id in the body is lost.

The API calls once, so a callback that meets an unusable database (locked, full) is kept in memory and retried. Unknown
tokens are dropped at the lookup.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Final

import structlog
from aiohttp import web

from bot.core.errors import ConstraintViolation, StorageError
from bot.domain.callback_token import hash_token
from bot.domain.rate_limit import RateLimiter
from bot.samsar.wire import decode_request_id
from bot.web.listener import Networks, client_ip, limit_key

_log = structlog.stdlib.get_logger(__name__)

MAX_BODY_BYTES: Final = 64 * 1024
"""Bytes of a callback that are read; the application has the limit."""

_BODY_SECONDS: Final = 10.0
_MAX_QUEUED: Final = 1000
_MIN_RETRY_DELAY: Final = 1.0
_MAX_RETRY_DELAY: Final = 15.0
"""Seconds between retries: doubling, but short enough once the database is back."""

_TOKEN_LENGTH: Final = 43

FindTokens = Callable[[Collection[str]], Awaitable[frozenset[str]]]
"""Takes hashes of tokens and returns those that belong to jobs."""

HandleCallback = Callable[[str, str | None], Awaitable[None]]
"""Takes a token's hash and the body's request_id, if any."""

Sleep = Callable[[float], Awaitable[object]]
"""Waits for so many seconds."""

_QueuedCallback = tuple[str, str | None]
"""A token's hash, and the body's request_id."""


class CallbackEndpoint:
    """Queues callbacks and handles those with known tokens one after the other.

    `address_limiter` limits the bodies read per address, `job_limiter` the polls per job. `sleep` waits before a retry.
    """

    def __init__(
        self,
        find_tokens: FindTokens,
        handle_callback: HandleCallback,
        *,
        address_limiter: RateLimiter,
        job_limiter: RateLimiter,
        proxies: Networks = (),
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._find_tokens = find_tokens
        self._handle_callback = handle_callback
        self._address_limiter = address_limiter
        self._job_limiter = job_limiter
        self._proxies = proxies
        self._sleep = sleep
        self._queue: asyncio.Queue[_QueuedCallback] = asyncio.Queue(_MAX_QUEUED)
        self._unchecked: dict[_QueuedCallback, None] = {}
        self._known: dict[_QueuedCallback, None] = {}

    async def handle(self, request: web.Request) -> web.Response:
        """Queue a callback that may be known.

        Every request gets a 202.
        """
        token = request.match_info["token"]
        address = client_ip(request.remote, request.headers.getall("X-Forwarded-For", ()), self._proxies)
        read = self._address_limiter.allow(limit_key(address))
        if len(token) == _TOKEN_LENGTH:
            body = await _read_body(request) if read else b""
            if body is not None and not self._queue.full():
                self._queue.put_nowait((hash_token(token), decode_request_id(body)))
        return web.Response(status=202)

    async def process_queue(self) -> None:
        """Process the queue forever, retrying while the database is unusable."""
        failures = 0
        while True:
            await self._collect()
            try:
                await self._check_tokens()
                await self._handle_known()
            except StorageError as exc:
                pause = min(_MAX_RETRY_DELAY, _MIN_RETRY_DELAY * 2 ** min(failures, 10))
                failures += 1
                kept = len(self._known) + len(self._unchecked)
                _log.warning("callbacks_kept", kept=kept, error=str(exc), retry_in_ms=round(1000 * pause))
                await self._sleep(pause)
            else:
                failures = 0

    async def _collect(self) -> None:
        """Take queued callbacks without duplicates; wait for one if there are none."""
        if not self._unchecked and not self._known:
            self._unchecked[await self._queue.get()] = None
        while len(self._unchecked) + len(self._known) < _MAX_QUEUED and not self._queue.empty():
            self._unchecked[self._queue.get_nowait()] = None

    async def _check_tokens(self) -> None:
        """Keep callbacks with known tokens within the limit, drop the others.

        Raises:
            StorageError: the lookup failed.
        """
        if not self._unchecked:
            return
        known: Collection[str] = ()
        try:
            known = await self._find_tokens({token_hash for token_hash, _ in self._unchecked})
        except StorageError:
            raise
        except Exception:  # one bad callback must not stop the others
            _log.exception("callback_dropped")
        self._known |= {call: None for call in self._unchecked if call[0] in known and self._job_limiter.allow(call[0])}
        self._unchecked.clear()

    async def _handle_known(self) -> None:
        """Handle known callbacks; those that can never succeed are dropped.

        Raises:
            StorageError: retry later.
        """
        while self._known:
            call = next(iter(self._known))
            try:
                await self._handle_callback(*call)
            except ConstraintViolation as exc:
                _log.error("callback_dropped", error=str(exc))
            except StorageError:
                raise
            except Exception:
                _log.exception("callback_dropped")
            del self._known[call]


async def _read_body(request: web.Request) -> bytes | None:
    """Read the body, None where it is too large or too slow."""
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            return await request.read()
    except (TimeoutError, OSError, web.HTTPException, web.RequestPayloadError):
        return None
