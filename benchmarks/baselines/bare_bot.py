"""A bot that only responds "ok" to /movie.

discord.py on uvloop, with the settings of the real client.
"""

from __future__ import annotations

import asyncio
import os

import discord
import uvloop
from discord import app_commands
from discord.ext import commands


class BareBot(commands.Bot):
    """Registers `/movie` at the login, as the real client does."""

    def __init__(self) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )

    async def setup_hook(self) -> None:
        """Register the command."""
        self.tree.command(name="movie", description="Make a movie")(self.movie)
        await self.tree.sync()

    async def movie(
        self, interaction: discord.Interaction, prompt: str, duration: app_commands.Range[int, 1, 120]
    ) -> None:
        """Respond at once."""
        del prompt, duration
        await interaction.response.send_message("ok")


if __name__ == "__main__":
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(BareBot().start(os.environ["DISCORD_TOKEN"]))
