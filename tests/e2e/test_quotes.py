"""Quotes: the private price, smaller movies, and edits."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.domain.job import JobState
from bot.domain.quote import QuoteUnavailableReason
from bot.ui import credit_requests, quotes
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import (
    ENGLISH,
    card_title,
    embed_text,
    insufficient_credits,
    quote_title,
    unavailable_reason,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import ACCEPT, ACTIONS, CANCEL, EDIT, quoted, smaller_label
from tests.helpers.reading import about_movie, custom_ids

NOTHING = BudgetTotals(used=0, held=0)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot that quotes movies above 300 credits."""
    async with open_bot_harness(tmp_path, confirm_above_credits=300) as opened:
        yield opened


async def test_a_dear_movie_is_shown_with_its_price_first(bot: BotHarness) -> None:
    """The quote has the price, what is left and the reset time.

    Nothing is held before *Make it* is pressed.
    """
    card = await quoted(bot)
    [quote] = ledger_checks.query(bot.path, "SELECT * FROM quotes")
    assert (quote["prompt"], quote["price_credits"]) == ("a red balloon", 400)
    for part in (quote_title(400), "a red balloon", "**200** left (now: 600 credits)", "<t:1796083200:R>"):
        assert part in card.text
    assert card.actions == ACTIONS
    assert ledger_checks.jobs(bot.path) == []


async def test_make_it_orders_the_movie_and_shows_its_card_to_everyone(bot: BotHarness) -> None:
    """The private message then has no buttons."""
    card = await quoted(bot)
    await card.click()
    [public] = bot.messages()
    assert public.embeds[0].title == card_title(JobState.QUEUED)
    assert about_movie(card.message) == embed_text(quotes.accepted_embed(ENGLISH))
    assert card.actions == []
    assert bot.member() == BudgetTotals(used=0, held=400)
    await bot.finish()
    assert bot.ordered() == 1
    assert bot.member() == BudgetTotals(used=400, held=0)
    [movie] = bot.messages()
    assert bot.alice.mention in movie.content


async def test_a_movie_at_the_limit_is_made_at_once(bot: BotHarness) -> None:
    """Only prices above 300 credits are quoted first."""
    assert not (await bot.movie(duration=30)).ephemeral


async def test_pressing_twice_charges_once(bot: BotHarness) -> None:
    """The second answer says it was ordered, and links to it."""
    card = await quoted(bot)
    await card.press()
    [public] = bot.messages()
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert f"/{bot.channel.id}/{public.id}" in card.text
    assert len(bot.messages()) == 1
    assert bot.member() == BudgetTotals(used=0, held=400)


async def test_a_press_that_is_handed_over_twice_charges_once(bot: BotHarness) -> None:
    """Around a deploy, two processes may get the same press."""
    card = await quoted(bot)
    bot.duplicate_interactions()
    await card.press()
    assert len(bot.messages()) == 1
    assert bot.member() == BudgetTotals(used=0, held=400)


async def test_a_press_after_a_restart_makes_the_movie(bot: BotHarness) -> None:
    """The quote is in the database."""
    card = await quoted(bot)
    await bot.restart()
    await card.click()
    assert bot.member() == BudgetTotals(used=0, held=400)
    await card.press()
    await bot.restart()
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert len(bot.messages()) == 1


async def test_a_quote_is_for_the_member_who_was_shown_it(bot: BotHarness) -> None:
    """A forged press by another member orders and shows nothing."""
    card = await quoted(bot)
    for action in card.actions:
        await card.press(action, bot.bob)
        assert "balloon" not in card.text
    assert ledger_checks.jobs(bot.path) == []
    await card.press()
    assert bot.member() == BudgetTotals(used=0, held=400)
    assert bot.job()["member_id"] == bot.alice.id


async def test_cancel_orders_nothing(bot: BotHarness) -> None:
    """A later *Make it* says that the quote was canceled."""
    card = await quoted(bot)
    await card.click(CANCEL)
    assert card.text == embed_text(quotes.cancelled_embed(ENGLISH))
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.CANCELLED
    assert ledger_checks.jobs(bot.path) == []


async def test_cancel_after_make_it_says_that_it_was_ordered(bot: BotHarness) -> None:
    """This *Cancel* ends the quote, and the movie has its own."""
    card = await quoted(bot)
    await card.press()
    await card.press(CANCEL)
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert bot.member() == BudgetTotals(used=0, held=400)


