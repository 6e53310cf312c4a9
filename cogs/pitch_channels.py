"""Ends the pitches of channels and threads that are deleted."""

from __future__ import annotations

import discord
import structlog
from discord.ext import commands

from bot.core.errors import StorageError
from bot.services.pitches import PitchService

_log = structlog.stdlib.get_logger(__name__)


class PitchChannelsCog(commands.Cog):
    """Listens for deleted channels. What it misses, the daily check finds."""

    def __init__(self, pitches: PitchService) -> None:
        self._pitches = pitches

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """End the pitches of a channel and of its threads."""
        await self._end(channel.guild.id, channel.id)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, deleted: discord.RawThreadDeleteEvent) -> None:
        """End the pitches of a thread, also of one that is not cached."""
        await self._end(deleted.guild_id, deleted.thread_id)

    async def _end(self, guild_id: int, channel_id: int) -> None:
        try:
            await self._pitches.end_in_channel(guild_id, channel_id)
        except StorageError as exc:
            _log.warning("pitches_not_ended", channel_id=channel_id, error=str(exc))
