"""A worker that was frozen beyond its lease, in the middle of sending."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.app import open_app
from bot.domain.job import JobState
from bot.worker.notifier import LEASE_MS
from tests.helpers.clock import ManualClock
from tests.helpers.fake_discord.redirect import pointed_at
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.settings import make_settings
from tests.helpers.store_harness import StoreHarness, a_job


async def test_an_attempt_that_a_429_delayed_beyond_the_lease_is_not_repeated(
    discord: FakeDiscord, tmp_path: Path
) -> None:
    clock, settings = ManualClock(), make_settings(tmp_path, discord_token=discord.token, attach_movies="off")
    with pointed_at(discord.url):
        async with open_app(settings, clock) as frozen, open_app(settings, clock) as other:
            for app in (frozen, other):
                await app.client.login(discord.token)
            job = replace(a_job(1), guild_id=discord.guild_id, channel_id=discord.channel_id)
            await StoreHarness(frozen.database).in_state(job, JobState.COMPLETED)
            thawed, messages = asyncio.Event(), f"/channels/{discord.channel_id}/messages"
            discord.fail("POST", messages, status=429, retry_after=0.01, hold=thawed)
            sending = asyncio.create_task(frozen.worker.run_until_idle())
            await discord.wait_for_request("POST", messages)
            clock.turn_to(clock.now() + LEASE_MS)
            await other.worker.run_until_idle()
            discord.forget_nonces()
            thawed.set()
            await sending
            for app in (frozen, other):
                await app.client.close()
    assert len(discord.messages()) == 1
