"""The server that a manager sets up, its channels and roles."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import send_ephemeral
from bot.domain.server_setup import ServerSetup, Setting, SettingValue
from bot.domain.setup_values import Checked, InvalidReason, InvalidValue
from bot.ui import errors
from bot.ui.setup_panel import CHANNEL_TYPES
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


def without_foreign(guild: discord.Guild, setting: Setting, value: SettingValue) -> Checked:
    """Return a value whose channels and roles are all of this server.

    Everyone has the role @everyone, so it is no restriction.
    """
    if not isinstance(value, tuple) or setting not in (Setting.CHANNELS, Setting.ROLES):
        return value
    ids = [int(each) for each in value]
    if setting is Setting.ROLES and guild.default_role.id in ids:
        return ()
    missing = _missing(guild, setting, ids)
    if missing:
        return InvalidValue(setting, InvalidReason.NOT_HERE, str(missing[0]))
    return value


def deleted_ids(guild: discord.Guild, setup: ServerSetup) -> frozenset[int]:
    """Return the ids of chosen channels and roles that no longer exist."""
    channels = _missing(guild, Setting.CHANNELS, setup.channels)
    return frozenset([*channels, *_missing(guild, Setting.ROLES, setup.roles)])


def _missing(guild: discord.Guild, setting: Setting, ids: Iterable[int]) -> list[int]:
    if setting is Setting.ROLES:
        return [each for each in ids if guild.get_role(each) is None]
    return [each for each in ids if not _is_channel(guild, each)]


def _is_channel(guild: discord.Guild, channel_id: int) -> bool:
    channel = guild.get_channel(channel_id)
    return channel is not None and channel.type in CHANNEL_TYPES
