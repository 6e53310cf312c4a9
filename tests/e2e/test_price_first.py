"""A price is shown first where a member may not expect it.

That is an expensive remembered model, or a large part of their credits.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.domain.language import Language
from bot.domain.quote import QuoteUnavailableReason
from bot.locales.texts import texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH, insufficient_credits, quote_title, unavailable_reason
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import ACCEPT, ACTIONS, QuoteMessage, quoted

VEO = "VEOI2V"


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot that quotes prices above a third of what is left.

    Its members have 600 credits.
    """
    async with open_bot_harness(tmp_path, confirm_above_percent=34) as opened:
        yield opened


def warned(card: QuoteMessage) -> bool:
    """Return whether a quote says that the last model costs more."""
    return ENGLISH("quotes-last-model-field") in card.text


async def test_a_dear_model_of_last_time_is_shown_with_its_price_before_it_is_used_again(bot: BotHarness) -> None:
    """A model named in the command is ordered at once.

    A remembered one is compared with the default.
    """
    named = await bot.movie(duration=1, video_model=VEO)
    assert not named.ephemeral
    card = await quoted(bot, duration=1)
    assert quote_title(60) in card.text
    assert card.actions == ACTIONS
    for part in ("Google Veo", "60 credits per second", "Luma Dream Machine", "10 credits per second"):
        assert part in card.text
    assert warned(card)
    assert bot.member() == BudgetTotals(used=0, held=60)


async def test_a_dear_model_of_last_time_is_bought_once_by_its_member_alone_also_after_a_restart(
    bot: BotHarness,
) -> None:
    await bot.movie(duration=1, video_model=VEO)
    card = await quoted(bot, duration=1)
    await card.press(ACCEPT, bot.bob)
    assert unavailable_reason(card.text) is QuoteUnavailableReason.EXPIRED
    assert bot.member() == BudgetTotals(used=0, held=60)
    await bot.restart()
    await card.press()
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert bot.member() == BudgetTotals(used=0, held=120)
    assert len(ledger_checks.jobs(bot.path)) == 2


async def test_a_dear_model_of_last_time_is_left_by_editing(bot: BotHarness) -> None:
    """The next movie then uses the cheaper one, without a question."""
    await bot.movie(duration=1, video_model=VEO)
    card = await quoted(bot, duration=1)
    await card.change(prompt="a fox", seconds="1", video_model=["LUMA"])
    assert quote_title(10) in card.text
    assert not warned(card)
    await card.click()
    await bot.clock.advance(1)
    assert not (await bot.movie(duration=1)).ephemeral
    assert [job["video_model"] for job in ledger_checks.jobs(bot.path)].count("LUMA") == 2


@pytest.mark.parametrize("model", ["LUMA", "KLINGIMGTOVIDPRO"])
async def test_a_model_of_last_time_that_costs_no_more_is_used_at_once(bot: BotHarness, model: str) -> None:
    await bot.movie(duration=1, video_model=model)
    assert not (await bot.movie(duration=1)).ephemeral


async def test_a_third_of_what_is_left_is_made_at_once_and_more_is_shown_first(bot: BotHarness) -> None:
    """The third counts what is left now: 600 credits, then 400."""
    assert not (await bot.movie(duration=20)).ephemeral
    card = await quoted(bot, duration=14)
    assert quote_title(140) in card.text
    assert not warned(card)
    assert bot.member() == BudgetTotals(used=0, held=200)
    assert not (await bot.movie(duration=13)).ephemeral
    await card.press(ACCEPT, bot.bob)
    assert bot.member() == BudgetTotals(used=0, held=330)
    await bot.restart()
    await card.press()
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert bot.member() == BudgetTotals(used=0, held=470)


async def test_what_does_not_fit_is_refused_and_not_shown_as_a_price(bot: BotHarness) -> None:
    card = await quoted(bot, duration=70)
    assert insufficient_credits(700, 600, label="Luma Dream Machine") in card.text


async def test_the_comparison_is_in_the_language_of_who_orders(bot: BotHarness) -> None:
    german = texts_in(Language.GERMAN)
    SpokenLanguages(bot.env).members = {bot.alice.id: Language.GERMAN}
    await bot.movie(duration=1, video_model=VEO)
    card = await quoted(bot, duration=1)
    assert german("quotes-last-model-field") in card.text
    assert german("units-credits-per-second", credits=60) in card.text
