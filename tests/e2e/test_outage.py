"""Outages of the movie service: members are told, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest

from bot import monitoring
from bot.domain.breaker import Outage
from bot.domain.job import EndReason
from bot.samsar.profile import ApiVersion
from bot.sandbox.faults import respond
from bot.ui.end_reasons import reason_text
from bot.ui.job_status import outage_text
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH, queue_position_text
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import field_of, message_text, response_text
from tests.helpers.settings import KEY

NOT_ANSWERING = outage_text(ENGLISH, Outage.NO_ANSWER)


def now(card: discord.Message) -> str:
    """What a card says is happening."""
    return field_of(card, ENGLISH("cards-status-field"))


def states(bot: BotHarness) -> list[str]:
    """Each job's state, the oldest first."""
    return [job["state"] for job in ledger_checks.jobs(bot.path)]


async def outage(bot: BotHarness) -> None:
    """Start an outage that one order has met, while another waits."""
    bot.upstream.inject("503")
    await bot.movie(prompt="a lost balloon", duration=10)
    await bot.run_until_idle()
    await bot.movie(bot.bob, prompt="a waiting balloon", duration=10)


async def test_a_new_order_says_that_the_service_is_down(bot: BotHarness) -> None:
    """The card says so, and the credits stay on hold."""
    await outage(bot)
    text = now(bot.messages()[2])
    assert text.splitlines()[:2] == [ENGLISH("cards-outage-promise", outage=NOT_ANSWERING), queue_position_text(0)]
    assert states(bot) == ["unknown", "queued"]
    assert bot.member() == BudgetTotals(used=0, held=200)


async def test_cards_tell_when_it_begins_and_when_it_ends(tmp_path: Path) -> None:
    """Cards that already wait are updated, and their movies start by themselves."""
    async with open_bot_harness(tmp_path, max_rendering_jobs_per_member=1) as bot:
        await bot.movie(prompt="first", duration=10)
        await bot.run_until_idle()
        await bot.movie(prompt="second", duration=10)
        assert NOT_ANSWERING not in now(bot.messages()[1])
        fault = bot.upstream.inject("503")
        await bot.movie(bot.bob, prompt="third", duration=10)
        await bot.run_until_idle()
        assert NOT_ANSWERING in now(bot.messages()[1])
        fault.stop()
        await bot.run_until_idle(5)
        assert NOT_ANSWERING not in now(bot.messages()[1])
        for _ in range(30):
            await bot.run_until_idle(10)
        assert states(bot) == ["completed", "completed", "unknown"]


async def test_movies_says_it_too(bot: BotHarness) -> None:
    """The list and the movie's page say it for waiting movies only."""
    await outage(bot)
    listed = await bot.bob.slash(bot.channel, "movies")
    assert NOT_ANSWERING in response_text(listed)
    assert listed.response is not None
    waiting = ledger_checks.jobs(bot.path)[1]["id"]
    opened = await bot.press(bot.bob, listed.response, f"m:movies-detail:{bot.bob.id}:all:{waiting}:{waiting}")
    assert NOT_ANSWERING in response_text(opened)
    assert NOT_ANSWERING not in response_text(await bot.alice.slash(bot.channel, "movies"))


async def test_monitoring_sees_it(tmp_path: Path) -> None:
    """There is a gauge for each breaker state, and probes are counted."""
    async with open_bot_harness(tmp_path, port=0) as bot:
        await outage(bot)
        await bot.run_until_idle(3)
        page = (await monitoring.metrics_page(bot.app))[0].decode()
        assert 'matinee_breaker{state="open"} 1.0' in page
        assert 'matinee_breaker{state="closed"} 0.0' in page
        assert 'matinee_samsar_requests_total{call="ping",outcome="InvalidResponse"} 1.0' in page


async def test_after_an_hour_the_credits_come_back(bot: BotHarness) -> None:
    """The member reads why, and only the unknown order stays held."""
    await outage(bot)
    for _ in range(40):
        await bot.run_until_idle(120)
    assert states(bot) == ["unknown", "failed"]
    assert bot.member() == BudgetTotals(used=0, held=100)
    waiting = bot.stored_jobs()[1]
    assert waiting.end_reason is EndReason.UNREACHABLE
    assert any(reason_text(ENGLISH, waiting) in message_text(message) for message in bot.messages())


@pytest.mark.parametrize("answer", ["Not allowed: {}", "Prompt “{}” is not allowed", 'Prompt "{}" is bad'])
@pytest.mark.parametrize("prompt", ["a missing API key", 'a b" api_key required "c d', "no Authorization", "no Bearer"])
async def test_a_prompt_that_the_api_repeats_is_no_outage(bot: BotHarness, answer: str, prompt: str) -> None:
    """A 400 about the API key is an outage.

    A prompt can name keys, too, and some answers repeat the prompt.
    """
    bot.upstream.inject(respond(400, answer.format(prompt)), times=1)
    await bot.movie(prompt=prompt, duration=10)
    await bot.run_until_idle()
    await bot.movie(bot.bob, prompt="a ship", duration=10)
    await bot.run_until_idle()
    assert states(bot) == ["failed", "rendering"]
    assert ledger_checks.jobs(bot.path)[0]["end_reason"] == EndReason.REQUEST_REJECTED
    assert bot.member() == BudgetTotals(used=0, held=100), "only the second one's"


async def test_a_refused_key_is_an_outage_though_the_prompt_names_keys(bot: BotHarness) -> None:
    """Only a 400 is told by its words."""
    bot.upstream.inject(respond(401, "Invalid API key"), times=1)
    await bot.movie(prompt="a golden key", duration=10)
    await bot.run_until_idle()
    assert states(bot) == ["queued"]


@pytest.mark.parametrize("version", ApiVersion)
async def test_a_wrong_key_fails_no_waiting_order(tmp_path: Path, version: ApiVersion) -> None:
    """The probe asks for what the API answers to a working key only."""
    async with open_bot_harness(tmp_path, version=version, samsar_api_key="another-key-0123456789") as bot:
        for _ in range(3):
            await bot.movie(duration=10)
        for _ in range(10):
            await bot.run_until_idle(60)
        assert states(bot) == ["queued"] * 3
        assert bot.ordered() <= 2, "the first were sent together"
        await bot.restart(samsar_api_key=KEY)
        await bot.run_until_idle(600)
        for _ in range(2):  # one movie, and those that waited for it
            await bot.finish()
        assert states(bot) == ["completed"] * 3
