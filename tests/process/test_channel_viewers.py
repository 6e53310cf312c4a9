"""Who reads which channel, asked over REST as a worker does."""

from dataclasses import replace

import pytest

from bot.discord_client.channel_viewers import fetch_readers
from bot.errors import DeliveryRejected
from tests.helpers.fake_discord.redirect import pointed_at
from tests.helpers.fake_discord.sample_bot import SampleBot
from tests.helpers.fake_discord.server import FakeDiscord


async def test_who_reads_which_channel_is_known_over_rest_alone(discord: FakeDiscord) -> None:
    """A post has its forum's readers, and discord.py lacks channel type 99."""
    forum = discord.state.channels[discord.state.add_forum(discord.guild_id, "gallery")]
    post = discord.state.add_post(forum, forum.id + 1, "a boat")
    odd = replace(forum, id=forum.id + 2, type=99)
    discord.state.channels[odd.id] = odd
    role = discord.state.add_role(discord.guild_id, "crew")
    asked = [discord.channel_id, post.id, odd.id, 4711]
    with pointed_at(discord.url):
        async with SampleBot() as client:
            await client.login(discord.token)
            readers = await fetch_readers(client, discord.guild_id, asked)
            with pytest.raises(DeliveryRejected):
                await fetch_readers(client, 4711, asked)
    assert {channel: found.viewers for channel, found in readers.channels.items()} == dict.fromkeys(
        asked[:3], frozenset({discord.guild_id, role})
    )
