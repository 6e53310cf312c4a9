"""What the tests of the Discord client share."""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.composition import open_app
from bot.discord_client.client import Client
from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.uploads import Attachments
from bot.domain.catalogue import AspectRatio
from bot.domain.delivery import NotificationType
from bot.domain.jobs import Job, JobState, Still, generate_id
from bot.domain.message import Delivery
from bot.domain.request import MovieRequest
from bot.downloads.downloader import MovieDownloader
from bot.services.orders import Estimator
from data.database import Database
from data.engine.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.clock import START, ManualClock
from tests.helpers.offline_discord import discord_of
from tests.helpers.settings import make_settings


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    opened = await SqliteDatabase.open(path)
    yield opened
    await opened.close()


@dataclass
class PublisherHarness:
    env: Env
    client: Client
    publisher: DiscordPublisher
    channel: ChannelHandle
    job: Job

    async def deliver(self, notice: NotificationType = NotificationType.COMPLETED) -> int:
        return (await self.publisher.send(Delivery(self.job, notice))).posted.message_id

    def refuse(self, status: int, code: int, *, everywhere: bool = False) -> None:
        """Let Discord answer so to messages in the channel, or everywhere."""
        where = "*" if everywhere else str(self.channel.id)
        self.env.inject_error("POST", f"/channels/{where}/messages", status=status, code=code, times=None)

    def attempts(self) -> int:
        return sum(each.method == "POST" and each.path.endswith("/messages") for each in self.env.http_requests)

    def posted(self) -> list[Any]:
        path = f"/channels/{self.channel.id}/messages"
        return [each.json for each in self.env.http_requests if each.method == "POST" and each.path == path]

    def fail(self, error: Exception) -> None:
        async def request(*_: Any, **__: Any) -> Any:
            raise error

        self.client.http.request = request


async def no_attachments(_guild_id: int) -> int:
    return 0


async def no_stills(_job: Job) -> tuple[Still, ...]:
    return ()


async def no_board(_job: Job) -> None:
    return None


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncGenerator[PublisherHarness]:
    settings = make_settings(tmp_path)
    async with open_app(settings, ManualClock()) as app, discord_of(app) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("movies")
        guest = guild.add_member(env.create_user("alice"))
        request = MovieRequest("a red balloon", 10, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)
        job = Job(generate_id(START), 1, guild.id, channel.id, guest.id, request, 100, JobState.COMPLETED, START)
        job = replace(job, movie_url="https://movies.test/a.mp4", request_id="request-1")
        fetcher = MovieDownloader()
        publisher = DiscordPublisher(
            app.client,
            app.database,
            attachments=Attachments(fetcher, no_attachments),
            estimate=Estimator(app.database, app.worker.history, app.clock, per_member=9).for_job,
            fresh_stills=no_stills,
        )
        yield PublisherHarness(env, app.client, publisher, channel, job)
        await fetcher.close()


def interaction(client: discord.Client, kind: int, **data: Any) -> Any:
    """What a member does: 2 is a command, 3 a button, 4 autocomplete, 5 a modal. `data` is added, or goes instead."""
    user: Any = {"id": "5", "username": "a", "discriminator": "0", "avatar": None}
    sent: Any = {"id": "5", "application_id": "1", "token": "t", "type": kind, "version": 1, "channel_id": "7"}
    sent |= {"user": user, "attachment_size_limit": 10 * 2**20, "authorizing_integration_owners": {}, "context": 0}
    sent |= {"data": {"custom_id": "x", "component_type": 2}}
    client._connection.user = discord.ClientUser(state=client._connection, data=user)
    return discord.Interaction(data=sent | data, state=client._connection)


CUTS = [aiohttp.ServerDisconnectedError(), ConnectionResetError(104, "reset"), discord.RateLimited(3.5)]
"""What discord.py raises without an answer of Discord."""
