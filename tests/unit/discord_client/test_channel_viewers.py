"""Which roles view a channel, by their permissions and its overwrites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.discord_client.channel_viewers import cached_readers

EVERYONE, CREW, BOSS, ROBOT, EVE, ME = 1, 2, 3, 4, 5, 6

VIEW = discord.Permissions(view_channel=True)


def a_channel(*, everyone: bool, crew: bool, overwrites: Mapping[int, bool | None]) -> discord.TextChannel:
    """A server with @everyone, a role, one of administrators and a bot's own."""
    client = discord.Client(intents=discord.Intents(guilds=True))
    view = [discord.Permissions(view_channel=each) for each in (everyone, crew)]
    allowed = dict(
        zip((EVERYONE, CREW, BOSS, ROBOT), (*view, discord.Permissions(administrator=True), VIEW), strict=True)
    )
    roles = [
        {"id": str(role_id), "name": "", "permissions": str(each.value), "position": role_id, "colors": {}}
        | ({"tags": {"bot_id": "9"}} if role_id == ROBOT else {})
        for role_id, each in allowed.items()
    ]
    guild_data: Any = {"id": str(EVERYONE), "roles": roles}
    guild = discord.Guild(data=guild_data, state=client._connection)
    decisions = [
        {"id": str(each), "type": int(each in (EVE, ME)), **_pair(value)} for each, value in overwrites.items()
    ]
    data: Any = {"id": "7", "type": 0, "name": "", "position": 0, "nsfw": True, "permission_overwrites": decisions}
    return discord.TextChannel(state=client._connection, guild=guild, data=data)


def _pair(value: bool | None) -> dict[str, str]:
    allow, deny = discord.PermissionOverwrite(view_channel=value).pair()
    return {"allow": str(allow.value), "deny": str(deny.value)}


def test_a_roles_own_overwrite_goes_before_that_of_everyone() -> None:
    """Administrators view every channel. Bots' roles are left out, and members' own overwrites are none of a role."""
    rows: list[tuple[bool, bool, dict[int, bool | None], set[int]]] = [
        (True, False, {}, {EVERYONE, CREW, BOSS}),
        (False, True, {}, {CREW, BOSS}),
        (True, True, {EVERYONE: None, CREW: None}, {EVERYONE, CREW, BOSS}),
        (True, True, {EVERYONE: False}, {BOSS}),
        (True, False, {EVERYONE: False, CREW: True}, {CREW, BOSS}),
        (True, True, {CREW: False, BOSS: False}, {EVERYONE, BOSS}),
        (False, False, {EVERYONE: True, CREW: False}, {EVERYONE, BOSS}),
        (False, False, {ROBOT: True, EVE: True, ME: False}, {BOSS}),
    ]
    for everyone, crew, overwrites, expected in rows:
        readers = cached_readers(a_channel(everyone=everyone, crew=crew, overwrites=overwrites), ME)
        assert (readers.viewers, readers.age_restricted) == (expected, True)
        assert readers.may_view(EVE, ()) is (EVE in overwrites or EVERYONE in expected)
