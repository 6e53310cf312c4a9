"""What a message carries as discord.py takes it: a file that its server accepts, and the tags of a post."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest

from bot.discord_client import movie_messages
from bot.discord_client.attachments import DEFAULT_UPLOAD_LIMIT, Attachments
from bot.discord_client.forum_posts import _Once, _tags
from bot.discord_client.upload_limits import UploadLimits
from bot.domain.delivery import Delivery, NotificationType
from bot.downloads.downloader import MovieDownloader
from bot.ui.job_messages import Message
from tests.helpers.clock import ManualClock
from tests.helpers.store_harness import a_job
from tests.unit.discord_client.conftest import CUTS, PublisherHarness


def test_an_attached_movie_is_hidden_where_it_is_a_spoiler(tmp_path: Path) -> None:
    movie = tmp_path / "movie.mp4"
    movie.write_bytes(b"movie")
    for spoiler in (False, True):
        message = Message("ready", None, alt_text="a balloon", spoiler=spoiler)
        [file] = movie_messages.parts(a_job(1), message, movie)["files"]
        file.close()
        assert (file.filename.startswith("SPOILER_"), file.description) == (spoiler, "a balloon")


async def test_a_movie_is_attached_to_its_own_messages_and_not_again_and_again(harness: PublisherHarness) -> None:
    servers: list[int] = []

    async def max_bytes(guild_id: int) -> int:
        servers.append(guild_id)
        return 0

    downloader = MovieDownloader()
    for notice, attempts, asked in (
        (NotificationType.COMPLETED, 1, True),
        (NotificationType.COMPLETED, 2, False),
        (NotificationType.STARRED, 0, True),
        (NotificationType.FOLLOWED, 0, False),
    ):
        servers.clear()
        delivery = Delivery(harness.job.id, notice, attempts)
        async with Attachments(downloader, max_bytes).open_for(delivery, harness.job) as movie:
            assert movie is None
        assert servers == [harness.job.guild_id] * asked, notice
    await downloader.close()


async def test_each_server_is_asked_about_once_and_again_after_the_clock_was_set_back(
    harness: PublisherHarness,
) -> None:
    """Where Discord does not tell, the limit of every server holds."""
    clock, other = ManualClock(), harness.env.create_guild("Elsewhere")
    limits, before = UploadLimits(harness.client, clock), len(harness.env.http_requests)
    for _ in range(2):
        for guild_id in (harness.job.guild_id, other.id):
            await limits.get(guild_id)
    clock.set_back(60)
    await limits.get(other.id)
    asked = [int(each.path.rpartition("/")[2]) for each in harness.env.http_requests[before:]]
    assert asked == [harness.job.guild_id, other.id, other.id]
    for error in CUTS:
        harness.fail(error)
        assert await UploadLimits(harness.client, clock).get(harness.job.guild_id) == DEFAULT_UPLOAD_LIMIT


def test_a_form_is_read_for_one_request_only() -> None:
    """Each retry of discord.py reads the form again and could post twice."""
    form = _Once([{"name": "payload_json", "value": "{}"}])
    assert list(form) == [{"name": "payload_json", "value": "{}"}]
    with pytest.raises(TimeoutError):
        list(form)


def test_a_post_has_a_tag_only_where_the_forum_requires_one() -> None:
    state = discord.Client(intents=discord.Intents(guilds=True))._connection
    guild: Any = {"id": "1"}
    tags = [
        {"id": tag_id, "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
        for tag_id, name in (("5", "cats"), ("6", "dogs"))
    ]
    for flags, expected in ((discord.ChannelFlags(require_tag=True).value, ["cats"]), (0, [])):
        data: Any = {"id": "2", "type": 15, "name": "films", "position": 0, "available_tags": tags, "flags": flags}
        forum = discord.ForumChannel(state=state, guild=discord.Guild(data=guild, state=state), data=data)
        assert [each.name for each in _tags(forum)] == expected
