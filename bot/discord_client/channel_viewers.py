"""Which roles may view a channel.

The gateway's cache tells, or Discord over REST.

A channel that is fetched has a server without roles, and discord.py then says of every role that it may view nothing.
So the roles are those of a server that the caller has.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import discord

from bot.discord_client.rest_errors import map_errors
from bot.domain.channel_readers import ChannelReaders
from bot.errors import DeliveryRejected


def viewers(guild: discord.Guild, overwrites: Mapping[int, bool | None]) -> frozenset[int]:
    """Return the ids of a server's roles that may view a channel.

    `overwrites` are the channel's own decisions, by role id. See
    https://discord.com/developers/docs/topics/permissions#permission-overwrites
    """

    def may_view(role: discord.Role) -> bool:
        permissions = guild.default_role.permissions | role.permissions
        if permissions.administrator:
            return True
        for each in (guild.default_role.id, role.id):
            decided = overwrites.get(each)
            if decided is not None:
                permissions.view_channel = decided
        return permissions.view_channel

    return frozenset(role.id for role in guild.roles if may_view(role))


def cached_viewers(channel: discord.abc.GuildChannel) -> frozenset[int]:
    """Return the roles that may view a channel of the gateway's cache."""
    return viewers(channel.guild, {each.id: value.view_channel for each, value in channel.overwrites.items()})


async def fetch_readers(client: discord.Client, guild_id: int, channel_ids: Collection[int]) -> ChannelReaders:
    """Ask Discord who reads some channels of a server.

    One request for its roles, one for all of its channels, and one for each thread.

    Raises:
        DeliveryRejected: The bot is not in the server.
        DeliveryDeferred: A transient failure; retry later.
    """
    guild = await map_errors(lambda: client.fetch_guild(guild_id, with_counts=False))
    # Not `fetch_channels`, which raises InvalidData for one channel of a kind that discord.py does not know yet.
    payloads = await map_errors(lambda: client.http.get_all_guild_channels(guild_id))
    assert guild is not None
    assert payloads is not None
    listed = {
        int(each["id"]): viewers(
            guild, {int(o["id"]): _decision(o["allow"], o["deny"]) for o in each.get("permission_overwrites", ())}
        )
        for each in payloads
    }
    found: dict[int, frozenset[int]] = {}
    for channel_id in channel_ids:
        parent_id = channel_id if channel_id in listed else await _public_parent(client, channel_id)
        if parent_id in listed:
            found[channel_id] = listed[parent_id]
    return ChannelReaders(guild_id, found)


def _decision(allow: str, deny: str) -> bool | None:
    """Return whether an overwrite allows or denies the view; None: neither."""
    if discord.Permissions(int(allow)).view_channel:
        return True
    return False if discord.Permissions(int(deny)).view_channel else None


async def _public_parent(client: discord.Client, thread_id: int) -> int | None:
    """Return the channel of a thread; None for a private one.

    Also None where Discord does not show it to the bot.
    """
    try:
        thread = await map_errors(lambda: client.fetch_channel(thread_id))
    except DeliveryRejected:
        return None
    return thread.parent_id if isinstance(thread, discord.Thread) and not thread.is_private() else None
