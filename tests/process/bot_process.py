"""The real bot as a process, with fakes on loopback."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path

import aiohttp
from simcord.backend.models import Message

from bot import log
from bot.domain.delivery import NotificationType
from bot.samsar.config import ApiVersion
from bot.sandbox.fake_samsar import FakeSamsar
from data import submissions
from data.engine.sqlite import SqliteDatabase
from data.storage.sqlite_migrations import migrate
from tests.helpers.expected_text import notification_text
from tests.helpers.fake_discord.interactions import written
from tests.helpers.fake_discord.process import ENDS_WITHIN, BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import execute
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.settings import KEY, WITHOUT_BOUNDS
from tests.helpers.store_harness import StoreHarness, a_job

__all__ = ["ENDS_WITHIN"]

MOVIE = {"prompt": "a red boat", "duration": 12}
"""The options of /movie; the movie costs 120 credits."""


def environment(discord: FakeDiscord, api: FakeSamsar | None = None, **more: str) -> dict[str, str]:
    key, url = (api.config.api_key, api.base_url) if api else (KEY, "http://127.0.0.1:1/v1/video/")
    return {
        "DISCORD_TOKEN": discord.token,
        "SAMSAR_API": (api.config.version if api else ApiVersion.MARCH_2025).value,
        "SAMSAR_API_KEY": key,
        "SAMSAR_BASE_URL": url,
        "POLL_FASTEST_SECONDS": "0.05",
        "POLL_SLOWEST_SECONDS": "0.05",
        **WITHOUT_BOUNDS,
        **more,
    }


def matinee(
    discord: FakeDiscord, api: FakeSamsar | None, workdir: Path, *, args: Sequence[str] = (), **settings: str
) -> BotProcess:
    return BotProcess(discord.url, workdir=workdir, env=environment(discord, api, **settings), args=args)


async def made(discord: FakeDiscord, api: ManualSamsar) -> None:
    await discord.slash(discord.user_id, "movie", MOVIE)
    await api.ordered(1)
    api.finish("movie-1")


async def posted(discord: FakeDiscord, url: str) -> Message:
    return await discord.wait_for_message(lambda m: url in written(m), timeout=20, what=f"a message with {url}")


async def all_posted(discord: FakeDiscord, count: int) -> None:
    text = notification_text(NotificationType.COMPLETED)
    await discord.until(
        lambda: sum(text in written(message) for message in discord.messages()) == count,
        timeout=30,
        what="the movies",
    )


async def ask(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


def logged(event: str) -> str:
    """Return a pattern for an event's line, in JSON or on a console."""
    words = log._BLANK.sub(".+", log._SENTENCES.get(event, event.replace("_", " ").capitalize()))
    return rf'"{event}"| {words}\b'


async def port_of(bot: BotProcess) -> int:
    line = await bot.wait_for_line(logged("http_listening"))
    found = re.search(r"port\W+(\d+)", line)
    assert found, line
    return int(found[1])


def channels_by_shard(discord: FakeDiscord, count: int) -> dict[int, int]:
    channels = {(discord.guild_id >> 22) % count: discord.channel_id}
    while len(channels) < count:
        guild_id = discord.state.add_guild("Another cinema", discord.owner_id)
        discord.state.join(guild_id, discord.user_id)
        channels.setdefault((guild_id >> 22) % count, discord.state.add_channel(guild_id, "movies"))
    return channels


async def add_unknown_job(path: Path, *, days: int) -> None:
    migrate(path)
    database, job = await SqliteDatabase.open(path), a_job(1, 4711)
    await StoreHarness(database).submitting(job)
    assert await database.write(submissions.mark_unknown, job.id) is not None
    await database.close()
    since = time.time_ns() // 1_000_000 - days * 86_400_000
    execute(path, f"UPDATE outbox SET created_at = {since}")
