"""Logins that fail are tried again, unless the operator must act."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord as library
import pytest

from bot import maintenance
from bot.app import App
from bot.composition import open_app
from tests.helpers.clock import ManualClock
from tests.helpers.fake_discord.redirect import pointed_at
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.settings import make_settings


@asynccontextmanager
async def app_at(url: str, clock: ManualClock, folder: Path, **settings: object) -> AsyncGenerator[App]:
    with pointed_at(url):
        async with open_app(make_settings(folder, **settings), clock) as app:
            yield app
            await app.client.close()


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("/users/@me", {"status": 503}),
        ("/users/@me", {"cut": "before", "times": 2}),  # aiohttp repeats a GET by itself
        ("/users/@me", {"status": 403, "code": 40001, "message": "Not today,\nsays Discord"}),
        ("/oauth2/applications/@me", {"status": 503}),
        ("/users/@me", {"status": 200}),
    ],
    ids=["503", "cut", "403", "503-later", "no-user"],
)
async def test_a_login_that_fails_is_logged_in_one_line_and_tried_again(
    discord: FakeDiscord, tmp_path: Path, caplog: pytest.LogCaptureFixture, path: str, how: dict[str, Any]
) -> None:
    caplog.set_level(logging.INFO)
    clock, failure = ManualClock(), discord.fail("GET", path, **how)
    async with app_at(discord.url, clock, tmp_path, discord_token=discord.token) as app:
        logging_in = asyncio.create_task(maintenance.log_in(app, asyncio.Event()))
        await asyncio.wait_for(clock.asleep(1), 10)
        await clock.advance(1)
        assert await asyncio.wait_for(logging_in, 10)
        assert app.client.http_ready.is_set()
    assert not failure.live
    [line] = [each for each in caplog.records if each.getMessage() == "login_failed"]
    assert line.exc_info is None


async def test_pauses_between_logins_grow_to_a_minute(discord: FakeDiscord, tmp_path: Path) -> None:
    """A longer Retry-After of Discord counts."""
    clock, pauses = ManualClock(), [1, 2, 5, 15, 30, 60, 60, 120]
    discord.fail("GET", "/users/@me", status=503, times=len(pauses) - 1)
    discord.fail("GET", "/users/@me", status=429, retry_after=120.0)
    async with app_at(discord.url, clock, tmp_path, discord_token=discord.token) as app:
        logging_in = asyncio.create_task(maintenance.log_in(app, asyncio.Event()))
        for tries, pause in enumerate(pauses, start=1):
            await asyncio.wait_for(clock.asleep(1), 10)
            await clock.advance(pause - 0.001)
            await asyncio.wait_for(clock.asleep(1), 10)
            assert len(discord.requests) == tries
            await clock.advance(0.001)
        assert await asyncio.wait_for(logging_in, 10)


async def test_wrong_token_is_never_tried_again(discord: FakeDiscord, tmp_path: Path) -> None:
    async with app_at(discord.url, ManualClock(), tmp_path) as app:
        with pytest.raises(library.LoginFailure):
            await asyncio.wait_for(maintenance.log_in(app, asyncio.Event()), 10)


async def test_stop_ends_the_pause_between_logins(tmp_path: Path) -> None:
    clock, stopping = ManualClock(), asyncio.Event()
    async with app_at("http://127.0.0.1:1", clock, tmp_path) as app:
        logging_in = asyncio.create_task(maintenance.log_in(app, stopping))
        await asyncio.wait_for(clock.asleep(1), 10)
        stopping.set()
        assert not await asyncio.wait_for(logging_in, 10)
