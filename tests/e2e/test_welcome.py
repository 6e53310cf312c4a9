"""The bot greets a server that it joins, once, and notices its removal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import discord
import pytest
from simcord.backend import serializers
from simcord.builders import ChannelHandle, GuildHandle

from bot.domain.quota import AuditContext
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.ui import help as help_messages
from bot.ui.modals import PROMPT, SECONDS
from data import departed_servers
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure
from tests.helpers.bot_harness import BotHarness
from tests.helpers.clock import START
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import query
from tests.helpers.quote_message import make_by_modal
from tests.helpers.reading import addresses, answered, ephemeral_text, message_text
from tests.helpers.staff_channel import choose_staff_channel


async def emit(bot: BotHarness, event: str, guild: GuildHandle, *, unavailable: bool = False) -> None:
    payload: Any = {"id": str(guild.id), **({"unavailable": True} if unavailable else {})}
    if event == "GUILD_CREATE":
        payload = serializers.guild_create_payload(bot.env.backend, bot.env.backend.get_guild(guild.id))
    bot.env.backend.emit(event, payload)
    await bot.env.settle()


async def join(
    bot: BotHarness, guild: GuildHandle, system_channel: ChannelHandle | None, *, seconds_ago: int = 0
) -> None:
    stored = bot.env.backend.get_guild(guild.id)
    joined_at = datetime.fromtimestamp(bot.clock.now() / 1000 - seconds_ago, UTC)
    stored.members[bot.env.backend.bot_user.id].joined_at = joined_at.isoformat()
    stored.system_channel_id = None if system_channel is None else system_channel.id
    bot.env.backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    await emit(bot, "GUILD_CREATE", guild)


def greetings(channel: ChannelHandle) -> list[str]:
    return [message_text(message) for message in channel.history()]


async def test_a_server_is_greeted_once_in_its_language(bot: BotHarness) -> None:
    elsewhere = bot.env.create_guild("Anderswo", preferred_locale="de")
    channel = elsewhere.create_text_channel("allgemein")
    await join(bot, elsewhere, channel)
    greeting = help_messages.greeting(texts_in(Language.GERMAN), bot.app.client.command_ids).text
    assert greetings(channel) == [greeting]
    for command in ("movie", "help"):
        assert f"</{command}:{bot.app.client.command_ids[command]}>" in greeting
    await join(bot, elsewhere, channel)
    await bot.restart()
    await join(bot, elsewhere, channel)
    assert greetings(channel) == [greeting]
    other = bot.env.create_guild("Other")
    general = other.create_text_channel("general")
    await join(bot, other, general, seconds_ago=3599)
    assert greetings(general) == [help_messages.greeting(ENGLISH, bot.app.client.command_ids).text]


async def test_where_the_bot_may_not_post_it_greets_later_or_never(bot: BotHarness) -> None:
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
    elsewhere = bot.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    bot.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50013)
    await join(bot, elsewhere, channel)
    assert "welcome_failed" in caplog.text
    await join(bot, elsewhere, channel)
    assert greetings(channel) == []


async def test_a_server_that_was_joined_long_ago_is_not_greeted(bot: BotHarness) -> None:
    elsewhere = bot.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    await join(bot, elsewhere, channel, seconds_ago=3601)
    await bot.app.client.reject_new_interactions()
    await join(bot, elsewhere, channel)
    assert greetings(channel) == []
    await bot.restart(allowed_servers=str(bot.guild.id))
    elsewhere = bot.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    await join(bot, elsewhere, channel)
    assert list(bot.requests("POST", f"/channels/{channel.id}/messages")) == []


async def with_settings(bot: BotHarness, guild_id: int) -> None:
    await choose_staff_channel(bot.app.database, AuditContext(1, guild_id), 5, START)


def departed(bot: BotHarness) -> list[int]:
    return [row["guild_id"] for row in query(bot.place, "SELECT guild_id FROM departed_servers ORDER BY guild_id")]


async def test_a_removal_is_recorded_and_a_return_ends_it(bot: BotHarness) -> None:
    """Discord reports its outages with the same event."""
    guild = bot.env.create_guild("Elsewhere")
    await with_settings(bot, guild.id)
    for unavailable in (True, False):
        await emit(bot, "GUILD_DELETE", guild, unavailable=unavailable)
        assert departed(bot) == ([] if unavailable else [guild.id])
    await join(bot, guild, None)
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


@pytest.mark.settings(confirm_first_order=True)
async def test_the_greeting_leads_a_member_to_a_movie_and_a_manager_to_the_first_questions(bot: AdminHarness) -> None:
    await join(bot, bot.guild, bot.channel)
    [greeting] = bot.messages()
    form = await bot.alice.click(greeting, label=ENGLISH("welcome-make-button"))
    assert form.modal is not None
    [idea] = [
        each["component"]["value"] for each in form.modal["components"] if each["component"]["custom_id"] == PROMPT
    ]
    await make_by_modal(bot.alice, form, {PROMPT: idea, SECONDS: "10"})
    await bot.finish()
    [movie] = [each for each in bot.upstream.movies.values() if each.order.prompt == idea]
    assert movie.request_id in str(addresses(bot.messages()[-1]))
    refused = await bot.bob.click(greeting, label=ENGLISH("welcome-setup-button"))
    assert ephemeral_text(refused) == ENGLISH("quota-not-allowed")
    for shown in ("setup-first-title", "setup-title"):
        answer = answered(await bot.dana.click(greeting, label=ENGLISH("welcome-setup-button")))
        assert ENGLISH(shown) in message_text(answer)
        await configure(bot, pitch_days=3)
