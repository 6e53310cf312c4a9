"""Rate limit of orders."""

from __future__ import annotations

from typing import Final

from bot.services.request_limits import LimitFactory, TooSoon

MEMBERS: Final = 5
"""How many members of a server can order at their full rate at the same time."""


class OrderLimit:
    """Counts the orders of each member and of each server."""

    def __init__(self, limits: LimitFactory, per_minute: int) -> None:
        """Let each member order so often a minute."""
        self._limit = limits.limit("order", per_minute, per_minute)
        self._server_limit = limits.limit("orders-of-server", MEMBERS * per_minute, MEMBERS * per_minute)

    async def try_acquire(self, guild_id: int, member_id: int) -> TooSoon | None:
        """Count an order, and return when to retry a refused one.

        An order of a member over the rate does not count for their server.

        Raises:
            StorageError: The database fails, where it is shared.
        """
        return await self._limit.try_acquire(member_id) or await self._server_limit.try_acquire(guild_id)
