"""What changed since a quote was shown counts when it is accepted."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import discord
import pytest

from bot.domain.quote import QuoteUnavailableReason
from bot.domain.request import ProblemCode
from bot.domain.risk import Refusal, RefusalReason
from bot.ui import errors, prompt_ideas, refusals
from bot.ui.components import custom_id
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import (
    ENGLISH,
    blocked,
    insufficient_credits,
    problem_line,
    quote_title,
    unavailable_reason,
)
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.quote_message import ACCEPT, ACTIONS, EDIT, GO_BACK, SURPRISE, quoted, smaller_label
from tests.helpers.reading import response_text
from tests.helpers.settings import CATALOGUE

NOTHING = BudgetTotals(used=0, held=0)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot that quotes movies above 300 credits."""
    async with open_bot_harness(tmp_path, confirm_above_credits=300) as opened:
        yield opened


def change_catalogue(bot: BotHarness, before: str, after: str) -> None:
    """Let the operator edit the catalogue.

    It is read at the next start.
    """
    assert before in CATALOGUE
    (bot.tmp_path / "catalogue.toml").write_text(CATALOGUE.replace(before, after, 1), encoding="utf-8")


async def test_credits_that_went_meanwhile_lead_to_a_smaller_quote(bot: BotHarness) -> None:
    """The balance is checked when *Make it* is pressed."""
    card = await quoted(bot)
    await bot.movie(duration=25)
    await card.press()
    assert insufficient_credits(400, 350, label="Luma Dream Machine") in card.text
    assert (card.actions, card.labels[0]) == ([ACCEPT, EDIT], smaller_label(35, 350))
    assert bot.member() == BudgetTotals(used=0, held=250)
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.CANCELLED, "the smaller one replaced it"


async def test_a_smaller_movie_in_place_of_an_idea_still_leads_back_to_ones_own_words(bot: BotHarness) -> None:
    """The shortfall is no reason to write them again."""
    card = await quoted(bot)
    await card.click(SURPRISE)
    await bot.movie(duration=25)
    await card.click()
    assert (card.actions, card.labels[0]) == ([ACCEPT, EDIT], smaller_label(35, 350))
    idea = prompt_ideas.new_idea(ENGLISH, card.custom_ids[SURPRISE].rpartition(":")[2])
    await card.change(prompt=idea, seconds="35")
    assert card.actions == [*ACTIONS, GO_BACK]
    await card.click(GO_BACK)
    assert "a red balloon" in card.text


async def test_a_member_who_was_blocked_meanwhile_orders_nothing(bot: BotHarness) -> None:
    """The member reads the reason."""
    card = await quoted(bot)
    row = {"guild_id": bot.guild.id, "member_id": bot.alice.id}
    sql = (
        "INSERT INTO member_blocks (guild_id, member_id, expires_at, reason)"
        " VALUES (:guild_id, :member_id, NULL, 'rest')"
    )
    await bot.app.database.write(lambda tx: tx.execute(sql, row))
    await card.press()
    assert card.text == blocked(None, "rest")
    assert bot.member() == NOTHING


async def test_a_member_with_too_many_open_movies_reads_that_in_place_of_the_price(bot: BotHarness) -> None:
    card = await quoted(bot)
    await bot.movie(duration=1)
    await bot.restart(max_open_jobs_per_member=1)
    await card.press()
    assert refusals.refusal_text(ENGLISH, Refusal(RefusalReason.OPEN_JOBS, 1)) in card.text


async def test_a_price_that_has_changed_is_shown_again(bot: BotHarness) -> None:
    """Members pay only the price that they have read."""
    card = await quoted(bot)
    change_catalogue(bot, "credits_per_second = 10", "credits_per_second = 11")
    await bot.restart()
    await card.press()
    assert quote_title(440) in card.text
    assert bot.member() == NOTHING
    await card.click()
    assert bot.member() == BudgetTotals(used=0, held=440)


