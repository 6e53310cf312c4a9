"""Rankings of /top.

Each reads a month of movies, so a server's is kept for some seconds.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from bot.core.clock import Clock
from bot.domain.credits import Month
from bot.domain.ranking import Ranking
from bot.services.fair_slots import FairSlots
from data import rankings
from data.database import Database

KEPT_MS: Final = 5_000
"""How long a ranking is kept. Stars and movies that are new show that much later."""

_MAX_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class _Kept:
    """A ranking, or the read of one that others wait for."""

    read_at: int
    ranking: asyncio.Task[Ranking]


class RankingService:
    """Reads rankings. Requests for the same one share a read."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._slots = FairSlots(_MAX_AT_ONCE)
        self._kept: dict[tuple[int, Month], _Kept] = {}

    async def ranking(self, guild_id: int, month: Month) -> Ranking:
        """Return a server's ranking of a month.

        What was removed, or whose member is erased or no longer listed, is never in it.

        Raises:
            StorageError: The database fails.
        """
        self._drop_expired()
        key = (guild_id, month)
        if key not in self._kept:
            self._kept[key] = _Kept(self._clock.now(), asyncio.create_task(self._read(guild_id, month)))
        reading = self._kept[key].ranking
        ranking = await asyncio.shield(reading)  # a caller that is canceled must not end the others' read
        return await self._database.read(rankings.still_listed, guild_id, ranking)

    async def _read(self, guild_id: int, month: Month) -> Ranking:
        try:
            async with self._slots.hold(guild_id):
                return await self._database.read_long(rankings.read, guild_id, month)
        except BaseException:  # whatever ends it: the next caller reads anew
            del self._kept[guild_id, month]
            raise

    def _drop_expired(self) -> None:
        now = self._clock.now()
        for key, kept in list(self._kept.items()):
            if kept.ranking.done() and not 0 <= now - kept.read_at < KEPT_MS:  # the clock may be set back
                del self._kept[key]
