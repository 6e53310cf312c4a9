"""Post the audit lines that a server's audit channel is owed: who changed what, and why."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.domain.delivery import MAX_RETRY_SECONDS, retry_delay
from bot.domain.quota import AuditEntry
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.worker.interfaces import Clock, LineStore, MessagePublisher

_log = structlog.stdlib.get_logger(__name__)

_AGAIN_MS = 60_000

AuditMessage = tuple[AuditEntry, int]
"""An entry and the channel that it belongs in."""


class AuditPublisher:
    """Posts audit lines, each until Discord took it or its channel is closed.

    Within a server, one after the other in their order; a server that waits for Discord holds no other one up.
    """

    def __init__(self, store: LineStore, screen: MessagePublisher, clock: Clock) -> None:
        self._store = store
        self._screen = screen
        self._clock = clock
        self._delays: dict[int, int] = {}
        """How often in a row a server's lines were delayed. A new process begins anew."""

    async def fetch(self, now: int, limit: int, exclude: Sequence[str]) -> Sequence[AuditMessage]:
        """Find due lines, at most one of each server."""
        return await self._store.due_audit_entries(now, limit, exclude)

    async def next_due_at(self, now: int) -> int | None:
        """When the next line is due."""
        return await self._store.next_audit_entry_at(now)

    def key(self, line: AuditMessage) -> str:
        """A line is known by its entry."""
        return line[0].id

    async def process(self, line: AuditMessage) -> None:
        """Post one line."""
        entry, channel_id = line
        try:
            await self._screen.send_audit_entry(entry, channel_id)
        except DeliveryDeferred as exc:
            _log.warning("audit_entry_retry_scheduled", guild_id=entry.guild_id, error=str(exc))
            await self._store.reschedule_line(entry.id, self._clock.now() + self._pause_ms(entry.guild_id, exc))
            return
        except DeliveryRejected as exc:
            _log.error("audit_channel_forbidden", guild_id=entry.guild_id, code=exc.code)
            await self._store.close_channel(entry.id, self._clock.now())
        else:
            await self._store.reschedule_line(entry.id, None)
        self._delays.pop(entry.guild_id, None)

    def _pause_ms(self, server: int, exc: DeliveryDeferred) -> int:
        """How long a server's lines wait: ever longer, and as long as Discord asks for; an hour at most."""
        self._delays[server] = delays = self._delays.get(server, 0) + 1
        pause = retry_delay(delays, definitely_failed=exc.certain) if exc.retry_after is None else exc.retry_after
        return max(_AGAIN_MS, int(1000 * min(pause, MAX_RETRY_SECONDS)))
