"""What the fake API received, and how it reads a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from aiohttp import web

from bot.sandbox.contract import input_of


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """A recorded request.

    `body` is its JSON, or text where it is none, or None; `at` is the injected clock's time.
    """

    method: str
    path: str
    query: Mapping[str, str]
    body: object
    at: float
    authorization_ok: bool


async def close_connection(_: web.Request, response: web.StreamResponse) -> None:
    """Close the connection after this response."""
    response.headers["Connection"] = "close"
    response.force_close()


async def name_request(request: web.Request, response: web.StreamResponse) -> None:
    """Repeat the request's own name, or give it one."""
    response.headers["x-request-id"] = request.headers.get("x-request-id") or str(uuid4())


async def read_body(request: web.Request) -> object:
    """Return the body's JSON, its text where it is none.

    None where it is empty. NaN and Infinity are no JSON.
    """
    raw = await request.read()
    if not raw:
        return None
    try:
        return json.loads(raw, parse_constant=_reject)
    except (ValueError, RecursionError):
        return raw.decode("utf-8", "replace")


def is_malformed(request: web.Request, body: object) -> bool:
    """Return whether a body is neither an object nor an array of JSON, although it says so."""
    return request.content_type == "application/json" and not isinstance(body, dict | list | None)


def _reject(constant: str) -> None:
    raise ValueError(constant)


def extract_prompt(body: object) -> str | None:
    """Return an order's prompt, valid or not."""
    prompt = input_of(body).get("prompt")
    return prompt if isinstance(prompt, str) else None
