"""Before it costs: the private card with the price, what would fit instead, and a change of mind."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import discord
import pytest

from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness, message_text, open_bot_harness, response_text
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import quoted
from tests.helpers.settings import CATALOGUE

NOTHING = BudgetTotals(used=0, held=0)


@pytest.fixture
async def careful(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A world in which a movie above 300 credits is shown with its price first."""
    async with open_bot_harness(tmp_path, confirm_above_credits=300) as opened:
        yield opened


def change_catalogue(bot: BotHarness, before: str, after: str) -> None:
    """Let the operator edit the catalogue; it is read at the next start."""
    assert before in CATALOGUE
    (bot.tmp_path / "catalogue.toml").write_text(CATALOGUE.replace(before, after, 1), encoding="utf-8")


async def test_a_dear_movie_is_shown_with_its_price_first(careful: BotHarness) -> None:
    """Privately: what it costs, what is left after, when it resets; nothing is held before Make it is pressed."""
    card = await quoted(careful)
    text = card.text
    assert "costs 400 credits" in text
    assert "200 credits** left of 600" in text
    assert "<t:1796083200:R>" in text
    assert "a red balloon" in text
    assert card.buttons == ["Make it", "Change", "Cancel"]
    assert ledger_checks.jobs(careful.path) == []


async def test_make_it_orders_the_movie_and_shows_its_card_to_everyone(careful: BotHarness) -> None:
    """The private card says that it was ordered, and has no buttons any more."""
    card = await quoted(careful)
    await card.click()
    [public] = careful.messages()
    assert "in the queue" in message_text(public)
    assert "Ordered" in card.text
    assert card.buttons == []
    assert careful.member() == BudgetTotals(used=0, held=400)
    await careful.finish()
    assert careful.ordered() == 1
    assert careful.member() == BudgetTotals(used=400, held=0)
    assert careful.alice.mention in careful.messages()[1].content


async def test_a_movie_at_the_limit_is_made_at_once(careful: BotHarness) -> None:
    """Above 300 means above."""
    assert not (await careful.movie(duration=30)).ephemeral


async def test_pressing_twice_charges_once(careful: BotHarness) -> None:
    """The second press says that it was ordered, and where."""
    card = await quoted(careful)
    await card.press()
    [public] = careful.messages()
    await card.press()
    assert "ordered this one already" in card.text
    assert f"/{careful.channel.id}/{public.id}" in card.text
    assert len(careful.messages()) == 1
    assert careful.member() == BudgetTotals(used=0, held=400)


async def test_a_press_that_is_handed_over_twice_charges_once(careful: BotHarness) -> None:
    """Around a deploy two processes may be handed the same press."""
    card = await quoted(careful)
    careful.duplicate_interactions()
    await card.press()
    assert len(careful.messages()) == 1
    assert careful.member() == BudgetTotals(used=0, held=400)


async def test_a_press_after_a_restart_makes_the_movie(careful: BotHarness) -> None:
    """What was quoted lies in the database."""
    card = await quoted(careful)
    await careful.restart()
    await card.click()
    assert careful.member() == BudgetTotals(used=0, held=400)
    await card.press()
    await careful.restart()
    await card.press()
    assert "ordered this one already" in card.text
    assert len(careful.messages()) == 1


async def test_a_quote_is_for_the_member_who_was_shown_it(careful: BotHarness) -> None:
    """Nobody else can see it; a forged press takes nothing and tells nothing of it."""
    card = await quoted(careful)
    for label in card.buttons:
        await card.press(str(label), careful.bob)
        assert "balloon" not in card.text
    assert ledger_checks.jobs(careful.path) == []
    await card.press()
    assert careful.member() == BudgetTotals(used=0, held=400)
    assert careful.job()["member_id"] == careful.alice.id


async def test_cancel_orders_nothing(careful: BotHarness) -> None:
    """And a stale Make it says so."""
    card = await quoted(careful)
    await card.click("Cancel")
    assert "nothing was spent" in card.text
    await card.press()
    assert "changed or cancelled" in card.text
    assert ledger_checks.jobs(careful.path) == []


async def test_cancel_after_make_it_says_that_it_was_ordered(careful: BotHarness) -> None:
    """The card's Cancel is about the quote: the movie has its own."""
    card = await quoted(careful)
    await card.press()
    await card.press("Cancel")
    assert "ordered this one already" in card.text
    assert careful.member() == BudgetTotals(used=0, held=400)


