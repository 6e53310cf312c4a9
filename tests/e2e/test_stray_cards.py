"""Cards of orders that were never confirmed.

Each says that its movie is next, so it is corrected, and the order is released. The card is found in the channel by its
author and its footer, or a press corrects it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.discord_client import sent_messages, stray_cards
from bot.domain.delivery import NotificationType
from bot.domain.job import JobState
from bot.ui import errors
from data import jobs
from data.catalogue import load_catalogue
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import (
    ENGLISH,
    card_title,
    notification_type,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import message_text
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
    """The queueing is retried, and the card stays."""
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
    """The member reads it at once, and the worker cancels the order."""
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
    """The worker claims the order before the retry."""
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
    """The message to the member replaces it, also after a restart."""
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


async def test_the_card_of_a_lost_response_is_found_where_much_was_said_just_before(
    bot: BotHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Messages from before the order are not read."""
    monkeypatch.setattr(sent_messages, "_MAX_SCANNED", 1)
    await bot.bob.send(bot.channel, "hello")
    assert await stray(bot) is not None
    await bot.run_until_idle()
    [_, message] = bot.messages()
    assert notification_type(message.content) is NotificationType.CANCELLED


async def test_a_card_that_never_came_is_looked_for_in_vain(bot: BotHarness) -> None:
    """The member is told although no card exists."""
    await stray(bot, after=False)
    await bot.run_until_idle()
    [message] = bot.messages()
    assert notification_type(message.content) is NotificationType.CANCELLED


@pytest.mark.parametrize("private_card", [False, True])
async def test_a_card_whose_order_was_voided_meanwhile_is_corrected_at_once(
    bot: BotHarness, *, private_card: bool
) -> None:
    """The answer took over a minute, so the order was voided first.

    The interaction's token edits the card, so the channel's history isn't needed.
    """
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
        assert quote.response is not None
        await bot.alice.click(quote.response.message, label="Make it")
    else:
        bot.app.orders.place = slowly  # held up or broken here
        await bot.movie()
    [card] = [each for each in bot.messages() if not each.content]
    assert says_cancelled(card)
    await bot.run_until_idle()
    [message] = bot.messages()
    assert notification_type(message.content) is NotificationType.CANCELLED


async def test_a_card_that_discord_did_not_name_is_corrected_at_once(bot: BotHarness) -> None:
    """The interaction's token edits the first response without its id."""
    bot.omit_message_id()
    await bot.movie()
    [card] = bot.messages()
    assert says_cancelled(card)


# ── finding it ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_only_the_card_of_the_voided_order_is_replaced_by_its_message(bot: BotHarness) -> None:
    """Other cards and people's messages stay."""
    await bot.movie(duration=10)
    await bot.alice.send(bot.channel, "how long does it take?")
    bot.drop_response(after=True)
    await bot.movie(duration=30)
    await bot.movie(bot.bob, duration=10)
    await bot.run_until_idle()
    first, said, second, told = bot.messages()
    assert said.content == "how long does it take?"
    assert [card.embeds[0].title for card in (first, second)] == [card_title(JobState.RENDERING)] * 2
    assert notification_type(told.content) is NotificationType.CANCELLED


async def test_somebody_elses_copy_is_not_taken_for_the_card(bot: BotHarness) -> None:
    """Another bot may post the same embed, which must not be edited."""
    robot = bot.guild.add_member(bot.env.create_user("robot", bot=True))
    bot.drop_response(after=False)
    await bot.movie()
    copy = {"title": "Copied", "footer": {"text": f"Movie {bot.job()['id']}"}}
    bot.env.backend.create_message(bot.channel.id, robot.id, content="", embeds=[copy])
    await bot.run_until_idle()
    posted, message = bot.messages()
    assert posted.embeds[0].title == "Copied"
    assert bot.requests("PATCH", "/messages/") == []
    assert notification_type(message.content) is NotificationType.CANCELLED


async def test_a_card_is_looked_for_no_further_than_it_can_be(bot: BotHarness) -> None:
    """The search takes one request even in a busy channel."""
    await stray(bot, after=False)
    bot.env.backend.clock.advance(180)
    for number in range(250):
        await bot.bob.send(bot.channel, f"message {number}")
    await bot.run_until_idle()
    assert len(bot.requests("GET", f"/channels/{bot.channel.id}/messages")) == 1


