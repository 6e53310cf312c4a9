"""*Make it*, where Discord rejects or loses a response.

Nothing is spent or lost, and the button works again.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import discord
import pytest

from bot.domain.quote import QuoteUnavailableReason
from bot.ui import quotes
from tests.helpers import ledger_checks
from tests.helpers.answer_faults import CALLBACK
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import (
    ENGLISH,
    embed_text,
    quote_title,
    unavailable_reason,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import ACCEPT, ACTIONS, CANCEL, quoted
from tests.helpers.reading import about_movie

NOTHING = BudgetTotals(used=0, held=0)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot that quotes movies above 300 credits."""
    async with open_bot_harness(tmp_path, confirm_above_credits=300) as opened:
        yield opened


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060), (500, 0)])
async def test_a_press_whose_answer_discord_refuses_costs_nothing(bot: BotHarness, status: int, code: int) -> None:
    """The credits are back, and the same card can be pressed again."""
    card = await quoted(bot)
    bot.env.inject_error("POST", CALLBACK, status=status, code=code, times=5 if status == 500 else 1)
    await card.press()
    assert bot.member() == NOTHING
    bot.env.backend.faults.clear()
    assert ACCEPT in card.actions
    await card.press()
    assert bot.member() == BudgetTotals(used=0, held=400)


async def test_a_press_that_another_process_answered_otherwise_orders_nothing(bot: BotHarness) -> None:
    """It may have refused the order, and the member has read that."""
    card = await quoted(bot)
    bot.answer_elsewhere(discord.Embed(description="Not today."))
    await card.press()
    await bot.finish()
    assert (bot.member(), bot.ordered()) == (NOTHING, 0)
    assert card.text == "Not today."


async def test_a_press_whose_answer_meets_itself_orders_the_movie(bot: BotHarness) -> None:
    """Discord answers 40060, because it already accepted this response."""
    card = await quoted(bot)
    bot.repeat_answer()
    await card.press()
    await bot.finish()
    assert about_movie(card.message) == embed_text(quotes.accepted_embed(ENGLISH))
    assert (bot.job()["state"], bot.ordered()) == ("completed", 1)
    assert bot.member() == BudgetTotals(used=400, held=0)


@pytest.mark.parametrize("after", [False, True])
async def test_a_press_whose_answer_is_cut_off_costs_nothing(bot: BotHarness, *, after: bool) -> None:
    """The private message says that nothing was ordered, and quotes it again."""
    card = await quoted(bot)
    bot.drop_response(after=after)
    await card.press()
    assert bot.member() == NOTHING
    assert embed_text(quotes.not_accepted_embed(ENGLISH)) in card.text
    await card.click()
    assert bot.member() == BudgetTotals(used=0, held=400)


@pytest.mark.parametrize("after", [False, True])
async def test_a_card_that_is_cut_off_after_the_press_was_answered_costs_nothing(
    bot: BotHarness, *, after: bool
) -> None:
    """The private message says that nothing was ordered."""
    card = await quoted(bot)
    bot.cut_followup(after=after)
    await card.press()
    assert bot.member() == NOTHING
    assert embed_text(quotes.not_accepted_embed(ENGLISH)) in card.text
    await card.click()
    await bot.finish()
    assert bot.ordered() == 1
    assert bot.member() == BudgetTotals(used=400, held=0)


async def test_a_card_that_discord_refuses_after_the_press_was_answered_costs_nothing(bot: BotHarness) -> None:
    """The quote stays open."""
    card = await quoted(bot)
    bot.env.inject_error("POST", "/webhooks/*/*", status=404, code=10008, times=1)
    await card.press()
    assert bot.member() == NOTHING
    assert embed_text(quotes.not_accepted_embed(ENGLISH)) in card.text
    assert card.actions == ACTIONS


async def test_what_was_not_ordered_for_discords_sake_can_be_changed_and_cancelled(bot: BotHarness) -> None:
    """The quote is open again."""
    card = await quoted(bot)
    bot.cut_followup(after=False)
    await card.press()
    await card.change(prompt="a train", seconds="50")
    assert quote_title(500) in card.text
    await card.click(CANCEL)
    assert card.text == embed_text(quotes.cancelled_embed(ENGLISH))
    assert bot.member() == NOTHING


async def test_a_card_of_a_movie_that_was_not_ordered_grows_old_like_any_other(bot: BotHarness) -> None:
    """The answer must not say that it was ordered."""
    card = await quoted(bot)
    bot.cut_followup(after=False)
    await card.press()
    await bot.run_until_idle(3600)
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.EXPIRED


async def test_a_changed_movie_whose_card_is_cut_off_is_quoted_again(bot: BotHarness) -> None:
    """What was typed into the form is kept, also over a restart."""
    card = await quoted(bot)
    await card.change(prompt="a train", seconds="10")
    bot.cut_followup(after=False)
    await card.click()
    assert bot.member() == NOTHING
    await bot.restart()
    await card.click()
    assert [job["duration_seconds"] for job in ledger_checks.jobs(bot.path) if job["state"] == "queued"] == [10]
    assert bot.member() == BudgetTotals(used=0, held=100)
