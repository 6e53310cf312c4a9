"""An outage of the API: orders wait, also through a restart."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.breaker import Outage
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.ui.job_status import outage_text
from tests.helpers import ledger_checks
from tests.helpers.expected_text import ENGLISH
from tests.helpers.fake_discord.interactions import written
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.settings import KEY
from tests.process.bot_process import MOVIE, all_posted, matinee

MEMBERS = 12
ORDERS = MEMBERS + 1

PRICE = 120

WIDTH = 4

NOT_ANSWERING = outage_text(ENGLISH, Outage.NO_ANSWER)


@pytest.fixture
async def samsar() -> AsyncIterator[FakeSamsar]:
    config = FakeSamsarConfig(api_key=KEY, render_seconds=0.2, render_films=False, callbacks=False)
    async with FakeSamsar(config) as fake_samsar:
        yield fake_samsar


def bot_of(discord: FakeDiscord, samsar: FakeSamsar, folder: Path) -> BotProcess:
    settings = {"CONFIRM_ABOVE_CREDITS": "1000", "ATTACH_MOVIES": "off", "LOG_LEVEL": "DEBUG"}
    return matinee(discord, samsar, folder, **settings)


async def order(discord: FakeDiscord) -> None:
    members = [discord.state.add_user(f"member{number}") for number in range(MEMBERS)]
    for member in members:
        discord.state.join(discord.guild_id, member)
    sent = [await discord.send_slash(member, "movie", MOVIE) for member in members]
    await asyncio.gather(*(each.answered(timeout=20) for each in sent))


def states(path: Path) -> Counter[str]:
    return Counter(job["state"] for job in ledger_checks.jobs(path))


def orders(samsar: FakeSamsar) -> int:
    return sum(request.method == "POST" for request in samsar.requests)


async def test_an_api_that_answers_503_loses_four_orders_at_most(
    discord: FakeDiscord, samsar: FakeSamsar, tmp_path: Path
) -> None:
    path = tmp_path / "var" / "movies.db"
    samsar.inject("503")
    async with bot_of(discord, samsar, tmp_path) as bot:
        await discord.ready()
        await order(discord)
        await bot.wait_for_line("probe_failed")
        answer = await discord.slash(discord.user_id, "movie", MOVIE)
        assert answer.message_id is not None
        assert NOT_ANSWERING in written(discord.state.message(answer.message_id))
        met = orders(samsar)
        assert 1 <= met <= WIDTH
        seen = states(path)  # the newest is queued once its card was accepted
        assert (seen["unknown"], seen["queued"] + seen["reserved"]) == (met, ORDERS - met)
        assert ledger_checks.scope_total(path, "member").held == ORDERS * PRICE
        bot.kill()
        await bot.wait_exit()
        assert sum("breaker_opened" in line for line in bot.stderr + bot.stdout) == 1
        await discord.ready(0)
    queued = states(path)["queued"]
    assert queued >= ORDERS - met - 1  # the newest is voided if its confirmation was not stored before the kill
    async with bot_of(discord, samsar, tmp_path) as bot:
        await discord.ready()
        await bot.wait_for_line("probe_failed")
        assert orders(samsar) == met
        samsar.clear_faults()
        await bot.wait_for_line("breaker_closed", timeout=30)
        await all_posted(discord, queued)
        await bot.stop()
    assert states(path) == Counter(unknown=met, completed=queued, cancelled=ORDERS - met - queued)
    assert orders(samsar) == met + queued
