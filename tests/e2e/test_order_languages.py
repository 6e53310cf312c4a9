"""The reader's language in prices, forms and preferences, also after a restart."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.domain.language import Language
from bot.domain.preferences import DeliveryTarget, Preferences
from bot.locales.texts import Texts, texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from bot.ui import command_descriptions, preferences, quotes
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import embed_text
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import EDIT, quoted
from tests.helpers.reading import about_movie, ephemeral_text, labels, message_text

OTHERS = [texts_in(language) for language in Language if language is not Language.ENGLISH]
EACH = pytest.mark.parametrize("texts", OTHERS, ids=lambda texts: texts.language.value)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot that quotes movies above 300 credits."""
    async with open_bot_harness(tmp_path, confirm_above_credits=300) as opened:
        yield opened


def speak(bot: BotHarness, texts: Texts) -> None:
    """Let Alice use a language in a server that uses English."""
    SpokenLanguages(bot.env).members = {bot.alice.id: texts.language}


@EACH
async def test_a_price_and_its_form_are_in_the_language_of_who_orders(bot: BotHarness, texts: Texts) -> None:
    speak(bot, texts)
    card = await quoted(bot)
    assert card.message.embeds[0].title == texts("quotes-title", credits=400)
    assert card.labels == [
        *(texts(each) for each in ("quotes-accept-button", "quotes-edit-button", "quotes-cancel-button")),
        *(texts(each) for each in ("prompts-surprise-button", "prompts-improve-button")),
    ]
    form = await card.click(EDIT)
    assert form.modal is not None
    assert form.modal["title"] == texts("forms-edit-modal-title")
    assert form.modal["components"][1]["label"] == texts("forms-duration-label")
    await bot.alice.submit_modal(form, {"prompt": "a fox", "seconds": "10"})
    assert card.message.embeds[0].title == texts("quotes-title", credits=100)
    await card.click()
    assert about_movie(card.message) == embed_text(quotes.accepted_embed(texts))
    assert bot.member() == BudgetTotals(used=0, held=100)


@EACH
async def test_what_fits_is_offered_in_the_language_of_who_orders(bot: BotHarness, texts: Texts) -> None:
    speak(bot, texts)
    card = await quoted(bot, duration=70)
    assert "600" in str(card.labels[0])
    assert card.labels[1] == texts("quotes-edit-button")
    await card.click()
    assert bot.member() == BudgetTotals(used=0, held=600)


async def test_a_price_in_another_language_than_now_is_still_accepted(bot: BotHarness) -> None:
    """No component is recognized by its words, also after a restart."""
    card = await quoted(bot)
    japanese = texts_in(Language.JAPANESE)
    speak(bot, japanese)
    await bot.restart()
    await card.click()
    assert about_movie(card.message) == embed_text(quotes.accepted_embed(japanese))
    assert bot.member() == BudgetTotals(used=0, held=400)
    await card.press()
    assert japanese("quotes-already-ordered").rstrip("。") in card.text


@EACH
async def test_preferences_are_in_the_language_of_who_reads_them(bot: BotHarness, texts: Texts) -> None:
    speak(bot, texts)
    shown = await bot.alice.slash(bot.channel, "preferences")
    assert shown.response is not None
    assert ephemeral_text(shown) == embed_text(preferences.preferences_embed(texts, Preferences(), bot.catalogue))
    buttons = ("preferences-dm-button", "preferences-reset-button", "preferences-unlist-button")
    assert labels(shown.response) == [texts(button) for button in buttons]
    await bot.alice.click(shown.response.message, label=texts("preferences-dm-button"))
    assert preferences.target_changed(texts, DeliveryTarget.DIRECT_MESSAGE) in message_text(shown.response)
    theirs = await bot.bob.slash(bot.channel, "preferences")
    english = texts_in(Language.ENGLISH)
    assert ephemeral_text(theirs) == embed_text(preferences.preferences_embed(english, Preferences(), bot.catalogue))


@EACH
async def test_the_menu_of_a_message_opens_a_form_in_the_language_of_who_uses_it(bot: BotHarness, texts: Texts) -> None:
    speak(bot, texts)
    message = await bot.alice.send(bot.channel, "x" * 600)
    form = await bot.alice.context_menu(bot.channel, command_descriptions.MAKE_A_MOVIE.message, message)
    assert form.modal is not None
    assert form.modal["title"] == texts("forms-new-modal-title")
    assert form.modal["components"][0]["description"] == texts("forms-prompt-cut-hint", characters=500)
