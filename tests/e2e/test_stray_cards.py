"""Cards of orders that were never confirmed.

Each says that its movie is next, so it is corrected, and the order is released. The card is found in the channel by its
author and its footer, or a press corrects it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import JobState
from bot.ui import errors
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH, card_title, notification_type
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import answered, message_text
from tests.helpers.stray_cards import agree, locked_at_the_answer, says_cancelled, stray

NOTHING = BudgetTotals(used=0, held=0)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot with Discord's clock, so that cards are found by time."""
    async with open_bot_harness(tmp_path) as opened:
        await agree(opened)
        yield opened


# ── the database is locked ───────────────────────────────────────────────────────────────────────────────────────


async def test_a_database_locked_for_seconds_after_the_response_voids_no_movie(bot: BotHarness) -> None:
    async with locked_at_the_answer(bot) as other:
        ordering = asyncio.create_task(bot.movie())
        for _ in range(8):
            await bot.clock.asleep_within(ordering)
            await bot.clock.advance(1)
        await bot.clock.asleep_within(ordering)
        other.execute("ROLLBACK")
        await bot.clock.advance(1)
        result = await ordering
    assert result.followups == []
    [card] = bot.messages()
    assert bot.job()["card_message_id"] == card.id
    await bot.finish()
    assert notification_type(bot.messages()[-1].content) is NotificationType.COMPLETED
    assert bot.member() == BudgetTotals(used=200, held=0)


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
    assert message_text(followup) == errors.not_queued(ENGLISH)
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


# ── the answer is lost, or comes too late ────────────────────────────────────────────────────────────────────────


async def test_the_card_of_a_lost_response_is_corrected_and_then_replaced(bot: BotHarness) -> None:
    card = await stray(bot)
    assert card is not None
    path = f"/channels/{bot.channel.id}/messages/{card.id}"
    bot.env.inject_error("DELETE", path, status=503, times=1)
    await bot.run_until_idle()
    corrected, message = bot.messages()
    assert (corrected.id, says_cancelled(corrected)) == (card.id, True)
    assert notification_type(message.content) is NotificationType.CANCELLED
    await bot.restart()
    await bot.run_until_idle(60)
    assert [each.id for each in bot.messages()] == [message.id]


@pytest.mark.parametrize("private_card", [False, True])
async def test_a_card_whose_order_was_voided_meanwhile_is_corrected_at_once(
    bot: BotHarness, *, private_card: bool
) -> None:
    bot.env.inject_error("GET", f"/channels/{bot.channel.id}/messages", status=403, code=50001, times=None)
    reserve = bot.app.orders.place

    async def slowly(*args: Any, **how: Any) -> object:
        placed = await reserve(*args, **how)
        await bot.run_until_idle(61)
        return placed

    if private_card:
        await bot.restart(confirm_above_credits=0)
        reserve = bot.app.orders.place
        quote = await bot.movie()
        bot.app.orders.place = slowly  # held up or broken here
        await bot.alice.click(answered(quote).message, label="Make it")
    else:
        bot.app.orders.place = slowly  # held up or broken here
        await bot.movie()
    [card] = [each for each in bot.messages() if not each.content]
    assert says_cancelled(card)
    await bot.run_until_idle()
    [message] = bot.messages()
    assert notification_type(message.content) is NotificationType.CANCELLED


# ── finding it ───────────────────────────────────────────────────────────────────────────────────────────────────


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


async def test_a_card_that_never_came_is_looked_for_no_further_than_it_can_be(bot: BotHarness) -> None:
    await stray(bot, after=False)
    await bot.bob.send(bot.channel, "hello")
    bot.env.backend.clock.advance(180)
    for number in range(120):
        await bot.bob.send(bot.channel, f"message {number}")
    await bot.run_until_idle()
    assert len(bot.requests("GET", f"/channels/{bot.channel.id}/messages")) == 1
    assert notification_type(bot.messages()[-1].content) is NotificationType.CANCELLED


async def test_a_card_is_corrected_once_however_often_the_message_is_tried(bot: BotHarness) -> None:
    """Discord allows few edits of old messages."""
    await stray(bot)
    path = f"/channels/{bot.channel.id}/messages"
    bot.env.inject_error("GET", path, status=403, code=0, times=1)
    await bot.run_until_idle()
    [card] = bot.messages()
    assert not says_cancelled(card)
    bot.env.inject_error("POST", path, status=503, times=2)
    for pause in (5, 15, 45):
        await bot.run_until_idle(pause)
    assert notification_type(bot.messages()[-1].content) is NotificationType.CANCELLED
    assert len(bot.requests("PATCH", f"{path}/")) == 1


async def test_the_member_is_told_although_the_card_cannot_be_corrected_for_long(bot: BotHarness) -> None:
    await stray(bot)
    bot.env.inject_error("PATCH", f"/channels/{bot.channel.id}/messages/*", status=503, times=None)
    for pause in (0, 5, 15, 45, 135):
        await bot.run_until_idle(pause)
        assert len(bot.messages()) == 1
    await bot.run_until_idle(405)
    assert notification_type(bot.messages()[-1].content) is NotificationType.CANCELLED


async def test_without_the_permission_to_edit_or_delete_the_member_is_told_at_once(bot: BotHarness) -> None:
    await stray(bot)
    for method in ("PATCH", "DELETE"):
        bot.env.inject_error(method, f"/channels/{bot.channel.id}/messages/*", status=403, code=50001, times=None)
    await bot.run_until_idle()
    card, message = bot.messages()
    assert not says_cancelled(card)
    assert notification_type(message.content) is NotificationType.CANCELLED
