"""Permissions, roles and typed options, read from the interaction alone.

Members are not cached. Discord sends interactions of a server before GUILD_CREATE and during an outage of the server,
so nothing here relies on a cached server.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.channel_viewers import cached_readers
from bot.discord_client.responses import Declined, Interaction, member_language, server_language
from bot.domain import visibility
from bot.domain.orders import OrderContext
from bot.domain.visibility import ChannelReaders, ServerReaders


def can_manage_guild(interaction: Interaction) -> bool:
    """Return whether the member may manage the server, and is not timed out.

    Discord's own check can be bypassed. The permissions that it sends do not show a time-out.
    """
    return interaction.permissions.manage_guild and timed_out_until(interaction) is None


def role_ids(user: discord.User | discord.Member) -> tuple[int, ...]:
    """Return a member's role ids as Discord sent them with the interaction.

    `Member.roles` lists only roles of a cached server, so a role's limit would be ignored. The ids are only in the
    private `_roles`, which a test checks with each version of discord.py.
    """
    if not isinstance(user, discord.Member):
        return ()
    return tuple(user._roles)  # pyright: ignore[reportPrivateUsage] # noqa: SLF001 (no public name for it)


async def fetch_member(interaction: Interaction, member_id: int) -> discord.Member | discord.User | None:
    """Fetch a member, or the user where they have left; None where Discord knows no such user.

    No member is cached.
    """
    assert interaction.guild is not None
    with contextlib.suppress(discord.NotFound):  # they have left the server
        return await interaction.guild.fetch_member(member_id)
    with contextlib.suppress(discord.NotFound):  # nor is there such a user any more
        return await interaction.client.fetch_user(member_id)
    return None


def parent_channel_id(interaction: Interaction) -> int | None:
    """Return the id of a thread's channel; None elsewhere."""
    channel = interaction.channel
    return channel.parent_id if isinstance(channel, discord.Thread) else None


def is_age_restricted(channel: object) -> bool:
    """Return Discord's flag of a channel, or of a thread's parent.

    False where it is not known, as of a thread before Discord has sent the server.
    """
    if isinstance(channel, discord.Thread):
        return channel.parent is not None and channel.parent.is_nsfw()
    return isinstance(channel, discord.abc.GuildChannel) and getattr(channel, "nsfw", False)


class Option(app_commands.Transformer[commands.AutoShardedBot]):
    """An option that is checked: discord.py passes on what a forged payload holds, whatever was declared.

    `check` is called with the value. It raises Declined, or any other error where the value can't be of this option.
    """

    def __init__(
        self,
        option_type: discord.AppCommandOptionType,
        check: Callable[..., object],
        minimum: int | None = None,
        maximum: int | None = None,
    ) -> None:
        self._type = option_type
        self._check = check
        self._minimum = minimum
        self._maximum = maximum

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Discord's type of the option."""
        return self._type

    @property
    def min_value(self) -> int | None:
        """The least number, or number of characters."""
        return self._minimum

    @property
    def max_value(self) -> int | None:
        """The largest number, or number of characters."""
        return self._maximum

    async def transform(self, _: Interaction, value: object, /) -> object:
        """Return a value that passes the check."""
        self._check(value)
        return value


def _one_of(*classes: type) -> Callable[[object], None]:
    def check(value: object) -> None:
        if not isinstance(value, classes):
            raise TypeError(value)

    return check


MemberOrUser = app_commands.Transform[
    discord.Member | discord.User, Option(discord.AppCommandOptionType.user, _one_of(discord.Member, discord.User))
]
FileOption = app_commands.Transform[
    discord.Attachment, Option(discord.AppCommandOptionType.attachment, _one_of(discord.Attachment))
]


def timed_out_until(interaction: Interaction) -> int | None:
    """Return when the member's time-out ends, in UTC epoch milliseconds; None without one.

    Discord stops a member's commands then, but not their buttons. It does not apply to administrators.
    """
    user = interaction.user
    if not isinstance(user, discord.Member) or not user.is_timed_out() or interaction.permissions.administrator:
        return None
    assert user.timed_out_until is not None
    return int(user.timed_out_until.timestamp() * 1000)


