"""Messages that only the leading process sends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from bot.clock import Clock
from bot.worker.interfaces import MessagePublisher
from data.database import Database, Transaction
from data.engine.instance_lock import InstanceLock

W = TypeVar("W")


class LeaderWork(Generic[W]):
    """A source of due messages, empty where another process leads.

    `due` and `next_due_at` read them; see `WorkSource`.
    """

    def __init__(
        self,
        database: Database,
        publisher: MessagePublisher,
        clock: Clock,
        instance_lock: InstanceLock,
        due: Callable[[Transaction, int, Sequence[str]], Sequence[W]],
        next_due_at: Callable[[Transaction, int], int | None],
    ) -> None:
        self._database = database
        self._publisher = publisher
        self._clock = clock
        self._instance_lock = instance_lock
        self._due = due
        self._next_due_at = next_due_at

    async def fetch(self, limit: int, exclude: Sequence[str]) -> Sequence[W]:
        """Return what is due; none where another process leads."""
        if not await self._instance_lock.is_leader():
            return ()
        return await self._database.read(self._due, limit, exclude)

    async def next_due_at(self, now: int) -> int | None:
        """Return when the next message is due."""
        return await self._database.read(self._next_due_at, now)
