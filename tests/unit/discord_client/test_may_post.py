"""Who may order and manage, from the payloads of Discord's interactions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord
import pytest
from discord.state import ConnectionState

from cogs.checks import can_manage_guild, may_post

WRITE = discord.Permissions(send_messages=True, send_messages_in_threads=True, use_application_commands=True)
LATER = "2999-01-01T00:00:00+00:00"


def interaction(permissions: discord.Permissions | None, *, until: str | None = None, thread: str = "") -> Any:
    """A click in a channel or thread by a member with permissions."""
    http: Any = SimpleNamespace(_HTTPClient__session=None, proxy=None, proxy_auth=None)
    intents = discord.Intents(guilds=True)
    state: Any = ConnectionState(dispatch=lambda *_: None, handlers={}, hooks={}, http=http, intents=intents)
    state._get_client = lambda: SimpleNamespace(user=None)
    state.user = SimpleNamespace(id=6)
    user = {"id": "1", "username": "a", "discriminator": "0", "avatar": None}
    joined = "2020-01-01T00:00:00+00:00"
    member = {"user": user, "roles": [], "joined_at": joined, "deaf": False, "mute": False, "flags": 0}
    if permissions is not None:
        member["permissions"] = str(permissions.value)
    if until:
        member["communication_disabled_until"] = until
    channel: dict[str, Any] = {"id": "3", "type": 0, "name": "c", "position": 0}
    if thread:
        locked = {
            "archived": False,
            "auto_archive_duration": 60,
            "archive_timestamp": joined,
            "locked": thread == "locked",
        }
        channel = {"id": "3", "type": 11, "name": "t", "parent_id": "4", "guild_id": "2", "owner_id": "9"}
        channel |= {"message_count": 0, "member_count": 0, "thread_metadata": locked}
    data: Any = {
        "id": "5",
        "type": 3,
        "token": "x",
        "version": 1,
        "application_id": "6",
        "guild_id": "2",
        "channel_id": "3",
        "channel": channel,
        "member": member,
        "data": {"custom_id": "m:x", "component_type": 2},
        "app_permissions": "0",
        "entitlements": [],
        "authorizing_integration_owners": {},
        "attachment_size_limit": 1,
        "locale": "en-US",
    }
    return discord.Interaction(data=data, state=state)


@pytest.mark.parametrize("thread", ["", "open"])
def test_who_may_write_may_order(thread: str) -> None:
    assert may_post(interaction(WRITE, thread=thread))


def test_without_permissions_in_the_payload_none_may() -> None:
    assert not may_post(interaction(None))


@pytest.mark.parametrize(
    ("permission", "thread"),
    [("send_messages", ""), ("send_messages_in_threads", "open"), ("use_application_commands", "")],
)
def test_each_permission_is_needed_where_it_counts(permission: str, thread: str) -> None:
    lacking = discord.Permissions(WRITE.value)
    lacking.update(**{permission: False})
    assert not may_post(interaction(lacking, thread=thread))


def test_a_time_out_holds() -> None:
    assert not may_post(interaction(WRITE, until=LATER))


def test_a_locked_thread_holds_but_for_those_who_manage_threads() -> None:
    assert not may_post(interaction(WRITE, thread="locked"))
    moderator = discord.Permissions(WRITE.value)
    moderator.update(manage_threads=True)
    assert may_post(interaction(moderator, thread="locked"))


def test_administrators_may_always_write() -> None:
    assert may_post(interaction(discord.Permissions(administrator=True), until=LATER, thread="locked"))


@pytest.mark.parametrize(
    ("until", "administrator", "expected"), [(None, False, True), (LATER, False, False), (LATER, True, True)]
)
def test_a_manager_who_is_timed_out_manages_nothing_unless_they_are_an_administrator(
    until: str | None, *, administrator: bool, expected: bool
) -> None:
    """The buttons of others' lists still work then."""
    permissions = discord.Permissions(manage_guild=True, administrator=administrator)
    assert can_manage_guild(interaction(permissions, until=until)) is expected