async def test_a_price_that_has_changed_still_leads_back_to_ones_own_words(bot: BotHarness) -> None:
    card = await quoted(bot)
    await card.click(SURPRISE)
    change_catalogue(bot, "credits_per_second = 10", "credits_per_second = 11")
    await bot.restart()
    await card.click()
    assert quote_title(440) in card.text
    await card.click(GO_BACK)
    assert "a red balloon" in card.text


async def test_a_second_press_after_the_price_has_changed_still_says_that_it_was_ordered(bot: BotHarness) -> None:
    """A movie that was ordered gets no new quote."""
    card = await quoted(bot)
    await card.press()
    change_catalogue(bot, "credits_per_second = 10", "credits_per_second = 11")
    await bot.restart()
    await card.press()
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED


async def test_a_model_that_is_off_meanwhile_is_said_with_a_way_on(bot: BotHarness) -> None:
    """The form opens with the prompt filled in."""
    card = await quoted(bot, prompt="a train")
    change_catalogue(bot, 'recommended_for = ["16:9"]', 'recommended_for = ["16:9"]\nenabled = false')
    await bot.restart()
    await card.press()
    line = problem_line(ProblemCode.VIDEO_MODEL_UNKNOWN, "Luma Dream Machine", ("Kling Pro", "Google Veo"))
    assert line in card.text
    assert card.actions == [EDIT]
    form = await card.click(EDIT)
    assert "a train" in str(form.modal)
    await bot.alice.submit_modal(form, {"prompt": "a train", "seconds": "20"})
    await card.click()
    assert bot.job()["video_model"] == "KLINGIMGTOVIDPRO"


async def test_a_bot_that_may_not_post_here_any_more_says_so(bot: BotHarness) -> None:
    """The quote stays, and works once the permission is back."""
    card = await quoted(bot)
    quiet = discord.PermissionOverwrite(send_messages=False)
    bot.set_bot_permissions(quiet)
    result = await card.press()
    assert response_text(result) == errors.missing_permissions(ENGLISH, ["send_messages"])
    assert bot.member() == NOTHING
    assert ACCEPT in card.actions
    bot.set_bot_permissions(discord.PermissionOverwrite())
    assert len(query(bot.path, "SELECT 1 FROM quotes")) == 1
    await card.click()
    assert bot.member() == BudgetTotals(used=0, held=400)


async def test_an_order_that_the_bot_could_not_post_is_kept_with_the_models_that_its_member_prefers(
    bot: BotHarness,
) -> None:
    await bot.movie(duration=1, video_model="VEOI2V")
    bot.set_bot_permissions(discord.PermissionOverwrite(send_messages=False))
    await bot.movie(duration=5)
    assert query(bot.path, "SELECT video_model FROM quotes") == [{"video_model": "VEOI2V"}]


async def test_an_edit_where_the_bot_may_not_post_replaces_the_quote(bot: BotHarness) -> None:
    """One movie is made of the two quotes.

    The first quote's message keeps its buttons, but they order nothing.
    """
    card = await quoted(bot)
    modal = await card.click(EDIT)
    bot.set_bot_permissions(discord.PermissionOverwrite(send_messages=False))
    await bot.alice.submit_modal(modal, {"seconds": "50"})
    bot.set_bot_permissions(discord.PermissionOverwrite())
    first, second = query(bot.path, "SELECT id, root_id, cancelled_at FROM quotes ORDER BY id")
    assert second["root_id"] == first["id"]
    await card.press()
    assert bot.member() == NOTHING
    assert unavailable_reason(card.text) is QuoteUnavailableReason.CANCELLED
    await bot.press(bot.alice, card.message, custom_id(ACCEPT, second["id"]))
    assert bot.job()["duration_seconds"] == 50
    await card.press()
    assert bot.member() == BudgetTotals(used=0, held=500)
    assert unavailable_reason(card.text) is QuoteUnavailableReason.ACCEPTED
