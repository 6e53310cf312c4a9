"""Connecting: temporary failures are retried, and paid work goes on."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import discord as library
import pytest

from bot import maintenance
from bot.app import open_app
from bot.domain import crash_backoff
from tests.helpers.clock import ManualClock
from tests.helpers.fake_discord.redirect import pointed_at
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.settings import make_settings
from tests.process.bot_process import ENDS_WITHIN, MOVIE, matinee

CRASHES = 6
"""Starts in a row that soon failed: the next one waits for over a minute."""


async def leave_a_movie(discord: FakeDiscord, api: ManualSamsar, workdir: Path) -> str:
    """Leave a completed, unsent movie, and return its link."""
    async with matinee(discord, api, workdir) as bot:
        await discord.ready()
        await discord.slash(discord.user_id, "movie", MOVIE)
        await api.polled("movie-1")
        bot.terminate()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
    api.finish("movie-1")
    return api.movie_url("movie-1")


def change_facts(workdir: Path, sql: str, *values: str) -> None:
    """Change the stored facts, while no process runs."""
    with closing(sqlite3.connect(workdir / "var" / "movies.db")) as connection, connection:
        connection.execute(sql, values)


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("/users/@me", {"status": 503}),
        ("/users/@me", {"cut": "before", "times": 2}),
        ("/users/@me", {"status": 403, "code": 40001, "message": "Not today,\nsays Discord"}),
        ("/oauth2/applications/@me", {"status": 503}),
        ("/users/@me", {"status": 200}),
    ],
    ids=["503", "cut", "403", "503-later", "no-user"],
)
async def test_login_that_fails_is_tried_again(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, path: str, how: dict[str, Any]
) -> None:
    """One line says what happened, and the next try connects.

    The client closes its connections at the end. A cut occurs twice, because aiohttp repeats a GET by itself.
    """
    failure = discord.fail("GET", path, **how)
    async with matinee(discord, api, tmp_path) as bot:
        await bot.wait_for_line("login_failed")
        await discord.ready()
        bot.terminate()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
    assert not failure.live
    assert [line for line in bot.stderr if "Traceback" in line or "Unclosed" in line] == []


async def test_discord_that_is_away_at_the_start_is_waited_for(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The bot connects when Discord is back, and the movie is posted.

    A shutdown works meanwhile, too.
    """
    link = await leave_a_movie(discord, api, tmp_path)
    await discord.stop()
    async with matinee(discord, api, tmp_path) as bot:
        await bot.wait_for_line("login_failed")
        bot.terminate()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
    async with matinee(discord, api, tmp_path) as bot:
        await bot.wait_for_line("login_failed")
        await discord.start()
        await discord.wait_for_message(lambda message: link in message.content, timeout=20)
        await discord.ready(timeout=20)


async def test_registration_that_must_wait_holds_nothing_up(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """A rate limit of five minutes delays only the command sync."""
    link = await leave_a_movie(discord, api, tmp_path)
    change_facts(tmp_path, "DELETE FROM key_value WHERE key LIKE 'commands:%'")
    limited = discord.fail("PUT", "/applications/**", status=429, retry_after=300.0, times=None)
    async with matinee(discord, api, tmp_path) as bot:
        await discord.wait_for_message(lambda message: link in message.content)
        await discord.ready()
        await bot.wait_for_line("command_sync_failed")
        assert (await discord.slash(discord.user_id, "credits")).ephemeral
        bot.terminate()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
    assert limited.hits == 1


async def test_pause_after_crashes_holds_back_the_gateway_alone(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """A message costs no IDENTIFY, so the movie is posted meanwhile."""
    link = await leave_a_movie(discord, api, tmp_path)
    before, now = len(discord.identifies), int(1000 * time.time())
    starts = crash_backoff.serialize([now - 1000 * number for number in range(CRASHES, 0, -1)])
    change_facts(tmp_path, "UPDATE key_value SET value = ? WHERE key = ?", starts, crash_backoff.STARTS_KEY)
    async with matinee(discord, api, tmp_path) as bot:
        await bot.wait_for_line("crash_backoff")
        await discord.wait_for_message(lambda message: link in message.content)
        assert len(discord.identifies) == before
        bot.terminate()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
    assert len(discord.identifies) == before


async def test_pauses_between_logins_grow_to_a_minute(discord: FakeDiscord, tmp_path: Path) -> None:
    """A longer Retry-After of Discord counts."""
    clock, pauses = ManualClock(), [1, 2, 5, 15, 30, 60, 60, 120]
    discord.fail("GET", "/users/@me", status=503, times=len(pauses) - 1)
    discord.fail("GET", "/users/@me", status=429, retry_after=120.0)
    settings = make_settings(tmp_path, discord_token=discord.token)
    with pointed_at(discord.url):
        async with open_app(settings, clock) as app:
            logging_in = asyncio.create_task(maintenance.log_in(app, asyncio.Event()))
            for tries, pause in enumerate(pauses, start=1):
                await asyncio.wait_for(clock.asleep(1), 10)
                await clock.advance(pause - 0.001)
                await asyncio.wait_for(clock.asleep(1), 10)
                assert len(discord.requests) == tries
                await clock.advance(0.001)
            assert await asyncio.wait_for(logging_in, 10)
            assert app.client.http_ready.is_set()
            await app.client.close()


async def test_wrong_token_is_never_tried_again(discord: FakeDiscord, tmp_path: Path) -> None:
    """A retry can't help: the operator must act."""
    with pointed_at(discord.url):
        async with open_app(make_settings(tmp_path), ManualClock()) as app:
            with pytest.raises(library.LoginFailure):
                await asyncio.wait_for(maintenance.log_in(app, asyncio.Event()), 10)
            await app.client.close()


async def test_stop_ends_the_pause_between_logins(discord: FakeDiscord, tmp_path: Path) -> None:
    clock, stopping = ManualClock(), asyncio.Event()
    with pointed_at("http://127.0.0.1:1"):
        async with open_app(make_settings(tmp_path), clock) as app:
            logging_in = asyncio.create_task(maintenance.log_in(app, stopping))
            await asyncio.wait_for(clock.asleep(1), 10)
            stopping.set()
            assert not await asyncio.wait_for(logging_in, 10)
            await app.client.close()
    assert discord.requests == ()
