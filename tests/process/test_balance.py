"""The real process and `report` tell of the balance at the API."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp

from data.migrations_runner import migrate
from tests.helpers.command_line import run
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import ENDS_WITHIN, matinee, port_of


async def test_readyz_and_metrics_warn_when_the_balance_does_not_pay_for_what_waits(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The API has 4,200 credits left, and the waiting movie costs 7,200."""
    api.balance = 11_400
    settings = {
        "PORT": "0",
        "MAX_RENDERING_JOBS": "1",
        "CONFIRM_ABOVE_CREDITS": "100000",
        "CONFIRM_ABOVE_PERCENT": "100",
        "MEMBER_MONTHLY_CREDITS": "100000",
    }
    plan = {"PLAN_MONTHLY_CREDITS": "100000", "SERVER_MONTHLY_CREDITS": "100000"}
    async with matinee(discord, api, tmp_path, **settings, **plan) as bot:
        await discord.ready()
        options = {"prompt": "a red boat", "duration": 120, "video_model": "VEOI2V"}
        for _ in range(2):
            await discord.slash(discord.user_id, "movie", options)
        await api.polled("movie-1")
        bot.terminate()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0
    async with matinee(discord, api, tmp_path, **settings, **plan) as bot:  # a start reads the balance
        port = await port_of(bot)
        await bot.wait_for_line("gateway_ready")
        await bot.wait_for_line("balance_too_low")
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/readyz") as ready:
                assert ready.status == 200
                expected = (
                    "ready\nwarning: the balance at the API is 3,000 credits short of what the queued movies cost\n"
                )
                assert await ready.text() == expected
            async with session.get(f"http://127.0.0.1:{port}/metrics") as metrics:
                page = await metrics.text()
        assert "\nmatinee_api_credits 4200.0\n" in page
        assert "\nmatinee_api_credits_missing 3000.0\n" in page
        bot.terminate()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0


async def test_a_report_shows_the_balance_where_there_is_a_key(api: ManualSamsar, tmp_path: Path) -> None:
    """Without a key or a response, the other figures remain."""
    await asyncio.to_thread(migrate, tmp_path / "movies.db")
    env = {"SAMSAR_API_KEY": api.config.api_key, "SAMSAR_BASE_URL": api.base_url}
    assert "API balance" in (await run(tmp_path, "report", **env)).out
    assert (await run(tmp_path, "report", "--json", **env)).parsed["api_credits"] == 4200
    asked = len(api.requests)
    assert (await run(tmp_path, "report", "--json", SAMSAR_BASE_URL=api.base_url)).parsed["api_credits"] is None
    assert len(api.requests) == asked, "without a key, the API is not asked"
    assert (await run(tmp_path, "report", "--server", "11", "--json", **env)).parsed["api_credits"] is None
    for other in ({"SAMSAR_BASE_URL": "http://127.0.0.1:1/v1/video/"}, {"SAMSAR_API_KEY": "a-key-that-was-revoked"}):
        assert (await run(tmp_path, "report", "--json", **(env | other))).parsed["api_credits"] is None
