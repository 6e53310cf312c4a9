"""Limits of what members and servers ask for: how often, and how much at the same time."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar
from weakref import WeakValueDictionary

from bot.core.clock import Clock
from bot.domain.rate_limit import RateLimiter
from bot.domain.refusal import RefusalCode, Refused
from data import rate_limits
from data.database import Database

T = TypeVar("T")

MEMBERS: Final = 5
"""How many members of a server can order at their full rate at the same time."""


class LocalLimit:
    """A rate limit of each member or server, in the memory of this process.

    `burst` requests at the same time, and `per_minute` on average. A request above it is refused with `code`.
    """

    def __init__(self, per_minute: float, burst: int, code: RefusalCode, clock: Clock) -> None:
        self._limiter = RateLimiter(per_minute / 60, burst, lambda: clock.now() / 1000)
        self._code: RefusalCode = code

    async def try_acquire(self, whose: int) -> Refused | None:
        """Count a request; a refusal says when the next is allowed."""
        retry_at = self._limiter.retry_at(str(whose))
        return None if retry_at is None else _too_soon(self._code, retry_at)

    async def release(self, whose: int) -> None:
        """Uncount a request that was allowed, because nothing came of it."""
        self._limiter.release(str(whose))


def _too_soon(code: RefusalCode, retry_at: float) -> Refused:
    """Return a refusal until a time in seconds, which is rounded up."""
    return Refused(code, {"time": 1000 * math.ceil(retry_at)})


class SharedLimit:
    """The same limit over all processes on a database, whose methods also raise StorageError."""

    def __init__(self, name: str, per_minute: float, burst: int, code: RefusalCode, database: Database) -> None:
        self._name = name
        self._code: RefusalCode = code
        self._interval = round(60_000_000 / per_minute)
        self._burst = burst
        self._database = database
        self._secret: str | None = None

    async def try_acquire(self, whose: int) -> Refused | None:
        """Count a request; a refusal says when the next is allowed."""
        bucket = await self._bucket(whose)
        retry_at = await self._database.write(rate_limits.count, bucket, self._interval, self._burst)
        return None if retry_at is None else _too_soon(self._code, retry_at / 1000)

    async def release(self, whose: int) -> None:
        """Uncount a request."""
        await self._database.write(rate_limits.release, await self._bucket(whose), self._interval)

    async def _bucket(self, whose: int) -> str:
        if self._secret is None:
            self._secret = await self._database.write(rate_limits.secret)
        return rate_limits.key(self._secret, self._name, whose)


RequestLimit = LocalLimit | SharedLimit


@dataclass(frozen=True, slots=True)
class LimitFactory:
    """Makes the limits of a process.

    They are in `shared` where other processes answer the same members. One process keeps them in memory: a commit for
    each order would take longer than the order itself.
    """

    clock: Clock
    shared: Database | None = None

    def limit(self, name: str, per_minute: float, burst: int, code: RefusalCode = "refusals-too-fast") -> RequestLimit:
        """Make the limit of this name."""
        if self.shared is None:
            return LocalLimit(per_minute, burst, code, self.clock)
        return SharedLimit(name, per_minute, burst, code, self.shared)


class OrderLimit:
    """Counts the orders of each member and of each server."""

    def __init__(self, limits: LimitFactory, per_minute: int) -> None:
        """Let each member order so often a minute."""
        self._limit = limits.limit("order", per_minute, per_minute)
        self._server_limit = limits.limit("orders-of-server", MEMBERS * per_minute, MEMBERS * per_minute)

    async def try_acquire(self, guild_id: int, member_id: int) -> Refused | None:
        """Count an order; a refusal says when the next is allowed.

        An order of a member over the rate does not count for their server.

        Raises:
            StorageError: The database fails, where it is shared.
        """
        return await self._limit.try_acquire(member_id) or await self._server_limit.try_acquire(guild_id)


class FairSlots:
    """Limits concurrent work: to `slots` in all, and one of each server.

    So a server that asks for much delays only itself.
    """

    def __init__(self, slots: int) -> None:
        self._slots = asyncio.Semaphore(slots)
        self._servers: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @contextlib.asynccontextmanager
    async def hold(self, guild_id: int) -> AsyncGenerator[None]:
        """Wait for a slot, and hold it for the block."""
        server = self._servers.setdefault(guild_id, asyncio.Lock())
        async with server, self._slots:  # in this order: what waits for its own server takes no slot
            yield


class Exports:
    """Makes exports within rate limits: one at a time for each member who asks, and few at once over all."""

    def __init__(self, at_once: int, *limits: RequestLimit) -> None:
        self._slots = FairSlots(at_once)
        self._limits = limits
        self._running = set[int]()

    async def run(self, make: Callable[[], Awaitable[T]], *whose: int) -> T | Refused:
        """Make an export. `whose` are the ids for each limit: the first is who asks, the last whose slot it takes."""
        member_id = whose[0]
        if member_id in self._running:
            return Refused("credits-export-in-progress")
        self._running.add(member_id)
        try:
            for limit, each in zip(self._limits, whose, strict=True):
                if (refused := await limit.try_acquire(each)) is not None:
                    return refused
            async with self._slots.hold(whose[-1]):
                return await make()
        finally:
            self._running.discard(member_id)
