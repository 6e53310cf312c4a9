"""The API of 2026: models that it no longer accepts, and charges other than what was quoted."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.job import EndReason, JobState
from bot.samsar.profile import ApiVersion
from bot.sandbox.faults import respond
from bot.ui.end_reasons import reason_text
from tests.helpers import factories
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import ephemeral_text, message_text
from tests.helpers.steps import finish

REFUSED = reason_text(ENGLISH, factories.job(end_reason=EndReason.MODEL_REFUSED))


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[BotHarness]:
    """The bot with the API of 2026."""
    async with open_bot_harness(tmp_path, version=ApiVersion.AUTUMN_2026, member_monthly_credits=5000) as opened:
        yield opened


def offered(bot: BotHarness) -> list[str]:
    [command] = [each for each in bot.app.client.tree.get_commands() if each.name == "movie"]
    [option] = [each for each in command.to_dict(bot.app.client.tree)["options"] if each["name"] == "video_model"]
    return [choice["value"] for choice in option["choices"]]


async def test_a_refused_model_costs_nothing_and_is_not_offered_again(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bot.upstream.inject("invalid-video-model", times=1)
    await bot.movie(duration=10, video_model="RUNWAYML")
    await bot.run_until_idle()
    assert bot.member() == BudgetTotals(used=0, held=0)
    assert REFUSED in "\n".join(message_text(message) for message in bot.messages())
    [line] = [record for record in caplog.records if record.getMessage() == "model_refused"]
    assert line.levelname == "ERROR"
    assert (line.__dict__["kind"], line.__dict__["model"]) == ("video", "RUNWAYML")
    assert str(line.__dict__["advice"]).endswith("catalogue allow RUNWAYML")
    assert "RUNWAYML" in offered(bot)
    text = ephemeral_text(await bot.movie(duration=10, video_model="RUNWAYML"))
    assert "Runway" in text
    assert "Cosmos 3 Super" in text, "what would do"
    assert bot.ordered() == 1
    await bot.movie(duration=10)
    await bot.finish()
    assert bot.stored_jobs()[-1].request.video_model == "COSMOS3SUPERI2V"
    await bot.restart()
    assert offered(bot) == ["COSMOS3SUPERI2V"]


CATALOGUE = """
[[video_models]]
key = "COSMOS3SUPERI2V"
label = "Cosmos 3 Super"
credits_per_second = 10
aspect_ratios = ["16:9"]

[[image_models]]
key = "GPTIMAGE2"
label = "GPT Image 2"

[[image_models]]
key = "SEEDREAM"
label = "Seedream"
"""
"""Its default image model is one that the API of 2026 refuses."""


async def test_a_retired_default_fails_one_order_and_try_again_makes_the_movie(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(CATALOGUE, encoding="utf-8")
    async with open_bot_harness(tmp_path, version=ApiVersion.AUTUMN_2026, catalogue_path=path) as bot:
        await bot.movie(duration=10)
        await bot.run_until_idle()
        assert bot.job()["image_model"] == "GPTIMAGE2"
        [failed] = [each for each in bot.messages() if REFUSED in message_text(each)]
        offered = await bot.alice.click(failed, label=ENGLISH("buttons-retry-button"))
        assert "Seedream" in ephemeral_text(offered)
        await bot.alice.click(offered.response.message, label=ENGLISH("quotes-accept-button"))
        await bot.finish()
        assert [(job.state, job.request.image_model) for job in bot.stored_jobs()] == [
            (JobState.FAILED, "GPTIMAGE2"),
            (JobState.COMPLETED, "SEEDREAM"),
        ]
        assert bot.member() == BudgetTotals(used=100, held=0)
        await bot.movie(duration=10)
        assert bot.stored_jobs()[-1].request.image_model == "SEEDREAM"


async def test_a_prompt_that_the_api_repeats_takes_no_model_from_the_others(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    answers = (
        "The prompt is not allowed: {}",
        "Prompt “{}” is not allowed",
        "Prompt `{}` is not allowed",
        '"{}" is bad',
    )
    for answer in answers:
        for prompt in ("an invalid Video Model", 'a" invalid video model "b c'):
            bot.upstream.inject(respond(400, answer.format(prompt)), times=1)
            await bot.movie(prompt=prompt, duration=10, video_model="RUNWAYML")
            await bot.run_until_idle()
            assert bot.member() == BudgetTotals(used=0, held=0), answer
    assert "model_refused" not in caplog.messages
    await bot.movie(prompt="a ship", duration=10, video_model="RUNWAYML")
    assert bot.stored_jobs()[-1].request.video_model == "RUNWAYML"


# ── the API charges another sum than was quoted ──────────────────────────────────────────────────────────────────


async def test_the_member_pays_the_quote_and_the_plan_the_charge(bot: BotHarness) -> None:
    before = bot.upstream.balance
    for number, (fault, charged) in enumerate((("charged-more", 300), ("charged-less", 400)), 1):
        bot.upstream.inject(fault)
        await bot.movie(duration=20)
        await finish(bot)
        bot.upstream.clear_faults()
        assert [job.state for job in bot.stored_jobs()] == [JobState.COMPLETED] * number
        assert (bot.member(), bot.plan()) == (BudgetTotals(used=200 * number), BudgetTotals(used=charged))
        assert before - bot.upstream.balance == charged
    charge = bot.app.worker.charges.by_model["COSMOS3SUPERI2V"]
    assert (charge.paid, charge.charged) == (400, 400)


async def test_a_movie_that_was_cancelled_at_the_api_ends(bot: BotHarness) -> None:
    await bot.movie(duration=20)
    await bot.run_until_idle()
    bot.upstream.inject("cancelled")
    await bot.run_until_idle(30)
    assert bot.job()["state"] == "failed"
    assert bot.member() == BudgetTotals(used=0, held=0)
    assert bot.plan() == BudgetTotals(used=bot.job()["charged_credits"], held=0)
