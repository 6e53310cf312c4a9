"""Messages that Discord accepted are found after their nonce is forgotten.

The fake Discord knows no nonces: to it, every message is a new one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from bot.domain.delivery import NotificationType
from data import renders
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.asking import asked
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.expected_text import (
    notification_type,
)


async def died_after_the_message(bot: BotHarness, *, down_for: float) -> None:
    """Have a movie posted, and let the process die before recording it.

    The next process starts after so many seconds.
    """
    await bot.movie()
    await bot.run_until_idle()
    await bot.clock.advance(RENDER_SECONDS)
    bot.env.backend.clock.advance(bot.clock.now() / 1000 - bot.env.now().timestamp())
    await bot.run_until_idle()
    with closing(sqlite3.connect(bot.path)) as connection, connection:
        connection.execute(
            "UPDATE outbox SET status = 'pending', next_attempt_at = created_at, sent_at = NULL, message_id = NULL"
        )
    await bot.restart()
    await bot.run_until_idle(down_for)


def message_id(bot: BotHarness) -> int | None:
    """The id of the delivered message, as the database has it."""
    [row] = ledger_checks.outbox(bot.path)
    found: int | None = row["message_id"]
    return found


async def test_after_a_long_rest_the_message_is_found_and_not_posted_again(bot: BotHarness) -> None:
    """The process was away for ten minutes, and records the message."""
    await died_after_the_message(bot, down_for=600)
    [movie] = bot.messages()
    assert message_id(bot) == movie.id


async def test_a_copy_by_somebody_else_does_not_count_as_posted(bot: BotHarness) -> None:
    """Someone else posts the same message, and the original is deleted."""
    await bot.movie()
    await bot.run_until_idle()
    await bot.clock.advance(RENDER_SECONDS)
    bot.env.backend.clock.advance(bot.clock.now() / 1000 - bot.env.now().timestamp())
    await bot.run_until_idle()
    [ours] = bot.messages()
    embeds: list[dict[str, Any]] = [dict(each.to_dict()) for each in ours.embeds]
    bot.env.backend.create_message(bot.channel.id, bot.bob.id, ours.content, embeds=embeds)
    bot.env.backend.delete_message(bot.channel.id, ours.id)
    with closing(sqlite3.connect(bot.path)) as connection, connection:
        connection.execute(
            "UPDATE outbox SET status = 'pending', next_attempt_at = created_at, sent_at = NULL, message_id = NULL"
        )
    await bot.restart()
    await bot.run_until_idle(600)
    copy, posted = bot.messages()
    assert (copy.author.id, posted.content) == (bot.bob.id, ours.content)
    assert message_id(bot) == posted.id


async def test_a_direct_message_is_found_too(bot: BotHarness) -> None:
    """The channel is closed, so the movie was sent directly."""
    bot.env.inject_error("POST", f"/channels/{bot.channel.id}/messages", status=403, code=50001, times=None)
    await died_after_the_message(bot, down_for=600)
    [movie] = bot.direct_messages(bot.alice)
    assert message_id(bot) == movie.id


async def test_where_the_history_may_not_be_read_the_movie_is_posted_all_the_same(bot: BotHarness) -> None:
    """A movie twice is better than none."""
    bot.env.inject_error("GET", f"/channels/{bot.channel.id}/messages", status=403, code=50001, times=None)
    await died_after_the_message(bot, down_for=600)
    first, second = bot.messages()
    assert first.content == second.content
    assert message_id(bot) == second.id


async def test_where_the_history_is_not_shown_now_it_is_asked_again_later(bot: BotHarness) -> None:
    """Nothing is posted before Discord has shown the history."""
    bot.env.inject_error("GET", f"/channels/{bot.channel.id}/messages", status=503, times=1)
    await died_after_the_message(bot, down_for=600)
    assert message_id(bot) is None
    await bot.run_until_idle(60)
    [movie] = bot.messages()
    assert message_id(bot) == movie.id


@pytest.mark.parametrize("immediately", [True, False])
async def test_another_message_about_the_same_movie_is_not_taken_for_it(bot: BotHarness, *, immediately: bool) -> None:
    """The outcome replaces the notice that the bot is checking, however late."""
    bot.upstream.inject("cut-after")
    await bot.movie()
    await bot.run_until_idle()
    job = bot.job()
    bot.upstream.clear_faults()
    [request_id] = bot.upstream.movies
    assert await bot.app.database.write(renders.attach_request_id, job["id"], request_id, bot.clock.now()) is not None
    await bot.run_until_idle(100)
    if not immediately:
        bot.env.inject_error("POST", f"/channels/{bot.channel.id}/messages", status=503, times=3)
    await bot.finish()
    await bot.run_until_idle(3600)
    [movie] = bot.messages()
    assert notification_type(movie.content) is NotificationType.COMPLETED
    sent = [notification_type(str((each.json or {})["content"])) for each in bot.requests("POST", "/messages")]
    assert set(sent) == {NotificationType.UNKNOWN, NotificationType.COMPLETED}


async def test_a_message_that_is_on_time_asks_for_no_history(bot: BotHarness) -> None:
    """A normal delivery costs no extra request."""
    await bot.movie()
    await bot.finish()
    assert len(bot.messages()) == 1
    assert bot.requests("GET", "/messages") == []


async def test_a_member_is_told_once_where_the_process_died_after_telling(admin_bot: AdminHarness) -> None:
    """Discord forgets a nonce within minutes, and the fake Discord knows none."""
    request = await asked(admin_bot)
    await request.press()
    admin_bot.env.backend.clock.advance(admin_bot.clock.now() / 1000 - admin_bot.env.now().timestamp())
    await admin_bot.run_until_idle(5)
    ledger_checks.execute(admin_bot.path, "UPDATE credit_requests SET notice = 'pending', next_attempt_at = decided_at")
    await admin_bot.restart()
    await admin_bot.run_until_idle(600)
    assert len(admin_bot.direct_messages(admin_bot.alice)) == 1
