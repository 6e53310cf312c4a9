"""A movie whose storyboard its member sees before the video is paid: of 600 credits, 100 are for the storyboard."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import discord
import pytest

from bot.domain.jobs import EndReason, JobState, Step
from bot.domain.server_setup import AgeRule
from bot.samsar.config import ApiVersion
from data import preferences
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.awaiting import configure
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import refusal
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import quoted
from tests.helpers.reading import ephemeral_text, labels, message_text, title_of

HOUR = 3600.0
ASKED = {"duration": 10, "video_model": "RUNWAYML"}
READY = "🖼️ The storyboard is ready"
STILLS = ["scene-1.jpg", "scene-2.jpg"]


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[AdminHarness]:
    """A bot that trusts the fake API's stills."""
    async with open_admin_harness(tmp_path, version=ApiVersion.AUTUMN_2026) as opened:
        await opened.restart(trusted_movie_origins=opened.upstream.origin)
        yield opened


async def minutes(bot: BotHarness, count: int) -> None:
    """Let the worker work, with a poll in each minute."""
    for _ in range(count):
        await bot.run_until_idle(60)


async def drawn(bot: BotHarness, **options: object) -> discord.Message:
    """Order a storyboard, and return the card once it waits."""
    await bot.movie(**{**ASKED, "storyboard": True, **options})
    await minutes(bot, 3)
    assert bot.stored_job().step is Step.STORYBOARD
    return bot.messages()[0]


def files(message: discord.Message) -> list[str]:
    return [each.filename for each in message.attachments]


async def test_its_member_sees_the_stills_and_has_it_rendered(bot: BotHarness) -> None:
    card = await drawn(bot)
    assert (title_of(card), labels(card)) == (READY, ["Render (500)", "Stop (refunds 500)", "⋯"])
    assert (files(card), bot.member()) == (STILLS, BudgetTotals(used=0, held=600))

    refused = await bot.act(bot.bob, card, "render")
    assert "alice" in ephemeral_text(refused)
    answer = await bot.act(bot.alice, card, "render")
    assert ephemeral_text(answer) == "On it! I'm rendering it for 500 more credits."
    assert ephemeral_text(await bot.act(bot.alice, card, "stop")) == refusal("storyboards-rendering")
    await bot.restart()
    await bot.finish()

    assert (bot.stored_job().state, bot.member()) == (JobState.COMPLETED, BudgetTotals(used=600, held=0))


async def test_stopped_it_costs_what_was_drawn(bot: BotHarness) -> None:
    card = await drawn(bot)
    assert "500 credits come back" in ephemeral_text(await bot.act(bot.alice, card, "stop"))
    assert ephemeral_text(await bot.act(bot.alice, card, "render")) == refusal("storyboards-stopped")
    await bot.restart()
    await minutes(bot, 4)

    job = bot.stored_job()
    assert (job.state, job.end_reason, job.spent, job.refunded) == (JobState.CANCELLED, EndReason.STOPPED, 100, 500)
    assert bot.member() == BudgetTotals(used=100, held=0)


async def test_one_that_nobody_decides_about_is_stopped_after_a_reminder(bot: BotHarness) -> None:
    await drawn(bot)
    told = []
    for _ in range(49):
        await bot.run_until_idle(HOUR)
        told.append(sum("still waits for you" in message_text(each) for each in bot.messages()))
    await minutes(bot, 4)
    assert (told.index(1), told[-1]) == (36 - 1, 1)
    job = bot.stored_job()
    assert (job.state, job.end_reason, job.spent) == (JobState.CANCELLED, EndReason.UNDECIDED, 100)


async def test_whose_movies_come_by_dm_sees_it_behind_more(bot: BotHarness) -> None:
    await bot.movie(**ASKED, storyboard=True)
    await bot.act(bot.alice, bot.messages()[0], "target", "direct")
    await minutes(bot, 3)
    card = bot.messages()[0]
    assert (title_of(card), files(card)) == (READY, [])

    assert "alice" in ephemeral_text(await bot.act(bot.bob, card, "storyboard"))
    shown = await bot.act(bot.alice, card, "storyboard")
    assert shown.response is not None
    assert (shown.ephemeral, files(shown.response.message)) == (True, STILLS)
    await bot.press(bot.alice, shown.response.message, f"m:stop:{bot.job()['id']}")
    assert bot.stored_job().cancel_requested_at is not None


@pytest.mark.parametrize("chosen", [True, False])
async def test_the_second_form_and_the_preference_decide_whether_it_comes_first(bot: BotHarness, chosen: bool) -> None:
    await bot.restart(confirm_above_credits=300)
    await bot.app.database.write(preferences.set_storyboard, bot.alice.id, storyboard=not chosen)
    card = await quoted(bot, **ASKED)
    assert ("Storyboard first: **100** to draw it, **500** more" in card.text) is not chosen
    await bot.alice.submit_modal(await card.click("quote-more"), {"storyboard": chosen})
    await card.change(prompt="a kite", seconds="10", video_model=["RUNWAYML"])  # this form has no room for it
    await card.click()

    job = bot.stored_job()
    assert (job.request.prompt, job.step) == ("a kite", Step.DRAWING if chosen else None)


async def test_in_a_server_where_stills_are_not_for_everyone_they_are_hidden(bot: AdminHarness) -> None:
    await configure(bot, age=AgeRule.SPOILER)
    assert files(await drawn(bot)) == [f"SPOILER_{name}" for name in STILLS]
