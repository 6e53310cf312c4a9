"""What the fake API received, and the movies that it makes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiohttp import web

from bot.sandbox.contract import Answered, Contract, Order, Progress, finished_share, input_of, progress
from bot.sandbox.fault_injection import RenderOutcome


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


@dataclass(frozen=True, slots=True)
class Movie:
    """A movie that was ordered, with its planned outcome.

    `created_at` and `cancelled_at` are the injected clock's, `ordered_at` is in UTC epoch seconds.
    """

    request_id: str
    order: Order
    created_at: float
    outcome: RenderOutcome
    contract: Contract
    ordered_at: float = 0.0
    cancelled_at: float | None = None

    def progress(self, now: float) -> Progress:
        """Return its progress, which stops when it is cancelled."""
        cancelled = self.cancelled_at is not None
        until = self.cancelled_at if self.cancelled_at is not None else now
        found = progress(self.outcome, until - self.created_at, self.contract.stages)
        return replace(found, status="CANCELLED", message=None) if cancelled else found

    def charged(self, now: float) -> int:
        """Return the credits that it has cost so far."""
        if not self.contract.charges_stages:
            return self.order.cost
        share = finished_share(self.progress(now), self.contract.stages)
        return round(self.order.cost * self.outcome.charge_factor * share)

    def answered(self, now: float, url: str) -> Answered:
        """Return what an answer about it is made of."""
        return Answered(self.request_id, self.progress(now), url, self.charged(now))


async def close_connection(_: web.Request, response: web.StreamResponse) -> None:
    """Close the connection after this response."""
    response.headers["Connection"] = "close"
    response.force_close()


async def read_body(request: web.Request) -> object:
    """Return the body's JSON, its text where it is none.

    None where it is empty.
    """
    raw = await request.read()
    if not raw:
        return None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return raw.decode("utf-8", "replace")


def extract_prompt(body: object) -> str | None:
    """Return an order's prompt, valid or not."""
    prompt = input_of(body).get("prompt")
    return prompt if isinstance(prompt, str) else None
