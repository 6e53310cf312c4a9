"""Stuck work is reported, and ends the process for a restart."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import ask, environment, made, matinee, port_of, posted

SERVED = {"PORT": "0", "HOST": "127.0.0.1", "ATTACH_MOVIES": "off"}


async def test_stuck_delivery_ends_the_process_and_the_next_one_delivers(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    env = environment(discord, api, **SERVED)
    silent = discord.fail("POST", "/channels/*/messages", hold=asyncio.Event(), times=None)
    async with BotProcess(discord.url, workdir=tmp_path, env=env, module="tests.process.short_delays") as bot:
        url = f"http://127.0.0.1:{await port_of(bot)}"
        await discord.ready()
        await made(discord, api)
        await bot.wait_for_line(r"\bwork_stuck\b")
        status, missing = await ask(f"{url}/readyz")
        assert status == 503
        assert missing.startswith("work is stuck: movie_notifications ")
        assert "matinee_stuck_work 1.0" in (await ask(f"{url}/metrics"))[1]
        assert await bot.wait_exit(timeout=15) == 1, bot.log
    assert "work is stuck: movie_notifications " in bot.stderr[-1]
    assert "restarts the bot" in bot.stderr[-1]
    silent.lift()
    async with matinee(discord, api, tmp_path) as bot:
        await posted(discord, api.movie_url("movie-1"))
        await bot.stop()
    assert len([m for m in discord.messages() if api.movie_url("movie-1") in m.content]) == 1
    assert len(api.orders) == 1


async def test_leaving_because_of_stuck_work_has_an_end_too(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    env = environment(discord, api, ATTACH_MOVIES="off", LEAVE_SECONDS="0.2")
    discord.fail("POST", "/channels/*/messages", hold=asyncio.Event(), times=None)
    async with BotProcess(discord.url, workdir=tmp_path, env=env, module="tests.process.short_delays") as bot:
        await discord.ready()
        await made(discord, api)
        assert await bot.wait_exit() == 1, bot.log
    assert "Timeout (0:00:00.200000)!" in bot.stderr
