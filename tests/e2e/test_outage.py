"""Outages of the movie service: members are told, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest

from bot import monitoring
from bot.domain.breaker import Outage
from bot.domain.job import EndReason, JobState
from bot.samsar.profile import ApiVersion
from bot.sandbox.faults import respond
from bot.ui.end_reasons import reason_text
from bot.ui.job_status import outage_text
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH, queue_position_text
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import answered, field_of, message_text, response_text
from tests.helpers.settings import KEY

NOT_ANSWERING = outage_text(ENGLISH, Outage.NO_ANSWER)


def now(card: discord.Message) -> str:
    return field_of(card, ENGLISH("cards-status-field"))


def states(bot: BotHarness) -> list[str]:
    return [job["state"] for job in ledger_checks.jobs(bot.path)]


async def outage(bot: BotHarness) -> None:
    bot.upstream.inject("503")
    await bot.movie(prompt="a lost balloon", duration=10)
    await bot.run_until_idle()
    await bot.movie(bot.bob, prompt="a waiting balloon", duration=10)


async def test_cards_tell_when_it_begins_and_when_it_ends(tmp_path: Path) -> None:
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


async def test_members_read_it_and_after_an_hour_the_credits_come_back(tmp_path: Path) -> None:
    async with open_bot_harness(tmp_path, port=0) as bot:
        await outage(bot)
        text = now(bot.messages()[2])
        assert text.splitlines()[:2] == [ENGLISH("cards-outage-promise", outage=NOT_ANSWERING), queue_position_text(0)]
        assert (states(bot), bot.member()) == (["unknown", "queued"], BudgetTotals(used=0, held=200))
        listed = await bot.bob.slash(bot.channel, "movies")
        assert NOT_ANSWERING in response_text(listed)
        waiting = ledger_checks.jobs(bot.path)[1]["id"]
        opened = await bot.press(bot.bob, answered(listed), f"m:movies-detail:{bot.bob.id}:all:{waiting}:{waiting}")
        assert NOT_ANSWERING in response_text(opened)
        assert NOT_ANSWERING not in response_text(await bot.alice.slash(bot.channel, "movies"))
        await bot.run_until_idle(3)
        page = (await monitoring.metrics_page(bot.app))[0].decode()
        assert 'matinee_breaker{state="open"} 1.0' in page
        assert 'matinee_breaker{state="closed"} 0.0' in page
        assert 'matinee_samsar_requests_total{call="ping",outcome="InvalidResponse"} 1.0' in page
        for _ in range(40):
            await bot.run_until_idle(120)
        assert (states(bot), bot.member()) == (["unknown", "failed"], BudgetTotals(used=0, held=100))
        given_up = bot.stored_jobs()[1]
        assert given_up.end_reason is EndReason.UNREACHABLE
        assert any(reason_text(ENGLISH, given_up) in message_text(message) for message in bot.messages())


async def test_a_prompt_that_the_api_repeats_is_no_outage(bot: BotHarness) -> None:
    prompts = ("a missing API key", 'a b" api_key required "c d', "no Bearer")
    answers = ("Not allowed: {}", "Prompt “{}” is not allowed", 'Prompt "{}" is bad')
    for answer in answers:
        for prompt in prompts:
            bot.upstream.inject(respond(400, answer.format(prompt)), times=1)
            await bot.movie(prompt=prompt, duration=1)
            await bot.run_until_idle()
    await bot.movie(bot.bob, prompt="a ship", duration=10)
    await bot.run_until_idle()
    *failed, last = bot.stored_jobs()
    assert {each.end_reason for each in failed} == {EndReason.REQUEST_REJECTED}
    assert (len(failed), last.state) == (9, JobState.RENDERING)
    assert bot.member() == BudgetTotals(used=0, held=100), "only the last one's"
    bot.upstream.inject(respond(401, "Invalid API key"), times=1)
    await bot.movie(bot.bob, prompt="a golden key", duration=10)
    await bot.run_until_idle()
    assert states(bot)[-1] == "queued"


@pytest.mark.parametrize("version", ApiVersion)
async def test_a_wrong_key_fails_no_waiting_order(tmp_path: Path, version: ApiVersion) -> None:
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
