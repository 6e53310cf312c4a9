"""The server that a manager sets up, its channels and roles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import discord

from bot.discord_client.responses import send_text
from bot.domain.catalogue import Catalogue
from bot.domain.server_setup import SETTINGS, AgeRule, ServerSetup
from bot.domain.setting_kinds import (
    Channel,
    Channels,
    Checked,
    InvalidReason,
    InvalidValue,
    Roles,
    Setting,
    SettingValue,
)
from bot.ui.setup_panel import Panel
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
        await send_text(interaction, "errors-server-not-loaded")
    return guild


_NEEDED_IN_FORUMS: Final = ("manage_threads",)
"""To delete a post whose title is a prompt."""


def fitting(guild: discord.Guild, setting: Setting, value: SettingValue) -> Checked:
    """Return a value whose channels and roles are all of this server.

    Everyone has the role @everyone, so it restricts nothing, and gives no staff rights. The bot must be able to post in
    a channel that is chosen for its messages.
    """
    if isinstance(setting, Roles) and guild.default_role.id in setting.ids(value):
        return () if setting.everyone_by_default else setting.invalid(InvalidReason.EVERYONE, "@everyone")
    missing = _missing(guild, setting, value)
    if missing:
        return setting.invalid(InvalidReason.NOT_IN_SERVER, str(missing[0]))
    lacking = _missing_permissions(guild, setting, value) if isinstance(setting, Channel) else ()
    return setting.invalid(InvalidReason.MISSING_PERMISSIONS, str(value), lacking) if lacking else value


def _missing_permissions(guild: discord.Guild, setting: Channel, value: SettingValue) -> Sequence[str]:
    """Return the permissions that the bot lacks to post in a channel."""
    channels = [channel for each in setting.ids(value) if (channel := guild.get_channel(each)) is not None]
    return [
        name
        for channel in channels
        for name in setting.needs + (_NEEDED_IN_FORUMS if isinstance(channel, discord.ForumChannel) else ())
        if not getattr(channel.permissions_for(guild.me), name)
    ]


def panel_of(guild: discord.Guild, setup: ServerSetup, catalogue: Catalogue) -> Panel:
    """Return what the panel shows of a server."""
    return Panel(setup, catalogue, deleted_ids(guild, setup), closed_channels(guild, setup))


def closed_channels(guild: discord.Guild, setup: ServerSetup) -> tuple[InvalidValue, ...]:
    """Return the chosen channels in which the bot can't post, or won't."""
    checked = [fitting(guild, each, setup.value(each)) for each in SETTINGS.values() if isinstance(each, Channel)]
    closed = [
        each for each in checked if isinstance(each, InvalidValue) and each.reason is InvalidReason.MISSING_PERMISSIONS
    ]
    gallery = None if setup.gallery is None else guild.get_channel(setup.gallery)
    if setup.age is AgeRule.RESTRICTED and gallery is not None and not getattr(gallery, "nsfw", False):
        closed.append(ServerSetup.gallery.invalid(InvalidReason.NOT_AGE_RESTRICTED, str(gallery.id)))
    return tuple(closed)


def deleted_ids(guild: discord.Guild, setup: ServerSetup) -> frozenset[int]:
    """Return the ids of chosen channels and roles that no longer exist."""
    return frozenset(each for setting in SETTINGS.values() for each in _missing(guild, setting, setup.value(setting)))


def _missing(guild: discord.Guild, setting: Setting, value: SettingValue) -> Sequence[int]:
    match setting:
        case Roles():
            return [each for each in setting.ids(value) if guild.get_role(each) is None]
        case Channel() | Channels():
            return [each for each in setting.ids(value) if not _is_channel(guild, each, setting.types)]
        case _:
            return ()


def _is_channel(guild: discord.Guild, channel_id: int, types: Collection[str]) -> bool:
    channel = guild.get_channel(channel_id)
    return channel is not None and channel.type.name in types
