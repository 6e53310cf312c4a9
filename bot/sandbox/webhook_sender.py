"""The calls that the stand-in makes to a `webhookUrl`: one when a movie has ended, never repeated, only to loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

import aiohttp
from yarl import URL

from bot.sandbox.fault_injection import JsonObject

_TIMEOUT = aiohttp.ClientTimeout(total=5)
_LOOK_EVERY = 0.1  # seconds

CompletionPayload = Callable[[], JsonObject | None]
"""What to call back with, or None while the movie is being made."""


@dataclass(frozen=True, slots=True)
class Callback:
    """A call that was owed. `answered` is the HTTP status it got; None where it got none, or was not sent at all."""

    request_id: str
    url: str
    body: JsonObject
    answered: int | None


class CallbackSender:
    """Owes calls and makes them. `made` is the record, in order."""

    def __init__(self) -> None:
        self.made: list[Callback] = []
        self._owed: dict[str, tuple[str, CompletionPayload]] = {}
        self._turn = asyncio.Lock()

    def schedule(self, request_id: str, url: str, ending: CompletionPayload) -> None:
        """Remember to call this URL when the movie has ended."""
        self._owed[request_id] = (url, ending)

    async def send_due(self) -> None:
        """Make the calls for all that has ended by now, and return when they are made."""
        async with self._turn:
            due = [(key, url, body) for key, (url, ending) in self._owed.items() if (body := ending()) is not None]
            for key, _, _ in due:
                del self._owed[key]
            if due:
                async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
                    self.made += await asyncio.gather(*(_call(session, *call) for call in due))

    async def watch(self) -> None:
        """Ring again and again, until cancelled."""
        while True:
            await self.send_due()
            await asyncio.sleep(_LOOK_EVERY)


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