async def test_where_discord_is_not_well_the_card_is_corrected_later(bot: BotHarness) -> None:
    """The message to the member waits for the correction."""
    await stray(bot)
    bot.env.inject_error("GET", f"/channels/{bot.channel.id}/messages", status=503, times=1)
    await bot.run_until_idle()
    [card] = bot.messages()
    assert not says_cancelled(card)
    await bot.run_until_idle(5)
    [message] = bot.messages()
    assert notification_type(message.content) is NotificationType.CANCELLED


async def test_a_card_is_corrected_once_however_often_the_message_is_tried(bot: BotHarness) -> None:
    """Discord allows few edits of old messages."""
    await stray(bot)
    bot.env.inject_error("POST", f"/channels/{bot.channel.id}/messages", status=503, times=2)
    for pause in (0, 5, 15):
        await bot.run_until_idle(pause)
    assert notification_type(bot.messages()[-1].content) is NotificationType.CANCELLED
    assert len(bot.requests("PATCH", f"/channels/{bot.channel.id}/messages/")) == 1


async def test_the_member_is_told_although_the_card_cannot_be_corrected_for_long(bot: BotHarness) -> None:
    """The message waits for about ten minutes at most."""
    await stray(bot)
    bot.env.inject_error("PATCH", f"/channels/{bot.channel.id}/messages/*", status=503, times=None)
    for pause in (0, 5, 15, 45, 135):
        await bot.run_until_idle(pause)
        assert len(bot.messages()) == 1
    await bot.run_until_idle(405)
    assert notification_type(bot.messages()[-1].content) is NotificationType.CANCELLED


@pytest.mark.parametrize(("status", "code", "pauses"), [(403, 50001, (0,)), (503, 0, (0, 5, 15, 45, 135, 405))])
async def test_a_card_that_cannot_be_edited_is_replaced_all_the_same(
    bot: BotHarness, status: int, code: int, pauses: tuple[int, ...]
) -> None:
    """It says that a movie waits, so it must not stay."""
    await stray(bot)
    path = f"/channels/{bot.channel.id}/messages/*"
    bot.env.inject_error("PATCH", path, status=status, code=code, times=None)
    for pause in pauses:
        await bot.run_until_idle(pause)
    [message] = bot.messages()
    assert notification_type(message.content) is NotificationType.CANCELLED


@pytest.mark.parametrize("method", ["GET", "PATCH"])
async def test_without_history_or_edit_permission_the_member_is_told_at_once(bot: BotHarness, method: str) -> None:
    """A 403 of Discord is permanent."""
    await stray(bot)
    path = f"/channels/{bot.channel.id}/messages" + ("" if method == "GET" else "/*")
    bot.env.inject_error(method, path, status=403, code=50001, times=None)
    bot.env.inject_error("DELETE", f"/channels/{bot.channel.id}/messages/*", status=403, code=50001, times=None)
    await bot.run_until_idle()
    card, message = bot.messages()
    assert not says_cancelled(card)
    assert notification_type(message.content) is NotificationType.CANCELLED


@pytest.mark.parametrize("method", ["GET", "PATCH"])
@pytest.mark.parametrize(("status", "code"), [(403, 0), (400, 40003), (404, 0)])
async def test_card_is_corrected_later_where_an_unknown_refusal_may_pass(
    bot: BotHarness, method: str, status: int, code: int
) -> None:
    """A proxy's 403 is not Discord's.

    Only known codes say that a channel is closed.
    """
    await stray(bot)
    path = f"/channels/{bot.channel.id}/messages" + ("" if method == "GET" else "/*")
    bot.env.inject_error(method, path, status=status, code=code, times=1)
    await bot.run_until_idle()
    await bot.run_until_idle(5)
    [message] = bot.messages()
    assert notification_type(message.content) is NotificationType.CANCELLED
    assert bot.requests("PATCH", f"/channels/{bot.channel.id}/messages/")


async def test_a_job_in_the_queue_is_never_said_to_be_cancelled(bot: BotHarness, tmp_path: Path) -> None:
    """The correction checks the job's state itself."""
    await bot.movie()
    job = await bot.app.database.read(jobs.find, bot.job()["id"])
    assert job is not None
    assert job.state is JobState.QUEUED
    channel = bot.app.client.get_partial_messageable(bot.channel.id)
    job = replace(job, card_message_id=None)
    catalogue = load_catalogue(tmp_path / "catalogue.toml")
    await stray_cards.correct(channel, job, bot.app.client.user, catalogue, last_attempt=False)
    [card] = bot.messages()
    assert not says_cancelled(card)
    assert bot.requests("GET", "/messages") == []
