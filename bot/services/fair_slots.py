"""Slots for expensive work, shared fairly by the servers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from weakref import WeakValueDictionary


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
