"""A movie service that thinks about a prompt for too long holds nobody up."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.samsar.config import ApiVersion
from bot.sandbox.fault_injection import Route
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import MANUAL, ManualSamsar
from tests.process.bot_process import MOVIE, matinee

MOST_SECONDS = 3.0
"""Discord's own limit for the first answer to a command."""


async def test_an_order_goes_on_where_no_verdict_comes_in_time(discord: FakeDiscord, tmp_path: Path) -> None:
    async with ManualSamsar(replace(MANUAL, version=ApiVersion.AUTUMN_2026)) as api:
        released = api.hold(Route.MODERATION)
        async with matinee(discord, api, tmp_path, MODERATION="samsar") as bot:
            await discord.ready()
            async with asyncio.timeout(MOST_SECONDS):
                answer = await discord.slash(discord.user_id, "movie", MOVIE)
            assert not answer.ephemeral
            await bot.wait_for_line("prompt_not_moderated")
            await api.ordered(1)
            released.set()
            await bot.stop()
