"""Retries deferred notifications and deletions when the gateway is back."""

from __future__ import annotations

from typing import Final

import structlog

from bot.core.clock import Clock
from bot.core.errors import StorageError
from bot.domain.message import MessageKind
from data import messages, outbox
from data.database import Database, Transaction

_log = structlog.stdlib.get_logger(__name__)

_COOLDOWN_MS: Final = 60_000
"""How long after a reconnection of the gateway another one triggers no retries."""


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