async def test_an_old_card_says_that_it_is_old(careful: BotHarness) -> None:
    """After a quarter of an hour, and a year later."""
    card = await quoted(careful)
    await careful.run_until_idle(15 * 60 + 1)
    await card.press()
    assert "too old" in card.text
    await careful.run_until_idle(365 * 24 * 3600)
    await careful.movie(careful.bob, duration=40)  # new quotes clear old ones away
    await card.press()
    assert "too old" in card.text
    assert ledger_checks.jobs(careful.path) == []


async def test_change_opens_the_form_and_the_changed_movie_is_shown_with_its_price(careful: BotHarness) -> None:
    """The first quote can't be made any more; with everything filled in, and nothing spent on the way."""
    card = await quoted(careful, video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    form = await card.click("Change")
    assert form.modal is not None
    assert form.modal["title"] == "Change your movie"
    await careful.alice.submit_modal(form, {"prompt": "a blue balloon", "seconds": "50", "video_model": ["LUMA"]})
    assert "costs 500 credits" in card.text
    assert "a blue balloon" in card.text
    await card.press()
    assert "changed or cancelled" in card.text
    assert ledger_checks.jobs(careful.path) == []


async def test_a_change_below_the_limit_is_made_at_once(careful: BotHarness) -> None:
    """What is sent with a form was confirmed by sending it."""
    card = await quoted(careful)
    await card.change(prompt="a red balloon", seconds="10")
    assert "Ordered" in card.text
    assert careful.member() == BudgetTotals(used=0, held=100)
    assert len(careful.messages()) == 1


async def test_a_change_of_what_was_ordered_meanwhile_orders_nothing(careful: BotHarness) -> None:
    """A form that was left open in another window: no second movie."""
    card = await quoted(careful)
    form = await card.click("Change")
    await card.press()
    await careful.alice.submit_modal(form, {"prompt": "a red balloon", "seconds": "10"})
    assert "ordered this one already" in card.text
    assert careful.member() == BudgetTotals(used=0, held=400)


async def test_change_on_a_card_that_was_ordered_says_so_before_anything_is_typed(careful: BotHarness) -> None:
    """The form would be of no use."""
    card = await quoted(careful)
    await card.press()
    result = await card.press("Change")
    assert result.modal is None
    assert "ordered this one already" in card.text


async def test_change_on_an_old_card_still_opens_the_form(careful: BotHarness) -> None:
    """What was typed is worth keeping, and is looked at afresh."""
    card = await quoted(careful)
    await careful.run_until_idle(3600)
    await card.change(prompt="a red balloon", seconds="45")
    assert "costs 450 credits" in card.text


async def test_a_refusal_quotes_what_would_fit(careful: BotHarness) -> None:
    """Its price stands on the button; a press makes that movie, and the rest of the month is checked again."""
    card = await quoted(careful, duration=70, prompt="a train")
    assert "Not enough credits" in card.text
    assert card.buttons == ["Make 1 min instead (600 credits)", "Change"]
    await card.click("Make 1 min instead (600 credits)")
    assert careful.member() == BudgetTotals(used=0, held=600)
    assert careful.job()["prompt"] == "a train"


async def test_what_would_fit_is_checked_again_when_it_is_pressed(careful: BotHarness) -> None:
    """Another movie took credits meanwhile: the refusal names what fits now."""
    card = await quoted(careful, duration=70)
    await careful.movie(duration=30)
    await card.click("Make 1 min instead (600 credits)")
    assert card.buttons == ["Make 30 s instead (300 credits)", "Change"]
    assert careful.member() == BudgetTotals(used=0, held=300)


async def test_what_would_fit_is_made_once_for_its_member_alone_and_after_a_restart(careful: BotHarness) -> None:
    """Like every other quote."""
    card = await quoted(careful, duration=70)
    fitting = "Make 1 min instead (600 credits)"
    for label in (fitting, "Change"):
        await card.press(label, careful.bob)
        assert "too old" in card.text
    assert ledger_checks.jobs(careful.path) == []
    await careful.restart()
    await card.press(fitting)
    await careful.run_until_idle()
    await card.press(fitting)
    assert "ordered this one already" in card.text
    assert careful.member() == BudgetTotals(used=0, held=600)
    assert careful.job()["member_id"] == careful.alice.id


async def test_a_change_that_was_open_during_a_restart_takes_the_place_of_the_quote(careful: BotHarness) -> None:
    """The form's quote lies in the database: it can't be made beside the changed movie."""
    card = await quoted(careful)
    form = await card.click("Change")
    await careful.restart()
    await careful.alice.submit_modal(form, {"prompt": "a dog", "seconds": "20"})
    await card.press()
    assert "already" in card.text
    assert careful.member() == BudgetTotals(used=0, held=200)
    assert careful.job()["prompt"] == "a dog"


async def test_a_form_that_comes_back_twice_makes_one_movie(careful: BotHarness) -> None:
    """From two windows, say: the changed movie is made of the quote, and a quote is taken once."""
    card = await quoted(careful)
    form, same = await card.click("Change"), await card.click("Change")
    await careful.alice.submit_modal(form, {"prompt": "a dog", "seconds": "20"})
    await careful.alice.submit_modal(same, {"prompt": "a dog", "seconds": "20"})
    assert "already" in card.text
    assert careful.member() == BudgetTotals(used=0, held=200)
    assert careful.job()["prompt"] == "a dog"


async def test_a_form_of_an_old_card_makes_one_movie_too(careful: BotHarness) -> None:
    """What was typed counts, though the card is old by then; sent twice, it counts once."""
    card = await quoted(careful)
    form, same = await card.click("Change"), await card.click("Change")
    await careful.clock.advance(16 * 60)
    await careful.alice.submit_modal(form, {"prompt": "a dog", "seconds": "20"})
    await careful.alice.submit_modal(same, {"prompt": "a dog", "seconds": "20"})
    assert "already" in card.text
    assert careful.member() == BudgetTotals(used=0, held=200)


async def test_where_nothing_fits_what_was_typed_can_be_changed(careful: BotHarness) -> None:
    """A dear model does not fit any more, a cheap one does: the prompt need not be typed again."""
    await careful.movie(duration=30)
    await careful.movie(duration=26)
    card = await quoted(careful, duration=2, video_model="VEOI2V", prompt="a train")
    assert "No length fits" in card.text
    assert card.buttons == ["Change"]
    form = await card.click("Change")
    assert "a train" in str(form.modal)


async def test_credits_that_went_meanwhile_lead_to_a_smaller_quote(careful: BotHarness) -> None:
    """At the press, not before."""
    card = await quoted(careful)
    await careful.movie(duration=25)
    await card.press()
    assert "Not enough credits" in card.text
    assert card.buttons == ["Make 35 s instead (350 credits)", "Change"]
    assert careful.member() == BudgetTotals(used=0, held=250)


async def test_a_member_who_was_blocked_meanwhile_orders_nothing(careful: BotHarness) -> None:
    """And reads why."""
    card = await quoted(careful)
    row = {"guild_id": careful.guild.id, "member_id": careful.alice.id}
    sql = (
        "INSERT INTO member_blocks (guild_id, member_id, expires_at, reason)"
        " VALUES (:guild_id, :member_id, NULL, 'rest')"
    )
    await careful.app.database.write(lambda tx: tx.execute(sql, row))
    await card.press()
    assert "can't make movies here" in card.text
    assert careful.member() == NOTHING


async def test_a_price_that_has_changed_is_shown_again(careful: BotHarness) -> None:
    """Nobody pays another price than the one they read."""
    card = await quoted(careful)
    change_catalogue(careful, "credits_per_second = 10", "credits_per_second = 11")
    await careful.restart()
    await card.press()
    assert "costs 440 credits" in card.text
    assert careful.member() == NOTHING
    await card.click()
    assert careful.member() == BudgetTotals(used=0, held=440)


async def test_a_second_press_after_the_price_has_changed_still_says_that_it_was_ordered(careful: BotHarness) -> None:
    """No new quote for what was made."""
    card = await quoted(careful)
    await card.press()
    change_catalogue(careful, "credits_per_second = 10", "credits_per_second = 11")
    await careful.restart()
    await card.press()
    assert "ordered this one already" in card.text


async def test_a_model_that_is_off_meanwhile_is_said_with_a_way_on(careful: BotHarness) -> None:
    """The form opens with the rest as it was."""
    card = await quoted(careful, prompt="a train")
    change_catalogue(careful, 'recommended_for = ["16:9"]', 'recommended_for = ["16:9"]\nenabled = false')
    await careful.restart()
    await card.press()
    assert "is not available" in card.text
    assert card.buttons == ["Change"]
    form = await card.click("Change")
    assert "a train" in str(form.modal)
    await careful.alice.submit_modal(form, {"prompt": "a train", "seconds": "20"})
    assert careful.job()["video_model"] == "KLINGIMGTOVIDPRO"


async def test_a_bot_that_may_not_post_here_any_more_says_so(careful: BotHarness) -> None:
    """The card stays as it is: once it is mended, Make it makes it."""
    card = await quoted(careful)
    quiet = discord.PermissionOverwrite(send_messages=False)
    careful.set_bot_permissions(quiet)
    result = await card.press()
    assert "Send Messages" in response_text(result)
    assert careful.member() == NOTHING
    assert "Make it" in card.buttons
    careful.set_bot_permissions(discord.PermissionOverwrite())
    await card.click()
    assert careful.member() == BudgetTotals(used=0, held=400)
