"""Make it, where Discord does not take an answer: nothing is spent, nothing is lost, and it can be pressed again."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.helpers import ledger_checks
from tests.helpers.bot_harness import CALLBACK, BotHarness, open_bot_harness
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import quoted

NOTHING = BudgetTotals(used=0, held=0)


@pytest.fixture
async def careful(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A world in which a movie above 300 credits is shown with its price first."""
    async with open_bot_harness(tmp_path, confirm_above_credits=300) as opened:
        yield opened


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060), (500, 0)])
async def test_a_press_whose_answer_discord_refuses_costs_nothing(careful: BotHarness, status: int, code: int) -> None:
    """The credits are back, and the same card can be pressed again."""
    card = await quoted(careful)
    careful.env.inject_error("POST", CALLBACK, status=status, code=code, times=5 if status == 500 else 1)
    await card.press()
    assert careful.member() == NOTHING
    careful.env.backend.faults.clear()
    assert "Make it" in card.buttons
    await card.press()
    assert careful.member() == BudgetTotals(used=0, held=400)


async def test_a_press_whose_answer_meets_itself_orders_the_movie(careful: BotHarness) -> None:
    """40060, and the private card says "ordered" already: the public card follows."""
    card = await quoted(careful)
    careful.repeat_answer()
    await card.press()
    await careful.finish()
    assert "Ordered" in card.text
    assert (careful.job()["state"], careful.ordered()) == ("completed", 1)
    assert careful.member() == BudgetTotals(used=400, held=0)


@pytest.mark.parametrize("after", [False, True])
async def test_a_press_whose_answer_is_cut_off_costs_nothing(careful: BotHarness, *, after: bool) -> None:
    """The private card says that nothing was ordered, and quotes it again."""
    card = await quoted(careful)
    careful.drop_response(after=after)
    await card.press()
    assert careful.member() == NOTHING
    assert "nothing was ordered" in card.text
    await card.click()
    assert careful.member() == BudgetTotals(used=0, held=400)


@pytest.mark.parametrize("after", [False, True])
async def test_a_card_that_is_cut_off_after_the_press_was_answered_costs_nothing(
    careful: BotHarness, *, after: bool
) -> None:
    """Nobody knows whether everyone can see it: the private card takes its word back."""
    card = await quoted(careful)
    careful.cut_followup(after=after)
    await card.press()
    assert careful.member() == NOTHING
    assert "nothing was ordered" in card.text
    await card.click()
    await careful.finish()
    assert careful.ordered() == 1
    assert careful.member() == BudgetTotals(used=400, held=0)


async def test_a_card_that_discord_refuses_after_the_press_was_answered_costs_nothing(careful: BotHarness) -> None:
    """So it is where Discord says no."""
    card = await quoted(careful)
    careful.env.inject_error("POST", "/webhooks/*/*", status=404, code=10008, times=1)
    await card.press()
    assert careful.member() == NOTHING
    assert "nothing was ordered" in card.text
    assert card.buttons == ["Make it", "Change", "Cancel"]


async def test_what_was_not_ordered_for_discords_sake_can_be_changed_and_cancelled(careful: BotHarness) -> None:
    """The quote is open again, in every way."""
    card = await quoted(careful)
    careful.cut_followup(after=False)
    await card.press()
    await card.change(prompt="a train", seconds="50")
    assert "costs 500 credits" in card.text
    await card.click("Cancel")
    assert "nothing was spent" in card.text
    assert careful.member() == NOTHING


async def test_a_card_of_a_movie_that_was_not_ordered_grows_old_like_any_other(careful: BotHarness) -> None:
    """It is not said to have been ordered."""
    card = await quoted(careful)
    careful.cut_followup(after=False)
    await card.press()
    await careful.run_until_idle(3600)
    await card.press()
    assert "too old" in card.text


async def test_a_changed_movie_whose_card_is_cut_off_is_quoted_again(careful: BotHarness) -> None:
    """What was typed into the form is not lost."""
    card = await quoted(careful)
    form = await card.click("Change")
    careful.cut_followup(after=False)
    await careful.alice.submit_modal(form, {"prompt": "a train", "seconds": "10"})
    assert careful.member() == NOTHING
    await card.click()
    assert [job["duration_seconds"] for job in ledger_checks.jobs(careful.path) if job["state"] == "queued"] == [10]
    assert careful.member() == BudgetTotals(used=0, held=100)
