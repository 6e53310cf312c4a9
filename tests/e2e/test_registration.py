"""Commands that Discord does not take at the start are registered later.

The start does not wait for that.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from simcord.env import Env

from bot import maintenance
from bot.app import open_app
from tests.helpers.clock import ManualClock
from tests.helpers.offline_discord import discord_of
from tests.helpers.reading import response_text
from tests.helpers.settings import make_settings


async def test_the_bot_starts_without_its_registration_and_makes_it_good(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log has the error, and the sync is retried."""
    clock = ManualClock()
    async with open_app(make_settings(tmp_path), clock) as app:
        env = Env(app.client, shard_count=1)
        env.inject_error("PUT", "/applications/*/commands", status=400, code=30034, times=2)
        await env.start()
        assert app.client.http_ready.is_set()
        assert [each for each in env.http_requests if each.method == "PUT"] == [], "nothing waits for the commands"
        again = asyncio.create_task(maintenance.retry_command_sync(app, asyncio.Event()))
        for pause in (60, 300):
            await clock.asleep(1)
            await clock.advance(pause)
        await asyncio.wait_for(again, 60)
        tries = [each for each in env.http_requests if each.method == "PUT"]
        assert len(tries) == 3
        assert [each.message for each in caplog.records].count("command_sync_failed") == 2
        guild = env.create_guild()
        alice = guild.add_member(env.create_user("alice"))
        assert "credits" in response_text(await alice.slash(guild.create_text_channel("movies"), "credits"))
        await env.shutdown()


async def test_registration_begins_after_the_login(tmp_path: Path) -> None:
    """Before it, there are no commands to register."""
    async with open_app(make_settings(tmp_path), ManualClock()) as app:
        registering = asyncio.create_task(maintenance.retry_command_sync(app, asyncio.Event()))
        await asyncio.sleep(0)
        assert not registering.done()
        async with discord_of(app):
            await asyncio.wait_for(registering, 60)


async def test_the_commands_of_another_account_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change of DISCORD_TOKEN, the new application has no commands yet."""
    async with open_app(make_settings(tmp_path)) as app, discord_of(app) as env:
        before = len(env.http_requests)
        await app.client.sync_commands()
        assert env.http_requests[before:] == []
        monkeypatch.setattr(type(app.client), "application_id", 7)
        await app.client.sync_commands()
        assert [(each.method, each.path) for each in env.http_requests[before:]] == [
            ("PUT", "/applications/7/commands")
        ]


async def test_registration_waits_as_long_as_discord_asks_for(tmp_path: Path) -> None:
    """The retry comes after Discord's ten minutes, not after one."""
    clock = ManualClock()
    async with open_app(make_settings(tmp_path), clock) as app, discord_of(app) as env:
        request, limited = app.client.http.request, [discord.RateLimited(600)]

        async def rate_limited(route: Any, **how: Any) -> Any:
            if route.method == "PUT" and limited:
                raise limited.pop()
            return await request(route, **how)

        app.client.http.request = rate_limited
        await app.database.write(lambda tx: tx.execute("DELETE FROM key_value"))
        before = len(env.http_requests)
        registering = asyncio.create_task(maintenance.retry_command_sync(app, asyncio.Event()))
        await clock.asleep(1)
        await clock.advance(599)
        await clock.asleep(1)
        assert len(env.http_requests) == before
        await clock.advance(1)
        await asyncio.wait_for(registering, 60)
        assert [each.method for each in env.http_requests[before:]] == ["PUT"]


async def test_registration_ends_with_the_bot(tmp_path: Path) -> None:
    """A stop does not wait for the next try."""
    clock, stopping = ManualClock(), asyncio.Event()
    async with open_app(make_settings(tmp_path), clock) as app:
        env = Env(app.client, shard_count=1)
        env.inject_error("PUT", "/applications/*/commands", status=503, code=0, times=None)
        await env.start()
        registering = asyncio.create_task(maintenance.retry_command_sync(app, stopping))
        await clock.asleep(1)
        stopping.set()
        await asyncio.wait_for(registering, 60)
        await env.shutdown()


async def test_registration_is_tried_ever_more_rarely(tmp_path: Path) -> None:
    """Discord allows 200 command creations a day."""
    clock, stopping = ManualClock(), asyncio.Event()
    async with open_app(make_settings(tmp_path), clock) as app:
        env = Env(app.client, shard_count=1)
        env.inject_error("PUT", "/applications/*/commands", status=400, code=30034, times=None)
        await env.start()
        registering = asyncio.create_task(maintenance.retry_command_sync(app, stopping))
        for number, pause in enumerate((60, 300, 1800, 1800, 1800), 1):
            await clock.asleep_within(registering)
            await clock.advance(pause - 1)
            await clock.asleep_within(registering)
            assert len([each for each in env.http_requests if each.method == "PUT"]) == number
            await clock.advance(1)
        stopping.set()
        await asyncio.wait_for(registering, 60)
        await env.shutdown()


@pytest.mark.parametrize("error", [aiohttp.ServerDisconnectedError(), OSError(101, "unreachable"), TimeoutError()])
async def test_registration_outlives_a_connection_that_breaks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    """discord.py passes some of these on."""
    clock = ManualClock()
    async with open_app(make_settings(tmp_path), clock) as app:
        env = Env(app.client, shard_count=1)
        await env.start()
        request = app.client.http.request

        async def broken_once(route: Any, **kwargs: Any) -> Any:
            if route.method != "PUT":
                return await request(route, **kwargs)
            app.client.http.request = request
            raise error

        app.client.http.request = broken_once
        registering = asyncio.create_task(maintenance.retry_command_sync(app, asyncio.Event()))
        await clock.asleep_within(registering)
        assert caplog.messages.count("command_sync_failed") == 1
        await clock.advance(60)
        await asyncio.wait_for(registering, 60)
        assert len([each for each in env.http_requests if each.method == "PUT"]) == 1
        await env.shutdown()


async def test_registration_outlives_trouble_with_the_database(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A failed read is one line in the log, and is retried."""
    clock = ManualClock()
    async with open_app(make_settings(tmp_path), clock) as app, discord_of(app) as env:
        await app.database.write(lambda tx: tx.execute("DELETE FROM key_value"))
        await app.database.write(lambda tx: tx.execute("ALTER TABLE key_value RENAME TO away"))
        registering = asyncio.create_task(maintenance.retry_command_sync(app, asyncio.Event()))
        await clock.asleep_within(registering)
        assert [each.message for each in caplog.records].count("command_sync_failed") == 1
        await app.database.write(lambda tx: tx.execute("ALTER TABLE away RENAME TO key_value"))
        before = len(env.http_requests)
        await clock.advance(60)
        await asyncio.wait_for(registering, 60)
        assert [each.method for each in env.http_requests[before:]] == ["PUT"]
