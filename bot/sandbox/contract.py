"""What a version of the API is made of, for the fake."""

from __future__ import annotations

import hmac
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol, cast

from bot.sandbox.fault_injection import JsonObject, RenderOutcome


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A video model's price in credits a second, and its aspect ratios."""

    credits_per_second: int
    aspect_ratios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A valid order; `cost` is in credits."""

    prompt: str
    seconds: float
    video_model: str
    image_model: str
    aspect_ratio: str
    webhook_url: str | None
    cost: int


@dataclass(frozen=True, slots=True)
class Progress:
    """A movie's status, its stages' states, and a message."""

    status: str
    details: Mapping[str, str]
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer about a movie is made of.

    `url` is where the movie is or will be, `charged` what it has cost so far.
    """

    request_id: str
    progress: Progress
    url: str
    charged: int


class Contract(Protocol):
    """A version of the API.

    `stages` are in order, each with the share of the render after which it is done. `charges_stages`: each finished
    stage is charged, otherwise a movie is paid when it is ordered. A problem is a status and a message.
    """

    base_path: str
    create_path: str
    status_path: str
    stages: Mapping[str, float]
    charges_stages: bool
    video_models: Mapping[str, ModelSpec]
    image_models: tuple[str, ...]

    def authenticate(self, authorization: str | None, api_key: str) -> tuple[int, str] | None:
        """Check an Authorization header; return the problem, if any."""
        ...

    def parse_order(self, body: object, models: Mapping[str, ModelSpec]) -> Order | str:
        """Parse the body of an order, or return the first error message."""
        ...

    def insufficient(self, order: Order, balance: int) -> str:
        """Say that the balance does not pay for an order."""
        ...

    def credits(self, balance: int) -> JsonObject:
        """Answer a request for the balance."""
        ...

    def created(self, request_id: str) -> JsonObject:
        """Answer an order."""
        ...

    def status(self, answered: Answered) -> JsonObject:
        """Answer a status request."""
        ...

    def callback(self, answered: Answered) -> JsonObject:
        """Say how a movie has ended."""
        ...


def input_of(body: object) -> JsonObject:
    """Return the `input` of a body; empty where there is none."""
    given = cast("JsonObject", body).get("input") if isinstance(body, dict) else None
    return cast("JsonObject", given) if isinstance(given, dict) else {}


def check_key(authorization: str | None, api_key: str, *, missing: str, wrong: str) -> tuple[int, str] | None:
    """Check an Authorization header.

    400 without a key, 401 with a wrong one.
    """
    key = bearer_key(authorization)
    if not key:
        return 400, missing
    right = hmac.compare_digest(key.encode("utf-8", "replace"), api_key.encode("utf-8", "replace"))
    return None if right else (401, wrong)


def bearer_key(authorization: str | None) -> str:
    """Return the key in an Authorization header, '' without one."""
    scheme, _, key = (authorization or "").strip().partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def is_finite_number(value: object) -> bool:
    """Return whether a value is a JSON number, and no NaN."""
    return not isinstance(value, bool) and isinstance(value, int | float) and math.isfinite(value)


def progress(outcome: RenderOutcome, elapsed: float, stages: Mapping[str, float]) -> Progress:
    """Return a movie's progress `elapsed` seconds after it was ordered."""
    part = elapsed / outcome.seconds if outcome.seconds > 0 else 1.0
    last_part = stages.get(outcome.fails_at or "", 1.0)
    failed = outcome.fails_at is not None and part >= last_part
    details: dict[str, str] = {}
    start = 0.0
    for name, end in stages.items():
        if failed and name == outcome.fails_at:
            details[name] = "FAILED"
        elif failed and end > last_part:
            details[name] = "INIT"
        else:
            details[name] = "COMPLETED" if part >= end else "PENDING" if part >= start else "INIT"
        start = end
    if failed:
        return Progress("FAILED", MappingProxyType(details), outcome.message)
    return Progress("COMPLETED" if part >= 1.0 else "PENDING", MappingProxyType(details))


def finished_share(now: Progress, stages: Mapping[str, float]) -> float:
    """Return the share of the render that the finished stages are."""
    return max((end for name, end in stages.items() if now.details.get(name) == "COMPLETED"), default=0.0)
