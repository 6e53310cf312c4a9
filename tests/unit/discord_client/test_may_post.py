"""Who may order, manage and view, and what a form keeps of an order that can't be made."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.discord_client.channel_viewers import cached_readers
from cogs.checks import can_manage_guild, may_post
from tests.unit.discord_client.conftest import interaction

WRITE = discord.Permissions(send_messages=True, send_messages_in_threads=True, use_application_commands=True)
LATER = "2999-01-01T00:00:00+00:00"


def click(permissions: discord.Permissions | None, *, until: str | None = None, thread: str = "") -> Any:
    user = {"id": "1", "username": "a", "discriminator": "0", "avatar": None}
    joined = "2020-01-01T00:00:00+00:00"
    member = {"user": user, "roles": [], "joined_at": joined, "deaf": False, "mute": False, "flags": 0}
    if permissions is not None:
        member["permissions"] = str(permissions.value)
    if until:
        member["communication_disabled_until"] = until
    channel: dict[str, Any] = {"id": "3", "type": 0, "name": "c", "position": 0}
    if thread:
        locked = {"archived": False, "auto_archive_duration": 60, "archive_timestamp": joined}
        locked |= {"locked": thread == "locked"}
        channel = {"id": "3", "type": 11, "name": "t", "parent_id": "4", "guild_id": "2", "owner_id": "9"}
        channel |= {"message_count": 0, "member_count": 0, "thread_metadata": locked}
    client = discord.Client(intents=discord.Intents(guilds=True))
    return interaction(client, 3, guild_id="2", channel=channel, member=member, app_permissions="0")


def lacking(permission: str) -> discord.Permissions:
    return WRITE & ~discord.Permissions(**{permission: True})


def test_who_may_write_may_order() -> None:
    """A locked thread holds but for those who manage threads, and a time-out but for administrators."""
    moderator = WRITE | discord.Permissions(manage_threads=True)
    for permissions, thread, until, may in (
        (WRITE, "", None, True),
        (WRITE, "open", None, True),
        (None, "", None, False),
        (lacking("send_messages"), "", None, False),
        (lacking("send_messages_in_threads"), "open", None, False),
        (lacking("use_application_commands"), "", None, False),
        (WRITE, "", LATER, False),
        (WRITE, "locked", None, False),
        (moderator, "locked", None, True),
        (discord.Permissions(administrator=True), "locked", LATER, True),
    ):
        assert may_post(click(permissions, until=until, thread=thread)) is may, (permissions, thread, until)


def test_a_manager_who_is_timed_out_manages_nothing_unless_they_are_an_administrator() -> None:
    for until, administrator, may in ((None, False, True), (LATER, False, False), (LATER, True, True)):
        permissions = discord.Permissions(manage_guild=True, administrator=administrator)
        assert can_manage_guild(click(permissions, until=until)) is may


EVERYONE, CREW, BOSS, ROBOT, EVE, ME = 1, 2, 3, 4, 5, 6
VIEW = discord.Permissions(view_channel=True)


def a_channel(*, everyone: bool, crew: bool, overwrites: Mapping[int, bool | None]) -> discord.TextChannel:
    client = discord.Client(intents=discord.Intents(guilds=True))
    view = [discord.Permissions(view_channel=each) for each in (everyone, crew)]
    allowed = {EVERYONE: view[0], CREW: view[1], BOSS: discord.Permissions(administrator=True), ROBOT: VIEW}
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
