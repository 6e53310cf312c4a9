"""The bot greets a server that it joins, once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest
from simcord.backend import serializers
from simcord.builders import ChannelHandle, GuildHandle

from bot.discord_client.welcome import greet
from bot.domain.language import Language
from bot.locales.texts import texts_in
from bot.ui import welcome
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.bot_harness import BotHarness, open_harness
from tests.helpers.expected_text import ENGLISH


async def join(
    bot: BotHarness, guild: GuildHandle, system_channel: ChannelHandle | None, *, seconds_ago: int = 0
) -> None:
    """Remove the bot from a server and invite it again.

    The server has this system channel from then on.
    """
    backend = bot.env.backend
    stored = backend.get_guild(guild.id)
    joined_at = datetime.fromtimestamp(bot.clock.now() / 1000 - seconds_ago, UTC)
    stored.members[backend.bot_user.id].joined_at = joined_at.isoformat()
    stored.system_channel_id = None if system_channel is None else system_channel.id
    backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    backend.emit("GUILD_CREATE", serializers.guild_create_payload(backend, stored))
    await bot.env.settle()


def greetings(channel: ChannelHandle) -> list[str]:
    """Return what is in a channel."""
    return [message.content for message in channel.history()]


async def test_a_server_is_greeted_once_in_its_language(bot: BotHarness) -> None:
    """A second invitation or a restart brings no second greeting."""
    elsewhere = bot.env.create_guild("Anderswo", preferred_locale="de")
    channel = elsewhere.create_text_channel("allgemein")
    await join(bot, elsewhere, channel)
    greeting = welcome.greeting(texts_in(Language.GERMAN), bot.app.client.command_ids)
    assert greetings(channel) == [greeting]
    await join(bot, elsewhere, channel)
    await bot.restart()
    await join(bot, elsewhere, channel)
    assert greetings(channel) == [greeting]


async def test_another_server_gets_a_greeting_of_its_own(bot: BotHarness) -> None:
    """The greeting has commands that can be clicked."""
    for name in ("First", "Second"):
        guild = bot.env.create_guild(name)
        channel = guild.create_text_channel("general")
        await join(bot, guild, channel)
        [greeting] = greetings(channel)
        assert greeting == welcome.greeting(ENGLISH, bot.app.client.command_ids)
        for command in ("movie", "help"):
            assert f"</{command}:{bot.app.client.command_ids[command]}>" in greeting


async def test_several_gateways_that_see_the_bot_join_greet_once(bot: BotHarness) -> None:
    """During a deploy, two processes run the same shard."""
    elsewhere = bot.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    await join(bot, elsewhere, None)
    bot.env.backend.get_guild(elsewhere.id).system_channel_id = channel.id
    bot.env.backend.edit_guild(elsewhere.id, {"system_channel_id": channel.id})
    await bot.env.settle()
    guild = bot.app.client.get_guild(elsewhere.id)
    assert guild is not None
    await asyncio.gather(*(greet(guild, bot.app.database, bot.app.client.command_ids) for _ in range(5)))
    assert len(greetings(channel)) == 1


async def test_where_the_bot_may_not_post_it_greets_later_or_never(bot: BotHarness) -> None:
    """A later invitation is greeted where the bot may post."""
    elsewhere = bot.env.create_guild("Elsewhere")
    denied = {elsewhere.default_role: discord.PermissionOverwrite(send_messages=False)}
    rules = elsewhere.create_text_channel("rules", overwrites=denied)
    general = elsewhere.create_text_channel("general")
    await join(bot, elsewhere, None)
    await join(bot, elsewhere, rules)
    assert greetings(rules) == []
    await join(bot, elsewhere, general)
    assert len(greetings(general)) == 1


async def test_a_greeting_that_discord_refuses_is_logged_and_not_repeated(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """A second greeting would be worse than none."""
    elsewhere = bot.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    bot.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50013)
    await join(bot, elsewhere, channel)
    assert "welcome_failed" in caplog.text
    await join(bot, elsewhere, channel)
    assert greetings(channel) == []


async def test_a_greeting_that_the_database_can_not_record_is_not_sent(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """It could be sent twice."""
    guild = bot.app.client.get_guild(bot.guild.id)
    assert guild is not None
    bot.env.backend.edit_guild(guild.id, {"system_channel_id": bot.channel.id})
    await bot.env.settle()
    migrated_file.create(bot.path.with_name("broken.db"))
    broken = await SqliteDatabase.open(bot.path.with_name("broken.db"))
    await broken.close()
    await greet(guild, broken, bot.app.client.command_ids)
    assert ("welcome_failed" in caplog.messages, bot.messages()) == (True, [])


async def test_a_server_that_the_operator_did_not_name_is_not_greeted(tmp_path: Path) -> None:
    async with open_harness(BotHarness, tmp_path) as bot:
        await bot.restart(allowed_servers=str(bot.guild.id))
        elsewhere = bot.env.create_guild("Elsewhere")
        channel = elsewhere.create_text_channel("general")
        await join(bot, elsewhere, channel)
        assert list(bot.requests("POST", f"/channels/{channel.id}/messages")) == []


async def test_a_process_that_leaves_greets_no_server(bot: BotHarness) -> None:
    """The next process greets it."""
    elsewhere = bot.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    await bot.app.client.reject_new_interactions()
    await join(bot, elsewhere, channel)
    assert greetings(channel) == []


async def test_a_server_that_was_joined_long_ago_is_not_greeted(bot: BotHarness) -> None:
    """Servers become available at each start, and after an outage."""
    elsewhere = bot.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    await join(bot, elsewhere, channel, seconds_ago=3601)
    assert greetings(channel) == []
