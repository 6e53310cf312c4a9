"""A refusal's list of the longest affordable movie for each model."""

from __future__ import annotations

from bot.domain.language import Language
from bot.domain.quote import QuoteUnavailableReason
from bot.domain.risk import MAX_REPEATED_FAILURES
from bot.locales.texts import texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH, unavailable_reason
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import ACCEPT, EDIT, quoted
from tests.helpers.reading import custom_ids, ephemeral_text, field_of

FIELD = ENGLISH("refusals-models-field")


async def test_each_model_is_listed_with_the_longest_movie_that_fits(bot: BotHarness) -> None:
    """The list counts what is left now: 600 credits, then 40."""
    card = await quoted(bot, duration=70)
    assert field_of(card.message, FIELD).splitlines() == [
        "Luma Dream Machine: up to 1 min",
        "Kling Pro: up to 1 min",
        "Google Veo: up to 10 s",
    ]
    await bot.movie(duration=56)
    card = await quoted(bot, duration=70)
    assert field_of(card.message, FIELD).splitlines() == [
        "Luma Dream Machine: up to 4 s",
        "Kling Pro: up to 4 s",
        ENGLISH("refusals-model-not-affordable", model="Google Veo"),
    ]


async def test_a_smaller_movie_of_a_prompt_that_keeps_failing_is_offered_with_a_warning(bot: BotHarness) -> None:
    bot.upstream.fail_renders(lambda _: True)
    for _ in range(MAX_REPEATED_FAILURES):
        await bot.movie(duration=1)
        await bot.finish()
    card = await quoted(bot, prompt="a red balloon", duration=70)
    assert card.actions == [ACCEPT, EDIT]
    warning = ENGLISH("quotes-failing-value", failures=MAX_REPEATED_FAILURES)
    assert field_of(card.message.message, ENGLISH("quotes-failing-field")) == warning


async def test_only_models_of_the_aspect_ratio_are_listed(bot: BotHarness) -> None:
    card = await quoted(bot, duration=70, aspect_ratio="9:16")
    assert [line.partition(":")[0] for line in field_of(card.message, FIELD).splitlines()] == [
        "Kling Pro",
        "Google Veo",
    ]


async def test_only_models_that_the_server_offers_are_listed(admin_bot: AdminHarness) -> None:
    await configure(admin_bot, video_models=("LUMA", "VEOI2V"))
    card = await quoted(admin_bot, duration=70)
    assert [line.partition(":")[0] for line in field_of(card.message, FIELD).splitlines()] == [
        "Luma Dream Machine",
        "Google Veo",
    ]


async def test_another_model_is_chosen_by_edit_once_by_its_member_and_after_a_restart(bot: BotHarness) -> None:
    card = await quoted(bot, duration=70)
    await card.press(EDIT, bot.bob)
    assert unavailable_reason(card.text) is QuoteUnavailableReason.EXPIRED
    card = await quoted(bot, duration=70)
    await bot.restart()
    form, same = await card.click(EDIT), await card.click(EDIT)
    for each in (form, same):
        await bot.alice.submit_modal(each, {"prompt": "a fox", "seconds": "10", "video_model": ["VEOI2V"]})
    make = custom_ids(card.message)[ACCEPT]
    for _ in range(2):
        await bot.press(bot.alice, card.message, make)
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert bot.member() == BudgetTotals(used=0, held=600)
    assert bot.job()["video_model"] == "VEOI2V"


async def test_what_is_left_of_the_plan_is_not_told_by_the_models(bot: BotHarness) -> None:
    await bot.restart(plan_monthly_credits=50)
    assert FIELD not in ephemeral_text(await bot.movie(duration=10))


async def test_the_list_is_in_the_language_of_who_orders(bot: BotHarness) -> None:
    german = texts_in(Language.GERMAN)
    SpokenLanguages(bot.env).members = {bot.alice.id: Language.GERMAN}
    card = await quoted(bot, duration=70)
    assert german("refusals-model-affordable", model="Google Veo", duration="10 s") in card.text
