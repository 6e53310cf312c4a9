"""Places for expensive work, shared fairly by the servers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from weakref import WeakValueDictionary


class FairPlaces:
    """Limits concurrent work, to one item of each server.

    So a server that asks for much delays only itself.
    """

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)
        self._servers: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @contextlib.asynccontextmanager
    async def hold(self, guild_id: int) -> AsyncGenerator[None]:
        """Wait for a place, and hold it for the block."""
        server = self._servers.setdefault(guild_id, asyncio.Lock())
        async with server, self._places:  # in this order: what waits for its server takes no turn of another
            yield
