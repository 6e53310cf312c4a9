"""How large a file a server accepts, read over REST.

The worker has no guild cache.
"""

from __future__ import annotations

from typing import Final

import aiohttp
import discord
import structlog

from bot.core.clock import Clock
from bot.discord_client.attachments import DEFAULT_UPLOAD_LIMIT

_log = structlog.stdlib.get_logger(__name__)

_TTL_MS: Final = 3_600_000
"""Boost levels change rarely, and a file that is too large is sent as a link."""

_MAX_CACHED: Final = 1000


class UploadLimits:
    """The upload limits of servers, in bytes."""

    def __init__(self, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._cached: dict[int, tuple[int, int]] = {}

    async def get(self, guild_id: int) -> int:
        """Return a server's limit, or the default if Discord gives none."""
        now = self._clock.now()
        fetched_at, limit = self._cached.get(guild_id, (now - _TTL_MS, 0))
        if 0 <= now - fetched_at < _TTL_MS:  # below 0: the clock was set back
            return limit
        try:
            guild = await self._client.fetch_guild(guild_id, with_counts=False)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as exc:
            _log.warning("upload_limit_unavailable", guild_id=guild_id, error=str(exc))
            return DEFAULT_UPLOAD_LIMIT
        if len(self._cached) >= _MAX_CACHED:
            self._cached.clear()
        self._cached[guild_id] = (now, guild.filesize_limit)
        return guild.filesize_limit
