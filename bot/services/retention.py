"""Clears what is older than RETENTION_DAYS, ids of interactions after a day, and what servers left behind.

It works in small transactions, so that no order waits long.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, Final, ParamSpec

import structlog

from bot.core.clock import Clock
from data import departed_servers, erasure, retention
from data.database import Database, Transaction

_log = structlog.stdlib.get_logger(__name__)

_DAY_MS: Final = 24 * 3_600_000

_P = ParamSpec("_P")


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
        now = self._clock.now()
        before = now - self._days * _DAY_MS if self._days else 0
        await self._database.write(erasure.clear_ended, now, before)
        for table in retention.WITH_INTERACTIONS:
            await self._repeat(retention.clear_interactions, table, now - _DAY_MS)
        if self._days:
            await self._clear_old(before)
        for guild_id in await self._database.read(departed_servers.due):
            await self._forget_server(guild_id)

    async def _clear_old(self, before: int) -> None:
        cleared = 0
        for table in retention.WITH_OLD_ROWS:
            cleared += await self._repeat(retention.clear_old, table, before)
        for step in (retention.clear_gifts, retention.delete_movie_nights):
            cleared += await self._repeat(step, before)
        if cleared:
            _log.info("old_data_cleared", rows=cleared)

    async def _repeat(
        self, step: Callable[Concatenate[Transaction, _P], int], *args: _P.args, **named: _P.kwargs
    ) -> int:
        """Repeat a step until it changes no row; return how many it changed."""
        changed = 0
        while rows := await self._database.write(step, *args, **named):
            changed += rows
        return changed

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
        await self._repeat(departed_servers.forget_entries, guild_id)
        if await self._database.write(departed_servers.forget_server, guild_id):
            _log.info("server_forgotten", guild_id=guild_id)
