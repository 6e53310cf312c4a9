"""A login to Discord's REST API, without a gateway.

For what the operator asks at the command line.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator

import aiohttp
import discord

from bot.errors import StartupError
from bot.settings import Settings

NETWORK_ERRORS = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)


@contextlib.asynccontextmanager
async def log_in(settings: Settings) -> AsyncGenerator[discord.Client]:
    """Log in with the bot's token.

    Raises:
        StartupError: The token is not accepted, or Discord can't be reached.
    """
    client = discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=30.0)
    try:
        await client.login(settings.discord_token.get_secret_value())
        yield client
    except discord.LoginFailure as exc:
        raise StartupError(
            "Discord rejected DISCORD_TOKEN. Copy the token from the developer portal (Bot, Reset Token)."
        ) from exc
    except NETWORK_ERRORS as exc:
        raise StartupError(f"Can't reach Discord ({exc}). Check your network and discordstatus.com.") from exc
    finally:
        await client.close()


async def joined_servers(client: discord.Client) -> dict[int, str]:
    """Return the names of the bot's servers, by id."""
    return {guild.id: guild.name async for guild in client.fetch_guilds(limit=None)}
