"""Sends a callback of the fake API, once, and only to loopback."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

import aiohttp
from yarl import URL

from bot.sandbox.fault_injection import JsonObject

_TIMEOUT = aiohttp.ClientTimeout(total=5)


@dataclass(frozen=True, slots=True)
class Callback:
    """A callback; `answered` is the HTTP status, None without a response."""

    request_id: str
    url: str
    body: JsonObject
    answered: int | None


async def send_callback(request_id: str, url: str, body: JsonObject) -> Callback:
    """Send a callback. One attempt is all that the API makes."""
    answered = None
    if _is_loopback(url):
        try:
            async with (
                aiohttp.ClientSession(timeout=_TIMEOUT) as session,
                session.post(url, json=body, allow_redirects=False) as response,
            ):
                answered = response.status
        except (aiohttp.ClientError, TimeoutError):
            pass
    return Callback(request_id, url, body, answered)


def _is_loopback(url: str) -> bool:
    try:
        host = URL(url).host or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
