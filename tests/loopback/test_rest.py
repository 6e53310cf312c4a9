"""What the bot asks over REST alone, as a worker does, and the rules of nonces that the fake Discord keeps."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord as library
import pytest
from simcord.enums import ChannelType

from bot.core.errors import DeliveryRejected
from bot.discord_client import sent_messages
from bot.discord_client.channel_viewers import fetch_readers
from bot.domain.delivery import PostedMessage, Venue
from bot.ui.components import plain
from tests.helpers.fake_discord.redirect import pointed_at
from tests.helpers.fake_discord.server import FakeDiscord


@pytest.fixture
async def client(discord: FakeDiscord) -> AsyncIterator[library.Client]:
    with pointed_at(discord.url):
        async with library.Client(intents=library.Intents(guilds=True)) as client:
            await client.login(discord.token)
            yield client


async def test_a_nonce_makes_a_repeated_message_the_first_one(discord: FakeDiscord, client: library.Client) -> None:
    """All tests of what is posted once rest on it. A deleted first message gives 10008, as at Discord."""
    channel = client.get_partial_messageable(discord.channel_id)
    first = await channel.send("the movie", nonce="job-1")
    again = await channel.send("the movie", nonce="job-1")
    assert first.id == again.id
    assert [m.id for m in discord.messages()] == [first.id]
    discord.state.delete_message(discord.channel_id, first.id)
    with pytest.raises(library.NotFound) as refused:
        await channel.send("the movie", nonce="job-1")
    assert refused.value.code == 10008


async def test_who_reads_which_channel_is_known(discord: FakeDiscord, client: library.Client) -> None:
    """A post has its forum's readers, and discord.py lacks channel type 99."""
    state, guild = discord.state, discord.guild_id
    forum = state.add_channel(guild, "gallery", ChannelType.FORUM)
    post = state.create_thread(forum, "a boat", state.bot_user.id)
    odd = state.create_channel(guild, "odd", type=99)
    state.create_role(guild, "crew", permissions=library.Permissions(view_channel=True).value)
    asked = [discord.channel_id, post.id, odd.id, 4711]
    readers = await fetch_readers(client, discord.guild_id, asked)
    with pytest.raises(DeliveryRejected):
        await fetch_readers(client, 4711, asked)
    viewers = {channel: found.viewers for channel, found in readers.channels.items()}
    assert viewers == dict.fromkeys(asked[:3], frozenset(state.guilds[guild].roles))


async def test_a_post_is_found_by_its_first_message_beneath_all_comments(
    discord: FakeDiscord, client: library.Client
) -> None:
    forum_id = discord.state.add_channel(discord.guild_id, "gallery", ChannelType.FORUM)
    forum = await client.fetch_channel(forum_id)
    assert isinstance(forum, library.ForumChannel)
    thread_id, message_id = await sent_messages.create_post(client.http, forum, "a boat", plain("a boat"))
    await client.get_partial_messageable(thread_id).send("Nice!")
    messenger = sent_messages.Messenger(client)
    found = await messenger._find_message(forum, lambda message: message.id == message_id, 0, Venue.GALLERY)
    assert found == PostedMessage(thread_id, message_id, Venue.FORUM)
