"""The pause of all workers' polls after one of them gets 429."""

from __future__ import annotations

from pathlib import Path

from bot.domain.delivery import NotificationType
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.sandbox.fault_injection import Route
from bot.sandbox.faults import busy
from tests.helpers.expected_text import notification_text
from tests.helpers.fake_discord.primitives import ChangeSignal
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.settings import KEY
from tests.process.bot_process import MOVIE, environment

MOVIES = 12
PAUSE_SECONDS = 3.5

LEARNED_WITHIN = 1.5
"""Seconds after which the other worker knows of the pause, even on a busy machine."""


async def test_a_429_in_one_worker_pauses_the_polls_of_another(
    discord: FakeDiscord, tmp_path: Path, postgresql_url: str
) -> None:
    config = FakeSamsarConfig(api_key=KEY, render_seconds=3.0, render_films=False, callbacks=False)
    bell = ChangeSignal()
    async with FakeSamsar(config) as api:
        settings = {
            "ATTACH_MOVIES": "off",
            "DATABASE_URL": postgresql_url,
            "POLL_FASTEST_SECONDS": "0.1",
            "POLL_SLOWEST_SECONDS": "0.3",
            "MEMBER_MONTHLY_CREDITS": "10000",
            "PLAN_MONTHLY_CREDITS": "10000",
            "MAX_RENDERING_JOBS": "50",
            "MAX_RENDERING_JOBS_PER_MEMBER": "50",
        }
        env = environment(discord, api, **settings)

        def process(role: str) -> BotProcess:
            """Return a process that prints each status request."""
            module = "tests.process.crash.injector"
            return BotProcess(discord.url, workdir=tmp_path, env=env, args=(role,), module=module, bell=bell)

        async with process("gateway"), process("worker") as one, process("worker") as other:
            await discord.ready()
            for worker in (one, other):
                await worker.wait_for_line("^@ recovered ")
            for _ in range(MOVIES):
                await discord.slash(discord.user_id, "movie", MOVIE)
            for worker in (one, other):
                await worker.wait_for_line("^@ status-answered ", timeout=20)
            limited = api.inject(busy(PAUSE_SECONDS), route=Route.STATUS, times=1)
            await bell.until(lambda: limited.hits or None, timeout=10, what="a poll that gets the 429")
            limited_at = api.requests[-1].at
            text = notification_text(NotificationType.COMPLETED)
            await discord.until(
                lambda: sum(text in message.content for message in discord.messages()) == MOVIES,
                timeout=30,
                what=f"{MOVIES} movies",
            )
        polls = [request.at - limited_at for request in api.requests if request.path == api.contract.status_path]
        assert [after for after in polls if LEARNED_WITHIN < after < PAUSE_SECONDS - 0.1] == []
        assert sum("status_polls_paused" in line for line in [*one.stderr, *other.stderr]) == 1
