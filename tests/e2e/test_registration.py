"""Commands that Discord does not take at the start are registered later; nobody waits for that."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from simcord.env import Env

from bot import upkeep
from bot.app import open_app
from tests.support.clock import ManualClock
from tests.support.settings import make_settings
from tests.support.world import said


async def test_the_bot_starts_without_its_registration_and_makes_it_good(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The operator reads why, commands known from before are answered, and it is tried again until it is made."""
    clock = ManualClock()
    async with open_app(make_settings(tmp_path), clock) as app:
        env = Env(app.client)
        env.inject_error("PUT", "/applications/*/commands", status=400, code=30034, times=2)
        await env.start()
        assert app.client.opened.is_set()
        again = asyncio.create_task(upkeep.register_commands(app, asyncio.Event()))
        for pause in (60, 300):
            await clock.asleep(1)
            await clock.advance(pause)
        await asyncio.wait_for(again, 5)
        tries = [each for each in env.http_requests if each.method == "PUT"]
        assert len(tries) == 3
        assert [each.message for each in caplog.records].count("commands_not_registered") == 2
        guild = env.create_guild()
        alice = guild.add_member(env.create_user("alice"))
        assert "credits" in said(await alice.slash(guild.create_text_channel("movies"), "credits"))
        await env.shutdown()
