"""Movies in threads, and movies without a card or channel."""

from __future__ import annotations

import discord
from simcord.builders import ChannelHandle

from bot.domain.delivery import NotificationType
from bot.domain.job import JobState
from bot.ui import errors, job_messages
from bot.ui.state_labels import state_label
from tests.helpers import factories
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import (
    ENGLISH,
    notification_type,
    quote_title,
    shows_job,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import make_by_modal
from tests.helpers.reading import ephemeral_text, labels, message_text
from tests.helpers.steps import finish, rendering

NOTHING = BudgetTotals(used=0, held=0)
CARD = [ENGLISH(each) for each in ("buttons-cancel-button", "buttons-follow-button", "buttons-direct-button")]


def open_thread(bot: BotHarness) -> ChannelHandle:
    """A thread that Bob has opened in the channel."""
    bot.env.backend.create_thread(bot.channel.id, "our films", bot.bob.id)
    [thread] = bot.channel.threads
    return thread


async def test_a_movie_that_is_asked_for_in_a_thread_stays_there(bot: BotHarness) -> None:
    """The quote, the card and the buttons work there, too."""
    await bot.restart(confirm_above_credits=100)
    thread = open_thread(bot)
    quote = await bot.alice.slash(thread, "movie", prompt="a cat", duration=20)
    assert quote_title(200) in ephemeral_text(quote)
    assert quote.response is not None
    await bot.alice.click(quote.response.message, label="Make it")
    card = thread.history()[-1]
    assert shows_job(card, bot.stored_job())
    assert labels(card) == CARD
    await bot.restart()
    await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    await finish(bot)
    movie = thread.history()[-1]
    built = job_messages.completed_message(ENGLISH, bot.stored_job(), factories.balance(), [bot.bob.id])
    assert movie.content == built.content
    form = await bot.bob.click(movie, label=ENGLISH("buttons-remix-button"))
    await make_by_modal(bot.bob, form, {"prompt": "a dog", "seconds": "5"})
    assert shows_job(thread.history()[-1], bot.stored_jobs()[-1])
    assert [each for each in bot.messages() if "balloon" in message_text(each) or "a cat" in message_text(each)] == []


async def test_a_thread_in_which_the_bot_may_not_write_is_named_as_such(bot: BotHarness) -> None:
    """The refusal names the permission that threads need."""
    thread = open_thread(bot)
    bot.set_bot_permissions(discord.PermissionOverwrite(send_messages_in_threads=False))
    result = await bot.alice.slash(thread, "movie", prompt="a cat", duration=20)
    assert ephemeral_text(result) == errors.missing_permissions(ENGLISH, ["send_messages_in_threads"])
    assert bot.member() == NOTHING


async def test_a_movie_whose_thread_was_deleted_comes_directly(bot: BotHarness) -> None:
    """It is paid for, and reaches its member."""
    thread = open_thread(bot)
    await bot.alice.slash(thread, "movie", prompt="a cat", duration=20)
    bot.env.inject_error("POST", f"/channels/{thread.id}/messages", status=404, code=10003, times=None)
    bot.env.inject_error("PATCH", f"/channels/{thread.id}/messages/*", status=404, code=10003, times=None)
    await finish(bot)
    [movie] = bot.direct_messages(bot.alice)
    assert notification_type(movie.content) is NotificationType.COMPLETED
    assert bot.member() == BudgetTotals(used=200, held=0)


async def test_a_movie_whose_card_was_deleted_is_posted_all_the_same(bot: BotHarness) -> None:
    """/movies still lists the movie."""
    card = await rendering(bot)
    await card.delete()
    listed = await bot.alice.slash(bot.channel, "movies")
    assert state_label(ENGLISH, JobState.RENDERING) in ephemeral_text(listed)
    await finish(bot)
    [movie] = bot.messages()
    assert notification_type(movie.content) is NotificationType.COMPLETED
