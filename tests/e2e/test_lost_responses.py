"""A first response that Discord rejects or loses costs nothing."""

from __future__ import annotations

from http import HTTPStatus

import discord
import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import JobState
from bot.ui import errors
from bot.ui.amounts import format_credits
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH, notification_type
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import ephemeral_text, message_text
from tests.helpers.rest_responses import rest_response

NOTHING = BudgetTotals(used=0, held=0)


def cancelled_for_nothing(bot: BotHarness) -> bool:
    state = bot.stored_jobs()[-1].state
    return state is JobState.CANCELLED and bot.member() == bot.plan() == NOTHING and bot.ordered() == 0


async def test_an_answer_that_nobody_saw_is_as_if_nothing_had_been_ordered(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    for status, code, logged in (
        (404, 10062, ["response_failed", "response_unconfirmed"]),
        (400, 40060, ["response_failed"]),
    ):
        caplog.clear()
        bot.fail_answers(status, code)
        await bot.movie(duration=60)
        await bot.finish()
        assert cancelled_for_nothing(bot)
        assert bot.messages() == []
        warned = [each.message for each in caplog.records if each.levelname in {"WARNING", "ERROR"}]
        assert warned == logged
    assert not (await bot.movie(duration=60)).ephemeral
    assert bot.member() == BudgetTotals(used=0, held=600)


async def test_an_order_that_another_process_answered_otherwise_is_not_made(bot: BotHarness) -> None:
    bot.answer_elsewhere(discord.Embed(description="Not today."))
    await bot.movie()
    await bot.finish()
    assert cancelled_for_nothing(bot)
    assert [message_text(each) for each in bot.messages()] == ["Not today."]


async def test_an_answer_that_meets_itself_is_an_answer(bot: BotHarness) -> None:
    """Discord answers 40060, because it already accepted this response."""
    bot.repeat_answer()
    await bot.movie()
    [card] = bot.messages()
    await bot.finish()
    assert (bot.job()["state"], bot.job()["card_message_id"]) == ("completed", card.id)
    assert bot.ordered() == 1


async def test_an_answer_that_may_have_been_seen_is_taken_back_in_the_open(bot: BotHarness) -> None:
    faults = [(500, 0), (503, 0), (401, 50027), "cut before", "cut after"]
    for fault in faults:
        if isinstance(fault, str):
            bot.drop_response(after=fault == "cut after")
        else:
            bot.fail_answers(*fault)
        await bot.movie()
        await bot.finish()
        assert cancelled_for_nothing(bot), fault
        message = bot.messages()[-1]
        assert bot.alice.mention in message.content, fault
        assert notification_type(message.content) is NotificationType.CANCELLED, fault
        assert format_credits(ENGLISH, 200) in message_text(message), fault
        await bot.clock.advance(600)  # cancellations are counted
    assert len([each for each in bot.messages() if each.content]) == len(faults)


async def test_an_answer_whose_message_is_not_named_is_taken_back_at_once(bot: BotHarness) -> None:
    """Without the card's id, the bot can't show progress."""
    bot.omit_message_id()
    result = await bot.movie()
    assert message_text(result.followups[0]) == errors.order_voided(ENGLISH)
    assert cancelled_for_nothing(bot)
    await bot.finish()
    [card] = bot.messages()
    assert (card.content, ledger_checks.outbox(bot.path)) == ("", []), "the private answer has said it"


async def test_a_command_that_is_handed_over_twice_makes_one_movie(bot: BotHarness) -> None:
    """Around a deploy, two processes may get the same command."""
    bot.duplicate_interactions()
    await bot.movie(duration=20)
    await bot.run_until_idle()
    assert bot.ordered() == 1
    assert len(bot.messages()) == 1
    assert bot.member() == BudgetTotals(used=0, held=200)


async def test_an_outdated_command_gets_an_error_message(bot: BotHarness) -> None:
    """An outdated client leaves out a required option, or knows a command that was removed."""
    for answer in (await bot.forge(duration=10), await bot.forge("film", prompt="a red balloon")):
        assert ephemeral_text(answer) == errors.outdated_command(ENGLISH)
    assert bot.env.errors
    assert ledger_checks.jobs(bot.path) == []


async def test_an_unexpected_error_gets_an_error_message_and_holds_nothing(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "a secret of ours"
    for error in (ZeroDivisionError(secret), discord.Forbidden(rest_response(HTTPStatus.FORBIDDEN), secret)):

        async def fail(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        bot.app.orders.place = fail  # held up or broken here
        text = ephemeral_text(await bot.movie())
        assert text == errors.internal_error(ENGLISH)
        assert secret not in text
        assert "command_failed" in caplog.messages
        caplog.clear()
    assert bot.env.errors
    assert bot.member() == NOTHING
