"""The server that a manager sets up, its channels and roles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import discord

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import send_ephemeral
from bot.domain.catalogue import Catalogue
from bot.domain.server_setup import ROLE_LISTS, SINGLE_CHANNELS, AgeRule, ServerSetup, Setting, SettingValue
from bot.domain.setup_values import Checked, InvalidReason, InvalidValue
from bot.ui import errors
from bot.ui.setup_panel import CHANNEL_TYPES, GALLERY_TYPES, STAFF_CHANNEL_TYPES, Panel
from cogs import quota_checks
from cogs.checks import Interaction, loaded_guild


async def manageable_guild(interaction: Interaction) -> discord.Guild | None:
    """Return the server with its channels and roles.

    Where the member may not manage it, or before Discord has sent it, respond so and return None.
    """
    if await quota_checks.refused(interaction):
        return None
    guild = loaded_guild(interaction)
    if guild is None:
        await send_ephemeral(interaction, errors.server_not_loaded(private_texts(interaction)))
    return guild


_TYPES: Final[Mapping[Setting, tuple[discord.ChannelType, ...]]] = {
    Setting.CHANNELS: CHANNEL_TYPES,
    Setting.GALLERY: GALLERY_TYPES,
    Setting.STAFF_CHANNEL: STAFF_CHANNEL_TYPES,
}

_NEEDED: Final[Mapping[Setting, tuple[str, ...]]] = {
    Setting.GALLERY: ("view_channel", "send_messages", "embed_links", "attach_files", "read_message_history"),
    Setting.STAFF_CHANNEL: ("view_channel", "send_messages", "embed_links"),
}
"""What the bot needs to post in a channel. In a gallery, it also looks for what it may have posted before."""

_NEEDED_IN_FORUMS: Final = ("manage_threads",)
"""To delete a post whose title is a prompt."""


def fitting(guild: discord.Guild, setting: Setting, value: SettingValue) -> Checked:
    """Return a value whose channels and roles are all of this server.

    Everyone has the role @everyone, so it restricts nothing, and gives no staff rights. The bot must be able to post in
    a channel that is chosen for its messages.
    """
    ids = _ids(setting, value)
    if setting in ROLE_LISTS and guild.default_role.id in ids:
        return () if setting is Setting.ROLES else InvalidValue(setting, InvalidReason.EVERYONE, "@everyone")
    missing = _missing(guild, setting, ids)
    if missing:
        return InvalidValue(setting, InvalidReason.NOT_IN_SERVER, str(missing[0]))
    lacking = missing_permissions(guild, setting, ids[0]) if setting in SINGLE_CHANNELS and ids else ()
    return InvalidValue(setting, InvalidReason.MISSING_PERMISSIONS, str(ids[0]), lacking) if lacking else value


def missing_permissions(guild: discord.Guild, setting: Setting, channel_id: int) -> tuple[str, ...]:
    """Return the permissions that the bot lacks to post in a channel."""
    channel = guild.get_channel(channel_id)
    if channel is None:
        return ()
    permissions = channel.permissions_for(guild.me)
    needed = _NEEDED[setting] + (_NEEDED_IN_FORUMS if isinstance(channel, discord.ForumChannel) else ())
    return tuple(name for name in needed if not getattr(permissions, name))


def panel_of(guild: discord.Guild, setup: ServerSetup, catalogue: Catalogue) -> Panel:
    """Return what the panel shows of a server."""
    return Panel(setup, catalogue, deleted_ids(guild, setup), closed_channels(guild, setup))


def closed_channels(guild: discord.Guild, setup: ServerSetup) -> tuple[InvalidValue, ...]:
    """Return the chosen channels in which the bot can't post, or won't."""
    chosen = [(setting, setup.value(setting)) for setting in Setting if setting in SINGLE_CHANNELS]
    checked = [fitting(guild, setting, value) for setting, value in chosen]
    closed = [
        each for each in checked if isinstance(each, InvalidValue) and each.reason is InvalidReason.MISSING_PERMISSIONS
    ]
    gallery = None if setup.gallery is None else guild.get_channel(setup.gallery)
    if setup.age is AgeRule.RESTRICTED and gallery is not None and not getattr(gallery, "nsfw", False):
        closed.append(InvalidValue(Setting.GALLERY, InvalidReason.NOT_AGE_RESTRICTED, str(gallery.id)))
    return tuple(closed)


def deleted_ids(guild: discord.Guild, setup: ServerSetup) -> frozenset[int]:
    """Return the ids of chosen channels and roles that no longer exist."""
    return frozenset(
        each for setting in Setting for each in _missing(guild, setting, _ids(setting, setup.value(setting)))
    )


def _ids(setting: Setting, value: SettingValue) -> Sequence[int]:
    """Return the ids of channels and roles that a value holds."""
    if isinstance(value, tuple):
        return [int(each) for each in value] if setting in ROLE_LISTS or setting in _TYPES else []
    return [int(value)] if setting in SINGLE_CHANNELS and value is not None else []


def _missing(guild: discord.Guild, setting: Setting, ids: Iterable[int]) -> list[int]:
    if setting in ROLE_LISTS:
        return [each for each in ids if guild.get_role(each) is None]
    return [each for each in ids if not _is_channel(guild, each, _TYPES[setting])]


def _is_channel(guild: discord.Guild, channel_id: int, types: Collection[discord.ChannelType]) -> bool:
    channel = guild.get_channel(channel_id)
    return channel is not None and channel.type in types
