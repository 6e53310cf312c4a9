"""What a version of the API is made of, for the fake, and the movies that it makes."""

from __future__ import annotations

import base64
import binascii
import hmac
import math
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
class Scene:
    """A scene of a movie: its words, its seconds, and what a film shows of it.

    `title` is drawn over a picture, or over colors that follow from `seed`. A movie gives its scenes their ids, and a
    seed where they have none.
    """

    prompt: str
    seconds: float
    title: str
    seed: str = ""
    picture: bytes | None = None
    scene_id: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """A valid order.

    `charges` are in credits, by the stage whose end they are due at. None: a movie is paid when it is ordered. `kind`
    is what is ordered. A job `by_steps` may stop at a checkpoint, before the stage `waits_before`, until it is told to
    go on. `estimate` is what the balance has to cover where it is not the cost. `stages` are those of the movie where
    they are not the contract's. `copied` are the charges that a movie's status shows in place of its own, because it
    was copied from another one together with them.
    """

    prompt: str
    seconds: float
    video_model: str
    image_model: str
    aspect_ratio: str
    webhook_url: str | None
    charges: Mapping[str | None, int]
    subtitles: bool = False
    language: str | None = None
    kind: str = "text_to_video"
    by_steps: bool = False
    waits_before: str | None = None
    estimate: int | None = None
    scenes: tuple[Scene, ...] = field(default=(), repr=False)
    stages: Mapping[str, float] | None = field(default=None, repr=False)
    copied: Mapping[str | None, float] | None = field(default=None, repr=False)

    @property
    def cost(self) -> int:
        """What the whole movie costs, in credits."""
        return sum(self.charges.values())

    @property
    def required(self) -> int:
        """What the balance has to cover, in credits."""
        return self.cost if self.estimate is None else self.estimate


@dataclass(frozen=True, slots=True)
class Progress:
    """A movie's status, its stages' states, and a message."""

    status: str
    details: Mapping[str, str]
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """A version of the API: its paths, its models, and the functions that tell of a movie.

    `stages` are in order, each with the share of the render after which it is done. Those in `early_stages` begin with
    the render, every other one when the one before it is done. `unstoppable_stage` is charged even where a movie is
    cancelled before.

    `authenticate` refuses a request without the key, or with another one. `status` and `callback` tell of a movie, at
    a time of the injected clock, and with the URL where it is or will be; a callback of None is not sent. `ran_out`
    says by stage that the balance did not pay for it. `rejected_bodies` refuse a body that is too large or no JSON
    before anything else is looked at. With `signs_links`, nothing that was made is served without a signature.
    """

    base_path: str
    create_path: str
    status_path: str
    stages: Mapping[str, float]
    video_models: Mapping[str, ModelSpec]
    image_models: tuple[str, ...]
    authenticate: Callable[[Mapping[str, str], str], Reply | None]
    status: Callable[[Movie, float, str], JsonObject]
    callback: Callable[[Movie, float, str], JsonObject | None]
    rejected_bodies: Mapping[HTTPStatus, Reply] = field(default_factory=dict[HTTPStatus, Reply])
    ran_out: Mapping[str, str] = field(default_factory=dict[str, str])
    early_stages: frozenset[str] = frozenset()
    unstoppable_stage: str | None = None
    signs_links: bool = False


