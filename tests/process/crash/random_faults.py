"""Random faults for a soak test, from a seeded generator."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.samsar.config import ApiVersion
from bot.sandbox.fake_samsar import FakeSamsar
from bot.sandbox.fault_injection import Fault, Route
from bot.sandbox.faults import busy, fail_render, get_fault, respond
from tests.helpers.fake_discord.faults import Failure
from tests.helpers.fake_discord.server import FakeDiscord

T = TypeVar("T")

_OLDER: Mapping[str, Fault] = {
    "cut-after": get_fault("cut-after"),
    "reset": get_fault("reset"),
    "500": get_fault("500"),
    "no-id": get_fault("no-id"),
    "400": respond(400, "Not this one."),
    "429": busy(0.05),
    "fails": fail_render(),
}

_NEWER: Mapping[str, Fault] = {
    "cut-after": get_fault("cut-after"),
    "500": get_fault("500"),
    "no-id": get_fault("no-id"),
    "402": get_fault("key-limit"),
    "404": get_fault("wrong-path"),
    "fails": get_fault("credits-run-out"),
    "dearer": get_fault("charged-more"),
}

ORDERS: Mapping[ApiVersion, Mapping[str, Fault]] = {ApiVersion.MARCH_2025: _OLDER, ApiVersion.AUTUMN_2026: _NEWER}
"""Faults of an order by API version, and by the word that its prompt contains."""

FINE = {"fine", "dearer"}

UNCERTAIN = {"cut-after", "reset", "500", "no-id"}
"""Words of orders whose outcome is unknown."""

LOOKS: tuple[Fault, ...] = (
    *(
        get_fault(name)
        for name in ("cut", "cut-body", "500", "html", "wrong-types", "no-url", "backwards", "unknown-request")
    ),
    busy(0.05),
)

DISCORD: tuple[tuple[str, str, Failure], ...] = (
    ("POST", r"/channels/\d+/messages", Failure(status=503)),
    ("POST", r"/channels/\d+/messages", Failure(cut="before")),
    ("POST", r"/channels/\d+/messages", Failure(cut="after")),
    ("POST", r"/channels/\d+/messages", Failure(status=429, retry_after=0.02)),
    ("POST", r"/interactions/.*", Failure(status=404, code=10062)),
    ("POST", r"/interactions/.*", Failure(cut="before")),
    ("POST", r"/interactions/.*", Failure(cut="after")),
    ("PATCH", r"/channels/.*", Failure(status=403, code=50001)),
    ("PATCH", r"/channels/.*", Failure(status=400, code=30046)),
    ("PATCH", r"/channels/.*", Failure(cut="after")),
)


def fault_word(prompt: str) -> str:
    return prompt.partition("[")[2].rstrip("]")


@dataclass
class RandomFaults:
    """Each fault that can happen to a request does in a `share` of cases."""

    dice: random.Random
    version: ApiVersion
    answered: set[int]
    share: float = 0.1
    faults: int = 0

    def prompt(self, number: int) -> str:
        """A word in it selects its order's fault, if any."""
        fault = self._one_of(tuple(ORDERS[self.version]))
        return f"movie {number} [{fault or 'fine'}]"

    def inject_api_faults(self, api: FakeSamsar) -> None:
        for word, fault in ORDERS[self.version].items():
            api.inject(fault, route=Route.CREATE, when=f"[{word}]")
        for fault in LOOKS:
            api.inject(fault, route=Route.STATUS, when=lambda _: self.dice.random() < self.share)

    def inject_discord_faults(self, discord: FakeDiscord) -> None:
        discord._faults.for_request = self._for_request

    def _for_request(self, method: str, path: str) -> Failure | None:
        if match := re.match(r"/interactions/(\d+)/", path):
            self.answered.add(int(match[1]))
        failures = tuple(f for verb, pattern, f in DISCORD if verb == method and re.fullmatch(pattern, path))
        failure = self._one_of(failures)
        self.faults += failure is not None
        return failure

    def _one_of(self, faults: Sequence[T]) -> T | None:
        number = int(self.dice.random() / self.share)
        return faults[number] if number < len(faults) else None
