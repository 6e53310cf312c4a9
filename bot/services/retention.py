"""Clears what is older than RETENTION_DAYS, ids of interactions after a day, and what servers left behind.

It works in small transactions, so that no order waits long.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import structlog

from bot.clock import Clock
from data import departed_servers, erasure, retention
from data.database import Database, Transaction

_log = structlog.stdlib.get_logger(__name__)

_DAY_MS: Final = 24 * 3_600_000

_STEPS: Final[tuple[Callable[[Transaction, int], int], ...]] = (
    retention.clear_jobs,
    retention.clear_pitches,
    retention.clear_reasons,
    retention.clear_gifts,
    retention.delete_quotes,
    retention.delete_movie_nights,
)


class RetentionService:
    """Forgets old data. `days`: how long words are kept, 0 for ever."""

    def __init__(self, database: Database, clock: Clock, days: int) -> None:
        self._database = database
        self._clock = clock
        self._days = days

    async def run_once(self) -> None:
        """Clear everything that is due.

        Raises:
            StorageError: The database fails. What was cleared stays cleared.
        """
        before = self._clock.now() - self._days * _DAY_MS if self._days else 0
        await self._database.write(erasure.clear_ended, self._clock.now(), before)
        while await self._database.write(retention.clear_interactions, self._clock.now() - _DAY_MS):
            pass
        if self._days:
            await self._clear_words(before)
        for guild_id in await self._database.read(departed_servers.due):
            await self._forget_server(guild_id)

    async def _clear_words(self, before: int) -> None:
        cleared = await self._database.write(retention.delete_past_decisions, before)
        for step in _STEPS:
            while rows := await self._database.write(step, before):
                cleared += rows
        if cleared:
            _log.info("old_data_cleared", rows=cleared)

    async def _forget_server(self, guild_id: int) -> None:
        """Forget a server that the bot left.

        Where a member has an open job there, the next run goes on. Each step ends where the bot is back.
        """
        after, complete = 0, True
        while found := await self._database.read(departed_servers.members, guild_id, after):
            for after in found:
                complete &= await self._database.write(departed_servers.forget_member, guild_id, after)
        if not complete:
            return
        while await self._database.write(departed_servers.forget_entries, guild_id):
            pass
        if await self._database.write(departed_servers.forget_server, guild_id):
            _log.info("server_forgotten", guild_id=guild_id)
