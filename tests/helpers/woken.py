"""Records what the transactions of a database wake."""

from __future__ import annotations

from collections.abc import Awaitable, Collection

from data.database import Topic


class Woken:
    def __init__(self) -> None:
        self.topics: set[Topic] = set()

    def add(self, topics: Collection[Topic]) -> None:
        self.topics.update(topics)

    async def during(self, change: Awaitable[object]) -> set[Topic]:
        self.topics.clear()
        await change
        return set(self.topics)
