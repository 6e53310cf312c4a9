"""POST /callbacks/<secret>: the API says that something happened to a job.

One attempt, no signature, no order: a hint to look, never a source. So the endpoint does one thing: it has the job
looked at now. It answers the same to every caller, before anything is looked up, so that nobody learns from it whether
a secret exists.

An address that calls too often is not read any more, but its secrets are looked up all the same, many at a time: behind
a proxy everyone has the same address, and a stranger's flood must not deafen us to the API. Such a callback still has
its job looked at; only the request_id in its body goes unread.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from typing import Final

from aiohttp import web

from bot.domain.callback import digest_of
from bot.errors import StorageError
from bot.samsar.wire import read_callback
from bot.web.limits import RateLimit
from bot.web.proxies import Networks, caller

_log = logging.getLogger(__name__)

BODY_MOST: Final = 64 * 1024
"""Bytes of a callback that are read."""

_BODY_SECONDS: Final = 10.0
_WAITING_MOST: Final = 1000
_SECRET_LENGTH: Final = 43

Known = Callable[[Collection[str]], Awaitable[frozenset[str]]]
"""Takes hashes of secrets, and returns those that are a job's."""

Heard = Callable[[str, str | None], Awaitable[None]]
"""Takes the hash of a secret and the request_id that the body named, if any."""


class Callbacks:
    """Hears callbacks, and hands on those that are of our jobs, one after the other.

    `of_address` limits how many bodies of an address are read, `of_job` how often the same job is looked at for it.
    """

    def __init__(
        self, known: Known, heard: Heard, *, of_address: RateLimit, of_job: RateLimit, proxies: Networks = ()
    ) -> None:
        self._known = known
        self._heard = heard
        self._of_address = of_address
        self._of_job = of_job
        self._proxies = proxies
        self._waiting: asyncio.Queue[tuple[str, str | None]] = asyncio.Queue(_WAITING_MOST)

    async def hear(self, request: web.Request) -> web.Response:
        """Answer 202, whatever came; take it seriously where it may be one of ours."""
        secret = request.match_info["secret"]
        address = caller(request.remote, request.headers.getall("X-Forwarded-For", ()), self._proxies)
        read = self._of_address.allows(address)
        if len(secret) == _SECRET_LENGTH:
            body = await _body(request) if read else b""
            if body is not None and not self._waiting.full():
                self._waiting.put_nowait((digest_of(secret), read_callback(body)))
        return web.Response(status=202)

    async def hand_on(self) -> None:
        """Hand on what was heard, for ever."""
        while True:
            waiting = [await self._waiting.get()]
            while not self._waiting.empty():
                waiting.append(self._waiting.get_nowait())
            try:
                known = await self._known({digest for digest, _ in waiting})
                for digest, request_id in dict.fromkeys(waiting):
                    if digest in known and self._of_job.allows(digest):
                        await self._heard(digest, request_id)
            except StorageError as exc:
                _log.error("callback_dropped", extra={"reason": str(exc)})
            except Exception:  # noqa: BLE001 (a callback's outer boundary: its error must not deafen us to the others)
                _log.exception("callback_dropped")


async def _body(request: web.Request) -> bytes | None:
    """The body, None where it is too large or does not come."""
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.content.iter_chunked(8192):
                body += chunk
                if len(body) > BODY_MOST:
                    return None
    except (TimeoutError, OSError, web.HTTPException, web.RequestPayloadError):
        return None
    return bytes(body)
