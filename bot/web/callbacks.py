"""POST /callbacks/<secret>: the API says that something happened to a job.

One attempt, no signature, no order: a hint to look, never a source. So the endpoint does one thing: it has the job
looked at now. It answers the same to every caller, before anything is looked up, so that nobody learns from it whether
a secret exists.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from bot.domain.callback import digest_of
from bot.errors import StorageError
from bot.samsar.wire import read_callback
from bot.web.limits import RateLimit

_log = logging.getLogger(__name__)

PATH: Final = "/callbacks/"

BODY_MOST: Final = 64 * 1024
"""Bytes of a callback that are read."""

_BODY_SECONDS: Final = 10.0
_WAITING_MOST: Final = 1000
_SECRET_LENGTH: Final = 43

Heard = Callable[[str, str | None], Awaitable[None]]
"""Takes the hash of a secret and the request_id that the body named, if any."""


class Callbacks:
    """Hears callbacks, and hands them on one after the other."""

    def __init__(self, heard: Heard, limit: RateLimit) -> None:
        self._heard = heard
        self._limit = limit
        self._waiting: asyncio.Queue[tuple[str, str | None]] = asyncio.Queue(_WAITING_MOST)

    async def hear(self, request: web.Request) -> web.Response:
        """Answer 202, whatever came; take it seriously where it may be one of ours."""
        secret = request.match_info["secret"]
        if self._limit.allows(request.remote or "") and len(secret) == _SECRET_LENGTH:
            body = await _body(request)
            if body is not None and not self._waiting.full():
                self._waiting.put_nowait((digest_of(secret), read_callback(body)))
        return web.Response(status=202)

    async def hand_on(self) -> None:
        """Hand on what was heard, for ever."""
        while True:
            digest, request_id = await self._waiting.get()
            try:
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