async def test_an_old_card_says_that_it_is_old(bot: BotHarness) -> None:
    """A quote expires after 15 minutes, and says so a year later."""
    card = await quoted(bot)
    await bot.run_until_idle(15 * 60 + 1)
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.EXPIRED
    await bot.run_until_idle(365 * 24 * 3600)
    await bot.movie(bot.bob, duration=40)  # new quotes clear old ones away
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.EXPIRED
    assert ledger_checks.jobs(bot.path) == []


async def test_change_opens_the_modal_and_the_changed_movie_is_shown_with_its_price(bot: BotHarness) -> None:
    """The first quote can't be accepted any more."""
    card = await quoted(bot, video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    form = await card.click(EDIT)
    assert form.modal is not None
    assert form.modal["title"] == ENGLISH("forms-edit-modal-title")
    await bot.alice.submit_modal(form, {"prompt": "a blue balloon", "seconds": "50", "video_model": ["LUMA"]})
    assert quote_title(500) in card.text
    assert "blue" in card.text
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.CANCELLED
    assert ledger_checks.jobs(bot.path) == []


async def test_a_change_below_the_limit_is_shown_with_its_price_too(bot: BotHarness) -> None:
    """Nothing is held before Make it is pressed."""
    card = await quoted(bot)
    await card.change(prompt="a red balloon", seconds="10")
    assert quote_title(100) in card.text
    assert bot.member() == NOTHING
    assert bot.messages() == []
    await card.click()
    assert about_movie(card.message) == embed_text(quotes.accepted_embed(ENGLISH))
    assert bot.member() == BudgetTotals(used=0, held=100)
    assert len(bot.messages()) == 1


async def test_a_change_of_what_was_ordered_meanwhile_orders_nothing(bot: BotHarness) -> None:
    """A form left open in another window makes no second movie."""
    card = await quoted(bot)
    form = await card.click(EDIT)
    await card.press()
    await bot.alice.submit_modal(form, {"prompt": "a red balloon", "seconds": "10"})
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert bot.member() == BudgetTotals(used=0, held=400)


async def test_a_form_of_before_several_changes_orders_nothing_either(bot: BotHarness) -> None:
    """Every change of a quote belongs to the first one."""
    card = await quoted(bot)
    form = await card.click(EDIT)
    for seconds in ("20", "30"):
        await card.change(prompt="a red balloon", seconds=seconds)
    await card.click()
    await bot.alice.submit_modal(form, {"prompt": "a red balloon", "seconds": "10"})
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert bot.member() == BudgetTotals(used=0, held=300)


async def test_change_on_a_card_that_was_ordered_says_so_before_anything_is_typed(bot: BotHarness) -> None:
    """The form could change nothing."""
    card = await quoted(bot)
    await card.press()
    result = await card.press(EDIT)
    assert result.modal is None
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED


async def test_edit_on_an_old_quote_still_opens_the_modal(bot: BotHarness) -> None:
    """What was typed is kept, and gets a new price."""
    card = await quoted(bot)
    await bot.run_until_idle(3600)
    await card.change(prompt="a red balloon", seconds="45")
    assert quote_title(450) in card.text


async def test_a_refusal_quotes_what_would_fit(bot: BotHarness) -> None:
    """The button shows the price, and a press makes that movie."""
    card = await quoted(bot, duration=70, prompt="a train")
    assert insufficient_credits(700, 600, label="Luma Dream Machine") in card.text
    assert (card.actions, card.labels[0]) == ([ACCEPT, EDIT], smaller_label(60, 600))
    await card.click()
    assert bot.member() == BudgetTotals(used=0, held=600)
    assert bot.job()["prompt"] == "a train"


async def test_what_would_fit_is_checked_again_when_it_is_pressed(bot: BotHarness) -> None:
    """Another movie took credits meanwhile: the refusal names what fits now."""
    card = await quoted(bot, duration=70)
    await bot.movie(duration=30)
    await card.click()
    assert (card.actions, card.labels[0]) == ([ACCEPT, EDIT], smaller_label(30, 300))
    assert bot.member() == BudgetTotals(used=0, held=300)


async def test_what_would_fit_is_made_once_for_its_member_alone_and_after_a_restart(bot: BotHarness) -> None:
    card = await quoted(bot, duration=70)
    for action in (ACCEPT, EDIT):
        await card.press(action, bot.bob)
        assert unavailable_reason(card.text) is QuoteUnavailableReason.EXPIRED
    assert ledger_checks.jobs(bot.path) == []
    await bot.restart()
    await card.press()
    await bot.run_until_idle()
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert bot.member() == BudgetTotals(used=0, held=600)
    assert bot.job()["member_id"] == bot.alice.id


async def test_a_change_that_was_open_during_a_restart_takes_the_place_of_the_quote(bot: BotHarness) -> None:
    """The quote is in the database, and the change replaces it."""
    card = await quoted(bot)
    form = await card.click(EDIT)
    await bot.restart()
    await bot.alice.submit_modal(form, {"prompt": "a dog", "seconds": "20"})
    await card.click()
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert bot.member() == BudgetTotals(used=0, held=200)
    assert bot.job()["prompt"] == "a dog"


@pytest.mark.parametrize("late", [0, 16 * 60], ids=["open", "expired"])
async def test_a_modal_that_comes_back_twice_makes_one_movie(bot: BotHarness, late: int) -> None:
    """Modals in two windows belong to the same quote.

    Only the last price can be accepted, and after that no modal of this quote makes another movie.
    """
    card = await quoted(bot)
    form, same, third = [await card.click(EDIT) for _ in range(3)]
    await bot.clock.advance(late)
    await bot.alice.submit_modal(form, {"prompt": "a dog", "seconds": "20"})
    first = custom_ids(card.message)[ACCEPT]
    await bot.alice.submit_modal(same, {"prompt": "a fox", "seconds": "30"})
    last = custom_ids(card.message)[ACCEPT]
    await bot.press(bot.alice, card.message, first)
    assert unavailable_reason(card.text) is QuoteUnavailableReason.CANCELLED
    assert bot.member() == NOTHING
    await bot.restart()
    await bot.press(bot.alice, card.message, last)
    await bot.alice.submit_modal(third, {"prompt": "an owl", "seconds": "10"})
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    await bot.press(bot.alice, card.message, first)
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
    assert bot.member() == BudgetTotals(used=0, held=300)
    assert bot.job()["prompt"] == "a fox"


async def test_a_modal_that_is_handed_over_twice_shows_a_price_that_can_be_accepted(bot: BotHarness) -> None:
    """Around a deploy, two processes write the same quote for a modal."""
    card = await quoted(bot)
    form = await card.click(EDIT)
    bot.duplicate_interactions()
    await bot.alice.submit_modal(form, {"prompt": "a dog", "seconds": "20"})
    assert len(ledger_checks.query(bot.path, "SELECT * FROM quotes")) == 2
    await card.click()
    assert bot.member() == BudgetTotals(used=0, held=200)


async def test_where_nothing_fits_what_was_typed_can_be_changed(bot: BotHarness) -> None:
    """The form keeps the prompt, so a cheaper model can be chosen."""
    await bot.movie(duration=30)
    await bot.movie(duration=26)
    card = await quoted(bot, duration=2, video_model="VEOI2V", prompt="a train")
    assert insufficient_credits(120, 40, label="Google Veo", credits_per_second=60) in card.text
    assert card.actions == [EDIT]
    form = await card.click(EDIT)
    assert "a train" in str(form.modal)
    await bot.alice.submit_modal(form, {"prompt": "a train", "seconds": "4", "video_model": ["KLINGIMGTOVIDPRO"]})
    assert quote_title(40) in card.text
    await card.click()
    assert bot.member() == BudgetTotals(used=0, held=600)
    cheaper = ledger_checks.jobs(bot.path)[-1]
    assert (cheaper["prompt"], cheaper["video_model"], cheaper["price_credits"]) == ("a train", "KLINGIMGTOVIDPRO", 40)


async def test_a_member_whose_movies_fill_the_queue_is_not_offered_to_ask_for_more(admin_bot: AdminHarness) -> None:
    """Their waiting movies hold a fifth of the plan at most."""
    await admin_bot.restart(plan_monthly_credits=2500)
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.movie(duration=30)
    refusal = await quoted(admin_bot, duration=30)
    assert ENGLISH("refusals-queue-full-title") in refusal.text
    assert credit_requests.ASK not in refusal.actions
