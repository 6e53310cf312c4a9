"""What operators and members read when the API differs from the settings.

The real app over its real file and the fake API of 2026; the commands are processes beside it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.domain.breaker import Outage
from bot.domain.job import EndReason
from bot.samsar.profile import ApiVersion
from bot.sandbox.contract import ModelSpec
from bot.ui.job_status import outage_text
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.command_line import run
from tests.helpers.expected_text import ENGLISH
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import response_text
from tests.helpers.settings import KEY, MODELS_2026
from tests.process.bot_process import check
from tests.process.upstream_faults import BACK, HELD, seen, sentence

DEAR, USUAL = "RUNWAYML", "COSMOS3SUPERI2V"


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[BotHarness]:
    """The bot with the API of 2026 and its metrics."""
    async with open_bot_harness(tmp_path, version=ApiVersion.AUTUMN_2026, port=0) as opened:
        yield opened


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Callable[[str], list[dict[str, Any]]]:
    """The fields of each line of an event."""
    caplog.set_level(logging.INFO)
    return lambda event: [vars(record) for record in caplog.records if record.getMessage() == event]


def settings(bot: BotHarness) -> dict[str, str]:
    """The bot's settings, as the commands take them."""
    now = bot.app.settings
    return {
        "SAMSAR_API": now.samsar_api.value,
        "SAMSAR_BASE_URL": now.samsar_base_url,
        "SAMSAR_API_KEY": KEY,
        "DATABASE_URL": now.database_url,
        "CATALOGUE_PATH": str(now.catalogue_path),
    }


async def report(bot: BotHarness) -> str:
    """What `report` prints of the month."""
    return (await run(bot.tmp_path, "report", "2026-11", **settings(bot))).out


def metric(bot: BotHarness, name: str) -> float | None:
    """Return a metric of the usual model."""
    assert bot.app.metrics is not None
    bot.app.metrics.render(None)
    return bot.app.metrics.registry.get_sample_value(name, {"model": USUAL})


async def test_a_price_that_rose_by_half(
    bot: BotHarness, discord: FakeDiscord, logged: Callable[[str], list[dict[str, Any]]]
) -> None:
    """Members pay what they were quoted, and the plan pays the rest."""
    bot.upstream.video_models = {**MODELS_2026, USUAL: ModelSpec(15, ("16:9", "9:16"))}
    for _ in range(2):
        await bot.movie(duration=20)
        await bot.finish()
    assert (bot.member(), bot.plan()) == (BudgetTotals(used=400, held=0), BudgetTotals(used=600, held=0))
    told = seen(bot) + response_text(await bot.alice.slash(bot.channel, "credits"))
    assert not re.findall(r"\b300\b", told), "members see no other price than their quotes"
    [line] = logged("model_dearer")
    assert (line["levelname"], line["model"], line["price"], line["charged"]) == ("WARNING", USUAL, 200, 300)
    figures = (metric(bot, "matinee_movie_credits_paid"), metric(bot, "matinee_movie_credits_charged"))
    assert figures == (400, 600)
    printed = await report(bot)
    assert re.search(rf"^{USUAL} +Cosmos 3 Super +2 +400 +600 +\+200$", printed, re.MULTILINE)
    assert re.search(r"^charged above the price +\+200$", printed, re.MULTILINE)
    status, lines = await check(discord, bot.tmp_path, settings(bot))
    assert status == 1
    assert lines[0] == (
        f"fail  Samsar API: {USUAL}: costs more at the API than members pay (15 credits per second; catalogue: 10)"
    )
    await bot.run_until_idle(24 * 3600)
    await bot.movie(duration=20)
    await bot.finish()
    assert [line["charged"] for line in logged("model_dearer")] == [300, 300], "once a day"


async def test_a_stale_catalogue(
    bot: BotHarness, discord: FakeDiscord, logged: Callable[[str], list[dict[str, Any]]]
) -> None:
    """A model missing at the API fails one order and costs nothing."""
    bot.upstream.video_models = {USUAL: MODELS_2026[USUAL]}
    await bot.movie(duration=10, video_model=DEAR)
    await bot.run_until_idle()
    assert (bot.member(), bot.plan()) == (BACK, BACK)
    assert sentence(EndReason.MODEL_REFUSED) in seen(bot)
    again = await bot.movie(duration=10, video_model=DEAR)
    assert again.ephemeral
    assert bot.ordered() == 1
    [rejected], [refused] = logged("job_rejected"), logged("model_refused")
    assert rejected["reason"] == "model_refused"
    assert (refused["levelname"], refused["kind"], refused["model"]) == ("ERROR", "video", DEAR)
    assert re.search(r"^model_refused +1 +600 +0$", await report(bot), re.MULTILINE)
    status, lines = await check(discord, bot.tmp_path, settings(bot), "Database")
    assert status == 1
    assert f"fail  Samsar API: {DEAR}: not in the API's list, so its movies will fail" in lines
    assert any(f"The API refused {DEAR}, so it isn't offered" in line for line in lines)


async def test_a_wrong_profile(
    tmp_path: Path, discord: FakeDiscord, logged: Callable[[str], list[dict[str, Any]]]
) -> None:
    """One order fails, and the others wait until the operator sets SAMSAR_API."""
    async with open_bot_harness(tmp_path, version=ApiVersion.AUTUMN_2026, samsar_api="2025-03") as bot:
        await bot.restart(samsar_base_url=f"{bot.upstream.origin}/v1/video/")
        await bot.movie(duration=20)
        await bot.run_until_idle()
        assert (bot.member(), bot.plan()) == (BACK, BACK)
        assert sentence(EndReason.WRONG_API) in seen(bot)
        await bot.movie(bot.bob, duration=20)
        await bot.run_until_idle(600)
        assert outage_text(ENGLISH, Outage.WRONG_API) in seen(bot)
        assert (bot.ordered(), bot.member()) == (1, HELD)
        expected = f"Set SAMSAR_API=2026 and SAMSAR_BASE_URL={bot.upstream.base_url}"
        [rejected], [opened] = logged("job_rejected"), logged("breaker_opened")
        assert (rejected["reason"], opened["outage"]) == ("wrong_api", "wrong_api")
        assert "SAMSAR_API=2026" in rejected["advice"]
        assert "SAMSAR_API=2026" in opened["advice"]
        printed = await report(bot)
        assert re.search(r"^wrong_api +1 +200 +0$", printed, re.MULTILINE)
        assert re.search(r"^on hold +200$", printed, re.MULTILINE)
        status, lines = await check(discord, tmp_path, settings(bot))
        assert status == 1
        assert lines[0].startswith(f"fail  Samsar API: This API is version 2026. {expected}")
        await bot.restart(samsar_api="2026", samsar_base_url=bot.upstream.base_url)
        await bot.run_until_idle(120)
        await bot.finish()
        [_, waiting] = ledger_checks.jobs(bot.path)
        assert (waiting["state"], waiting["end_reason"]) == ("failed", "model_refused"), "it is a model of 2025"
        assert (bot.member(), bot.plan()) == (BACK, BACK)
        assert logged("breaker_closed")
