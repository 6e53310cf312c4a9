"""Removals of the bot from a server, and its return."""

from __future__ import annotations

import pytest
from simcord.backend import serializers
from simcord.builders import GuildHandle

from bot.domain.quota import AuditContext
from data import departed_servers
from tests.helpers.bot_harness import BotHarness
from tests.helpers.clock import START
from tests.helpers.ledger_checks import query
from tests.helpers.staff_channel import choose_staff_channel

pytestmark = pytest.mark.both_engines


async def with_settings(bot: BotHarness, guild_id: int) -> None:
    """Give a server a setting."""
    await choose_staff_channel(bot.app.database, AuditContext(1, guild_id), 5, START)


def departed(bot: BotHarness) -> list[int]:
    """The servers that the bot is no longer in."""
    return [row["guild_id"] for row in query(bot.place, "SELECT guild_id FROM departed_servers ORDER BY guild_id")]


async def emit(bot: BotHarness, event: str, guild: GuildHandle, *, unavailable: bool = False) -> None:
    """Let Discord say something about a server."""
    if event == "GUILD_CREATE":
        payload = serializers.guild_create_payload(bot.env.backend, bot.env.backend.get_guild(guild.id))
    else:
        payload = {"id": str(guild.id), **({"unavailable": True} if unavailable else {})}
    bot.env.backend.emit(event, payload)
    await bot.env.settle()


async def test_a_removal_is_recorded_and_a_return_ends_it(bot: BotHarness) -> None:
    """The gateway reports both."""
    guild = bot.env.create_guild("Elsewhere")
    await emit(bot, "GUILD_DELETE", guild)
    assert departed(bot) == [guild.id]
    me = bot.env.backend.get_guild(guild.id).members[bot.env.backend.bot_user.id]
    me.joined_at = "2026-11-10T12:00:00+00:00"  # now, on the test's clock
    await emit(bot, "GUILD_CREATE", guild)
    assert departed(bot) == []


async def test_an_unavailable_server_is_not_removed(bot: BotHarness) -> None:
    """Discord reports its outages with the same event."""
    guild = bot.env.create_guild("Elsewhere")
    await with_settings(bot, guild.id)
    await emit(bot, "GUILD_DELETE", guild, unavailable=True)
    assert departed(bot) == []


async def test_a_removal_while_the_bot_was_off_is_seen_at_the_next_start(bot: BotHarness) -> None:
    """A server that only uses the bot's commands doesn't count as left."""
    gone, only_commands = 123_456_789_012_345_678, 123_456_789_012_345_679
    await bot.app.database.write(departed_servers.record_joined, gone)
    await with_settings(bot, only_commands)
    await with_settings(bot, bot.guild.id)
    await bot.restart()
    assert departed(bot) == [gone]
    await bot.app.database.write(departed_servers.record_joined, gone)
    await bot.restart()
    assert departed(bot) == [gone]
