"""A click on an outdated card corrects it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import pytest
from simcord.actors import MemberActor

from bot.domain.delivery import NotificationType
from bot.domain.followers import FollowResult
from bot.domain.job import JobState
from bot.ui import button_responses
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH, card_title, notification_type, quote_title
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import about_movie, button, ephemeral_text, message_text
from tests.helpers.stray_cards import agree, says_cancelled, stray

NOTHING = BudgetTotals(used=0, held=0)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot with Discord's clock, so that cards are found by time."""
    async with open_bot_harness(tmp_path) as opened:
        await agree(opened)
        yield opened


@pytest.mark.parametrize(
    ("name", "label", "words"),
    [
        ("alice", ENGLISH("buttons-cancel-button"), "**200 credits** refunded"),
        ("bob", ENGLISH("buttons-follow-button"), ENGLISH("buttons-follow-ended")),
    ],
)
async def test_a_press_corrects_a_card_that_could_not_be_found(
    bot: BotHarness, name: str, label: str, words: str
) -> None:
    """The member reads the state privately, and the public card is corrected."""
    card = await stray(bot)
    assert card is not None
    bot.env.inject_error("GET", f"/channels/{bot.channel.id}/messages", status=403, code=50001, times=None)
    await bot.run_until_idle()
    who: MemberActor = getattr(bot, name)
    result = await who.click(card, label=label)
    assert says_cancelled(bot.messages()[0])
    [followup] = result.followups
    assert followup.ephemeral
    assert words in message_text(followup)


async def test_a_card_is_left_alone_as_long_as_its_order_may_be_confirmed(bot: BotHarness) -> None:
    """The process may have been killed after Discord accepted the card."""
    await bot.movie()
    with closing(sqlite3.connect(bot.path)) as connection, connection:
        connection.execute(
            "UPDATE jobs SET state = 'reserved', acknowledged_at = NULL, card_message_id = NULL, next_run_at = NULL"
        )
    [card] = bot.messages()
    text = ephemeral_text(await bot.alice.click(card, label=ENGLISH("buttons-cancel-button")))
    assert text == button_responses.not_cancelled(ENGLISH, bot.stored_job())
    assert bot.stored_job().state is JobState.RESERVED
    await bot.run_until_idle(60)
    assert not says_cancelled(bot.messages()[0])
    await bot.run_until_idle(1)
    [message] = bot.messages()
    assert notification_type(message.content) is NotificationType.CANCELLED
    assert bot.member() == NOTHING


async def test_a_press_on_a_card_that_is_right_edits_nothing(bot: BotHarness) -> None:
    await stray(bot)
    bot.env.inject_error("DELETE", f"/channels/{bot.channel.id}/messages/*", status=503, times=None)
    await bot.run_until_idle()
    card, message = bot.messages()
    again = button(card, ENGLISH("buttons-retry-button"))
    assert quote_title(200) in ephemeral_text(await bot.press(bot.alice, card, again))
    job_id = bot.job()["id"]
    before = message_text(message)
    await bot.press(bot.alice, message, f"m:cancel:{job_id}")
    assert message_text(bot.messages()[1]) == before


async def test_press_that_has_an_answer_of_its_own_gets_it_on_an_outdated_card(bot: BotHarness) -> None:
    """An interaction has one answer, so the card isn't corrected."""
    await stray(bot)
    [card] = bot.messages()
    remix, retry = [await bot.press(bot.alice, card, f"m:{action}:{bot.job()['id']}") for action in ("remix", "retry")]
    assert remix.modal is not None
    assert quote_title(200) in ephemeral_text(retry)
    assert not says_cancelled(bot.messages()[0])


async def test_a_press_brings_any_card_up_to_date_whose_movie_has_ended(bot: BotHarness) -> None:
    await bot.movie(duration=20)
    await bot.run_until_idle()
    for method in ("PATCH", "DELETE"):
        bot.env.inject_error(method, f"/channels/{bot.channel.id}/messages/*", status=403, code=50001, times=None)
    await bot.finish()
    [card] = [each for each in bot.messages() if not each.content]
    assert card.embeds[0].title != card_title(JobState.COMPLETED)
    await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    [card] = [each for each in bot.messages() if not each.content]
    assert card.embeds[0].title == card_title(JobState.COMPLETED)
    assert ENGLISH("cards-in-list", member="alice") in message_text(card)


async def test_a_press_leaves_the_card_of_a_movie_under_way_to_the_worker(bot: BotHarness) -> None:
    """Only the worker knows the progress."""
    await bot.movie(duration=20)
    bot.env.inject_error("PATCH", f"/channels/{bot.channel.id}/messages/*", status=403, code=50001, times=None)
    await bot.run_until_idle()
    [card] = bot.messages()
    assert not says_cancelled(card)
    assert about_movie(await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))) == button_responses.follow(
        ENGLISH, FollowResult.FOLLOWING
    )
    assert not says_cancelled(bot.messages()[0])
