"""A movie is canceled while the API of 2026 makes it: after 30 of 100 seconds, 60 of 200 credits are charged."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from simcord.results import InteractionResult

from bot.domain.jobs import JobState
from bot.domain.orders import Order
from bot.domain.pitches import Pitch, PitchState
from bot.domain.request import Draft
from bot.samsar.config import ApiVersion
from bot.sandbox.endpoints_2026 import CANCEL_PATH
from bot.sandbox.fault_injection import Route
from bot.sandbox.faults import respond
from bot.ui import button_responses, job_messages
from data import pledging
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH, refusal
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.pitching import state_after
from tests.helpers.reading import about_movie, actions, ephemeral_text, labels, message_text, title_of
from tests.helpers.steps import rendering

pytestmark = pytest.mark.settings(version=ApiVersion.AUTUMN_2026)


async def half_made(bot: BotHarness, seconds: float = 30) -> discord.Message:
    await rendering(bot)
    await bot.run_until_idle(seconds)
    return bot.messages()[0]


async def asked(bot: BotHarness, card: discord.Message) -> InteractionResult:
    result = await bot.act(bot.alice, card, "cancel")
    assert result.followups[0].ephemeral
    return result


def cancels(bot: BotHarness) -> int:
    return sum(each.path == CANCEL_PATH for each in bot.upstream.requests)


async def test_its_member_sees_what_it_costs_and_cancels_it(bot: BotHarness) -> None:
    before = bot.upstream.account.balance
    card = await half_made(bot)
    offered = (await asked(bot, card)).followups[0]
    cancelled = replace(bot.stored_job(), state=JobState.CANCELLED, charged=60)
    assert about_movie(offered) == button_responses.cancel_question(ENGLISH, cancelled)
    assert "**60 credits**, and **140 credits** would be refunded" in message_text(offered)
    assert labels(offered) == ["Cancel movie"]
    assert (cancels(bot), bot.member()) == (0, BudgetTotals(used=0, held=200))
    await bot.restart()

    await bot.alice.click(offered.message, label="Cancel movie")
    [card] = bot.messages()
    assert "Cancel" not in labels(card)
    assert title_of(card) == "🛑 Canceling your movie"
    await bot.restart()
    await bot.run_until_idle()

    job = bot.stored_job()
    assert (job.state, job.charged, job.spent, job.refunded) == (JobState.CANCELLED, 60, 60, 140)
    assert (bot.member(), bot.plan()) == (BudgetTotals(used=60, held=0), BudgetTotals(used=60, held=0))
    assert before - bot.upstream.account.balance == 60
    [told] = bot.messages()
    assert actions(told) == ["retry"]
    assert message_text(told) == job_messages.cancelled_message(ENGLISH, job).text
    assert "**60 credits** spent · **140 credits** refunded" in message_text(told)
    await bot.finish()
    assert (cancels(bot), len(bot.messages())) == (1, 1)


async def test_a_movie_that_may_be_finished_is_not_cancelled(bot: BotHarness) -> None:
    card = await half_made(bot)
    bot.upstream.inject("unknown-status", times=1)
    text = about_movie((await bot.act(bot.alice, card, "cancel")).followups[0])
    assert text == refusal("buttons-nearly-finished")
    await bot.finish()
    assert (cancels(bot), bot.stored_job().state) == (0, JobState.COMPLETED)


async def test_who_presses_again_and_again_has_to_wait(bot: BotHarness) -> None:
    """Each press polls the API, so presses have a rate limit. An API that does not answer cancels nothing."""
    card = await half_made(bot)
    bot.upstream.inject(respond(429, "slow down"), route=Route.STATUS, times=1)
    assert about_movie((await asked(bot, card)).followups[0]) == refusal("buttons-no-answer")
    for _ in range(5):
        await asked(bot, card)
    polls = len(bot.upstream.requests)
    assert "again" in message_text((await asked(bot, card)).followups[0])
    assert len(bot.upstream.requests) == polls


async def test_a_movie_that_members_pay_for_together_is_neither_cancelled_nor_taken_to_dms(bot: BotHarness) -> None:
    write = bot.app.database.write
    made = await write(pledging.pitch, Order(bot.pressing(1, bot.alice.id), Draft("a red balloon", 20)))
    assert isinstance(made, Pitch), made
    funded = await write(pledging.chip_in, bot.pressing(2, bot.bob.id), made.id, None)
    assert state_after(funded) is PitchState.FUNDED
    await bot.run_until_idle(30)
    card, job = bot.messages()[0], bot.stored_job()
    assert job.state is JobState.RENDERING
    for action in ("cancel", "cancel-confirm"):
        text = ephemeral_text(await bot.press(bot.alice, card, f"m:{action}:{job.id}"))
        assert text.startswith(ENGLISH("pledges-not-cancellable"))
    direct = await bot.press(bot.alice, card, f"m:target:{job.id}:direct")
    assert ephemeral_text(direct).startswith(ENGLISH("pledges-to-channel"))
    await bot.run_until_idle()
    assert (cancels(bot), bot.job()["cancel_requested_at"]) == (0, None)
