"""Which roles view a channel, by their permissions and its overwrites."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import discord
import pytest

from bot.discord_client.channel_viewers import viewers

EVERYONE, CREW, BOSS = 1, 2, 3


def a_guild(*, everyone: bool, crew: bool) -> discord.Guild:
    """A server where @everyone and a role view channels, or not.

    The third role is of administrators.
    """
    client = discord.Client(intents=discord.Intents(guilds=True))
    view = [discord.Permissions(view_channel=each) for each in (everyone, crew)]
    allowed = dict(zip((EVERYONE, CREW, BOSS), (*view, discord.Permissions(administrator=True)), strict=True))
    roles = [
        {"id": str(role_id), "name": "", "permissions": str(each.value), "position": role_id, "colors": {}}
        for role_id, each in allowed.items()
    ]
    data: Any = {"id": str(EVERYONE), "roles": roles}
    return discord.Guild(data=data, state=client._connection)


@pytest.mark.parametrize(
    ("everyone", "crew", "overwrites", "expected"),
    [
        (True, False, {}, {EVERYONE, CREW, BOSS}),
        (False, True, {}, {CREW, BOSS}),
        (True, True, {EVERYONE: None, CREW: None}, {EVERYONE, CREW, BOSS}),
        (True, True, {EVERYONE: False}, {BOSS}),
        (True, False, {EVERYONE: False, CREW: True}, {CREW, BOSS}),
        (True, True, {CREW: False, BOSS: False}, {EVERYONE, BOSS}),
        (False, False, {EVERYONE: True, CREW: False}, {EVERYONE, BOSS}),
    ],
)
def test_a_roles_own_overwrite_goes_before_that_of_everyone(
    overwrites: Mapping[int, bool | None], expected: Collection[int], *, everyone: bool, crew: bool
) -> None:
    """Administrators view every channel."""
    assert viewers(a_guild(everyone=everyone, crew=crew), overwrites) == expected
