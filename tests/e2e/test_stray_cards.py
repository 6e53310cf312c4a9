"""Cards that don't show how their movie is."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor

from bot.domain.delivery import NotificationType
from bot.domain.jobs import JobState
from bot.ui import button_responses
from data import orders
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH, card_title, cost_text, notification_type
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import actions, ephemeral_text, field_of, message_text

NOTHING = BudgetTotals(used=0, held=0)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot with Discord's clock, so that cards are found by time."""
    async with open_bot_harness(tmp_path) as opened:
        opened.env.backend.clock.advance(opened.clock.now() / 1000 - opened.env.now().timestamp())
        yield opened


@asynccontextmanager
async def locked_at_the_answer(bot: BotHarness) -> AsyncIterator[sqlite3.Connection]:
    await bot.app.database.write(lambda tx: tx.fetch_all("PRAGMA busy_timeout = 0"))
    adapter = bot.env._webhook_adapter
    request = adapter.request
    with closing(sqlite3.connect(bot.path, isolation_level=None)) as other:

        async def request_and_lock(*args: Any, **kwargs: Any) -> Any:
            adapter.request = request
            answer = await request(*args, **kwargs)
            other.execute("BEGIN IMMEDIATE")
            return answer

        adapter.request = request_and_lock
        yield other


def says_cancelled(card: discord.Message) -> bool:
    title = card.embeds[0].title
    assert title in {card_title(JobState.CANCELLED), card_title(JobState.QUEUED)}, title
    if title != card_title(JobState.CANCELLED):
        return False
    return field_of(card, "Cost") == cost_text(JobState.CANCELLED, 200) and actions(card) == ["retry"]


async def stray(bot: BotHarness, *, after: bool = True) -> discord.Message | None:
    bot.drop_response(after=after)
    await bot.movie()
    return bot.messages()[0] if after else None


async def test_a_database_that_is_locked_for_a_minute_cancels_the_order_and_its_card(bot: BotHarness) -> None:
    async with locked_at_the_answer(bot) as other:
        ordering = asyncio.create_task(bot.movie())
        for _ in range(60):
            await bot.clock.asleep_within(ordering)
            await bot.clock.advance(1)
        result = await ordering
        other.execute("ROLLBACK")
    [followup] = result.followups
    assert followup.ephemeral
    assert message_text(followup) == ENGLISH("errors-not-queued")
    [card] = bot.messages()
    assert not says_cancelled(card)
    await bot.run_until_idle(1)
    [message] = bot.messages()
    assert notification_type(message.content) is NotificationType.CANCELLED
    assert bot.member() == NOTHING
    assert bot.ordered() == 0


async def test_a_commit_that_only_seemed_to_fail_is_believed(bot: BotHarness) -> None:
    async with locked_at_the_answer(bot) as other:
        ordering = asyncio.create_task(bot.movie())
        await bot.clock.asleep_within(ordering)
        other.execute(
            "UPDATE jobs SET state = 'submitting', acknowledged_at = created_at, submitted_at = created_at,"
            " card_message_id = 1"
        )
        other.execute("COMMIT")
        await bot.clock.advance(1)
        result = await ordering
    assert result.followups == []
    assert not says_cancelled(bot.messages()[0])


async def test_the_card_of_a_lost_response_is_corrected_and_then_replaced(bot: BotHarness) -> None:
    card = await stray(bot)
    assert card is not None
    path = f"/channels/{bot.channel.id}/messages/{card.id}"
    bot.env.inject_error("DELETE", path, status=503, times=1)
    bot.env.backend.advance_clock(121)
    await bot.alice.send(bot.channel, "how long does it take?")
    await bot.run_until_idle()
    corrected, _, message = bot.messages()
    assert (corrected.id, says_cancelled(corrected)) == (card.id, True)
    assert notification_type(message.content) is NotificationType.CANCELLED
    await bot.restart()
    await bot.run_until_idle(60)
    assert [each.id for each in bot.messages()][1:] == [message.id]


async def test_a_card_whose_order_was_voided_meanwhile_is_corrected_at_once(bot: BotHarness) -> None:
    bot.env.inject_error("GET", f"/channels/{bot.channel.id}/messages", status=403, code=50001, times=None)
    write = bot.app.database.write

    async def slowly(function: Any, *args: Any, **how: Any) -> object:
        done = await write(function, *args, **how)
        if function is orders.place:
            await bot.run_until_idle(61)
        return done

    bot.app.database.write = slowly  # held up here
    await bot.movie()
    [card] = [each for each in bot.messages() if not each.content]
    assert says_cancelled(card)
    await bot.run_until_idle()
    [message] = bot.messages()
    assert notification_type(message.content) is NotificationType.CANCELLED


async def test_only_the_card_of_the_voided_order_is_replaced_by_its_message(bot: BotHarness) -> None:
    await bot.movie(duration=10)
    await bot.alice.send(bot.channel, "how long does it take?")
    bot.drop_response(after=True)
    await bot.movie(duration=30)
    await bot.movie(bot.bob, duration=10)
    robot = bot.guild.add_member(bot.env.create_user("robot", bot=True))
    copy = {"title": "Copied", "footer": {"text": f"Movie {bot.stored_jobs()[1].id}"}}
    bot.env.backend.create_message(bot.channel.id, robot.id, content="", embeds=[copy])
    await bot.run_until_idle()
    first, said, second, copied, told = bot.messages()
    assert said.content == "how long does it take?"
    assert [card.embeds[0].title for card in (first, second)] == [card_title(JobState.RENDERING)] * 2
    assert copied.embeds[0].title == "Copied"
    assert notification_type(told.content) is NotificationType.CANCELLED


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
