"""Signals that new work is due, and retries of deferred work when the gateway is back.

They end a poll loop's wait for its next poll, in this process and, where there are several, in the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Final

import structlog

from bot.core.clock import Clock
from bot.core.errors import StorageError
from bot.domain.message import MessageKind
from data import messages, outbox
from data.database import TOPICS, Database, Topic, Transaction

_log = structlog.stdlib.get_logger(__name__)


_COOLDOWN_MS: Final = 60_000
"""How long after a reconnection of the gateway another one triggers no retries."""


class Signals:
    """Passes signals to poll loops when work becomes due.

    A lost signal only delays work: every poll loop polls by itself, too.
    """

    def __init__(self) -> None:
        self._subscribers: dict[Topic, list[Callable[[], None]]] = {topic: [] for topic in TOPICS}
        self._unpublished: set[Topic] = set()
        self._to_publish = asyncio.Event()
        self._session_restored = asyncio.Event()

    def subscribe(self, topic: Topic, callback: Callable[[], None]) -> None:
        """Call `callback` at each signal of this topic."""
        self._subscribers[topic].append(callback)

    def notify(self, topics: Collection[Topic]) -> None:
        """Signal that work may be due, here and in other processes."""
        for topic in topics:
            for callback in self._subscribers[topic]:
                callback()
        self._unpublished.update(topics)
        self._to_publish.set()

    def receive(self, name: str | None) -> None:
        """Pass on a signal of another process.

        None: this process's session was lost and is restored, and signals may have been lost with it. A name that this
        version does not know is ignored.
        """
        if name is None:
            self._session_restored.set()
        for topic in TOPICS:
            for callback in self._subscribers[topic] if name in (topic, None) else ():
                callback()

    async def wait_session_restored(self) -> None:
        """Return once the session was lost and restored since the last call."""
        await self._session_restored.wait()
        self._session_restored.clear()

    async def publish_to(self, publish: Callable[[Sequence[Topic]], Awaitable[None]]) -> None:
        """Publish this process's signals to the others, until cancelled.

        Those that arrive while others are published go together, each topic once.
        """
        while True:
            await self._to_publish.wait()
            self._to_publish.clear()
            topics, self._unpublished = sorted(self._unpublished), set()
            try:
                await publish(topics)
            except StorageError as exc:
                _log.warning("signals_not_published", topics=topics, error=str(exc))


class ReconnectionListener:
    """Makes deferred work due at a reconnection: Discord may accept it now."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._reconnected_at = -_COOLDOWN_MS

    async def on_gateway_ready(self, _shard_id: int) -> None:
        """Retry deferred notifications and deletions now.

        At most once in _COOLDOWN_MS: a flapping gateway must not cause more retries.
        """
        now = self._clock.now()
        if 0 <= now - self._reconnected_at < _COOLDOWN_MS:
            return
        self._reconnected_at = now
        try:
            await self._database.write(_retry_now)
        except StorageError as exc:
            _log.warning("delivery_retry_now_failed", error=str(exc))


def _retry_now(tx: Transaction) -> None:
    outbox.retry_now(tx)
    messages.retry_now(tx, MessageKind.GONE)
