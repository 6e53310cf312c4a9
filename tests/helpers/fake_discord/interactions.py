"""Interactions: a member's action, and the first response to it."""

import time
from dataclasses import dataclass, field
from typing import Any

from simcord.backend.models import EPHEMERAL_FLAG

from tests.helpers.fake_discord.primitives import ChangeSignal

Json = dict[str, Any]


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
    def content(self) -> str:
        return self.data.get("content") or ""

    @property
    def embeds(self) -> list[Json]:
        return self.data.get("embeds") or []


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
