"""What the fake API received, and the movies that it makes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from aiohttp import web

from bot.sandbox.contract import Answered, Contract, Order, Progress, input_of, progress
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
        found = progress(self.outcome, until - self.created_at, self.contract)
        return replace(found, status="CANCELLED", message=None) if cancelled else found

    def charged(self, now: float) -> int:
        """Return the credits that it has cost so far."""
        return round(sum(self.charges(now).values()))

    def charges(self, now: float) -> Mapping[str | None, float]:
        """Return them by stage."""
        uncancelled = progress(self.outcome, now - self.created_at, self.contract).details
        details = dict(self.progress(now).details)
        if stage := self.contract.unstoppable_stage:
            details[stage] = uncancelled[stage]
        return {
            stage: credits if stage is None else credits * self.outcome.charge_factor
            for stage, credits in self.order.charges.items()
            if stage is None or details[stage] == "COMPLETED"
        }

    def due_at(self, stage: str | None) -> float:
        """Return when a stage is charged, on the injected clock."""
        share = 0.0 if stage is None else self.contract.stages[stage]
        return self.created_at + (self.outcome.seconds * share if share else 0.0)

    def failing(self, stage: str, message: str) -> Movie:
        """Return the movie with a failure at this stage."""
        return replace(self, outcome=replace(self.outcome, fails_at=stage, message=message))

    def answered(self, now: float, url: str) -> Answered:
        """Return what an answer about it is made of."""
        return Answered(self.request_id, self.order, self.progress(now), url, self.charges(now))


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
