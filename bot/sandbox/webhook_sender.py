"""Sends the fake API's callbacks.

One per finished movie, never repeated, only to loopback.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

import aiohttp
from yarl import URL

from bot.sandbox.fault_injection import JsonObject

_TIMEOUT = aiohttp.ClientTimeout(total=5)
_CHECK_INTERVAL = 0.1  # seconds

CompletionPayload = Callable[[], JsonObject | None]
"""Returns the callback's body, None while the movie is rendering."""


@dataclass(frozen=True, slots=True)
class Callback:
    """A callback; `answered` is the HTTP status, None without a response."""

    request_id: str
    url: str
    body: JsonObject
    answered: int | None


class CallbackSender:
    """Schedules callbacks and sends them; `made` records them in order."""

    def __init__(self) -> None:
        self.made: list[Callback] = []
        self._scheduled: dict[str, tuple[str, CompletionPayload]] = {}
        self._lock = asyncio.Lock()

    def schedule(self, request_id: str, url: str, payload: CompletionPayload) -> None:
        """Schedule a callback for when the movie is finished."""
        self._scheduled[request_id] = (url, payload)

    async def send_due(self) -> None:
        """Send the callbacks of all finished movies."""
        async with self._lock:
            due = [
                (key, url, body) for key, (url, payload) in self._scheduled.items() if (body := payload()) is not None
            ]
            for key, _, _ in due:
                del self._scheduled[key]
            if due:
                async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
                    self.made += await asyncio.gather(*(_call(session, *call) for call in due))

    async def send_repeatedly(self) -> None:
        """Send due callbacks repeatedly, until cancelled."""
        while True:
            await self.send_due()
            await asyncio.sleep(_CHECK_INTERVAL)


async def _call(session: aiohttp.ClientSession, request_id: str, url: str, body: JsonObject) -> Callback:
    answered = None
    if _is_loopback(url):
        try:
            async with session.post(url, json=body, allow_redirects=False) as response:
                answered = response.status
        except (aiohttp.ClientError, TimeoutError):
            pass  # one attempt is all that the API makes
    return Callback(request_id, url, body, answered)


def _is_loopback(url: str) -> bool:
    try:
        host = URL(url).host or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