@dataclass(frozen=True, slots=True)
class Movie:
    """A movie that was ordered, with its planned outcome.

    `created_at` and `cancelled_at` are the injected clock's, and so is `resumed_at`, when its checkpoint was left.
    `ordered_at` is in UTC epoch seconds.
    """

    request_id: str
    order: Order
    created_at: float
    outcome: RenderOutcome
    contract: Contract
    ordered_at: float = 0.0
    cancelled_at: float | None = None
    resumed_at: float | None = None

    @property
    def stages(self) -> Mapping[str, float]:
        """Its stages, each with the share of the render after which it is done."""
        return self.order.stages or self.contract.stages

    @property
    def spans(self) -> Mapping[str, tuple[float, float]]:
        """The shares of the render between which each stage runs."""
        ends = [*self.stages.values()]
        return dict(zip(self.stages, zip([0.0, *ends], ends, strict=False), strict=True))

    def progress(self, now: float) -> Progress:
        """Return its progress, which stops when it is cancelled."""
        made = self.rendered(now)
        return made if self.cancelled_at is None else replace(made, status="CANCELLED", message=None)

    def rendered(self, now: float) -> Progress:
        """Return its progress as if a cancellation only stopped it."""
        return self._uncancelled(self.until(now))

    def until(self, now: float) -> float:
        """Return the last moment until now at which anything was made."""
        return now if self.cancelled_at is None else min(now, self.cancelled_at)

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
        share, seconds = self.stages[stage], self.outcome.seconds
        since, start = self.created_at, 0.0
        if self.resumed_at is not None and share > self._checkpoint:
            since, start = self.resumed_at, self._checkpoint
        return since + (seconds * (share - start) if share > start else 0.0)

    def waits_for(self, now: float) -> str | None:
        """Return the stage before which the render has stopped, if any."""
        has_stopped = self.resumed_at is None and self.part(now) >= self._checkpoint
        return self.order.waits_before if has_stopped else None

    def part(self, now: float) -> float:
        """Return the share of the render that was done until it ended."""
        return min(self._part(self.until(now)), self._last_part)

    @property
    def _last_part(self) -> float:
        """The share of the render at whose end it fails or is finished."""
        return self.stages.get(self.outcome.fails_at or "", 1.0)

    @property
    def _checkpoint(self) -> float:
        """The share of the render at which it stops; its end where it does not."""
        stage = self.order.waits_before
        return 1.0 if stage is None else self.spans[stage][0]

    def _part(self, now: float) -> float:
        """Return the share of the render that is done."""
        since, start, end = self.created_at, 0.0, self._checkpoint
        if self.resumed_at is not None and self.resumed_at <= now:
            since, start, end = self.resumed_at, self._checkpoint, 1.0
        seconds = self.outcome.seconds
        return min(end, start + ((now - since) / seconds if 0 < seconds < math.inf else float(seconds <= 0)))

    def _uncancelled(self, now: float) -> Progress:
        outcome, part, last_part = self.outcome, self._part(now), self._last_part
        failed = outcome.fails_at is not None and part >= last_part
        waits_before = self.order.waits_before if self.resumed_at is None else None
        details: dict[str, str] = {}
        for name, (start, end) in self.spans.items():
            if failed and name == outcome.fails_at:
                details[name] = "FAILED"
            elif part >= end and not (failed and end > last_part):
                details[name] = "COMPLETED"
            elif part >= start and not failed and name != waits_before:
                details[name] = "PENDING"
            else:
                details[name] = "PENDING" if name in self.contract.early_stages else "INIT"
        status = "FAILED" if failed else "COMPLETED" if part >= 1.0 else "PENDING"
        return Progress(status, MappingProxyType(details), outcome.message if failed else None)


def fields_of(value: object) -> JsonObject:
    """Return the fields of a JSON object, none of anything else."""
    return cast("JsonObject", value) if isinstance(value, dict) else {}


def list_of(value: object) -> list[object]:
    """Return the items of a JSON array, none of anything else."""
    return cast("list[object]", value) if isinstance(value, list) else []


def from_base64(text: str) -> bytes:
    """Decode base64 as Node does, which leaves out what is none."""
    try:
        return base64.b64decode(text + "==")
    except binascii.Error:
        return b""


def input_of(body: object) -> JsonObject:
    """Return the fields of a body: of its `input`, or its own."""
    given = fields_of(body).get("input")
    return cast("JsonObject", given) if isinstance(given, dict) else fields_of(body)


def is_key(key: str, api_key: str) -> bool:
    """Return whether a key is the right one."""
    return hmac.compare_digest(key.encode("utf-8", "replace"), api_key.encode("utf-8", "replace"))


def utf16_units(text: str) -> int:
    """Count a text's UTF-16 code units, as the vendor's servers do, which are JavaScript."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
