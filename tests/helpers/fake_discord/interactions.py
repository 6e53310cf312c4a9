"""Interactions: a member's action, and the first response to it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from simcord.backend.models import EPHEMERAL_FLAG, Message
from simcord.components import walk_components

from tests.helpers.fake_discord.primitives import ChangeSignal

Json = dict[str, Any]


def written(message: Message) -> str:
    """Return the texts of a message, and the addresses that it shows, one a line."""
    return _written(message.components)


def _written(components: Sequence[Json]) -> str:
    found: list[str] = []
    for each in walk_components(components):
        found += [each["content"]] if "content" in each else []
        found += [each["url"]] if each.get("url") else []
        found += [item["media"]["url"] for item in each.get("items", ())]
    return "\n".join(found)


@dataclass(frozen=True)
class Answer:
    """The first response to an interaction. `data` is the body's own, `message_id` the message it made or changed."""

    data: Json
    message_id: int | None
    at: float = field(default_factory=time.time)

    @property
    def ephemeral(self) -> bool:
        return bool(self.data.get("flags", 0) & EPHEMERAL_FLAG)

    @property
    def text(self) -> str:
        return self.data.get("content") or _written(self.data.get("components") or [])


@dataclass
class Interaction:
    """One interaction since the click. `payload` is the INTERACTION_CREATE that was sent."""

    id: int
    channel_id: int
    bell: ChangeSignal = field(repr=False)
    payload: Json = field(repr=False)
    answer: Answer | None = None

    async def answered(self, *, timeout: float = 5.0) -> Answer:
        return await self.bell.until(lambda: self.answer, timeout=timeout, what="an answer to an interaction")
