"""Who may view a channel: the values of bot/domain/visibility.py, from Discord.

The gateway's cache tells, or Discord over REST. A channel that is fetched has a server without roles, so the roles are
those of a server that the caller has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import discord

from bot.core.errors import DeliveryRejected
from bot.discord_client.rest_errors import map_errors
from bot.domain.visibility import ChannelReaders, ServerReaders, ServerRoles

_ROLE = 0
"""The type of an overwrite for a role. The other type is a member."""


def cached_readers(channel: discord.abc.GuildChannel, client_id: int) -> ChannelReaders:
    """Return who may view a channel of the gateway's cache, besides the bot with this id."""
    decided = [(each.id, _is_role(each), value.view_channel) for each, value in channel.overwrites.items()]
    restricted = bool(getattr(channel, "nsfw", False))
    return _readers(_roles(channel.guild), decided, client_id, age_restricted=restricted)


async def fetch_readers(client: discord.Client, guild_id: int, channel_ids: Collection[int]) -> ServerReaders:
    """Ask Discord who may view some channels of a server.

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
    roles, client_id = _roles(guild), client.user.id if client.user else 0
    listed: dict[int, ChannelReaders] = {}
    for each in payloads:
        overwrites = each.get("permission_overwrites", ())
        decided = [(int(o["id"]), int(o["type"]) == _ROLE, _decision(o["allow"], o["deny"])) for o in overwrites]
        restricted = bool(each.get("nsfw", False))
        listed[int(each["id"])] = _readers(roles, decided, client_id, age_restricted=restricted)
    found: dict[int, ChannelReaders] = {}
    for channel_id in channel_ids:
        parent_id = channel_id if channel_id in listed else await _public_parent(client, channel_id)
        if parent_id in listed:
            found[channel_id] = listed[parent_id]
    return ServerReaders(found)


async def fetch_hidden(
    client: discord.Client, guild_id: int, channel_id: int, member_ids: Collection[int]
) -> frozenset[int]:
    """Return which of these members can't view a channel: they are not mentioned there.

    Where everyone may view it, that takes no request for each member. All of them, where its readers are not known.

    Raises:
        DeliveryDeferred: A transient failure; retry later.
    """
    if not member_ids:
        return frozenset()
    try:
        readers = (await fetch_readers(client, guild_id, {channel_id})).channels.get(channel_id)
    except DeliveryRejected:  # the bot is not in the server
        readers = None
    if readers is None:
        return frozenset(member_ids)
    if readers.everyone:
        return frozenset()
    viewing = {each: await _may_view(client, readers, each) for each in member_ids}
    return frozenset(each for each, may_view in viewing.items() if not may_view)


async def _may_view(client: discord.Client, readers: ChannelReaders, member_id: int) -> bool:
    """Return whether a member may view a channel; False for one who left."""
    try:
        payload = await map_errors(lambda: client.http.get_member(readers.server.guild_id, member_id))
    except DeliveryRejected:
        return False
    return payload is not None and readers.may_view(member_id, [int(each) for each in payload["roles"]])


def _roles(guild: discord.Guild) -> ServerRoles:
    roles = [role for role in guild.roles if not role.is_bot_managed()]
    return ServerRoles(
        guild.id,
        guild.owner_id,
        frozenset(role.id for role in roles),
        frozenset(role.id for role in roles if role.permissions.view_channel),
        frozenset(role.id for role in roles if role.permissions.administrator),
    )


def _readers(
    roles: ServerRoles, decided: Iterable[tuple[int, bool, bool | None]], client_id: int, *, age_restricted: bool
) -> ChannelReaders:
    """Build a channel's readers from its overwrites: id, whether it is a role's, and what it decides.

    Those of bots' roles and of the bot itself say nothing about people.
    """
    overwrites = {
        each: value
        for each, is_role, value in decided
        if value is not None and each != client_id and (each in roles.all or not is_role)
    }
    return ChannelReaders(roles, overwrites, age_restricted)


def _is_role(target: discord.Role | discord.Member | discord.Object) -> bool:
    """Return whether an overwrite is a role's, which the gateway's cache may lack."""
    return isinstance(target, discord.Role) or (isinstance(target, discord.Object) and target.type is discord.Role)


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
