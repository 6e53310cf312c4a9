"""POST /callbacks/<secret>: the API says that something happened to a job.

One attempt, no signature, no order: a hint to look, never a source. So the endpoint does one thing: it has the job
looked at now. It answers the same to every caller, before anything is looked up, so that nobody learns from it whether
a secret exists.

An address that calls too often is not read any more, but its secrets are looked up all the same, many at a time: behind
a proxy everyone has the same address, and a stranger's flood must not deafen us to the API. Such a callback still has
its job looked at; only the request_id in its body goes unread.

The API calls once. So a callback that meets a database that can't be used now (locked, full) is kept in memory and
tried again; those that are of no job of ours are dropped as soon as that is known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Final

import structlog
from aiohttp import web

from bot.domain.callback_token import hash_token
from bot.errors import ConstraintViolation, StorageError
from bot.samsar.wire import decode_callback
from bot.web.client_ip import Networks, client_ip
from bot.web.rate_limit import RateLimiter

_log = structlog.stdlib.get_logger(__name__)

MAX_BODY_BYTES: Final = 64 * 1024
"""Bytes of a callback that are read."""

_BODY_SECONDS: Final = 10.0
_WAITING_MOST: Final = 1000
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 15.0
"""Seconds before kept callbacks are tried again: doubling, but soon enough once the database is back."""

_SECRET_LENGTH: Final = 43

FindTokens = Callable[[Collection[str]], Awaitable[frozenset[str]]]
"""Takes hashes of secrets, and returns those that are a job's."""

HandleCallback = Callable[[str, str | None], Awaitable[None]]
"""Takes the hash of a secret and the request_id that the body named, if any."""

Sleep = Callable[[float], Awaitable[object]]
"""Waits for so many seconds."""

_Call = tuple[str, str | None]
"""The hash of a secret, and the request_id that the body named."""


class CallbackEndpoint:
    """Hears callbacks, and hands on those that are of our jobs, one after the other.

    `of_address` limits how many bodies of an address are read, `of_job` how often the same job is looked at for it.
    `sleep` makes the pause before what was kept is tried again.
    """

    def __init__(
        self,
        known: FindTokens,
        heard: HandleCallback,
        *,
        of_address: RateLimiter,
        of_job: RateLimiter,
        proxies: Networks = (),
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._known = known
        self._heard = heard
        self._of_address = of_address
        self._of_job = of_job
        self._proxies = proxies
        self._sleep = sleep
        self._waiting: asyncio.Queue[_Call] = asyncio.Queue(_WAITING_MOST)
        self._unsorted: dict[_Call, None] = {}
        self._ours: dict[_Call, None] = {}

    async def handle(self, request: web.Request) -> web.Response:
        """Answer 202, whatever came; take it seriously where it may be one of ours."""
        secret = request.match_info["secret"]
        address = client_ip(request.remote, request.headers.getall("X-Forwarded-For", ()), self._proxies)
        read = self._of_address.allow(address)
        if len(secret) == _SECRET_LENGTH:
            body = await _body(request) if read else b""
            if body is not None and not self._waiting.full():
                self._waiting.put_nowait((hash_token(secret), decode_callback(body)))
        return web.Response(status=202)

    async def process_queue(self) -> None:
        """Hand on what was heard, for ever; try again where the database can't be used."""
        failures = 0
        while True:
            await self._gather()
            try:
                await self._sort()
                await self._hand_on_ours()
            except StorageError as exc:
                pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(failures, 10))
                failures += 1
                kept = len(self._ours) + len(self._unsorted)
                _log.warning("callbacks_kept", kept=kept, error=str(exc), again_in=pause)
                await self._sleep(pause)
            else:
                failures = 0

    async def _gather(self) -> None:
        """Take what waits, each call once; wait for one where there is nothing to do."""
        if not self._unsorted and not self._ours:
            self._unsorted[await self._waiting.get()] = None
        while len(self._unsorted) + len(self._ours) < _WAITING_MOST and not self._waiting.empty():
            self._unsorted[self._waiting.get_nowait()] = None

    async def _sort(self) -> None:
        """Keep the calls that are of our jobs, within the limit, and drop the others.

        Raises:
            StorageError: It can't be known now.
        """
        if not self._unsorted:
            return
        known: Collection[str] = ()
        try:
            known = await self._known({digest for digest, _ in self._unsorted})
        except StorageError:
            raise
        except Exception:  # noqa: BLE001 (a callback's outer boundary: its error must not deafen us to the others)
            _log.exception("callback_dropped")
        self._ours |= {call: None for call in self._unsorted if call[0] in known and self._of_job.allow(call[0])}
        self._unsorted.clear()

    async def _hand_on_ours(self) -> None:
        """Hand on the calls of our jobs; what is handed on, or can't ever be, is kept no longer.

        Raises:
            StorageError: Not now.
        """
        while self._ours:
            call = next(iter(self._ours))
            try:
                await self._heard(*call)
            except ConstraintViolation as exc:
                _log.error("callback_dropped", error=str(exc))
            except StorageError:
                raise
            except Exception:  # noqa: BLE001 (as above)
                _log.exception("callback_dropped")
            del self._ours[call]


async def _body(request: web.Request) -> bytes | None:
    """The body, None where it is too large or does not come."""
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.content.iter_chunked(8192):
                body += chunk
                if len(body) > MAX_BODY_BYTES:
                    return None
    except (TimeoutError, OSError, web.HTTPException, web.RequestPayloadError):
        return None
    return bytes(body)