def may_post(interaction: Interaction) -> bool:
    """Return whether the member may write and use commands here.

    Discord does not check that for a button or modal. It sends the member's permissions in the channel, with its
    overwrites, but they show neither a time-out nor a locked thread. Neither of those applies to administrators.
    """
    permissions, channel = interaction.permissions, interaction.channel
    if permissions.administrator:
        return True
    if timed_out_until(interaction) is not None:
        return False
    if isinstance(channel, discord.Thread) and channel.locked and not permissions.manage_threads:
        return False
    is_thread = isinstance(channel, discord.Thread)
    may_send = permissions.send_messages_in_threads if is_thread else permissions.send_messages
    return permissions.use_application_commands and may_send


def may_see(interaction: Interaction, guild_id: int, channel_id: int, *, is_own: bool, is_there: bool = False) -> bool:
    """Return whether the member may see what was ordered in a channel.

    `is_own`: they ordered it or paid for it. `is_there`: the message that they pressed shows it.
    """
    here = guild_id == interaction.guild_id
    channel = None if interaction.guild is None else interaction.guild.get_channel_or_thread(channel_id)
    return visibility.may_see(
        is_own=is_own,
        is_there=here and (is_there or channel_id == interaction.channel_id),
        may_view=here and may_view(interaction, channel_id),
        channel_age_restricted=is_age_restricted(channel),
        here_age_restricted=is_age_restricted(interaction.channel),
    )


def may_view(interaction: Interaction, channel_id: int) -> bool:
    """Return whether the member may view a channel of this server.

    False for one that the gateway's cache doesn't know, such as an archived thread: it may be private.
    """
    guild, member = interaction.guild, interaction.user
    if channel_id == interaction.channel_id:
        return True
    channel = None if guild is None else guild.get_channel_or_thread(channel_id)
    if channel is None or not isinstance(member, discord.Member):
        return False
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return False
    permissions = channel.permissions_for(member)
    is_private = isinstance(channel, discord.Thread) and channel.is_private()  # the cache doesn't know its members
    return permissions.view_channel and (permissions.manage_threads or not is_private)


def may_be_shown(interaction: Interaction, channel_id: int, place_id: int) -> bool:
    """Return whether what was ordered in a channel may be shown in another.

    Both are of this server. False where the gateway's cache doesn't know one of them.
    """
    guild, me = interaction.guild, interaction.client.user
    if guild is None or me is None:
        return False
    found: dict[int, ChannelReaders] = {}
    for each in (channel_id, place_id):
        channel = interaction.channel if each == interaction.channel_id else guild.get_channel_or_thread(each)
        if isinstance(channel, discord.Thread):
            channel = None if channel.is_private() else channel.parent
        if isinstance(channel, discord.abc.GuildChannel):
            found[each] = cached_readers(channel, me.id)
    return ServerReaders(found).may_be_shown(channel_id, place_id)


def missing_permissions(interaction: Interaction) -> tuple[str, ...]:
    """Return the permissions that the bot lacks to post in this channel."""
    is_thread = isinstance(interaction.channel, discord.Thread)
    needed = ("view_channel", "send_messages_in_threads" if is_thread else "send_messages", "embed_links")
    return tuple(name for name in needed if not getattr(interaction.app_permissions, name))


def order_context(interaction: Interaction) -> OrderContext:
    """Return who orders, and where.

    Raises:
        Declined: It is in no server.
    """
    if interaction.guild_id is None or interaction.channel_id is None:
        raise Declined("errors-only-in-servers")
    return OrderContext(
        interaction.id,
        interaction.guild_id,
        interaction.channel_id,
        interaction.user.id,
        role_ids(interaction.user),
        interaction.user.display_name,
        member_language(interaction),
        server_language(interaction),
        parent_channel_id(interaction),
        is_age_restricted(interaction.channel),
        can_manage_guild(interaction),
    )
