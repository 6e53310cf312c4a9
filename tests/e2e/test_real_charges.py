"""Who pays what when the API charges another sum than was quoted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.samsar.profile import ApiVersion
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.ledger_checks import BudgetTotals


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[BotHarness]:
    """The bot with the API of 2026."""
    async with open_bot_harness(tmp_path, version=ApiVersion.AUTUMN_2026) as opened:
        yield opened


@pytest.mark.parametrize(("fault", "charged"), [("charged-more", 300), ("charged-less", 100)])
async def test_the_member_pays_the_quote_and_the_plan_the_charge(bot: BotHarness, fault: str, charged: int) -> None:
    """The plan follows the balance at the API."""
    bot.upstream.inject(fault)
    before = bot.upstream.balance
    await bot.movie(duration=20)
    await bot.finish()
    assert (bot.job()["state"], bot.job()["charged_credits"]) == ("completed", charged)
    assert (bot.member(), bot.plan()) == (BudgetTotals(used=200, held=0), BudgetTotals(used=charged, held=0))
    assert before - bot.upstream.balance == charged
    charge = bot.app.worker.charges.by_model["COSMOS3SUPERI2V"]
    assert (charge.paid, charge.charged) == (200, charged)


async def test_a_movie_that_was_cancelled_at_the_api_ends(bot: BotHarness) -> None:
    """Someone canceled it at the API, and the member is refunded."""
    await bot.movie(duration=20)
    await bot.run_until_idle()
    bot.upstream.inject("cancelled")
    await bot.run_until_idle(30)
    assert bot.job()["state"] == "failed"
    assert bot.member() == BudgetTotals(used=0, held=0)
    assert bot.plan() == BudgetTotals(used=bot.job()["charged_credits"], held=0)


async def test_a_failed_movie_costs_the_plan_the_stages_that_were_finished(bot: BotHarness) -> None:
    """The plan is not charged the whole price."""
    bot.upstream.fail_renders(lambda _: True)
    await bot.movie(duration=20)
    await bot.finish()
    assert bot.job()["state"] == "failed"
    assert bot.member() == BudgetTotals(used=0, held=0)
    assert bot.plan() == BudgetTotals(used=5000 - bot.upstream.balance, held=0)
