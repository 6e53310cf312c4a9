"""Posts of a forum, searched over REST as a worker does."""

from __future__ import annotations

from discord import AllowedMentions, ForumChannel
from discord.utils import MISSING

from bot.discord_client import forum_posts
from bot.discord_client.movie_messages import Parts
from tests.helpers.fake_discord.redirect import pointed_at
from tests.helpers.fake_discord.sample_bot import SampleBot
from tests.helpers.fake_discord.server import FakeDiscord


async def test_a_post_is_found_by_its_first_message_beneath_all_comments(discord: FakeDiscord) -> None:
    forum_id = discord.state.add_forum(discord.guild_id, "gallery")
    mentions = AllowedMentions.none()
    parts: Parts = {"content": "a boat", "embed": MISSING, "view": MISSING, "files": [], "allowed_mentions": mentions}
    with pointed_at(discord.url):
        async with SampleBot() as client:
            await client.login(discord.token)
            forum = await client.fetch_channel(forum_id)
            assert isinstance(forum, ForumChannel)
            assert client.user is not None
            thread_id, message_id = await forum_posts.create(client.http, forum, "a boat", parts)
            await client.get_partial_messageable(thread_id).send("Nice!")
            found = await forum_posts.find(forum, lambda message: message.id == message_id, client.user, 0)
    assert found == (thread_id, message_id)
