"""Commands that Discord does not take at the start are registered later; nobody waits for that."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from simcord.env import Env

from bot.app import open_app
from bot.front import client
from tests.support.clock import ManualClock
from tests.support.settings import make_settings
from tests.support.world import said


async def test_the_bot_starts_without_its_registration_and_makes_it_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The operator reads why, commands known from before are answered, and it is tried again until it is made."""
    monkeypatch.setattr(client, "_REGISTER_AGAIN_SECONDS", (0.0,))
    async with open_app(make_settings(tmp_path), ManualClock()) as app:
        env = Env(app.client)
        env.inject_error("PUT", "/applications/*/commands", status=400, code=30034, times=2)
        await env.start()
        assert app.client.opened.is_set()
        async with asyncio.timeout(5):
            await app.client._registering  # type: ignore[misc]
        tries = [each for each in env.http_requests if each.method == "PUT"]
        assert len(tries) == 3
        assert [each.message for each in caplog.records].count("commands_not_registered") == 2
        guild = env.create_guild()
        alice = guild.add_member(env.create_user("alice"))
        assert "credits" in said(await alice.slash(guild.create_text_channel("movies"), "credits"))
        await env.shutdown()
