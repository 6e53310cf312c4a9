"""What a version of the API is made of, for the fake, and the movies that it makes."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from types import MappingProxyType
from typing import cast

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
class Contract:
    """A version of the API: its paths, its answers, and the functions that make those that depend on a request.

    `stages` are in order, each with the share of the render after which it is done. Those in `early_stages` begin with
    the render, every other one when the one before it is done. `unstoppable_stage` is charged even where a movie is
    cancelled before. `checks_id_first`: a status request without an id is refused whatever its key is.

    `authenticate` refuses a request without the key, or with another one. `parse_order` parses the body of an order, or
    refuses it. `credits` answers with the balance. `status` and `callback` tell of a movie, at a time of the injected
    clock, and with the URL where it is or will be; a callback of None is not sent. `insufficient` refuses an order that
    the balance does not pay for, and `ran_out` says by stage that it did not pay for the stage. `rejected_bodies`
    refuse a body that is too large or no JSON before anything else is looked at. `id_names` are those of a new movie's
    id.
    """

    base_path: str
    create_path: str
    status_path: str
    stages: Mapping[str, float]
    video_models: Mapping[str, ModelSpec]
    image_models: tuple[str, ...]
    id_names: tuple[str, ...]
    without_id: Reply
    unknown_id: Reply
    insufficient: str
    authenticate: Callable[[Mapping[str, str], str], Reply | None]
    parse_order: Callable[[object, Mapping[str, ModelSpec]], Order | Reply]
    credits: Callable[[int], Reply]
    status: Callable[[Movie, float, str], JsonObject]
    callback: Callable[[Movie, float, str], JsonObject | None]
    rejected_bodies: Mapping[HTTPStatus, Reply] = field(default_factory=dict[HTTPStatus, Reply])
    ran_out: Mapping[str, str] = field(default_factory=dict[str, str])
    early_stages: frozenset[str] = frozenset()
    unstoppable_stage: str | None = None
    checks_id_first: bool = False


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
        if self.cancelled_at is None:
            return self._uncancelled(now)
        return replace(self._uncancelled(self.cancelled_at), status="CANCELLED", message=None)

    def charged(self, now: float) -> int:
        """Return the credits that it has cost so far."""
        return round(sum(self.charges(now).values()))

    def charges(self, now: float) -> Mapping[str | None, float]:
        """Return them by stage."""
        details = dict(self.progress(now).details)
        if stage := self.contract.unstoppable_stage:
            details[stage] = self._uncancelled(now).details[stage]
        return {
            stage: credits if stage is None else credits * self.outcome.charge_factor
            for stage, credits in self.order.charges.items()
            if stage is None or details[stage] == "COMPLETED"
        }

    def due_at(self, stage: str) -> float:
        """Return when a stage is charged, on the injected clock."""
        share = self.contract.stages[stage]
        return self.created_at + (self.outcome.seconds * share if share else 0.0)

    def _uncancelled(self, now: float) -> Progress:
        elapsed, outcome, stages = now - self.created_at, self.outcome, self.contract.stages
        part = elapsed / outcome.seconds if outcome.seconds > 0 else 1.0
        last_part = stages.get(outcome.fails_at or "", 1.0)
        failed = outcome.fails_at is not None and part >= last_part
        details: dict[str, str] = {}
        start = 0.0
        for name, end in stages.items():
            waiting = "PENDING" if name in self.contract.early_stages else "INIT"
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


def input_of(body: object) -> JsonObject:
    """Return the fields of a body: of its `input`, or its own."""
    fields = cast("JsonObject", body) if isinstance(body, dict) else {}
    given = fields.get("input")
    return cast("JsonObject", given) if isinstance(given, dict) else fields


def is_key(key: str, api_key: str) -> bool:
    """Return whether a key is the right one."""
    return hmac.compare_digest(key.encode("utf-8", "replace"), api_key.encode("utf-8", "replace"))


def utf16_units(text: str) -> int:
    """Count a text's UTF-16 code units, as the vendor's servers do, which are JavaScript."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
