"""/top: the server's best of a month, read privately by anyone."""

from __future__ import annotations

import discord
import pytest
from simcord.enums import ChannelType

from bot.ui import quota_admin
from data import rankings
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import ephemeral_text
from tests.helpers.steps import completed_movie, finish

pytestmark = pytest.mark.both_engines


async def test_anyone_reads_the_best_of_a_month(bot: BotHarness) -> None:
    empty = ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    assert ENGLISH("top-nothing") in empty
    movie = await completed_movie(bot, prompt="a cat")
    await bot.bob.click(movie, label=ENGLISH("stars-star-button"))
    text = ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    assert "1. a cat · ⭐ 1" in text
    assert f"1. {bot.alice.mention} · {ENGLISH('units-movies', movies=1)}" in text
    assert f"1. {bot.alice.mention} · {ENGLISH('units-credits', credits=200)}" in text
    assert "a cat" in ephemeral_text(await bot.bob.slash(bot.guild.create_text_channel("talk"), "top"))
    before = ephemeral_text(await bot.bob.slash(bot.channel, "top", month="2026-10"))
    assert ENGLISH("top-nothing") in before
    wrong = await bot.bob.slash(bot.channel, "top", month="2026-13")
    assert ephemeral_text(wrong) == quota_admin.bad_month(ENGLISH, "2026-13")


async def test_movies_of_a_channel_that_a_member_cant_view_are_left_out(bot: BotHarness) -> None:
    secret = bot.closed_channel("secret", bot.alice)
    for number in range(1, rankings.SHOWN + 2):
        await bot.movie(prompt=f"cat {number}", duration=1)
        await finish(bot)
    await bot.alice.slash(secret, "movie", prompt="a secret", duration=1)
    await finish(bot)
    assert "1. a secret" in ephemeral_text(await bot.alice.slash(bot.channel, "top"))
    text = ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    assert "a secret" not in text
    assert [f"cat {number}" in text for number in range(1, rankings.SHOWN + 2)] == [False] + [True] * rankings.SHOWN


async def test_a_movie_is_for_those_who_view_the_channel_of_its_message(bot: BotHarness) -> None:
    secret, talk = bot.closed_channel("secret", bot.alice), bot.guild.create_text_channel("talk")
    await bot.movie(prompt="a cat", duration=1)
    await finish(bot)
    ledger_checks.execute(bot.place, f"UPDATE outbox SET channel_id = {secret.id}")
    for member, found in ((bot.alice, True), (bot.bob, False)):
        assert ("1. a cat" in ephemeral_text(await member.slash(talk, "top"))) is found
    await bot.alice.slash(secret, "movie", prompt="a secret", duration=1)
    await finish(bot)
    ledger_checks.execute(bot.place, "UPDATE outbox SET message_id = 0")
    ledger_checks.execute(bot.place, "UPDATE jobs SET card_message_id = NULL")
    for member, found in ((bot.alice, True), (bot.bob, False)):
        assert ("a secret" in ephemeral_text(await member.slash(bot.channel, "top"))) is found


async def test_movies_of_a_private_thread_are_for_who_manages_threads(bot: BotHarness) -> None:
    """The gateway doesn't tell the bot a private thread's other members.

    In the thread itself, its members read them, too.
    """
    bot.env.backend.create_thread(bot.channel.id, "our films", bot.alice.id, type=ChannelType.PRIVATE_THREAD)
    [thread] = bot.channel.threads
    bot.env.backend.add_thread_member(thread.id, bot.bob.id)
    await bot.alice.slash(thread, "movie", prompt="a secret", duration=1)
    await finish(bot)
    for where, found in ((thread, True), (bot.channel, False)):
        assert ("a secret" in ephemeral_text(await bot.bob.slash(where, "top"))) is found
    manager = bot.guild.create_role("Manager", permissions=discord.Permissions(manage_threads=True))
    carol = bot.guild.add_member(bot.env.create_user("carol"), roles=[manager])
    assert "a secret" in ephemeral_text(await carol.slash(bot.channel, "top"))


async def test_a_movie_of_a_thread_whose_channel_the_gateway_does_not_know_is_left_out(bot: BotHarness) -> None:
    bot.env.backend.create_thread(bot.channel.id, "our films", bot.alice.id)
    [thread] = bot.channel.threads
    await bot.alice.slash(thread, "movie", prompt="a secret", duration=1)
    await finish(bot)
    talk = bot.guild.create_text_channel("talk")
    assert "a secret" in ephemeral_text(await bot.bob.slash(talk, "top"))
    guild = bot.app.client.get_guild(bot.guild.id)
    assert guild is not None
    guild._channels.pop(bot.channel.id)
    assert "a secret" not in ephemeral_text(await bot.bob.slash(talk, "top"))
