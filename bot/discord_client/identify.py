"""When a shard of any process may IDENTIFY, by Discord's limits.

https://docs.discord.com/developers/events/gateway#rate-limiting
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from bot.core.clock import Clock
from bot.core.errors import StorageError
from data import identify_slots
from data.database import Database

_LONGEST_WAIT_MS: Final = 30_000
"""The connection waits for its IDENTIFY. After a minute without one, discord.py closes it."""

_SPARE_PER_BUCKET: Final = 10
"""IDENTIFYs that are not used up, because other processes may be about to send theirs. Discord resets the token of a
bot that sends more than its limit."""


class IdentifyDelayed(OSError):
    """This shard can't IDENTIFY yet.

    An OSError, which discord.py takes for a connection that failed, and tries again.
    """


@dataclass(frozen=True, slots=True)
class StartLimits:
    """The limits of the bot's gateway sessions, read at `read_at`.

    `remaining` IDENTIFYs are left until `reset_at`. `shards` is the recommended number. Times are UTC epoch
    milliseconds.
    """

    shards: int
    remaining: int
    reset_at: int
    max_concurrency: int
    read_at: int

    def bucket(self, shard_id: int) -> int:
        """Return the bucket whose IDENTIFYs are counted together."""
        return shard_id % self.max_concurrency

    def is_short(self, now: int) -> bool:
        """Return whether the IDENTIFYs that are left must be kept."""
        return self.remaining < _SPARE_PER_BUCKET * self.max_concurrency and now < self.reset_at


class SharedIdentifySlots:
    """Spaces the IDENTIFYs of all processes on a database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def wait(self, bucket: int) -> None:
        """Wait for the next slot of a bucket.

        Raises:
            IdentifyDelayed: It is too late for this connection, or the database can't be used.
        """
        try:
            begin = await self._database.write(identify_slots.reserve, bucket, _LONGEST_WAIT_MS)
        except StorageError as exc:
            raise IdentifyDelayed(f"no slot for an IDENTIFY: {exc}") from exc
        if begin is None:
            raise IdentifyDelayed("other shards IDENTIFY first")
        await self._clock.wait(asyncio.Event(), begin)
