"""What a version of the API is made of, for the fake."""

from __future__ import annotations

import hmac
import math
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Protocol, cast

from bot.sandbox.fault_injection import JsonObject, RenderOutcome, Reply


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A video model's price in credits a second, and its aspect ratios."""

    credits_per_second: int
    aspect_ratios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A valid order.

    `charges` are in credits, by the stage whose end they are due at. None: a movie is paid when it is ordered.
    """

    prompt: str
    seconds: float
    video_model: str
    image_model: str
    aspect_ratio: str
    webhook_url: str | None
    charges: Mapping[str | None, int]
    subtitles: bool = False

    @property
    def cost(self) -> int:
        """What the whole movie costs, in credits."""
        return sum(self.charges.values())


@dataclass(frozen=True, slots=True)
class Progress:
    """A movie's status, its stages' states, and a message."""

    status: str
    details: Mapping[str, str]
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer about a movie is made of.

    `url` is where the movie is or will be, `charged` what it has cost so far, by stage.
    """

    request_id: str
    order: Order
    progress: Progress
    url: str
    charged: Mapping[str | None, float]


class Contract(Protocol):
    """A version of the API.

    `stages` are in order, each with the share of the render after which it is done. Those in `early_stages` begin with
    the render, every other one when the one before it is done. `unstoppable_stage` is charged even where a movie is
    cancelled before. `checks_id_first`: a status request without an id is refused whatever its key is.
    """

    base_path: str
    create_path: str
    status_path: str
    stages: Mapping[str, float]
    early_stages: frozenset[str]
    unstoppable_stage: str | None
    checks_id_first: bool
    video_models: Mapping[str, ModelSpec]
    image_models: tuple[str, ...]

    def reject_body(self, status: HTTPStatus) -> Reply | None:
        """Refuse a body that is too large or no JSON, before anything else is looked at."""
        ...

    def authenticate(self, headers: Mapping[str, str], api_key: str) -> Reply | None:
        """Refuse a request without the key, or with another one."""
        ...

    def without_id(self) -> Reply:
        """Refuse a status request without an id."""
        ...

    def unknown_id(self) -> Reply:
        """Refuse a status request with an unknown id."""
        ...

    def parse_order(self, body: object, models: Mapping[str, ModelSpec]) -> Order | Reply:
        """Parse the body of an order, or refuse it."""
        ...

    def insufficient(self, order: Order, balance: int) -> Reply:
        """Refuse an order that the balance does not pay for."""
        ...

    def ran_out(self, stage: str) -> str:
        """Say that the balance did not pay for a stage."""
        ...

    def credits(self, balance: int) -> Reply:
        """Answer a request for the balance."""
        ...

    def created(self, request_id: str) -> JsonObject:
        """Answer an order."""
        ...

    def status(self, answered: Answered) -> JsonObject:
        """Answer a status request."""
        ...

    def callback(self, answered: Answered) -> JsonObject | None:
        """Say how a movie has ended; None where the API does not call back."""
        ...

    def no_path(self, method: str, path: str) -> Reply:
        """Refuse a path that the API does not have."""
        ...


def input_of(body: object) -> JsonObject:
    """Return the fields of a body: of its `input`, or its own."""
    fields = cast("JsonObject", body) if isinstance(body, dict) else {}
    given = fields.get("input")
    return cast("JsonObject", given) if isinstance(given, dict) else fields


def is_key(key: str, api_key: str) -> bool:
    """Return whether a key is the right one."""
    return hmac.compare_digest(key.encode("utf-8", "replace"), api_key.encode("utf-8", "replace"))


def is_finite_number(value: object) -> bool:
    """Return whether a value is a JSON number, and no NaN."""
    return not isinstance(value, bool) and isinstance(value, int | float) and math.isfinite(value)


def progress(outcome: RenderOutcome, elapsed: float, contract: Contract) -> Progress:
    """Return a movie's progress `elapsed` seconds after it was ordered."""
    part = elapsed / outcome.seconds if outcome.seconds > 0 else 1.0
    last_part = contract.stages.get(outcome.fails_at or "", 1.0)
    failed = outcome.fails_at is not None and part >= last_part
    details: dict[str, str] = {}
    start = 0.0
    for name, end in contract.stages.items():
        waiting = "PENDING" if name in contract.early_stages else "INIT"
        if failed and name == outcome.fails_at:
            details[name] = "FAILED"
        elif failed and end > last_part:
            details[name] = waiting
        else:
            details[name] = "COMPLETED" if part >= end else "PENDING" if part >= start else waiting
        start = end
    if failed:
        return Progress("FAILED", MappingProxyType(details), outcome.message)
    return Progress("COMPLETED" if part >= 1.0 else "PENDING", MappingProxyType(details))
