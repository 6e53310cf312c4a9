"""Greets a server that the bot joins, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import discord
import structlog

from bot.core.errors import StorageError, one_line
from bot.discord_client.sharded import NETWORK_ERRORS
from bot.domain.language import language_of
from bot.locales.texts import texts_in
from bot.ui import welcome
from data.database import Database
from data.engine import key_value

_log = structlog.stdlib.get_logger(__name__)

_RECENT_MS: Final = 60 * 60 * 1000
"""A server that became available and was joined earlier is an old one: it needs no greeting."""


def joined_recently(guild: discord.Guild, now: int) -> bool:
    """Return whether the bot joined a server within the last hour.

    `now` is UTC epoch milliseconds.
    """
    joined = guild.me.joined_at
    return joined is not None and now - joined.timestamp() * 1000 < _RECENT_MS


async def greet(guild: discord.Guild, database: Database, command_ids: Mapping[str, int]) -> None:
    """Post a greeting in a server's system channel, where the bot may.

    The database remembers each server that was greeted. It is asked before the greeting is sent, because another
    gateway may have seen the bot join, too: a process that dies in between doesn't greet, and no server is greeted
    twice. Errors are only logged.
    """
    channel = guild.system_channel
    if channel is None or not _may_post(channel, guild.me):
        return
    try:
        if await database.write(key_value.add, f"welcome:{guild.id}", "1"):
            texts = texts_in(language_of(guild.preferred_locale.value))
            await channel.send(welcome.greeting(texts, command_ids))
    except (*NETWORK_ERRORS, StorageError) as exc:
        _log.warning("welcome_failed", guild_id=guild.id, error=one_line(exc))


def _may_post(channel: discord.TextChannel, me: discord.Member) -> bool:
    permissions = channel.permissions_for(me)
    return permissions.view_channel and permissions.send_messages
